#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/testing/export.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A list, phonebook or audience that a campaign goes to.
struct SimulatedList {
  std::string id{};    ///< in the form of `CampaignShape::list_ids`
  std::string name{};  ///< UTF-8, with blanks, quotes and markup
};

/// Numbers of recipients and messages. Always consistent: `recipients` = `filtered` + `messages`, and the
/// buckets from `pending` to `unreported` add up to `messages`.
struct SimulatedCounters {
  std::int64_t recipients = 0;   ///< numbers targeted
  std::int64_t filtered = 0;     ///< removed before sending; where `CampaignShape::filters`
  std::int64_t messages = 0;     ///< created
  std::int64_t pending = 0;      ///< not handed over
  std::int64_t in_flight = 0;    ///< handed over, report awaited
  std::int64_t delivered = 0;    ///< read ones included
  std::int64_t undelivered = 0;  ///< where `CampaignShape::all_buckets`; told from `failed` nowhere else
  std::int64_t expired = 0;      ///< where `CampaignShape::counts_expired`
  std::int64_t failed = 0;       ///< all that went wrong otherwise
  std::int64_t unreported = 0;   ///< no report came; where `CampaignShape::all_buckets`
  std::int64_t read = 0;         ///< of `delivered`; as `undelivered`, in channels other than SMS
  std::int64_t replies = 0;      ///< at most a twentieth of `delivered`
  std::int64_t opt_outs = 0;     ///< at most a fiftieth of `delivered`
  std::int64_t unassigned = 0;   ///< of `failed`: numbers that do not exist
};

/// A campaign as it truly is, before a vendor's API says it its own way: what a test compares a client's
/// Campaign with. A plain value. Times are UTC.
struct SimulatedCampaign {
  std::string id{};  ///< as the vendor writes it, in the form of `CampaignShape::ids`
  /// Rises with creation; the id itself where ids are numbers.
  std::int64_t number = 0;
  std::string name{};              ///< unique, at most 45 characters; UTF-8
  std::string sender{};            ///< a phone number's digits, or a word
  std::string text{};              ///< UTF-8 with emoji, quotes, markup, line ends; sometimes empty
  int parts = 1;                   ///< SMS that one message takes
  Channel channel = Channel::sms;  ///< one of `CampaignShape::channels`
  StatusCode status = StatusCode::completed;            ///< one that the vendor has
  std::chrono::sys_seconds created{};                   ///< within about two years before the clock's now
  std::optional<std::chrono::sys_seconds> scheduled{};  ///< planned start, immediate starts included
  std::optional<std::chrono::sys_seconds> started{};    ///< not before it was planned
  std::optional<std::chrono::sys_seconds> finished{};   ///< of completed and some canceled ones
  std::chrono::sys_seconds updated{};                   ///< the last of creation, start and end
  bool immediate = true;                                ///< sent at once, not planned for a time
  SimulatedCounters counters{};                         ///< what became of it so far
  std::string cost{};                                   ///< exact decimal; empty where the vendor tells none
  std::string currency{};                               ///< ISO 4217, or `credits`
  /// From `CampaignShape::min_lists` to `max_lists` of them; one may come twice.
  std::vector<SimulatedList> lists{};
  std::uint64_t grain = 0;  ///< seed for whatever else a vendor's record needs
  /// When it came into this status; for generated ones, when they were generated.
  std::chrono::sys_seconds since{};
};

/// The campaign's recipient with that index (0 to recipients - 1): `+` and 11 digits, always the same.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string recipient_number(SimulatedCampaign const& campaign,
                                                                       std::int64_t index);

/// `digits` hexadecimal digits that depend on the seed alone: for keys, tokens and ids.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string hex_text(std::uint64_t seed, std::size_t digits);
/// A version 4 UUID that depends on the seed alone.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::string uuid_text(std::uint64_t seed);

}  // namespace polycampaign::inline v1::testing
