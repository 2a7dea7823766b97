#include "polycampaign/protocol/redact.hpp"

#include "vendors/bsg/fixture.hpp"

#include <gtest/gtest.h>

namespace polycampaign::inline v1::bsg::recipient_list_tests {
namespace {

std::string const contacts = "POST " + host + "/api/contacts";
std::string const attach = "POST " + host + "/api/groups/attach";
std::string const groups = "POST " + host + "/api/groups";
std::string const known = R"({"message":"Phone number is already exist in contact book","errors":[]})";
std::string const wrong_phone = R"({"message":"Invalid phone number format","errors":[]})";

std::string search(std::string const& phone) {
  return "GET " + host +
         "/api/contacts/search?search%5Bfield%5D=phone&search%5Boperator%5D=%3D&search%5Bvalue%5D=" + phone;
}
HttpResponse made(std::string const& phone) {
  return answer(R"({"data":{"id":1,"phone":)" + phone + R"(,"groups":[{"id":"12"}]}})", 201);
}
HttpResponse found(std::string const& phone, std::string const& id, std::string const& in) {
  return answer(R"({"data":[{"id":)" + id + R"(,"phone":)" + phone + R"(,"groups":)" + in +
                R"(}],"meta":{"page":{"total":1,"limit":50,"offset":0}}})");
}
Error lost() {
  return {.code = ErrorCode::network, .effect = Effect::unknown, .message = "the connection was reset"};
}

Result<ListAddition> add(std::vector<std::string> numbers, std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  auto addition = adapter()->call(AddRecipients{"12", std::move(numbers)}, conversation);
  for (auto const& call : conversation.calls()) {
    EXPECT_EQ(call.operation, "add_to_list");
    EXPECT_EQ(call.request.action, call.request.method == "GET" ? Action::read : Action::write);
    EXPECT_FALSE(call.preparation);
  }
  return addition;
}

TEST(BsgAddRecipients, MakesAContactOfEachNumber) {
  auto const addition = add({"+380501234567", "+380501234568"},
                            {{contacts, made("380501234567"), R"({"phone":380501234567,"groups":[12]})"},
                             {contacts, answer(R"({"id":2,"phone":380501234568,"groups":[12]})", 201),
                              R"({"phone":380501234568,"groups":[12]})"}});
  ASSERT_TRUE(addition) << addition.error().message;
  EXPECT_EQ(addition->provider, "bsg");
  EXPECT_EQ(addition->list.id, "12");
  EXPECT_EQ(addition->added, 2);
  EXPECT_EQ(addition->duplicates, 0);
  EXPECT_EQ(addition->invalid, 0);
  EXPECT_TRUE(addition->notes.empty());
}

TEST(BsgAddRecipients, LooksUpNumbersThatTheContactBookHas) {
  auto const addition = add({"+380501234561", "+380501234562", "+380501234563", "+380501234564", "+3805012"},
                            {{contacts, answer(known, 422)},
                             {search("380501234561"),
                              found("380501234561", "71", R"([{"id":"12","name":"Customers"},{"id":"13"}])")},
                             {contacts, answer(known, 422)},
                             {search("380501234562"), found(R"("380501234562")", R"("72")", "[]")},
                             {contacts, made("380501234563")},
                             {contacts, answer(known, 422)},
                             {search("380501234564"), found("380501234564", "74", "[13,120]")},
                             {contacts, answer(wrong_phone, 422)},
                             {attach, answer("{}"), R"({"contacts":[72,74],"groups":[12]})"}});
  ASSERT_TRUE(addition) << addition.error().message;
  EXPECT_EQ(addition->added, 3);
  EXPECT_EQ(addition->duplicates, 1);
  EXPECT_EQ(addition->invalid, 1);
}

TEST(BsgAddRecipients, TakesRefusalsOfThePhoneAloneAsInvalid) {
  auto const addition = add(
      {"+380501234567"},
      {{contacts,
        answer(R"({"message":"The given data was invalid.","errors":{"phone":["This value is too long."]}})",
               422)}});
  ASSERT_TRUE(addition);
  EXPECT_EQ(addition->invalid, 1);
  auto const other =
      add({"+380501234567"},
          {{contacts,
            answer(R"({"message":"The given data was invalid.","errors":{"phone":["a"],"groups":["b"]}})",
                   422)}});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::invalid_argument);
}

TEST(BsgAddRecipients, SearchesAfterARepeatedRequest) {
  auto const repeated = answer(R"({"message":"Too many duplicate request detected"})", 429);
  auto const addition =
      add({"+380501234567"},
          {{contacts, repeated}, {search("380501234567"), found("380501234567", "7", "[12]")}});
  ASSERT_TRUE(addition);
  EXPECT_EQ(addition->duplicates, 1);
  auto const unseen = add({"+380501234567"}, {{contacts, repeated},
                                              {search("380501234567"), answer(R"({"data":[],"total":0})")}});
  ASSERT_FALSE(unseen);
  EXPECT_EQ(unseen.error().code, ErrorCode::conflict);
  EXPECT_EQ(unseen.error().effect, Effect::unknown);
  auto const in_body = answer(R"({"code":429,"message":"Too many duplicate request detected"})");
  auto const found_then = add(
      {"+380501234567"}, {{contacts, in_body}, {search("380501234567"), found("380501234567", "7", "[12]")}});
  ASSERT_TRUE(found_then) << found_then.error().message;
  EXPECT_EQ(found_then->duplicates, 1);
  auto const limited = add({"+380501234567"}, {{contacts, answer(R"({"message":"Slow down"})", 429)}});
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().code, ErrorCode::rate_limited);
  EXPECT_TRUE(limited.error().transient);
  auto const attached = add({"+380501234567"}, {{contacts, answer(known, 422)},
                                                {search("380501234567"), found("380501234567", "7", "[]")},
                                                {attach, repeated}});
  ASSERT_FALSE(attached);
  EXPECT_EQ(attached.error().code, ErrorCode::conflict);
  EXPECT_EQ(attached.error().effect, Effect::unknown);
  EXPECT_FALSE(attached.error().transient);
}

TEST(BsgAddRecipients, SaysWhatItCannotKnow) {
  auto const unseen = add({"+380501234567"}, {{contacts, answer(known, 422)},
                                              {search("380501234567"), answer(R"({"data":[],"total":0})")}});
  ASSERT_TRUE(unseen);
  EXPECT_EQ(unseen->added, 0);
  ASSERT_EQ(unseen->notes.size(), 1U);
  EXPECT_NE(unseen->notes[0].find("1 number could not be added"), std::string::npos) << unseen->notes[0];

  auto const groupless =
      add({"+380501234567"}, {{contacts, answer(known, 422)},
                              {search("380501234567"), answer(R"({"data":[{"id":7,"phone":380501234567}]})")},
                              {attach, answer("")}});
  ASSERT_TRUE(groupless);
  EXPECT_FALSE(groupless->added || groupless->duplicates) << "unknown is not zero";
  EXPECT_EQ(groupless->invalid, 0);
  EXPECT_EQ(groupless->notes.size(), 1U);

  auto const another =
      add({"+380501234567"},
          {{contacts, answer(known, 422)}, {search("380501234567"), found("3805012345671", "7", "[12]")}});
  ASSERT_TRUE(another);
  EXPECT_EQ(another->duplicates, 0) << "a number that only contains this one";
}

TEST(BsgAddRecipients, SaysHowFarItCame) {
  auto const addition = add({"+380501234567", "+380501234568", "+380501234569"},
                            {{contacts, made("380501234567")},
                             {contacts, answer(known, 422)},
                             {search("380501234568"), found("380501234568", "7", "[]")},
                             {contacts, lost()}});
  ASSERT_FALSE(addition);
  EXPECT_EQ(addition.error().code, ErrorCode::network);
  EXPECT_EQ(addition.error().effect, Effect::unknown);
  EXPECT_NE(addition.error().message.find("answered 2 of 3 numbers before that; 1 of them"),
            std::string::npos)
      << addition.error().message;
}

TEST(BsgAddRecipients, RepeatsNoNumber) {
  for (auto const& [body, status] : {std::pair{R"({"message":"no 380501234567 here"})", 403},
                                     {R"({"message":"3805-0123-4567"})", 500},
                                     {R"({"error":7,"errorDescription":"380501234567"})", 200},
                                     {R"({"message":"Contact group is not found 380501234567"})", 422}}) {
    auto const addition = add({"+380501234567"}, {{contacts, answer(body, status)}});
    ASSERT_FALSE(addition) << body;
    EXPECT_EQ(addition.error().message.find("0123"), std::string::npos) << addition.error().message;
  }
  auto const gone = add({"+380501234567"},
                        {{contacts, answer(R"({"message":"Contact group is not found","errors":[]})", 422)}});
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
}

TEST(BsgAddRecipients, TakesNoUnreadableAnswerForASuccess) {
  for (auto const* const body : {"", "<html>", "{}", R"({"data":{}})", R"({"data":[]})",
                                 R"({"message":"Queued"})", R"({"message":"Queued","errors":[]})"}) {
    auto const addition = add({"+380501234567"}, {{contacts, answer(body, 201)}});
    ASSERT_FALSE(addition) << body;
    EXPECT_EQ(addition.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(addition.error().effect, Effect::unknown) << body;
  }
  auto const refused =
      add({"+380501234567"}, {{contacts, answer(R"({"message":"no","errors":{"groups":["bad"]}})", 201)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rejected);
  EXPECT_EQ(refused.error().effect, Effect::none);
}

TEST(BsgAddRecipients, RefusesIdsThatBsgCannotHave) {
  for (auto const* const id : {"", "a", "-1", "99999999999999999999"}) {
    ScriptedConversation conversation{{}};
    auto const addition = adapter()->call(AddRecipients{id, {"+380501234567"}}, conversation);
    ASSERT_FALSE(addition) << id;
    EXPECT_EQ(addition.error().code, ErrorCode::invalid_argument);
  }
}

Result<ListAddition> create(CreateRecipientList of, std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  return adapter()->call(std::move(of), conversation);
}

TEST(BsgCreateList, MakesTheGroupAndThenItsContacts) {
  auto const addition =
      create({"Customers \"A\"", {"+380501234567"}},
             {{groups,
               answer(R"({"data":{"id":12,"name":"Customers \"A\"","description":null,"default":false,)"
                      R"("created_at":"2024-04-03 12:14:49","items":"0","stop_list_count":0}})",
                      201),
               R"({"name":"Customers \"A\""})"},
              {contacts, made("380501234567"), R"({"phone":380501234567,"groups":[12]})"}});
  ASSERT_TRUE(addition) << addition.error().message;
  EXPECT_EQ(addition->list.id, "12");
  EXPECT_EQ(addition->list.name, "Customers \"A\"");
  EXPECT_FALSE(addition->list.size) << "the reported one is from before the number was added";
  EXPECT_EQ(addition->list.created_at->time, at("2024-04-03T12:14:49Z"));
  EXPECT_EQ(addition->added, 1);

  auto const empty = create({"Customers", {}}, {{groups, answer(R"({"id":"12","items":0})", 201)}});
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->list.id, "12");
  EXPECT_EQ(empty->list.size, 0);
  EXPECT_EQ(empty->added, 0);
}

TEST(BsgCreateList, SaysWhatStaysBehind) {
  auto const addition =
      create({"Customers", {"+380501234567"}}, {{groups, answer(R"({"data":{"id":12}})", 201)},
                                                {contacts, answer(R"({"message":"Forbidden"})", 403)}});
  ASSERT_FALSE(addition);
  EXPECT_EQ(addition.error().effect, Effect::unknown) << "the list was made";
  EXPECT_NE(addition.error().message.find("The list 12 was made"), std::string::npos);

  auto const nameless =
      create({"Customers", {"+380501234567"}}, {{groups, answer(R"({"data":{"name":"Customers"}})", 201)}});
  ASSERT_FALSE(nameless);
  EXPECT_EQ(nameless.error().code, ErrorCode::protocol);
  EXPECT_EQ(nameless.error().effect, Effect::unknown);
  auto const silent = create({"Customers", {}}, {{groups, answer(R"({"data":{"name":"Customers"}})", 201)}});
  ASSERT_TRUE(silent);
  EXPECT_FALSE(silent->list.id);
  EXPECT_FALSE(silent->list.notes.empty());
}

TEST(BsgCreateList, NamesItsRefusals) {
  auto const taken =
      create({"Customers", {}},
             {{groups, answer(R"({"message":"Contact group is already exists","errors":[]})", 422)}});
  EXPECT_EQ(taken.error().code, ErrorCode::conflict);
  EXPECT_EQ(taken.error().effect, Effect::none);
  auto const repeated = create(
      {"Customers", {}}, {{groups, answer(R"({"message":"Too many duplicate request detected"})", 429)}});
  EXPECT_EQ(repeated.error().code, ErrorCode::conflict);
  EXPECT_EQ(repeated.error().effect, Effect::unknown);
  EXPECT_FALSE(repeated.error().transient);
  auto const in_body =
      create({"Customers", {}},
             {{groups, answer(R"({"code":429,"message":"Too many duplicate request detected"})")}});
  EXPECT_EQ(in_body.error().code, ErrorCode::conflict);
  EXPECT_EQ(in_body.error().effect, Effect::unknown);
  for (auto const* const body : {"{}", R"({"message":"Queued"})", R"({"message":"Queued","errors":{}})"}) {
    auto const odd = create({"Customers", {}}, {{groups, answer(body, 201)}});
    EXPECT_EQ(odd.error().code, ErrorCode::protocol) << body;
    EXPECT_EQ(odd.error().effect, Effect::unknown) << body;
  }
  auto const refused =
      create({"Customers", {}}, {{groups, answer(R"({"message":"no","errors":["bad name"]})", 201)}});
  EXPECT_EQ(refused.error().code, ErrorCode::rejected);
  EXPECT_EQ(refused.error().effect, Effect::none);
}

Result<void> remove(std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  return adapter()->call(DeleteRecipientList{"012"}, conversation);
}

TEST(BsgDeleteList, ReadsTheGroupAfterALostAnswer) {
  auto const request = "DELETE " + host + "/api/groups/12";
  auto const reads = "GET " + host + "/api/groups/12";
  EXPECT_TRUE(remove({{request, answer("", 204)}}));
  EXPECT_TRUE(remove({{request, answer("{}", 200)}}));
  EXPECT_TRUE(remove({{request, lost()}, {reads, answer(R"({"message":"Not Found"})", 404)}}));
  EXPECT_TRUE(remove({{request, answer("", 502)},
                      {reads, answer(R"({"message":"Contact group is not found","errors":[]})", 422)}}));
  auto const still = remove({{request, lost()}, {reads, answer(R"({"data":{"id":12,"name":"A"}})")}});
  ASSERT_FALSE(still);
  EXPECT_EQ(still.error().effect, Effect::unknown);
  EXPECT_NE(still.error().message.find("still exists"), std::string::npos);
  auto const unknown = remove({{request, lost()}, {reads, lost()}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().effect, Effect::unknown);
  auto const gone =
      remove({{request, answer(R"({"message":"Contact group is not found","errors":[]})", 422)}});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
  EXPECT_EQ(gone.error().effect, Effect::none);
  EXPECT_FALSE(
      remove({{request, answer("<html>", 200)}, {reads, answer(R"({"data":{"id":12,"name":"A"}})")}}));
}

Result<RecipientList> get(HttpResponse response) {
  ScriptedConversation conversation{{{"GET " + host + "/api/groups/12", std::move(response)}}};
  return adapter()->call(GetRecipientList{"12"}, conversation);
}

TEST(BsgGetList, ReadsOneGroup) {
  auto const list =
      get(answer(R"({"data":{"id":"12","name":"A","items":340,"created_at":"2024-04-03 12:14:49"}})"));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->name, "A");
  EXPECT_EQ(list->size, 340);
  EXPECT_EQ(get(answer(R"({"id":12,"name":"A"})"))->id, "12");
  EXPECT_FALSE(get(answer(R"({"id":12,"name":"A"})"))->size) << "unknown is not zero";
  EXPECT_EQ(get(answer(R"({"data":{"id":13,"name":"A"}})")).error().code, ErrorCode::protocol);
  EXPECT_EQ(get(answer(R"({"message":"Not Found"})", 404)).error().code, ErrorCode::not_found);
  EXPECT_EQ(get(answer(R"({"data":[]})")).error().code, ErrorCode::protocol);
}

TEST(BsgLists, ListsGroups) {
  auto const list = opened(ListRecipientLists{});
  auto const page = list.page(list.first);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->call.request.url, host + "/api/groups?page%5Boffset%5D=0&page%5Blimit%5D=500");
  auto const read = page->decode(answer(data_file("bsg/groups_list.response.json")));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->info.total, 1);
  EXPECT_EQ(read->items.at(0).id, "1");
  EXPECT_EQ(read->items.at(0).name, "string");
  EXPECT_FALSE(read->items.at(0).size);
  auto const text =
      page->decode(answer(R"({"data":[{"id":1,"name":"A","items":"34"},{"id":2,"name":7,"items":"x"}],)"
                          R"("meta":{"page":{"total":900,"limit":30}}})"));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->items.at(0).size, 34);
  EXPECT_EQ(text->items.at(1).name, "7");
  EXPECT_EQ(text->items.at(1).notes.size(), 1U);
  EXPECT_EQ(list.ahead(list.first, text->info, 1).at(0).offset, 2);
  EXPECT_FALSE(list.page({.part = 1, .size = 500}));
}

