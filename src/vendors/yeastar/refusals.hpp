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
  read
};

/// How the PBX said yes.
enum class Verdict : std::uint8_t {
  success,
  partial,     ///< errcode 1: PARTIAL SUCCESS
  processing,  ///< errcode 2: PROCESSING
  unstated,    ///< no errcode
};

/// What `errcode` means; the error when it says no.
struct Judgement {
  Verdict verdict = Verdict::unstated;
  std::optional<Error> error{};
};

/// Codes: "Error Code and Error Message". A code that is not known is judged by the HTTP status, and is
/// `rejected` when that is a success.
[[nodiscard]] Judgement judge(wire::JsonValue root, HttpResponse const& response, Purpose purpose);

}  // namespace polycampaign::inline v1::yeastar
