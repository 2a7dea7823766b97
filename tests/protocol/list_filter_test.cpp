#include "polycampaign/protocol/list_filter.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using protocol::ListFilter;
using Verdict = ListFilter::Verdict;
using std::chrono::sys_seconds;

constexpr Filter all_filters[] = {Filter::since,         Filter::until,    Filter::planned_since,
                                  Filter::planned_until, Filter::statuses, Filter::channels,
                                  Filter::search,        Filter::text,     Filter::destination,
                                  Filter::messages,      Filter::sort};

/// A vendor for which the client does everything, or the vendor does, or nobody.
struct Vendors {
  explicit Vendors(Support support) {
    for (auto const filter : all_filters) filters.push_back({filter, support, ""});
    capabilities.provider = "acme";
    capabilities.display_name = "Acme";
    capabilities.filters = filters;
  }
  std::vector<FilterSupport> filters;
  Capabilities capabilities;
};

sys_seconds at(int seconds) {
  return sys_seconds{std::chrono::seconds{seconds}};
}

/// One filter in use each, in the order of `all_filters`.
std::vector<CampaignFilter> one_each() {
  return {{.since = at(1)},
          {.until = at(1)},
          {.planned_since = at(1)},
          {.planned_until = at(1)},
          {.statuses = {StatusCode::draft}},
          {.channels = {Channel::sms}},
          {.search = "x"},
          {.text = "x"},
          {.destination = "4512345678"},
          {.max_messages = 1},
          {.sort = "id"}};
}

TEST(ListFilter, RefusesWhatNobodyCanAndNamesItAndTheVendor) {
  Vendors const none{Support::unsupported};
  auto const filters = one_each();
  for (std::size_t i = 0; i < filters.size(); ++i) {
    auto const error = ListFilter::refuse(filters[i], none.capabilities);
    ASSERT_TRUE(error) << i;
    EXPECT_EQ(error->code, ErrorCode::unsupported);
    EXPECT_NE(error->message.find(to_string(all_filters[i])), std::string::npos) << error->message;
    EXPECT_NE(error->message.find("Acme"), std::string::npos);
    for (auto const support : {Support::native, Support::emulated, Support::unverified})
      EXPECT_FALSE(ListFilter::refuse(filters[i], Vendors{support}.capabilities));
  }
  EXPECT_FALSE(ListFilter::refuse({}, none.capabilities));
  EXPECT_FALSE(ListFilter::refuse({.limit = 5}, none.capabilities)) << "a limit is never the vendor's";
}

TEST(ListFilter, RefusesANegativeLimit) {
  auto const error = ListFilter::refuse({.limit = -1}, Vendors{Support::native}.capabilities);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::invalid_argument);
}

TEST(ListFilter, NamesTheFiltersThatTheClientApplies) {
  CampaignFilter const filter{.since = at(1), .statuses = {StatusCode::draft}, .search = "x"};
  EXPECT_EQ((ListFilter{filter, Vendors{Support::emulated}.capabilities}.names()),
            (std::vector<std::string>{"since", "statuses", "search"}));
  EXPECT_TRUE((ListFilter{filter, Vendors{Support::native}.capabilities}.names().empty()));
}

TEST(ListFilter, IsPassiveWhenItCannotDropAnything) {
  auto const filters = one_each();
  for (std::size_t i = 0; i < filters.size(); ++i) {
    auto const filter = all_filters[i];
    auto const always = filter == Filter::since || filter == Filter::until || filter == Filter::statuses ||
                        filter == Filter::channels;
    EXPECT_EQ((ListFilter{filters[i], Vendors{Support::native}.capabilities}.passive()), !always) << i;
    EXPECT_FALSE((ListFilter{filters[i], Vendors{Support::emulated}.capabilities}.passive())) << i;
  }
  EXPECT_TRUE((ListFilter{{.limit = 3}, Vendors{Support::emulated}.capabilities}.passive()));
}

struct FilterRow {
  char const* what;
  CampaignFilter filter;
  Campaign campaign;
  Verdict verdict;
  Verdict before_details;  ///< when more may come
};

