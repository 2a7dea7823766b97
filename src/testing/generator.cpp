#include "testing/generator.hpp"

#include "polycampaign/text.hpp"

#include "testing/generator_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using enum StatusCode;

constexpr std::array usual_statuses{scheduled, sending, completed, canceled, failed};
constexpr std::array usual_channels{Channel::sms};
// Above 2^53, where only every other integer is a double. It is round, so that people can read the ids.
constexpr std::int64_t beyond_double = 10'000'000'000'000'000;

/// A deterministic source of numbers (splitmix64). It gives the same numbers on every platform.
class Grain {
 public:
  explicit constexpr Grain(std::uint64_t seed) noexcept : state_{seed} {}
  constexpr std::uint64_t next() noexcept {
    auto z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  /// Returns a number from 0 to `bound` - 1, or 0 if `bound` is not positive.
  constexpr std::int64_t below(std::int64_t bound) noexcept {
    return bound <= 0 ? 0 : static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
  }
  constexpr bool percent(int chance) noexcept { return below(100) < chance; }

 private:
  std::uint64_t state_;
};

std::span<StatusCode const> statuses_of(CampaignShape const& shape) noexcept {
  return shape.statuses.empty() ? usual_statuses : shape.statuses;
}
std::span<Channel const> channels_of(CampaignShape const& shape) noexcept {
  return shape.channels.empty() ? usual_channels : shape.channels;
}

bool ended(StatusCode status) noexcept {
  return status == completed || status == canceled || status == interrupted || status == rejected ||
         status == failed;
}

bool has_begun(StatusCode status) noexcept {
  return status == sending || status == retrying || status == paused || status == completed ||
         status == interrupted;
}

std::string digits(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Writes ten-millionths as a decimal with at least two places. `keep_zeros` keeps the trailing zeros after
/// these.
std::string decimal(std::int64_t ten_millionths, bool keep_zeros) {
  auto text = std::to_string(ten_millionths / 10'000'000) + '.' + digits(ten_millionths % 10'000'000, 7);
  if (!keep_zeros)
    while (text.back() == '0' && text[text.size() - 3] != '.') text.pop_back();
  return text;
}

template <class Table>
auto const& pick(Table const& table, Grain& grain) {
  return table[static_cast<std::size_t>(grain.below(static_cast<std::int64_t>(std::size(table))))];
}

/// Returns whether the campaign at that index is of another channel. If the vendor's lists are of one
/// channel, there are an eighth as many campaigns of other channels between those of the first.
bool of_other_channel(CampaignShape const& shape, std::size_t index) noexcept {
  return shape.lists_one_channel && shape.channels.size() > 1 && index % 9 == 4;
}

Channel channel_for(CampaignShape const& shape, std::size_t index, Grain& grain) {
  auto const channels = channels_of(shape);
  if (of_other_channel(shape, index)) return channels[1 + index / 9 % (channels.size() - 1)];
  if (shape.lists_one_channel) return channels[0];
  return grain.percent(80) ? channels[0] : pick(channels, grain);
}

StatusCode status_for(CampaignShape const& shape, std::size_t index, seconds age, Grain& grain) {
  auto const statuses = statuses_of(shape);
  auto const slot = shape.lists_one_channel && shape.channels.size() > 1 ? index - (index + 4) / 9 : index;
  if (slot < statuses.size() && !of_other_channel(shape, index)) return statuses[slot];
  auto const status = grain.percent(80) ? completed : pick(statuses, grain);
  // No campaign waits or runs for a month, except for a draft or an unpaid one.
  return ended(status) || status == draft || status == paused || age < days{20} ? status : completed;
}

void fill_words(SimulatedCampaign& c, CampaignShape const& shape, std::int64_t ordinal, Grain& grain) {
  c.name = std::string{pick(words::names, grain)} + " #" + std::to_string(ordinal);
  c.text = pick(words::texts, grain);
  c.parts = text_parts(c.text);
  c.sender = shape.number_senders || grain.percent(20)
                 ? (shape.number_senders ? "+4179" : "4179") + digits(grain.below(10'000'000), 7)
                 : std::string{pick(words::senders, grain)};

  auto lists = shape.min_lists;
  if (shape.max_lists > shape.min_lists)
    lists += static_cast<std::size_t>(grain.below(static_cast<std::int64_t>(shape.max_lists - lists) + 1));
  for (; lists > 0; --lists) {
    auto const which = grain.below(static_cast<std::int64_t>(std::size(words::list_names)));
    c.lists.push_back({.id = list_id(shape, which), .name = std::string{words::list_names[which]}});
  }
}

void fill_times(SimulatedCampaign& c, sys_seconds now, Grain& grain) {
  auto const age = now - c.created;
  c.updated = c.created;
  if (c.status == draft) return;

  if (c.status == scheduled) {
    c.immediate = false;
    // within the next 20 days, in steps of a quarter of an hour
    c.scheduled = std::chrono::ceil<minutes>(now) + minutes{15} * (1 + grain.below(std::int64_t{20} * 96));
    return;
  }
  auto const lead = age / 4;
  c.immediate = lead < minutes{2} || grain.percent(60);
  c.scheduled = c.immediate ? c.created
                            : c.created + seconds{1 + grain.below(std::min<seconds>(lead, days{20}).count())};

  if (has_begun(c.status) || (c.status == canceled && grain.percent(50)))
    c.started = std::min(now, *c.scheduled + seconds{2 + grain.below(60)});
  if (c.started) c.updated = *c.started;
  if (!ended(c.status)) return;
  auto const from = c.started.value_or(c.created);
  auto const end = from + seconds{grain.below(std::min<seconds>(now - from, hours{3}).count() + 1)};
  if (c.status == completed || c.status == canceled) c.finished = end;
  c.updated = end;
}

void fill_counters(SimulatedCampaign& c, CampaignShape const& shape, sys_seconds now, Grain& grain) {
  auto& n = c.counters;
  // Mostly up to two thousand; sometimes one, or as many as the vendor accepts.
  auto const kind = grain.below(20);
  n.messages = kind == 0   ? 1
               : kind == 1 ? shape.max_messages
                           : 1 + grain.below(std::min<std::int64_t>(shape.max_messages, 2000));
  if (shape.filters) n.filtered = grain.below(n.messages / 20 + 2);
  n.recipients = n.messages + n.filtered;

  if (c.status == failed) {
    n.failed = n.messages;
    return;
  }
  auto left = n.messages;
  auto const take = [&](int percent) {
    auto const part = grain.below(left * percent / 100 + 1);
    left -= part;
    return part;
  };
  if (!c.started) {
    n.pending = left;
    return;
  }
  if (c.status != completed) n.pending = take(90);
  if (c.status == sending || (c.status == completed && now - c.created < days{3})) n.in_flight = take(40);
  n.failed = take(6);
  if (shape.counts_expired) n.expired = take(5);
  if (shape.all_buckets) {
    n.undelivered = take(5);
    n.unreported = take(2);
  }
  n.delivered = left;
  if (shape.all_buckets && c.channel != Channel::sms) n.read = grain.below(n.delivered + 1);
  n.replies = grain.below(n.delivered / 20 + 1);
  n.opt_outs = grain.below(n.delivered / 50 + 1);
  n.unassigned = grain.below(n.failed + 1);
}

void fill_cost(SimulatedCampaign& c, CampaignShape const& shape, Grain& grain) {
  if (shape.currency.empty()) return;
  c.currency = shape.currency;
  auto const units = (c.counters.messages - c.counters.pending) * c.parts;
  c.cost = shape.currency == "credits"
               ? std::to_string(c.status == rejected ? 0 : c.counters.messages * c.parts)
               : decimal(units * (100'000 + grain.below(900'000)), grain.percent(50));
}

SimulatedCampaign make(CampaignSource const& source, std::int64_t ordinal, StatusCode status, Channel channel,
                       sys_seconds created, sys_seconds now, Grain grain) {
  auto const& shape = source.shape;
  SimulatedCampaign c;
  c.grain = grain.next();
  c.number = beyond_double + shape.first_number + (ordinal - 1) * shape.number_step;
  c.id = shape.ids == SimulatedId::uuid
             ? uuid_text(source.seed * 1'000'003 + static_cast<std::uint64_t>(ordinal))
             : std::to_string(c.number);
  c.status = status;
  c.channel = channel;
  c.created = created;
  c.since = now;
  fill_words(c, shape, ordinal, grain);
  fill_times(c, now, grain);
  fill_counters(c, shape, now, grain);
  fill_cost(c, shape, grain);
  return c;
}

/// Hands over and reports `waiting` messages. One in twenty fails.
void report(SimulatedCounters& n, CampaignShape const& shape, std::int64_t waiting) {
  auto const failed = waiting / 20;
  auto const expired = shape.counts_expired ? waiting / 50 : 0;
  n.failed += failed;
  n.expired += expired;
  n.delivered += waiting - failed - expired;
}

Grain grain_of(CampaignSource const& source, std::int64_t ordinal) {
  Grain mixed{source.seed ^ (static_cast<std::uint64_t>(ordinal) << 20U) ^ source.provider.size()};
  return Grain{mixed.next()};
}

}  // namespace

