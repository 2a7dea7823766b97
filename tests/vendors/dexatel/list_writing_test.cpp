#include "vendors/dexatel/list_support.hpp"

#include <algorithm>

/// Recipient lists that are made, filled and deleted.
namespace polycampaign::inline v1::vendor_tests {
namespace {

TEST(DexatelLists, MakesAListInOneRequest) {
  auto const made = make_list(phones(3), {creates(phones(3), answer(audience(), 201))});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->provider, "dexatel");
  EXPECT_EQ(made->list.id, audience_id);
  EXPECT_EQ(made->list.name, "spring");
  EXPECT_EQ(made->added, 3);
  EXPECT_EQ(made->duplicates, 0);
  EXPECT_EQ(made->invalid, 0);
  EXPECT_TRUE(made->notes.empty());
  auto const empty = make_list({}, {creates({}, answer(audience(), 201))});
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->added, 0);
}

TEST(DexatelLists, MakesAListWithTenContactsAtATime) {
  auto const all = phones(25);
  auto const part = [&](int first, int count) {
    return std::vector<std::string>(all.begin() + first, all.begin() + first + count);
  };
  std::vector<Turn> const turns{creates(all, refused_with(1308)),
                                creates(part(0, 10), answer(audience(), 201)),
                                adds(part(10, 10), answer(R"({"data":[]})", 201)),
                                adds(part(20, 5), answer("", 204)), reads(audience_of(25))};
  auto const made = make_list(all, turns);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->added, 25);
  EXPECT_EQ(made->list.size, 25);
  auto fewer = turns;
  fewer.back() = reads(audience_of(12));
  auto const wrong = make_list(all, fewer);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::protocol);
  EXPECT_EQ(wrong.error().effect, Effect::unknown);
  EXPECT_EQ(wrong.error().message,
            "Dexatel accepted 25 contacts, but the audience has 12 now and had 0 before. The audience (id " +
                audience_id + ") was created and stays at Dexatel");
}

TEST(DexatelLists, MakesAListWithoutTheWrongNumbers) {
  auto const all = phones(2);
  auto const made = make_list(all, {creates(all, refused_with(1354)), creates({}, answer(audience(), 201)),
                                    adds(all, refused_with(1354)), adds({all[0]}, refused_with(1354)),
                                    adds({all[1]}, answer("", 204)), reads(audience_of(1))});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->added, 1);
  EXPECT_EQ(made->invalid, 1);
  EXPECT_EQ(made->duplicates, 0);
}

TEST(DexatelLists, SaysWhatBecameOfANewList) {
  struct Row {
    HttpResponse response;
    ErrorCode code;
    Effect effect;
  };
  for (auto const& row :
       {Row{refused_with(1309), ErrorCode::conflict, Effect::none},
        Row{answer(refusal_body(1309), 400), ErrorCode::conflict, Effect::none},
        Row{refused_with(1304), ErrorCode::invalid_argument, Effect::none},
        Row{answer("", 201), ErrorCode::protocol, Effect::unknown},
        Row{answer(R"({"data":{}})", 201), ErrorCode::protocol, Effect::unknown},
        Row{answer(R"({"data":{"id":"for +41 79 123"}})", 201), ErrorCode::protocol, Effect::unknown},
        Row{answer(R"({"data":[{"id":"1"},{"id":"2"}]})", 201), ErrorCode::protocol, Effect::unknown},
        Row{answer(refusal_body(1354), 502), ErrorCode::unavailable, Effect::unknown}}) {
    auto const made = make_list(phones(1), {creates(phones(1), row.response)});
    ASSERT_FALSE(made) << row.response.body;
    EXPECT_EQ(made.error().code, row.code) << row.response.body;
    EXPECT_EQ(made.error().effect, row.effect) << row.response.body;
    EXPECT_EQ(made.error().message.find("123"), std::string::npos) << made.error().message;
  }
  auto const lost = make_list(phones(1), {creates(phones(1), lost_answer)});
  EXPECT_EQ(lost.error().effect, Effect::unknown);
  auto const all = phones(11);
  auto const half = make_list(
      all, {creates(all, refused_with(1308)),
            creates({all.begin(), all.begin() + 10}, answer(audience(), 201)), adds({all[10]}, lost_answer)});
  EXPECT_EQ(half.error().message,
            "gone. The audience (id " + audience_id + ") was created and stays at Dexatel");
}

