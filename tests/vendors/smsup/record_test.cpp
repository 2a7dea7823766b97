#include "vendors/smsup/support.hpp"

#include <limits>

namespace polycampaign::inline v1::vendor_tests {
namespace {

using Ids = std::vector<std::string>;

Ids list_ids(Campaign const& campaign) {
  Ids ids;
  for (auto const& list : campaign.recipient_lists) {
    EXPECT_FALSE(list.name);
    ids.push_back(list.id.value_or("(none)"));
  }
  return ids;
}

TEST(SmsupRecord, ReadsThePublishedJson) {
  auto const page = read_page(answer(published_list()));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->info.records, 2);
  EXPECT_EQ(page->info.total, 2);
  ASSERT_EQ(page->items.size(), 2U);
  auto const& shoes = page->items[0];
  EXPECT_EQ(shoes.id, "18969398");
  EXPECT_EQ(shoes.provider, "smsup");
  EXPECT_FALSE(shoes.name);
  EXPECT_EQ(shoes.sender, "BESTSHOES");
  EXPECT_EQ(shoes.text, "Special offer : Buy one shoe and get the second one for free");
  EXPECT_EQ(shoes.channel, Channel::sms);
  EXPECT_EQ(shoes.status, (CampaignStatus{StatusCode::completed, "Sent"}));
  EXPECT_EQ(shoes.created_at, (Timestamp{at("2024-10-21T08:16:58Z"), ZoneBasis::assumed}));
  EXPECT_EQ(shoes.scheduled_at, (Timestamp{at("2024-10-21T08:16:58Z"), ZoneBasis::assumed}));
  EXPECT_FALSE(shoes.started_at || shoes.finished_at || shoes.updated_at);
  ASSERT_TRUE(shoes.cost);
  EXPECT_EQ(shoes.cost->amount.text(), "2128");
  EXPECT_EQ(shoes.cost->unit, "credits");
  EXPECT_EQ(shoes.cost->kind, CostKind::billed);
  EXPECT_EQ(list_ids(shoes), (Ids{"5a0331bffc5886074551ce97", "5a0331bffc5886074551ce98"}));
  Statistics expected;
  expected.recipients = 1958;
  expected.delivered = 1958;
  expected.expired = 0;
  expected.failed = 0;
  expected.opt_outs = 0;
  expected.vendor_counters = {{"npai", 0}};
  expected.reported_rates = {{"delivery_rate", "100"}};
  EXPECT_EQ(shoes.statistics, expected);
  EXPECT_TRUE(shoes.notes.empty());
  EXPECT_TRUE(shoes.raw().empty());
  EXPECT_EQ(page->items[1].created_at, (Timestamp{at("2024-11-11T09:16:58Z"), ZoneBasis::assumed}));
  EXPECT_TRUE(page->items[1].recipient_lists.empty());
}

TEST(SmsupRecord, ReadsThePublishedXmlAsTheJsonButForStatusAndTotals) {
  auto json = read_page(answer(published_list()));
  auto const xml = read_page(answer(data_file("smsup/campaigns_list.g2.xml")), {smsup::Format::xml});
  ASSERT_TRUE(json && xml);
  EXPECT_FALSE(xml->info.total);
  ASSERT_EQ(xml->items.size(), json->items.size());
  for (std::size_t i = 0; i < xml->items.size(); ++i) {
    auto expected = json->items[i];
    // the call's own <status>1</status> is not the campaign's
    expected.status = {};
    expected.recipient_lists = xml->items[i].recipient_lists;
    EXPECT_EQ(xml->items[i], expected) << i;
  }
  EXPECT_EQ(list_ids(xml->items[0]), (Ids{"12345", "45742"}));
  EXPECT_EQ(list_ids(xml->items[1]), Ids{});
}

TEST(SmsupRecord, KnowsTheStatusLabelsInAnySpelling) {
  struct {
    std::string word;
    StatusCode code;
  } const rows[] = {
      {"Waiting", StatusCode::scheduled},
      {"WAITING", StatusCode::scheduled},
      {"In moderation", StatusCode::moderation},
      {"in_moderation", StatusCode::moderation},
      {" In-Moderation ", StatusCode::moderation},
      {"In progress", StatusCode::sending},
      {"IN_PROGRESS", StatusCode::sending},
      {"Sent", StatusCode::completed},
      {"sent ", StatusCode::completed},
      {"Denied", StatusCode::rejected},
      {"dEnied", StatusCode::rejected},
      {"Cancelled", StatusCode::unknown},
      {"1", StatusCode::unknown},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record(R"("status":")" + row.word + '"');
    EXPECT_EQ(campaign.status, (CampaignStatus{row.code, row.word})) << row.word;
    EXPECT_TRUE(campaign.notes.empty()) << row.word;
    EXPECT_EQ(read_xml_record("<status>" + row.word + "</status>").status.code, row.code) << row.word;
  }
}

TEST(SmsupRecord, KeepsANumberForAStatusAndNothingForNone) {
  EXPECT_EQ(read_record(R"("status":1)").status, (CampaignStatus{StatusCode::unknown, "1"}));
  for (auto const* none : {R"("status":null)", R"("status":"")", R"("status":"  ")", R"("sender":"x")"})
    EXPECT_EQ(read_record(none).status, CampaignStatus{}) << none;
  EXPECT_EQ(read_xml_record("<status>null</status>").status, CampaignStatus{});
  auto const odd = read_record(R"("status":{"word":"Sent"})");
  EXPECT_EQ(odd.status, CampaignStatus{});
  EXPECT_EQ(odd.notes.size(), 1U);
}

TEST(SmsupRecord, ReadsListsInEveryShape) {
  struct {
    std::string json;
    Ids ids;
    std::size_t notes = 0;
  } const rows[] = {
      {R"("sender":"x")", {}},
      {R"("lists":null)", {}},
      {R"("lists":"")", {}},
      {R"("lists":[])", {}},
      {R"("lists":{})", {}},
      {R"("lists":[{"id":"5a0331bffc5886074551ce97"},{"id":"12345"}])",
       {"5a0331bffc5886074551ce97", "12345"}},
      {R"("lists":[{"id":12345},{"id":9007199254740993}])", {"12345", "9007199254740993"}},
      {R"("lists":["a",7])", {"a", "7"}},
      {R"("lists":{"id":"a"})", {"a"}},
      {R"("lists":"a")", {"a"}},
      {R"("lists":7)", {"7"}},
      {R"("lists":[null,""])", {}},
      {R"("lists":[{"name":"x"},{"id":"a"}])", {"a"}, 1},
      {R"("lists":[["a"],true,{"id":"b"}])", {"b"}, 2},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record(row.json);
    EXPECT_EQ(list_ids(campaign), row.ids) << row.json;
    EXPECT_EQ(campaign.notes.size(), row.notes) << row.json;
  }
}

TEST(SmsupRecord, ReadsListsInEveryShapeOfXml) {
  struct {
    std::string xml;
    Ids ids;
    std::size_t notes = 0;
  } const rows[] = {
      {"", {}},
      {"<lists></lists>", {}},
      {"<lists/>", {}},
      {"<lists>null</lists>", {}},
      {"<lists><id>1</id></lists><lists><id>5a0331bffc5886074551ce97</id></lists>",
       {"1", "5a0331bffc5886074551ce97"}},
      {"<lists><id>1</id><id>2</id></lists>", {"1", "2"}},
      {"<lists>7</lists>", {"7"}},
      {"<lists><id/></lists>", {}},
      {"<lists><name>x</name></lists>", {}, 1},
  };
  for (auto const& row : rows) {
    auto const campaign = read_xml_record(row.xml);
    EXPECT_EQ(list_ids(campaign), row.ids) << row.xml;
    EXPECT_EQ(campaign.notes.size(), row.notes) << row.xml;
  }
}

TEST(SmsupRecord, ReadsCountersAsNumbersOrText) {
  struct {
    std::string value;
    Count count;
    std::size_t notes = 0;
  } const rows[] = {
      {"1958", 1958},
      {R"("1958")", 1958},
      {R"(" 1958 ")", 1958},
      {"0", 0},
      {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
      {"null", {}},
      {R"("")", {}},
      {"-3", {}, 1},
      {R"("-3")", {}, 1},
      {"9223372036854775808", {}, 1},
      {R"("99999999999999999999")", {}, 1},
      {R"("many")", {}, 1},
      {"[]", {}, 1},
      {"true", {}, 1},
  };
  struct {
    char const* name;
    Count Statistics::*member;
  } const counters[] = {
      {"total", &Statistics::recipients},     {"sent", &Statistics::submitted},
      {"delivered", &Statistics::delivered},  {"expired", &Statistics::expired},
      {"stop", &Statistics::opt_outs},        {"error", &Statistics::failed},
      {"network_error", &Statistics::failed},
  };
  for (auto const& row : rows)
    for (auto const& counter : counters) {
      auto const campaign = read_record('"' + std::string{counter.name} + "\":" + row.value);
      Statistics expected;
      expected.*counter.member = row.count;
      EXPECT_EQ(campaign.statistics, expected) << counter.name << ' ' << row.value;
      EXPECT_EQ(campaign.notes.size(), row.notes) << counter.name << ' ' << row.value;
    }
}

TEST(SmsupRecord, KeepsNpaiUnderTheVendorsName) {
  EXPECT_EQ(read_record(R"("npai":"4")").statistics.vendor_counters,
            (std::vector<VendorCounter>{{"npai", 4}}));
  EXPECT_TRUE(read_record(R"("npai":null)").statistics.vendor_counters.empty());
}

TEST(SmsupRecord, AddsBothErrorCountersAndLeavesOutOnlyWhatIsUnknown) {
  EXPECT_EQ(read_record(R"("error":"2","network_error":"3")").statistics.failed, 5);
  EXPECT_EQ(read_record(R"("network_error":3,"error":2)").statistics.failed, 5);
  EXPECT_EQ(read_record(R"("error":"2","network_error":null)").statistics.failed, 2);
  EXPECT_EQ(read_record(R"("error":"2","network_error":"-1")").statistics.failed, 2);
  EXPECT_FALSE(read_record(R"("error":"","network_error":null)").statistics.failed);
  EXPECT_EQ(read_xml_record("<error>2</error><network_error>3</network_error>").statistics.failed, 5);
  auto const large = read_record(R"("error":9223372036854775807,"network_error":1)");
  EXPECT_FALSE(large.statistics.failed);
  EXPECT_EQ(large.notes.size(), 1U);
}

TEST(SmsupRecord, ReadsIdsExactly) {
  struct {
    std::string json;
    std::string id;
  } const rows[] = {
      {R"("18969398")", "18969398"},
      {"18969398", "18969398"},
      {"9007199254740993", "9007199254740993"},
      {"18446744073709551615", "18446744073709551615"},
      {R"("5a0331bffc5886074551ce97")", "5a0331bffc5886074551ce97"},
      {R"(" 7 ")", "7"},
  };
  for (auto const& row : rows) {
    auto const all = read_records("{\"id\":" + row.json + "}");
    ASSERT_EQ(all.size(), 1U) << row.json;
    EXPECT_EQ(all[0].id, row.id);
    EXPECT_TRUE(all[0].notes.empty()) << row.json;
  }
}

TEST(SmsupRecord, KeepsAnEntryWithoutAReadableIdWithANote) {
  for (std::string const entry : {R"({"id":null,"sender":"x"})", R"({"id":""})", R"({"id":{}})"}) {
    auto const all = read_records(R"({"id":"1"},)" + entry + R"(,{"id":"3"})", {}, true);
    ASSERT_EQ(all.size(), 3U) << entry;
    EXPECT_EQ(all[0].id, "1");
    EXPECT_EQ(all[1].id, "") << entry;
    EXPECT_FALSE(all[1].notes.empty()) << entry;
    EXPECT_EQ(all[1].provider, "smsup");
    EXPECT_EQ(all[1].raw(), entry);
    EXPECT_EQ(all[2].id, "3");
    EXPECT_TRUE(all[2].notes.empty());
  }
}

TEST(SmsupRecord, LeavesOutWhatIsNoCampaignAndSaysSo) {
  for (std::string const entry :
       {"{}", "null", "7", R"("text")", "[]", R"({"id":null})", R"({"status":1,"total":2,"error":"x"})"}) {
    auto const page =
        read_page(answer(R"({"status":1,"campaigns":[{"id":"1"},)" + entry + R"(,{"id":"3"}]})"), {}, true);
    ASSERT_TRUE(page) << entry;
    ASSERT_EQ(page->items.size(), 2U) << entry;
    EXPECT_EQ(page->info.records, 3) << entry;
    ASSERT_EQ(page->items[0].notes.size(), 1U) << entry;
    EXPECT_NE(page->items[0].notes[0].find("left out"), std::string::npos) << page->items[0].notes[0];
    EXPECT_EQ(page->items[1].raw(), R"({"id":"3"})") << entry;
    EXPECT_TRUE(page->items[1].notes.empty()) << entry;
  }
}

TEST(SmsupRecord, OfSeveralMembersOfOneNameTheLastOneCounts) {
  auto const campaign = read_record(
      R"("id":"1","id":"2","cost":1,"cost":2.50,"sender":"a","sender":null,"status":"Sent","status":"",)"
      R"("delivered":5,"delivered":"x","total":"y","total":7,"lists":[{"id":1}],"lists":[{"id":2,"id":3}],)"
      R"("delivery_rate":1.0,"delivery_rate":99.50)");
  EXPECT_EQ(campaign.id, "2");
  EXPECT_EQ(campaign.cost->amount.text(), "2.50");
  EXPECT_EQ(campaign.sender, std::nullopt);
  EXPECT_EQ(campaign.status, CampaignStatus{});
  EXPECT_EQ(campaign.statistics.delivered, std::nullopt);
  EXPECT_EQ(campaign.statistics.recipients, 7);
  EXPECT_EQ(campaign.recipient_lists, (std::vector<RecipientList>{{"3", std::nullopt}}));
  EXPECT_EQ(campaign.statistics.reported_rates, (std::vector<ReportedRate>{{"delivery_rate", "99.50"}}));
  EXPECT_EQ(campaign.notes.size(), 1U);  // that "x" is not a count
  EXPECT_EQ(read_record(R"("cost":1.50,"cost":2)").cost->amount.text(), "2");

  auto const xml = read_xml_record(
      "<id>2</id><cost>1</cost><cost>2.50</cost><lists><id>1</id></lists><stop>3</stop><lists><id>2</id>"
      "<id>3</id></lists><lists>4</lists><stop>5</stop>");
  EXPECT_EQ(xml.id, "2");
  EXPECT_EQ(xml.cost->amount.text(), "2.50");
  EXPECT_EQ(xml.statistics.opt_outs, 5);
  ASSERT_EQ(xml.recipient_lists.size(), 4U);
  EXPECT_EQ(xml.recipient_lists[0].id, "1");
  EXPECT_EQ(xml.recipient_lists[3].id, "4");
}

TEST(SmsupRecord, ReadsListsKeyedByNumbers) {
  EXPECT_EQ(read_record(R"("lists":{"3":{"id":"b"},"1":{"id":"a"}})").recipient_lists,
            (std::vector<RecipientList>{{"a", std::nullopt}, {"b", std::nullopt}}));
  EXPECT_TRUE(read_record(R"("lists":{})").recipient_lists.empty());
}

TEST(SmsupRecord, ReadsTimesInTheAccountsZone) {
  struct {
    std::string text;
    std::string zone;
    std::string utc;
    ZoneBasis basis;
  } const rows[] = {
      {"2024-07-01 12:00:00", "", "2024-07-01T10:00:00Z", ZoneBasis::assumed},
      {"2024-01-01 12:00:00", "", "2024-01-01T11:00:00Z", ZoneBasis::assumed},
      {"\\\"2024-01-01 12:00:00\\\"", "", "2024-01-01T11:00:00Z", ZoneBasis::assumed},
      {"2024-01-01 12:00:00", "UTC", "2024-01-01T12:00:00Z", ZoneBasis::configured},
      {"2024-01-01T12:00:00+05:00", "", "2024-01-01T07:00:00Z", ZoneBasis::documented},
      // the hour that the clock shows twice: its first; the one that it skips: the change
      {"2024-10-27 02:30:00", "", "2024-10-27T00:30:00Z", ZoneBasis::assumed},
      {"2024-03-31 02:30:00", "", "2024-03-31T01:00:00Z", ZoneBasis::assumed},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record(R"("creation_date":")" + row.text + R"(","date":")" + row.text + '"',
                                      {.time_zone = row.zone});
    EXPECT_EQ(campaign.created_at, (Timestamp{at(row.utc), row.basis})) << row.text;
    EXPECT_EQ(campaign.scheduled_at, (Timestamp{at(row.utc), row.basis})) << row.text;
    EXPECT_TRUE(campaign.notes.empty()) << row.text;
  }
  EXPECT_EQ(read_xml_record("<date>\"2024-01-01 12:00:00\"</date>").scheduled_at,
            (Timestamp{at("2024-01-01T11:00:00Z"), ZoneBasis::assumed}));
}

TEST(SmsupRecord, LeavesOutTimesThatAreNone) {
  for (std::string const none : {"null", R"("")"}) {
    auto const campaign = read_record("\"date\":" + none);
    EXPECT_FALSE(campaign.scheduled_at) << none;
    EXPECT_TRUE(campaign.notes.empty()) << none;
  }
  for (std::string const odd : {R"("2023-09-31 10:00:00")", R"("soon")", R"("\"")", "1700000000", "{}"}) {
    auto const campaign = read_record("\"creation_date\":" + odd);
    EXPECT_FALSE(campaign.created_at) << odd;
    EXPECT_EQ(campaign.notes.size(), 1U) << odd;
  }
}

TEST(SmsupRecord, ReadsTheCostExactly) {
  struct {
    std::string json;
    std::optional<std::string> amount;
    std::size_t notes = 0;
  } const rows[] = {
      {R"("2128")", "2128"}, {"54", "54"}, {R"("0")", "0"}, {"2128.50", "2128.50"}, {"0.10", "0.10"},
      {R"("54,5")", "54.5"}, {"null", {}}, {R"("")", {}},   {R"("free")", {}, 1},   {"[]", {}, 1},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record("\"cost\":" + row.json);
    EXPECT_EQ(campaign.cost.has_value(), row.amount.has_value()) << row.json;
    if (campaign.cost && row.amount) {
      EXPECT_EQ(campaign.cost->amount.text(), *row.amount);
      EXPECT_EQ(campaign.cost->unit, "credits");
    }
    EXPECT_EQ(campaign.notes.size(), row.notes) << row.json;
  }
}

TEST(SmsupRecord, FindsTheExactTextInTheRightRecord) {
  auto const all = read_records(
      R"({"id":"1","cost":1.50},{"id":"2","cost":2},7,{"id":"3","cost":3.00,"delivery_rate":99.50})");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].cost->amount.text(), "1.50");
  EXPECT_EQ(all[1].cost->amount.text(), "2");
  EXPECT_EQ(all[2].cost->amount.text(), "3.00");
  EXPECT_EQ(all[2].statistics.reported_rates, (std::vector<ReportedRate>{{"delivery_rate", "99.50"}}));
}

