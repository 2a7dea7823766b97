#pragma once

#include "polycampaign/channel.hpp"
#include "polycampaign/export.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// Why a campaign is sent. Some countries treat the two differently, and SMSUP adds its opt-out wording to
/// marketing only. For the other vendors, the purpose changes nothing.
enum class Purpose : std::uint8_t {
  marketing,      ///< advertising
  transactional,  ///< news about something that the recipient ordered or takes part in
};

/// A person to whom a campaign is sent. Personal data: keep it out of logs.
struct Recipient {
  /// A phone number in E.164: `+` and 7 to 15 digits. Spaces, hyphens, dots, slashes and parentheses between
  /// the digits are ignored; `(0)` is refused, because it is not part of the number.
  std::string number{};
  /// The caller's own key for this message, which the vendor returns with its reports. Empty: none. BSG takes
  /// at most 32 letters and digits.
  std::string reference{};
  /// A text for this recipient alone, instead of `NewCampaign::text`. Only some vendors can send it
  /// (`Feature::own_texts`).
  std::optional<std::string> text{};

  friend bool operator==(Recipient const&, Recipient const&) = default;
};

/// A value for something that only one vendor has: a row of `CampaignRules::options`.
struct CampaignOption {
  std::string name{};   ///< as in the vendor's table
  std::string value{};  ///< as text, also for numbers; `true` or `false` for flags
  friend bool operator==(CampaignOption const&, CampaignOption const&) = default;
};

/// A campaign to create. `plan` checks it without any request, and `CreateCampaign` refuses what `plan`
/// refuses. Personal data: keep it out of logs.
///
/// Threads: a plain value, not synchronized.
struct NewCampaign {
  /// The name in the vendor's lists. Empty: the library or the vendor chooses one. Some vendors store none.
  std::string name{};
  /// What the phone shows: a word or a phone number, as people write it. The adapter finds the vendor's own
  /// id of it where the vendor needs one.
  std::string sender{};
  /// The message in UTF-8. May be empty only if every recipient has a text of their own, or if an option
  /// names the text at the vendor.
  std::string text{};
  Channel channel = Channel::sms;  ///< one of `CampaignRules::channels`
  /// To whom it is sent. A number that occurs twice is sent to once. Either this or `lists` is empty.
  std::vector<Recipient> recipients{};
  /// The vendor's ids of the lists, groups, phonebooks or audiences to which it is sent.
  std::vector<std::string> lists{};
  /// When it starts, in UTC. Absent: at once. The adapter writes it in the time zone that the vendor expects.
  std::optional<std::chrono::sys_seconds> start_at{};
  bool draft = false;                    ///< only store it; nothing is sent
  Purpose purpose = Purpose::marketing;  ///< see Purpose
  /// The caller's own key for this campaign. Vendors do not receive it.
  std::string reference{};
  std::vector<CampaignOption> options{};  ///< in any order

  friend bool operator==(NewCampaign const&, NewCampaign const&) = default;
};

/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Purpose purpose) noexcept;

}  // namespace polycampaign::inline v1