TEST(DexatelLists, RepeatsNoNameThatTheVendorQuotes) {
  auto const body = refusal_body(1304, "'data.name' spring-sale-for-Anna is invalid");
  ScriptedConversation conversation{{{"POST " + audiences_url, answer(body, 400)}}};
  auto const made =
      dexatel_vendor()->call(CreateRecipientList{"spring-sale-for-Anna", phones(1)}, conversation);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().message.find("Anna"), std::string::npos) << made.error().message;
}

TEST(DexatelLists, RepeatsNoNumberThatTheVendorQuotes) {
  auto const expect_discreet = [](std::string const& message) {
    EXPECT_EQ(message.find("1000000"), std::string::npos) << message;
    EXPECT_EQ(message.find("100 00 00"), std::string::npos) << message;
  };
  for (auto const* const quoted : {"+41781000000", "41781000000", "+41 78 100 00 00", "0041-78-100-00-00"}) {
    auto const body = refusal_body(1353, "contact " + std::string{quoted} + " is wrong");
    expect_discreet(make_list(phones(1), {creates(phones(1), answer(body, 400))}).error().message);
    expect_discreet(
        add_to_list(phones(1), {reads(audience_of(0)), adds(phones(1), answer(body, 400))}).error().message);
  }
}

TEST(DexatelLists, AddsNumbersInOneRequest) {
  auto const added = add_to_list(
      phones(3),
      {reads(audience_of(5)), adds(phones(3), answer(R"({"data":[]})", 201)), reads(audience_of(8))});
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->list.size, 8);
  EXPECT_EQ(added->added, 3);
  EXPECT_EQ(added->duplicates, 0);
  EXPECT_EQ(added->invalid, 0);
  EXPECT_TRUE(added->notes.empty());
}

/// Plays Dexatel: a request with a contact that it has, or does not accept, is refused as a whole.
class PickyAudience final : public protocol::Conversation {
 public:
  std::vector<std::string> members{};
  std::vector<std::string> wrong{};
  std::size_t limit = 1000;
  int requests = 0;

  [[nodiscard]] Result<Value> perform(protocol::Call const& call, Decode decode) override {
    if (call.request.method == "GET") return decode(audience_of(static_cast<int>(members.size())));
    ++requests;
    std::vector<std::string> numbers;
    auto const& body = call.request.body;
    for (auto at = body.find('+'); at != std::string::npos; at = body.find('+', at + 1))
      numbers.push_back(body.substr(at, body.find('"', at) - at));
    if (numbers.size() > limit) return decode(refused_with(1308));
    auto const among = [](std::vector<std::string> const& all, std::string const& number) {
      return std::ranges::find(all, number) != all.end();
    };
    for (auto const& number : numbers) {
      if (among(members, number)) return decode(refused_with(1360));
      if (among(wrong, number)) return decode(refused_with(1355));
    }
    members.insert(members.end(), numbers.begin(), numbers.end());
    return decode(answer("", 204));
  }
};

TEST(DexatelLists, AddsAllButThoseThatAreThereOrWrong) {
  for (std::size_t const limit : {1000U, 10U}) {
    PickyAudience conversation;
    conversation.limit = limit;
    conversation.members = {phone(0), phone(49), phone(99), "+33601020304"};
    conversation.wrong = {phone(1), phone(50)};
    auto const added = dexatel_vendor()->call(AddRecipients{audience_id, phones(100)}, conversation);
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_EQ(added->added, 95);
    EXPECT_EQ(added->duplicates, 3);
    EXPECT_EQ(added->invalid, 2);
    EXPECT_EQ(added->list.size, 99);
    EXPECT_EQ(conversation.members.size(), 99U);
    EXPECT_LT(conversation.requests, 60);
    auto const again = dexatel_vendor()->call(AddRecipients{audience_id, phones(100)}, conversation);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->added, 0);
    EXPECT_EQ(again->duplicates, 98);
    EXPECT_EQ(again->invalid, 2);
    EXPECT_EQ(conversation.members.size(), 99U);
  }
}