TEST(SmsupRecord, KeepsTheReportedRateVerbatim) {
  using Rates = std::vector<ReportedRate>;
  EXPECT_EQ(read_record(R"("delivery_rate":"98.5")").statistics.reported_rates,
            (Rates{{"delivery_rate", "98.5"}}));
  EXPECT_EQ(read_record(R"("delivery_rate":"98,5 %")").statistics.reported_rates,
            (Rates{{"delivery_rate", "98,5 %"}}));
  EXPECT_EQ(read_record(R"("delivery_rate":100)").statistics.reported_rates,
            (Rates{{"delivery_rate", "100"}}));
  EXPECT_EQ(read_record(R"("delivery_rate":null)").statistics.reported_rates, Rates{});
  EXPECT_EQ(read_record(R"("delivery_rate":"")").statistics.reported_rates, Rates{});
}

TEST(SmsupRecord, KeepsTextsAsTheyAre) {
  auto const empty = read_record(R"("text":"","sender":"")");
  EXPECT_EQ(empty.text, "");
  EXPECT_EQ(empty.sender, "");
  EXPECT_EQ(read_record(R"("text":" a\u00e9\n ")").text, " a\xC3\xA9\n ");
  EXPECT_EQ(read_record(R"("text":null)").text, std::nullopt);
  EXPECT_EQ(read_record(R"("text":42)").text, "42");
  EXPECT_EQ(read_xml_record("<text>a &amp; b &#233;</text>").text, "a & b \xC3\xA9");
  EXPECT_EQ(read_xml_record("<text><![CDATA[a <b> c]]></text>").text, "a <b> c");
  EXPECT_EQ(read_xml_record("<text></text>").text, "");
  EXPECT_EQ(read_xml_record("<text>null</text>").text, std::nullopt);
  auto const odd = read_record(R"("text":["a"])");
  EXPECT_FALSE(odd.text);
  EXPECT_EQ(odd.notes.size(), 1U);
}

TEST(SmsupRecord, TakesTheOlderPagesShortRecords) {
  // 2018: a number for the status, no creation_date, no counters; 2022: no status either
  auto const older = read_records(
      R"({"id":"7","sender":"S","text":"T","date":"2018-02-02 10:00:00","cost":"1","status":1,"delivery_rate":"100"})");
  ASSERT_EQ(older.size(), 1U);
  EXPECT_FALSE(older[0].created_at);
  EXPECT_EQ(older[0].time(), (Timestamp{at("2018-02-02T09:00:00Z"), ZoneBasis::assumed}));
  EXPECT_FALSE(older[0].statistics.delivered || older[0].statistics.recipients || older[0].statistics.failed);
  EXPECT_TRUE(older[0].notes.empty());
  auto const oldest =
      read_records(R"({"id":"7","sender":"S","text":"T","date":"2018-02-02 10:00:00","cost":"1"})");
  EXPECT_EQ(oldest.at(0).status, CampaignStatus{});
}

TEST(SmsupRecord, NotesWhatHadToBeReplacedInTheRecordItStandsIn) {
  auto const all = read_records(R"({"id":"1","text":"a"},{"id":"2","text":"\ud800"},{"id":1e999})");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_TRUE(all[0].notes.empty());
  EXPECT_EQ(all[1].text, "\xEF\xBF\xBD");
  EXPECT_FALSE(all[1].notes.empty());
  EXPECT_FALSE(all[2].notes.empty());
}

TEST(SmsupRecord, KeepsTheRecordsTextByteForByteOnRequest) {
  std::string const first = R"({ "id" : "1",  "text":"\u0041" })";
  std::string const second = "{\"id\":2,\n\t\"cost\": 1.50}";
  auto const all = read_records(first + " , " + second, {}, true);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].raw(), first);
  EXPECT_EQ(all[1].raw(), second);

  std::string const element = "<campaign >\n <id>1</id><text>a &amp; b</text></campaign>";
  auto const xml = read_page(answer("<?xml version=\"1.0\"?><response><status>1</status>" + element +
                                    "<campaign><id>2</id></campaign></response>"),
                             {smsup::Format::xml}, true);
  ASSERT_TRUE(xml);
  ASSERT_EQ(xml->items.size(), 2U);
  EXPECT_EQ(xml->items[0].raw(), element);
  EXPECT_EQ(xml->items[1].raw(), "<campaign><id>2</id></campaign>");
}

}
}
