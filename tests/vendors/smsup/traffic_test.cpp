#include "vendors/smsup/support.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Messages, replies and opt-outs: each request and each record.
namespace polycampaign::inline v1::vendor_tests::smsup_traffic {
namespace {

std::string const base = "https://api.smsup.ch";
Account const in_xml{.format = smsup::Format::xml};
protocol::ListQuery const query{.page_size = 100,
                                .now = std::chrono::sys_days{std::chrono::year{2024} / 11 / 5}};

/// One list, page by page.
template <class Op>
struct Reader {
  explicit Reader(Op operation, Account account = {}, protocol::ListQuery how = query)
      : adapter{smsup_vendor(std::move(account))} {
    auto opened = adapter->list(std::move(operation), how);
    EXPECT_TRUE(opened) << opened.error().message;
    listing = *std::move(opened);
  }
  using Page = protocol::ListPage<typename Op::Item>;

  std::string url(protocol::PageKey const& key) const {
    auto const exchange = listing.page(key);
    if (!exchange) return std::string{to_string(exchange.error().code)};
    EXPECT_EQ(exchange->call.request.method, "GET");
    EXPECT_EQ(exchange->call.request.action, Action::read);
    EXPECT_EQ(exchange->call.operation, Op::operation.name);
    return exchange->call.request.url;
  }
  Result<Page> read(protocol::PageKey const& key, HttpResponse response) const {
    return listing.page(key)->decode(std::move(response));
  }

  std::shared_ptr<Adapter const> adapter;
  protocol::Listing<typename Op::Item> listing{};
};

std::string campaign_json(std::string const& members) {
  return R"({"status":1,"message":"OK","campaign":[{"id":"123",)" + members + "}]}";
}

protocol::PageKey const of_period{.part = 1 + 20016, .size = 100};  // from 2024-10-20

TEST(SmsupMessages, ReadsTheCampaignAndThenItsPeriod) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  EXPECT_EQ(list.url(list.listing.first), base + "/campaign/123");
  auto const first = list.read(
      list.listing.first, answer(campaign_json(R"("date":"2024-10-21 10:16:58","total":"5","sent":"4")")));
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_TRUE(first->items.empty());
  EXPECT_EQ(first->info.expected, 4);
  EXPECT_TRUE(first->info.expected_doubt.empty());
  auto const keys = list.listing.ahead(list.listing.first, first->info, 5);
  ASSERT_EQ(keys, std::vector{of_period});
  EXPECT_EQ(list.url(keys[0]),
            base +
                "/messages?start=0&length=100&sort=date&date_start=2024-10-20%2000%3A00%3A00"
                "&date_end=2024-10-28%2023%3A59%3A59&type=messages-out");
  ASSERT_EQ(list.listing.unseen.size(), 1U);
  EXPECT_NE(list.listing.unseen[0].find("other campaigns"), std::string::npos);

