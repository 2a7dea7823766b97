#include "testing/other_program.hpp"
#include "vendors/smsup/support.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

/// Recipient lists: each request and each response.
namespace polycampaign::inline v1::vendor_tests::smsup_recipients {
namespace {

std::string const base = "https://api.smsup.ch";
Account const in_xml{.format = smsup::Format::xml};
std::vector<std::string> const numbers{"+33612345678", "+33612345677"};
std::string added_to(std::string const& list) {
  return R"({"status":1,"message":"OK","contacts":2,"invalid":0,"duplicates":0,"id":")" + list + R"("})";
}
std::string const added = added_to("5a0331bffc5886074551ce97");

Result<ListAddition> create(Turn turn, Account account = {}, std::string name = "My list") {
  ScriptedConversation conversation{{std::move(turn)}};
  auto addition = smsup_vendor(std::move(account))
                      ->call(CreateRecipientList{.name = std::move(name), .numbers = numbers}, conversation);
  EXPECT_EQ(conversation.calls().front().request.action, Action::write);
  EXPECT_EQ(conversation.calls().front().operation, "create_list");
  return addition;
}

Result<ListAddition> add(std::string list, Turn turn, Account account = {}) {
  ScriptedConversation conversation{{std::move(turn)}};
  auto addition = smsup_vendor(std::move(account))
                      ->call(AddRecipients{.list = std::move(list), .numbers = numbers}, conversation);
  EXPECT_EQ(conversation.calls().front().request.action, Action::write);
  EXPECT_EQ(conversation.calls().front().operation, "add_to_list");
  return addition;
}

TEST(SmsupRecipientLists, CreateWritesThePublishedRequest) {
  auto const addition = create(
      {"POST " + base + "/list", answer(added),
       R"({"list":{"name":"My list","contacts":{"gsm":[{"value":"33612345678"},{"value":"33612345677"}]}}})"});
  ASSERT_TRUE(addition) << addition.error().message;
  EXPECT_EQ(*addition, (ListAddition{.provider = "smsup",
                                     .list = {.id = "5a0331bffc5886074551ce97", .size = 2},
                                     .added = 2,
                                     .duplicates = 0,
                                     .invalid = 0}));
}

TEST(SmsupRecipientLists, AddWritesTheIdAsTheVendorDoes) {
  auto const body = [](std::string const& id) {
    return R"({"list":{"listId":)" + id +
           R"(,"contacts":{"gsm":[{"value":"33612345678"},{"value":"33612345677"}]}}})";
  };
  for (auto const& [id, written] : {std::pair{"50433", "50433"},
                                    {"5a0331bffc5886074551ce97", R"("5a0331bffc5886074551ce97")"},
                                    {"0123", R"("0123")"},
                                    {"123456789012345678901234", R"("123456789012345678901234")"}}) {
    auto const addition = add(id, {"POST " + base + "/list", answer(added_to(id)), body(written)});
    ASSERT_TRUE(addition) << addition.error().message;
    EXPECT_EQ(addition->added, 2);
    EXPECT_EQ(addition->list.size, std::nullopt) << "the answer does not say how many there are";
  }
  EXPECT_EQ(add("7", {"POST " + base + "/list", answer(R"({"status":1,"contacts":2})")})->list.id, "7");
}

TEST(SmsupRecipientLists, AnAnswerAboutAnotherListIsNoSuccess) {
  auto const addition = add("50433", {"POST " + base + "/list", answer(added)});
  ASSERT_FALSE(addition);
  EXPECT_EQ(addition.error().code, ErrorCode::protocol);
  EXPECT_EQ(addition.error().effect, Effect::unknown);
  EXPECT_EQ(addition.error().message,
            "SMSUP answered about the list 5a0331bffc5886074551ce97 instead of 50433");
  auto const phone = add("50433", {"POST " + base + "/list", answer(added_to("+33 612 345 678"))});
  ASSERT_FALSE(phone);
  EXPECT_EQ(phone.error().message.find("345"), std::string::npos) << phone.error().message;
  EXPECT_TRUE(add("50433", {"POST " + base + "/list", answer(R"({"status":1,"contacts":2,"id":50433})")}));
}

TEST(SmsupRecipientLists, WritesBothFormsOfXml) {
  std::string const begin = R"(<?xml version="1.0" encoding="UTF-8"?><list>)";
  auto const made = begin +
                    "<name>Tom &amp; &lt;Jerry&gt;</name><contacts><gsm><value>33612345678</value></gsm>"
                    "<gsm><value>33612345677</value></gsm></contacts></list>";
  auto const extended = begin +
                        "<listId>50433</listId><contacts><gsm>33612345678</gsm><gsm>33612345677</gsm>"
                        "</contacts></list>";
  std::string const answered =
      "<response><status>1</status><message>OK</message><contacts>1</contacts>"
      "<invalid>1</invalid><duplicates>0</duplicates><id>50433</id></response>";
  auto const first = create({"POST " + base + "/list", answer(answered), made}, in_xml, "Tom & <Jerry>");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->added, 1);
  EXPECT_EQ(first->invalid, 1);
  EXPECT_TRUE(first->notes.empty());
  EXPECT_TRUE(add("50433", {"POST " + base + "/list", answer(answered), extended}, in_xml));
  if (!test::has_program("xmllint")) return;
  for (auto const& body : {made, extended}) EXPECT_EQ(test::output_of("xmllint --noout - 2>&1", body), "");
}

TEST(SmsupRecipientLists, RefuseWhatXmlCannotCarry) {
  ScriptedConversation nothing{{}};
  auto const vendor = smsup_vendor(in_xml);
  EXPECT_EQ(vendor->call(CreateRecipientList{.name = "bell \a", .numbers = numbers}, nothing).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(vendor->call(AddRecipients{.list = "\a", .numbers = numbers}, nothing).error().code,
            ErrorCode::invalid_argument);
}

TEST(SmsupRecipientLists, RefuseIdsThatNameNothing) {
  for (auto const* const id : {"", ".", ".."}) {
    ScriptedConversation nothing{{}};
    auto const result = smsup_vendor()->call(AddRecipients{.list = id, .numbers = numbers}, nothing);
    ASSERT_FALSE(result) << id;
    EXPECT_EQ(result.error().code, ErrorCode::invalid_argument) << id;
    EXPECT_TRUE(nothing.calls().empty()) << id;
  }
}

TEST(SmsupRecipientLists, CountOnlyWhatFits) {
  struct Case {
    std::string counts;
    Count added;
    std::size_t notes;
  };
  for (auto const& [counts, count, notes] :
       {Case{R"("contacts":2,"invalid":0,"duplicates":0)", 2, 0},
        Case{R"("contacts":"1","invalid":"0","duplicates":"1")", 1, 0},
        Case{R"("contacts":0,"invalid":1,"duplicates":1)", 0, 0}, Case{R"("contacts":2)", 2, 0},
        Case{R"("contacts":1)", std::nullopt, 1},
        Case{R"("contacts":340,"invalid":0,"duplicates":1)", std::nullopt, 1},
        Case{R"("contacts":2,"invalid":0,"duplicates":2)", std::nullopt, 1},
        Case{R"("contacts":0,"invalid":9223372036854775807,"duplicates":0)", std::nullopt, 1},
        Case{R"("contacts":4,"invalid":9223372036854775807,"duplicates":9223372036854775807)", std::nullopt,
             1},
        Case{R"("invalid":0)", std::nullopt, 0}, Case{R"("contacts":"many")", std::nullopt, 1}}) {
    auto const addition = add("7", {"POST " + base + "/list", answer(R"({"status":1,)" + counts + "}")});
    ASSERT_TRUE(addition) << counts;
    EXPECT_EQ(addition->added, count) << counts;
    EXPECT_EQ(addition->notes.size(), notes) << counts;
  }
}

TEST(SmsupRecipientLists, SayWhetherAnythingWasChanged) {
  struct Case {
    HttpResponse response;
    ErrorCode code;
    Effect effect;
  };
  for (auto const& [response, code, effect] :
       {Case{answer(R"({"status":-5,"message":"Resource not found"})"), ErrorCode::not_found, Effect::none},
        Case{answer(R"({"status":-7,"message":"Data error"})"), ErrorCode::invalid_argument, Effect::none},
        Case{answer(R"({"status":-1,"message":"no"})"), ErrorCode::unauthenticated, Effect::none},
        Case{answer(R"({"status":-99,"message":"?"})"), ErrorCode::unavailable, Effect::unknown},
        Case{answer(R"({"message":"OK"})"), ErrorCode::protocol, Effect::unknown},
        Case{answer("OK"), ErrorCode::protocol, Effect::unknown},
        Case{answer(""), ErrorCode::protocol, Effect::unknown},
        Case{answer("<html/>", 502), ErrorCode::unavailable, Effect::unknown}}) {
    for (auto const& addition :
         {create({"POST " + base + "/list", response}), add("7", {"POST " + base + "/list", response})}) {
      ASSERT_FALSE(addition) << response.body;
      EXPECT_EQ(addition.error().code, code) << response.body;
      EXPECT_EQ(addition.error().effect, effect) << response.body;
    }
  }
  auto const nameless = create({"POST " + base + "/list", answer(R"({"status":1,"contacts":2})")});
  ASSERT_TRUE(nameless);
  EXPECT_FALSE(nameless->list.id);
  EXPECT_EQ(nameless->notes.size(), 1U);
}

TEST(SmsupRecipientLists, RepeatNeitherNameNorNumber) {
  auto const addition =
      create({"POST " + base + "/list", answer(R"({"status":-7,"message":"Data error","details":)"
                                               R"("My list of Geneva: 33612345678 is invalid"})")},
             {}, "My list of Geneva");
  ASSERT_FALSE(addition);
  EXPECT_EQ(addition.error().message.find("Geneva"), std::string::npos) << addition.error().message;
  EXPECT_EQ(addition.error().message.find("33612345678"), std::string::npos) << addition.error().message;
}

TEST(SmsupRecipientLists, GetReadsBothFormats) {
  for (std::string const body :
       {R"({"status":1,"message":"OK","list":[{"id":"1","destination":"33612345678","info1":"a"}],)"
        R"("name":"My list","contacts":"2","totalRecords":2,"totalDisplayRecords":2})",
        R"({"status":1,"list":[],"name":"My list","totalDisplayRecords":2})",
        "<response><status>1</status><message>OK</message><list><id>1</id><destination>33612345678</"
        "destination>"
        "</list><name>My list</name><contacts>2</contacts></response>"}) {
    ScriptedConversation conversation{{{"GET " + base + "/list/5a03?length=1", answer(body)}}};
    auto const list = smsup_vendor()->call(GetRecipientList{"5a03"}, conversation);
    ASSERT_TRUE(list) << body << list.error().message;
    EXPECT_EQ(*list, (RecipientList{.id = "5a03", .name = "My list", .size = 2})) << body;
  }
  for (auto const& [body, code] :
       {std::pair{R"({"status":-5,"message":"Contact list error"})", ErrorCode::not_found},
        {R"({"status":1,"message":"OK"})", ErrorCode::protocol},
        {"<response/>", ErrorCode::protocol}}) {
    ScriptedConversation conversation{{{"GET " + base + "/list/7?length=1", answer(body)}}};
    auto const list = smsup_vendor()->call(GetRecipientList{"7"}, conversation);
    ASSERT_FALSE(list) << body;
    EXPECT_EQ(list.error().code, code) << body;
    EXPECT_EQ(list.error().effect, Effect::none) << body;
  }
  ScriptedConversation nothing{{}};
  EXPECT_EQ(smsup_vendor()->call(GetRecipientList{".."}, nothing).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(smsup_vendor()->call(DeleteRecipientList{""}, nothing).error().code, ErrorCode::invalid_argument);
}

TEST(SmsupRecipientLists, ListReadsBothFormats) {
  for (auto const& [body, account] :
       {std::pair{
            std::string{R"({"status":1,"lists":[{"id":"12","name":"My list","date":"2024-11-21 10:00:47",)"
                        R"("count":"340"},{"id":"5a03","name":"","count":""},{"name":"x"}]})"},
            Account{}},
        {"<response><status>1</status><lists><id>12</id><name>My list</name><date>2024-11-21 10:00:47</date>"
         "<count>340</count></lists><lists><id>5a03</id><name></name></lists><lists><name>x</name></lists>"
         "</response>",
         in_xml}}) {
    auto const adapter = smsup_vendor(account);
    auto const listing = adapter->list(ListRecipientLists{}, {.page_size = 100});
    ASSERT_TRUE(listing);
    EXPECT_FALSE(listing->ahead);
    EXPECT_FALSE(listing->page({.offset = 1, .size = 100}));
    auto const exchange = listing->page(listing->first);
    EXPECT_EQ(exchange->call.request.url, base + "/lists");
    auto const page = exchange->decode(answer(body));
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->items.size(), 3U);
    EXPECT_EQ(page->items[0],
              (RecipientList{.id = "12",
                             .name = "My list",
                             .size = 340,
                             .created_at = Timestamp{at("2024-11-21T09:00:47Z"), ZoneBasis::assumed}}));
    EXPECT_EQ(page->items[1].id, "5a03");
    EXPECT_FALSE(page->items[1].size);
    EXPECT_EQ(page->items[2].notes.size(), 1U);
  }
}

TEST(SmsupRecipientLists, DeleteReadsTheListAfterALostAnswer) {
  Error const lost{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};
  auto const read_it = "GET " + base + "/list/7?length=1";
  auto const removed = [&](std::vector<Turn> turns) {
    ScriptedConversation conversation{std::move(turns)};
    auto done = smsup_vendor()->call(DeleteRecipientList{"7"}, conversation);
    EXPECT_EQ(conversation.calls().front().request.action, Action::write);
    return done;
  };
  auto const request = "DELETE " + base + "/list/7";
  EXPECT_TRUE(removed({{request, answer(R"({"status":1,"message":"OK"})")}}));
  EXPECT_TRUE(removed({{request, lost}, {read_it, answer(R"({"status":-5,"message":"no"})")}}));
  auto const there =
      removed({{request, lost}, {read_it, answer(R"({"status":1,"name":"x","contacts":"2"})")}});
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().effect, Effect::unknown);
  EXPECT_NE(there.error().message.find("The list still exists"), std::string::npos);
  auto const page = removed({{request, lost}, {read_it, answer("<html><body>Not Found</body></html>", 404)}});
  ASSERT_FALSE(page) << "a proxy's page";
  EXPECT_EQ(page.error().effect, Effect::unknown);
  auto const dark = removed({{request, lost}, {read_it, lost}});
  ASSERT_FALSE(dark);
  EXPECT_NE(dark.error().message.find("could not be read"), std::string::npos);
  auto const refused = removed({{request, answer(R"({"status":-5,"message":"no"})")}});
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
  EXPECT_EQ(refused.error().effect, Effect::none);
}

TEST(SmsupRecipientLists, NeedAFirstNumber) {
  auto const& capabilities = smsup_vendor()->capabilities();
  EXPECT_TRUE(capabilities.lists.needs_numbers);
  EXPECT_EQ(capabilities.lists.numbers.most, 1000);
  EXPECT_TRUE(capabilities.reports.delivery_reports);
  EXPECT_EQ(capabilities.reports.validity_hours, 0) << "no page tells";
  for (auto const operation :
       {ListRecipientLists::operation, GetRecipientList::operation, CreateRecipientList::operation,
        AddRecipients::operation, DeleteRecipientList::operation, ListMessages::operation,
        ListReplies::operation, ListOptOuts::operation, ListStopList::operation}) {
    EXPECT_EQ(capabilities.support(operation), Support::native) << operation.name;
    EXPECT_EQ(smsup_vendor(in_xml)->capabilities().support(operation), Support::native) << operation.name;
  }
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests::smsup_recipients
