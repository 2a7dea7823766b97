#include "polycampaign/protocol/change.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace polycampaign::protocol {
namespace {

Error failed(Effect effect, ErrorCode code = ErrorCode::network) {
  return {.code = code, .effect = effect, .message = "words"};
}
Campaign campaign_called(std::string name) {
  return {.id = "7", .name = std::move(name)};
}
bool is_new(Campaign const& campaign) {
  return campaign.name == "new";
}

TEST(Changed, ReadsTheCampaignAfterASuccess) {
  Campaign answered = campaign_called("old");
  answered.notes = {"a note of the answer"};
  auto const result = changed(
      answered, [] { return campaign_called("new"); }, &is_new);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->name, "new");
  EXPECT_EQ(result->notes, answered.notes);
  EXPECT_EQ(changed(answered, nullptr, &is_new)->name, "old");
}

TEST(Changed, SaysIfTheCampaignDoesNotShowAnAcceptedChange) {
  std::vector<std::string> const said{
      "the vendor accepted the change, but the campaign does not show it yet"};
  auto const notes = [](Campaign const& answered, Campaign const& read) {
    auto const result = changed(
        answered, [&] { return Result<Campaign>{read}; }, &is_new);
    EXPECT_TRUE(result);
    EXPECT_EQ(result->name, read.name);
    return result->notes;
  };
  auto const with_status = [](std::string name) {
    auto campaign = campaign_called(std::move(name));
    campaign.status.code = StatusCode::scheduled;
    return campaign;
  };
  EXPECT_EQ(notes(campaign_called("old"), with_status("old")), said);
  EXPECT_EQ(notes(campaign_called("new"), with_status("old")), said);
  EXPECT_EQ(notes(campaign_called("old"), campaign_called("old")), said);
  EXPECT_TRUE(notes(campaign_called("new"), campaign_called("old")).empty())
      << "a campaign without a status says nothing against the answer";
  EXPECT_TRUE(notes(campaign_called("old"), with_status("new")).empty());
}

TEST(Changed, StaysASuccessIfTheCampaignCannotBeRead) {
  auto const result = changed(
      campaign_called("old"), [] { return Result<Campaign>{failed(Effect::none)}; }, &is_new);
  ASSERT_TRUE(result);
  ASSERT_EQ(result->notes.size(), 1U);
  EXPECT_NE(result->notes[0].find("could not be read"), std::string::npos);
}

TEST(Changed, LooksOnlyAfterALostAnswer) {
  int reads = 0;
  auto const read = [&] {
    ++reads;
    return Result<Campaign>{campaign_called("new")};
  };
  EXPECT_FALSE(changed(failed(Effect::none), read, &is_new));
  EXPECT_EQ(reads, 0);
  EXPECT_EQ(changed(failed(Effect::unknown), read, &is_new)->name, "new");
  EXPECT_EQ(reads, 1);
  auto const other = changed(
      failed(Effect::unknown), [] { return Result<Campaign>{campaign_called("old")}; }, &is_new);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().effect, Effect::unknown);
  EXPECT_NE(other.error().message.find("it may still come"), std::string::npos);
  auto const unread = changed(
      failed(Effect::unknown), [] { return Result<Campaign>{failed(Effect::none)}; }, &is_new);
  EXPECT_EQ(unread.error().effect, Effect::unknown);
}

TEST(Deleted, IsASuccessIfTheCampaignIsGone) {
  auto const gone = [] { return Result<Campaign>{failed(Effect::none, ErrorCode::not_found)}; };
  auto const there = [] { return Result<Campaign>{campaign_called("old")}; };
  EXPECT_TRUE(deleted(Done{}, nullptr));
  EXPECT_TRUE(deleted(failed(Effect::unknown), gone));
  EXPECT_FALSE(deleted(failed(Effect::none), gone)) << "the vendor refused";
  EXPECT_EQ(deleted(failed(Effect::unknown), there).error().effect, Effect::unknown);
  EXPECT_EQ(
      deleted(failed(Effect::unknown), [] { return Result<Campaign>{failed(Effect::none)}; }).error().effect,
      Effect::unknown);
}