  auto const later = list.listing.ahead(keys[0], {.records = 100, .total = 250}, 5);
  ASSERT_EQ(later.size(), 2U);
  EXPECT_EQ(later[0], (protocol::PageKey{.part = of_period.part, .offset = 99, .size = 100, .overlap = 1}))
      << "it begins with the last record of the page before";
  EXPECT_EQ(later[1], (protocol::PageKey{.part = of_period.part, .offset = 198, .size = 100, .overlap = 1}));
  EXPECT_EQ(list.listing.ahead(keys[0], {.records = 100, .total = 100}, 5).size(), 0U);
  EXPECT_EQ(list.listing.ahead(keys[0], {.records = 100, .total = 101}, 5).size(), 1U);
  auto const capped = list.listing.ahead(keys[0], {.records = 40, .total = 100}, 5);
  ASSERT_EQ(capped.size(), 2U) << "the server's own limit is the step";
  EXPECT_EQ(capped[1], (protocol::PageKey{.part = of_period.part, .offset = 78, .size = 40, .overlap = 1}));
  EXPECT_EQ(list.listing.ahead({.part = 5, .size = 1}, {.records = 1, .total = 2}, 5),
            (std::vector{protocol::PageKey{.part = 5, .offset = 1, .size = 1}}));
}

TEST(SmsupMessages, TakesTheDayOfTheAccountsZone) {
  auto const first_day = [](std::string zone, std::string const& date) {
    Reader<ListMessages> const list{ListMessages{.campaign = "123"}, {.time_zone = std::move(zone)}};
    auto const page = list.read(list.listing.first, answer(campaign_json(R"("date":")" + date + '"')));
    EXPECT_TRUE(page) << page.error().message;
    return list.listing.ahead(list.listing.first, page->info, 1).at(0).part - 1;
  };
  EXPECT_EQ(first_day("", "2024-10-21 00:00:00"), 20016);
  EXPECT_EQ(first_day("", "2024-10-21 23:59:59"), 20016);
  EXPECT_EQ(first_day("America/New_York", "2024-10-21 23:59:59"), 20016);
  EXPECT_EQ(first_day("Europe/Paris", "2024-10-27 02:30:00"), 20022) << "the hour that occurs twice";
  EXPECT_EQ(first_day("UTC", "1970-01-01 00:00:01"), 0) << "no day before the first one";
}

TEST(SmsupMessages, CountsWhatWasGivenIfNothingElseIsShown) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  auto const page =
      list.read(list.listing.first, answer(campaign_json(R"("date":"2024-10-21 10:16:58","total":"5")")));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->info.expected, 5);
  EXPECT_NE(page->info.expected_doubt.find("removed before sending"), std::string_view::npos);
  auto const none =
      list.read(list.listing.first, answer(campaign_json(R"("creation_date":"2024-10-21 10:16:58")")));
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->info.expected);
  EXPECT_EQ(none->info.next_token, "20016") << "the creation date, if there is no other";
}

TEST(SmsupMessages, EndWithAnErrorIfThereIsNoPeriod) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  for (auto const& [body, code] :
       {std::pair{std::string{R"({"status":-5,"message":"Resource not found"})"}, ErrorCode::not_found},
        {R"({"status":1,"campaign":[]})", ErrorCode::not_found},
        {campaign_json(R"("text":"x")"), ErrorCode::protocol},
        {campaign_json(R"("date":"soon")"), ErrorCode::protocol},
        {campaign_json(R"("date":"9000-01-01 00:00:00")"), ErrorCode::protocol},
        {R"({"status":1,"campaign":[{"id":"124","date":"2024-10-21 10:16:58"}]})", ErrorCode::protocol},
        {R"({"status":-1,"message":"no"})", ErrorCode::unauthenticated},
        {"<html>", ErrorCode::protocol}}) {
    auto const page = list.read(list.listing.first, answer(body));
    ASSERT_FALSE(page) << body;
    EXPECT_EQ(page.error().code, code) << body;
    EXPECT_EQ(page.error().effect, Effect::none) << body;
  }
  EXPECT_TRUE(list.listing.ahead(list.listing.first, {.next_token = "x"}, 5).empty());
}

