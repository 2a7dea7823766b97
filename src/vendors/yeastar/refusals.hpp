#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/transport.hpp"

#include "wire/json.hpp"

#include <cstdint>
#include <optional>

namespace polycampaign::inline v1::yeastar {

enum class Purpose : std::uint8_t {
  token,
  revoke,
  read,
  write
};

/// How the PBX reports success.
enum class Verdict : std::uint8_t {
  success,
  partial,     ///< errcode 1: PARTIAL SUCCESS
  processing,  ///< errcode 2: PROCESSING
  unstated,    ///< no errcode
};

/// What `errcode` means: the verdict, or the error if it reports one.
struct Judgement {
  Verdict verdict = Verdict::unstated;
  std::optional<Error> error{};
};

/// Returns what the response's `errcode` means, as documented in "Error Code and Error Message". An unknown
/// code gets the meaning of the HTTP status, or `rejected` if that is a success.
[[nodiscard]] Judgement judge(wire::JsonValue root, HttpResponse const& response, Purpose purpose);

}  // namespace polycampaign::inline v1::yeastar
