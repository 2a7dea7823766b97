#include "vendors/dexatel/support.hpp"

#include <limits>

namespace polycampaign::inline v1::vendor_tests {
namespace {

TEST(DexatelRecord, ReadsTheListOfTheLaterPages) {
  auto const page = read_page(answer(data_file("dexatel/campaign_list.d2b.reconstructed.json")));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->info.records, 1);
  EXPECT_EQ(page->info.total, 1);
  EXPECT_EQ(page->info.next_token, "");
  ASSERT_EQ(page->items.size(), 1U);
  Campaign expected;
  expected.id = "48e200b7-be98-4360-b5c7-5dfac16b06f9";
  expected.provider = "dexatel";
  expected.name = "spring_sale";
  expected.channel = Channel::sms;
  expected.status = {StatusCode::scheduled, "scheduled"};
  expected.created_at = Timestamp{at("2025-02-20T08:15:30Z"), ZoneBasis::documented};
  expected.updated_at = expected.created_at;
  expected.scheduled_at = Timestamp{at("2025-03-01T09:00:00Z"), ZoneBasis::assumed};
  expected.recipient_lists = {{"22089fd7-7b74-4815-8452-3a8e864affbc", std::nullopt}};
  EXPECT_EQ(page->items[0], expected);
}

TEST(DexatelRecord, KnowsTheStatusWordsInAnySpelling) {
  struct {
    std::string word;
    StatusCode code;
  } const rows[] = {
      {"scheduled", StatusCode::scheduled},   {"SCHEDULED", StatusCode::scheduled},
      {"in_progress", StatusCode::sending},   {"in-progress", StatusCode::sending},
      {" In Progress ", StatusCode::sending}, {"completed", StatusCode::completed},
      {"Completed", StatusCode::completed},   {"failed", StatusCode::failed},
      {"FAILED", StatusCode::failed},         {"canceled", StatusCode::canceled},
      {"Cancelled", StatusCode::canceled},    {"faild", StatusCode::unknown},
      {"enroute", StatusCode::unknown},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record(R"("status":")" + row.word + '"');
    EXPECT_EQ(campaign.status, (CampaignStatus{row.code, row.word})) << row.word;
    EXPECT_TRUE(campaign.notes.empty()) << row.word;
  }
  EXPECT_EQ(read_record(R"("status":3)").status, (CampaignStatus{StatusCode::unknown, "3"}));
  for (auto const* none : {R"("status":null)", R"("status":"")", R"("status":" ")", R"("name":"x")"})
    EXPECT_EQ(read_record(none).status, CampaignStatus{}) << none;
}

TEST(DexatelRecord, ReadsTheChannelInAnyCase) {
  struct {
    std::string json;
    std::optional<Channel> channel;
    std::size_t notes = 0;
  } const rows[] = {
      {R"("SMS")", Channel::sms},
      {R"("sms")", Channel::sms},
      {R"("whatsapp")", Channel::whatsapp},
      {R"("WHATSAPP")", Channel::whatsapp},
      {R"("Viber")", Channel::viber},
      {"null", std::nullopt},
      {R"("")", std::nullopt},
      {R"("TELEGRAM")", Channel::unknown, 1},
      {"2", Channel::unknown, 1},
      {"[]", std::nullopt, 1},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record("\"channel\":" + row.json);
    EXPECT_EQ(campaign.channel, row.channel) << row.json;
    EXPECT_EQ(campaign.notes.size(), row.notes) << row.json;
  }
  EXPECT_FALSE(read_record(R"("name":"x")").channel);
}

TEST(DexatelRecord, ReadsDatesInEveryPrintedShape) {
  struct {
    std::string text;
    std::string utc;
  } const rows[] = {
      {"2025-02-20 08:15:30", "2025-02-20T08:15:30Z"},
      {"202502-20 08:15:30", "2025-02-20T08:15:30Z"},
      {"2025-0220 08:15:30", "2025-02-20T08:15:30Z"},
      {"2025-02-20T08:15:30", "2025-02-20T08:15:30Z"},
      {"2025-02-20T08:15:30Z", "2025-02-20T08:15:30Z"},
      {"2025-02-20T08:15:30.123456Z", "2025-02-20T08:15:30Z"},
      {"2025-02-20T08:15:30+04:00", "2025-02-20T04:15:30Z"},
      {" 2025-02-20 08:15:30 ", "2025-02-20T08:15:30Z"},
  };
  for (auto const& row : rows) {
    // documented as UTC: a configured zone is for the schedule only
    auto const campaign = read_record(
        R"("create_date":")" + row.text + R"(","update_date":")" + row.text + '"', "Asia/Yerevan");
    EXPECT_EQ(campaign.created_at, (Timestamp{at(row.utc), ZoneBasis::documented})) << row.text;
    EXPECT_EQ(campaign.updated_at, (Timestamp{at(row.utc), ZoneBasis::documented})) << row.text;
    EXPECT_TRUE(campaign.notes.empty()) << row.text;
  }
}

TEST(DexatelRecord, MarksTheZoneOfTheScheduleAsAssumedOrConfigured) {
  EXPECT_EQ(read_record(R"("schedule":"2025-03-01 09:00:00")").scheduled_at,
            (Timestamp{at("2025-03-01T09:00:00Z"), ZoneBasis::assumed}));
  EXPECT_EQ(read_record(R"("schedule":"2025-03-01 09:00:00")", "Asia/Yerevan").scheduled_at,
            (Timestamp{at("2025-03-01T05:00:00Z"), ZoneBasis::configured}));
  EXPECT_EQ(read_record(R"("schedule":"2025-03-01T09:00:00+02:00")", "Asia/Yerevan").scheduled_at,
            (Timestamp{at("2025-03-01T07:00:00Z"), ZoneBasis::documented}));
}

TEST(DexatelRecord, LeavesOutTimesThatAreNone) {
  for (auto const* none : {R"("schedule":null)", R"("schedule":"")", R"("name":"x")"}) {
    auto const campaign = read_record(none);
    EXPECT_FALSE(campaign.scheduled_at) << none;
    EXPECT_TRUE(campaign.notes.empty()) << none;
  }
  for (auto const* odd : {R"("schedule":"2025-02-30 09:00:00")", R"("schedule":"soon")", R"("schedule":{})",
                          R"("create_date":17)", R"("update_date":"2025-02-20 25:00:00")"}) {
    auto const campaign = read_record(odd);
    EXPECT_FALSE(campaign.scheduled_at || campaign.created_at || campaign.updated_at) << odd;
    EXPECT_EQ(campaign.notes.size(), 1U) << odd;
  }
}

TEST(DexatelRecord, ReadsTheCountersWhereThereAreAny) {
  struct {
    std::string json;
    Count messages, delivered, failed;
    std::size_t notes = 0;
  } const rows[] = {
      {R"({"total":100,"delivered":40,"failed":2})", 100, 40, 2},
      {R"({"total":"100","delivered":"40","failed":"0"})", 100, 40, 0},
      {R"({"total":100})", 100, {}, {}},
      {R"({"total":null,"delivered":"","failed":2,"sent":7})", {}, {}, 2},
      {R"({"total":-1,"delivered":9223372036854775807,"failed":9223372036854775808})",
       {},
       std::numeric_limits<std::int64_t>::max(),
       {},
       2},
      {R"({"total":"many","delivered":{},"failed":1.5})", {}, {}, {}, 3},
      {"{}", {}, {}, {}},
      {"null", {}, {}, {}},
      {"7", {}, {}, {}, 1},
      {"[]", {}, {}, {}, 1},
  };
  for (auto const& row : rows) {
    auto const campaign = read_record("\"messages\":" + row.json);
    Statistics expected;
    expected.messages = row.messages;
    expected.delivered = row.delivered;
    expected.failed = row.failed;
    EXPECT_EQ(campaign.statistics, expected) << row.json;
    EXPECT_EQ(campaign.notes.size(), row.notes) << row.json;
  }
}

TEST(DexatelRecord, NamesTheAudienceByItsIdOnly) {
  using Lists = std::vector<RecipientList>;
  EXPECT_EQ(read_record(R"("audience_id":"a")").recipient_lists, (Lists{{"a", std::nullopt}}));
  EXPECT_EQ(read_record(R"("audience_id":12)").recipient_lists, (Lists{{"12", std::nullopt}}));
  EXPECT_EQ(read_record(R"("audience_id":"")").recipient_lists, Lists{});
  EXPECT_EQ(read_record(R"("audience_id":null)").recipient_lists, Lists{});
}

TEST(DexatelRecord, ReadsIdsAndNamesExactly) {
  EXPECT_EQ(read_records(R"({"id":9007199254740993})").at(0).id, "9007199254740993");
  EXPECT_EQ(read_records(R"({"id":18446744073709551615})").at(0).id, "18446744073709551615");
  EXPECT_EQ(read_records(R"({"id":" 7 "})").at(0).id, "7");
  EXPECT_EQ(read_record(R"("name":"")").name, "");
  EXPECT_EQ(read_record(R"("name":null)").name, std::nullopt);
  EXPECT_EQ(read_record(R"("name":"\u00e9t\u00e9")").name, "\xC3\xA9t\xC3\xA9");
}

TEST(DexatelRecord, KeepsAnEntryWithoutAReadableIdWithANote) {
  for (std::string const entry : {R"({"id":null,"name":"x"})", R"({"id":""})"}) {
    auto const all = read_records(R"({"id":"1"},)" + entry + R"(,{"id":"3"})", {}, true);
    ASSERT_EQ(all.size(), 3U) << entry;
    EXPECT_EQ(all[1].id, "") << entry;
    EXPECT_FALSE(all[1].notes.empty()) << entry;
    EXPECT_EQ(all[1].provider, "dexatel");
    EXPECT_EQ(all[1].raw(), entry);
    EXPECT_EQ(all[2].id, "3");
    EXPECT_TRUE(all[0].notes.empty() && all[2].notes.empty());
  }
}

TEST(DexatelRecord, LeavesOutWhatIsNoCampaignAndSaysSo) {
  for (std::string const entry :
       {"{}", "null", "7", R"("text")", "[]", R"({"id":null})", R"({"messages":{"total":1}})"}) {
    auto const all = read_records(R"({"id":"1"},)" + entry + R"(,{"id":"3"})", {}, true);
    ASSERT_EQ(all.size(), 2U) << entry;
    ASSERT_EQ(all[0].notes.size(), 1U) << entry;
    EXPECT_NE(all[0].notes[0].find("left out"), std::string::npos) << all[0].notes[0];
    EXPECT_EQ(all[1].raw(), R"({"id":"3"})") << entry;
    EXPECT_TRUE(all[1].notes.empty()) << entry;
  }
}

TEST(DexatelRecord, OfSeveralMembersOfOneNameTheLastOneCounts) {
  auto const all = read_records(
      R"({"id":"1","id":"2","name":"a","name":"b","status":"failed","status":"completed","audience_id":"x","audience_id":"y",)"
      R"("messages":{"total":1},"messages":{"total":2,"total":3,"failed":4,"failed":null}})");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].id, "2");
  EXPECT_EQ(all[0].name, "b");
  EXPECT_EQ(all[0].status.code, StatusCode::completed);
  EXPECT_EQ(all[0].recipient_lists, (std::vector<RecipientList>{{"y", std::nullopt}}));
  EXPECT_EQ(all[0].statistics.messages, 3);
  EXPECT_EQ(all[0].statistics.failed, std::nullopt);
}

TEST(DexatelRecord, NotesWhatHadToBeReplacedInTheRecordItStandsIn) {
  auto const all = read_records(R"({"id":"1"},{"id":"2","name":"\ud800"})");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].notes.empty());
  EXPECT_EQ(all[1].name, "\xEF\xBF\xBD");
  EXPECT_FALSE(all[1].notes.empty());
}

TEST(DexatelRecord, KeepsTheRecordsTextByteForByteOnRequest) {
  std::string const first = "{ \"id\" : \"1\",\n \"name\":\"\\u0041\" }";
  auto const all = read_records(first + " , {\"id\":2}", {}, true);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].raw(), first);
  EXPECT_EQ(all[1].raw(), "{\"id\":2}");
  EXPECT_EQ(read_records(first).at(0).raw(), "");
}

}
}
