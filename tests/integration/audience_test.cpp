#include "polycampaign/audit.hpp"

#include "integration/account.hpp"
#include "integration/audience_lists.hpp"

#include <gtest/gtest.h>

#include <future>
#include <set>

/// Recipient lists at Dexatel (audiences) and Yeastar (phonebooks), through the public interface, against the
/// simulators.
namespace polycampaign::test::audience_lists {
namespace {

TEST(DexatelAudiences, AreFilledWithWhatIsNewAndRight) {
  for (auto const* const limit : {"1000", "10"}) {
    for (auto const* const shape : {"object", "array", "root"}) {
      SCOPED_TRACE(std::string{limit} + ' ' + shape);
      SimulatedClient client{dexatel,
                             {{"contacts_limit", limit}, {"audience", shape}, {"invalid_prefix", "999"}}};
      auto const id = make_list(*client, numbers(20));
      auto all = numbers(220);  // of these, 20 are in the list already
      for (int i = 0; i < 15; ++i) all.insert(all.begin() + 7 * i, "+9991234" + std::to_string(1000 + i));
      for (int i = 0; i < 15; ++i) all.insert(all.begin() + 100 + i, number(150 + i));  // twice in all
      ASSERT_EQ(all.size(), 250U);
      auto upload = RecipientUpload::to_list(*client, id, RecipientUpload::of(all));
      EXPECT_EQ(run(upload), 0);
      EXPECT_EQ(upload.progress(),
                (UploadProgress{.numbers = 250, .steps = 3, .added = 200, .duplicates = 35, .invalid = 15}));
      EXPECT_EQ(members(client.simulator(), id), numbers(220));
      auto const read = client->call(GetRecipientList{id});
      ASSERT_TRUE(read) << to_string(read.error());
      EXPECT_EQ(read->size, 220);
      EXPECT_EQ(read->name, "spring-2026");
    }
  }
}

TEST(DexatelAudiences, AreMadeByAnUpload) {
  SimulatedClient client{dexatel, {{"contacts_limit", "10"}, {"invalid_prefix", "999"}}};
  auto all = numbers(250);
  all[3] = "+99912345678";
  auto upload = RecipientUpload::to_new_list(*client, "spring", RecipientUpload::of(all));
  EXPECT_EQ(run(upload), 0);
  EXPECT_EQ(upload.progress().added, 249);
  EXPECT_EQ(upload.progress().invalid, 1);
  EXPECT_EQ(members(client.simulator(), upload.list()).size(), 249U);
}

TEST(DexatelAudiences, ReceiveACampaign) {
  SimulatedClient client{dexatel};
  auto const id = make_list(*client);
  auto const added = client->call(AddRecipients{id, {"+33 601 020 304", "+33601020305", "+33601020305"}});
  ASSERT_TRUE(added) << to_string(added.error());
  EXPECT_EQ(added->added, 2);
  EXPECT_EQ(added->duplicates, 1);
  auto campaign = new_campaign("dexatel");
  campaign.recipients.clear();
  campaign.lists = {id};
  auto const sent = client->create(campaign);
  ASSERT_TRUE(sent) << to_string(sent.error());
  EXPECT_EQ(client.reached_at_last(), (std::vector<std::string>{"+33601020304", "+33601020305"}));
}

TEST(DexatelAudiences, AddWithoutAThreadThatWaits) {
  SimulatedClient client{dexatel};
  auto const id = make_list(*client, numbers(3));
  auto const promise = std::make_shared<std::promise<Result<ListAddition>>>();
  client->start(AddRecipients{id, numbers(100)}, {},
                [promise](Result<ListAddition> done) { promise->set_value(std::move(done)); });
  auto const added = promise->get_future().get();
  ASSERT_TRUE(added) << to_string(added.error());
  EXPECT_EQ(added->added, 97);
  EXPECT_EQ(added->duplicates, 3);
  EXPECT_EQ(members(client.simulator(), id), numbers(100));
}

TEST(DexatelAudiences, NoticeContactsThatWereNotAdded) {
  SimulatedClient client{dexatel, {{"contacts_added", "first"}}};
  auto const id = make_list(*client);
  auto const added = client->call(AddRecipients{id, numbers(5)});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, ErrorCode::protocol);
  EXPECT_EQ(added.error().effect, Effect::unknown);
  ASSERT_TRUE(client.simulator().set_switch("contacts_added", "all"));
  ASSERT_TRUE(client.simulator().set_switch("contacts_count", "absent"));
  auto const uncounted = client->call(AddRecipients{id, numbers(5)});
  ASSERT_TRUE(uncounted) << to_string(uncounted.error());
  EXPECT_EQ(uncounted->added, 4);
  EXPECT_EQ(uncounted->duplicates, 1);
  EXPECT_FALSE(uncounted->list.size);
  EXPECT_EQ(uncounted->notes.size(), 1U);
}

TEST(DexatelAudiences, AreRefusedBeforeAnyRequest) {
  SimulatedClient client{dexatel};
  for (auto const& name :
       {std::string{}, std::string{"spring sale"}, std::string{"été"}, std::string(46, 'a')})
    EXPECT_EQ(client->call(CreateRecipientList{name, {}}).error().code, ErrorCode::invalid_argument) << name;
  EXPECT_EQ(client->call(CreateRecipientList{"spring", {"0781"}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(client->call(CreateRecipientList{"spring", numbers(101)}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(client->call(AddRecipients{"1", numbers(101)}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(client->call(AddRecipients{"1", {}}).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(client.simulator().requests().empty());
}

TEST(DexatelAudiences, AreListedInPagesOfEveryForm) {
  for (auto const* const next : {"absolute", "relative", "token", "foreign"}) {
    for (auto const* const count : {"present", "listed"}) {
      SimulatedClient client{dexatel, {{"next", next}, {"page_cap", "2"}, {"contacts_count", count}}};
      make_list(*client, numbers(4));
      auto const lists = client.simulator().lists();
      auto pager = client->recipient_lists();
      auto const read = pager.collect();
      ASSERT_TRUE(read) << next << to_string(read.error());
      ASSERT_EQ(read->size(), lists.size()) << next;
      for (std::size_t i = 0; i < lists.size(); ++i) {
        EXPECT_EQ((*read)[i].id, lists[i].id);
        EXPECT_EQ((*read)[i].name, lists[i].name);
        if (std::string_view{count} == "listed") {
          EXPECT_EQ((*read)[i].size, static_cast<std::int64_t>(lists[i].members.size()));
        } else {
          EXPECT_FALSE((*read)[i].size) << "the list does not show it";
        }
        ASSERT_TRUE((*read)[i].created_at);
        EXPECT_EQ((*read)[i].created_at->time, lists[i].created);
      }
      EXPECT_TRUE(pager.report().missed.empty());
    }
  }
}

TEST(DexatelAudiences, ThatAreDeletedWhileTheListIsReadAreReported) {
  SimulatedClient client{dexatel};
  auto const before = client.simulator().lists();
  ASSERT_GE(before.size(), 4U);
  auto pager = client->recipient_lists({.page_size = 2, .prefetch = 1});
  std::set<std::string> seen;
  bool removed = false;
  for (auto const& list : pager) {
    ASSERT_TRUE(list) << to_string(list.error());
    EXPECT_TRUE(seen.insert(list->id.value_or("")).second) << "twice";
    if (!std::exchange(removed, true)) {
      EXPECT_TRUE(client->call(DeleteRecipientList{before[0].id}));
    }
  }
  EXPECT_GE(seen.size() + 1, before.size()) << "a page token that counts records skips one at most";
  ASSERT_EQ(pager.report().missed.size(), 1U);
  EXPECT_NE(pager.report().missed[0].find("fell by 1"), std::string::npos) << pager.report().missed[0];
}

TEST(YeastarPhonebooks, AreListedAndRead) {
  for (auto const* const key : {"list", "data"}) {
    for (auto const* const shape : {"object", "array", "list"}) {
      SimulatedClient client{yeastar, {{"list_key", key}, {"get_shape", shape}, {"page_cap", "2"}}};
      auto const lists = client.simulator().lists();
      auto pager = client->recipient_lists();
      auto const read = pager.collect();
      ASSERT_TRUE(read) << to_string(read.error());
      EXPECT_TRUE(pager.report().missed.empty());
      ASSERT_EQ(read->size(), lists.size());
      for (std::size_t i = 0; i < lists.size(); ++i) {
        EXPECT_EQ((*read)[i].id, lists[i].id);
        EXPECT_EQ((*read)[i].name, lists[i].name);
        EXPECT_EQ((*read)[i].size, static_cast<std::int64_t>(lists[i].members.size()));
        auto const one = client->call(GetRecipientList{lists[i].id});
        ASSERT_TRUE(one) << to_string(one.error());
        EXPECT_EQ(*one, (*read)[i]);
      }
      EXPECT_EQ(client->call(GetRecipientList{"123456"}).error().code, ErrorCode::not_found);
    }
  }
}

TEST(Lists, ThatAVendorDoesNotHaveCostNoRequest) {
  for (auto const vendor : {dexatel, yeastar}) {
    SimulatedClient client{vendor};
    std::vector<Error> errors;
    auto const refused = [&](auto const& result) {
      EXPECT_FALSE(result) << vendor.provider;
      if (!result) errors.push_back(result.error());
    };
    refused(client->messages("1").collect());
    refused(client->replies("1").collect());
    refused(client->opt_outs("1").collect());
    refused(client->stop_list().collect());
    if (vendor.provider == "yeastar") {
      refused(client->call(CreateRecipientList{"spring", {}}));
      refused(client->call(AddRecipients{"1", numbers(1)}));
      refused(client->call(DeleteRecipientList{"1"}));
    }
    for (auto const& error : errors) {
      EXPECT_EQ(error.code, ErrorCode::unsupported);
      EXPECT_NE(error.message.find(": "), std::string::npos) << "the reason: " << error.message;
    }
    EXPECT_TRUE(client.simulator().requests().empty());
  }
}

TEST(Settled, FollowsACampaignToItsEnd) {
  for (auto const vendor : {dexatel, yeastar}) {
    SimulatedClient client{vendor, {{"stage", "3600"}}};
    auto const& capabilities = client->capabilities();
    auto const sent = client->create(new_campaign(vendor.provider));
    ASSERT_TRUE(sent) << to_string(sent.error());
    auto const state = [&] {
      auto const campaign = client->get(*sent->id);
      EXPECT_TRUE(campaign) << to_string(campaign.error());
      return settled(capabilities, *campaign, client.now());
    };
    EXPECT_EQ(state().settled, Certainty::no) << vendor.provider;
    client.advance(std::chrono::days{2});
    EXPECT_EQ(state().settled, Certainty::yes) << vendor.provider << ": " << state().why;
  }
  Campaign ended{.id = "1", .status = {StatusCode::completed, "completed"}};
  auto const at = *parse_time("2026-01-01");
  EXPECT_EQ(settled(polycampaign::yeastar::capabilities(), ended, at).settled, Certainty::yes)
      << "the PBX receives no reports";
  ended.finished_at = Timestamp{at, ZoneBasis::documented};
  EXPECT_EQ(settled(polycampaign::dexatel::capabilities(), ended, at + std::chrono::days{365}).settled,
            Certainty::unknown)
      << "Dexatel documents no validity";
  ended.statistics = {.messages = 5, .delivered = 3, .failed = 2};
  EXPECT_EQ(settled(polycampaign::dexatel::capabilities(), ended, at).settled, Certainty::yes);
}

TEST(OverHttp, ADexatelAudienceIsMadeFilledReadAndDeleted) {
  auto const account =
      make_account({.provider = "dexatel", .switches = {{"page_cap", "3"}}}, {.over_http = true});
  ASSERT_TRUE(account);
  auto& client = *account->client;
  auto const id = make_list(client, numbers(2));
  auto upload = RecipientUpload::to_list(client, id, RecipientUpload::of(numbers(250)));
  EXPECT_EQ(run(upload), 0);
  EXPECT_EQ(upload.progress().added, 248);
  EXPECT_EQ(upload.progress().duplicates, 2);
  EXPECT_EQ(members(*account->simulator, id), numbers(250));
  auto const listed = client.recipient_lists().collect();
  ASSERT_TRUE(listed) << to_string(listed.error());
  EXPECT_EQ(listed->size(), account->simulator->lists().size());
  EXPECT_EQ(client.call(GetRecipientList{id})->size, 250);
  EXPECT_TRUE(client.call(DeleteRecipientList{id}));
  EXPECT_EQ(client.call(GetRecipientList{id}).error().code, ErrorCode::not_found);
}

TEST(OverHttp, YeastarPhonebooksAreRead) {
  auto const account =
      make_account({.provider = "yeastar", .switches = {{"page_cap", "2"}}}, {.over_http = true});
  ASSERT_TRUE(account);
  auto const lists = account->simulator->lists();
  auto const read = account->client->recipient_lists().collect();
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->size(), lists.size());
  auto const one = account->client->call(GetRecipientList{lists.back().id});
  ASSERT_TRUE(one) << to_string(one.error());
  EXPECT_EQ(*one, read->back());
}

}  // namespace
}  // namespace polycampaign::test::audience_lists
