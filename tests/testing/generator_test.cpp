#include "testing/generator.hpp"

#include "polycampaign/testing/simulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::CampaignShape;
using polycampaign::testing::generate;
using polycampaign::testing::recipient_number;
using polycampaign::testing::SimulatedCampaign;
using polycampaign::testing::Simulator;

constexpr std::int64_t beyond_double = 10'000'000'000'000'000;
constexpr std::chrono::sys_seconds now = std::chrono::sys_days{2024y / 11 / 5} + 12h;

std::unique_ptr<Simulator> simulator_of(char const* provider, std::size_t count, std::uint64_t seed) {
  auto made = Simulator::create(
      {.provider = provider, .campaigns = count, .seed = seed, .clock = [] { return now; }});
  if (!made) throw std::runtime_error{to_string(made.error())};
  return *std::move(made);
}

std::vector<SimulatedCampaign> campaigns_of(char const* provider, std::size_t count, std::uint64_t seed) {
  return simulator_of(provider, count, seed)->campaigns();
}

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
  auto const a = campaigns_of(GetParam(), 50, 7);
  auto const b = campaigns_of(GetParam(), 50, 7);
  auto const other = campaigns_of(GetParam(), 50, 8);
  ASSERT_EQ(a.size(), b.size());
  int different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(flat(a[i]), flat(b[i])) << i;
    different += flat(a[i]) != flat(other[i]);
  }
  EXPECT_GT(different, 45);
}