TEST(SmsupMessages, RefusesKeysThatNameNoPage) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  EXPECT_EQ(list.url({.part = 0, .size = 0}), "invalid_argument");
  EXPECT_EQ(list.url({.part = protocol::max_list_parts, .size = 100}), "invalid_argument");
  EXPECT_NE(list.url({.part = protocol::max_list_parts - 1, .size = 100}), "invalid_argument");
  Reader<ListReplies> const replies{ListReplies{"123"}};
  EXPECT_EQ(replies.url({.part = 1, .size = 0}), "invalid_argument");
  Reader<ListOptOuts> const stops{ListOptOuts{"123"}};
  EXPECT_EQ(stops.url({.part = 1, .size = 100}), "invalid_argument");
  EXPECT_EQ(stops.url({.offset = 1, .size = 100}), "invalid_argument");
  Reader<ListStopList> const all{ListStopList{}};
  EXPECT_EQ(all.url({.part = 1, .size = 100}), "invalid_argument");
  auto const adapter = smsup_vendor();
  for (auto const* const id : {"", ".", ".."}) {
    EXPECT_EQ(adapter->list(ListMessages{.campaign = id}, query).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(adapter->list(ListReplies{id}, query).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(adapter->list(ListOptOuts{id}, query).error().code, ErrorCode::invalid_argument);
  }
  EXPECT_EQ(Reader<ListMessages>{ListMessages{.campaign = "a/b"}}.url({.size = 100}),
            base + "/campaign/a%2Fb");
}

/// A record of the page "Get messages over a period of time".
std::map<std::string, std::string> sample_message() {
  return {{"campaign_id", "123"},
          {"client_id", "1"},
          {"client_message_id", R"("my id")"},
          {"contact_list_id", R"("")"},
          {"message", R"("Message via API")"},
          {"message_length", "15"},
          {"cost", "1"},
          {"country", R"("FR")"},
          {"destination", R"("33612345678")"},
          {"message_id", "138"},
          {"sender", R"("")"},
          {"date", R"("2024-11-21 10:00:47")"},
          {"dlr_date", R"("2024-11-21 10:01:47")"},
          {"status", R"("SENT")"},
          {"status_details", R"("SENT")"},
          {"type", R"("sms_mt")"}};
}

std::string json_of(std::map<std::string, std::string> const& members) {
  std::string record;
  for (auto const& [name, value] : members) record += (record.empty() ? "{\"" : ",\"") + name + "\":" + value;
  return record + "}";
}

/// The same in XML. A value in quotation marks is text.
std::string xml_of(std::map<std::string, std::string> const& members) {
  std::string record;
  for (auto const& [name, value] : members)
    record += "<" + name + ">" + (value.starts_with('"') ? value.substr(1, value.size() - 2) : value) + "</" +
              name + ">";
  return record;
}

Message read_one(std::map<std::string, std::string> const& changed, bool xml, bool keep_raw = false) {
  auto members = sample_message();
  for (auto const& [name, value] : changed) {
    if (value.empty())
      members.erase(name);
    else
      members[name] = value;
  }
  auto how = query;
  how.keep_raw = keep_raw;
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}, xml ? in_xml : Account{}, how};
  auto const body = xml ? "<response><status>1</status><message>OK</message><messages>" + xml_of(members) +
                              "</messages></response>"
                        : R"({"status":1,"message":"OK","messages":[)" + json_of(members) + "]}";
  auto page = list.read(of_period, answer(body));
  EXPECT_TRUE(page) << body << page.error().message;
  EXPECT_EQ(page ? page->items.size() : 0U, 1U) << body;
  return page && !page->items.empty() ? page->items[0] : Message{};
}

class SmsupTraffic : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Both, SmsupTraffic, ::testing::Bool(),
                         [](auto const& tested) { return tested.param ? "xml" : "json"; });

TEST_P(SmsupTraffic, ReadsThePublishedMessage) {
  Message expected;
  expected.id = "138";
  expected.provider = "smsup";
  expected.campaign = "123";
  expected.reference = "my id";
  expected.number = "+33612345678";
  expected.text = "Message via API";
  expected.status.code = MessageStatusCode::submitted;
  expected.status.vendor_word = "SENT";
  expected.sent_at = Timestamp{at("2024-11-21T09:00:47Z"), ZoneBasis::assumed};
  expected.reported_at = Timestamp{at("2024-11-21T09:01:47Z"), ZoneBasis::assumed};
  expected.cost = Cost{*Decimal::parse("1"), "credits", CostKind::billed};
  expected.country = "FR";
  EXPECT_EQ(read_one({}, GetParam()), expected) << "message_length counts characters, not parts";
  auto const raw = read_one({}, GetParam(), true);
  EXPECT_NE(raw.raw().find("my id"), std::string::npos);
  EXPECT_EQ(raw.raw().front(), GetParam() ? '<' : '{');
}

TEST_P(SmsupTraffic, ReadsEveryWordAndCode) {
  using Code = MessageStatusCode;
  constexpr std::pair<char const*, Code> words[] = {{"NOT_SENT", Code::queued},
                                                    {"SENT", Code::submitted},
                                                    {"NOT_DELIVERED", Code::undelivered},
                                                    {"DELIVERED", Code::delivered},
                                                    {"NOT_ALLOWED", Code::rejected},
                                                    {"INVALID_DESTINATION", Code::failed},
                                                    {"INVALID_SENDER", Code::rejected},
                                                    {"ROUTE_NOT_AVAILABLE", Code::failed},
                                                    {"", Code::unknown},
                                                    {"REJECTED", Code::rejected},
                                                    {"", Code::unknown},
                                                    {"NETWORK_ERROR", Code::failed},
                                                    {"EXPIRED", Code::expired}};
  auto const code_of = [](std::string const& word) {
    return read_one({{"status", word}, {"status_details", ""}}, GetParam()).status.code;
  };
  for (std::size_t code = 0; code < std::size(words); ++code) {
    auto const [word, meaning] = words[code];
    EXPECT_EQ(code_of(std::to_string(code)), meaning) << code;
    EXPECT_EQ(code_of('"' + std::to_string(code) + '"'), meaning) << code;
    if (*word != '\0') {
      EXPECT_EQ(code_of('"' + std::string{word} + '"'), meaning) << word;
    }
  }
  constexpr std::pair<char const*, Code> filters[] = {
      {"delivered", Code::delivered},     {"sent", Code::submitted},  {"waiting", Code::scheduled},
      {"moderation", Code::moderation},   {"denied", Code::rejected}, {"not_sent", Code::queued},
      {"undelivered", Code::undelivered}, {"Not Sent", Code::queued}, {"13", Code::unknown},
      {"on holiday", Code::unknown}};
  for (auto const& [word, meaning] : filters) {
    auto const message =
        read_one({{"status", '"' + std::string{word} + '"'}, {"status_details", ""}}, GetParam());
    EXPECT_EQ(message.status, (MessageStatus{meaning, word}));
    EXPECT_TRUE(message.notes.empty());
  }
}

TEST_P(SmsupTraffic, TakesTheSecondWordIfItSaysMore) {
  auto const read = [](char const* status, char const* details) {
    return read_one({{"status", status}, {"status_details", details}}, GetParam());
  };
  auto const lost = read(R"("UNDELIVERED")", R"("EXPIRED")");
  EXPECT_EQ(lost.status, (MessageStatus{MessageStatusCode::expired, "UNDELIVERED"}));
  EXPECT_EQ(lost.notes, std::vector<std::string>{"status_details: EXPIRED"});
  EXPECT_EQ(read(R"("UNDELIVERED")", R"("NETWORK_ERROR")").status.code, MessageStatusCode::failed);
  EXPECT_EQ(read(R"("DELIVERED")", R"("EXPIRED")").status.code, MessageStatusCode::delivered);
  EXPECT_EQ(read("", R"("DELIVERED")").status, (MessageStatus{MessageStatusCode::delivered, "DELIVERED"}));
  EXPECT_EQ(read("null", "null").status, MessageStatus{});
  EXPECT_EQ(read(R"("ODD")", R"("SENT")").status, (MessageStatus{MessageStatusCode::submitted, "ODD"}));
}

TEST_P(SmsupTraffic, ReadsTheContradictionsOfMessages) {
  EXPECT_EQ(read_one({{"campaign_id", R"("123")"}}, GetParam()).campaign, "123");
  EXPECT_EQ(read_one({{"campaign_id", "9007199254740993"}}, GetParam()).campaign, "9007199254740993");
  EXPECT_EQ(read_one({{"campaign_id", "null"}}, GetParam()).campaign, std::nullopt);
  EXPECT_EQ(read_one({{"message_id", R"("138")"}}, GetParam()).id, "138");
  EXPECT_EQ(read_one({{"destination", "33612345678"}}, GetParam()).number, "+33612345678");
  EXPECT_EQ(read_one({{"destination", R"("+33612345678")"}}, GetParam()).number, "+33612345678");
  EXPECT_EQ(read_one({{"client_message_id", R"("")"}}, GetParam()).reference, std::nullopt);
  EXPECT_EQ(read_one({{"client_message_id", R"(" my id  ")"}}, GetParam()).reference, " my id  ");
  EXPECT_EQ(read_one({{"client_message_id", "100"}}, GetParam()).reference, "100");
  EXPECT_EQ(read_one({{"sender", R"("ACME")"}}, GetParam()).sender, "ACME");
  EXPECT_FALSE(read_one({{"dlr_date", "null"}}, GetParam()).reported_at);
  EXPECT_EQ(read_one({{"cost", "0.5"}}, GetParam()).cost->amount.text(), "0.5");
  auto const quoted = GetParam() ? R"(""2024-11-21 10:00:47"")" : R"("\"2024-11-21 10:00:47\"")";
  EXPECT_EQ(read_one({{"date", quoted}}, GetParam()).sent_at->time, at("2024-11-21T09:00:47Z"));
  for (auto const* const word :
       {"waiting", "moderation", "not_sent", "denied", "NOT_ALLOWED", "INVALID_DESTINATION", "INVALID_SENDER",
        "ROUTE_NOT_AVAILABLE", "REJECTED", "NETWORK_ERROR", "on holiday", "8"})
    EXPECT_FALSE(
        read_one({{"status", '"' + std::string{word} + '"'}, {"status_details", ""}}, GetParam()).sent_at)
        << "not known to be handed over: " << word;
  for (auto const* const word : {"SENT", "NOT_DELIVERED", "DELIVERED", "EXPIRED", "undelivered", "12"})
    EXPECT_TRUE(
        read_one({{"status", '"' + std::string{word} + '"'}, {"status_details", ""}}, GetParam()).sent_at)
        << word;
  for (auto const* const type : {R"("sms_mo")", R"("messages-in")"})
    EXPECT_EQ(read_one({{"type", type}}, GetParam()).status,
              (MessageStatus{MessageStatusCode::received, "SENT"}));
  EXPECT_EQ(read_one({{"type", R"("pigeon")"}}, GetParam()).notes.size(), 1U);
  auto const odd = read_one(
      {{"destination", R"("shop")"}, {"date", R"("soon")"}, {"cost", R"("much")"}, {"message_id", ""}},
      GetParam());
  EXPECT_EQ(odd.number, "shop");
  EXPECT_FALSE(odd.sent_at);
  EXPECT_FALSE(odd.cost);
  EXPECT_EQ(odd.notes.size(), 4U);
}

