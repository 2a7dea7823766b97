// Mistakes in lists, filters and page keys, and the checks that find them.
#include "conformance/broken.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <string>

namespace polycampaign::test {
namespace {

using Body = std::string const&;
using ListPage = protocol::ListPage<Campaign>;
using protocol::PageKey;

bool holds(Body body, std::string_view part) {
  return body.find(part) != std::string::npos;
}

constexpr std::array planned{FilterSupport{Filter::planned_since, Support::native, "a guess"}};
constexpr std::array named{FilterSupport{Filter::search, Support::emulated, "a guess"}};

Mistake const list_mistakes[] = {
    // pages
    {"loses_a_record",
     "dexatel",
     {"lists"},
     {.page =
          [](ListPage& page, Body) {
            if (page.items.size() > 3) page.items.erase(page.items.begin() + 2);
          }}},
    {"repeats_a_record",
     "dexatel",
     {"lists"},
     {.page =
          [](ListPage& page, Body) {
            if (page.items.empty()) return;
            auto again = page.items.front();
            page.items.push_back(std::move(again));
          }}},
    {"changes_the_order",
     "dexatel",
     {"lists"},
     {.page =
          [](ListPage& page, Body) {
            if (page.items.size() > 20) std::ranges::reverse(page.items);
          }}},
    {"stops_early",
     "smsup",
     {"lists"},
     {.ahead =
          [](std::vector<PageKey>& keys, PageKey const&) {
            std::erase_if(keys, [](PageKey const& next) { return next.offset > 30; });
          }}},
    {"never_stops",
     "smsup",
     {"lists"},
     {.ahead =
          [](std::vector<PageKey>& keys, PageKey const& key) {
            if (!keys.empty()) return;
            keys.push_back(key);
            keys.back().offset += key.size;
          }}},
    {"makes_every_page_a_new_one",
     "smsup",
     {"endless lists"},
     {.page =
          [](ListPage& page, Body) {
            static std::atomic<int> made{0};
            page.items.push_back({.id = std::to_string(++made), .provider = "smsup"});
            page.info.records = static_cast<std::int64_t>(page.items.size());
            page.info.total.reset();
          },
      .ahead =
          [](std::vector<PageKey>& keys, PageKey const& key) {
            keys.assign(1, key);
            keys.back().offset += key.size;
          }}},
    {"never_stops_at_a_cursor",
     "dexatel",
     {"lists"},
     {.ahead =
          [](std::vector<PageKey>& keys, PageKey const& key) {
            if (!keys.empty()) return;
            keys.push_back(key);
            ++keys.back().offset;
          }}},

    // what is no record
    {"ends_at_null",
     "dexatel",
     {"odd lists"},
     {.page =
          [](ListPage& page, Body body) {
            if (holds(body, ",null,{")) page.items.resize(1);
          }}},
    {"fails_for_a_number_among_records",
     "smsup",
     {"odd lists"},
     {.body =
          [](std::string& body) {
            if (holds(body, ",42,{")) body = "[";
          }}},
    {"takes_a_number_for_a_campaign",
     "dexatel",
     {"odd lists"},
     {.page =
          [](ListPage& page, Body body) {
            if (holds(body, ",42,{")) page.items.push_back({.id = "42", .provider = "dexatel"});
          }}},
    {"loses_the_record_behind_an_empty_one",
     "dexatel",
     {"odd lists"},
     {.page =
          [](ListPage& page, Body body) {
            if (holds(body, ",{},{") && page.items.size() > 3) page.items.erase(page.items.begin() + 2);
          }}},
    {"takes_no_list_for_a_campaign",
     "dexatel",
     {"odd lists"},
     {.page =
          [](ListPage& page, Body) {
            if (page.items.empty()) page.items.push_back({.provider = "dexatel"});
          }}},
    {"takes_anything_for_an_empty_list",
     "dexatel",
     {"odd lists", "damaged answers"},
     {.error =
          [](Error& error, HttpResponse const&, std::string_view) {
            if (error.code == ErrorCode::protocol) error.code = ErrorCode::unavailable;
          }}},

    {"fails_for_an_unknown_element",
     "smsup",
     {"odd lists"},
     {.body =
          [](std::string& body) {
            if (holds(body, "<stranger")) body = "<response/>";
          }},
     {{"format", "xml"}}},

    // filters
    {"forgets_the_text_filter",
     "smsup",
     {"filters"},
     {.list = [](ListCampaigns& list) { list.filter.text.clear(); }}},
    {"forgets_the_destination",
     "smsup",
     {"filters"},
     {.list = [](ListCampaigns& list) { list.filter.destination.clear(); }}},
    {"forgets_the_bounds_of_messages",
     "smsup",
     {"filters"},
     {.list = [](ListCampaigns& list) { list.filter.min_messages.reset(); }}},
    {"forgets_the_search",
     "bsg",
     {"filters"},
     {.list = [](ListCampaigns& list) { list.filter.search.clear(); }}},
    {"forgets_the_search_of_a_pbx",
     "yeastar",
     {"filters"},
     {.list = [](ListCampaigns& list) { list.filter.search.clear(); }}},
    {"ignores_sort", "smsup", {"filters"}, {.list = [](ListCampaigns& list) { list.filter.sort.clear(); }}},
    {"sorts_upwards_only",
     "bsg",
     {"filters"},
     {.list =
          [](ListCampaigns& list) {
            if (list.filter.sort.starts_with('-')) list.filter.sort.erase(0, 1);
          }}},
    {"sorts_the_wrong_way",
     "smsup",
     {"filters"},
     {.list =
          [](ListCampaigns& list) {
            if (list.filter.sort == "id")
              list.filter.sort = "-id";
            else if (list.filter.sort == "-id")
              list.filter.sort = "id";
          }}},
    {"claims_a_filter",
     "dexatel",
     {"filters"},
     {.capabilities = [](Capabilities& c) { c.filters = planned; }}},
    {"claims_to_emulate_what_it_cannot_see",
     "smsup",
     {"filters"},
     {.capabilities = [](Capabilities& c) { c.filters = named; }}},

    // keys of pages that anybody may have written
    {"puts_a_token_raw_into_the_url",
     "smsup",
     {"page keys"},
     {.request =
          [](HttpRequest& request, PageKey const& key) {
            if (!key.token.empty()) request.url += "&token=" + key.token;
          }}},
    {"follows_any_link",
     "smsup",
     {"page keys"},
     {.request =
          [](HttpRequest& request, PageKey const& key) {
            if (key.token.starts_with("https://")) request.url = key.token;
          }}},
    {"puts_a_token_into_a_header",
     "bsg",
     {"page keys"},
     {.request =
          [](HttpRequest& request, PageKey const& key) {
            if (!key.token.empty()) request.headers.push_back({"X-Page", key.token});
          }}},
};

class ListMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(ListMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, ListMistakes, ::testing::ValuesIn(list_mistakes),
                         [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace polycampaign::test
