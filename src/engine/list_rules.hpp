#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/list_report.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/list_filter.hpp"

#include "text/hash.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
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

  /// Adds what only the end of the list shows to the report. `info` is what the vendor said of the whole
  /// list; null: nothing. `resumed`: the list began in another process, so its first records were not judged
  /// here.
  static void conclude(ListReport&, protocol::PageInfo const*, bool /*resumed*/) {}
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

  static void conclude(ListReport&, protocol::PageInfo const*, bool /*resumed*/) {}
};

/// What all lists of one campaign share: records of other campaigns are left out.
class CampaignListRules {
 public:
  using Verdict = protocol::ListFilter::Verdict;

  [[nodiscard]] static std::optional<std::int64_t> limit(auto const&) { return std::nullopt; }
  [[nodiscard]] static bool empty(auto const&) { return false; }
  [[nodiscard]] static std::optional<Error> refuse(auto const& list, Capabilities const&) {
    return refuse_campaign(list.campaign);
  }
  [[nodiscard]] static bool passive() noexcept { return false; }
  [[nodiscard]] static std::vector<std::string> names() { return {}; }

 protected:
  explicit CampaignListRules(std::string campaign) : campaign_{std::move(campaign)} {}

  /// Returns whether the record belongs to the campaign; counts it.
  [[nodiscard]] bool belongs(std::optional<std::string> const& campaign);
  void explain(ListReport& report) const;
  [[nodiscard]] std::int64_t own() const noexcept { return own_; }

 private:
  [[nodiscard]] static std::optional<Error> refuse_campaign(std::string const& campaign);

  std::string campaign_;
  std::int64_t own_ = 0;
  std::int64_t nameless_ = 0;
};

template <>
class ListRules<ListMessages> : public CampaignListRules {
 public:
  ListRules(ListMessages const& list, Capabilities const&)
      : CampaignListRules{list.campaign}, statuses_{list.statuses} {}

  [[nodiscard]] static std::uint64_t hash_of(ListMessages const& list);
  [[nodiscard]] Verdict judge(Message const& message, bool);
  [[nodiscard]] std::vector<std::string> names() const;
  void conclude(ListReport& report, protocol::PageInfo const* info, bool resumed) const;

 private:
  std::vector<MessageStatusCode> statuses_;
};

template <>
class ListRules<FindMessages> {
 public:
  using Verdict = protocol::ListFilter::Verdict;

  ListRules(FindMessages const& list, Capabilities const&) : reference_{list.reference} {}

  [[nodiscard]] static std::optional<Error> refuse(FindMessages const& list, Capabilities const&);
  [[nodiscard]] static bool empty(FindMessages const&) { return false; }
  [[nodiscard]] static std::optional<std::int64_t> limit(FindMessages const&) { return std::nullopt; }
  [[nodiscard]] static std::uint64_t hash_of(FindMessages const& list);
  [[nodiscard]] Verdict judge(Message const& message, bool) const {
    return message.reference == reference_ ? Verdict::keep : Verdict::drop;
  }
  [[nodiscard]] static bool passive() noexcept { return false; }
  [[nodiscard]] static std::vector<std::string> names() { return {}; }
  static void conclude(ListReport&, protocol::PageInfo const*, bool /*resumed*/) {}

 private:
  std::string reference_;
};

/// A vendor may list a campaign's replies twice: with their texts, and then, without id and text, by
/// campaign. The second list adds only what the first one did not show.
template <>
class ListRules<ListReplies> : public CampaignListRules {
 public:
  ListRules(ListReplies const& list, Capabilities const&) : CampaignListRules{list.campaign} {}

  [[nodiscard]] static std::uint64_t hash_of(ListReplies const& list);
  [[nodiscard]] Verdict judge(Reply const& reply, bool);
  void conclude(ListReport& report, protocol::PageInfo const* info, bool resumed) const;

 private:
  std::unordered_map<std::uint64_t, std::int64_t> shown_{};  // by number and time
};

template <>
class ListRules<ListOptOuts> : public CampaignListRules {
 public:
  ListRules(ListOptOuts const& list, Capabilities const&) : CampaignListRules{list.campaign} {}

  [[nodiscard]] static std::uint64_t hash_of(ListOptOuts const& list);
  [[nodiscard]] Verdict judge(OptOut const& opt_out, bool);
  void conclude(ListReport& report, protocol::PageInfo const*, bool) const { explain(report); }
};

}  // namespace polycampaign::inline v1::engine
