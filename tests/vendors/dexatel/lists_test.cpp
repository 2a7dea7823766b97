#include "polycampaign/protocol/redact.hpp"

#include "vendors/dexatel/list_support.hpp"

#include <algorithm>

/// Recipient lists that are read.
namespace polycampaign::inline v1::vendor_tests {
namespace {

/// Keeps the adapter, which a listing uses.
struct AudiencePages {
  std::shared_ptr<Adapter const> adapter = dexatel_vendor();
  protocol::Listing<RecipientList> listing = adapter->list(ListRecipientLists{}, {.page_size = 100}).value();

  [[nodiscard]] Result<protocol::ListPage<RecipientList>> read(HttpResponse response) const {
    return listing.page(listing.first)->decode(std::move(response));
  }
  [[nodiscard]] RecipientList one(std::string const& json) const {
    auto page = read(answer(R"({"data":[)" + json + "]}"));
    EXPECT_TRUE(page) << page.error().message;
    if (!page || page->items.size() != 1) return {};
    return std::move(page->items.front());
  }
};

TEST(DexatelLists, ReadsARecord) {
  AudiencePages const lists;
  auto const list = lists.one(R"({"id":"A-1","name":"Été","channel":"SMS","contacts_count":12,)"
                              R"("create_date":"2025-03-01 09:00:00","update_date":"x"})");
  EXPECT_EQ(list.id, "A-1");
  EXPECT_EQ(list.name, "Été");
  EXPECT_EQ(list.size, 12);
  ASSERT_TRUE(list.created_at);
  EXPECT_EQ(list.created_at->time, at("2025-03-01T09:00:00Z"));
  EXPECT_TRUE(list.notes.empty());
}

TEST(DexatelLists, ReadsOddRecords) {
  AudiencePages const lists;
  struct Row {
    std::string record;
    std::optional<std::string> id{}, name{};
    Count size{};
    std::string note{};
  };
  for (auto const& row : {
           Row{R"({"id":"1"})", "1"},
           Row{R"({"id":1,"name":7,"contacts_count":"12"})", "1", "7", 12},
           Row{R"({"id":"1","name":null,"contacts_count":null})", "1"},
           Row{R"({"id":"1","name":"n","contacts_count":-1})", "1", "n", {}, "contacts_count"},
           Row{R"({"id":"1","contacts_count":"many"})", "1", {}, {}, "contacts_count"},
           Row{R"({"id":"1","contacts_count":[]})", "1", {}, {}, "contacts_count"},
           Row{R"({"id":"1","name":{}})", "1", {}, {}, "name"},
           Row{R"({"id":"1","create_date":"soon"})", "1", {}, {}, "create_date"},
           Row{R"({"id":"1","channel":"FAX"})", "1", {}, {}, "channel"},
           Row{R"({"id":"1","channel":"viber"})", "1", {}, {}, "only campaigns on the channel viber"},
       }) {
    auto const list = lists.one(row.record);
    EXPECT_EQ(list.id, row.id) << row.record;
    EXPECT_EQ(list.name, row.name) << row.record;
    EXPECT_EQ(list.size, row.size) << row.record;
    EXPECT_EQ(list.notes.size(), row.note.empty() ? 0U : 1U) << row.record;
    if (!list.notes.empty()) {
      EXPECT_NE(list.notes[0].find(row.note), std::string::npos) << list.notes[0];
    }
  }
}

TEST(DexatelLists, LeavesOutWhatIsNoListAndSaysSo) {
  AudiencePages const lists;
  auto const page = lists.read(answer(R"({"data":[5,{"id":"1"},null,{"name":"no id"},{"x":1}]})"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->info.records, 5);
  ASSERT_EQ(page->items.size(), 2U);
  EXPECT_EQ(page->items[0].notes,
            std::vector<std::string>{
                "the response also contained 3 elements that are not recipient lists; they were left out"});
  EXPECT_EQ(page->items[1].notes, std::vector<std::string>{"the record has no readable id"});
}

TEST(DexatelLists, TakesEmptyLists) {
  AudiencePages const lists;
  for (auto const* const body : {R"({"data":[]})", R"({"data":{}})", R"({"data":null})"}) {
    auto const page = lists.read(answer(body));
    ASSERT_TRUE(page) << body << page.error().message;
    EXPECT_TRUE(page->items.empty());
    EXPECT_EQ(page->info.records, 0);
  }
}

TEST(DexatelLists, RefusesWhatIsNoPage) {
  AudiencePages const lists;
  std::string many = R"({"data":[0)";
  for (int i = 0; i < 10'001; ++i) many += ",0";
  struct Row {
    HttpResponse response;
    ErrorCode code;
  };
  for (auto const& [response, code] : {
           Row{answer(""), ErrorCode::protocol},
           Row{answer("<html>"), ErrorCode::protocol},
           Row{answer("[]"), ErrorCode::protocol},
           Row{answer("{}"), ErrorCode::protocol},
           Row{answer(R"({"data":"none"})"), ErrorCode::protocol},
           Row{answer(R"({"data":[{"name":"n"}]})"), ErrorCode::protocol},
           Row{answer(R"({"data":[1,2]})"), ErrorCode::protocol},
           Row{answer(many + "]}"), ErrorCode::protocol},
           Row{answer(R"({"data":[{"id":"1")"), ErrorCode::protocol},
           Row{answer("", 500), ErrorCode::unavailable},
           Row{answer("", 429), ErrorCode::rate_limited},
           Row{answer(R"({"errors":[{"message":"Invalid token","code":1101}]})", 401),
               ErrorCode::unauthenticated},
       }) {
    auto const page = lists.read(response);
    ASSERT_FALSE(page) << response.body.substr(0, 60);
    EXPECT_EQ(page.error().code, code) << response.body.substr(0, 60);
    EXPECT_EQ(page.error().effect, Effect::none);
  }
}

TEST(DexatelLists, FollowsItsPagesOnly) {
  AudiencePages const lists;
  auto const& listing = lists.listing;
  EXPECT_EQ(listing.page(listing.first)->call.request.url, audiences_url + "?page_size=100");
  EXPECT_EQ(listing.page(listing.first)->call.operation, "lists");
  auto const next_of = [&](std::string const& link) {
    auto page =
        lists.read(answer(R"({"data":[{"id":"1"}],"pagination":{"total":9,"links":{"next":)" + link + "}}}"));
    EXPECT_TRUE(page);
    return page ? page->info : protocol::PageInfo{};
  };
  EXPECT_EQ(next_of("null").next_token, "");
  EXPECT_EQ(next_of("null").total, 9);
  for (auto const* const link : {R"("p2")", R"("/v1/audiences?page_token=p2")",
                                 R"("https://elsewhere.example/v1/audiences?page_token=p2")"}) {
    auto const keys = listing.ahead(listing.first, next_of(link), 5);
    ASSERT_EQ(keys.size(), 1U) << link;
    EXPECT_EQ(listing.page(keys[0])->call.request.url, audiences_url + "?page_size=100&page_token=p2");
  }
  auto const path = next_of(R"("/v1/audiences/next/2?x=1")");
  auto const keys = listing.ahead(listing.first, path, 1);
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(listing.page(keys[0])->call.request.url, audiences_url + "/next/2?x=1");
  for (auto const* const link : {R"("/v1/campaigns?x=2")", R"("https://elsewhere.example/v1/audiences?x=2")"})
    EXPECT_TRUE(next_of(link).next_error) << link;
  for (auto const* const token : {"/v1/campaigns", "/v1/audiences/../campaigns", "/v1/audiencesx"}) {
    auto key = listing.first;
    key.token = token;
    EXPECT_EQ(listing.page(key).error().code, ErrorCode::invalid_argument) << token;
  }
}

TEST(DexatelLists, GetsOneInEveryShape) {
  for (auto const& body :
       {audience(R"(,"contacts_count":3)"),
        R"({"data":[{"id":")" + audience_id + R"(","name":"spring","contacts_count":"3"}]})",
        R"({"id":")" + audience_id + R"(","name":"spring","contacts_count":3})",
        std::string{R"({"data":{"name":"spring","contacts_count":3}})"}}) {
    auto const list = get_list(answer(body));
    ASSERT_TRUE(list) << body << list.error().message;
    EXPECT_EQ(list->id, audience_id);
    EXPECT_EQ(list->name, "spring");
    EXPECT_EQ(list->size, 3);
  }
  EXPECT_FALSE(get_list(answer(audience()))->size) << "unknown is not zero";
}

TEST(DexatelLists, GetFailsAsItShould) {
  struct Row {
    HttpResponse response;
    ErrorCode code;
  };
  for (auto const& [response, code] :
       {Row{refused_with(1301), ErrorCode::not_found},
        Row{answer(refusal_body(1301), 400), ErrorCode::not_found},
        Row{answer(R"({"data":[]})"), ErrorCode::not_found}, Row{answer("{}"), ErrorCode::protocol},
        Row{answer(R"({"data":{"id":"other"}})"), ErrorCode::protocol},
        Row{answer(R"({"data":7})"), ErrorCode::protocol},
        Row{refused_with(1302), ErrorCode::invalid_argument},
        Row{answer("<html>", 502), ErrorCode::unavailable}})
    EXPECT_EQ(get_list(response).error().code, code) << response.body;
  ScriptedConversation none{{}};
  for (auto const* const wrong : {"", ".", ".."})
    EXPECT_EQ(dexatel_vendor()->call(GetRecipientList{wrong}, none).error().code,
              ErrorCode::invalid_argument);
}

TEST(DexatelLists, SaysWhatDexatelCannot) {
  auto const& table = dexatel::capabilities();
  for (auto const operation : {ListRecipientLists::operation, GetRecipientList::operation,
                               CreateRecipientList::operation, DeleteRecipientList::operation})
    EXPECT_EQ(table.support(operation), Support::native) << operation.name;
  EXPECT_EQ(table.support(AddRecipients::operation), Support::unverified) << "no page about it is known";
  for (auto const operation :
       {ListMessages::operation, ListReplies::operation, ListOptOuts::operation, ListStopList::operation}) {
    EXPECT_EQ(table.support(operation), Support::unsupported) << operation.name;
    EXPECT_FALSE(dexatel_vendor()->has(operation)) << operation.name;
    auto const row = std::ranges::find(table.operations, operation, &OperationSupport::operation);
    ASSERT_NE(row, table.operations.end()) << operation.name;
    EXPECT_FALSE(row->evidence.empty()) << operation.name;
  }
  EXPECT_EQ(table.lists.numbers.most, 100);
  EXPECT_EQ(table.lists.name.most, 45);
  EXPECT_TRUE(table.lists.plain_name);
  EXPECT_FALSE(table.lists.needs_numbers);
  EXPECT_TRUE(table.reports.delivery_reports);
  EXPECT_EQ(table.reports.validity_hours, 0) << "not documented";
  EXPECT_FALSE(table.reports.evidence.empty());
}

TEST(DexatelLists, ShowsWhichAudienceInLogsButNoPageToken) {
  auto const adapter = dexatel_vendor();
  auto const shown = [&](std::string const& url) { return protocol::redacted_url(url, adapter->loggable()); };
  EXPECT_EQ(shown(audience_url + "/contacts"), audience_url + "/contacts");
  EXPECT_EQ(shown(audiences_url + "?page_size=100&page_token=T0P"),
            audiences_url + "?page_size=100&page_token=REDACTED");
  EXPECT_EQ(shown(audiences_url + "/491701234567").find("4917"), std::string::npos);
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests
