#include "testing/generator.hpp"

#include "testing/generator_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace polycampaign::inline v1::testing {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using enum StatusCode;

constexpr std::array yeastar_statuses{draft, scheduled, queued, sending, retrying, completed, interrupted};
constexpr std::array bsg_statuses{queued, moderation, scheduled, sending,
                                  paused, completed,  canceled,  rejected};
constexpr std::array smsup_statuses{moderation, scheduled, sending, completed, rejected};
constexpr std::array dexatel_statuses{scheduled, sending, completed, failed, canceled};

/// What tells the vendors' campaigns apart.
struct Shape {
  std::string_view provider{};
  std::span<StatusCode const> statuses{};
  std::int64_t first_number = 1;
  std::int64_t number_step = 1;
  std::int64_t most_messages = 100'000;
  std::string_view currency{};
  std::array<Channel, 4> channels{Channel::sms, Channel::sms, Channel::sms, Channel::sms};
  bool lists_one_channel = false;
  bool uuid = false;
  bool filters = false;         ///< counts numbers that were removed before sending
  bool counts_expired = false;  ///< apart from `failed`
  bool all_buckets = false;     ///< undelivered and unreported are counted apart too
};

constexpr Shape shapes[] = {
    {.provider = "yeastar",
     .statuses = yeastar_statuses,
     .most_messages = 1000,
     .channels = {Channel::sms, Channel::sms, Channel::whatsapp, Channel::whatsapp}},
    {.provider = "bsg",
     .statuses = bsg_statuses,
     .first_number = 53'000'011,
     .number_step = 7,
     .most_messages = 10'000,
     .currency = "USD",
     .channels = {Channel::sms, Channel::viber, Channel::rcs, Channel::whatsapp},
     .lists_one_channel = true,
     .counts_expired = true,
     .all_buckets = true},
    {.provider = "smsup",
     .statuses = smsup_statuses,
     .first_number = 4'100'003,
     .number_step = 3,
     .currency = "credits",
     .filters = true,
     .counts_expired = true},
    {.provider = "dexatel",
     .statuses = dexatel_statuses,
     .channels = {Channel::sms, Channel::sms, Channel::viber, Channel::whatsapp},
     .uuid = true},
};

Shape const* shape_of(std::string_view provider) noexcept {
  for (auto const& shape : shapes)
    if (shape.provider == provider) return &shape;
  return nullptr;
}

bool ended(StatusCode status) noexcept {
  return status == completed || status == canceled || status == interrupted || status == rejected ||
         status == failed;
}

bool has_begun(StatusCode status) noexcept {
  return status == sending || status == retrying || status == paused || status == completed ||
         status == interrupted;
}

/// Segments of an SMS: GSM-7 when all is ASCII (close enough for what this is for), else UCS-2.
int parts_of(std::string_view text) noexcept {
  int units = 0;
  bool ascii = true;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) ascii = false;
    if (byte < 0x80 || byte >= 0xC0) units += byte >= 0xF0 ? 2 : 1;
  }
  int const one = ascii ? 160 : 70;
  int const each = ascii ? 153 : 67;
  return units <= one ? 1 : (units + each - 1) / each;
}

