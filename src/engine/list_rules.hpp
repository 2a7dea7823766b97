#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/list_filter.hpp"

#include "text/hash.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// The rules for the lists of one operation: which of the vendor's records reach the reader, and when two
/// lists are the same. By default all records do, there is no limit, and all lists of the operation are the
/// same.
template <class Op>
class ListRules {
 public:
  using Item = typename Op::Item;
  using Verdict = protocol::ListFilter::Verdict;

  ListRules(Op const&, Capabilities const&) {}

  /// Returns why there is no such list.
  [[nodiscard]] static std::optional<Error> refuse(Op const&, Capabilities const&) { return std::nullopt; }
  /// Returns whether the list is empty whatever the vendor has.
  [[nodiscard]] static bool empty(Op const&) { return false; }
  [[nodiscard]] static std::optional<std::int64_t> limit(Op const&) { return std::nullopt; }
  /// Identifies the list in every process.
  [[nodiscard]] static std::uint64_t hash_of(Op const&) { return text::hash(Op::operation.name); }

  [[nodiscard]] static Verdict judge(Item const&, bool) { return Verdict::keep; }
  [[nodiscard]] static bool passive() noexcept { return true; }
  [[nodiscard]] static std::vector<std::string> names() { return {}; }
};

/// Lists of campaigns are filtered.
template <>
class ListRules<ListCampaigns> : public protocol::ListFilter {
 public:
  ListRules(ListCampaigns const& list, Capabilities const& capabilities)
      : protocol::ListFilter{list.filter, capabilities} {}

  [[nodiscard]] static std::optional<Error> refuse(ListCampaigns const& list,
                                                   Capabilities const& capabilities) {
    return protocol::ListFilter::refuse(list.filter, capabilities);
  }
  [[nodiscard]] static bool empty(ListCampaigns const& list) {
    return list.filter.since && list.filter.until && *list.filter.since >= *list.filter.until;
  }
  [[nodiscard]] static std::optional<std::int64_t> limit(ListCampaigns const& list) {
    return list.filter.limit;
  }
  [[nodiscard]] static std::uint64_t hash_of(ListCampaigns const& list);
};

}  // namespace polycampaign::inline v1::engine
