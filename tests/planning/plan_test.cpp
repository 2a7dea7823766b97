#include "polycampaign/plan.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign {
namespace {

using namespace std::chrono_literals;
using enum Support;

constexpr std::array operations{
    OperationSupport{CreateCampaign::operation, native, "Create"},
    OperationSupport{UpdateCampaign::operation, native, "Update"},
};
constexpr std::array features{
    FeatureSupport{Feature::to_numbers, native, "numbers"},
    FeatureSupport{Feature::to_lists, native, "lists"},
    FeatureSupport{Feature::own_texts, native, "own texts"},
    FeatureSupport{Feature::references, native, "references"},
    FeatureSupport{Feature::name, native, "names"},
    FeatureSupport{Feature::schedule, native, "schedule"},
    FeatureSupport{Feature::draft, unsupported, "every create sends"},
    FeatureSupport{Feature::update_name, native, "names"},
    FeatureSupport{Feature::update_start, native, "starts"},
};
constexpr std::array channels{Channel::sms, Channel::viber};
constexpr std::array<std::string_view, 2> modes{"direct", "session"};
constexpr std::array options{
    OptionRule{.name = "validity", .kind = OptionKind::number, .least = 1, .most = 72},
    OptionRule{.name = "mode", .kind = OptionKind::word, .words = modes},
    OptionRule{.name = "transliterate", .kind = OptionKind::flag},
    OptionRule{.name = "link", .kind = OptionKind::text, .least = 1, .most = 20, .repeatable = true},
    OptionRule{.name = "template", .kind = OptionKind::text, .least = 1, .most = 20, .replaces_text = true},
};
constexpr std::array placeholders{Placeholder{.pattern = "[info#]", .lists_only = true},
                                  Placeholder{.pattern = "{*}"}};

constexpr Capabilities vendor{
    .provider = "vendor",
    .display_name = "Vendor",
    .operations = operations,
    .campaigns =
        {
            .features = features,
            .channels = channels,
            .options = options,
            .placeholders = placeholders,
            .sender = {.required = true,
                       .letters = {.most = 11, .evidence = "Senders"},
                       .digits = {.most = 15}},
            .recipients = {.most = 3, .doubtful = 2, .evidence = "Limits"},
            .lists = {.most = 1},
            .name = {.most = 5},
            .reference = {.most = 4},
            .gsm7_units = {.most = 400},
            .ucs2_units = {.most = 100, .doubtful = 80, .evidence = "two pages"},
            .least_number_digits = 9,
            .days_ahead = {.most = 30, .evidence = "Scheduling"},
        },
};

std::chrono::sys_seconds at(std::string_view text) {
  return parse_time(text).value();
}

NewCampaign campaign() {
  return {.sender = "ACME", .text = "Hello", .recipients = {{.number = "+33601020304"}}};
}

void expect_refused(NewCampaign const& wrong, ErrorCode code, std::string_view words,
                    PlanContext const& with = {}) {
  auto const result = plan(vendor, wrong, with);
  ASSERT_FALSE(result) << words;
  EXPECT_EQ(result.error().code, code) << words;
  EXPECT_EQ(result.error().effect, Effect::none);
  EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
}

void expect_warned(NewCampaign const& doubtful, std::string_view words, PlanContext const& with = {}) {
  auto const result = plan(vendor, doubtful, with);
  ASSERT_TRUE(result) << result.error().message;
  for (auto const& warning : result->warnings)
    if (warning.find(words) != std::string::npos) return;
  ADD_FAILURE() << "no warning with: " << words;
}

TEST(Plan, CountsRecipientsAndParts) {
  auto of = campaign();
  of.recipients = {{.number = "+33 601 020 304"},
                   {.number = "+33601020305", .text = std::string(200, 'a')},
                   {.number = "+33-601-020-304", .text = "another"}};
  auto const result = plan(vendor, of);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->recipients, 2);
  EXPECT_EQ(result->duplicates, 1);
  EXPECT_EQ(result->parts, 2);
  EXPECT_EQ(result->total_parts, 3);
  EXPECT_EQ(result->campaigns, 1);
  EXPECT_EQ(result->encoding, TextEncoding::gsm7);
  expect_warned(of, "1 recipient has a number that an earlier one has");
  expect_warned(of, "another text than the earlier one");

  auto const kept = normalized(of);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->recipients.size(), 2U);
  EXPECT_EQ(kept->recipients[0].number, "+33601020304");
  EXPECT_FALSE(kept->recipients[0].text) << "the first of two is kept";
  EXPECT_EQ(kept->recipients[1].number, "+33601020305");

  auto const estimate = local_estimate(vendor, *kept);
  ASSERT_TRUE(estimate);
  EXPECT_EQ(estimate->provider, "vendor");
  EXPECT_EQ(estimate->counted_by, CountedBy::library);
  EXPECT_EQ(estimate->recipients, 2);
  EXPECT_EQ(estimate->messages, 2);
  EXPECT_EQ(estimate->parts, 2);
  EXPECT_FALSE(estimate->cost || estimate->filtered);
}

TEST(Plan, CountsNobodyInLists) {
  auto of = campaign();
  of.recipients.clear();
  of.lists = {"12"};
  auto const result = plan(vendor, of);
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->recipients || result->total_parts) << "unknown is not zero";
  EXPECT_EQ(result->lists, 1);
  EXPECT_EQ(result->parts, 1);
  EXPECT_FALSE(local_estimate(vendor, of)->recipients);
}

TEST(Plan, SaysHowManyCampaignsItTakes) {
  auto of = campaign();
  of.recipients.clear();
  for (int i = 0; i < 7; ++i) of.recipients.push_back({.number = "+3360102030" + std::to_string(i)});
  auto const result = plan(vendor, of);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->campaigns, 3);
  of.recipients.resize(3);
  expect_warned(of, "more than 2 recipients; the vendor may refuse that (Limits)");
  of.recipients.resize(2);
  EXPECT_TRUE(plan(vendor, of)->warnings.empty());
}

TEST(Plan, NamesTheRecipientButNotTheNumber) {
  auto of = campaign();
  of.recipients.push_back({.number = "0601020304"});
  expect_refused(of, ErrorCode::invalid_argument, "recipients[1].number");
  EXPECT_EQ(plan(vendor, of).error().message.find("0601"), std::string::npos);
  EXPECT_EQ(normalized(of).error().message.find("0601"), std::string::npos);
  of.recipients[1] = {.number = "+2907123"};
  expect_refused(of, ErrorCode::invalid_argument, "fewer than 9 digits");
  of.recipients[1] = {.number = "+33601020305", .reference = "abcde"};
  expect_refused(of, ErrorCode::invalid_argument, "recipients[1].reference: 5 characters, but at most 4");
  of.recipients[1] = {.number = "+33601020305", .text = ""};
  expect_refused(of, ErrorCode::invalid_argument, "recipients[1].text: the text is empty");
}

TEST(Plan, NeedsOneKindOfRecipients) {
  auto of = campaign();
  of.lists = {"1"};
  expect_refused(of, ErrorCode::invalid_argument, "not to both");
  of.recipients.clear();
  of.lists = {"1", "2"};
  expect_refused(of, ErrorCode::invalid_argument, "lists: 2 lists, but at most 1");
  of.lists = {""};
  expect_refused(of, ErrorCode::invalid_argument, "an id is empty");
  of.lists.clear();
  expect_refused(of, ErrorCode::invalid_argument, "neither");
}

TEST(Plan, ChecksTextSenderAndName) {
  auto of = campaign();
  of.text.clear();
  expect_refused(of, ErrorCode::invalid_argument, "text: the text is empty");
  of.recipients[0].text = "own";
  EXPECT_TRUE(plan(vendor, of)) << "every recipient has a text";
  of = campaign();
  of.text.clear();
  of.options = {{"template", "7"}};
  auto const elsewhere = plan(vendor, of);
  ASSERT_TRUE(elsewhere) << elsewhere.error().message;
  EXPECT_EQ(elsewhere->parts, 0);
  of = campaign();
  of.text = "a\xFF";
  expect_refused(of, ErrorCode::invalid_argument, "text: the text is not valid UTF-8 (byte 1)");
  of.text = std::string(401, 'a');
  expect_refused(of, ErrorCode::invalid_argument, "401 GSM-7 units, but at most 400");
  of.text = "ж" + std::string(80, 'a');
  expect_warned(of, "more than 80 UCS-2 units; the vendor may refuse that (two pages)");
  of.text = "ж" + std::string(100, 'a');
  expect_refused(of, ErrorCode::invalid_argument,
                 "101 UCS-2 units, but at most 100 are possible (two pages)");
  of = campaign();
  of.sender.clear();
  expect_refused(of, ErrorCode::invalid_argument, "sender: a campaign at Vendor needs one");
  of.sender = "Twelve chars";
  expect_refused(of, ErrorCode::invalid_argument,
                 "sender: 12 characters, but at most 11 are possible (Senders)");
  of.sender = "+41 79 123 45 67";
  EXPECT_TRUE(plan(vendor, of)) << "a number may have 15 digits";
  of.sender = "+4179123456789012";
  expect_refused(of, ErrorCode::invalid_argument, "sender: 16 digits, but at most 15");
  of = campaign();
  of.name = "éééééé";
  expect_refused(of, ErrorCode::invalid_argument, "name: 6 characters, but at most 5");
  of.name = "ééééé";
  EXPECT_TRUE(plan(vendor, of));
}

TEST(Plan, RefusesWhatTheVendorCannotDo) {
  auto of = campaign();
  of.draft = true;
  expect_refused(of, ErrorCode::unsupported, "draft: Vendor does not support this: every create sends");
  of = campaign();
  of.channel = Channel::rcs;
  expect_refused(of, ErrorCode::unsupported, "can use sms, viber, not rcs");
  auto nothing = vendor;
  nothing.operations = {};
  EXPECT_EQ(plan(nothing, campaign()).error().code, ErrorCode::unsupported);
  auto few = vendor;
  few.campaigns.features = {};
  of = campaign();
  of.recipients[0].text = "own";
  EXPECT_EQ(plan(few, of).error().code, ErrorCode::unsupported);
  of = campaign();
  of.name = "name";
  of.recipients[0].reference = "r";
  auto const warned = plan(few, of);
  ASSERT_TRUE(warned);
  ASSERT_EQ(warned->warnings.size(), 2U);
  EXPECT_EQ(warned->warnings[0], "Vendor cannot store a name, so `name` is not sent.");
  EXPECT_EQ(warned->warnings[1], "1 recipient has a reference, which Vendor does not store.");
}

TEST(Plan, ChecksOptionsAgainstTheTable) {
  auto of = campaign();
  auto const with = [&](std::vector<CampaignOption> given) {
    of.options = std::move(given);
    return of;
  };
  expect_refused(with({{"validty", "3"}}), ErrorCode::invalid_argument,
                 "unknown option \"validty\"; did you mean \"validity\"?");
  expect_refused(with({{"validity", "73"}}), ErrorCode::invalid_argument, "a whole number from 1 to 72");
  expect_refused(with({{"validity", "x"}}), ErrorCode::invalid_argument, "a whole number from 1 to 72");
  expect_refused(with({{"mode", "fast"}}), ErrorCode::invalid_argument, "one of direct, session");
  expect_refused(with({{"transliterate", "yes"}}), ErrorCode::invalid_argument, "true or false");
  expect_refused(with({{"link", std::string(21, 'x')}}), ErrorCode::invalid_argument, "1 to 20 bytes");
  expect_refused(with({{"mode", "direct"}, {"mode", "session"}}), ErrorCode::invalid_argument, "given twice");
  EXPECT_TRUE(
      plan(vendor, with({{"link", "a"}, {"link", "b"}, {"validity", "72"}, {"transliterate", "true"}})));
  auto none = vendor;
  none.campaigns.options = {};
  EXPECT_NE(plan(none, of).error().message.find("this vendor has none"), std::string::npos);
}

TEST(Plan, WarnsOfPlaceholders) {
  auto of = campaign();
  of.text = "Dear {first_name}";
  expect_warned(of, "replaces {*}");
  of.text = "Dear [info1]";
  EXPECT_TRUE(plan(vendor, of)->warnings.empty()) << "only in campaigns to lists";
  of.recipients.clear();
  of.lists = {"1"};
  expect_warned(of, "replaces [info#]");
  of.text = "Dear {} and [info] and {a b}";
  EXPECT_TRUE(plan(vendor, of)->warnings.empty());
}

TEST(Plan, ComparesTheStartWithTheClock) {
  auto of = campaign();
  auto const now = at("2026-05-01T12:00:00Z");
  of.start_at = now;
  expect_refused(of, ErrorCode::invalid_argument, "start_at: 2026-05-01T12:00:00Z is in the past",
                 {.now = now});
  of.start_at = now + 1s;
  auto const soon = plan(vendor, of, {.now = now});
  ASSERT_TRUE(soon);
  EXPECT_EQ(soon->start_at, now + 1s);
  EXPECT_EQ(soon->vendor_start, "") << "no clock, no wall time";
  of.start_at = at("2026-05-31T23:59:59Z");
  EXPECT_TRUE(plan(vendor, of, {.now = now})) << "the whole 30th day";
  of.start_at = at("2026-06-01T00:00:00Z");
  expect_refused(of, ErrorCode::invalid_argument, "31 days ahead, but at most 30 are possible (Scheduling)",
                 {.now = now});
  EXPECT_TRUE(plan(vendor, of)) << "without a clock, nothing is compared";
}

