#include "polycampaign/testing/http_message.hpp"

#include "testing/pbx_sender.hpp"

/// Phonebooks at the simulated PBX, and what campaigns do with them.
namespace polycampaign::test::yeastar_phonebooks {
namespace {

using namespace std::chrono_literals;

constexpr auto search = "phonebook/search?page=1&page_size=100";

TEST(YeastarPhonebooks, AreFoundInPages) {
  PbxSender pbx;
  auto const lists = pbx.simulator->lists();
  auto const all = pbx.get(search);
  EXPECT_EQ(all.at("errcode"), 0);
  EXPECT_EQ(all.at("total_number"), lists.size());
  ASSERT_EQ(all.at("list").size(), lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i)
    EXPECT_EQ(all.at("list")[i], (Json{{"id", std::stoll(lists[i].id)},
                                       {"name", lists[i].name},
                                       {"member_select", "sel_specific"},
                                       {"total", lists[i].members.size()}}));
  auto const second = pbx.get("phonebook/search?page=2&page_size=2");
  ASSERT_EQ(second.at("list").size(), 2U);
  EXPECT_EQ(second.at("list")[0], all.at("list")[2]);
  EXPECT_TRUE(pbx.get("phonebook/search?page=1000&page_size=100").at("list").empty());
  auto const named =
      pbx.get(std::string{search} + "&search_value=" + testing::percent_encode(lists[1].name)).at("list");
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0], all.at("list")[1]);
  EXPECT_EQ(pbx.get("phonebook/search?page=1"), invalid_parameter("page_size", "required"));
  EXPECT_EQ(pbx.get("phonebook/search?page=0&page_size=5"), invalid_parameter("page", "min"));
  EXPECT_EQ(pbx.get("phonebook/search?page=x&page_size=5"), invalid_parameter("page", "integer"));
  EXPECT_EQ(pbx.get("phonebook/search?page=1&page_size=0"), invalid_parameter("page_size", "min"));
}

TEST(YeastarPhonebooks, ShowTheirContacts) {
  PbxSender pbx;
  auto const list = pbx.simulator->lists().at(1);
  auto const shown = pbx.get("phonebook/get?id=" + list.id).at("data");
  EXPECT_EQ(shown.at("name"), list.name);
  EXPECT_EQ(shown.at("total"), list.members.size());
  ASSERT_EQ(shown.at("contacts_list").size(), list.members.size());
  for (std::size_t i = 0; i < list.members.size(); ++i)
    EXPECT_EQ(shown.at("contacts_list")[i].at("mobile"), list.members[i].number);
  EXPECT_EQ(pbx.get("phonebook/get?id=123").at("errcode"), 70093);
  EXPECT_EQ(pbx.get("phonebook/get?id=x"), invalid_parameter("id", "integer"));
  EXPECT_EQ(pbx.get("phonebook/get"), invalid_parameter("id", "required"));
  EXPECT_EQ(pbx.get("phonebook/list?page=1&page_size=5").at("errcode"), 10001) << "no page documents it";
  EXPECT_EQ(pbx.get("phonebook/get?id=" + list.id, "stale").at("errcode"), 10004);
  EXPECT_EQ(pbx.json(pbx.send("POST", "phonebook/get?id=1")).at("errcode"), 10001);
}

TEST(YeastarPhonebooks, FollowTheSwitches) {
  PbxSender pbx{0, {{"list_key", "data"}, {"total_number", "text"}, {"id", "text"}, {"page_cap", "2"}}};
  auto const lists = pbx.simulator->lists();
  auto const page = pbx.get(search);
  EXPECT_EQ(page.at("total_number"), std::to_string(lists.size()));
  ASSERT_EQ(page.at("data").size(), 2U);
  EXPECT_EQ(page.at("data")[0].at("id"), lists[0].id);
  auto const path = "phonebook/get?id=" + lists[0].id;
  ASSERT_TRUE(pbx.simulator->set_switch("get_shape", "array"));
  EXPECT_EQ(pbx.get(path).at("data").at(0).at("name"), lists[0].name);
  ASSERT_TRUE(pbx.simulator->set_switch("get_shape", "list"));
  EXPECT_EQ(pbx.get(path).at("list").at(0).at("name"), lists[0].name);
  ASSERT_TRUE(pbx.simulator->set_switch("page_size_over", "refuse"));
  EXPECT_EQ(pbx.get(search), invalid_parameter("page_size", "max"));
  ASSERT_TRUE(pbx.simulator->set_switch("past_end", "refuse"));
  EXPECT_EQ(pbx.get("phonebook/search?page=1000&page_size=2"), invalid_parameter("page", "max"));
}

TEST(YeastarPhonebooks, CampaignsCountWhatBecameOfTheirRecipients) {
  PbxSender pbx{0, {{"stage", "60"}}};
  std::vector<std::string> ids;
  for (int i = 0; i < 8; ++i)
    ids.push_back(pbx.create(PbxSender::order(50 + i, "Spring " + std::to_string(i))));
  auto to_phonebook = PbxSender::order(1, "Customers");
  auto const list = pbx.simulator->lists().back();
  to_phonebook.erase("number_list");
  to_phonebook["recipient_type"] = "phonebook";
  to_phonebook["recipient_id"] = std::stoll(list.id);
  to_phonebook["recipient_num_type"] = "mobile_number";
  ids.push_back(pbx.create(to_phonebook));
  std::string retried;
  for (int step = 0; step < 80; ++step, pbx.now += 20s) {
    for (auto const& id : ids) {
      auto const campaign = pbx.campaign(id);
      auto const of = [&](char outcome) { return std::ranges::count(campaign.outcomes, outcome); };
      auto const all = static_cast<std::int64_t>(campaign.addressed.size());
      EXPECT_EQ(pbx.row(id).at("result_count"), std::to_string(of('f')) + '/' + std::to_string(all))
          << id << " after step " << step;
      EXPECT_EQ(of('w') + of('r') + of('f'), all);
      if (retried.empty() && campaign.status == StatusCode::completed && of('f') > 0) {
        EXPECT_EQ(pbx.get("message_campaign/retry?id=" + id).at("errcode"), 0);
        retried = id;
      }
    }
  }
  EXPECT_FALSE(retried.empty()) << "some messages fail";
  for (auto const& id : ids) EXPECT_EQ(pbx.status(id), "completed");
  EXPECT_EQ(pbx.campaign(ids.back()).addressed, list.members);
}

}  // namespace
}  // namespace polycampaign::test::yeastar_phonebooks
