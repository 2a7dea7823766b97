#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A deterministic source of numbers (splitmix64): the same on every platform.
class Grain {
 public:
  explicit constexpr Grain(std::uint64_t seed) noexcept : state_{seed} {}
  constexpr std::uint64_t next() noexcept {
    auto z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  /// 0 to `bound` - 1; 0 when `bound` is not positive.
  constexpr std::int64_t below(std::int64_t bound) noexcept {
    return bound <= 0 ? 0 : static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
  }
  constexpr bool percent(int chance) noexcept { return below(100) < chance; }

 private:
  std::uint64_t state_;
};

/// A list, phonebook or audience that a campaign goes to.
struct SimulatedList {
  std::string id{};  ///< as the vendor writes it: digits, 24 hex digits or a UUID
  std::string name{};
};

/// Counters that are always consistent: `recipients` = `filtered` + `messages`, and the buckets from
/// `pending` to `unreported` add up to `messages`.
struct SimulatedCounters {
  std::int64_t recipients = 0;
  std::int64_t filtered = 0;
  std::int64_t messages = 0;
  std::int64_t pending = 0;      ///< not handed over
  std::int64_t in_flight = 0;    ///< handed over, report awaited
  std::int64_t delivered = 0;    ///< read ones included
  std::int64_t undelivered = 0;  ///< BSG only: nothing tells it from `failed` elsewhere
  std::int64_t expired = 0;      ///< BSG and SMSUP
  std::int64_t failed = 0;
  std::int64_t unreported = 0;  ///< BSG only
  std::int64_t read = 0;        ///< of `delivered`; BSG's channels other than SMS
  std::int64_t replies = 0;
  std::int64_t opt_outs = 0;
  std::int64_t unassigned = 0;  ///< of `failed`: numbers that do not exist (SMSUP's `npai`)
};

/// A campaign as it truly is, before a vendor's API says it its own way. Times are UTC.
struct SimulatedCampaign {
  std::string id{};  ///< as the vendor writes it: digits, or a UUID at Dexatel
  /// Rises with creation; the id itself where ids are numbers.
  std::int64_t number = 0;
  std::string name{};  ///< unique, at most 45 characters; UTF-8
  std::string sender{};
  std::string text{};  ///< UTF-8 with emoji, quotes, markup, line ends; sometimes empty
  int parts = 1;       ///< SMS that one message takes
  Channel channel = Channel::sms;
  StatusCode status = StatusCode::completed;  ///< one that the vendor has
  std::chrono::sys_seconds created{};
  std::optional<std::chrono::sys_seconds> scheduled{};  ///< planned start, immediate starts included
  std::optional<std::chrono::sys_seconds> started{};
  std::optional<std::chrono::sys_seconds> finished{};
  std::chrono::sys_seconds updated{};
  bool immediate = true;  ///< sent at once, not planned for a time
  SimulatedCounters counters{};
  std::string cost{};      ///< exact decimal; empty where the vendor tells none
  std::string currency{};  ///< ISO 4217, or `credits`
  std::vector<SimulatedList> lists{};
  std::uint64_t grain = 0;  ///< seed for whatever else a vendor's record needs
};

/// The statuses that a vendor has, empty for an unknown vendor.
[[nodiscard]] std::span<StatusCode const> statuses_of(std::string_view provider) noexcept;

/// `count` campaigns, newest first (by number and by creation), created within about two years before `now`,
/// more of them lately. From as many campaigns on as the vendor has statuses, every status occurs; some are
/// planned for the future. BSG, whose lists are of one channel: `count` of SMS, and an eighth as many of
/// other channels between them. The same arguments give the same campaigns.
[[nodiscard]] std::vector<SimulatedCampaign> generate(std::string_view provider, std::size_t count,
                                                      std::uint64_t seed, std::chrono::sys_seconds now);

/// One created at `now` and waiting for its turn. `ordinal` counts the vendor's campaigns from 1 (the
/// oldest).
[[nodiscard]] SimulatedCampaign generate_new(std::string_view provider, std::int64_t ordinal,
                                             std::uint64_t seed, std::chrono::sys_seconds now);

/// The campaign's recipient with that index (0 to recipients - 1): `+` and 11 digits.
[[nodiscard]] std::string recipient_number(SimulatedCampaign const& campaign, std::int64_t index);

/// Text of hexadecimal digits, and a version 4 UUID, from a number.
[[nodiscard]] std::string hex_text(std::uint64_t seed, std::size_t digits);
[[nodiscard]] std::string uuid_text(std::uint64_t seed);

}  // namespace polycampaign::inline v1::testing