TEST(SmsupMessages, ReadsTheFormsOfAnEmptyList) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  for (std::string const body :
       {R"({"status":1,"message":"OK","messages":[]})", R"({"status":1,"message":"OK","messages":{}})",
        R"({"status":1,"message":"OK","messages":""})",
        R"({"status":1,"message":"OK","totalRecords":0,"totalDisplayRecords":0})",
        "<response><status>1</status><message>OK</message></response>",
        "<response><message>OK</message><messages></messages></response>",
        "<response><message>OK</message><messages/></response>"}) {
    auto const page = list.read(of_period, answer(body));
    ASSERT_TRUE(page) << body << page.error().message;
    EXPECT_TRUE(page->items.empty()) << body;
    EXPECT_EQ(page->info.records, 0) << body;
  }
}

TEST(SmsupMessages, ReadsTheFormsOfAList) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  auto const one = json_of(sample_message());
  auto const element = xml_of(sample_message());
  for (auto const& [body, count] :
       {std::pair{R"({"status":1,"messages":[)" + one + "," + one + "]}", 2},
        {R"({"status":1,"messages":{"0":)" + one + R"(,"2":)" + one + "}}", 2},
        {R"({"status":1,"messages":)" + one + "}", 1},
        {R"({"messages":[)" + one + "]}", 1},
        {"<response><status>1</status><messages>" + element + "</messages><messages>" + element +
             "</messages></response>",
         2},
        {"<response><message>OK</message><message>" + element + "</message></response>", 1},
        {"<response><messages><message>" + element + "</message><message>" + element +
             "</message></messages></response>",
         2}}) {
    auto const page = list.read(of_period, answer(body));
    ASSERT_TRUE(page) << body << page.error().message;
    EXPECT_EQ(page->info.records, count) << body;
    for (auto const& message : page->items) EXPECT_EQ(message.id, "138") << body;
  }
}

TEST(SmsupMessages, KeepsAPageWithUnreadableRecords) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  auto const page =
      list.read(of_period, answer(R"({"status":7,"messages":[5,{},{"status":"SENT"},)" +
                                  json_of(sample_message()) + R"(],"totalDisplayRecords":"9"})"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->info.records, 4);
  EXPECT_EQ(page->info.total, 9);
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->items[0].notes, (std::vector<std::string>{"the response had status 7 instead of 1",
                                                            "3 records of the same page could not be read"}));
}