struct Change {
  std::string_view zone;
  std::string_view before;       ///< a start before the clock is set back, in the first of two equal hours
  std::string_view wall;         ///< what the clock shows then
  std::string_view second;       ///< the second time that it shows this
  std::string_view into_summer;  ///< the first second after the clock is set forward
  std::string_view summer_wall;
};
constexpr Change changes[] = {
    {"Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-25 02:30:00", "2026-10-25T01:30:00Z",
     "2027-03-28T01:00:00Z", "2027-03-28 03:00:00"},
    {"Europe/Kyiv", "2026-10-25T00:30:00Z", "2026-10-25 03:30:00", "2026-10-25T01:30:00Z",
     "2027-03-28T01:00:00Z", "2027-03-28 04:00:00"},
    {"America/New_York", "2026-11-01T05:30:00Z", "2026-11-01 01:30:00", "2026-11-01T06:30:00Z",
     "2027-03-14T07:00:00Z", "2027-03-14 03:00:00"},
    // half an hour only
    {"Australia/Lord_Howe", "2027-04-03T14:45:00Z", "2027-04-04 01:45:00", "2027-04-03T15:15:00Z",
     "2026-10-03T15:30:00Z", "2026-10-04 02:30:00"},
};

TEST(Plan, SaysWhatTheVendorsClockShows) {
  auto limitless = vendor;
  limitless.campaigns.days_ahead = {};
  for (auto const& change : changes) {
    auto const zone = protocol::Zone::find(change.zone);
    ASSERT_TRUE(zone) << change.zone;
    PlanContext const with{.now = at("2026-05-01"), .clock = protocol::ClockRule{.zone = *zone}};
    auto of = campaign();

    of.start_at = at(change.before);
    auto const first = plan(limitless, of, with);
    ASSERT_TRUE(first) << change.zone;
    EXPECT_EQ(first->vendor_start, change.wall);
    ASSERT_EQ(first->warnings.size(), 1U);
    EXPECT_NE(first->warnings[0].find("twice that day"), std::string::npos) << first->warnings[0];

    of.start_at = at(change.second);
    auto const second = plan(limitless, of, with);
    ASSERT_FALSE(second) << change.zone << ": the second of two equal times cannot be expressed";
    EXPECT_EQ(second.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(second.error().message.find(std::string{change.wall} + " twice that day"), std::string::npos)
        << second.error().message;

    // No moment in UTC falls into the hour that a clock skips.
    of.start_at = at(change.into_summer);
    auto const summer = plan(limitless, of, with);
    ASSERT_TRUE(summer);
    EXPECT_EQ(summer->vendor_start, change.summer_wall);
    EXPECT_TRUE(summer->warnings.empty());
    of.start_at = at(change.into_summer) - 1s;
    EXPECT_EQ(plan(limitless, of, with)->vendor_start.substr(17), "59") << change.zone;
  }
}

TEST(Plan, WarnsOfAnAssumedZone) {
  auto of = campaign();
  of.start_at = at("2026-05-02T12:00:00Z");
  protocol::ClockRule const assumed{.basis = ZoneBasis::assumed};
  expect_warned(of, "documents no time zone", {.now = at("2026-05-01"), .clock = assumed});
}

TEST(Plan, CountsDaysByTheVendorsCalendar) {
  auto const zone = protocol::Zone::find("Europe/Kyiv");
  ASSERT_TRUE(zone);
  PlanContext const with{.now = at("2026-05-01T12:00:00Z"), .clock = protocol::ClockRule{.zone = *zone}};
  auto of = campaign();
  of.start_at = at("2026-05-31T20:59:59Z");
  EXPECT_TRUE(plan(vendor, of, with));
  of.start_at = at("2026-05-31T21:00:00Z");
  expect_refused(of, ErrorCode::invalid_argument, "31 days ahead", with);
}

TEST(Plan, ChecksChanges) {
  auto const now = at("2026-05-01T12:00:00Z");
  auto const refused = [&](UpdateCampaign const& change, ErrorCode code, std::string_view words) {
    auto const result = plan(vendor, change, {.now = now});
    ASSERT_FALSE(result) << words;
    EXPECT_EQ(result.error().code, code);
    EXPECT_NE(result.error().message.find(words), std::string::npos) << result.error().message;
  };
  refused({.id = "1"}, ErrorCode::invalid_argument, "nothing to change");
  refused({.id = "1", .name = ""}, ErrorCode::invalid_argument, "name: it is empty");
  refused({.id = "1", .name = "longer"}, ErrorCode::invalid_argument, "name: 6 characters");
  refused({.id = "1", .text = "new"}, ErrorCode::unsupported, "text: Vendor does not support this");
  refused({.id = "1", .start_at = now}, ErrorCode::invalid_argument, "in the past");
  EXPECT_TRUE(plan(vendor, UpdateCampaign{.id = "1", .name = "new", .start_at = now + 1h}, {.now = now}));
}

}  // namespace
}  // namespace polycampaign
