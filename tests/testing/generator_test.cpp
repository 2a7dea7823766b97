#include "testing/generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::generate;
using polycampaign::testing::generate_new;
using polycampaign::testing::recipient_number;
using polycampaign::testing::SimulatedCampaign;
using polycampaign::testing::statuses_of;

constexpr std::chrono::sys_seconds now = std::chrono::sys_days{2024y / 11 / 5} + 12h;

auto flat(SimulatedCampaign const& c) {
  auto const& n = c.counters;
  return std::tuple{c.id,       c.name,      c.sender,  c.text,     c.channel,   c.status,
                    c.created,  c.scheduled, c.started, c.finished, c.updated,   c.cost,
                    n.messages, n.delivered, n.failed,  n.pending,  n.in_flight, c.grain};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Well-formed, by the table of the Unicode standard.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    auto const lead = byte(i);
    std::size_t const length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : (lead & 0xF0) == 0xE0       ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((byte(i + k) & 0xC0) != 0x80) return false;
    if ((lead == 0xE0 && byte(i + 1) < 0xA0) || (lead == 0xED && byte(i + 1) > 0x9F) ||
        (lead == 0xF0 && byte(i + 1) < 0x90) || (lead == 0xF4 && byte(i + 1) > 0x8F))
      return false;
    i += length;
  }
  return true;
}

class Generator : public ::testing::TestWithParam<char const*> {};

TEST_P(Generator, GivesTheSameForTheSameArgumentsAndOthersForAnotherSeed) {
  auto const a = generate(GetParam(), 50, 7, now);
  auto const b = generate(GetParam(), 50, 7, now);
  auto const other = generate(GetParam(), 50, 8, now);
  ASSERT_EQ(a.size(), b.size());
  int different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(flat(a[i]), flat(b[i])) << i;
    different += flat(a[i]) != flat(other[i]);
  }
  EXPECT_GT(different, 45);
}

TEST_P(Generator, CountersAlwaysAddUp) {
  for (auto const& c : generate(GetParam(), 3000, 3, now)) {
    auto const& n = c.counters;
    SCOPED_TRACE(c.id);
    for (auto const part :
         {n.recipients, n.filtered, n.messages, n.pending, n.in_flight, n.delivered, n.undelivered, n.expired,
          n.failed, n.unreported, n.read, n.replies, n.opt_outs, n.unassigned})
      EXPECT_GE(part, 0);
    EXPECT_EQ(n.filtered + n.messages, n.recipients);
    EXPECT_EQ(n.pending + n.in_flight + n.delivered + n.undelivered + n.expired + n.failed + n.unreported,
              n.messages);
    EXPECT_LE(n.read, n.delivered);
    EXPECT_LE(n.unassigned, n.failed);
    if (!c.started && c.status != StatusCode::failed) {
      EXPECT_EQ(n.pending, n.messages);
    }
    if (c.status == StatusCode::completed) {
      EXPECT_EQ(n.pending, 0);
    }
  }
}

TEST_P(Generator, TimesAreInOrderAndOnlyPlansAreInTheFuture) {
  auto const all = generate(GetParam(), 1000, 5, now);
  int planned = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const& c = all[i];
    SCOPED_TRACE(c.id);
    if (i > 0) {
      EXPECT_LT(c.number, all[i - 1].number);
      EXPECT_LE(c.created, all[i - 1].created);
    }
    EXPECT_LE(c.created, now - 3h);
    if (c.scheduled) {
      EXPECT_GE(*c.scheduled, c.created);
    }
    EXPECT_EQ(c.scheduled && *c.scheduled > now, c.status == StatusCode::scheduled);
    planned += c.status == StatusCode::scheduled;
    if (c.started) {
      EXPECT_TRUE(c.scheduled && *c.started >= *c.scheduled && *c.started <= now);
    }
    if (c.finished) {
      EXPECT_TRUE(*c.finished >= c.started.value_or(c.created) && *c.finished <= now);
    }
    EXPECT_TRUE(c.updated >= c.created && c.updated <= now);
  }
  EXPECT_GT(planned, 0);
  EXPECT_GT(all.back().created, now - 24h * 740);
  EXPECT_LT(all.back().created, now - 24h * 700);
}

TEST_P(Generator, HasEveryStatusOfTheVendorAsSoonAsThereIsRoom) {
  auto const wanted = statuses_of(GetParam());
  ASSERT_FALSE(wanted.empty());
  std::set<StatusCode> seen;
  for (auto const& c : generate(GetParam(), wanted.size(), 11, now)) seen.insert(c.status);
  EXPECT_EQ(seen, std::set<StatusCode>(wanted.begin(), wanted.end()));
}