TEST(SmsupMessages, ReportsWhatIsNoList) {
  Reader<ListMessages> const list{ListMessages{.campaign = "123"}};
  std::string many = R"({"status":1,"messages":[)";
  for (int i = 0; i < 10'001; ++i) many += i == 0 ? R"({"message_id":1})" : R"(,{"message_id":1})";
  many += "]}";
  for (auto const& [body, status, code] :
       {std::tuple{std::string{}, 200, ErrorCode::protocol},
        {"no", 200, ErrorCode::protocol},
        {"[]", 200, ErrorCode::protocol},
        {R"({"status":1,"message":"OK"})", 200, ErrorCode::protocol},
        {R"({"status":1,"messages":null})", 200, ErrorCode::protocol},
        {R"({"status":1,"messages":5})", 200, ErrorCode::protocol},
        {R"({"status":1,"messages":[5]})", 200, ErrorCode::protocol},
        {R"({"status":0,"message":"?"})", 200, ErrorCode::rejected},
        {R"({"error":"no"})", 200, ErrorCode::rejected},
        {R"({"status":-1,"messages":[]})", 200, ErrorCode::unauthenticated},
        {R"({"status":-7,"message":"Data error","details":"Invalid date"})", 200,
         ErrorCode::invalid_argument},
        {R"({"status":-99})", 200, ErrorCode::unavailable},
        {many, 200, ErrorCode::protocol},
        {"<answer/>", 200, ErrorCode::protocol},
        {"<response></response>", 200, ErrorCode::protocol},
        {"<response><status>-5</status></response>", 200, ErrorCode::not_found},
        {"<html><body>Bad Gateway</body></html>", 502, ErrorCode::unavailable}}) {
    auto const page = list.read(of_period, answer(body, status));
    ASSERT_FALSE(page) << body.substr(0, 80);
    EXPECT_EQ(page.error().code, code) << body.substr(0, 80);
    EXPECT_EQ(page.error().effect, Effect::none) << body.substr(0, 80);
  }
}

TEST(SmsupReplies, ReadThePeriodAndThenTheCampaignsOwnList) {
  Reader<ListReplies> const list{ListReplies{"123"}};
  auto const first =
      list.read(list.listing.first, answer(campaign_json(R"("date":"2024-10-21 10:16:58","total":"5")")));
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->info.expected) << "the campaign counts messages, not replies";
  auto const keys = list.listing.ahead(list.listing.first, first->info, 5);
  ASSERT_EQ(keys, std::vector{of_period});
  EXPECT_EQ(list.url(keys[0]),
            base +
                "/messages/mo?start=0&length=100&sort=date&date_start=2024-10-20%2000%3A00%3A00"
                "&date_end=2024-11-06%2023%3A59%3A59");
  protocol::PageKey const own{.part = protocol::max_list_parts, .size = 100};
  EXPECT_EQ(list.listing.ahead(keys[0], {.records = 100, .total = 150}, 5),
            (std::vector<protocol::PageKey>{{.part = of_period.part, .offset = 99, .size = 100, .overlap = 1},
                                            own}));
  EXPECT_EQ(
      list.listing.ahead(keys[0], {.records = 100, .total = 150}, 1),
      (std::vector<protocol::PageKey>{{.part = of_period.part, .offset = 99, .size = 100, .overlap = 1}}));
  EXPECT_EQ(list.listing.ahead(keys[0], {.records = 100, .total = 100}, 5), std::vector{own});
  EXPECT_EQ(list.listing.ahead(keys[0], {}, 5), std::vector{own});
  EXPECT_EQ(list.listing.ahead(keys[0], {.records = 100}, 5).size(), 1U) << "there may be more";
  EXPECT_EQ(list.listing.ahead(keys[0], {.records = 40, .next_token = "a"}, 5).size(), 1U)
      << "a short page without a total need not be the last one";
  EXPECT_EQ(list.url(own), base + "/campaign/123/mo");
  EXPECT_TRUE(list.listing.ahead(own, {.records = 100}, 5).empty());
  // A campaign of the future: the period does not end before it begins.
  EXPECT_NE(list.url({.part = 1 + 30000, .size = 1})
                .find("date_start=2052-02-20%2000%3A00%3A00&date_end="
                      "2052-02-20%2023%3A59%3A59"),
            std::string::npos)
      << list.url({.part = 1 + 30000, .size = 1});
}

TEST_P(SmsupTraffic, ReadsReplies) {
  Reader<ListReplies> const list{ListReplies{"123"}, GetParam() ? in_xml : Account{}};
  auto const page = list.read(
      of_period,
      answer(GetParam()
                 ? "<response><status>1</status><totalRecords>1</totalRecords><replies><message_id>138</"
                   "message_id><campaign_id>123</campaign_id><destination>33612345678</destination>"
                   "<message>Hello &amp; thanks</message><info1>a</info1><info2></info2>"
                   "<date>\"2024-11-21 10:00:47\"</date></replies></response>"
                 : R"({"status":1,"totalRecords":1,"replies":[{"message_id":"138","campaign_id":"123",)"
                   R"("destination":33612345678,"message":"Hello & thanks","info1":"a","info2":"",)"
                   R"("date":"2024-11-21 10:00:47"}]})"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->items,
            std::vector{(Reply{.id = "138",
                               .provider = "smsup",
                               .campaign = "123",
                               .number = "+33612345678",
                               .text = "Hello & thanks",
                               .at = Timestamp{at("2024-11-21T09:00:47Z"), ZoneBasis::assumed}})});
  EXPECT_EQ(page->info.total, GetParam() ? std::nullopt : std::optional<std::int64_t>{1})
      << "XML accounts read without totals";

  auto const own = list.read(
      {.part = protocol::max_list_parts, .size = 100},
      answer(GetParam()
                 ? "<response><status>1</status><replies><destination>33612345678</destination><info1>a</"
                   "info1><date>2024-11-21 10:00:47</date></replies></response>"
                 : R"({"status":1,"replies":[{"destination":"33612345678","info1":"a","info2":"",)"
                   R"("date":"2024-11-21 10:00:47"}]})"));
  ASSERT_TRUE(own) << own.error().message;
  ASSERT_EQ(own->items.size(), 1U);
  EXPECT_EQ(own->items[0].campaign, "123");
  EXPECT_TRUE(own->items[0].id.empty());
  EXPECT_FALSE(own->items[0].text);
  EXPECT_EQ(own->items[0].notes.size(), 1U);

  auto const nameless = list.read(
      of_period,
      answer(GetParam() ? "<response><status>1</status><replies><message_id/><campaign_id>123</campaign_id>"
                          "<destination>33612345678</destination></replies></response>"
                        : R"({"status":1,"replies":[{"campaign_id":"123","destination":33612345678}]})"));
  ASSERT_TRUE(nameless) << nameless.error().message;
  EXPECT_EQ(nameless->items.at(0).notes, std::vector<std::string>{"the record has no id"});
}

TEST_P(SmsupTraffic, ReadsStops) {
  auto const account = GetParam() ? in_xml : Account{};
  Reader<ListOptOuts> const list{ListOptOuts{"123"}, account};
  EXPECT_EQ(list.url(list.listing.first), base + "/campaign/123/blacklist");
  EXPECT_FALSE(list.listing.ahead);
  auto const page = list.read(
      list.listing.first,
      answer(GetParam()
                 ? "<response><status>1</status><stops><destination>33612345678</destination><info1>a</"
                   "info1><info4></info4><date>2024-11-21 10:00:47</date></stops></response>"
                 : R"({"status":1,"stops":[{"destination":"33612345678","info1":"a","info2":"",)"
                   R"("info3":"","info4":"","date":"2024-11-21 10:00:47"}]})"));
  ASSERT_TRUE(page) << page.error().message;
  OptOut expected{.provider = "smsup",
                  .campaign = "123",
                  .number = "+33612345678",
                  .at = Timestamp{at("2024-11-21T09:00:47Z"), ZoneBasis::assumed}};
  EXPECT_EQ(page->items, std::vector{expected});
  EXPECT_EQ(list.read(list.listing.first, answer(R"({"status":-5,"message":"no"})")).error().code,
            ErrorCode::not_found);

  Reader<ListStopList> const all{ListStopList{}, account};
  EXPECT_EQ(all.url(all.listing.first), base + "/blacklist?start=0&length=100");
  auto const stops = all.read(
      all.listing.first,
      answer(GetParam()
                 ? "<response><status>1</status><list><id>9</id><destination>33612345678</destination>"
                   "<date>2024-11-21 10:00:47</date><campaign_id>123</campaign_id></list><list><id>8</id>"
                   "<destination>33612345679</destination><campaign_id>null</campaign_id></list></response>"
                 : R"({"status":1,"totalDisplayRecords":200,"list":[{"id":"9","destination":"33612345678",)"
                   R"("date":"2024-11-21 10:00:47","campaign_id":"123"},)"
                   R"({"id":"8","destination":"33612345679","campaign_id":null}]})"));
  ASSERT_TRUE(stops) << stops.error().message;
  expected.id = "9";
  ASSERT_EQ(stops->items.size(), 2U);
  EXPECT_EQ(stops->items[0], expected);
  EXPECT_EQ(stops->items[1].campaign, std::nullopt);
  EXPECT_FALSE(stops->items[1].at);
  auto const nameless = all.read(
      all.listing.first,
      answer(
          GetParam()
              ? "<response><status>1</status><list><destination>33612345678</destination></list></response>"
              : R"({"status":1,"list":[{"destination":"33612345678"}]})"));
  ASSERT_TRUE(nameless) << nameless.error().message;
  EXPECT_EQ(nameless->items.at(0).notes, std::vector<std::string>{"the record has no id"});
  if (!GetParam()) {
    EXPECT_EQ(all.listing.ahead(all.listing.first, stops->info, 1).at(0).offset, 1) << "the server's own cap";
  }
}

TEST(SmsupStopList, APageWithoutIdsIsRecognizedIfItComesAgain) {
  Reader<ListStopList> const list{ListStopList{}};
  auto const stops = [](std::vector<std::string> const& numbers) {
    std::string records;
    for (auto const& number : numbers)
      records += (records.empty() ? "" : ",") + (R"({"destination":")" + number) + R"("})";
    return answer(R"({"status":1,"list":[)" + records + "]}");
  };
  auto const first = list.read(list.listing.first, stops({"33612345671", "33612345672", "33612345671"}));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->info.records, 3);
  auto const keys = list.listing.ahead(list.listing.first, first->info, 1);
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].offset, 2);
  EXPECT_EQ(keys[0].overlap, 1);
  EXPECT_FALSE(keys[0].token.empty());
  auto const again = list.read(keys[0], stops({"33612345671", "33612345672", "33612345671"}));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->info.records, 1) << "the server ignores `start`";
  EXPECT_TRUE(list.listing.ahead(keys[0], again->info, 1).empty());
  auto const next = list.read(keys[0], stops({"33612345671", "33612345673", "33612345674"}));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->info.records, 3) << "a page that only begins like the first one";
}