TEST(DexatelLists, CountsWhatWasAdded) {
  auto const turns = [](HttpResponse before, std::variant<HttpResponse, Error> after) {
    return std::vector<Turn>{reads(std::move(before)), adds(phones(3), answer("", 204)),
                             reads(std::move(after))};
  };
  auto const fewer = add_to_list(phones(3), turns(audience_of(5), audience_of(6)));
  ASSERT_FALSE(fewer) << "the vendor added only the first one";
  EXPECT_EQ(fewer.error().code, ErrorCode::protocol);
  EXPECT_EQ(fewer.error().effect, Effect::unknown);
  EXPECT_EQ(fewer.error().message,
            "Dexatel accepted 3 contacts, but the audience has 6 now and had 5 before");
  EXPECT_TRUE(add_to_list(phones(3), turns(audience_of(5), audience_of(11)))) << "others may add, too";
  for (auto const& [before, after] :
       {std::pair{answer(audience()), answer(audience())}, std::pair{answer(audience()), audience_of(9)},
        std::pair{audience_of(5), answer(audience())}}) {
    auto const uncounted = add_to_list(phones(3), turns(before, after));
    ASSERT_TRUE(uncounted);
    EXPECT_EQ(uncounted->added, 3);
    ASSERT_EQ(uncounted->notes.size(), 1U);
    EXPECT_NE(uncounted->notes[0].find("could not be counted"), std::string::npos);
  }
  auto const unread = add_to_list(phones(3), turns(audience_of(5), lost_answer));
  ASSERT_TRUE(unread) << "the numbers were accepted";
  ASSERT_EQ(unread->notes.size(), 1U);
  EXPECT_NE(unread->notes[0].find("could not be read afterwards"), std::string::npos);
  EXPECT_FALSE(unread->list.size) << "5 is how many it had before";
}

TEST(DexatelLists, StopsAtTheFirstFailure) {
  struct Row {
    std::variant<HttpResponse, Error> reply;
    ErrorCode code;
    Effect effect;
  };
  for (auto const& row : {Row{lost_answer, ErrorCode::network, Effect::unknown},
                          Row{answer(refusal_body(1360), 502), ErrorCode::unavailable, Effect::unknown},
                          Row{answer(R"({"data":[{"id":"1"}],"errors":[{"code":1360}]})"),
                              ErrorCode::conflict, Effect::unknown},
                          Row{refused_with(1301), ErrorCode::not_found, Effect::none},
                          Row{refused_with(1353), ErrorCode::invalid_argument, Effect::none},
                          Row{refused_with(1308), ErrorCode::invalid_argument, Effect::none},
                          Row{answer("<html>"), ErrorCode::protocol, Effect::unknown}}) {
    auto const added = add_to_list(phones(3), {reads(audience_of(0)), adds(phones(3), row.reply)});
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, row.code);
    EXPECT_EQ(added.error().effect, row.effect);
  }
  auto const second =
      add_to_list(phones(2), {reads(audience_of(1)), adds(phones(2), refused_with(1360)),
                              adds({phone(0)}, answer("", 204)), adds({phone(1)}, lost_answer)});
  EXPECT_EQ(second.error().effect, Effect::unknown);
  EXPECT_EQ(add_to_list(phones(1), {reads(refused_with(1301))}).error().code, ErrorCode::not_found);
  ScriptedConversation none{{}};
  EXPECT_EQ(dexatel_vendor()->call(AddRecipients{"..", phones(1)}, none).error().code,
            ErrorCode::invalid_argument);
}

TEST(DexatelLists, DeletesOne) {
  for (auto const& response : {answer("", 204), answer("", 200), answer(R"({"data":{}})")})
    EXPECT_TRUE(delete_list({{"", response}})) << response.body;
  EXPECT_EQ(delete_list({{"", refused_with(1301)}}).error().code, ErrorCode::not_found);
  EXPECT_EQ(delete_list({{"", refused_with(1302)}}).error().effect, Effect::none);
  for (std::variant<HttpResponse, Error> const& answer_lost :
       {std::variant<HttpResponse, Error>{lost_answer}, {answer("<html>", 200)}, {answer("", 504)}}) {
    EXPECT_TRUE(delete_list({{"", answer_lost}, reads(refused_with(1301))}));
    auto const kept = delete_list({{"", answer_lost}, reads(audience_of(2))});
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().effect, Effect::unknown);
    EXPECT_NE(kept.error().message.find("The list still exists"), std::string::npos) << kept.error().message;
    auto const unread = delete_list({{"", answer_lost}, reads(answer("{}"))});
    ASSERT_FALSE(unread) << "an answer without a list does not say that there is none";
    EXPECT_NE(unread.error().message.find("could not be read"), std::string::npos) << unread.error().message;
  }
  ScriptedConversation none{{}};
  EXPECT_EQ(dexatel_vendor()->call(DeleteRecipientList{""}, none).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests
