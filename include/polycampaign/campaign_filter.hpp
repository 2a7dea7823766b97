#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// Which campaigns to list; everything absent means all. `Capabilities::support` says for each vendor whether
/// the vendor or the client applies it. One that neither can apply ends the list with `unsupported`, naming
/// it.
struct CampaignFilter {
  /// Campaign's time (`Campaign::time()`), inclusive. Campaigns without a time are left out and counted in
  /// the report.
  std::optional<std::chrono::sys_seconds> since{};
  /// The same, exclusive.
  std::optional<std::chrono::sys_seconds> until{};
  /// `scheduled_at`, inclusive; campaigns without one are left out and counted in the report.
  std::optional<std::chrono::sys_seconds> planned_since{};
  /// The same, exclusive.
  std::optional<std::chrono::sys_seconds> planned_until{};
  /// Any of these; empty: all.
  std::vector<StatusCode> statuses{};
  /// Any of these; empty: what the vendor lists by default (BSG: SMS only).
  std::vector<Channel> channels{};
  /// A keyword, matched by the vendor's own, undocumented rules where it has a search; else names that
  /// contain it (ASCII letters in any case).
  std::string search{};
  /// Campaigns whose text contains this.
  std::string text{};
  /// Campaigns that were sent to this number (international digits).
  std::string destination{};
  /// Least number of messages, inclusive.
  std::optional<std::int64_t> min_messages{};
  /// Greatest number of messages, inclusive.
  std::optional<std::int64_t> max_messages{};
  /// One of `Capabilities::sort_keys`, with `-` before it for descending (SMSUP: id, date, text, cost,
  /// status; BSG: id, sender, type, date, status). Empty: newest first where the vendor can.
  std::string sort{};
  /// At most this many campaigns, counted after filtering.
  std::optional<std::int64_t> limit{};

  friend bool operator==(CampaignFilter const&, CampaignFilter const&) = default;
};

}  // namespace polycampaign::inline v1