std::string digits(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Ten-millionths as a decimal with at least two places; the trailing zeros behind these stay now and then.
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

/// Where lists are of one channel, an eighth as many campaigns of the others stand between those of the
/// first.
bool of_other_channel(Shape const& shape, std::size_t index) noexcept {
  return shape.lists_one_channel && index % 9 == 4;
}

Channel channel_for(Shape const& shape, std::size_t index, Grain& grain) {
  if (!shape.lists_one_channel) return grain.percent(80) ? shape.channels[0] : pick(shape.channels, grain);
  return of_other_channel(shape, index) ? shape.channels[1 + index / 9 % 3] : shape.channels[0];
}

StatusCode status_for(Shape const& shape, std::size_t index, seconds age, Grain& grain) {
  auto const slot = shape.lists_one_channel ? index - (index + 4) / 9 : index;
  if (slot < shape.statuses.size() && !of_other_channel(shape, index)) return shape.statuses[slot];
  if (grain.percent(80)) return completed;
  auto const status = pick(shape.statuses, grain);
  // nothing waits or runs for a month; a draft and an unpaid campaign may
  return ended(status) || status == draft || status == paused || age < days{20} ? status : completed;
}

void fill_words(SimulatedCampaign& c, Shape const& shape, std::int64_t ordinal, Grain& grain) {
  c.name = std::string{pick(words::names, grain)} + " #" + std::to_string(ordinal);
  c.text = pick(words::texts, grain);
  c.parts = parts_of(c.text);
  c.sender = shape.provider == "yeastar" || grain.percent(20)
                 ? (shape.provider == "yeastar" ? "+" : "") + std::string{"4179"} +
                       digits(grain.below(10'000'000), 7)
                 : std::string{pick(words::senders, grain)};

  auto const lists = shape.provider == "bsg"     ? 0
                     : shape.provider == "smsup" ? grain.below(4)
                     : shape.uuid                ? 1
                                                 : grain.below(2);
  for (std::int64_t i = 0; i < lists; ++i) {
    auto const which = grain.below(static_cast<std::int64_t>(std::size(words::list_names)));
    auto const seed = static_cast<std::uint64_t>(which + 1);
    c.lists.push_back({.id = shape.uuid                                    ? uuid_text(seed)
                             : shape.provider == "smsup" && which % 2 == 0 ? hex_text(seed, 24)
                                                                           : std::to_string(which + 1),
                       .name = std::string{words::list_names[which]}});
  }
}

void fill_times(SimulatedCampaign& c, sys_seconds now, Grain& grain) {
  auto const age = now - c.created;
  c.updated = c.created;
  if (c.status == draft) return;

  if (c.status == scheduled) {
    c.immediate = false;
    // the coming quarters of an hour, within 20 days
    c.scheduled = std::chrono::ceil<minutes>(now) + minutes{15} * (1 + grain.below(20 * 96));
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

void fill_counters(SimulatedCampaign& c, Shape const& shape, sys_seconds now, Grain& grain) {
  auto& n = c.counters;
  // mostly hundreds; now and then one, none, or as many as the vendor takes
  auto const kind = grain.below(20);
  n.messages = kind == 0   ? 1
               : kind == 1 ? shape.most_messages
                           : 1 + grain.below(std::min<std::int64_t>(shape.most_messages, 2000));
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

void fill_cost(SimulatedCampaign& c, Shape const& shape, Grain& grain) {
  if (shape.currency.empty()) return;
  c.currency = shape.currency;
  auto const units = (c.counters.messages - c.counters.pending) * c.parts;
  c.cost = shape.provider == "smsup"
               ? std::to_string(c.status == rejected ? 0 : c.counters.messages * c.parts)
               : decimal(units * (100'000 + grain.below(900'000)), grain.percent(50));
}

SimulatedCampaign make(Shape const& shape, std::int64_t ordinal, std::uint64_t seed, StatusCode status,
                       Channel channel, sys_seconds created, sys_seconds now, Grain grain) {
  SimulatedCampaign c;
  c.grain = grain.next();
  c.number = shape.first_number + (ordinal - 1) * shape.number_step;
  c.id = shape.uuid ? uuid_text(seed * 1'000'003 + static_cast<std::uint64_t>(ordinal))
                    : std::to_string(c.number);
  c.status = status;
  c.channel = channel;
  c.created = created;
  fill_words(c, shape, ordinal, grain);
  fill_times(c, now, grain);
  fill_counters(c, shape, now, grain);
  fill_cost(c, shape, grain);
  return c;
}

Grain grain_of(Shape const& shape, std::int64_t ordinal, std::uint64_t seed) {
  Grain mixed{seed ^ (static_cast<std::uint64_t>(ordinal) << 20U) ^ shape.provider.size()};
  return Grain{mixed.next()};
}

}  // namespace

std::span<StatusCode const> statuses_of(std::string_view provider) noexcept {
  auto const* const shape = shape_of(provider);
  return shape ? shape->statuses : std::span<StatusCode const>{};
}

std::vector<SimulatedCampaign> generate(std::string_view provider, std::size_t count, std::uint64_t seed,
                                        sys_seconds now) {
  std::vector<SimulatedCampaign> all;
  auto const* const shape = shape_of(provider);
  if (!shape) return all;
  auto const total = shape->lists_one_channel && count > 4 ? count + (count + 3) / 8 : count;
  all.reserve(total);
  for (std::size_t i = 0; i < total; ++i) {
    auto const ordinal = static_cast<std::int64_t>(total - i);
    auto grain = grain_of(*shape, ordinal, seed);
    // the square makes lately dense; a campaign needs three hours to have run
    auto const place =
        (static_cast<double>(i) + static_cast<double>(grain.below(1000)) / 1000) / static_cast<double>(total);
    auto const age = hours{3} + seconds{static_cast<std::int64_t>(place * place * 730 * 86'400)};
    auto const status = status_for(*shape, i, age, grain);
    auto const channel = channel_for(*shape, i, grain);
    all.push_back(make(*shape, ordinal, seed, status, channel, now - age, now, grain));
  }
  return all;
}

SimulatedCampaign generate_new(std::string_view provider, std::int64_t ordinal, std::uint64_t seed,
                               sys_seconds now) {
  auto const* const shape = shape_of(provider);
  if (!shape) return {};
  auto const waits = std::ranges::find(shape->statuses, queued) != shape->statuses.end();
  return make(*shape, ordinal, seed, waits ? queued : sending, shape->channels[0], now, now,
              grain_of(*shape, ordinal, seed));
}

std::string recipient_number(SimulatedCampaign const& campaign, std::int64_t index) {
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
