#include "polycampaign/protocol/url.hpp"
#include "polycampaign/testing/scripted_transport.hpp"

#include "vendors/smsup/around.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

/// Messages, replies and opt-outs of the simulated service, through the whole client.
namespace polycampaign::test::smsup_traffic {
namespace {

using namespace std::chrono_literals;
using enum StatusCode;

class Around : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Both, Around, ::testing::Bool(),
                         [](auto const& tested) { return tested.param ? "xml" : "json"; });

std::vector<Message> messages_of(SmsupClient const& service, std::string const& id) {
  auto all = service.client->messages(id).collect();
  EXPECT_TRUE(all) << to_string(all.error());
  return all ? *std::move(all) : std::vector<Message>{};
}

/// Compares the messages of a campaign with what really became of it.
void expect_counters(SmsupClient const& service, std::string const& id) {
  auto const truth = service.campaign(id);
  auto const& n = truth.counters;
  auto const messages = messages_of(service, id);
  auto const sum = summarize(messages);
  SCOPED_TRACE(id + ' ' + std::string{to_string(truth.status)});
  EXPECT_EQ(sum.messages, n.messages);
  EXPECT_EQ(sum.delivered, n.delivered);
  EXPECT_EQ(sum.expired, n.expired);
  EXPECT_EQ(sum.in_flight, n.in_flight);
  if (truth.status == rejected) {
    EXPECT_EQ(sum.undelivered, n.messages) << "denied";
  } else {
    EXPECT_EQ(sum.pending, n.pending);
    EXPECT_EQ(*sum.undelivered + *sum.failed, n.failed);
    auto const campaign = service.client->get(id);
    ASSERT_TRUE(campaign);
    EXPECT_TRUE(audit(*campaign, messages).empty());
  }
}

TEST_P(Around, MessagesAddUpToTheCampaignsCounters) {
  SmsupClient const service{GetParam(), {{"sent", "present"}}};
  std::set<StatusCode> seen;
  for (auto const& campaign : service.truth)
    if (campaign.counters.messages < 3000 && seen.insert(campaign.status).second)
      expect_counters(service, campaign.id);
  EXPECT_EQ(seen.size(), 5U) << "every status";
}

TEST_P(Around, MessagesAddUpWhileTimePasses) {
  SmsupClient const service{GetParam(), {{"sent", "present"}}, 10};
  std::vector<std::string> numbers;
  for (int i = 0; i < 300; ++i) numbers.push_back("4178" + std::to_string(1'000'000 + i));
  auto const at_once = service.send(numbers).at("ticket").get<std::string>();
  auto const later =
      service.send(numbers, {{"delay", "2024-11-05 14:00:00"}}).at("ticket").get<std::string>();
  auto const running = service.with(sending).id;
  for (int step = 0; step < 8; ++step, *service.clock += 13min)
    for (auto const& id : {at_once, later, running}) expect_counters(service, id);
  EXPECT_EQ(service.campaign(later).status, completed);
  EXPECT_EQ(service.campaign(running).status, completed);
}

TEST_P(Around, AMessageWithAnOutcomeKeepsIt) {
  SmsupClient const service{GetParam(), {}, 20};
  auto const id = service.with(sending).id;
  std::map<std::string, MessageStatusCode> before;
  for (auto const& message : messages_of(service, id)) before[message.id] = message.status.code;
  *service.clock += 1h;
  int reported = 0;
  for (auto const& message : messages_of(service, id)) {
    auto const old = before.at(message.id);
    bool const open = old == MessageStatusCode::queued || old == MessageStatusCode::submitted;
    reported += open && message.status.code != old;
    if (!open) {
      EXPECT_EQ(message.status.code, old);
    }
  }
  EXPECT_GT(reported, 0);
}

TEST_P(Around, MessagesCarryWhatWasSent) {
  SmsupClient const service{GetParam(), {}, 5};
  auto gsm = Json::array();
  gsm.push_back({{"value", "41781234567"}, {"gsmsmsid", "a \"1\" & <2>"}});
  gsm.push_back({{"value", "33612345678"}});
  Json const body{{"sms",
                   {{"message", {{"text", "Grüße & \"Küsse\""}, {"pushtype", "alert"}, {"sender", "ACME"}}},
                    {"recipients", {{"gsm", gsm}}}}}};
  auto const id = Json::parse(service.post("/send", body.dump()).body).at("ticket").get<std::string>();
  *service.clock += 1h;
  auto const messages = messages_of(service, id);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].reference, "a \"1\" & <2>");
  EXPECT_EQ(messages[0].number, "+41781234567");
  EXPECT_EQ(messages[0].text, "Grüße & \"Küsse\"");
  EXPECT_EQ(messages[0].sender, "ACME");
  EXPECT_EQ(messages[0].sent_at->time, now);
  EXPECT_EQ(messages[0].country, "CH");
  EXPECT_EQ(messages[1].country, "FR");
  EXPECT_FALSE(messages[1].reference);
  EXPECT_EQ(messages[0].cost->unit, "credits");
}

TEST_P(Around, EachFormOfAStatusMeansTheSame) {
  SmsupClient const service{GetParam(), {}, 20};
  auto const& campaign = service.with(sending);
  auto const words = summarize(messages_of(service, campaign.id));
  for (auto const* const form : {"codes", "coarse"}) {
    ASSERT_TRUE(service.simulator->set_switch("message_status", form));
    auto const sum = summarize(messages_of(service, campaign.id));
    EXPECT_EQ(*sum.undelivered + *sum.failed, *words.undelivered + *words.failed) << form;
    EXPECT_EQ(sum.expired, words.expired) << form;
    EXPECT_EQ(sum.delivered, words.delivered) << form;
    EXPECT_EQ(sum.pending, words.pending) << form;
  }
  ASSERT_TRUE(service.simulator->set_switch("message_status", "odd"));
  auto const odd = summarize(messages_of(service, campaign.id));
  EXPECT_EQ(odd.messages, words.messages) << "an unknown word loses no message";
  EXPECT_EQ(odd.vendor_counters, (std::vector<VendorCounter>{{"unknown", *words.messages / 10}}));
}

/// A large campaign and its neighbours.
testing::SimulatedCampaign const& large(SmsupClient const& service) {
  return *std::ranges::find_if(
      service.truth, [](auto const& c) { return c.counters.messages == 100'000 && c.status == completed; });
}

struct Storm {
  char const* name;
  Switches switches;
};
void PrintTo(Storm const& storm, std::ostream* out) {
  *out << storm.name;
}

class LargeList : public ::testing::TestWithParam<std::tuple<bool, Storm>> {};
INSTANTIATE_TEST_SUITE_P(
    All, LargeList,
    ::testing::Combine(
        ::testing::Bool(),
        ::testing::Values(Storm{"calm", {}}, Storm{"deletions", {{"messages_vanish", "5"}}},
                          Storm{"no_totals", {{"totals", "missing"}, {"xml_totals", "missing"}}},
                          Storm{"deletions_without_totals",
                                {{"messages_vanish", "5"}, {"totals", "missing"}, {"xml_totals", "missing"}}},
                          Storm{"capped", {{"page_cap", "700"}}})),
    [](auto const& tested) {
      return std::string{std::get<1>(tested.param).name} + (std::get<0>(tested.param) ? "_xml" : "_json");
    });

TEST_P(LargeList, HasEachOfAHundredThousandMessagesOnce) {
  auto switches = std::get<1>(GetParam()).switches;
  switches["sent"] = "present";
  SmsupClient const service{std::get<0>(GetParam()), switches, 200};
  auto const& campaign = large(service);
  ASSERT_EQ(campaign.counters.messages, 100'000);
  auto pager = service.client->messages(campaign.id);
  std::unordered_set<std::string> ids;
  std::int64_t count = 0;
  for (auto const& message : pager) {
    ASSERT_TRUE(message) << to_string(message.error());
    ids.insert(message->id);
    if (++count % 40'000 == 0) service.simulator->add_campaign();
  }
  EXPECT_EQ(count, 100'000);
  EXPECT_EQ(ids.size(), 100'000U);
  auto const report = pager.report();
  EXPECT_TRUE(report.complete);
  EXPECT_GT(report.filtered, 6000) << "single messages lie between them";
  EXPECT_TRUE(report.missed.empty()) << report.missed.front();
  EXPECT_EQ(report.unseen.size(), service.client->capabilities().limitations.size() + 1);
}

TEST_P(Around, MessagesResumeInAnotherProcess) {
  SmsupClient const service{GetParam(), {{"page_cap", "100"}}};
  auto const found = std::ranges::find_if(service.truth, [](auto const& c) {
    return c.status == completed && c.counters.messages > 400 && c.counters.messages < 3000;
  });
  std::set<std::string> ids;
  std::string token;
  {
    auto pager = service.client->messages(found->id);
    for (auto const& message : pager) {
      ASSERT_TRUE(message);
      ids.insert(message->id);
      if (ids.size() == 250) break;
    }
    token = pager.resume_token();
  }
  auto const rest = service.client->messages(found->id, {.resume_token = token}).collect();
  ASSERT_TRUE(rest) << to_string(rest.error());
  for (auto const& message : *rest) EXPECT_TRUE(ids.insert(message.id).second);
  EXPECT_EQ(std::ssize(ids), found->counters.messages);
  EXPECT_FALSE(service.client->replies(found->id, {.resume_token = token}).collect()) << "of another list";
}

TEST_P(Around, TheReportComparesWithTheCampaign) {
  SmsupClient const service{GetParam(), {}, 40};
  auto const found = std::ranges::find_if(service.truth, [](auto const& c) {
    return c.status == completed && c.counters.filtered > 0 && c.counters.messages < 3000;
  });
  auto const missed = [&] {
    auto pager = service.client->messages(found->id);
    for (auto const& message : pager) EXPECT_TRUE(message);
    return pager.report().missed;
  };
  auto const sentences = missed();
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_NE(
      sentences[0].find("counts " + std::to_string(found->counters.recipients) +
                        " messages, and the list contained " + std::to_string(found->counters.messages)),
      std::string::npos)
      << sentences[0];
  EXPECT_NE(sentences[0].find("removed before sending"), std::string::npos);
  ASSERT_TRUE(service.simulator->set_switch("sent", "present"));
  EXPECT_TRUE(missed().empty()) << "the campaign shows how many were sent";
}

TEST_P(Around, MessagesOfOneStatus) {
  SmsupClient const service{GetParam(), {}, 20};
  auto const& campaign = service.with(sending);
  auto const expired =
      service.client->list(ListMessages{.campaign = campaign.id, .statuses = {MessageStatusCode::expired}})
          .collect();
  ASSERT_TRUE(expired);
  EXPECT_EQ(std::ssize(*expired), campaign.counters.expired);
}

TEST_P(Around, RepliesAreJoined) {
  SmsupClient const service{GetParam()};
  auto const found = std::ranges::find_if(
      service.truth, [](auto const& c) { return c.counters.replies >= 40 && c.counters.replies < 3000; });
  ASSERT_NE(found, service.truth.end());
  auto const truth = moments_in(service.json("/campaign/" + found->id + "/mo").at("replies"));
  EXPECT_TRUE(std::ranges::any_of(truth, [](auto const& moment) { return moment.second == 2; }))
      << "the same number answers twice in one second";
  for (auto const* const hidden : {"0", "7"}) {
    ASSERT_TRUE(service.simulator->set_switch("replies_hidden", hidden));
    auto pager = service.client->replies(found->id);
    Moments moments;
    std::int64_t silent = 0;
    for (auto const& reply : pager) {
      ASSERT_TRUE(reply) << to_string(reply.error());
      EXPECT_EQ(reply->campaign, found->id);
      ++moments[{reply->number.value_or(""), reply->at->time}];
      silent += !reply->text;
      EXPECT_EQ(reply->id.empty(), !reply->text);
      EXPECT_EQ(reply->notes.empty(), reply->text.has_value());
    }
    EXPECT_EQ(moments, truth) << hidden;
    EXPECT_EQ(silent, *hidden == '0' ? 0 : found->counters.replies / 7) << hidden;
    EXPECT_TRUE(pager.report().missed.empty());
    EXPECT_GT(pager.report().filtered, 0) << "those of other campaigns, and those that occur in both lists";
  }
}

TEST_P(Around, RepliesAndStopsComeOverTime) {
  SmsupClient const service{GetParam(), {}, 5};
  std::vector<std::string> numbers;
  for (int i = 0; i < 200; ++i) numbers.push_back("4178" + std::to_string(1'000'000 + i));
  auto const id = service.send(numbers).at("ticket").get<std::string>();
  std::size_t replies = 0;
  std::size_t stops = 0;
  std::vector<std::size_t> seen;
  for (int step = 0; step < 6; ++step, *service.clock += 8min) {
    auto const said = service.client->replies(id).collect();
    auto const stopped = service.client->opt_outs(id).collect();
    ASSERT_TRUE(said);
    ASSERT_TRUE(stopped);
    EXPECT_GE(said->size(), replies);
    EXPECT_GE(stopped->size(), stops);
    replies = said->size();
    stops = stopped->size();
    seen.push_back(replies);
    EXPECT_EQ(service.client->get(id)->statistics.opt_outs, std::ssize(*stopped));
  }
  EXPECT_EQ(seen.front(), 0U);
  EXPECT_GT(seen.back(), seen[1]);
  EXPECT_GT(stops, 1U);
}

TEST_P(Around, OptOutsAndTheStopList) {
  SmsupClient const service{GetParam(), {{"page_cap", "100"}}};
  auto const found =
      std::ranges::find_if(service.truth, [](auto const& c) { return c.counters.opt_outs >= 5; });
  auto const stops = service.client->opt_outs(found->id).collect();
  ASSERT_TRUE(stops) << to_string(stops.error());
  Moments moments;
  for (auto const& stop : *stops) {
    EXPECT_EQ(stop.campaign, found->id);
    ++moments[{stop.number.value_or(""), stop.at->time}];
  }
  EXPECT_EQ(moments, moments_in(service.json("/campaign/" + found->id + "/blacklist").at("stops")));
  EXPECT_EQ(std::ssize(*stops), found->counters.opt_outs);

  auto const all = service.client->stop_list().collect();
  ASSERT_TRUE(all) << to_string(all.error());
  std::int64_t expected = 3;
  for (auto const& campaign : service.truth) expected += campaign.counters.opt_outs;
  EXPECT_GT(expected, 200) << "several pages";
  EXPECT_EQ(std::ssize(*all), expected);
  EXPECT_EQ(std::ranges::count_if(*all, [](auto const& stop) { return !stop.campaign; }), 3);
  EXPECT_EQ(std::ranges::count_if(*all, [&](auto const& stop) { return stop.campaign == found->id; }),
            found->counters.opt_outs);
}

/// Returns the records that the simulator names, or none.
std::vector<testing::SimulatedRecord> truth_of(SmsupClient const& service, Operation list,
                                               std::string const& campaign) {
  return service.simulator->records(list, campaign).value_or(std::vector<testing::SimulatedRecord>{});
}

TEST_P(Around, TheSimulatorKnowsWhatItsListsContain) {
  SmsupClient const service{GetParam(), {}, 20};
  std::set<MessageStatusCode> codes;
  for (auto const& campaign : service.truth) {
    if (campaign.counters.messages > 3000) continue;
    auto const truth = truth_of(service, ListMessages::operation, campaign.id);
    auto const messages = messages_of(service, campaign.id);
    ASSERT_EQ(messages.size(), truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
      codes.insert(truth[i].status);
      EXPECT_EQ(messages[i].number, truth[i].number);
      EXPECT_EQ(messages[i].text, truth[i].text);
      EXPECT_EQ(messages[i].status.code, truth[i].status) << messages[i].status.vendor_word.value_or("");
      if (messages[i].sent_at) {
        EXPECT_EQ(messages[i].sent_at->time, truth[i].at);
      }
    }
    auto const replies = service.client->replies(campaign.id).collect();
    ASSERT_TRUE(replies);
    auto const said = truth_of(service, ListReplies::operation, campaign.id);
    ASSERT_EQ(replies->size(), said.size());
    for (std::size_t i = 0; i < said.size(); ++i) {
      EXPECT_EQ((*replies)[i].number, said[i].number);
      EXPECT_EQ((*replies)[i].text, said[i].text);
      EXPECT_EQ((*replies)[i].at->time, said[i].at);
    }
    auto const stops = service.client->opt_outs(campaign.id).collect();
    ASSERT_TRUE(stops);
    EXPECT_EQ(stops->size(), truth_of(service, ListOptOuts::operation, campaign.id).size());
  }
  EXPECT_GE(codes.size(), 7U);
  auto const all = service.client->stop_list().collect();
  ASSERT_TRUE(all);
  auto const stopped = truth_of(service, ListStopList::operation, "");
  ASSERT_EQ(all->size(), stopped.size());
  for (std::size_t i = 0; i < stopped.size(); ++i) {
    EXPECT_EQ((*all)[i].number, stopped[i].number);
    EXPECT_EQ((*all)[i].at->time, stopped[i].at);
  }
  EXPECT_FALSE(service.simulator->records(ListMessages::operation, "no such campaign"));
  EXPECT_FALSE(service.simulator->records(ListRecipientLists::operation, ""));
}

TEST_P(Around, ListsOfACampaignThatDoesNotExist) {
  SmsupClient const service{GetParam(), {}, 5};
  EXPECT_EQ(service.client->messages("77").collect().error().code, ErrorCode::not_found);
  EXPECT_EQ(service.client->replies("77").collect().error().code, ErrorCode::not_found);
  EXPECT_EQ(service.client->opt_outs("77").collect().error().code, ErrorCode::not_found);
  EXPECT_EQ(service.client->messages("").collect().error().code, ErrorCode::invalid_argument);
}

TEST(SmsupEmptyLists, AreReadInEachForm) {
  for (auto const* const form : {"array", "object", "string"}) {
    SmsupClient const service{false, {{"empty_list", form}}, 5};
    auto const id = service.send({"41781234567"}).at("ticket").get<std::string>();
    for (auto const& read :
         {service.client->replies(id).collect().transform([](auto const& a) { return a.size(); }),
          service.client->opt_outs(id).collect().transform([](auto const& a) { return a.size(); })}) {
      ASSERT_TRUE(read) << form << to_string(read.error());
      EXPECT_EQ(*read, 0U) << form;
    }
  }
  SmsupClient const service{false, {{"empty_list", "absent"}}, 5};
  auto const id = service.send({"41781234567"}).at("ticket").get<std::string>();
  EXPECT_EQ(service.client->opt_outs(id).collect().error().code, ErrorCode::protocol);
}

/// How a service pages its lists.
struct Paged {
  bool xml = false;
  bool totals = false;
  bool start_ignored = false;
};

/// A service with one campaign, whose lists contain these records: the members of each, as names and values.
class FewRecords {
 public:
  using Record = std::vector<std::pair<std::string, std::string>>;

  FewRecords(Paged paged, std::string list, std::vector<Record> records)
      : paged_{paged}, list_{std::move(list)}, records_{std::move(records)} {
    transport->otherwise([this](HttpRequest const& request) { return answer(request); });
    Settings settings;
    settings.emplace("token", Secret{"t"});
    settings.emplace("format", Secret{paged_.xml ? "xml" : "json"});
    client = make_client(find_provider("smsup")->make_adapter(std::move(settings)),
                         {.retry = RetryPolicy::none(), .transport = transport})
                 .value();
  }

  std::shared_ptr<testing::ScriptedTransport> transport = std::make_shared<testing::ScriptedTransport>();
  std::unique_ptr<CampaignClient> client{};

 private:
  [[nodiscard]] HttpResponse answer(HttpRequest const& request) const {
    auto const url = protocol::parse_url(request.url).value();
    auto const number = [&](char const* name) {
      auto const value = protocol::query_value(url.query, name);
      return value.empty() ? std::size_t{0} : std::stoul(value);
    };
    if (url.path == "/campaign/7")
      return {200, {}, written({{{"id", "7"}, {"date", "2024-10-21 10:16:58"}}}, "campaign", 1)};
    if (url.path.starts_with("/campaign/")) return {200, {}, written({}, list_, 0)};
    auto const begin = paged_.start_ignored ? 0 : std::min(number("start"), records_.size());
    auto const end = std::min(begin + number("length"), records_.size());
    return {200,
            {},
            written({records_.begin() + static_cast<std::ptrdiff_t>(begin),
                     records_.begin() + static_cast<std::ptrdiff_t>(end)},
                    list_, records_.size())};
  }
  [[nodiscard]] std::string written(std::vector<Record> const& records, std::string const& name,
                                    std::size_t total) const {
    if (paged_.xml) {
      std::string body = "<response><status>1</status>";
      for (auto const& record : records) {
        body += "<" + name + ">";
        for (auto const& [key, value] : record) body.append("<" + key + ">" + value + "</" + key + ">");
        body += "</" + name + ">";
      }
      return body + "</response>";
    }
    Json body{{"status", 1}, {name, Json::array()}};
    for (auto const& record : records) {
      auto members = Json::object();
      for (auto const& [key, value] : record) members[key] = value;
      body[name].push_back(std::move(members));
    }
    if (paged_.totals) body["totalDisplayRecords"] = total;
    return body.dump();
  }

  Paged paged_;
  std::string list_;
  std::vector<Record> records_;
};

std::vector<FewRecords::Record> stops_without_ids() {
  std::vector<FewRecords::Record> records;
  for (auto const* const number : {"33612345671", "33612345672", "33612345671", "33612345671", "33612345673"})
    records.push_back({{"destination", number}, {"date", "2024-11-21 10:00:47"}});
  return records;
}

TEST(SmsupRecordsWithoutIds, ArriveAsOftenAsTheListHasThem) {
  for (Paged const paged : {Paged{.totals = true}, Paged{}, Paged{.xml = true}})
    for (int const page_size : {1, 2, 3, 5, 100}) {
      FewRecords service{paged, "list", stops_without_ids()};
      auto pager = service.client->stop_list({.page_size = page_size});
      std::vector<std::string> numbers;
      for (auto const& stop : pager) {
        ASSERT_TRUE(stop) << to_string(stop.error());
        numbers.push_back(stop->number.value_or(""));
      }
      EXPECT_EQ(numbers, (std::vector<std::string>{"+33612345671", "+33612345672", "+33612345671",
                                                   "+33612345671", "+33612345673"}))
          << page_size << (paged.xml ? " in XML" : "") << (paged.totals ? " with totals" : "");
      EXPECT_TRUE(pager.report().complete);
      EXPECT_EQ(pager.report().records, 5);
      EXPECT_EQ(pager.report().duplicates, 0);
    }
}

TEST(SmsupRecordsWithoutIds, AreNotRepeatedIfTheListIsResumed) {
  for (Paged const paged : {Paged{.totals = true}, Paged{}, Paged{.xml = true}})
    for (int const first : {1, 3, 4}) {
      FewRecords service{paged, "list", stops_without_ids()};
      int delivered = 0;
      std::string token;
      {
        auto pager = service.client->stop_list({.page_size = 3});
        for (auto const& stop : pager) {
          ASSERT_TRUE(stop);
          if (++delivered == first) break;
        }
        token = pager.resume_token();
      }
      auto const rest = service.client->stop_list({.page_size = 3, .resume_token = token}).collect();
      ASSERT_TRUE(rest) << to_string(rest.error());
      EXPECT_EQ(std::ssize(*rest), 5 - first);
      EXPECT_EQ(rest->back().number, "+33612345673");
    }
}

TEST(SmsupRecordsWithoutIds, EndIfTheServerIgnoresStart) {
  for (bool const xml : {false, true}) {
    FewRecords service{{.xml = xml, .start_ignored = true}, "list", stops_without_ids()};
    auto const all = service.client->stop_list({.page_size = 100}).collect();
    ASSERT_TRUE(all) << to_string(all.error());
    EXPECT_EQ(all->size(), 5U);
    EXPECT_EQ(service.transport->requests().size(), 2U);

    FewRecords full{{.xml = xml, .start_ignored = true}, "list", stops_without_ids()};
    auto const cut = full.client->stop_list({.page_size = 2}).collect();
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::protocol) << to_string(cut.error());
    EXPECT_LE(full.transport->requests().size(), 40U);
  }
}

TEST(SmsupReplyIds, TwoRepliesMayShareOne) {
  auto const reply = [](char const* id, char const* number, char const* text) {
    return FewRecords::Record{{"message_id", id},
                              {"campaign_id", "7"},
                              {"destination", number},
                              {"message", text},
                              {"date", "2024-10-21 11:00:00"}};
  };
  for (Paged const paged : {Paged{.totals = true}, Paged{}, Paged{.xml = true}})
    for (int const page_size : {2, 3, 100}) {
      FewRecords service{paged,
                         "replies",
                         {reply("138", "33612345671", "yes"), reply("138", "33612345671", "no"),
                          reply("138", "33612345672", "no"), reply("139", "33612345673", "no"),
                          reply("138", "33612345671", "yes")}};
      auto pager = service.client->replies("7", {.page_size = page_size});
      std::vector<std::string> replies;
      for (auto const& one : pager) {
        ASSERT_TRUE(one) << to_string(one.error());
        replies.push_back(one->id + ' ' + one->number.value_or("") + ' ' + one->text.value_or(""));
      }
      EXPECT_EQ(replies, (std::vector<std::string>{"138 +33612345671 yes", "138 +33612345671 no",
                                                   "138 +33612345672 no", "139 +33612345673 no"}));
      EXPECT_EQ(pager.report().duplicates, 1) << "the same record twice is one reply";
    }
}

TEST_P(Around, OverHttp) {
  SmsupClient const service{GetParam(), {{"sent", "present"}}, 12, true};
  auto const found = std::ranges::find_if(
      service.truth, [](auto const& c) { return c.status == completed && c.counters.messages < 3000; });
  EXPECT_EQ(std::ssize(messages_of(service, found->id)), found->counters.messages);
  auto const replies = service.client->replies(found->id).collect();
  ASSERT_TRUE(replies) << to_string(replies.error());
  EXPECT_EQ(std::ssize(*replies), found->counters.replies);
  auto const made = service.client->call(
      CreateRecipientList{.name = "Genève & <co>", .numbers = {"+41781234567", "+41781234568"}});
  ASSERT_TRUE(made) << to_string(made.error());
  auto const read = service.client->call(GetRecipientList{*made->list.id});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->name, "Genève & <co>");
  EXPECT_EQ(read->size, 2);
  EXPECT_TRUE(service.client->call(DeleteRecipientList{*made->list.id}));
}

}  // namespace
}  // namespace polycampaign::test::smsup_traffic