std::vector<FilterRow> rows() {
  auto const keep = Verdict::keep;
  auto const drop = Verdict::drop;
  auto const timeless = Verdict::drop_without_time;
  auto const created = [](int seconds) { return Campaign{.created_at = Timestamp{at(seconds)}}; };
  auto const scheduled = [](int seconds) { return Campaign{.scheduled_at = Timestamp{at(seconds)}}; };
  auto const named = [](char const* name) { return Campaign{.name = name}; };
  auto const of_status = [](StatusCode code, char const* word) {
    return Campaign{.status = {.code = code, .vendor_word = word}};
  };
  auto const with_messages = [](std::int64_t count) {
    Campaign campaign;
    campaign.statistics.messages = count;
    return campaign;
  };
  return {
      {"since is inclusive", {.since = at(5)}, created(5), keep, keep},
      {"before since", {.since = at(5)}, created(4), drop, drop},
      {"until is exclusive", {.until = at(5)}, created(5), drop, drop},
      {"before until", {.until = at(5)}, created(4), keep, keep},
      {"no time", {.until = at(5)}, {}, timeless, keep},
      {"the scheduled time stands in", {.since = at(5)}, scheduled(4), drop, drop},
      {"no bound, no time", {}, {}, keep, keep},
      {"planned since is inclusive", {.planned_since = at(5)}, scheduled(5), keep, keep},
      {"planned before", {.planned_since = at(5)}, scheduled(4), drop, drop},
      {"planned until is exclusive", {.planned_until = at(5)}, scheduled(5), drop, drop},
      {"no plan", {.planned_until = at(5)}, created(1), timeless, keep},
      {"status of the list",
       {.statuses = {StatusCode::draft, StatusCode::paused}},
       of_status(StatusCode::paused, "p"),
       keep,
       keep},
      {"another status", {.statuses = {StatusCode::draft}}, of_status(StatusCode::paused, "p"), drop, drop},
      {"no status", {.statuses = {StatusCode::draft}}, {}, drop, keep},
      {"channel", {.channels = {Channel::sms}}, {.channel = Channel::sms}, keep, keep},
      {"another channel", {.channels = {Channel::sms}}, {.channel = Channel::viber}, drop, drop},
      {"untold channel", {.channels = {Channel::sms}}, {}, keep, keep},
      {"name contains", {.search = "SALE"}, named("Summer sale 2021"), keep, keep},
      {"name does not", {.search = "sale"}, named("Summer"), drop, drop},
      {"no name", {.search = "sale"}, {}, drop, keep},
      {"umlauts keep their case", {.search = "\xC3\xA4"}, named("\xC3\x84"), drop, drop},
      {"text contains", {.text = "lo w"}, {.text = "hello world"}, keep, keep},
      {"text is case sensitive", {.text = "Lo"}, {.text = "hello"}, drop, drop},
      {"no text", {.text = "x"}, {}, drop, keep},
      {"least messages", {.min_messages = 5}, with_messages(5), keep, keep},
      {"too few messages", {.min_messages = 5}, with_messages(4), drop, drop},
      {"most messages", {.max_messages = 5}, with_messages(5), keep, keep},
      {"too many messages", {.max_messages = 5}, with_messages(6), drop, drop},
      {"untold messages", {.max_messages = 5}, {}, drop, keep},
      {"what only the vendor knows", {.destination = "45", .sort = "id"}, {}, keep, keep},
  };
}

TEST(ListFilter, JudgesCampaigns) {
  Vendors const vendors{Support::emulated};
  for (auto const& row : rows()) {
    ListFilter const filter{row.filter, vendors.capabilities};
    EXPECT_EQ(filter.judge(row.campaign, true), row.verdict) << row.what;
    EXPECT_EQ(filter.judge(row.campaign, false), row.before_details) << row.what;
  }
}

TEST(ListFilter, LeavesToTheVendorWhatTheVendorDoes) {
  Vendors const vendors{Support::native};
  Campaign const other{.name = "other",
                       .text = "other",
                       .channel = Channel::viber,
                       .created_at = Timestamp{at(9)},
                       .scheduled_at = Timestamp{at(9)}};
  for (auto const& filter : std::vector<CampaignFilter>{
           {.planned_until = at(5)}, {.search = "x"}, {.text = "x"}, {.max_messages = 1}})
    EXPECT_EQ((ListFilter{filter, vendors.capabilities}.judge(other, true)), Verdict::keep);
  for (auto const& filter : std::vector<CampaignFilter>{{.since = at(10)},
                                                        {.until = at(9)},
                                                        {.statuses = {StatusCode::draft}},
                                                        {.channels = {Channel::sms}}})
    EXPECT_EQ((ListFilter{filter, vendors.capabilities}.judge(other, true)), Verdict::drop)
        << "times, states and channels are always checked";
}

}  // namespace
}  // namespace polycampaign::test
