#include "integration/audience_lists.hpp"

/// Recipient lists at Dexatel when requests fail or answers are lost.
namespace polycampaign::test::audience_lists {
namespace {

using testing::SimulatedFault;

constexpr std::string_view faults[] = {"html502", "http500", "truncated", "html502_after", "lost"};
constexpr int most_requests = 12;  // more than any operation below makes

/// Calls `attempt(client, id)` for each fault at each of the operation's requests. The list with that id has
/// the numbers 0 and 1.
template <class Attempt>
void with_each_fault(Attempt&& attempt) {
  for (auto const fault : faults) {
    for (int at = 1; at <= most_requests; ++at) {
      SCOPED_TRACE(std::string{fault} + " at request " + std::to_string(at));
      SimulatedClient client{dexatel, {{"contacts_limit", "10"}}};
      auto const id = make_list(*client, numbers(2));
      // Only one request gets the fault: the next one that the number divides is far away.
      constexpr int before = 200;
      for (int seen = 1; seen < before; ++seen)
        static_cast<void>(client.simulator().handle({.url = client.simulator().base_url() + "/v1/senders"}));
      ASSERT_TRUE(client.simulator().set_switch("fault_every", std::to_string(before + at)));
      ASSERT_TRUE(client.simulator().set_switch("fault", fault));
      attempt(client, id);
    }
  }
}

void heal(SimulatedClient const& client) {
  ASSERT_TRUE(client.simulator().set_switch("fault", "none"));
}

TEST(DexatelAudiences, SayWhetherNumbersWereAdded) {
  int unknown = 0;
  with_each_fault([&](SimulatedClient& client, std::string const& id) {
    std::vector<std::string> const wanted{number(0), number(2), number(3), number(4)};
    auto const added = client->call(AddRecipients{id, wanted});
    auto const now = members(client.simulator(), id);
    if (added) {
      EXPECT_EQ(added->added, 3);
      EXPECT_EQ(added->duplicates, 1);
    } else {
      EXPECT_EQ(to_string(added.error()).find("+4178"), std::string::npos);
      if (added.error().effect == Effect::unknown)
        ++unknown;
      else
        EXPECT_EQ(now, numbers(2));
    }
    heal(client);
    auto const again = client->call(AddRecipients{id, wanted});
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(*again->added, 5 - static_cast<std::int64_t>(now.size()));
    EXPECT_EQ(members(client.simulator(), id), numbers(5)) << "nobody twice";
  });
  EXPECT_GT(unknown, 0);
}

TEST(DexatelAudiences, SayWhetherTheyWereMade) {
  int failures = 0;
  with_each_fault([&](SimulatedClient& client, std::string const&) {
    auto const before = client.simulator().lists().size();
    auto const made = client->call(CreateRecipientList{"summer", numbers(15)});
    auto const lists = client.simulator().lists();
    if (made) {
      EXPECT_EQ(made->added, 15);
      EXPECT_EQ(members(client.simulator(), made->list.id.value_or("")), numbers(15));
    } else {
      ++failures;
      if (made.error().effect == Effect::none) {
        EXPECT_EQ(lists.size(), before);
      }
    }
    EXPECT_LE(lists.size(), before + 1) << "never made twice";
    heal(client);
    auto const again = client->call(CreateRecipientList{"summer", {}});
    if (lists.size() == before) {
      EXPECT_TRUE(again);
    } else {
      EXPECT_EQ(again.error().code, ErrorCode::conflict);
    }
  });
  EXPECT_GT(failures, 0);
}

TEST(DexatelAudiences, SayWhetherTheyWereDeleted) {
  int kept = 0;
  with_each_fault([&](SimulatedClient& client, std::string const& id) {
    auto const deleted = client->call(DeleteRecipientList{id});
    bool const gone = members(client.simulator(), id).empty();
    if (deleted) {
      EXPECT_TRUE(gone);
    } else {
      ++kept;
      EXPECT_TRUE(deleted.error().effect == Effect::unknown || !gone);
    }
    heal(client);
    EXPECT_EQ(client->call(DeleteRecipientList{id}).has_value(), !gone);
  });
  EXPECT_GT(kept, 0);
}

TEST(DexatelAudiences, HaveNobodyTwiceAfterLostAnswers) {
  for (auto const fault : {SimulatedFault::lost, SimulatedFault::cut, SimulatedFault::replaced}) {
    SimulatedClient client{dexatel};
    auto const id = make_list(*client);
    auto upload = RecipientUpload::to_list(*client, id, RecipientUpload::of(numbers(250)));
    ASSERT_TRUE(upload.step());
    client.simulator().fail_next("POST /v1/audiences/" + id + "/contacts", fault);
    auto const lost = upload.step();
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().effect, Effect::unknown);
    EXPECT_EQ(to_string(lost.error()).find("+4178"), std::string::npos);
    EXPECT_EQ(client.simulator().count("POST /v1/audiences/" + id + "/contacts"), 2U)
        << "not repeated by itself";
    auto resumed =
        RecipientUpload::to_list(*client, id, RecipientUpload::of(numbers(250)), upload.resume_token());
    EXPECT_EQ(run(resumed), 0);
    EXPECT_EQ(resumed.progress().added, 150);
    EXPECT_EQ(resumed.progress().duplicates, 100) << "those of the step whose answer was lost";
    EXPECT_EQ(members(client.simulator(), id), numbers(250));
  }
}

TEST(DexatelAudiences, AreNotMadeTwice) {
  SimulatedClient client{dexatel};
  auto const before = client.simulator().lists().size();
  client.simulator().fail_next("POST /v1/audiences", SimulatedFault::lost);
  auto const lost = client->call(CreateRecipientList{"spring", numbers(3)});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().effect, Effect::unknown);
  EXPECT_EQ(client.simulator().lists().size(), before + 1);
  auto const again = client->call(CreateRecipientList{"spring", numbers(3)});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().effect, Effect::none);
  client.simulator().fail_next("POST /v1/audiences", SimulatedFault::refused);
  EXPECT_TRUE(client->call(CreateRecipientList{"summer", {}})) << "the vendor did not see the first request";
  EXPECT_EQ(client.simulator().lists().size(), before + 2);
}

TEST(DexatelAudiences, SayThatAListWasMadeIfItCouldNotBeFilled) {
  SimulatedClient client{dexatel, {{"contacts_limit", "10"}}};
  client.simulator().fail_next("/contacts", SimulatedFault::lost);
  auto const half = client->call(CreateRecipientList{"spring", numbers(30)});
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().effect, Effect::unknown);
  auto const id = client.simulator().lists().back().id;
  EXPECT_NE(half.error().message.find(id), std::string::npos) << half.error().message;
  EXPECT_EQ(half.error().message.find("spring"), std::string::npos) << "a name may be personal";
}

TEST(DexatelAudiences, AreDeletedOnce) {
  SimulatedClient client{dexatel};
  auto const before = client.simulator().lists();
  auto const id = make_list(*client);
  client.simulator().fail_next("DELETE /v1/audiences", SimulatedFault::replaced);
  auto const removed = client->call(DeleteRecipientList{id});
  EXPECT_TRUE(removed) << to_string(removed.error());
  EXPECT_EQ(client.simulator().lists(), before);
  EXPECT_EQ(client.simulator().count("DELETE /v1/audiences"), 1U);
  EXPECT_EQ(client->call(DeleteRecipientList{id}).error().code, ErrorCode::not_found);
  EXPECT_EQ(client->call(GetRecipientList{id}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace polycampaign::test::audience_lists
