#include "polycampaign/protocol/url.hpp"

#include "vendors/bsg/fixture.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::bsg::message_tests {
namespace {

using protocol::Listing;
using protocol::ListPage;
using protocol::PageInfo;
using protocol::PageKey;

std::string const campaign_url = host + "/api/campaigns/53651994/detail";
std::string const detail =
    R"({"data":{"id":53651994,"created_at":"2024-05-20 23:30:00","total_messages":12,"statistics":{}}})";

Listing<Message> messages_of(std::string campaign = "53651994", std::string time_zone = {},
                             bool keep_raw = false) {
  return opened(ListMessages{std::move(campaign)}, std::move(time_zone), keep_raw);
}

Result<ListPage<Message>> read(Listing<Message> const& list, PageKey const& key, HttpResponse response) {
  auto const exchange = list.page(key);
  if (!exchange) return exchange.error();
  return exchange->decode(std::move(response));
}

/// Reads one record of a page of messages.
Message message(std::string const& record, bool keep_raw = false) {
  auto const page = read(messages_of("53651994", {}, keep_raw), {.part = 1, .size = 500},
                         answer(R"({"data":[)" + record + R"(,{"id":1}]})"));
  EXPECT_TRUE(page) << (page ? "" : page.error().message) << record;
  if (!page || page->items.size() != 2) return {};
  return page->items.front();
}

/// Returns a query parameter of the request for that page.
std::string parameter(Listing<Message> const& list, PageKey const& key, std::string_view name) {
  auto const exchange = list.page(key);
  EXPECT_TRUE(exchange);
  if (!exchange) return {};
  auto const& url = exchange->call.request.url;
  return protocol::query_value(url.substr(url.find('?') + 1), name);
}

TEST(BsgMessages, BeginsWithTheCampaign) {
  auto const list = messages_of();
  auto const first = list.page(list.first);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->call.request.url, campaign_url);
  EXPECT_EQ(first->call.operation, "messages");
  auto const page = first->decode(answer(detail));
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->items.empty());
  EXPECT_EQ(page->info.records, 0);
  EXPECT_EQ(page->info.expected, 12);
  EXPECT_FALSE(page->info.expected_doubt.empty());

  auto const next = list.ahead(list.first, page->info, 4);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].size, 500);
  EXPECT_EQ(
      list.page(next[0])->call.request.url,
      host +
          "/api/messages?filter%5Bcampaign_id%5D=53651994&filter%5Bfrom%5D=2024-05-19%2000%3A00%3A00"
          "&filter%5Bto%5D=2024-07-29%2012%3A00%3A00&page%5Boffset%5D=0&page%5Blimit%5D=500&sort=id&way=asc");
  EXPECT_TRUE(list.ahead(list.first, page->info, 0).empty());
}

TEST(BsgFindMessages, AnEndInTheSecondOfTwoEqualHoursIncludesTheFirstOne) {
  auto const list = opened(
      FindMessages{
          .reference = "a1", .since = at("2024-10-26T21:00:00Z"), .until = at("2024-10-27T01:10:00Z")},
      "Europe/Kyiv");
  EXPECT_EQ(list.page(list.first)->call.request.url,
            host +
                "/api/messages?filter%5Breference_id%5D=a1&filter%5Bfrom%5D=2024-10-27%2000%3A00%3A00"
                "&filter%5Bto%5D=2024-10-27%2004%3A10%3A00&page%5Boffset%5D=0&page%5Blimit%5D=500&sort=id"
                "&way=asc");
}

