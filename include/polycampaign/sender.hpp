#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// Whether a sender may be used.
enum class SenderStatusCode : std::uint8_t {
  unknown,   ///< the vendor reported no status, or one that this library does not know
  active,    ///< it may be used
  pending,   ///< the vendor or an operator has not decided yet
  rejected,  ///< it was refused
  blocked,   ///< it may no longer be used
};

/// A sender's status: a code that is the same for all vendors, and the vendor's own word.
struct SenderStatus {
  SenderStatusCode code = SenderStatusCode::unknown;  ///< `unknown` for a word that has no code
  std::optional<std::string> vendor_word{};           ///< as the vendor wrote it; a number as its digits
  friend bool operator==(SenderStatus const&, SenderStatus const&) = default;
};

/// A sender that the account may use, or has requested.
///
/// Threads: a plain value, not synchronized.
struct Sender {
  ProviderName provider{};               ///< `yeastar`, `bsg`, `smsup`, `dexatel`
  std::optional<std::string> id{};       ///< the vendor's id
  std::string text{};                    ///< as `NewCampaign::sender` takes it: a word or a phone number
  std::optional<Channel> channel{};      ///< what it can send
  SenderStatus status{};                 ///< whether it may be used
  std::vector<std::string> countries{};  ///< where it may be used, as ISO 3166 codes; empty if not reported
  std::optional<bool> is_default{};      ///< whether it is the account's default
  std::vector<std::string> notes{};      ///< what was malformed or unexpected, one sentence each

  friend bool operator==(Sender const&, Sender const&) = default;
};

/// Returns the enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(SenderStatusCode code) noexcept;

}  // namespace polycampaign::inline v1
