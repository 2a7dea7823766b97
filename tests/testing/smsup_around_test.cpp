#include "polycampaign/testing/http_message.hpp"

#include "testing/other_program.hpp"
#include "testing/smsup_account.hpp"
#include "testing/vendors/smsup/people.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

/// What the simulator of SMSUP shows around campaigns: lists, messages, replies and stops.
namespace polycampaign::test::smsup_around {
namespace {

using namespace std::chrono_literals;

std::string period(std::string const& from, std::string const& to) {
  return "?date_start=" + testing::percent_encode(from) + "&date_end=" + testing::percent_encode(to);
}
std::string const always = period("2000-01-01 00:00:00", "2030-01-01 00:00:00");

std::vector<std::string> words_of(Json const& records, char const* name) {
  std::vector<std::string> words;
  for (auto const& record : records) words.push_back(record.at(name).get<std::string>());
  return words;
}

TEST(SmsupMessagesSimulator, HasTheMembersOfThePage) {
  SmsupAccount const service;
  auto const document = service.json("/messages" + always + "&length=1");
  EXPECT_EQ(document.at("status"), 1);
  EXPECT_EQ(
      keys_of(document.at("messages").at(0)),
      (std::vector<std::string>{"campaign_id", "client_id", "client_message_id", "contact_list_id", "message",
                                "message_length", "cost", "country", "destination", "message_id", "sender",
                                "date", "dlr_date", "status", "status_details", "type"}));
  EXPECT_EQ(keys_of(service.json("/messages/mo" + always).at("replies").at(0)),
            (std::vector<std::string>{"message_id", "campaign_id", "destination", "message", "info1", "info2",
                                      "date"}));
  auto const document_in_xml = service.xml("/messages" + always + "&length=2");
  auto const xml = document_in_xml.child("response");
  EXPECT_EQ(std::distance(xml.children("messages").begin(), xml.children("messages").end()), 2);
  if (has_program("xmllint")) {
    EXPECT_EQ(output_of("xmllint --noout - 2>&1",
                        service.ask("/messages" + always + "&length=1000", "application/xml").body),
              "");
  }
}

TEST(SmsupMessagesSimulator, FiltersAndSorts) {
  SmsupAccount const service{12};
  auto const messages = [&](std::string const& more) {
    return service.json("/messages" + always + "&length=1000" + more);
  };
  auto const up = messages("&sort=date");
  auto const dates = words_of(up.at("messages"), "date");
  EXPECT_TRUE(std::ranges::is_sorted(dates));
  EXPECT_TRUE(
      std::ranges::is_sorted(words_of(messages("&sort=-date").at("messages"), "date"), std::greater{}));
  for (auto const* const key : {"destination", "sender", "status"})
    EXPECT_TRUE(std::ranges::is_sorted(words_of(messages("&sort=" + std::string{key}).at("messages"), key)))
        << key;
  auto const expired = messages("&status=expired");
  for (auto const& message : expired.at("messages")) EXPECT_EQ(message.at("status"), "EXPIRED");
  std::int64_t count = 0;
  for (auto const& campaign : service.truth) count += campaign.counters.expired;
  EXPECT_EQ(expired.at("totalRecords"), count);
  auto const first = up.at("messages").at(0);
  for (auto const& message :
       messages("&destination=" + first.at("destination").get<std::string>()).at("messages"))
    EXPECT_EQ(message.at("destination"), first.at("destination"));
  std::int64_t replies = 0;
  for (auto const& campaign : service.truth) replies += campaign.counters.replies;
  EXPECT_EQ(messages("&type=messages-in").at("totalRecords"), replies);
  EXPECT_EQ(messages("").at("totalRecords").get<std::int64_t>(),
            messages("&type=messages-out").at("totalRecords").get<std::int64_t>() + replies);
}

TEST(SmsupMessagesSimulator, RefusesWhatThePagesDoNotAllow) {
  SmsupAccount const service{3};
  for (auto const& path : std::vector<std::string>{
           "/messages", "/messages?date_start=2023-09-01%2000%3A00%3A00",
           "/messages" + period("2023-09-01 00:00:00", "2023-09-31 23:59:59"),
           "/messages" + always + "&sort=colour", "/messages" + always + "&type=pigeon",
           "/messages" + always + "&start=-1", "/messages" + always + "&start=9223372036854775807",
           "/messages" + always + "&length=0", "/messages/mo", "/messages/mo" + always + "&sort=status",
           "/blacklist?length=none"})
    EXPECT_EQ(service.json(path).at("status"), -7) << path;
  for (auto const* const path : {"/campaign/1/mo", "/campaign/1/blacklist", "/list/1"})
    EXPECT_EQ(service.json(path).at("status"), -5) << path;
}

/// A campaign of a million recipients, of whom none is stored.
testing::SimulatedCampaign million() {
  testing::SimulatedCampaign campaign;
  campaign.id = "7";
  campaign.counters = {.recipients = 1'000'000,
                       .messages = 1'000'000,
                       .pending = 600'000,
                       .in_flight = 150'000,
                       .delivered = 200'000,
                       .expired = 20'000,
                       .failed = 30'000,
                       .unassigned = 10'000};
  return campaign;
}

std::map<testing::smsup::Fate, std::int64_t> counted(testing::smsup::Fates& fates,
                                                     testing::SimulatedCampaign const& campaign) {
  std::map<testing::smsup::Fate, std::int64_t> all;
  for (std::int64_t i = 0; i < campaign.counters.messages; ++i) ++all[fates.of(campaign, i)];
  return all;
}

TEST(SmsupFates, AddUpForAMillionAndNeverGoBack) {
  using testing::smsup::Fate;
  testing::smsup::Fates fates;
  auto campaign = million();
  EXPECT_EQ(counted(fates, campaign), (std::map<Fate, std::int64_t>{{Fate::pending, 600'000},
                                                                    {Fate::in_flight, 150'000},
                                                                    {Fate::delivered, 200'000},
                                                                    {Fate::failed, 20'000},
                                                                    {Fate::unassigned, 10'000},
                                                                    {Fate::expired, 20'000}}));
  std::vector<Fate> before;
  for (std::int64_t i = 0; i < 1'000'000; i += 997) before.push_back(fates.of(campaign, i));
  auto& n = campaign.counters;
  n.pending = 100'000;
  n.in_flight = 50'000;
  n.delivered = 750'000;
  n.failed = 70'000;
  n.expired = 30'000;
  EXPECT_EQ(counted(fates, campaign), (std::map<Fate, std::int64_t>{{Fate::pending, 100'000},
                                                                    {Fate::in_flight, 50'000},
                                                                    {Fate::delivered, 750'000},
                                                                    {Fate::failed, 60'000},
                                                                    {Fate::unassigned, 10'000},
                                                                    {Fate::expired, 30'000}}));
  for (std::size_t k = 0; k < before.size(); ++k) {
    if (before[k] == Fate::pending || before[k] == Fate::in_flight) continue;
    EXPECT_EQ(fates.of(campaign, static_cast<std::int64_t>(k) * 997), before[k]) << k;
  }
  n = {.recipients = 10, .messages = 10, .pending = 10};
  EXPECT_EQ(counted(fates, campaign), (std::map<Fate, std::int64_t>{{Fate::pending, 10}})) << "begun anew";
}

Json lists_of(SmsupAccount const& service) {
  return service.json("/lists").at("lists");
}

TEST(SmsupListsSimulator, KeepsContactsOfLists) {
  SmsupAccount const service{3};
  Json const body{{"list",
                   {{"name", "My list"},
                    {"contacts",
                     {{"gsm",
                       {{{"value", "33612345678"}, {"info1", "Louis"}},
                        {{"value", "+33612345677"}},
                        {{"value", "33612345678"}},
                        {{"value", "no"}}}}}}}}};
  auto const made = Json::parse(service.post("/list", body.dump()).body);
  EXPECT_EQ(made.at("contacts"), 2);
  EXPECT_EQ(made.at("duplicates"), 1);
  EXPECT_EQ(made.at("invalid"), 1);
  auto const id = made.at("id").get<std::string>();
  auto const record = lists_of(service).back();
  EXPECT_EQ(record, (Json{{"id", id}, {"name", "My list"}, {"date", "2024-11-05 13:00:00"}, {"count", "2"}}));
  auto const one = service.json("/list/" + id + "?length=1&start=1");
  EXPECT_EQ(one.at("name"), "My list");
  EXPECT_EQ(one.at("contacts"), "2");
  EXPECT_EQ(words_of(one.at("list"), "destination"), std::vector<std::string>{"33612345677"});
  EXPECT_EQ(service.json("/list/" + id + "?search=5678").at("totalDisplayRecords"), 1);

  auto const sent =
      Json{{"sms", {{"message", {{"text", "Hi"}, {"pushtype", "alert"}}}, {"lists", {{{"value", id}}}}}}};
  EXPECT_EQ(Json::parse(service.post("/send/lists", sent.dump()).body).at("sent"), 2);
  HttpRequest const deletion{
      .method = "DELETE",
      .url = "/list/" + id,
      .headers = {{"Authorization", "Bearer " + service.token}, {"Accept", "application/json"}}};
  EXPECT_EQ(Json::parse(service.simulator->handle(deletion).body).at("status"), 1);
  EXPECT_EQ(Json::parse(service.simulator->handle(deletion).body).at("status"), -5);
  EXPECT_EQ(service.json("/list/" + id).at("status"), -5);
  EXPECT_EQ(Json::parse(service.post("/send/lists", sent.dump()).body).at("status"), -5);
}

TEST(SmsupListsSimulator, ReadsBothFormsOfXmlAndRefusesTheRest) {
  SmsupAccount const service{3};
  auto const post = [&](std::string const& body, char const* type = "application/xml") {
    return Json::parse(service.post("/list", body, type).body);
  };
  auto const made =
      post("<list><contacts><gsm><value>33612345678</value><info1>a</info1></gsm></contacts></list>");
  EXPECT_EQ(made.at("contacts"), 1);
  auto const id = made.at("id").get<std::string>();
  EXPECT_EQ(lists_of(service).back().at("name"), "2024-11-05 13:00:00")
      << "without a name, the creation date";
  EXPECT_EQ(
      post("<list><listId>" + id + "</listId><contacts><gsm info1=\"a\">33612345677</gsm></contacts></list>")
          .at("contacts"),
      1);
  EXPECT_EQ(service.simulator->lists().back().members.size(), 2U);
  for (auto const& [body, type, status] :
       {std::tuple{"<list>", "application/xml", -2},
        {"<other/>", "application/xml", -2},
        {"{", "application/json", -6},
        {R"({"list":{"contacts":{"gsm":5}}})", "application/json", -7},
        {R"({"list":{"name":"x"}})", "application/json", -7},
        {R"({"list":{"name":"x","contacts":{"gsm":[{"value":"no"}]}}})", "application/json", -7},
        {R"({"list":{"listId":"77","contacts":{"gsm":[{"value":"33612345678"}]}}})", "application/json", -5}})
    EXPECT_EQ(post(body, type).at("status"), status) << body;
}

}  // namespace
}  // namespace polycampaign::test::smsup_around