std::string list_id(CampaignShape const& shape, std::int64_t which) {
  auto const seed = static_cast<std::uint64_t>(which + 1);
  if (shape.list_ids == SimulatedId::uuid) return uuid_text(seed);
  if (shape.list_ids == SimulatedId::mixed && which % 2 == 0) return hex_text(seed, 24);
  return std::to_string(beyond_double + 2 * which + 1);  // odd, so not a double
}

int text_parts(std::string_view text) {
  auto const analysis = analyze(text);
  return analysis ? static_cast<int>(analysis->parts) : 1;
}

std::vector<SimulatedAddressBook> generate_lists(CampaignShape const& shape, sys_seconds now) {
  std::vector<SimulatedAddressBook> lists;
  for (auto const name : words::list_names) {
    auto const which = static_cast<std::int64_t>(lists.size());
    auto& list = lists.emplace_back(SimulatedAddressBook{
        .id = list_id(shape, which), .name = std::string{name}, .created = now - days{90}});
    for (std::int64_t i = 0; i < 3 + 10 * which; ++i)
      list.members.push_back({.number = "+4177" + digits(which * 1000 + i, 7)});
  }
  return lists;
}

void price(SimulatedCampaign& campaign, CampaignShape const& shape) {
  Grain grain{campaign.grain};
  fill_cost(campaign, shape, grain);
}

