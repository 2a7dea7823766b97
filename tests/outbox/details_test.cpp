#include "outbox/details.hpp"

#include "outbox/fingerprint.hpp"
#include "outbox_site.hpp"

#include <gtest/gtest.h>

namespace polycampaign::test {
namespace {

using outbox::Details;

TEST(OutboxDetails, KeepsEverything) {
  Details details{.by_reference = true, .parts = 3, .part_size = 10};
  details.token = "abc";
  details.earlier_tokens = {"def", "ghi"};
  details.reference = "ref-1";
  details.own_reference = true;
  details.sender_hash = "s";
  details.text_hash = "t";
  details.name_hash = "n";
  details.start_at = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}};
  details.send_until = std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000}};
  details.draft = true;
  auto& submission = details.submission.emplace();
  submission.provider = "scripted";
  submission.id = "c1";
  submission.status = {StatusCode::queued, "done"};
  submission.recipients = 10;
  submission.filtered = 2;
  submission.filtered_by = {{"blacklisted", 2}};
  submission.cost = Cost{.amount = *Decimal::parse("0.30"), .unit = "EUR", .kind = CostKind::estimate};
  submission.scheduled_at = Timestamp{*details.start_at, ZoneBasis::assumed};
  submission.notes = {"a note"};
  auto& error = details.error.emplace();
  error = {.code = ErrorCode::unavailable, .effect = Effect::unknown, .transient = true, .attempts = 2};
  error.http_status = 502;
  error.vendor_code = "-99";
  error.provider = "scripted";
  error.message = "broken";

  auto const read = outbox::read_details(outbox::to_text(details), "scripted");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->submission, details.submission);
  EXPECT_EQ(to_string(*read->error), to_string(error));
  EXPECT_EQ(read->error->effect, Effect::unknown);
  EXPECT_EQ(read->start_at, details.start_at);
  EXPECT_EQ(read->send_until, details.send_until);
  EXPECT_EQ(outbox::to_text(*read), outbox::to_text(details));
}

TEST(OutboxDetails, ReadsEveryErrorCodeAndStatus) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::configuration); ++code) {
    Details details;
    details.error = Error{.code = static_cast<ErrorCode>(code), .message = "x"};
    EXPECT_EQ(outbox::read_details(outbox::to_text(details), {})->error->code, static_cast<ErrorCode>(code));
  }
}

TEST(OutboxDetails, RefusesOtherTexts) {
  for (auto const* const text : {"", "{", "[]", "{}", R"({"form":2})", R"({"form":1})"})
    EXPECT_FALSE(outbox::read_details(text, {})) << text;
}

TEST(OutboxDetails, HoldNoNumberTextOrSender) {
  OutboxSite site;
  auto campaign = OutboxSite::campaign(3, "a");
  campaign.name = "Private name";
  campaign.text = "A secret text";
  campaign.recipients[1].text = "An own text";
  campaign.recipients[0].reference = "33601021000";
  ASSERT_TRUE(site.outbox.send(campaign));
  auto const records = site.journal.find("promo", "a");
  for (auto const& record : *records)
    for (auto const* const secret : {"3360102", "secret text", "own text", "Shop", "Private"})
      EXPECT_EQ(record.details.find(secret), std::string::npos) << secret;
}

TEST(OutboxFingerprint, IsSha256) {
  EXPECT_EQ(*outbox::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(*outbox::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(OutboxFingerprint, DependsOnEverythingThatIsSent) {
  auto const base = OutboxSite::campaign(2);
  std::vector<NewCampaign> others(10, base);
  others[0].sender = "Shop2";
  others[1].text = "Hello2";
  others[2].recipients.pop_back();
  others[3].recipients[0].text = "own";
  others[4].start_at = std::chrono::sys_seconds{};
  others[5].draft = true;
  others[6].options = {{"validity", "3"}};
  others[7].lists = {"1"};
  others[8].channel = Channel::whatsapp;
  others[9].recipients[0].text = "";
  for (std::size_t i = 0; i < others.size(); ++i)
    EXPECT_NE(*outbox::fingerprint("a", others[i]), *outbox::fingerprint("a", base)) << i;
  EXPECT_NE(*outbox::fingerprint("b", base), *outbox::fingerprint("a", base));
  auto same = base;
  same.reference = "x";
  same.recipients[0].reference = "y";
  EXPECT_EQ(*outbox::fingerprint("a", same), *outbox::fingerprint("a", base));
}

}  // namespace
}  // namespace polycampaign::test
