#include "polycampaign/testing/http_message.hpp"

#include "testing/smsup_account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace polycampaign::test {
namespace {

struct SwitchCase {
  char const* name;
  char const* value;
  void (*check)(SmsupAccount const&);
};

Json first_with_lists(SmsupAccount const& service, std::size_t count) {
  auto const found =
      std::ranges::find_if(service.truth, [&](auto const& c) { return c.lists.size() == count; });
  return service.json("/campaign/" + found->id).at("campaign").at(0);
}

std::string label_of(SmsupAccount const& service, std::string const& id) {
  return service.json("/campaign/" + id).at("campaign").at(0).at("status").get<std::string>();
}

std::string const always =
    "?date_start=2000-01-01%2000%3A00%3A00&date_end=2030-01-01%2000%3A00%3A00&length=1000";
std::string const never = "?date_start=2001-01-01%2000%3A00%3A00&date_end=2001-01-02%2000%3A00%3A00";

Json messages_in(SmsupAccount const& service) {
  return service.json("/messages" + always).at("messages");
}

Json replies_in(SmsupAccount const& service) {
  return service.json("/messages/mo" + always).at("replies");
}

/// The statuses of the messages of a large campaign, as JSON.
std::set<std::string> statuses_in(SmsupAccount const& service) {
  auto const found = std::ranges::find_if(service.truth, [](auto const& c) {
    return c.counters.failed - c.counters.unassigned > 3 && c.counters.expired > 0 &&
           c.counters.messages < 3000;
  });
  auto const day = date_of(*found);
  std::set<std::string> words;
  for (int start = 0;; start += 1000) {
    auto const page = service.json("/messages?start=" + std::to_string(start) +
                                   "&length=1000&date_start=" + testing::percent_encode(day) +
                                   "&date_end=" + testing::percent_encode(day));
    for (auto const& message : page.at("messages")) words.insert(message.at("status").dump());
    if (page.at("messages").size() < 1000) return words;
  }
}

std::int64_t vanished_in(SmsupAccount const& service) {
  auto const total = [&] {
    return service.json("/messages" + always).at("totalRecords").get<std::int64_t>();
  };
  auto const before = total();
  for (int i = 0; i < 10; ++i) static_cast<void>(total());
  return before - total();
}

std::int64_t all_replies(SmsupAccount const& service) {
  std::int64_t all = 0;
  for (auto const& campaign : service.truth) all += campaign.counters.replies;
  return all;
}

Json added_to_third_list(SmsupAccount const& service) {
  auto const list = service.simulator->lists().at(2);
  Json const body{{"list",
                   {{"listId", list.id},
                    {"contacts",
                     {{"gsm",
                       {{{"value", list.members[0].number.substr(1)}},
                        {{"value", "33612345678"}},
                        {{"value", "12"}}}}}}}}};
  auto document = Json::parse(service.post("/list", body.dump()).body);
  EXPECT_EQ(document.at("status"), 1);
  EXPECT_EQ(document.at("duplicates"), 1);
  EXPECT_EQ(document.at("invalid"), 1);
  return document;
}

SwitchCase const switch_cases[] = {
    {"generation", "g2",
     [](SmsupAccount const& s) { EXPECT_TRUE(s.records()[0].contains("creation_date")); }},
    {"generation", "g1",
     [](SmsupAccount const& s) {
       auto const list = s.json("/campaigns");
       for (auto const& c : list.at("campaigns")) {
         EXPECT_EQ(keys_of(c), (std::vector<std::string>{"id", "sender", "text", "date", "cost", "status",
                                                         "delivery_rate"}));
         EXPECT_TRUE(c.at("status").is_number_integer());
       }
       EXPECT_EQ(keys_of(s.json("/campaign/" + s.with(StatusCode::completed).id)["campaign"][0]),
                 (std::vector<std::string>{"id", "sender", "text", "date", "cost", "lists", "delivered",
                                           "error", "expired", "network_error", "stop", "npai"}));
       auto const sent = std::ranges::find_if(list.at("campaigns"), [&](auto const& c) {
         return c.at("id") == s.with(StatusCode::completed).id;
       });
       EXPECT_EQ(sent->at("status"), 1);
     }},
    {"ids", "string", [](SmsupAccount const& s) { EXPECT_TRUE(s.records()[0]["id"].is_string()); }},
    {"ids", "int",
     [](SmsupAccount const& s) {
       bool list_number = false;
       bool list_text = false;
       for (auto const& c : s.records()) {
         EXPECT_TRUE(c.at("id").is_number_integer());
         for (auto const& list : c.at("lists"))
           (list.at("id").is_number_integer() ? list_number : list_text) = true;
         EXPECT_TRUE(c.at("total").is_string());
       }
       EXPECT_TRUE(list_number && list_text) << "24 hex digits stay text";
     }},
    {"counters", "string", [](SmsupAccount const& s) { EXPECT_TRUE(s.records()[0]["total"].is_string()); }},
    {"counters", "int",
     [](SmsupAccount const& s) {
       for (auto const& c : s.records()) {
         for (auto const* key : {"cost", "delivery_rate", "delivered", "error", "expired", "network_error",
                                 "stop", "npai", "total"})
           EXPECT_TRUE(c.at(key).is_number_integer()) << key;
         EXPECT_TRUE(c.at("id").is_string());
       }
     }},
    {"status", "present", [](SmsupAccount const& s) { EXPECT_TRUE(s.records()[0].contains("status")); }},
    {"status", "missing",
     [](SmsupAccount const& s) {
       for (auto const& c : s.records()) EXPECT_FALSE(c.contains("status"));
       EXPECT_EQ(s.json("/campaigns").at("status"), 1);
     }},
    {"sent", "missing", [](SmsupAccount const& s) { EXPECT_FALSE(s.records()[0].contains("sent")); }},
    {"sent", "present",
     [](SmsupAccount const& s) {
       auto const list = s.records();
       for (std::size_t i = 0; i < list.size(); ++i)
         EXPECT_EQ(list.at(i).at("sent"),
                   std::to_string(s.truth[i].counters.messages - s.truth[i].counters.pending));
     }},
    {"totals", "present",
     [](SmsupAccount const& s) { EXPECT_EQ(s.json("/campaigns").at("totalRecords"), 40); }},
    {"totals", "missing",
     [](SmsupAccount const& s) {
       EXPECT_EQ(keys_of(s.json("/campaigns")), (std::vector<std::string>{"status", "message", "campaigns"}));
     }},
    {"lists", "array",
     [](SmsupAccount const& s) {
       EXPECT_EQ(first_with_lists(s, 0).at("lists"), Json::array());
       EXPECT_TRUE(first_with_lists(s, 1).at("lists").at(0).is_object());
     }},
    {"lists", "empty_string",
     [](SmsupAccount const& s) {
       EXPECT_EQ(first_with_lists(s, 0).at("lists"), "");
       EXPECT_TRUE(first_with_lists(s, 1).at("lists").is_array());
     }},
    {"lists", "absent",
     [](SmsupAccount const& s) {
       for (auto const& c : s.records()) EXPECT_FALSE(c.contains("lists"));
       EXPECT_FALSE(s.xml("/campaigns").child("response").child("campaign").child("lists"));
     }},
    {"lists", "scalars",
     [](SmsupAccount const& s) {
       EXPECT_TRUE(first_with_lists(s, 2).at("lists").at(1).is_string());
       EXPECT_EQ(first_with_lists(s, 0).at("lists"), Json::array());
     }},
    {"lists", "object",
     [](SmsupAccount const& s) {
       EXPECT_TRUE(first_with_lists(s, 1).at("lists").at("id").is_string());
       EXPECT_EQ(first_with_lists(s, 2).at("lists").size(), 2U);
       EXPECT_TRUE(first_with_lists(s, 2).at("lists").is_array());
     }},
    {"detail", "array",
     [](SmsupAccount const& s) { EXPECT_TRUE(s.json("/campaign/" + s.truth[0].id)["campaign"].is_array()); }},
    {"detail", "object",
     [](SmsupAccount const& s) {
       EXPECT_EQ(s.json("/campaign/" + s.truth[0].id).at("campaign").at("id"), s.truth[0].id);
     }},
    {"nulls", "off",
     [](SmsupAccount const& s) { EXPECT_EQ(s.ask("/campaigns").body.find(":null"), std::string::npos); }},
    {"nulls", "on",
     [](SmsupAccount const& s) {
       auto const& waiting = s.with(StatusCode::scheduled);
       auto const record = s.json("/campaign/" + waiting.id).at("campaign").at(0);
       for (auto const* key :
            {"delivery_rate", "delivered", "error", "expired", "network_error", "stop", "npai"})
         EXPECT_TRUE(record.at(key).is_null()) << key;
       EXPECT_EQ(record.at("total"), std::to_string(waiting.counters.recipients));
       auto const xml = s.xml("/campaign/" + waiting.id);
       EXPECT_STREQ(xml.child("response").child("campaign").child("delivered").text().get(), "null");
       auto const sent = s.json("/campaign/" + s.with(StatusCode::completed).id).at("campaign").at(0);
       EXPECT_TRUE(sent.at("delivered").is_string());
     }},
    {"escapes", "utf8",
     [](SmsupAccount const& s) {
       auto const body = s.ask("/campaigns").body;
       EXPECT_NE(body.find("🌷"), std::string::npos);
       EXPECT_EQ(body.find("\\u"), std::string::npos);
       EXPECT_EQ(body.find("\\/"), std::string::npos);
     }},
    {"escapes", "unicode",
     [](SmsupAccount const& s) {
       auto const body = s.ask("/campaigns").body;
       EXPECT_TRUE(std::ranges::all_of(body, [](char c) { return static_cast<unsigned char>(c) < 128; }));
       EXPECT_NE(body.find("\\ud83c\\udf37"), std::string::npos) << "the tulip, as two surrogates";
       EXPECT_NE(body.find("\\/"), std::string::npos);
       auto const list = s.records();
       for (std::size_t i = 0; i < list.size(); ++i) EXPECT_EQ(list.at(i).at("text"), s.truth[i].text);
     }},
    {"xml_element", "campaign",
     [](SmsupAccount const& s) { EXPECT_TRUE(s.xml("/campaigns").child("response").child("campaign")); }},
    {"xml_element", "campaigns",
     [](SmsupAccount const& s) {
       auto const xml = s.xml("/campaigns");
       EXPECT_FALSE(xml.child("response").child("campaign"));
       auto const all = xml.child("response").children("campaigns");
       EXPECT_EQ(std::distance(all.begin(), all.end()), 40);
     }},
    {"xml_dates", "plain",
     [](SmsupAccount const& s) {
       EXPECT_EQ(s.ask("/campaigns", "*/*").body.find("date>\""), std::string::npos);
     }},
    {"xml_dates", "quoted",
     [](SmsupAccount const& s) {
       auto const xml = s.xml("/campaigns");
       for (auto const& c : xml.child("response").children("campaign"))
         for (auto const* name : {"date", "creation_date"}) {
           std::string const text = c.child(name).text().get();
           EXPECT_EQ(text.size(), 21U);
           EXPECT_TRUE(text.starts_with('"') && text.ends_with('"')) << text;
         }
       EXPECT_EQ(s.records()[0].at("date"), date_of(s.truth[0]));
     }},
    {"order", "descending",
     [](SmsupAccount const& s) { EXPECT_EQ(ids_in(s.json("/campaigns")).front(), s.truth.front().id); }},
    {"order", "ascending",
     [](SmsupAccount const& s) {
       EXPECT_EQ(ids_in(s.json("/campaigns")).front(), s.truth.back().id);
       EXPECT_EQ(ids_in(s.json("/campaigns?sort=-id")).front(), s.truth.front().id) << "asked for explicitly";
     }},
    {"page_cap", "1000",
     [](SmsupAccount const& s) { EXPECT_EQ(ids_in(s.json("/campaigns?length=2000")).size(), 40U); }},
    {"page_cap", "100",
     [](SmsupAccount const& s) {
       for (int i = 0; i < 80; ++i) s.simulator->add_campaign();
       EXPECT_EQ(s.records("?length=1000").size(), 100U);
     }},
    {"page_cap", "7",
     [](SmsupAccount const& s) {
       auto const page = s.json("/campaigns?length=100&start=7");
       EXPECT_EQ(ids_in(page).size(), 7U);
       EXPECT_EQ(ids_in(page).front(), s.truth[7].id);
       EXPECT_EQ(page.at("totalDisplayRecords"), 40);
     }},
    {"trailing", "off", [](SmsupAccount const& s) { EXPECT_EQ(s.ask("/campaigns").body.back(), '}'); }},
    {"trailing", "on",
     [](SmsupAccount const& s) {
       EXPECT_TRUE(Json::parse(s.ask("/campaigns").body, nullptr, false).is_discarded());
       EXPECT_TRUE(s.ask("/campaigns", "application/xml").body.starts_with("<?xml"));
     }},
    {"moderation", "off",
     [](SmsupAccount const& s) {
       auto const answer = s.send({"41781234567"});
       EXPECT_EQ(answer.at("status"), 1);
       EXPECT_EQ(label_of(s, answer.at("ticket")), "In progress");
     }},
    {"moderation", "on",
     [](SmsupAccount const& s) {
       auto const answer = s.send({"41781234567"});
       EXPECT_EQ(answer.at("status"), -8);
       EXPECT_EQ(answer.at("cost"), 1) << "taken all the same";
       EXPECT_EQ(label_of(s, answer.at("ticket")), "In moderation");
       EXPECT_EQ(s.send({"41781234567"}, Json::object(), "/send/simulate").at("status"), 1)
           << "nothing to moderate";
     }},
    {"ticket", "present",
     [](SmsupAccount const& s) {
       auto const ticket = s.send({"41781234567"}).at("ticket");
       EXPECT_EQ(ticket, s.simulator->campaigns().front().id);
       ASSERT_TRUE(s.simulator->set_switch("ids", "int"));
       auto const number = s.send({"41781234567"}).at("ticket");
       EXPECT_EQ(number, s.simulator->campaigns().front().number);
       ASSERT_TRUE(s.simulator->set_switch("ids", "string"));
     }},
    {"ticket", "missing",
     [](SmsupAccount const& s) {
       auto const answer = s.send({"41781234567"});
       EXPECT_FALSE(answer.contains("ticket"));
       EXPECT_EQ(answer.at("status"), 1);
       EXPECT_EQ(s.simulator->campaigns().size(), 41U) << "created all the same";
     }},
    {"simulate_ticket", "missing",
     [](SmsupAccount const& s) {
       EXPECT_FALSE(s.send({"41781234567"}, Json::object(), "/send/simulate").contains("ticket"));
     }},
    {"simulate_ticket", "present",
     [](SmsupAccount const& s) {
       auto const answer = s.send({"41781234567"}, Json::object(), "/send/simulate");
       EXPECT_TRUE(answer.at("ticket").is_string());
       EXPECT_EQ(s.simulator->campaigns().size(), 40U) << "nothing is created";
       EXPECT_EQ(s.json("/campaign/" + answer.at("ticket").get<std::string>()).at("status"), -5);
     }},
    {"canceled", "gone",
     [](SmsupAccount const& s) {
       auto const id = s.with(StatusCode::scheduled).id;
       EXPECT_EQ(s.cancel(id).at("status"), 1);
       EXPECT_EQ(s.json("/campaign/" + id).at("status"), -5);
       EXPECT_EQ(s.cancel(id).at("status"), -5);
     }},
    {"canceled", "listed",
     [](SmsupAccount const& s) {
       auto const id = s.with(StatusCode::scheduled).id;
       EXPECT_EQ(s.cancel(id).at("status"), 1);
       EXPECT_EQ(label_of(s, id), "Cancelled");
       EXPECT_EQ(s.cancel(id).at("status"), -7);
     }},
    {"cancel_moderated", "yes",
     [](SmsupAccount const& s) { EXPECT_EQ(s.cancel(s.with(StatusCode::moderation).id).at("status"), 1); }},
    {"cancel_moderated", "no",
     [](SmsupAccount const& s) {
       auto const id = s.with(StatusCode::moderation).id;
       EXPECT_EQ(s.cancel(id).at("status"), -7);
       EXPECT_EQ(label_of(s, id), "In moderation");
     }},
    {"stop_list", "off",
     [](SmsupAccount const& s) {
       EXPECT_EQ(s.send({"41781234500", "41781234501", "41781234502"}).at("sent"), 3);
     }},
    {"stop_list", "on",
     [](SmsupAccount const& s) {
       auto const answer = s.send({"41781234500", "41781234501", "41781234502"});
       EXPECT_EQ(answer.at("sent"), 1);
       EXPECT_EQ(answer.at("blacklisted"), 1);
       EXPECT_EQ(answer.at("npai"), 1);
       EXPECT_EQ(answer.at("cost"), 1);
     }},
    {"message_ids", "documented",
     [](SmsupAccount const& s) {
       auto const message = messages_in(s).at(0);
       EXPECT_TRUE(message.at("message_id").is_number_integer());
       EXPECT_TRUE(message.at("campaign_id").is_number_integer());
       EXPECT_TRUE(replies_in(s).at(0).at("message_id").is_string());
     }},
    {"message_ids", "number",
     [](SmsupAccount const& s) { EXPECT_TRUE(replies_in(s).at(0).at("campaign_id").is_number_integer()); }},
    {"message_ids", "text",
     [](SmsupAccount const& s) { EXPECT_TRUE(messages_in(s).at(0).at("campaign_id").is_string()); }},
    {"destinations", "documented",
     [](SmsupAccount const& s) {
       EXPECT_TRUE(messages_in(s).at(0).at("destination").is_string());
       EXPECT_TRUE(replies_in(s).at(0).at("destination").is_number_integer());
     }},
    {"destinations", "number",
     [](SmsupAccount const& s) {
       EXPECT_TRUE(messages_in(s).at(0).at("destination").is_number_integer());
       EXPECT_TRUE(s.json("/blacklist").at("list").at(0).at("destination").is_number_integer());
     }},
    {"destinations", "text",
     [](SmsupAccount const& s) { EXPECT_TRUE(replies_in(s).at(0).at("destination").is_string()); }},
    {"message_status", "words",
     [](SmsupAccount const& s) {
       auto const words = statuses_in(s);
       EXPECT_TRUE(words.contains(R"("DELIVERED")"));
       EXPECT_TRUE(words.contains(R"("EXPIRED")"));
       EXPECT_TRUE(words.contains(R"("NOT_DELIVERED")"));
     }},
    {"message_status", "codes",
     [](SmsupAccount const& s) {
       auto const words = statuses_in(s);
       for (auto const* const code : {"2", "3", "11", "12"}) EXPECT_TRUE(words.contains(code)) << code;
       EXPECT_FALSE(words.contains(R"("DELIVERED")"));
     }},
    {"message_status", "coarse",
     [](SmsupAccount const& s) {
       auto const words = statuses_in(s);
       EXPECT_TRUE(words.contains(R"("UNDELIVERED")"));
       EXPECT_FALSE(words.contains(R"("EXPIRED")"));
     }},
    {"message_status", "odd",
     [](SmsupAccount const& s) { EXPECT_TRUE(statuses_in(s).contains(R"("HELD_BY_GREMLINS")")); }},
    {"xml_totals", "present",
     [](SmsupAccount const& s) {
       auto const document = s.xml("/messages" + always);
       auto const response = document.child("response");
       EXPECT_EQ(response.child("totalDisplayRecords").text().as_llong(),
                 s.json("/messages" + always).at("totalDisplayRecords").get<std::int64_t>());
     }},
    {"xml_totals", "missing",
     [](SmsupAccount const& s) {
       auto const document = s.xml("/messages/mo" + always);
       auto const response = document.child("response");
       EXPECT_FALSE(response.child("totalRecords"));
       EXPECT_TRUE(response.child("replies").child("message_id"));
     }},
    {"empty_list", "array",
     [](SmsupAccount const& s) { EXPECT_EQ(s.json("/messages" + never).at("messages"), Json::array()); }},
    {"empty_list", "object",
     [](SmsupAccount const& s) { EXPECT_EQ(s.json("/messages" + never).at("messages"), Json::object()); }},
    {"empty_list", "string",
     [](SmsupAccount const& s) { EXPECT_EQ(s.json("/messages" + never).at("messages"), ""); }},
    {"empty_list", "absent",
     [](SmsupAccount const& s) { EXPECT_FALSE(s.json("/messages" + never).contains("messages")); }},
    {"messages_vanish", "0", [](SmsupAccount const& s) { EXPECT_EQ(vanished_in(s), 0); }},
    {"messages_vanish", "5", [](SmsupAccount const& s) { EXPECT_EQ(vanished_in(s), 5); }},
    {"replies_hidden", "0",
     [](SmsupAccount const& s) {
       EXPECT_EQ(s.json("/messages/mo" + always).at("totalRecords"), all_replies(s));
     }},
    {"replies_hidden", "7",
     [](SmsupAccount const& s) {
       auto const shown = s.json("/messages/mo" + always).at("totalRecords").get<std::int64_t>();
       EXPECT_LT(shown, all_replies(s));
       EXPECT_GT(shown, all_replies(s) * 6 / 7);
     }},
    {"list_contacts", "added",
     [](SmsupAccount const& s) { EXPECT_EQ(added_to_third_list(s).at("contacts"), 1); }},
    {"list_contacts", "all",
     [](SmsupAccount const& s) {
       auto const before = std::ssize(s.simulator->lists().at(2).members);
       EXPECT_EQ(added_to_third_list(s).at("contacts"), before + 1);
     }},
    {"list_id", "present",
     [](SmsupAccount const& s) {
       EXPECT_EQ(added_to_third_list(s).at("id"), s.simulator->lists().at(2).id);
     }},
    {"list_id", "missing",
     [](SmsupAccount const& s) { EXPECT_FALSE(added_to_third_list(s).contains("id")); }},
};

TEST(SmsupSimulator, EachSwitchDoesWhatItSays) {
  for (auto const& [name, value, check] : switch_cases) {
    SCOPED_TRACE(std::string{name} + '=' + value);
    check(SmsupAccount{40, {{name, value}}});
    SmsupAccount const later;
    ASSERT_TRUE(later.simulator->set_switch(name, value));
    check(later);
  }
}

TEST(SmsupSimulator, EachValueOfEachSwitchIsTested) {
  for (auto const& option : polycampaign::testing::find_simulated_vendor("smsup")->switches()) {
    EXPECT_FALSE(option.summary.empty()) << option.name;
    std::string_view values = option.values;
    while (!values.empty()) {
      auto const value = values.substr(0, values.find('|'));
      values.remove_prefix(std::min(value.size() + 1, values.size()));
      EXPECT_TRUE(std::ranges::any_of(
          switch_cases, [&](auto const& c) { return c.name == option.name && c.value == value; }))
          << option.name << '=' << value;
    }
  }
}

}  // namespace
}  // namespace polycampaign::test
