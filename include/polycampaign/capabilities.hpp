#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/pacing.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace polycampaign::inline v1 {

enum class Support : std::uint8_t {
  unsupported,  ///< neither the vendor nor the client can
  native,       ///< the vendor does it
  emulated,     ///< the client does it from what the vendor gives
  unverified,   ///< the vendor's documents contradict themselves or leave it open
};

enum class Operation : std::uint8_t {
  list,
  get,
  log_in,
  refresh,
  revoke
};

enum class Filter : std::uint8_t {
  since,
  until,
  planned_since,
  planned_until,
  statuses,
  channels,
  search,
  text,
  destination,
  messages,
  sort,
};

/// A member of Campaign or, after `recipients`, of Campaign::statistics.
enum class Field : std::uint8_t {
  name,
  sender,
  text,
  channel,
  status,
  created_at,
  scheduled_at,
  started_at,
  finished_at,
  updated_at,
  cost,
  recipient_lists,
  recipients,
  filtered,
  messages,
  submitted,
  pending,
  in_flight,
  delivered,
  undelivered,
  expired,
  failed,
  unreported,
  read,
  replies,
  opt_outs,
  clicks,
};

[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Support support) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Operation operation) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Filter filter) noexcept;
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Field field) noexcept;

struct OperationSupport {
  Operation operation{};
  Support support{};
  std::string_view evidence{};  ///< the vendor page that says so, and what is doubtful
};

struct FilterSupport {
  Filter filter{};
  Support support{};
  std::string_view evidence{};
};

struct FieldSupport {
  Field field{};
  Support in_list{};
  Support in_detail{};
  std::string_view evidence{};
};

/// What one vendor's API can do, as documented. Constant data that lives as long as the program; a field or
/// filter that is not in the tables is unsupported.
struct Capabilities {
  std::string_view provider{};      ///< `bsg`
  std::string_view display_name{};  ///< `BSG`
  std::span<OperationSupport const> operations{};
  std::span<FilterSupport const> filters{};
  std::span<FieldSupport const> fields{};

  int min_page_size = 1;
  int max_page_size = 1;      ///< the largest that is documented, or the largest sensible one
  int default_page_size = 1;  ///< what the library asks for
  int default_prefetch = 1;
  /// Whether further pages are known ahead (numbered, offset) or only from the page before (token).
  bool pages_known_ahead = false;
  std::optional<int> window_days{};  ///< longest period of one list request
  Pacing pacing{};                   ///< documented limits of traffic
  std::string_view limits_evidence{};
  /// Which member `Campaign::time()` is for this vendor's lists.
  std::string_view time_member{};
  /// What a list can never show, one sentence each.
  std::span<std::string_view const> blind_spots{};

  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Operation operation) const noexcept;
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support support(Filter filter) const noexcept;
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support in_list(Field field) const noexcept;
  [[nodiscard]] POLYCAMPAIGN_EXPORT Support in_detail(Field field) const noexcept;
};

}  // namespace polycampaign::inline v1