TEST_P(Generator, CountersAlwaysAddUp) {
  for (auto const& c : campaigns_of(GetParam(), 3000, 3)) {
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
  auto const all = campaigns_of(GetParam(), 1000, 5);
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
  using enum StatusCode;
  std::map<std::string_view, std::set<StatusCode>> const statuses{
      {"yeastar", {draft, scheduled, queued, sending, retrying, completed, interrupted}},
      {"bsg", {queued, moderation, scheduled, sending, paused, completed, canceled, rejected}},
      {"smsup", {moderation, scheduled, sending, completed, rejected}},
      {"dexatel", {scheduled, sending, completed, failed, canceled}},
  };
  auto const& wanted = statuses.at(GetParam());
  std::set<StatusCode> seen;
  for (auto const& c : campaigns_of(GetParam(), wanted.size(), 11)) seen.insert(c.status);
  EXPECT_EQ(seen, wanted);
}

TEST_P(Generator, NamesAndIdsAreUniqueAndTextsNeedEveryEscape) {
  auto const all = campaigns_of(GetParam(), 500, 2);
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
  auto const simulator = simulator_of(GetParam(), 30, 2);
  auto const all = simulator->campaigns();
  auto const id = simulator->add_campaign();
  auto const fresh = simulator->campaigns().front();
  EXPECT_EQ(fresh.id, id);
  EXPECT_GT(fresh.number, all.front().number);
  EXPECT_EQ(fresh.created, now);
  EXPECT_TRUE(std::ranges::none_of(all, [&](auto const& c) { return c.id == fresh.id; }));
  EXPECT_FALSE(fresh.finished);
}

INSTANTIATE_TEST_SUITE_P(All, Generator, ::testing::Values("yeastar", "bsg", "smsup", "dexatel"),
                         [](auto const& test) { return std::string{test.param}; });

TEST(GeneratorOfBsg, AddsAnEighthOfOtherChannelsToTheCountAskedFor) {
  for (std::size_t const count : {0U, 1U, 4U, 5U, 12U, 13U, 40U, 1000U}) {
    auto const all = campaigns_of("bsg", count, 1);
    auto const sms = std::ranges::count(all, Channel::sms, &SimulatedCampaign::channel);
    EXPECT_EQ(static_cast<std::size_t>(sms), count);
    EXPECT_EQ(all.size() - count, count > 4 ? (count + 3) / 8 : 0) << count;
  }
  auto const all = campaigns_of("bsg", 100, 1);
  for (auto const channel : {Channel::viber, Channel::rcs, Channel::whatsapp})
    EXPECT_GT(std::ranges::count(all, channel, &SimulatedCampaign::channel), 0);
}

TEST(GeneratorOfBsg, CostsAreDecimalsOfDifferentLengths) {
  std::set<std::size_t> places;
  for (auto const& c : campaigns_of("bsg", 300, 1)) {
    auto const point = c.cost.find('.');
    ASSERT_NE(point, std::string::npos) << c.cost;
    EXPECT_EQ(c.cost.find_first_not_of("0123456789."), std::string::npos) << c.cost;
    places.insert(c.cost.size() - point - 1);
  }
  EXPECT_GE(*places.begin(), 2U);
  EXPECT_EQ(*places.rbegin(), 7U);
  EXPECT_GT(places.size(), 2U);
}

std::vector<SimulatedCampaign> shaped(CampaignShape const& shape, std::size_t count = 400) {
  return generate({shape, "courier", 3}, count, now);
}

TEST(GeneratorOfAnybody, GivesUsualCampaignsForAShapeThatSaysNothing) {
  std::set<StatusCode> statuses;
  std::set<std::size_t> lists;
  auto const all = shaped({});
  for (auto const& c : all) {
    statuses.insert(c.status);
    lists.insert(c.lists.size());
    EXPECT_EQ(c.channel, Channel::sms);
    EXPECT_EQ(c.id, std::to_string(c.number));
    EXPECT_EQ(c.cost, "");
    EXPECT_EQ(c.currency, "");
    EXPECT_EQ(c.counters.filtered + c.counters.expired + c.counters.undelivered + c.counters.unreported +
                  c.counters.read,
              0);
  }
  EXPECT_EQ(all.size(), 400U);
  EXPECT_EQ(all.back().number, beyond_double + 1);
  EXPECT_EQ(lists, (std::set<std::size_t>{0, 1}));
  using enum StatusCode;
  EXPECT_EQ(statuses, (std::set<StatusCode>{scheduled, sending, completed, canceled, failed}));
}

TEST(GeneratorOfAnybody, FollowsEachMemberOfAShape) {
  static constexpr StatusCode statuses[] = {StatusCode::sending, StatusCode::completed};
  static constexpr Channel channels[] = {Channel::viber, Channel::rcs};
  auto const all = shaped({.statuses = statuses,
                           .channels = channels,
                           .ids = testing::SimulatedId::uuid,
                           .list_ids = testing::SimulatedId::mixed,
                           .first_number = 50,
                           .number_step = 4,
                           .number_senders = true,
                           .min_lists = 2,
                           .max_lists = 3,
                           .max_messages = 7,
                           .filters = true,
                           .counts_expired = true,
                           .all_buckets = true,
                           .currency = "EUR"});
  EXPECT_EQ(all.back().number, beyond_double + 50);
  EXPECT_EQ(all.front().number, beyond_double + 50 + std::int64_t{399} * 4);
  std::set<Channel> channels_seen;
  std::set<std::size_t> id_sizes;
  testing::SimulatedCounters sum;
  for (auto const& c : all) {
    EXPECT_TRUE(c.status == StatusCode::sending || c.status == StatusCode::completed);
    channels_seen.insert(c.channel);
    EXPECT_EQ(c.id.size(), 36U);
    EXPECT_EQ(c.sender.substr(0, 5), "+4179");
    EXPECT_TRUE(c.lists.size() == 2 || c.lists.size() == 3);
    for (auto const& list : c.lists) id_sizes.insert(list.id.size());
    EXPECT_LE(c.counters.messages, 7);
    EXPECT_EQ(c.currency, "EUR");
    EXPECT_NE(c.cost.find('.'), std::string::npos);
    sum.filtered += c.counters.filtered;
    sum.expired += c.counters.expired;
    sum.undelivered += c.counters.undelivered;
    sum.unreported += c.counters.unreported;
    sum.read += c.counters.read;
  }
  EXPECT_EQ(channels_seen, (std::set<Channel>{Channel::viber, Channel::rcs}));
  EXPECT_EQ(id_sizes, (std::set<std::size_t>{17, 24}));
  EXPECT_GT(sum.filtered, 0);
  EXPECT_GT(sum.read, 0);
}

TEST(GeneratorOfAnybody, AddsOtherChannelsInTurnWhereListsAreOfOne) {
  static constexpr Channel channels[] = {Channel::rcs, Channel::sms, Channel::viber};
  auto const all = shaped({.channels = channels, .lists_one_channel = true}, 80);
  EXPECT_EQ(all.size(), 90U);
  EXPECT_EQ(std::ranges::count(all, Channel::rcs, &SimulatedCampaign::channel), 80);
  EXPECT_EQ(std::ranges::count(all, Channel::sms, &SimulatedCampaign::channel), 5);
  EXPECT_EQ(std::ranges::count(all, Channel::viber, &SimulatedCampaign::channel), 5);
  EXPECT_EQ(shaped({.lists_one_channel = true}, 80).size(), 80U) << "there is no other channel";
}

TEST(GeneratorOfAnybody, MakesTenThousandInOneGo) {
  auto const all = campaigns_of("dexatel", 10'000, 1);
  std::set<std::string> ids;
  for (auto const& c : all) ids.insert(c.id);
  EXPECT_EQ(ids.size(), 10'000U);
}

TEST(RecipientNumbers, AreStableAndInternational) {
  auto const all = campaigns_of("smsup", 2, 1);
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