/// Every body that begins like a good one, and every good one with another byte, is read or refused.
TEST(SmsupTraffic, SurvivesDamagedBodies) {
  auto const member = json_of(sample_message());
  auto const element = xml_of(sample_message());
  Reader<ListMessages> const messages{ListMessages{.campaign = "123"}};
  Reader<ListReplies> const replies{ListReplies{"123"}};
  Reader<ListOptOuts> const stops{ListOptOuts{"123"}};
  auto const read_all = [&](std::string const& body) {
    auto const check = [&](auto const& page) {
      if (page) {
        EXPECT_GE(page->info.records, std::ssize(page->items)) << body;
      } else {
        EXPECT_EQ(page.error().effect, Effect::none) << body;
        EXPECT_EQ(page.error().message.find("33612345678"), std::string::npos) << body;
      }
    };
    check(messages.read(of_period, answer(body)));
    check(replies.read({.part = protocol::max_list_parts, .size = 100}, answer(body)));
    check(stops.read(stops.listing.first, answer(body)));
  };
  for (std::string const name : {"messages", "replies", "stops"})
    for (auto const& body :
         {R"({"status":1,"message":"OK","totalRecords":1,")" + name + "\":[" + member + "]}",
          "<response><status>1</status><" + name + ">" + element + "</" + name + "></response>"}) {
      for (std::size_t cut = 0; cut <= body.size(); ++cut) read_all(body.substr(0, cut));
      for (std::size_t at_byte = 0; at_byte < body.size(); ++at_byte)
        for (char const odd : {'\0', '<', '"', '{', '[', '\xFF'}) {
          auto damaged = body;
          damaged[at_byte] = odd;
          read_all(damaged);
        }
    }
}

TEST(SmsupTrafficLogs, ShowThePeriodButNoNumber) {
  auto const loggable = smsup_vendor()->loggable();
  Reader<ListMessages> const list{ListMessages{.campaign = "14672468"}};
  EXPECT_EQ(protocol::redacted_url(list.url({.size = 100}), loggable), base + "/campaign/14672468");
  auto const shown = protocol::redacted_url(list.url(of_period), loggable);
  EXPECT_NE(shown.find("type=messages-out"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("REDACTED"), std::string::npos) << shown;
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests::smsup_traffic
