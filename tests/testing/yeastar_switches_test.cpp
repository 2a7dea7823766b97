#include "testing/pbx.hpp"

#include <functional>

namespace polycampaign::test {
namespace {

using polycampaign::testing::SimulatedCampaign;

/// One value of one switch, and what then stands where.
struct VariantCase {
  char const* name;
  char const* value;
  char const* path;
  std::function<void(Json const&, Pbx&)> check;
};

TEST(YeastarSwitches, ChangeWhatTheySay) {
  auto const all = "message_campaign/list?page=1&page_size=10000";
  auto const row = [](Json const& answer, SimulatedCampaign const& c) {
    for (auto const& item : answer.at("list"))
      if (item["id"] == c.number) return item;
    return Json{};
  };
  auto const done = [](auto const& c) { return c.status == StatusCode::completed && c.counters.failed > 0; };
  VariantCase const cases[] = {
      {"list_key", "data", all,
       [](Json const& a, Pbx&) {
         EXPECT_EQ(a.at("data").size(), 40U);
         EXPECT_FALSE(a.contains("list"));
       }},
      {"get_shape", "array", "message_campaign/get?id=10000000000000002",
       [](Json const& a, Pbx&) { EXPECT_EQ(ids_of(a.at("data")), "10000000000000002"); }},
      {"get_shape", "list", "message_campaign/get?id=10000000000000002",
       [](Json const& a, Pbx&) {
         EXPECT_EQ(ids_of(a.at("list")), "10000000000000002");
         EXPECT_FALSE(a.contains("data"));
       }},
      {"query_key", "data", "message_campaign/query?ids=10000000000000002,10000000000000001",
       [](Json const& a, Pbx&) { EXPECT_EQ(ids_of(a.at("data")), "10000000000000002,10000000000000001"); }},
      {"order", "oldest", all,
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("list")[0].at("id"), 10000000000000001); }},
      {"page_cap", "25", all,
       [](Json const& a, Pbx&) {
         EXPECT_EQ(a.at("list").size(), 25U);
         EXPECT_EQ(a.at("total_number"), 40);
       }},
      {"page_size_over", "refuse", "message_campaign/list?page=1&page_size=10001",
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("errcode"), 40002); }},
      {"page_zero", "first", "message_campaign/list?page=0&page_size=5",
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("list")[0].at("id"), 10000000000000040); }},
      {"past_end", "refuse", "message_campaign/list?page=3&page_size=20",
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("errcode"), 40002); }},
      {"past_end", "refuse", "message_campaign/list?page=2&page_size=20",
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("list").size(), 20U); }},
      {"total_number", "text", all, [](Json const& a, Pbx&) { EXPECT_EQ(a.at("total_number"), "40"); }},
      {"id", "text", all,
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("list")[0].at("id"), "10000000000000040"); }},
      {"id", "text", "message_campaign/get?id=10000000000000002",
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("data").at("id"), "10000000000000002"); }},
      {"result_count", "spaced", all,
       [&](Json const& a, Pbx& p) {
         auto const& c = p.first(done);
         EXPECT_EQ(row(a, c)["result_count"], ' ' + std::to_string(c.counters.failed) + " / " +
                                                  std::to_string(c.counters.messages) + ' ');
       }},
      {"result_count", "sent_total", all,
       [&](Json const& a, Pbx& p) {
         auto const n = std::to_string(p.first(done).counters.messages);
         EXPECT_EQ(row(a, p.first(done))["result_count"], n + '/' + n);
       }},
      {"result_count", "number", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_EQ(row(a, p.first(done))["result_count"], p.first(done).counters.failed);
       }},
      {"result_count", "empty", all,
       [&](Json const& a, Pbx& p) { EXPECT_EQ(row(a, p.first(done))["result_count"], ""); }},
      {"result_count", "null", all,
       [&](Json const& a, Pbx& p) { EXPECT_TRUE(row(a, p.first(done))["result_count"].is_null()); }},
      {"response_rate", "number", all,
       [](Json const& a, Pbx&) { EXPECT_TRUE(a.at("list")[0]["response_rate"].is_number_integer()); }},
      {"response_rate", "decimal", all,
       [](Json const& a, Pbx&) { EXPECT_TRUE(a.at("list")[0]["response_rate"].is_number_float()); }},
      {"response_rate", "comma", all,
       [](Json const& a, Pbx&) {
         EXPECT_NE(a.at("list")[0]["response_rate"].get<std::string>().find(','), std::string::npos);
       }},
      {"response_rate", "empty", all,
       [](Json const& a, Pbx&) { EXPECT_EQ(a.at("list")[0]["response_rate"], ""); }},
      {"send_time", "milliseconds", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_EQ(row(a, p.first(done))["send_time"],
                   p.first(done).scheduled->time_since_epoch().count() * 1000);
       }},
      {"send_time", "text", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_EQ(row(a, p.first(done))["send_time"],
                   std::to_string(p.first(done).scheduled->time_since_epoch().count()));
       }},
      {"no_send_time", "empty", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_EQ(row(a, p.first([](auto const& c) { return !c.scheduled; }))["send_time"], "");
       }},
      {"no_send_time", "null", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_TRUE(row(a, p.first([](auto const& c) { return !c.scheduled; }))["send_time"].is_null());
       }},
      {"immediate_send_time", "zero", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_EQ(row(a, p.first([](auto const& c) { return c.scheduled && c.immediate; }))["send_time"], 0);
       }},
      {"empty_fields", "null", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_TRUE(
             row(a, p.first([](auto const& c) { return c.lists.empty(); }))["recipient_name"].is_null());
       }},
      {"status_word", "portal", all,
       [&](Json const& a, Pbx& p) {
         EXPECT_EQ(
             row(a, p.first([](auto const& c) { return c.status == StatusCode::interrupted; }))["status"],
             "Stopped");
       }},
      {"status_word", "unknown", all,
       [&](Json const& a, Pbx& p) { EXPECT_EQ(row(a, p.first(done))["status"], "archived"); }},
      {"detail_status", "present", "message_campaign/get?id=10000000000000002",
       [](Json const& a, Pbx& p) {
         auto const& d = a.at("data");
         EXPECT_EQ(d.at("status"), p.list().at("list")[38].at("status"));
         EXPECT_TRUE(d.contains("result_count"));
       }},
      {"success", "partial", all,
       [](Json const& a, Pbx&) {
         EXPECT_EQ(a.at("errcode"), 1);
         EXPECT_EQ(a.at("list").size(), 40U);
       }},
      {"success", "processing", "message_campaign/get?id=10000000000000002",
       [](Json const& a, Pbx&) {
         EXPECT_EQ(a.at("errcode"), 2);
         EXPECT_TRUE(a.contains("data"));
       }},
  };
  for (auto const& [name, value, path, check] : cases) {
    SCOPED_TRACE(std::string{name} + '=' + value);
    Pbx pbx{40, {{name, value}}};
    check(pbx.get(path), pbx);
  }
}

}  // namespace
}  // namespace polycampaign::test
