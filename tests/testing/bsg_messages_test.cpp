#include "testing/bsg_sender.hpp"

#include <set>

/// The messages of the simulator of BSG.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

struct BsgMessenger : BsgSender {
  using BsgSender::BsgSender;

  Json page(std::vector<std::pair<std::string, std::string>> parameters, int expected = 200) {
    std::string path = "/api/messages";
    for (auto const& [name, value] : parameters)
      path += (path.find('?') == std::string::npos ? '?' : '&') + testing::percent_encode(name) + '=' +
              testing::percent_encode(value);
    return get(path, expected);
  }
  /// Returns every message of a campaign.
  std::vector<Json> messages(testing::SimulatedCampaign const& campaign) {
    std::vector<Json> all;
    for (;;) {
      auto const some = page({{"filter[campaign_id]", campaign.id},
                              {"filter[from]", utc(campaign.created - 24h)},
                              {"filter[to]", utc(std::min(now, campaign.created + 24h * 88))},
                              {"page[offset]", std::to_string(all.size())},
                              {"page[limit]", "500"}});
      for (auto const& message : some.at("data")) all.push_back(message);
      if (some.at("data").empty()) break;
    }
    return all;
  }
  /// Compares the messages of a campaign with its detail and its short form.
  void compare(std::string const& id) {
    auto const truth_now = campaign(id);
    auto const all = messages(truth_now);
    std::map<std::string, std::int64_t> counted;
    for (auto const& message : all) {
      auto word = message.at("status").get<std::string>();
      if (word == "not_service_user") word = "not_rcs_user";
      ++counted[word];
    }
    auto const detail = get("/api/campaigns/" + id + "/detail").at("data");
    EXPECT_EQ(detail.at("total_messages"), all.size()) << id;
    auto statistics = detail.at("statistics");
    if (statistics.is_array()) statistics = statistics.at(0);
    for (auto const& [name, count] : statistics.items()) EXPECT_EQ(count, counted[name]) << id << ' ' << name;
    auto const brief = get("/api/campaigns/" + id).at("data").at("statistics");
    EXPECT_EQ(brief.at("delivered"), counted["delivered"] + counted["read"]) << id;
    EXPECT_EQ(brief.at("sent"), static_cast<std::int64_t>(all.size()) - counted["scheduled"] -
                                    counted["moderation"] - counted["sending"] - counted["failed"])
        << id;
  }
};

TEST(BsgMessageList, HasThePublishedFields) {
  BsgMessenger account;
  auto const id = account.create(1, {{"phones", {{{"number", 380501234567}, {"reference_id", "a1"}}}}});
  account.now += 1h;
  auto const all = account.messages(account.campaign(id));
  ASSERT_EQ(all.size(), 1U);
  auto const& message = all[0];
  EXPECT_EQ(
      keys_in(message),
      (std::vector<std::string>{"id", "campaign_id", "reference_id", "type", "source", "text", "phone",
                                "validity", "status", "amount", "sender", "created_at", "sent_at",
                                "delivered_at", "country", "parts", "rcs_options", "alternative_channels"}));
  EXPECT_EQ(message.at("campaign_id").dump(), id);
  EXPECT_EQ(message.at("reference_id"), "a1");
  EXPECT_EQ(message.at("phone"), 380501234567);
  EXPECT_EQ(message.at("status"), "delivered");
  EXPECT_EQ(message.at("text"), "Hello");
  EXPECT_EQ(message.at("amount"), (Json{{"value", "0.0527088"}, {"currency", "USD"}}));
  EXPECT_EQ(account.page({{"filter[reference_id]", "a1"}}).at("data").at(0), message);
  EXPECT_EQ(account.page({{"filter[id]", message.at("id").dump()}}).at("data").at(0), message);
  EXPECT_TRUE(account.page({{"filter[id]", "5"}}).at("data").empty());
  EXPECT_TRUE(account.page({{"filter[campaign_id]", "5"}}).at("data").empty());
}

TEST(BsgMessageList, AddsUpToTheCampaignAtEveryMoment) {
  for (auto const* const reports : {"at_once", "later"}) {
    BsgMessenger account{{{"reports", reports}, {"funds", "enough"}}};
    auto const id = account.create(130);
    auto const planned = account.create(60, {{"start_at", utc(account.now + 20min)}});
    std::set<std::string> states;
    for (int minute = 0; minute < 60; ++minute, account.now += 1min)
      for (auto const& each : {id, planned}) {
        account.compare(each);
        for (auto const& message : account.messages(account.campaign(each)))
          states.insert(message.at("status").get<std::string>());
      }
    auto const later = std::string_view{reports} == "later";
    EXPECT_EQ(states.contains("accepted") && states.contains("sent"), later);
    for (auto const* const state : {"scheduled", "sending", "delivered", "failed", "expired"})
      EXPECT_TRUE(states.contains(state)) << state;
  }
}

