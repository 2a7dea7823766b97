#pragma once

#include "polycampaign/campaign_rules.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/operation.hpp"
#include "polycampaign/pacing.hpp"
#include "polycampaign/statistics.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace polycampaign::inline v1 {

/// Who provides an operation, applies a filter or fills a field.
enum class Support : std::uint8_t {
  unsupported,  ///< neither the vendor nor the client
  native,       ///< the vendor
  emulated,     ///< the client, from the data that the vendor returns
  unverified,   ///< unclear: the vendor's documentation contradicts itself or leaves it open
};

/// Names a member of CampaignFilter.
enum class Filter : std::uint8_t {
  since,          ///< `CampaignFilter::since`
  until,          ///< `CampaignFilter::until`
  planned_since,  ///< `CampaignFilter::planned_since`
  planned_until,  ///< `CampaignFilter::planned_until`
  statuses,       ///< `CampaignFilter::statuses`
  channels,       ///< `CampaignFilter::channels`
  search,         ///< `CampaignFilter::search`
  text,           ///< `CampaignFilter::text`
  destination,    ///< `CampaignFilter::destination`
  messages,       ///< `CampaignFilter::min_messages` and `CampaignFilter::max_messages`
  sort,           ///< `CampaignFilter::sort`
};

/// Names a member of Campaign or, from `recipients` on, a member of `Campaign::statistics`.
enum class Field : std::uint8_t {
  name,             ///< `Campaign::name`
  sender,           ///< `Campaign::sender`
  text,             ///< `Campaign::text`
  channel,          ///< `Campaign::channel`
  status,           ///< `Campaign::status`
  created_at,       ///< `Campaign::created_at`
  scheduled_at,     ///< `Campaign::scheduled_at`
  started_at,       ///< `Campaign::started_at`
  finished_at,      ///< `Campaign::finished_at`
  updated_at,       ///< `Campaign::updated_at`
  cost,             ///< `Campaign::cost`
  recipient_lists,  ///< `Campaign::recipient_lists`
  recipients,       ///< `Statistics::recipients`
  filtered,         ///< `Statistics::filtered`
  messages,         ///< `Statistics::messages`
  submitted,        ///< `Statistics::submitted`
  pending,          ///< `Statistics::pending`
  in_flight,        ///< `Statistics::in_flight`
  delivered,        ///< `Statistics::delivered`
  undelivered,      ///< `Statistics::undelivered`
  expired,          ///< `Statistics::expired`
  failed,           ///< `Statistics::failed`
  unreported,       ///< `Statistics::unreported`
  read,             ///< `Statistics::read`
  replies,          ///< `Statistics::replies`
  opt_outs,         ///< `Statistics::opt_outs`
  clicks,           ///< `Statistics::clicks`
};

/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Support support) noexcept;
/// Returns the enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Filter filter) noexcept;
/// Returns the enumerator's name, which is also the member's name in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Field field) noexcept;

/// Returns every filter of this version, in the order in which tables show them. Valid for the lifetime of
/// the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Filter const> all_filters() noexcept;
/// Returns every field of this version, in the order in which tables show them. Valid for the lifetime of the
/// program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Field const> all_fields() noexcept;

/// A counter of Statistics, paired with the name of its field. A plain value.
struct Counter {
  Field field{};                ///< `Field::delivered`
  Count Statistics::*member{};  ///< `&Statistics::delivered`
};
/// Returns every member of Statistics that is a Count, in declaration order. Valid for the lifetime of the
/// program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Counter const> all_counters() noexcept;

/// A row of `Capabilities::operations`.
struct OperationSupport {
  Operation operation{};        ///< the operation: `GetCampaign::operation`
  Support support{};            ///< who provides it
  std::string_view evidence{};  ///< the vendor page that states this, and any doubt about it
};

/// A row of `Capabilities::filters`.
struct FilterSupport {
  Filter filter{};              ///< the member of CampaignFilter
  Support support{};            ///< who applies it; an `emulated` filter also reads the records it leaves out
  std::string_view evidence{};  ///< the vendor page that states this, and any doubt about it
};

/// A row of `Capabilities::fields`.
struct FieldSupport {
  Field field{};                ///< the member of Campaign or Statistics
  Support in_list{};            ///< whether a list can ever fill it
  Support in_detail{};          ///< whether `CampaignClient::get` can ever fill it
  std::string_view evidence{};  ///< the vendor page that states this, and any doubt about it
};

/// What one vendor's API supports, as documented. The data is constant and valid for the lifetime of the
/// program. A field or filter that has no row in the tables is unsupported.
struct Capabilities {
  std::string_view provider{};                     ///< `bsg`
  std::string_view display_name{};                 ///< `BSG`
  std::span<OperationSupport const> operations{};  ///< at most one row per operation
  std::span<FilterSupport const> filters{};        ///< at most one row per filter
  std::span<FieldSupport const> fields{};          ///< at most one row per field

  int min_page_size = 1;      ///< a smaller `ListOptions::page_size` is raised to this
  int max_page_size = 1;      ///< the largest documented size, or the largest sensible one
  int default_page_size = 1;  ///< the size that the library requests by default
  int default_prefetch = 1;   ///< default for `ListOptions::prefetch`, 1 to 16
  /// Whether the requests for later pages are known in advance (numbered pages, offsets). False: each page is
  /// known only from the page before it (tokens).
  bool pages_known_ahead = false;
  std::optional<int> window_days{};    ///< the longest period that one list request may cover
  Pacing pacing{};                     ///< the documented rate limits
  std::string_view limits_evidence{};  ///< the vendor pages that state page size, window and rate
  /// The member that `Campaign::time()` returns for this vendor's lists.
  std::string_view time_member{};
  /// What a list can never show, one sentence each.
  std::span<std::string_view const> limitations{};
  /// The documented values of `CampaignFilter::sort`, without the leading `-`. Any other value ends the list
  /// with `invalid_argument` before the first request. Empty: the vendor documents no values, and every value
  /// is sent.
  std::span<std::string_view const> sort_keys{};
  CampaignRules campaigns{};   ///< what a new campaign may be; no row if none can be created
  RecipientListRules lists{};  ///< what recipient lists take
  ReportRules reports{};       ///< how long counters can move (`settled`)

  /// Returns who provides the operation. `unsupported` if `operations` has no row for it.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Operation operation) const noexcept;
  /// Returns who applies the filter. `unsupported` if `filters` has no row for it: a list with this filter
  /// then ends with the error `unsupported`.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Filter filter) const noexcept;
  /// Returns whether a list can ever fill the field. `unsupported` if `fields` has no row for it.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support in_list(Field field) const noexcept;
  /// Returns whether `CampaignClient::get` can ever fill the field. `unsupported` if `fields` has no row for
  /// it.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support in_detail(Field field) const noexcept;
};

/// Returns the error for an operation that this vendor does not have. It names the operation and, where the
/// tables give a reason, the reason.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error unsupported(Capabilities const& capabilities, Operation operation);

}  // namespace polycampaign::inline v1
