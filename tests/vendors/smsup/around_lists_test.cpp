#include "vendors/smsup/around.hpp"

#include <string>
#include <vector>

/// Recipient lists of the simulated service, through the whole client.
namespace polycampaign::test::smsup_lists {
namespace {

using testing::SimulatedFault;

class Lists : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Both, Lists, ::testing::Bool(),
                         [](auto const& tested) { return tested.param ? "xml" : "json"; });

std::vector<std::string> numbers_of(SmsupClient const& service, std::string const& id) {
  std::vector<std::string> numbers;
  for (auto const& list : service.simulator->lists())
    if (list.id == id)
      for (auto const& member : list.members) numbers.push_back(member.number);
  return numbers;
}

std::vector<std::string> numbers_from(int first, int count) {
  std::vector<std::string> numbers;
  for (int i = 0; i < count; ++i) numbers.push_back("+4178" + std::to_string(1'000'000 + first + i));
  return numbers;
}

TEST_P(Lists, AreMadeExtendedReadAndDeleted) {
  SmsupClient const service{GetParam(), {{"stop_list", "on"}}, 3};
  auto const made = service.client->call(CreateRecipientList{
      .name = "Clients \"VIP\" & <amis>", .numbers = {"+41781234567", "+41 78 123 45 67", "+41781234599"}});
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->added, 1) << "one was given twice, and one is invalid";
  EXPECT_EQ(made->invalid, 1);
  EXPECT_EQ(made->duplicates, 1) << "the library itself left it out";
  auto const id = made->list.id.value();
  EXPECT_EQ(numbers_of(service, id), std::vector<std::string>{"+41781234567"});

  auto const added = service.client->call(
      AddRecipients{.list = id, .numbers = {"+41781234567", "+41781234568", "+41781234499"}});
  ASSERT_TRUE(added) << to_string(added.error());
  EXPECT_EQ(added->added, 1);
  EXPECT_EQ(added->duplicates, 1);
  EXPECT_EQ(added->invalid, 1);
  EXPECT_EQ(added->list.id, id);
  EXPECT_TRUE(added->notes.empty());
  EXPECT_EQ(numbers_of(service, id), (std::vector<std::string>{"+41781234567", "+41781234568"}));