TEST(Leaving, AddsASentence) {
  EXPECT_EQ(leaving(failed(Effect::none), "It stays").message, "words. It stays");
  EXPECT_EQ(leaving(failed(Effect::none), "").message, "words");
}

TEST(Deleted, IsASuccessIfTheListIsGone) {
  using List = Result<RecipientList>;
  auto const gone = [] { return List{failed(Effect::none, ErrorCode::not_found)}; };
  EXPECT_TRUE(list_deleted(Done{}, [] { return List{RecipientList{}}; }));
  EXPECT_TRUE(list_deleted(failed(Effect::unknown), gone));
  EXPECT_FALSE(list_deleted(failed(Effect::none), gone)) << "the vendor refused";
  auto const kept = list_deleted(failed(Effect::unknown), [] { return List{RecipientList{.id = "7"}}; });
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().effect, Effect::unknown);
  EXPECT_EQ(kept.error().message, "words. The list still exists; it may still be deleted");
  auto const unread = list_deleted(failed(Effect::unknown), [] { return List{failed(Effect::none)}; });
  ASSERT_FALSE(unread);
  EXPECT_NE(unread.error().message.find("the list could not be read"), std::string::npos);
}

TEST(MaskTexts, LeavesNothingOfATextInAVendorsWords) {
  std::vector<std::string> const texts{"Dear Anna, your results are ready",
                                       "Übermorgen größere Auswahl 🌷 im Laden", "short"};
  struct {
    std::string words, masked;
  } const cases[] = {
      {"nothing of it", "nothing of it"},
      {"bad text: 'Dear Anna, your results are ready'", "bad text: '***'"},
      {"cut: Dear Anna, your resul", "cut: ***"},
      {"end: results are ready!", "end:***!"},
      {"twice Dear Anna, your and Dear Anna, your", "twice ***and ***"},
      {"größere Auswahl 🌷 im L", "***"},
      {"a short one", "a *** one"},
      {"Dear Anna", "Dear Anna"},  // fewer than ten bytes could be anybody's
      {"", ""},
  };
  for (auto const& one : cases) EXPECT_EQ(mask_texts(one.words, texts), one.masked) << one.words;
  EXPECT_EQ(mask_texts("xyz", std::vector<std::string>{"xyz"}), "xyz") << "three bytes tell nothing";
}

TEST(MaskTexts, RecognizesTextsThatWereMadeSafe) {
  std::vector<std::string> const texts{"Dear Anna,\n\tcall 0781 234 567 now", "a\tb\nc", "Code 12345678"};
  for (auto const& words : {std::string{"bad: Dear Anna,\n\tcall 0781 234 567 now"},
                            std::string{"bad: a\tb\nc"}, std::string{"bad: Code 12345678"}}) {
    EXPECT_EQ(mask_texts(words, texts), "bad: ***");
    EXPECT_EQ(mask_texts(safe_text(words), texts), "bad: ***");
  }
}

TEST(Discreet, MasksErrorsOnly) {
  auto const decode =
      discreet<std::string>({"Dear Anna, your results"}, [](HttpResponse response) -> Result<std::string> {
        if (response.status == 200) return response.body;
        return Error{.vendor_code = response.body, .message = "no: " + response.body};
      });
  EXPECT_EQ(decode({.status = 200, .body = "Dear Anna, your results"}).value(), "Dear Anna, your results");
  auto const error = decode({.status = 422, .body = "Dear Anna, your results"}).error();
  EXPECT_EQ(error.message, "no: ***");
  EXPECT_EQ(error.vendor_code, "***");
  EXPECT_EQ(decode({.status = 422, .body = "-99"}).error().vendor_code, "-99");
}

TEST(TextsOf, AreAllTextsOfACampaign) {
  NewCampaign const of{.text = "a", .recipients = {{.number = "+1", .text = "b"}, {.number = "+2"}}};
  EXPECT_EQ(texts_of(of), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(texts_of({}).empty());
}

}  // namespace
}  // namespace polycampaign::protocol
