#pragma once

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

/// Who does it.
enum class Support : std::uint8_t {
  unsupported,  ///< neither the vendor nor the client can
  native,       ///< the vendor does it
  emulated,     ///< the client does it from what the vendor gives
  unverified,   ///< the vendor's documents contradict themselves or leave it open
};

/// A member of CampaignFilter.
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

/// A member of Campaign or, after `recipients`, of Campaign::statistics.
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

/// The enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Support support) noexcept;
/// The enumerator's name.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Filter filter) noexcept;
/// The enumerator's name, which is the member's in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Field field) noexcept;

/// Every filter of this version, in the order in which tables show them. Lives as long as the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Filter const> all_filters() noexcept;
/// Every field of this version, in the order in which tables show them. Lives as long as the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Field const> all_fields() noexcept;

/// A counter of Statistics under the name of its field. A plain value.
struct Counter {
  Field field{};                ///< `Field::delivered`
  Count Statistics::*member{};  ///< `&Statistics::delivered`
};
/// Every member of Statistics that is a Count, in their order. Lives as long as the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Counter const> all_counters() noexcept;

/// A row of `Capabilities::operations`.
struct OperationSupport {
  Operation operation{};        ///< which: `GetCampaign::operation`
  Support support{};            ///< who does it
  std::string_view evidence{};  ///< the vendor page that says so, and what is doubtful
};

/// A row of `Capabilities::filters`.
struct FilterSupport {
  Filter filter{};              ///< which member of CampaignFilter
  Support support{};            ///< who applies it: `emulated` reads what it then leaves out
  std::string_view evidence{};  ///< the vendor page that says so, and what is doubtful
};

/// A row of `Capabilities::fields`.
struct FieldSupport {
  Field field{};                ///< which member of Campaign or Statistics
  Support in_list{};            ///< whether a list can ever fill it
  Support in_detail{};          ///< whether `CampaignClient::get` can ever fill it
  std::string_view evidence{};  ///< the vendor page that says so, and what is doubtful
};

/// What one vendor's API can do, as documented. Constant data that lives as long as the program; a field or
/// filter that is not in the tables is unsupported.
struct Capabilities {
  std::string_view provider{};                     ///< `bsg`
  std::string_view display_name{};                 ///< `BSG`
  std::span<OperationSupport const> operations{};  ///< one row an operation at most
  std::span<FilterSupport const> filters{};        ///< one row a filter at most
  std::span<FieldSupport const> fields{};          ///< one row a field at most

  int min_page_size = 1;      ///< a smaller `ListOptions::page_size` is raised to it
  int max_page_size = 1;      ///< the largest that is documented, or the largest sensible one
  int default_page_size = 1;  ///< what the library asks for
  int default_prefetch = 1;   ///< pages on their way by default, 1 to 16: see `ListOptions::prefetch`
  /// Whether further pages are known ahead (numbered, offset) or only from the page before (token).
  bool pages_known_ahead = false;
  std::optional<int> window_days{};    ///< longest period of one list request
  Pacing pacing{};                     ///< documented limits of traffic
  std::string_view limits_evidence{};  ///< the vendor pages of the page size, the window and the rate
  /// Which member `Campaign::time()` is for this vendor's lists.
  std::string_view time_member{};
  /// What a list can never show, one sentence each.
  std::span<std::string_view const> limitations{};
  /// The documented values of `CampaignFilter::sort`, without `-`. Any other value ends the list with
  /// `invalid_argument` before the first request. Empty: not documented, and every value is sent.
  std::span<std::string_view const> sort_keys{};

  /// From `operations`; `unsupported` when it has no row.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Operation operation) const noexcept;
  /// From `filters`; `unsupported` when it has no row: a list with this filter ends with that error.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Filter filter) const noexcept;
  /// From `fields`: whether a list can ever fill it; `unsupported` when it has no row.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support in_list(Field field) const noexcept;
  /// From `fields`: whether `CampaignClient::get` can ever fill it; `unsupported` when it has no row.
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support in_detail(Field field) const noexcept;
};

/// The error for an operation that is not there: names it, and says why where the tables do.
[[nodiscard]] POLYCAMPAIGN_EXPORT Error unsupported(Capabilities const& capabilities, Operation operation);

}  // namespace polycampaign::inline v1
