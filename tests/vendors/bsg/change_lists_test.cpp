#include "polycampaign/recipient_upload.hpp"

#include "vendors/bsg/desk.hpp"

#include <vector>

/// Recipient lists and the stop list at BSG: the client against the simulator.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using testing::SimulatedFault;

/// 250 numbers: some twice, some that BSG does not accept, and some that the account has.
std::vector<std::string> many_numbers(testing::Simulator const& simulator) {
  std::vector<std::string> numbers;
  for (int i = 0; i < 200; ++i) numbers.push_back("+380501230" + std::to_string(100 + i));
  for (int i = 0; i < 20; ++i) numbers.push_back("+380501230" + std::to_string(100 + i * 7));
  for (int i = 0; i < 15; ++i) numbers.push_back("+38050" + std::to_string(10 + i));
  for (int i = 0; i < 15; ++i)
    numbers.push_back(simulator.lists().at(3).members.at(static_cast<std::size_t>(i)).number);
  return numbers;
}

TEST(BsgChangeLists, UploadsNumbersToANewList) {
  for (Switches const& switches : {Switches{}, {{"contact_groups", "ids"}, {"contact_phone", "text"}}}) {
    BsgDesk desk{switches};
    auto const numbers = many_numbers(desk.simulator());
    ASSERT_EQ(numbers.size(), 250U);
    auto upload = RecipientUpload::to_new_list(desk.client(), "Summer", RecipientUpload::of(numbers));
    for (;;) {
      auto const more = upload.step();
      ASSERT_TRUE(more) << to_string(more.error());
      if (!*more) break;
    }
    auto const progress = upload.progress();
    EXPECT_EQ(progress.numbers, 250);
    EXPECT_EQ(progress.steps, 3);
    EXPECT_EQ(progress.invalid, 15);
    EXPECT_EQ(progress.added, 215);
    EXPECT_EQ(progress.duplicates, 20) << "of another step each";
    auto const members = desk.members(upload.list());
    EXPECT_EQ(members.size(), 215U);
    EXPECT_EQ(std::set(members.begin(), members.end()).size(), 215U);
    EXPECT_EQ(desk.said().find("3805"), std::string::npos);

    auto const list = desk->call(GetRecipientList{upload.list()});
    ASSERT_TRUE(list) << to_string(list.error());
    EXPECT_EQ(list->size, 215);
    EXPECT_EQ(list->name, "Summer");

    auto again = RecipientUpload::to_list(desk.client(), upload.list(), RecipientUpload::of(numbers));
    while (again.step().value_or(false)) {
    }
    EXPECT_EQ(again.progress().added, 0);
    EXPECT_EQ(desk.members(upload.list()), members);
  }
}

TEST(BsgChangeLists, RepeatsAStepWhoseAnswerWasLost) {
  for (auto const fault : {SimulatedFault::lost, SimulatedFault::replaced, SimulatedFault::cut}) {
    for (auto const* const part :
         {"POST /api/contacts", "POST /api/groups/attach", "GET /api/contacts/search"}) {
      BsgDesk desk{{{"duplicate_window", "60"}}};
      auto const numbers = many_numbers(desk.simulator());
      auto const made = desk->call(CreateRecipientList{"Summer", {}});
      ASSERT_TRUE(made) << to_string(made.error());
      auto upload = RecipientUpload::to_list(desk.client(), *made->list.id, RecipientUpload::of(numbers));
      desk.simulator().fail_next(part, fault);
      int failed = 0;
      for (int steps = 0; steps < 20; ++steps) {
        auto const more = upload.step();
        desk.advance(2min);  // equal requests within a moment get HTTP 429, which slows the client down
        if (more && !*more) break;
        if (more) continue;
        ++failed;
        EXPECT_EQ(more.error().effect, Effect::unknown) << part;
        EXPECT_EQ(more.error().message.find("3805"), std::string::npos) << more.error().message;
      }
      // A lost read is made again, but one whose answer cannot be read is an error.
      bool const repaired = std::string_view{part}.starts_with("GET") && fault != SimulatedFault::cut;
      EXPECT_EQ(failed, repaired ? 0 : 1) << part;
      auto const members = desk.members(*made->list.id);
      EXPECT_EQ(members.size(), 215U) << part;
      EXPECT_EQ(std::set(members.begin(), members.end()).size(), 215U) << part;
      EXPECT_EQ(upload.progress().numbers, 250);
    }
  }
}

TEST(BsgChangeLists, EffectsAgreeWithWhatHappened) {
  using enum SimulatedFault;
  for (auto const fault : {refused, unavailable, lost, cut, replaced, timed_out})
    for (auto const* const part :
         {"POST /api/groups", "POST /api/contacts", "GET /api/contacts/search", "POST /api/groups/attach"})
      for (bool const creates : {true, false}) {
        BsgDesk desk;
        auto const known = desk.simulator().lists().at(1).members.at(0).number;
        std::vector<std::string> const numbers{"+380501234567", known};
        std::string list;
        if (!creates) list = desk->call(CreateRecipientList{"Summer", {}}).value().list.id.value_or("");
        auto const before = desk.simulator().account().lists();
        desk.simulator().fail_next(part, fault);
        auto const made = creates ? desk->call(CreateRecipientList{"Summer", numbers})
                                  : desk->call(AddRecipients{list, numbers});
        auto const after = desk.simulator().account().lists();
        if (made) {
          EXPECT_EQ(desk.members(*made->list.id).size(), 2U) << part;
          EXPECT_EQ(made->added, 2) << part;
        } else if (made.error().effect == Effect::none) {
          EXPECT_EQ(before, after) << part << ' ' << to_string(made.error());
        } else {
          EXPECT_EQ(made.error().effect, Effect::unknown);
          auto const words = to_string(made.error());
          EXPECT_EQ(words.find("1234567"), std::string::npos) << words;
        }
        EXPECT_EQ(desk.said().find("1234567"), std::string::npos);
        EXPECT_EQ(desk.said().find(known.substr(4)), std::string::npos);
      }
}

TEST(BsgChangeLists, DeletesAListAlthoughTheAnswerIsLost) {
  for (auto const fault : {SimulatedFault::lost, SimulatedFault::replaced, SimulatedFault::timed_out}) {
    BsgDesk desk;
    auto const made = desk->call(CreateRecipientList{"Summer", {"+380501234567"}});
    ASSERT_TRUE(made) << to_string(made.error());
    desk.simulator().fail_next("DELETE /api/groups", fault);
    auto const removed = desk->call(DeleteRecipientList{*made->list.id});
    EXPECT_TRUE(removed) << to_string(removed.error());
    EXPECT_EQ(desk->call(GetRecipientList{*made->list.id}).error().code, ErrorCode::not_found);
    EXPECT_EQ(desk->call(DeleteRecipientList{*made->list.id}).error().code, ErrorCode::not_found);
  }
}

TEST(BsgChangeLists, SaysThatALostListMayExist) {
  BsgDesk desk;
  desk.simulator().fail_next("POST /api/groups", SimulatedFault::lost);
  auto const made = desk->call(CreateRecipientList{"Summer", {"+380501234567"}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().effect, Effect::unknown);
  EXPECT_EQ(desk.simulator().lists().back().name, "Summer");
  auto const again = desk->call(CreateRecipientList{"Summer", {}});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().effect, Effect::none);
}

TEST(BsgChangeLists, RefusesNamesBeforeAnyRequest) {
  BsgDesk desk;
  auto const before = desk.simulator().requests().size();
  for (auto const& name : {std::string{"ab"}, std::string(51, 'a')})
    EXPECT_EQ(desk->call(CreateRecipientList{name, {}}).error().code, ErrorCode::invalid_argument);
  std::vector<std::string> numbers;
  for (int i = 0; i < 101; ++i) numbers.push_back("+380501230" + std::to_string(100 + i));
  EXPECT_EQ(desk->call(AddRecipients{"12", numbers}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(desk.simulator().requests().size(), before);
  EXPECT_EQ(desk->call(AddRecipients{"12", {"+380501234567"}}).error().code, ErrorCode::not_found);
}

TEST(BsgChangeLists, ListsGroupsAndTheStopList) {
  for (Switches const& switches :
       {Switches{},
        {{"group_items", "text"}, {"lookup_total", "meta"}, {"page_cap", "3"}},
        {{"stop_list_types", "ignored"}, {"contact_phone", "text"}, {"page_cap", "7"}}}) {
    BsgDesk desk{switches};
    std::size_t lists = 0;
    for (auto const& list : desk->recipient_lists()) {
      ASSERT_TRUE(list) << to_string(list.error());
      EXPECT_EQ(list->size, static_cast<std::int64_t>(desk.members(*list->id).size()));
      ++lists;
    }
    EXPECT_EQ(lists, desk.simulator().lists().size());
    std::set<std::string> stopped;
    for (auto const& entry : desk->stop_list()) {
      ASSERT_TRUE(entry) << to_string(entry.error());
      stopped.insert(*entry->number);
    }
    EXPECT_EQ(stopped.size(), 35U);

    NewCampaign const campaign{.sender = "ACME",
                               .text = "Hello",
                               .recipients = {{.number = *stopped.begin()}, {.number = "+41780000001"}}};
    ASSERT_TRUE(desk->create(campaign));
    desk.advance(2h);
    auto const reached = desk.simulator().reached();
    ASSERT_EQ(reached.size(), 1U);
    EXPECT_EQ(reached[0].number, "+41780000001");
  }
}

TEST(BsgChangeLists, HasNoRepliesAndOptOutsOfACampaign) {
  BsgDesk desk;
  auto const before = desk.simulator().requests().size();
  for (auto const& reply : desk->list(ListReplies{"5"}))
    EXPECT_EQ(reply.error().code, ErrorCode::unsupported);
  for (auto const& opt_out : desk->list(ListOptOuts{"5"}))
    EXPECT_EQ(opt_out.error().code, ErrorCode::unsupported);
  EXPECT_EQ(desk.simulator().requests().size(), before);
}

}  // namespace
}  // namespace polycampaign::test
