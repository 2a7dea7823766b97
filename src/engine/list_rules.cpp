#include "engine/list_rules.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace polycampaign::inline v1::engine {

std::uint64_t ListRules<ListCampaigns>::hash_of(ListCampaigns const& list) {
  auto const& filter = list.filter;
  auto h = text::hash(std::string_view{"filter"});
  auto const add = [&h](std::string_view text) { h = text::hash(text, h); };
  auto const number = [&](auto const& value) { add(value ? std::to_string(*value) : "-"); };
  auto const time = [&](std::optional<std::chrono::sys_seconds> const& value) {
    add(value ? std::to_string(value->time_since_epoch().count()) : "-");
  };
  time(filter.since);
  time(filter.until);
  time(filter.planned_since);
  time(filter.planned_until);
  for (auto const status : filter.statuses) add(to_string(status));
  add("channels");
  for (auto const channel : filter.channels) add(to_string(channel));
  add("texts");
  add(filter.search);
  add(filter.text);
  add(filter.destination);
  number(filter.min_messages);
  number(filter.max_messages);
  add(filter.sort);
  number(filter.limit);
  return h;
}

namespace {

/// Identifies the list of a campaign.
template <class Op>
std::uint64_t hash_by_campaign(Op const& list) {
  return text::hash(list.campaign, text::hash(Op::operation.name));
}

}  // namespace

std::optional<Error> CampaignListRules::refuse_campaign(std::string const& campaign) {
  if (!campaign.empty()) return std::nullopt;
  return Error{.code = ErrorCode::invalid_argument, .message = "campaign: the id of a campaign is needed"};
}

bool CampaignListRules::belongs(std::optional<std::string> const& campaign) {
  if (!campaign) ++nameless_;
  if (campaign != campaign_) return false;
  ++own_;
  return true;
}

void CampaignListRules::explain(ListReport& report) const {
  if (nameless_ == 0) return;
  report.missed.push_back(std::to_string(nameless_) +
                          (nameless_ == 1 ? " record has no campaign id and was left out."
                                          : " records have no campaign id and were left out."));
}

std::uint64_t ListRules<ListMessages>::hash_of(ListMessages const& list) {
  auto h = hash_by_campaign(list);
  for (auto const status : list.statuses) h = text::hash(to_string(status), h);
  return h;
}

ListRules<ListMessages>::Verdict ListRules<ListMessages>::judge(Message const& message, bool) {
  if (!belongs(message.campaign)) return Verdict::drop;
  auto const wanted =
      statuses_.empty() || std::ranges::find(statuses_, message.status.code) != statuses_.end();
  return wanted ? Verdict::keep : Verdict::drop;
}

std::vector<std::string> ListRules<ListMessages>::names() const {
  if (statuses_.empty()) return {};
  return {"statuses"};
}

void ListRules<ListMessages>::conclude(ListReport& report, protocol::PageInfo const* info,
                                       bool resumed) const {
  explain(report);
  if (resumed || info == nullptr || !info->expected || own() >= *info->expected) return;
  auto sentence = "The campaign counts " + std::to_string(*info->expected) +
                  " messages, and the list contained " + std::to_string(own()) + ".";
  if (!info->expected_doubt.empty()) sentence.append(" ").append(info->expected_doubt);
  report.missed.push_back(std::move(sentence));
}

std::optional<Error> ListRules<FindMessages>::refuse(FindMessages const& list, Capabilities const&) {
  if (!list.reference.empty()) return std::nullopt;
  return Error{.code = ErrorCode::invalid_argument, .message = "reference: there is nothing to look for"};
}

std::uint64_t ListRules<FindMessages>::hash_of(FindMessages const& list) {
  auto const period = std::to_string(list.since.time_since_epoch().count()) + ' ' +
                      std::to_string(list.until.time_since_epoch().count());
  return text::hash(period, text::hash(list.reference, text::hash(FindMessages::operation.name)));
}

std::uint64_t ListRules<ListReplies>::hash_of(ListReplies const& list) {
  return hash_by_campaign(list);
}

ListRules<ListReplies>::Verdict ListRules<ListReplies>::judge(Reply const& reply, bool) {
  if (!belongs(reply.campaign)) return Verdict::drop;
  auto const time = reply.at ? reply.at->time.time_since_epoch().count() : 0;
  auto const which = text::mix(text::hash(reply.number.value_or("")) + static_cast<std::uint64_t>(time));
  if (!reply.id.empty() || reply.text) {
    ++shown_[which];
    return Verdict::keep;
  }
  auto const found = shown_.find(which);
  if (found == shown_.end() || found->second == 0) return Verdict::keep;
  --found->second;
  return Verdict::drop;
}

void ListRules<ListReplies>::conclude(ListReport& report, protocol::PageInfo const*, bool resumed) const {
  explain(report);
  if (resumed)
    report.missed.emplace_back(
        "The list was resumed: replies that the vendor shows without a text may be repeated.");
}

std::uint64_t ListRules<ListOptOuts>::hash_of(ListOptOuts const& list) {
  return hash_by_campaign(list);
}

ListRules<ListOptOuts>::Verdict ListRules<ListOptOuts>::judge(OptOut const& opt_out, bool) {
  return belongs(opt_out.campaign) ? Verdict::keep : Verdict::drop;
}

}  // namespace polycampaign::inline v1::engine
