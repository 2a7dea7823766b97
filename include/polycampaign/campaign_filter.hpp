#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// Which campaigns to list. Absent members do not restrict the list. `Capabilities::support` reports for each
/// vendor whether the vendor or the client applies a filter. A filter that neither can apply ends the list
/// with `unsupported`, which names it.
struct CampaignFilter {
  /// Earliest `Campaign::time()`, inclusive. Campaigns without a time are left out and counted in the report.
  std::optional<std::chrono::sys_seconds> since{};
  /// Latest `Campaign::time()`, exclusive.
  std::optional<std::chrono::sys_seconds> until{};
  /// Earliest `scheduled_at`, inclusive. Campaigns without one are left out and counted in the report.
  std::optional<std::chrono::sys_seconds> planned_since{};
  /// Latest `scheduled_at`, exclusive.
  std::optional<std::chrono::sys_seconds> planned_until{};
  /// Any of these statuses. Empty: all.
  std::vector<StatusCode> statuses{};
  /// Any of these channels. Empty: what the vendor lists by default (BSG: SMS only).
  std::vector<Channel> channels{};
  /// A keyword. A vendor that has a search matches it by its own, undocumented rules. Otherwise the client
  /// matches campaigns whose name contains the keyword, ignoring the case of ASCII letters.
  std::string search{};
  /// Campaigns whose message text contains this string.
  std::string text{};
  /// Campaigns that were sent to this number (digits in international format).
  std::string destination{};
  /// Minimum number of messages, inclusive.
  std::optional<std::int64_t> min_messages{};
  /// Maximum number of messages, inclusive.
  std::optional<std::int64_t> max_messages{};
  /// The sort order: one of `Capabilities::sort_keys`, with a leading `-` for descending order (SMSUP: id,
  /// date, text, cost, status; BSG: id, sender, type, date, status). Empty: newest first if the vendor
  /// supports that.
  std::string sort{};
  /// Maximum number of campaigns, counted after filtering.
  std::optional<std::int64_t> limit{};

  friend bool operator==(CampaignFilter const&, CampaignFilter const&) = default;
};

}  // namespace polycampaign::inline v1
