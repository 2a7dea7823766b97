#include "polycampaign/recipient_upload.hpp"
#include "polycampaign/testing/fake_client.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Lists of recipients, messages, replies and opt-outs of the client in memory.
namespace polycampaign::test {
namespace {

using polycampaign::testing::FakeCampaignClient;

std::string number(int which) {
  return "+3360000" + std::to_string(1000 + which);
}

std::vector<std::string> numbers(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(number(i));
  return all;
}

template <class Op>
auto read(FakeCampaignClient& fake, Op operation, ListOptions options = {}) {
  return fake.list(std::move(operation), std::move(options)).collect();
}

TEST(FakeLists, MakesListsAndCountsNumbers) {
  FakeCampaignClient fake;
  auto const made =
      fake.call(CreateRecipientList{"Friends", {"+33 601 020 304", "+33601020304", "+33601020305"}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->list.id, "list-1");
  EXPECT_EQ(made->provider, "fake");
  EXPECT_EQ(made->added, 2);
  EXPECT_EQ(made->duplicates, 1);
  EXPECT_EQ(made->invalid, 0);
  EXPECT_EQ(fake.numbers("list-1"), (std::vector<std::string>{"+33601020304", "+33601020305"}));
  auto const added = fake.call(AddRecipients{"list-1", {"+33601020305", "+33601020306"}});
  ASSERT_TRUE(added);
  EXPECT_EQ(added->added, 1);
  EXPECT_EQ(added->duplicates, 1);
  EXPECT_EQ(added->list.size, 3);
  auto const got = fake.call(GetRecipientList{"list-1"});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->name, "Friends");
  EXPECT_EQ(got->size, 3);
  EXPECT_TRUE(got->created_at);
  ASSERT_TRUE(fake.call(CreateRecipientList{"Others", {}}));
  auto const all = read(fake, ListRecipientLists{});
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[1].size, 0) << "a list without numbers has none";
  EXPECT_TRUE(fake.call(DeleteRecipientList{"list-1"}));
  EXPECT_EQ(read(fake, ListRecipientLists{})->size(), 1U);
  EXPECT_EQ(fake.calls(), (std::vector<std::string>{"create_list", "add_to_list list-1", "get_list list-1",
                                                    "create_list", "lists", "delete_list list-1", "lists"}));
}

TEST(FakeLists, RefusesWhatRealClientsRefuse) {
  FakeCampaignClient fake;
  fake.add_list({.id = "7", .name = "Taken"}, {number(1)});
  auto const wrong = fake.call(AddRecipients{"7", {number(2), "0601020304"}});
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(wrong.error().message.find("numbers[1]"), std::string::npos) << wrong.error().message;
  EXPECT_EQ(wrong.error().provider, "fake");
  EXPECT_EQ(fake.numbers("7").size(), 1U) << "nothing was added";
  EXPECT_EQ(fake.call(AddRecipients{"7", {}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fake.call(AddRecipients{"", {number(2)}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fake.call(AddRecipients{"8", {number(2)}}).error().code, ErrorCode::not_found);
  EXPECT_EQ(fake.call(CreateRecipientList{"", {}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fake.call(CreateRecipientList{"Taken", {}}).error().code, ErrorCode::conflict);
  EXPECT_EQ(fake.call(GetRecipientList{"8"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(fake.call(DeleteRecipientList{"8"}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(fake.numbers("8").empty());
}

TEST(FakeLists, FailsWhereTheTestWants) {
  FakeCampaignClient fake;
  fake.fail_next({.code = ErrorCode::network, .effect = Effect::unknown});
  EXPECT_EQ(fake.call(CreateRecipientList{"Friends", {}}).error().effect, Effect::unknown);
  fake.fail_next({.code = ErrorCode::unavailable});
  EXPECT_EQ(read(fake, ListMessages{"1"}).error().code, ErrorCode::unavailable);
  fake.fail_next({.code = ErrorCode::unavailable});
  EXPECT_EQ(read(fake, ListRecipientLists{}).error().code, ErrorCode::unavailable);
  EXPECT_TRUE(read(fake, ListRecipientLists{})->empty()) << "the failed create has made nothing";
}

TEST(FakeLists, LeavesOutOtherCampaigns) {
  FakeCampaignClient fake;
  fake.set_messages({{.id = "a", .campaign = "1", .status = {.code = MessageStatusCode::delivered}},
                     {.id = "b", .campaign = "2"},
                     {.id = "c"},
                     {.id = "d", .campaign = "1", .status = {.code = MessageStatusCode::failed}}});
  fake.set_replies({{.campaign = "2", .text = "no"}, {.campaign = "1", .text = "yes"}});
  fake.set_opt_outs({{.campaign = "1", .number = number(1)}, {.campaign = "2", .number = number(2)}});
  fake.set_stop_list({{.number = number(1)}, {.campaign = "2", .number = number(3)}});

  auto pager = fake.messages("1");
  std::vector<std::string> ids;
  for (auto const& message : pager) ids.push_back(message->id);
  EXPECT_EQ(ids, (std::vector<std::string>{"a", "d"}));
  EXPECT_EQ(pager.report().records, 4);
  EXPECT_EQ(pager.report().filtered, 2);
  EXPECT_TRUE(pager.report().complete);

  auto const failed = read(fake, ListMessages{"1", {MessageStatusCode::failed}});
  ASSERT_EQ(failed->size(), 1U);
  EXPECT_EQ(failed->front().id, "d");
  auto const replies = read(fake, ListReplies{"1"});
  ASSERT_EQ(replies->size(), 1U);
  EXPECT_EQ(replies->front().text, "yes");
  EXPECT_EQ(read(fake, ListOptOuts{"1"})->size(), 1U);
  EXPECT_EQ(read(fake, ListStopList{})->size(), 2U) << "whatever the campaign";
  EXPECT_TRUE(read(fake, ListMessages{"no such campaign"})->empty());
  EXPECT_EQ(read(fake, ListMessages{}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fake.calls(), (std::vector<std::string>{"messages 1", "messages 1", "replies 1", "opt_outs 1",
                                                    "stop_list", "messages no such campaign", "messages "}));
}

TEST(FakeLists, ResumesAndKeepsRawOnRequestOnly) {
  FakeCampaignClient fake;
  std::vector<Message> all;
  for (int i = 0; i < 5; ++i)
    all.push_back(
        {.id = std::to_string(i), .campaign = i == 1 ? "2" : "1", .raw_record = std::string{"raw"}});
  fake.set_messages(all);
  auto pager = fake.messages("1", {.page_size = 2});
  auto const page = pager.next_page();
  ASSERT_TRUE(page && *page);
  EXPECT_EQ((*page)->items.size(), 2U);
  EXPECT_EQ((*page)->items[0].raw(), "");
  auto const rest = read(fake, ListMessages{"1"}, {.resume_token = pager.resume_token(), .keep_raw = true});
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->size(), 2U);
  EXPECT_EQ(rest->front().id, "3");
  EXPECT_EQ(rest->front().raw(), "raw");
}

TEST(FakeLists, AnUploadContinuesInAnotherProcess) {
  auto const all = numbers(2500);
  std::string token;
  std::vector<std::string> stored;
  {
    FakeCampaignClient first;
    first.add_list({.id = "7", .name = "Friends"}, {number(3)});
    auto upload = RecipientUpload::to_list(first, "7", RecipientUpload::of(all));
    ASSERT_TRUE(upload.step().value());
    first.fail_next({.code = ErrorCode::network, .effect = Effect::unknown});
    EXPECT_EQ(upload.step().error().code, ErrorCode::network);
    token = upload.resume_token();
    stored = first.numbers("7");
    EXPECT_EQ(stored.size(), 1000U);
    EXPECT_EQ(upload.progress(),
              (UploadProgress{.numbers = 1000, .steps = 1, .added = 999, .duplicates = 1, .invalid = 0}));
  }
  FakeCampaignClient second;
  second.add_list({.id = "7", .name = "Friends"}, stored);
  auto upload = RecipientUpload::to_list(second, "7", RecipientUpload::of(all), token);
  ASSERT_TRUE(upload.step().value());
  ASSERT_TRUE(upload.step().value());
  ASSERT_FALSE(upload.step().value());
  EXPECT_EQ(upload.progress(),
            (UploadProgress{.numbers = 2500, .steps = 2, .added = 2499, .duplicates = 1, .invalid = 0}));
  EXPECT_EQ(second.numbers("7").size(), 2500U);
  EXPECT_EQ(second.calls().size(), 2U);
}

}  // namespace
}  // namespace polycampaign::test