TEST(BsgMessages, PeriodIsByTheAccountsClockAndNeverLongerThanThreeMonths) {
  auto const list = messages_of("53651994", "Europe/Kyiv");
  auto const page = read(list, list.first, answer(detail));
  ASSERT_TRUE(page);
  auto const next = list.ahead(list.first, page->info, 1);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(parameter(list, next[0], "filter[from]"), "2024-05-19 00:00:00");
  EXPECT_EQ(parameter(list, next[0], "filter[to]"), "2024-07-29 15:00:00") << "29 days ahead, in Kyiv";

  auto const old =
      read(list, list.first, answer(R"({"data":{"id":53651994,"created_at":"2024-01-02 00:00:00"}})"));
  ASSERT_TRUE(old);
  EXPECT_FALSE(old->info.expected) << "not reported";
  auto const key = list.ahead(list.first, old->info, 1).at(0);
  EXPECT_EQ(parameter(list, key, "filter[from]"), "2024-01-01 00:00:00");
  EXPECT_EQ(parameter(list, key, "filter[to]"), "2024-03-30 00:00:00");
}

TEST(BsgMessages, NamesACampaignWithoutATime) {
  auto const list = messages_of();
  auto const page = read(list, list.first, answer(R"({"data":{"id":53651994,"total_messages":3}})"));
  ASSERT_TRUE(page);
  ASSERT_TRUE(page->info.next_error);
  EXPECT_EQ(page->info.next_error->code, ErrorCode::protocol);
  EXPECT_TRUE(list.ahead(list.first, page->info, 1).empty());

  EXPECT_EQ(read(list, list.first, answer(R"({"message":"Not Found"})", 404)).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(
      read(list, list.first, answer(R"({"data":{"id":7,"created_at":"2024-01-02 00:00:00"}})")).error().code,
      ErrorCode::protocol)
      << "another campaign";
}

TEST(BsgMessages, RefusesIdsAndKeysThatNameNothing) {
  auto const refused = adapter()->list(ListMessages{"abc"}, {.page_size = 500, .now = at("2024-06-30")});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  auto const list = messages_of();
  for (PageKey const& key : {PageKey{.part = 1, .size = 0}, PageKey{.part = 2'900'001, .size = 30}}) {
    auto const page = list.page(key);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::invalid_argument);
  }
  for (auto const* const token : {"", "soon", "1.5"})
    EXPECT_TRUE(list.ahead(list.first, {.next_token = token}, 1).empty()) << token;
}

TEST(BsgMessages, StepsByWhatWasReceived) {
  auto const list = messages_of();
  PageKey const key{.part = 19'000, .offset = 500, .size = 500};
  auto const keys = list.ahead(key, {.records = 30, .total = 600}, 8);
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0], (PageKey{.part = 19'000, .offset = 530, .size = 500}));
  EXPECT_EQ(keys[2].offset, 590);
  EXPECT_TRUE(list.ahead(key, {.records = 100, .total = 600}, 8).empty()) << "there is one period only";
  EXPECT_TRUE(list.ahead(key, {.records = 0, .total = 600}, 8).empty());
}

struct Word {
  char const* word;
  MessageStatusCode code;
};
Word const words[] = {
    {"scheduled", MessageStatusCode::scheduled},
    {"moderation", MessageStatusCode::moderation},
    {"accepted", MessageStatusCode::submitted},
    {"sending", MessageStatusCode::queued},
    {"sent", MessageStatusCode::submitted},
    {"delivered", MessageStatusCode::delivered},
    {"read", MessageStatusCode::read},
    {"expired", MessageStatusCode::expired},
    {"failed", MessageStatusCode::failed},
    {"undelivered", MessageStatusCode::undelivered},
    {"unknown", MessageStatusCode::unreported},
    {"not_viber_user", MessageStatusCode::undelivered},
    {"not_service_user", MessageStatusCode::undelivered},
    {"not_rcs_user", MessageStatusCode::undelivered},
    {"Rejected", MessageStatusCode::rejected},
    {"DELIVERED", MessageStatusCode::delivered},
    {"Not Service User", MessageStatusCode::undelivered},
    {"teleported", MessageStatusCode::unknown},
};

TEST(BsgMessages, KnowsEveryWord) {
  for (auto const& [word, code] : words) {
    auto const read = message(R"({"id":1,"campaign_id":53651994,"status":")" + std::string{word} + R"("})");
    EXPECT_EQ(read.status, (MessageStatus{code, word})) << word;
  }
  EXPECT_EQ(message(R"({"id":1,"status":null})").status, MessageStatus{});
}

TEST(BsgMessages, ReadsThePublishedFields) {
  std::string const record =
      R"({"id":4419393338,"campaign_id":53651994,"reference_id":"a1","type":"sms","source":"rest","text":"Hello",)"
      R"("phone":380501234567,"validity":72,"status":"delivered","amount":{"value":"0.0527088","currency":"USD"},)"
      R"("sender":"Shop24","created_at":"2024-05-20 23:30:00","sent_at":"2024-05-20 23:30:02",)"
      R"("delivered_at":"2024-05-20 23:30:05","country":"UA","parts":2,"rcs_options":null,"alternative_channels":[]})";
  auto const read = message(record, true);
  EXPECT_EQ(read.id, "4419393338");
  EXPECT_EQ(read.provider, "bsg");
  EXPECT_EQ(read.campaign, "53651994");
  EXPECT_EQ(read.reference, "a1");
  EXPECT_EQ(read.number, "+380501234567");
  EXPECT_EQ(read.sender, "Shop24");
  EXPECT_EQ(read.text, "Hello");
  EXPECT_EQ(read.created_at->time, at("2024-05-20T23:30:00Z"));
  EXPECT_EQ(read.sent_at->time, at("2024-05-20T23:30:02Z"));
  EXPECT_EQ(read.reported_at->time, at("2024-05-20T23:30:05Z"));
  EXPECT_EQ(read.parts, 2);
  ASSERT_TRUE(read.cost);
  EXPECT_EQ(*read.cost, (Cost{*Decimal::parse("0.0527088"), "USD", CostKind::billed}));
  EXPECT_EQ(read.country, "UA");
  EXPECT_TRUE(read.notes.empty()) << read.notes.front();
  EXPECT_EQ(read.raw(), record);
  EXPECT_TRUE(message(record).raw().empty());
}

TEST(BsgMessages, ReadsEverySpelling) {
  EXPECT_EQ(message(R"({"id":"7","phone":"380501234567"})").number, "+380501234567");
  EXPECT_EQ(message(R"({"id":"7","phone":"+380501234567"})").number, "+380501234567");
  EXPECT_EQ(message(R"({"id":"7"})").id, "7");
  EXPECT_EQ(message(R"({"id":7,"campaign_id":"53651994"})").campaign, "53651994");
  EXPECT_TRUE(message(R"({"id":7,"sent_at":null,"send_at":"2024-05-20T23:30:02"})").sent_at);
  for (auto const* const name : {"delivered_at", "time_dr", "time_dlr"})
    EXPECT_TRUE(message(R"({"id":7,")" + std::string{name} + R"(":"2024-05-20 23:30:02"})").reported_at)
        << name;
  EXPECT_FALSE(message(R"({"id":7,"sent_at":null,"delivered_at":null})").reported_at);
  EXPECT_EQ(
      message(R"({"id":7,"amount":{"value":0.10000000000000001,"currency":"EUR"}})").cost->amount.text(),
      "0.10000000000000001");
  EXPECT_EQ(message(R"({"id":7,"amount":{"value":"1,5","currency":"EUR"}})").cost->amount.text(), "1.5");
  EXPECT_FALSE(message(R"({"id":7,"amount":null})").cost);
  EXPECT_EQ(message(R"({"id":7,"parts":"3"})").parts, 3);
  EXPECT_FALSE(message(R"({"id":7})").parts) << "unknown is not zero";
}

TEST(BsgMessages, NotesWhatItCannotRead) {
  auto const read = message(
      R"({"id":{},"campaign_id":53651994,"phone":"anonymous","status":7,"amount":"1","created_at":"yesterday",)"
      R"("parts":-1,"country":["UA"]})");
  EXPECT_TRUE(read.id.empty());
  EXPECT_EQ(read.number, "anonymous");
  EXPECT_EQ(read.status.code, MessageStatusCode::unknown);
  EXPECT_FALSE(read.cost || read.created_at || read.parts || read.country);
  EXPECT_GE(read.notes.size(), 6U);
  auto const unpriced = message(R"({"id":7,"amount":{"value":"0.5","currency":null}})");
  EXPECT_FALSE(unpriced.cost);
  EXPECT_EQ(unpriced.notes.size(), 1U);
  auto const odd = message(R"({"id":7,"amount":{"total":"0.5"}})");
  EXPECT_FALSE(odd.cost);
  EXPECT_EQ(odd.notes, std::vector<std::string>{"amount: an object without a value"});
}

TEST(BsgMessages, KeepsTheCallersSpellingOfTheCampaign) {
  auto const page =
      read(messages_of("0053651994"), {.part = 1, .size = 500},
           answer(R"({"data":[{"id":1,"campaign_id":53651994},{"id":2,"campaign_id":7},{"id":3}]})"));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 3U);
  EXPECT_EQ(page->items[0].campaign, "0053651994");
  EXPECT_EQ(page->items[1].campaign, "7");
  EXPECT_FALSE(page->items[2].campaign);
}

TEST(BsgMessages, ReadsTheTotalWhereverItStands) {
  auto const list = messages_of();
  PageKey const key{.part = 1, .size = 500};
  for (auto const* const body :
       {R"({"data":[],"meta":{"page":{"total":7,"limit":500,"offset":0}}})", R"({"data":{},"total":7})",
        R"({"data":[],"total":"7"})", R"({"data":null,"total":7})"}) {
    auto const page = read(list, key, answer(body));
    ASSERT_TRUE(page) << body;
    EXPECT_EQ(page->info.total, 7) << body;
    EXPECT_EQ(page->info.records, 0);
  }
  auto const capped =
      read(list, key, answer(R"({"data":[{"id":1}],"meta":{"page":{"total":90,"limit":30}}})"));
  EXPECT_EQ(capped->info.applied_size, 30);
  auto const keyed = read(list, key, answer(R"({"data":{"1":{"id":2},"0":{"id":1}},"total":-3})"));
  ASSERT_TRUE(keyed);
  EXPECT_EQ(keyed->items.at(0).id, "1") << "a PHP array with keys";
  EXPECT_FALSE(keyed->info.total);
}

TEST(BsgMessages, RefusesWhatIsNoPage) {
  auto const list = messages_of();
  PageKey const key{.part = 1, .size = 500};
  for (auto const* const body :
       {"", "<html>", "{}", "[1,2]", R"({"data":7})", R"({"data":{"id":1}})", R"({"data":[1,"a",null]})",
        R"({"data":[{"other":true},{}]})", R"({"data":[{"id":null,"status":"sent"}]})",
        R"({"data":[{"phone":380501234567},{"id":"","campaign_id":7}]})", R"({"data":null})",
        R"({"bearer":"x"})"}) {
    auto const page = read(list, key, answer(body));
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(page.error().effect, Effect::none) << body;
  }
  auto const refused = read(list, key, answer(R"({"message":"Service is closed"})"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rejected);
  EXPECT_EQ(read(list, key, answer(R"({"message":"x"})", 500)).error().code, ErrorCode::unavailable);
  EXPECT_EQ(read(list, key, answer(R"({"code":401,"message":"Expired JWT Token"})")).error().code,
            ErrorCode::unauthenticated);

  std::string many = R"({"data":[)";
  for (int i = 0; i < 5001; ++i) many += "{},";
  EXPECT_FALSE(read(list, key, answer(many + "{}]}"))) << "ten times the largest page";
}

TEST(BsgMessages, CountsWhatIsNoMessage) {
  auto const page = read(messages_of(), {.part = 1, .size = 500},
                         answer(R"({"data":[{"id":1,"campaign_id":53651994},7,{"other":true}]})"));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->info.records, 3);
  EXPECT_EQ(page->items[0].notes,
            std::vector<std::string>{
                "the response also contained elements that are not messages; they were left out: 2"});
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg::message_tests