TEST_P(Generator, NamesAndIdsAreUniqueAndTextsNeedEveryEscape) {
  auto const all = generate(GetParam(), 500, 2, now);
  std::set<std::string> ids;
  std::set<std::string> names;
  std::string texts;
  for (auto const& c : all) {
    ids.insert(c.id);
    names.insert(c.name);
    texts += c.text + c.name;
    EXPECT_LE(characters(c.name), 45U) << c.name;
    EXPECT_TRUE(is_utf8(c.name) && is_utf8(c.text)) << c.name;
    EXPECT_GE(c.parts, 1);
  }
  EXPECT_EQ(ids.size(), all.size());
  EXPECT_EQ(names.size(), all.size());
  for (auto const* piece : {"\n", "\r\n", "\t", "\"", "'", "&", "<", ">", "]]>", "\\", "%", "ع", "ש", "新",
                            "Р", "é", "🎉", "‍"}) {
    EXPECT_NE(texts.find(piece), std::string::npos) << piece;
  }
  EXPECT_TRUE(std::ranges::any_of(all, [](auto const& c) { return c.text.empty(); }));
  EXPECT_TRUE(std::ranges::any_of(all, [](auto const& c) { return c.parts > 1; }));
}

TEST_P(Generator, ANewCampaignIsNewerThanAllOthers) {
  auto const all = generate(GetParam(), 30, 2, now);
  auto const fresh = generate_new(GetParam(), static_cast<std::int64_t>(all.size()) + 1, 2, now);
  EXPECT_GT(fresh.number, all.front().number);
  EXPECT_EQ(fresh.created, now);
  EXPECT_TRUE(std::ranges::none_of(all, [&](auto const& c) { return c.id == fresh.id; }));
  EXPECT_FALSE(fresh.finished);
}

INSTANTIATE_TEST_SUITE_P(All, Generator, ::testing::Values("yeastar", "bsg", "smsup", "dexatel"),
                         [](auto const& test) { return std::string{test.param}; });

TEST(GeneratorOfBsg, AddsAnEighthOfOtherChannelsToTheCountAskedFor) {
  for (std::size_t const count : {0U, 1U, 4U, 5U, 12U, 13U, 40U, 1000U}) {
    auto const all = generate("bsg", count, 1, now);
    auto const sms = std::ranges::count(all, Channel::sms, &SimulatedCampaign::channel);
    EXPECT_EQ(static_cast<std::size_t>(sms), count);
    EXPECT_EQ(all.size() - count, count > 4 ? (count + 3) / 8 : 0) << count;
  }
  auto const all = generate("bsg", 100, 1, now);
  for (auto const channel : {Channel::viber, Channel::rcs, Channel::whatsapp})
    EXPECT_GT(std::ranges::count(all, channel, &SimulatedCampaign::channel), 0);
}

TEST(GeneratorOfBsg, CostsAreDecimalsOfDifferentLengths) {
  std::set<std::size_t> places;
  for (auto const& c : generate("bsg", 300, 1, now)) {
    auto const point = c.cost.find('.');
    ASSERT_NE(point, std::string::npos) << c.cost;
    EXPECT_EQ(c.cost.find_first_not_of("0123456789."), std::string::npos) << c.cost;
    places.insert(c.cost.size() - point - 1);
  }
  EXPECT_GE(*places.begin(), 2U);
  EXPECT_EQ(*places.rbegin(), 7U);
  EXPECT_GT(places.size(), 2U);
}

TEST(GeneratorOfAnybody, KnowsNoOtherVendor) {
  EXPECT_TRUE(generate("nobody", 10, 1, now).empty());
  EXPECT_TRUE(statuses_of("nobody").empty());
}

TEST(GeneratorOfAnybody, MakesTenThousandInOneGo) {
  auto const all = generate("dexatel", 10'000, 1, now);
  std::set<std::string> ids;
  for (auto const& c : all) ids.insert(c.id);
  EXPECT_EQ(ids.size(), 10'000U);
}

TEST(RecipientNumbers, AreStableAndInternational) {
  auto const all = generate("smsup", 2, 1, now);
  EXPECT_EQ(recipient_number(all[0], 3), recipient_number(all[0], 3));
  EXPECT_NE(recipient_number(all[0], 3), recipient_number(all[0], 4));
  EXPECT_NE(recipient_number(all[0], 3), recipient_number(all[1], 3));
  EXPECT_EQ(recipient_number(all[0], 3).size(), 12U);
  EXPECT_EQ(recipient_number(all[0], 3).substr(0, 5), "+4178");
}

TEST(Identifiers, HaveTheFormOfTheirKind) {
  EXPECT_EQ(testing::hex_text(1, 24).size(), 24U);
  EXPECT_EQ(testing::hex_text(1, 24).find_first_not_of("0123456789abcdef"), std::string::npos);
  auto const uuid = testing::uuid_text(5);
  ASSERT_EQ(uuid.size(), 36U);
  for (std::size_t const dash : {8U, 13U, 18U, 23U}) EXPECT_EQ(uuid[dash], '-');
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(std::string_view{"89ab"}.find(uuid[19]), std::string_view::npos);
}

}  // namespace
}  // namespace polycampaign::test