TEST(BsgLists, ListsTheStopListOfSms) {
  auto const list = opened(ListStopList{});
  auto const page = list.page(list.first);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->call.request.url, host + "/api/stoplist?types=sms&page%5Boffset%5D=0&page%5Blimit%5D=500");
  auto const read = page->decode(answer(
      R"({"data":[{"id":9392897,"phone":85267202829,"created_at":"2022-04-18 19:22:16","sms_stoplist":true,"viber_stoplist":false},)"
      R"({"id":2,"phone":"85267202830","sms_stoplist":false,"viber_stoplist":true},{"id":3,"phone":"85267202831"},)"
      R"({"id":4,"phone":85267202832,"sms_stoplist":0}],"total":"4"})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->info.total, 4);
  EXPECT_EQ(read->info.records, 4);
  ASSERT_EQ(read->items.size(), 2U) << "those of other channels are left out";
  EXPECT_EQ(read->items[0].id, "9392897");
  EXPECT_EQ(read->items[0].provider, "bsg");
  EXPECT_EQ(read->items[0].number, "+85267202829");
  EXPECT_EQ(read->items[0].at->time, at("2022-04-18T19:22:16Z"));
  EXPECT_FALSE(read->items[0].campaign || read->items[0].text);
  EXPECT_EQ(read->items[1].number, "+85267202831");
}

template <class Op>
auto page_of(std::string const& records) {
  auto const list = opened(Op{});
  return list.page(list.first).value().decode(answer(R"({"data":[)" + records + R"(],"total":9})"));
}

template <class Op>
void expect_strict() {
  auto const mixed = page_of<Op>(R"({"id":1},{"stranger":true},null,{"id":null})");
  ASSERT_TRUE(mixed) << mixed.error().message;
  ASSERT_EQ(mixed->items.size(), 1U);
  EXPECT_EQ(mixed->info.records, 4);
  ASSERT_EQ(mixed->items[0].notes.size(), 1U);
  EXPECT_NE(mixed->items[0].notes[0].find("they were left out: 3"), std::string::npos);
  for (auto const* const records :
       {R"({"stranger":true})", R"({"id":null},7)", R"({"id":"","name":"A","phone":7})"}) {
    auto const page = page_of<Op>(records);
    ASSERT_FALSE(page) << records;
    EXPECT_EQ(page.error().code, ErrorCode::protocol) << records;
    EXPECT_EQ(page.error().effect, Effect::none) << records;
  }
}

TEST(BsgLists, TakesNothingElseForAGroupOrAContact) {
  expect_strict<ListRecipientLists>();
  expect_strict<ListStopList>();
  auto const nameless = page_of<ListStopList>(R"({"id":1,"phone":7},{"id":"","phone":85267202829})");
  ASSERT_TRUE(nameless);
  EXPECT_EQ(nameless->items.at(1).number, "+85267202829");
  EXPECT_EQ(nameless->items.at(1).notes, std::vector<std::string>{"the record has no readable id"});
  auto const others = page_of<ListStopList>(R"({"id":1,"phone":7,"sms_stoplist":false},{"stranger":true})");
  ASSERT_TRUE(others) << "contacts of other channels are no anomaly";
  EXPECT_TRUE(others->items.empty());
}

TEST(BsgAddRecipients, TakesNothingElseForTheContactsOfASearch) {
  auto const addition = add(
      {"+380501234567"},
      {{contacts, answer(known, 422)}, {search("380501234567"), answer(R"({"data":[{"stranger":true}]})")}});
  ASSERT_FALSE(addition);
  EXPECT_EQ(addition.error().code, ErrorCode::protocol);
}

TEST(BsgLists, LogsShowNoPersonalData) {
  auto const loggable = adapter()->loggable();
  auto const shown = [&](std::string const& request) {
    return protocol::redacted_url(request.substr(request.find(' ') + 1), loggable);
  };
  auto const searched = shown(search("380501234567"));
  EXPECT_EQ(searched.find("3805"), std::string::npos) << searched;
  EXPECT_NE(searched.find("phone"), std::string::npos) << searched;
  EXPECT_NE(shown("GET " + host + "/api/groups/12").find("/groups/12"), std::string::npos);
  EXPECT_NE(shown("GET " + host + "/api/messages?filter%5Bcampaign_id%5D=53651994").find("53651994"),
            std::string::npos);
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg::recipient_list_tests
