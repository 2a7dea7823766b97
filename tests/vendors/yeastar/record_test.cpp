#include "vendors/yeastar/fixture.hpp"

#include <chrono>
#include <optional>

namespace polycampaign::inline v1::yeastar {
namespace {

Campaign detailed(std::string const& record) {
  auto campaigns = provider().decode(Document::get, R"({"errcode":0,"data":)" + record + "}", {});
  EXPECT_TRUE(campaigns) << record;
  return campaigns && campaigns->size() == 1 ? std::move(campaigns->front()) : Campaign{};
}

TEST(YeastarRecord, ReadsThePublishedRecordWhole) {
  auto const campaigns =
      provider().decode(Document::list, data_file("yeastar/message_campaign_list.response.json"), {});
  ASSERT_TRUE(campaigns);
  ASSERT_EQ(campaigns->size(), 3U);

  Campaign expected;
  expected.id = "5";
  expected.provider = "yeastar";
  expected.name = "VIP Discount Campaign";
  expected.sender = "+14102161183";
  expected.channel = Channel::sms;
  expected.status = {StatusCode::completed, "completed"};
  expected.scheduled_at =
      Timestamp{std::chrono::sys_seconds{std::chrono::seconds{1753250650}}, ZoneBasis::documented};
  expected.statistics.failed = 2;
  expected.statistics.messages = 2;
  expected.statistics.reported_rates = {{"response_rate", "0%"}};
  expected.recipient_lists = {{.id = std::nullopt, .name = "VIP_Contacts_Phonebook"}};
  expected.notes = (*campaigns)[0].notes;
  EXPECT_EQ((*campaigns)[0], expected);
  ASSERT_EQ(expected.notes.size(), 1U);
  EXPECT_NE(expected.notes[0].find("2/2"), std::string::npos);

  EXPECT_TRUE((*campaigns)[1].recipient_lists.empty());
  EXPECT_EQ((*campaigns)[1].statistics.messages, 10);
}

struct StatusWord {
  std::string json;
  StatusCode code;
  std::optional<std::string> word;
};

TEST(YeastarRecord, EveryStatusWordIsKnownInAnySpelling) {
  for (auto const& [json, code, word] : {
           StatusWord{R"("draft")", StatusCode::draft, "draft"},
           StatusWord{R"("Draft ")", StatusCode::draft, "Draft "},
           StatusWord{R"("scheduled")", StatusCode::scheduled, "scheduled"},
           StatusWord{R"("SCHEDULED")", StatusCode::scheduled, "SCHEDULED"},
           StatusWord{R"("pending")", StatusCode::queued, "pending"},
           StatusWord{R"(" Pending")", StatusCode::queued, " Pending"},
           StatusWord{R"("executing")", StatusCode::sending, "executing"},
           StatusWord{R"("Executing")", StatusCode::sending, "Executing"},
           StatusWord{R"("retrying")", StatusCode::retrying, "retrying"},
           StatusWord{R"("completed")", StatusCode::completed, "completed"},
           StatusWord{R"("COMPLETED\t")", StatusCode::completed, "COMPLETED\t"},
           StatusWord{R"("stop")", StatusCode::interrupted, "stop"},
           StatusWord{R"("Stop")", StatusCode::interrupted, "Stop"},
           StatusWord{R"("Stopped")", StatusCode::interrupted, "Stopped"},
           StatusWord{R"("paused")", StatusCode::unknown, "paused"},
           StatusWord{"3", StatusCode::unknown, "3"},
           StatusWord{R"("")", StatusCode::unknown, std::nullopt},
           StatusWord{"null", StatusCode::unknown, std::nullopt},
       }) {
    auto const campaign = listed(R"({"id":1,"status":)" + json + "}");
    EXPECT_EQ(campaign.status, (CampaignStatus{code, word})) << json;
    EXPECT_TRUE(campaign.notes.empty()) << json;
  }
  auto const odd = listed(R"({"id":1,"status":{"a":1}})");
  EXPECT_EQ(odd.status, CampaignStatus{});
  EXPECT_EQ(odd.notes.size(), 1U);
}

TEST(YeastarRecord, TheChannelIsAbsentWhenNotToldAndUnknownWithANoteForAnotherWord) {
  EXPECT_EQ(listed(R"({"id":1,"channel_type":"SMS "})").channel, Channel::sms);
  EXPECT_EQ(listed(R"({"id":1,"channel_type":"whatsapp"})").channel, Channel::whatsapp);
  EXPECT_EQ(listed(R"({"id":1})").channel, std::nullopt);
  EXPECT_EQ(listed(R"({"id":1,"channel_type":""})").channel, std::nullopt);
  EXPECT_EQ(listed(R"({"id":1,"channel_type":null})").channel, std::nullopt);
  auto const odd = listed(R"({"id":1,"channel_type":"facebook"})");
  EXPECT_EQ(odd.channel, Channel::unknown);
  EXPECT_EQ(notes_holding(odd, "facebook").size(), 1U);
}

struct Result2 {
  std::string json;
  Count failed;
  Count messages;
  std::size_t notes;
};

TEST(YeastarRecord, ResultCountIsFailedOfTotalWithItsRawText) {
  for (auto const& [json, failed, messages, notes] : {
           Result2{R"("2/10")", 2, 10, 1},
           Result2{R"(" 0 / 6 ")", 0, 6, 1},
           Result2{R"("10/2")", 10, 2, 1},
           Result2{R"("")", std::nullopt, std::nullopt, 0},
           Result2{"null", std::nullopt, std::nullopt, 0},
           Result2{R"("2")", std::nullopt, std::nullopt, 1},
           Result2{R"("a/b")", std::nullopt, std::nullopt, 1},
           Result2{R"("1/2/3")", std::nullopt, std::nullopt, 1},
           Result2{R"("/")", std::nullopt, std::nullopt, 1},
           Result2{R"("-1/5")", std::nullopt, std::nullopt, 1},
           Result2{R"("1/9223372036854775808")", std::nullopt, std::nullopt, 1},
           Result2{"7", std::nullopt, std::nullopt, 1},
       }) {
    auto const campaign = listed(R"({"id":1,"result_count":)" + json + "}");
    EXPECT_EQ(campaign.statistics.failed, failed) << json;
    EXPECT_EQ(campaign.statistics.messages, messages) << json;
    EXPECT_EQ(campaign.statistics.delivered, std::nullopt) << json;
    EXPECT_EQ(campaign.notes.size(), notes) << json;
  }
  EXPECT_EQ(notes_holding(listed(R"({"id":1,"result_count":"2/10"})"), "\"2/10\"").size(), 1U);
}

struct Rate {
  std::string json;
  std::vector<ReportedRate> expected;
};

TEST(YeastarRecord, TheResponseRateIsKeptVerbatim) {
  for (auto const& [json, expected] : {
           Rate{R"("0%")", {{"response_rate", "0%"}}},
           Rate{R"("12,5 %")", {{"response_rate", "12,5 %"}}},
           Rate{"0", {{"response_rate", "0"}}},
           Rate{"12.50", {{"response_rate", "12.50"}}},
           Rate{R"("")", {}},
           Rate{"null", {}},
       }) {
    auto const campaign = listed(R"({"id":1,"response_rate":)" + json + "}");
    EXPECT_EQ(campaign.statistics.reported_rates, expected) << json;
    EXPECT_TRUE(campaign.notes.empty()) << json;
  }
}

struct Sent {
  std::string json;
  std::optional<std::int64_t> seconds;
  std::size_t notes;
};

TEST(YeastarRecord, SendTimeIsTheDocumentedUnixTime) {
  for (auto const& [json, seconds, notes] : {
           Sent{"1753250650", 1753250650, 0},
           Sent{R"("1753250650")", 1753250650, 0},
           Sent{"1753250650123", 1753250650, 0},
           Sent{"0", std::nullopt, 0},
           Sent{R"("0")", std::nullopt, 0},
           Sent{R"("")", std::nullopt, 0},
           Sent{"null", std::nullopt, 0},
           Sent{R"("tomorrow")", std::nullopt, 1},
           Sent{"[]", std::nullopt, 1},
       }) {
    auto const campaign = listed(R"({"id":1,"send_time":)" + json + "}");
    std::optional<Timestamp> expected;
    if (seconds)
      expected = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{*seconds}}, ZoneBasis::documented};
    EXPECT_EQ(campaign.scheduled_at, expected) << json;
    EXPECT_EQ(campaign.notes.size(), notes) << json;
  }
  EXPECT_FALSE(listed(R"({"id":1,"send_time":1753250650})").created_at);
}

struct Id {
  std::string json;
  std::string id;
  bool noted;
};

TEST(YeastarRecord, IdsAreExactWhateverTheirType) {
  for (auto const& [json, id, noted] : {
           Id{"5", "5", false},
           Id{R"("5")", "5", false},
           Id{"9007199254740993", "9007199254740993", false},
           Id{"9223372036854775808", "9223372036854775808", false},
           Id{R"("")", "", true},
           Id{"null", "", true},
           Id{"true", "", true},
           Id{"[1]", "", true},
       }) {
    auto const campaign = listed(R"({"id":)" + json + R"(,"name":"n"})");
    EXPECT_EQ(campaign.id, id) << json;
    EXPECT_EQ(campaign.name, "n") << json;
    EXPECT_EQ(!campaign.notes.empty(), noted) << json;
  }
  EXPECT_EQ(notes_holding(listed(R"({"name":"n"})"), "id").size(), 1U);
}

TEST(YeastarRecord, OneOddRecordFailsNoPage) {
  auto const campaigns = provider().decode(
      Document::list,
      R"({"errcode":0,"list":[{"id":1,"name":["x"],"sender":7,"send_time":{}},5,null,"x",[],{"id":2}]})",
      {.keep_raw = true});
  ASSERT_TRUE(campaigns);
  ASSERT_EQ(campaigns->size(), 2U);
  EXPECT_EQ((*campaigns)[0].id, "1");
  EXPECT_EQ((*campaigns)[0].name, std::nullopt);
  EXPECT_EQ((*campaigns)[0].sender, "7");
  EXPECT_EQ((*campaigns)[0].notes.size(), 3U);
  EXPECT_EQ(notes_holding((*campaigns)[0], "4 elements").size(), 1U);
  EXPECT_EQ((*campaigns)[1].id, "2");
  EXPECT_EQ((*campaigns)[1].raw(), R"({"id":2})");
  EXPECT_TRUE((*campaigns)[1].notes.empty());
}