TEST(BsgMessageList, ExistsForEveryGeneratedCampaign) {
  for (auto const* const profile : {"spec", "web", "support"}) {
    BsgMessenger account{{{"profile", profile}}, 40};
    for (auto const& campaign : account.truth) account.compare(campaign.id);
  }
}

TEST(BsgMessageList, RejectedReferencesFail) {
  BsgMessenger account;
  auto body = BsgSender::body_to(2);
  for (auto& phone : body["phones"]) phone["reference_id"] = "same";
  auto const id = account.post("sms/send", body).at("data").at("id").dump();
  account.compare(id);
  EXPECT_EQ(account.messages(account.campaign(id)).at(1).at("status"), "failed");
}

TEST(BsgMessageList, HasAPeriodAndAnOrder) {
  BsgMessenger account;
  auto const& campaign = account.first([](auto const& c) { return c.counters.messages > 60; });
  std::pair<std::string, std::string> const of{"filter[campaign_id]", campaign.id};
  account.page({of, {"filter[from]", "2024-01-01 00:00:00"}}, 422);
  account.page({of, {"filter[from]", "yesterday"}}, 422);
  account.page({of, {"filter[to]", "2025-01-01 00:00:00"}}, 422);
  account.page({of, {"way", "up"}}, 422);
  account.page({of, {"sort", "phone"}}, 422);
  account.page({{"filter[campaign_id]", "x"}}, 422);
  EXPECT_TRUE(account.page({of, {"filter[to]", utc(campaign.created - 1s)}}).at("data").empty());

  auto const rising = ids_of(account.page({of, {"page[limit]", "40"}}).at("data"));
  EXPECT_EQ(rising.size(), 40U);
  EXPECT_TRUE(std::ranges::is_sorted(rising));
  auto const falling = ids_of(account.page({of, {"way", "desc"}, {"page[limit]", "40"}}).at("data"));
  EXPECT_TRUE(std::ranges::is_sorted(falling, std::greater{}));
  EXPECT_EQ(falling.front() - rising.front() + 1, campaign.counters.messages);
  EXPECT_EQ(account.page({of}).at("meta").at("page").at("total"), campaign.counters.messages);

  auto const everything = ids_of(account.page({{"page[limit]", "500"}}).at("data"));
  EXPECT_TRUE(std::ranges::is_sorted(everything)) << "across campaigns, too";
  EXPECT_EQ(std::set(everything.begin(), everything.end()).size(), everything.size());
}

TEST(BsgMessageList, HasEveryDocumentedForm) {
  BsgMessenger account{{{"message_phone", "text"},
                        {"sent_key", "send_at"},
                        {"report_key", "time_dr"},
                        {"total_at", "top"},
                        {"message_word", "upper"},
                        {"messages", "5000"}}};
  auto const& campaign = account.first([](auto const& c) { return c.status == StatusCode::completed; });
  auto const page = account.page({{"filter[campaign_id]", campaign.id}});
  EXPECT_EQ(page.at("total"), std::max<std::int64_t>(5000, campaign.counters.messages));
  auto const& message = page.at("data").at(0);
  EXPECT_TRUE(message.at("phone").is_string());
  EXPECT_TRUE(message.contains("send_at") && message.contains("time_dr"));
  EXPECT_EQ(message.at("status"), "DELIVERED");
  ASSERT_TRUE(account.simulator->set_switch("message_word", "unknown"));
  EXPECT_EQ(account.page({{"filter[campaign_id]", campaign.id}}).at("data").at(0).at("status"), "teleported");
  ASSERT_TRUE(account.simulator->set_switch("message_word", "documented"));
  account.compare(campaign.id);
}

TEST(BsgMessageList, MovesWhileItIsRead) {
  BsgMessenger account{{{"messages_deleted", "3"}, {"messages_added", "1"}}};
  auto const& campaign = account.first([](auto const& c) { return c.counters.messages > 60; });
  auto const total = [&] {
    return account.page({{"filter[campaign_id]", campaign.id}}).at("meta").at("page").at("total");
  };
  auto const before = campaign.counters.messages;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(total(), before);
  EXPECT_EQ(total(), before - 2) << "three fewer, and one more";
}

}  // namespace
}  // namespace polycampaign::test