  auto const read = service.client->call(GetRecipientList{id});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->name, "Clients \"VIP\" & <amis>");
  EXPECT_EQ(read->size, 2);
  auto const all = service.client->recipient_lists().collect();
  ASSERT_TRUE(all) << to_string(all.error());
  auto const truth = service.simulator->lists();
  ASSERT_EQ(all->size(), truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    EXPECT_EQ((*all)[i].id, truth[i].id);
    EXPECT_EQ((*all)[i].name, truth[i].name);
    EXPECT_EQ((*all)[i].size, std::ssize(truth[i].members));
    EXPECT_EQ((*all)[i].created_at->time, truth[i].created);
  }

  EXPECT_TRUE(service.client->call(DeleteRecipientList{id}));
  EXPECT_EQ(service.client->call(GetRecipientList{id}).error().code, ErrorCode::not_found);
  EXPECT_EQ(service.client->call(DeleteRecipientList{id}).error().code, ErrorCode::not_found);
  EXPECT_EQ(service.client->call(AddRecipients{.list = id, .numbers = {"+41781234567"}}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(service.simulator->lists().size(), truth.size() - 1);
}

TEST_P(Lists, TakeIdsOfBothKinds) {
  for (auto const* const ids : {"string", "int"}) {
    SmsupClient const service{GetParam(), {{"ids", ids}}, 3};
    for (auto const& list : service.simulator->lists()) {
      auto const added = service.client->call(AddRecipients{.list = list.id, .numbers = numbers_from(0, 3)});
      ASSERT_TRUE(added) << list.id << to_string(added.error());
      EXPECT_EQ(added->list.id, list.id);
      EXPECT_EQ(added->added, 3);
      EXPECT_EQ(std::ssize(numbers_of(service, list.id)), std::ssize(list.members) + 3);
    }
  }
}

TEST_P(Lists, SayWhenTheCountIsNotThatOfTheNewNumbers) {
  SmsupClient const service{GetParam(), {{"list_contacts", "all"}}, 3};
  auto const list = service.simulator->lists().at(2);
  auto const added = service.client->call(AddRecipients{.list = list.id, .numbers = numbers_from(0, 3)});
  ASSERT_TRUE(added);
  EXPECT_EQ(added->added, std::nullopt);
  EXPECT_EQ(added->notes.size(), 1U);
  ASSERT_TRUE(service.simulator->set_switch("list_contacts", "added"));
  ASSERT_TRUE(service.simulator->set_switch("generation", "g1"));
  auto const old = service.client->call(AddRecipients{.list = list.id, .numbers = numbers_from(2, 3)});
  ASSERT_TRUE(old);
  EXPECT_EQ(old->duplicates, std::nullopt) << "older answers do not count them";
  EXPECT_EQ(old->added, std::nullopt)
      << "2 of 3 are new, and the answer does not say what became of the other";
}

TEST_P(Lists, AreUploadedStepByStep) {
  SmsupClient const service{GetParam(), {}, 3};
  auto upload =
      RecipientUpload::to_new_list(*service.client, "Large", RecipientUpload::of(numbers_from(0, 2'500)));
  int steps = 0;
  for (;; ++steps) {
    auto const more = upload.step();
    ASSERT_TRUE(more) << to_string(more.error());
    if (!*more) break;
  }
  EXPECT_EQ(steps, 3);
  EXPECT_EQ(numbers_of(service, upload.list()), numbers_from(0, 2'500));
  EXPECT_EQ(upload.progress().added, 2'500);
  EXPECT_TRUE(upload.notes().empty());
  EXPECT_FALSE(service.client->call(AddRecipients{.list = upload.list(), .numbers = numbers_from(0, 1'001)}));
}

TEST_P(Lists, LostAnswersLoseNothing) {
  SmsupClient const service{GetParam(), {}, 3};
  auto const list = service.simulator->lists().at(1);
  for (auto const fault : {SimulatedFault::lost, SimulatedFault::cut, SimulatedFault::replaced}) {
    service.simulator->fail_next("POST /list", fault);
    auto const lost = service.client->call(AddRecipients{.list = list.id, .numbers = numbers_from(0, 3)});
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().effect, Effect::unknown);
    auto const again = service.client->call(AddRecipients{.list = list.id, .numbers = numbers_from(0, 3)});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->added, 0) << "they were added, although the answer was lost";
    EXPECT_EQ(again->duplicates, 3);
  }
  service.simulator->fail_next("POST /list", SimulatedFault::lost);
  auto const made = service.client->call(CreateRecipientList{.name = "Lost", .numbers = numbers_from(0, 1)});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().effect, Effect::unknown);
  EXPECT_EQ(service.simulator->lists().back().name, "Lost") << "it was made once";
  EXPECT_EQ(service.simulator->count("POST /list"), 7U);

  auto const id = service.simulator->lists().back().id;
  service.simulator->fail_next("DELETE /list", SimulatedFault::lost);
  EXPECT_TRUE(service.client->call(DeleteRecipientList{id})) << "the list is gone";
  service.simulator->fail_next("DELETE /list", SimulatedFault::unavailable);
  auto const there = service.client->call(DeleteRecipientList{list.id});
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().effect, Effect::unknown) << "the list still exists";
}

TEST_P(Lists, RefusalsRepeatNeitherNameNorNumber) {
  SmsupClient const service{GetParam(), {{"stop_list", "on"}}, 3};
  auto const before = service.simulator->lists();
  auto const refused =
      service.client->call(CreateRecipientList{.name = "Geneva VIP", .numbers = {"+41781234599"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(refused.error().effect, Effect::none);
  EXPECT_EQ(to_string(refused.error()).find("41781234599"), std::string::npos) << to_string(refused.error());
  EXPECT_EQ(service.simulator->lists(), before);
  auto const requests = service.simulator->requests().size();
  EXPECT_EQ(service.client->call(CreateRecipientList{.name = "None"}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(service.client->call(CreateRecipientList{.name = "", .numbers = numbers_from(0, 1)}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(service.client->call(AddRecipients{.list = before[0].id, .numbers = {"0781234567"}}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(service.simulator->requests().size(), requests) << "before any request";
}

TEST_P(Lists, WithoutAnIdInTheAnswer) {
  SmsupClient const service{GetParam(), {{"list_id", "missing"}}, 3};
  auto const made = service.client->call(CreateRecipientList{.name = "New", .numbers = numbers_from(0, 2)});
  ASSERT_TRUE(made);
  EXPECT_FALSE(made->list.id);
  EXPECT_EQ(made->notes.size(), 1U);
  auto const id = service.simulator->lists().back().id;
  EXPECT_EQ(service.client->call(AddRecipients{.list = id, .numbers = numbers_from(2, 1)})->list.id, id);
}

}  // namespace
}  // namespace polycampaign::test::smsup_lists