TEST(YeastarRecord, OfSeveralMembersOfOneNameTheLastOneCounts) {
  auto const campaign = listed(
      R"({"id":1,"id":2,"name":"a","name":"b","status":"draft","status":null,"response_rate":1.5,"response_rate":0.50,)"
      R"("result_count":"1/2","result_count":"3/4","send_time":1700000000,"send_time":0})");
  EXPECT_EQ(campaign.id, "2");
  EXPECT_EQ(campaign.name, "b");
  EXPECT_EQ(campaign.status, CampaignStatus{});
  EXPECT_EQ(campaign.statistics.failed, 3);
  EXPECT_EQ(campaign.statistics.reported_rates, (std::vector<ReportedRate>{{"response_rate", "0.50"}}));
  EXPECT_EQ(campaign.scheduled_at, std::nullopt);
}

TEST(YeastarRecord, RawIsTheRecordByteForByteAndOnlyOnRequest) {
  std::string const record = R"({ "id" : 5,  "name":"\u00e9", "x": 1.50 })";
  EXPECT_EQ(listed(record, {.keep_raw = true}).raw(), record);
  EXPECT_EQ(listed(record).raw(), "");
  auto const data =
      provider().decode(Document::get, R"({"errcode":0,"data":)" + record + "}", {.keep_raw = true});
  ASSERT_TRUE(data);
  EXPECT_EQ(data->front().raw(), record);
}

TEST(YeastarRecord, ReadsTheDetail) {
  auto const campaign =
      detailed(R"({"id":5,"name":"VIP","channel_type":"sms","omnichannel_id":1,"sender":"+14102161183",)"
               R"("recipient_type":"phonebook","recipient_id":3,"recipient_num_type":"mobile_number",)"
               R"("send_type":"schedule","send_time":1753250650,"send_mode":"direct","content_type":"text",)"
               R"("content":"Hello","number_list":[{"id":1,"number":"+14102161184"}],"msg_param":""})");
  EXPECT_EQ(campaign.id, "5");
  EXPECT_EQ(campaign.text, "Hello");
  EXPECT_EQ(campaign.status, CampaignStatus{});
  EXPECT_EQ(campaign.recipient_lists, (std::vector<RecipientList>{{.id = "3", .name = std::nullopt}}));
  EXPECT_EQ(campaign.statistics, Statistics{});
  EXPECT_TRUE(campaign.notes.empty());
}

struct Content {
  std::string members;
  std::optional<std::string> text;
};

TEST(YeastarRecord, OnlyTextContentIsTheText) {
  for (auto const& [members, text] : {
           Content{R"("content_type":"text","content":"Hello")", "Hello"},
           Content{R"("content":"Hello","content_type":"Text")", "Hello"},
           Content{R"("content_type":"text","content":"")", ""},
           Content{R"("content_type":"text","content":" ")", " "},
           Content{R"("content_type":"text")", std::nullopt},
           Content{R"("content_type":"document","content":"[{\"id\":\"1\"}]")", std::nullopt},
           Content{R"("content_type":"template","content":"x")", std::nullopt},
           Content{R"("content":"Hello")", std::nullopt},
       })
    EXPECT_EQ(detailed(R"({"id":5,)" + members + "}").text, text) << members;
}

TEST(YeastarRecord, TypedNumbersHaveNoPhonebook) {
  EXPECT_TRUE(detailed(R"({"id":5,"recipient_type":"input","recipient_id":3})").recipient_lists.empty());
  EXPECT_TRUE(detailed(R"({"id":5,"recipient_type":"phonebook","recipient_id":0})").recipient_lists.empty());
  EXPECT_TRUE(detailed(R"({"id":5,"recipient_type":"phonebook","recipient_id":"","recipient_name":" "})")
                  .recipient_lists.empty());
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