std::vector<SimulatedCampaign> generate(CampaignSource const& source, std::size_t count, sys_seconds now) {
  auto const& shape = source.shape;
  auto const others = shape.lists_one_channel && shape.channels.size() > 1 && count > 4 ? (count + 3) / 8 : 0;
  auto const total = count + others;
  std::vector<SimulatedCampaign> all;
  all.reserve(total);
  for (std::size_t i = 0; i < total; ++i) {
    auto const ordinal = static_cast<std::int64_t>(total - i);
    auto grain = grain_of(source, ordinal);
    // The square makes recent campaigns more frequent. A campaign needs three hours to have run.
    auto const place =
        (static_cast<double>(i) + static_cast<double>(grain.below(1000)) / 1000) / static_cast<double>(total);
    auto const age = hours{3} + seconds{static_cast<std::int64_t>(place * place * 730 * 86'400)};
    auto const status = status_for(shape, i, age, grain);
    auto const channel = channel_for(shape, i, grain);
    all.push_back(make(source, ordinal, status, channel, now - age, now, grain));
  }
  return all;
}

SimulatedCampaign generate_new(CampaignSource const& source, std::int64_t ordinal, sys_seconds now) {
  auto const statuses = statuses_of(source.shape);
  auto const waits = std::ranges::find(statuses, queued) != statuses.end();
  return make(source, ordinal, waits ? queued : sending, channels_of(source.shape)[0], now, now,
              grain_of(source, ordinal));
}

void enter(SimulatedCampaign& c, CampaignShape const& shape, StatusCode status, sys_seconds at) {
  c.status = status;
  c.since = at;
  c.updated = at;
  auto& n = c.counters;
  if ((status == sending || status == completed) && !c.started) c.started = at;
  if (status == sending) {
    auto const half = n.pending / 2;
    n.pending -= half;
    report(n, shape, half);
  } else if (status == completed) {
    report(n, shape, std::exchange(n.pending, 0) + std::exchange(n.in_flight, 0));
    c.finished = at;
  } else if (status == canceled) {
    c.finished = at;
  } else if (status == retrying) {
    c.finished.reset();
  } else if (status == failed) {
    // What was handed over before stays handed over.
    n.failed += std::exchange(n.pending, 0) + std::exchange(n.in_flight, 0);
  }
  price(c, shape);
}

std::string recipient_number(SimulatedCampaign const& campaign, std::int64_t index) {
  if (static_cast<std::size_t>(index) < campaign.addressed.size())
    return campaign.addressed[static_cast<std::size_t>(index)].number;
  Grain grain{campaign.grain ^ (static_cast<std::uint64_t>(index) << 8U)};
  return "+4178" + digits(grain.below(10'000'000), 7);
}

std::string hex_text(std::uint64_t seed, std::size_t length) {
  Grain grain{seed};
  std::string text;
  while (text.size() < length) {
    auto value = grain.next();
    for (int i = 0; i < 16 && text.size() < length; ++i, value >>= 4U)
      text += "0123456789abcdef"[value & 15U];
  }
  return text;
}

std::string uuid_text(std::uint64_t seed) {
  auto text = hex_text(seed, 32);
  text[12] = '4';
  text[16] = "89ab"[static_cast<unsigned char>(text[16]) % 4];
  for (std::size_t const at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace polycampaign::inline v1::testing
