#pragma once

namespace polycampaign::inline v1::testing::yeastar {

/// A row of "Error Code and Error Message".
struct Refusal {
  int errcode;
  char const* errmsg;
  int http;  ///< used if `error_http` is `matching`
};

inline constexpr Refusal failure{-1, "FAILURE", 401};
inline constexpr Refusal no_interface{10001, "INTERFACE NOT EXISTED", 404};
inline constexpr Refusal no_version{10003, "API VERSION UNSUPPORTED", 404};
inline constexpr Refusal no_phonebook{70093, "PHONEBOOK_NOT_EXISTED", 404};
inline constexpr Refusal forbidden{70084, "ACTION FORBIDDEN", 403};
inline constexpr Refusal token_expired{10004, "TOKEN EXPIRED", 401};
inline constexpr Refusal access_denied{10005, "ACCESS DENIED", 403};
inline constexpr Refusal syntax_error{40001, "PARAMETER SYNTAX ERROR", 400};
inline constexpr Refusal parameter_error{40002, "PARAMETER ERROR", 400};
inline constexpr Refusal not_found{60001, "DATA NOT FOUND", 404};
inline constexpr Refusal too_many{60002, "MAX LIMITATION EXCEEDED", 403};
inline constexpr Refusal ip_blocked{70004, "ACCOUNT IP BLOCKED", 403};
inline constexpr Refusal ip_forbidden{70087, "IP FORBIDDEN", 403};

}  // namespace polycampaign::inline v1::testing::yeastar
