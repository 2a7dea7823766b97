#include "polycampaign/protocol/redact.hpp"

#include "vendors/yeastar/fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

/// Recipient lists, which are phonebooks at a PBX.
namespace polycampaign::inline v1::yeastar {
namespace {

/// Keeps the adapter, which a listing uses.
struct PhonebookPages {
  std::shared_ptr<Adapter const> vendor = adapter();
  protocol::Listing<RecipientList> listing = vendor->list(ListRecipientLists{}, {.page_size = 100}).value();

  [[nodiscard]] Result<protocol::ListPage<RecipientList>> read(HttpResponse response) const {
    return listing.page(listing.first)->decode(std::move(response));
  }
  [[nodiscard]] std::string url(protocol::PageKey const& key) const {
    return listing.page(key)->call.request.url;
  }
};

Result<RecipientList> phonebook_in(std::string body, std::string const& id = "6") {
  ScriptedConversation conversation{{{"GET " + api + "phonebook/get?id=6", answer(std::move(body))}}};
  auto list = adapter()->call(GetRecipientList{id}, conversation);
  for (auto const& call : conversation.calls()) {
    EXPECT_EQ(call.operation, "get_list");
    EXPECT_EQ(call.request.action, Action::read);
  }
  return list;
}

TEST(YeastarPhonebooks, AreListedInBothForms) {
  PhonebookPages const pages;
  for (std::string const member : {"data", "list"}) {
    for (std::string const total : {"2", "\"2\""}) {
      auto const page = pages.read(answer(
          R"({"errcode":0,"errmsg":"SUCCESS","total_number":)" + total + ",\"" + member +
          R"(":[{"id":6,"name":"Été","member_select":"sel_all","total":12},{"id":"7","total":"0"}]})"));
      ASSERT_TRUE(page) << page.error().message;
      EXPECT_EQ(page->info.total, 2);
      EXPECT_EQ(page->info.records, 2);
      ASSERT_EQ(page->items.size(), 2U);
      EXPECT_EQ(page->items[0], (RecipientList{.id = "6", .name = "Été", .size = 12}));
      EXPECT_EQ(page->items[1], (RecipientList{.id = "7", .size = 0}));
    }
  }
}

TEST(YeastarPhonebooks, HaveNumberedPages) {
  PhonebookPages const pages;
  auto const& first = pages.listing.first;
  EXPECT_EQ(pages.url(first), api + "phonebook/search?page=1&page_size=100");
  EXPECT_EQ(pages.listing.page(first)->call.operation, "lists");
  auto const keys = pages.listing.ahead(first, {.records = 100, .total = 230}, 5);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(pages.url(keys[0]), api + "phonebook/search?page=2&page_size=100");
  EXPECT_EQ(pages.url(keys[1]), api + "phonebook/search?page=3&page_size=100");
  EXPECT_TRUE(pages.listing.ahead(keys[1], {.records = 30, .total = 230}, 5).empty());
  EXPECT_EQ(pages.listing.page({.offset = 0, .size = 5}).error().code, ErrorCode::invalid_argument);
}

TEST(YeastarPhonebooks, ReadOddRecords) {
  PhonebookPages const pages;
  struct Row {
    std::string record;
    std::optional<std::string> id{}, name{};
    Count size{};
    std::string note{};
  };
  for (auto const& row :
       {Row{R"({"id":6})", "6"}, Row{R"({"id":6,"name":null,"total":null})", "6"},
        Row{R"({"id":6,"name":7})", "6", "7"}, Row{R"({"id":6,"total":-1})", "6", {}, {}, "total"},
        Row{R"({"id":6,"total":"many"})", "6", {}, {}, "total"},
        Row{R"({"id":6,"name":["n"]})", "6", {}, {}, "name"},
        Row{R"({"id":{},"name":"n"})", {}, "n", {}, "id"}}) {
    auto const page = pages.read(answer(R"({"errcode":0,"list":[)" + row.record + R"(,{"id":9}]})"));
    ASSERT_TRUE(page) << row.record << page.error().message;
    ASSERT_EQ(page->items.size(), 2U) << row.record;
    auto const& list = page->items.front();
    EXPECT_EQ(list.id, row.id) << row.record;
    EXPECT_EQ(list.name, row.name) << row.record;
    EXPECT_EQ(list.size, row.size) << row.record;
    EXPECT_EQ(list.notes.empty(), row.note.empty()) << row.record;
    if (!list.notes.empty()) {
      EXPECT_NE(list.notes[0].find(row.note), std::string::npos) << list.notes[0];
    }
  }
  auto const page = pages.read(answer(R"({"errcode":0,"list":[{"id":6},7]})"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->info.records, 2);
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->items[0].notes,
            std::vector<std::string>{
                "the response also contained 1 element that is not a recipient list; it was left out"});
}

TEST(YeastarPhonebooks, MayBeNone) {
  PhonebookPages const pages;
  for (auto const* const rest : {R"(,"total_number":0,"list":[])", R"(,"data":{})", R"(,"data":null)", ""}) {
    auto const page = pages.read(answer(R"({"errcode":0,"errmsg":"SUCCESS")" + std::string{rest} + "}"));
    ASSERT_TRUE(page) << rest << page.error().message;
    EXPECT_TRUE(page->items.empty());
  }
}

TEST(YeastarPhonebooks, NoteAQualifiedSuccess) {
  PhonebookPages const pages;
  for (auto const& [errcode, words] : {std::pair{1, "PARTIAL SUCCESS"}, std::pair{2, "PROCESSING"}}) {
    auto const code = R"({"errcode":)" + std::to_string(errcode);
    auto const page = pages.read(answer(code + R"(,"list":[{"id":6}]})"));
    ASSERT_TRUE(page);
    ASSERT_EQ(page->items.at(0).notes.size(), 1U);
    EXPECT_NE(page->items[0].notes[0].find(words), std::string::npos);
    EXPECT_EQ(pages.read(answer(code + "}")).error().code, ErrorCode::protocol) << "not an empty list";
  }
}

TEST(YeastarPhonebooks, RefuseWhatIsNoPage) {
  PhonebookPages const pages;
  std::string many = R"({"errcode":0,"list":[0)";
  for (int i = 0; i < 1001; ++i) many += ",0";
  struct Row {
    HttpResponse response;
    ErrorCode code;
  };
  for (auto const& [response, code] :
       {Row{answer(""), ErrorCode::protocol}, Row{answer("<html>"), ErrorCode::protocol},
        Row{answer("[]"), ErrorCode::protocol}, Row{answer("{}"), ErrorCode::protocol},
        Row{answer(R"({"errcode":0,"list":"none"})"), ErrorCode::protocol},
        Row{answer(R"({"errcode":0,"list":[1,2]})"), ErrorCode::protocol},
        Row{answer(R"({"errcode":0,"list":[{"name":"n"}]})"), ErrorCode::protocol},
        Row{answer(many + "]}"), ErrorCode::protocol},
        Row{answer(R"({"errcode":10001,"errmsg":"INTERFACE NOT EXISTED"})"), ErrorCode::unsupported},
        Row{answer(R"({"errcode":10004,"errmsg":"TOKEN EXPIRED"})"), ErrorCode::unauthenticated},
        Row{answer(R"({"errcode":40002,"errmsg":"PARAMETER ERROR"})"), ErrorCode::invalid_argument},
        Row{answer("", 502), ErrorCode::unavailable}}) {
    auto const page = pages.read(response);
    ASSERT_FALSE(page) << response.body.substr(0, 60);
    EXPECT_EQ(page.error().code, code) << response.body.substr(0, 60);
    EXPECT_EQ(page.error().effect, Effect::none);
  }
}

TEST(YeastarPhonebooks, AreReadInEveryShape) {
  std::string const record =
      R"({"id":6,"name":"Customers","member_select":"sel_specific","total":2,)"
      R"("contacts_list":[{"id":1,"contact_name":"Anna","mobile":"+41791234567"},{"id":2}]})";
  for (auto const& body :
       {R"({"errcode":0,"data":)" + record + "}", R"({"errcode":0,"data":[)" + record + "]}",
        R"({"errcode":0,"list":[)" + record + "]}", R"({"errcode":0,"data":[{"id":5},)" + record + "]}",
        std::string{R"({"errcode":0,"data":{"name":"Customers","total":"2"}})"}}) {
    auto const list = phonebook_in(body);
    ASSERT_TRUE(list) << body << list.error().message;
    EXPECT_EQ(list->id, "6") << body;
    EXPECT_EQ(list->name, "Customers") << body;
    EXPECT_EQ(list->size, 2) << body;
  }
  EXPECT_TRUE(phonebook_in(R"({"errcode":0,"data":{"id":6}})", "06")) << "leading zeros say nothing";
}

TEST(YeastarPhonebooks, FailAsTheyShould) {
  struct Row {
    std::string body;
    ErrorCode code;
  };
  for (auto const& [body, code] :
       {Row{R"({"errcode":70093,"errmsg":"PHONEBOOK_NOT_EXISTED"})", ErrorCode::not_found},
        Row{R"({"errcode":60001,"errmsg":"DATA NOT FOUND"})", ErrorCode::not_found},
        Row{R"({"errcode":0,"data":[]})", ErrorCode::not_found},
        Row{R"({"errcode":0})", ErrorCode::not_found},
        Row{R"({"errcode":0,"data":{"id":5}})", ErrorCode::protocol},
        Row{R"({"errcode":0,"data":7})", ErrorCode::protocol},
        Row{R"({"errcode":0,"data":{"x":1}})", ErrorCode::protocol},
        Row{R"({"errcode":10005,"errmsg":"ACCESS DENIED"})", ErrorCode::permission_denied},
        Row{R"({"errcode":-2,"errmsg":"INTERNAL SERVER ERROR"})", ErrorCode::unavailable}}) {
    auto const list = phonebook_in(body);
    ASSERT_FALSE(list) << body;
    EXPECT_EQ(list.error().code, code) << body;
  }
  ScriptedConversation none{{}};
  for (auto const* const id : {"", "x", "-1", "6&id=7"})
    EXPECT_EQ(adapter()->call(GetRecipientList{id}, none).error().code, ErrorCode::invalid_argument) << id;
}

TEST(YeastarPhonebooks, AreAllThatThePbxOffersAroundACampaign) {
  auto const& table = capabilities();
  EXPECT_EQ(table.support(ListRecipientLists::operation), Support::unverified) << "the path is an analogy";
  EXPECT_EQ(table.support(GetRecipientList::operation), Support::native);
  for (auto const operation :
       {CreateRecipientList::operation, AddRecipients::operation, DeleteRecipientList::operation,
        ListMessages::operation, ListReplies::operation, ListOptOuts::operation, ListStopList::operation}) {
    EXPECT_EQ(table.support(operation), Support::unsupported) << operation.name;
    EXPECT_FALSE(adapter()->has(operation)) << operation.name;
    auto const row = std::ranges::find(table.operations, operation, &OperationSupport::operation);
    ASSERT_NE(row, table.operations.end()) << operation.name;
    EXPECT_FALSE(row->evidence.empty()) << operation.name;
  }
  EXPECT_FALSE(table.reports.delivery_reports);
  EXPECT_FALSE(table.reports.evidence.empty());
}

TEST(YeastarPhonebooks, ShowTheirIdsInLogs) {
  auto const vendor = adapter();
  auto const shown = [&](std::string const& path) {
    return protocol::redacted_url(api + path + "&access_token=t0k3n", vendor->loggable());
  };
  EXPECT_EQ(shown("phonebook/get?id=6"), api + "phonebook/get?id=6&access_token=REDACTED");
  EXPECT_EQ(shown("phonebook/search?page=1&page_size=100"),
            api + "phonebook/search?page=1&page_size=100&access_token=REDACTED");
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
