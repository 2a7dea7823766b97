#include "vendors/yeastar/fixture.hpp"

#include <optional>

namespace polycampaign::inline v1::yeastar {
namespace {

constexpr auto detail_of_5 =
    R"({"errcode":0,"data":{"id":5,"name":"VIP & Co","channel_type":"sms","sender":"+14102161183",)"
    R"("recipient_type":"phonebook","recipient_id":3,"send_time":1753250650,"content_type":"text",)"
    R"("content":"Hello"}})";

constexpr auto listed_5 =
    R"({"id":5,"name":"VIP & Co","status":"completed","channel_type":"sms","recipient_type":"phonebook",)"
    R"("recipient_name":"VIPs","send_time":1753250650,"result_count":"1/20","response_rate":"5%"})";

std::string page_of(std::string const& records, int total) {
  return R"({"errcode":0,"total_number":)" + std::to_string(total) + R"(,"list":[)" + records + "]}";
}

std::string get_url(std::string const& id) {
  return "GET " + api + "message_campaign/get?id=" + id;
}
std::string search_url(int page, int size = 100) {
  return "GET " + api + "message_campaign/search?page=" + std::to_string(page) +
         "&page_size=" + std::to_string(size) + "&search_value=VIP%20%26%20Co";
}

TEST(YeastarGet, JoinsTheDetailWithItsListEntry) {
  ScriptedConversation conversation{
      {{.request = get_url("5"), .reply = answer(detail_of_5)},
       {.request = search_url(1),
        .reply =
            answer(page_of(R"({"id":51,"name":"VIP & Co","status":"draft"},)" + std::string{listed_5}, 2))}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, "5");
  EXPECT_EQ(campaign->status, (CampaignStatus{StatusCode::completed, "completed"}));
  EXPECT_EQ(campaign->text, "Hello");
  EXPECT_EQ(campaign->sender, "+14102161183");
  EXPECT_EQ(campaign->statistics.failed, 1);
  EXPECT_EQ(campaign->statistics.messages, 20);
  EXPECT_EQ(campaign->statistics.reported_rates, (std::vector<ReportedRate>{{"response_rate", "5%"}}));
  EXPECT_EQ(campaign->recipient_lists, (std::vector<RecipientList>{{.id = "3", .name = "VIPs"}}));
  EXPECT_EQ(campaign->notes.size(), 1U);
  for (auto const& call : conversation.calls()) EXPECT_EQ(call.request.action, Action::read);
}

TEST(YeastarGet, FollowsTheSearchOverItsPages) {
  ScriptedConversation conversation{
      {{.request = get_url("5"), .reply = answer(detail_of_5)},
       {.request = search_url(1), .reply = answer(page_of(R"({"id":9},{"id":8})", 5))},
       {.request = search_url(2, 2), .reply = answer(page_of(R"({"id":7},{"id":6})", 5))},
       {.request = search_url(3, 2), .reply = answer(page_of(listed_5, 5))}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status.code, StatusCode::completed);
}

TEST(YeastarGet, TheSearchIsBounded) {
  std::vector<Turn> turns{{.request = get_url("5"), .reply = answer(detail_of_5)}};
  for (int page = 1; page <= 20; ++page)
    turns.push_back({.request = search_url(page, page == 1 ? 100 : 1),
                     .reply = answer(page_of(R"({"id":)" + std::to_string(1000 + page) + "}", 1000))});
  ScriptedConversation conversation{std::move(turns)};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status, CampaignStatus{});
  EXPECT_EQ(notes_holding(*campaign, "status").size(), 1U);
}

TEST(YeastarGet, ACampaignThatNoSearchFindsHasNoStatusButANote) {
  ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer(detail_of_5)},
                                     {.request = search_url(1), .reply = answer(page_of("", 0))}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status, CampaignStatus{});
  EXPECT_EQ(campaign->text, "Hello");
  EXPECT_EQ(notes_holding(*campaign, "status").size(), 1U);
}

TEST(YeastarGet, WithoutANameTheWholeListIsWalked) {
  ScriptedConversation conversation{
      {{.request = get_url("5"), .reply = answer(R"({"errcode":0,"data":{"id":5,"name":""}})")},
       {.request = "GET " + api + "message_campaign/list?page=1&page_size=100",
        .reply = answer(page_of(R"({"id":"5","status":"draft"})", 1))}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status.code, StatusCode::draft);
}

TEST(YeastarGet, ADetailThatTellsItsStatusNeedsNoSearch) {
  ScriptedConversation conversation{
      {{.request = get_url("5"),
        .reply = answer(
            R"({"errcode":0,"data":{"id":5,"name":"VIP","status":"executing","result_count":"0/9"}})")}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5", .brief = true}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->status.code, StatusCode::sending);
  EXPECT_EQ(campaign->statistics.messages, 9);
}

TEST(YeastarGet, KeepsTheDetailsOwnText) {
  ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer(detail_of_5)},
                                     {.request = search_url(1), .reply = answer(page_of(listed_5, 1))}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5", .keep_raw = true}, conversation);
  ASSERT_TRUE(campaign);
  std::string_view const body = detail_of_5;
  EXPECT_EQ(campaign->raw(), body.substr(body.find("{\"id\""), body.size() - body.find("{\"id\"") - 1));
}

TEST(YeastarGet, AnIdThatThePbxCannotHaveCostsNoRequest) {
  for (auto const* const id : {"", "abc", "5a", "-5", "5&access_token=x", "5,6", " 5", "5.0"}) {
    ScriptedConversation conversation{{}};
    auto const campaign = adapter()->call(GetCampaign{.id = std::string{id}}, conversation);
    ASSERT_FALSE(campaign) << id;
    EXPECT_EQ(campaign.error().code, ErrorCode::invalid_argument) << id;
    EXPECT_EQ(campaign.error().effect, Effect::none);
  }
}

TEST(YeastarGet, LeadingZerosNameTheSameCampaign) {
  ScriptedConversation conversation{
      {{.request = get_url("5"), .reply = answer(R"({"errcode":0,"data":{"id":5,"status":"draft"}})")}}};
  EXPECT_TRUE(adapter()->call(GetCampaign{.id = "005"}, conversation));
}

struct RefusedGet {
  std::string body;
  int status;
  ErrorCode code;
};

TEST(YeastarGet, WhatIsNotThereOrNotReadableIsAnError) {
  for (auto const& [body, status, code] : {
           RefusedGet{R"({"errcode":60001,"errmsg":"DATA NOT FOUND"})", 200, ErrorCode::not_found},
           RefusedGet{R"({"errcode":0,"data":{}})", 200, ErrorCode::not_found},
           RefusedGet{R"({"errcode":0,"data":[]})", 200, ErrorCode::not_found},
           RefusedGet{R"({"errcode":0,"data":null})", 200, ErrorCode::not_found},
           RefusedGet{R"({"errcode":0,"data":{"id":6}})", 200, ErrorCode::protocol},
           RefusedGet{R"({"errcode":0,"data":[{"id":6},{"id":7}]})", 200, ErrorCode::protocol},
           RefusedGet{R"({"errcode":10004})", 200, ErrorCode::unauthenticated},
           RefusedGet{"<html>", 200, ErrorCode::protocol},
           RefusedGet{"", 500, ErrorCode::unavailable},
       }) {
    ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer(body, status)}}};
    auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
    ASSERT_FALSE(campaign) << body;
    EXPECT_EQ(campaign.error().code, code) << body;
    EXPECT_EQ(campaign.error().effect, Effect::none) << body;
  }
}

TEST(YeastarGet, ARecordWithoutIdIsTheOneThatWasAskedFor) {
  ScriptedConversation conversation{
      {{.request = get_url("5"), .reply = answer(R"({"errcode":0,"data":{"name":"n","status":"draft"}})")}}};
  auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->id, "5");
  EXPECT_EQ(notes_holding(*campaign, "id").size(), 1U);
}

TEST(YeastarGet, ARefusedSearchCostsTheStatusOnly) {
  for (auto const* const errcode : {"10001", "40002", "60001", "60002", "10005"}) {
    ScriptedConversation conversation{
        {{.request = get_url("5"), .reply = answer(detail_of_5)},
         {.request = search_url(1), .reply = answer(std::string{R"({"errcode":)"} + errcode + "}")}}};
    auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
    ASSERT_TRUE(campaign) << errcode;
    EXPECT_EQ(campaign->text, "Hello");
    EXPECT_EQ(notes_holding(*campaign, "status").size(), 1U);
  }
}

TEST(YeastarGet, ASearchThatFailsOtherwiseFailsTheCall) {
  for (auto const code : {ErrorCode::network, ErrorCode::canceled, ErrorCode::deadline_exceeded,
                          ErrorCode::unauthenticated, ErrorCode::unavailable, ErrorCode::protocol}) {
    ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer(detail_of_5)},
                                       {.request = search_url(1), .reply = Error{.code = code}}}};
    auto const campaign = adapter()->call(GetCampaign{.id = "5"}, conversation);
    ASSERT_FALSE(campaign);
    EXPECT_EQ(campaign.error().code, code);
  }
}

TEST(YeastarComplete, AddsTheDetailAndKeepsWhatOnlyTheListTells) {
  ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer(detail_of_5)}}};
  auto const campaign =
      test::listing(*adapter(), {.keep_raw = true}).complete(listed(listed_5), conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->text, "Hello");
  EXPECT_EQ(campaign->status.code, StatusCode::completed);
  EXPECT_EQ(campaign->statistics.messages, 20);
  EXPECT_EQ(campaign->recipient_lists, (std::vector<RecipientList>{{.id = "3", .name = "VIPs"}}));
  EXPECT_NE(campaign->raw().find("content"), std::string_view::npos);
  EXPECT_EQ(campaign->notes.size(), 1U);
}

TEST(YeastarComplete, ACampaignThatIsGoneComesBackWithANote) {
  ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer(R"({"errcode":60001})")}}};
  auto expected = listed(listed_5);
  auto const campaign = test::listing(*adapter(), list_query()).complete(listed(listed_5), conversation);
  ASSERT_TRUE(campaign);
  ASSERT_EQ(campaign->notes.size(), expected.notes.size() + 1);
  expected.notes = campaign->notes;
  EXPECT_EQ(*campaign, expected);
}

TEST(YeastarComplete, ACampaignWithoutIdComesBackWithANote) {
  ScriptedConversation conversation{{}};
  auto const campaign =
      test::listing(*adapter(), list_query()).complete(listed(R"({"name":"n"})"), conversation);
  ASSERT_TRUE(campaign);
  EXPECT_EQ(campaign->name, "n");
  EXPECT_EQ(campaign->notes.size(), 2U);
}

TEST(YeastarComplete, OtherErrorsArePassedOn) {
  ScriptedConversation conversation{{{.request = get_url("5"), .reply = answer("", 503)}}};
  auto const campaign = test::listing(*adapter(), list_query()).complete(listed(listed_5), conversation);
  ASSERT_FALSE(campaign);
  EXPECT_EQ(campaign.error().code, ErrorCode::unavailable);
}

TEST(YeastarDetails, AreReadAsAnArrayUnderEitherName) {
  for (auto const* const body :
       {R"({"errcode":0,"list":[{"id":5,"content_type":"text","content":"a"},{"id":2}]})",
        R"({"errcode":0,"data":[{"id":5,"content_type":"text","content":"a"},{"id":2}]})"}) {
    auto const campaigns = provider().decode(Document::get, body, {});
    ASSERT_TRUE(campaigns);
    ASSERT_EQ(campaigns->size(), 2U);
    EXPECT_EQ((*campaigns)[0].text, "a");
    EXPECT_EQ((*campaigns)[1].id, "2");
  }
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
