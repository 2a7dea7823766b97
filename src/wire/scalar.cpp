#include "polycampaign/protocol/scalar.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "text/phone_digits.hpp"
#include "wire/text.hpp"
#include "wire/time.hpp"

#include <cmath>

namespace polycampaign::inline v1::protocol {

namespace {

using wire::trim;

constexpr std::size_t longest_quoted = 40;

std::string shown(Scalar const& value) {
  switch (value.kind) {
    case Scalar::Kind::absent: return "nothing";
    case Scalar::Kind::null: return "null";
    case Scalar::Kind::boolean: return value.boolean ? "true" : "false";
    case Scalar::Kind::integer: return std::to_string(value.integer);
    case Scalar::Kind::big_unsigned: return std::to_string(value.big_unsigned);
    case Scalar::Kind::real: return "a number with a fraction or exponent";
    case Scalar::Kind::composite: return "an object or array";
    case Scalar::Kind::text: break;
  }
  auto text = value.text;
  bool const cut = text.size() > longest_quoted;
  if (cut) {
    text = text.substr(0, longest_quoted);
    // not inside a UTF-8 sequence
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80U) != 0) {
      bool const lead = (static_cast<unsigned char>(text.back()) & 0xC0U) == 0xC0U;
      text.remove_suffix(1);
      if (lead) break;
    }
  }
  return '"' + std::string{text} + (cut ? "...\"" : "\"");
}

// Whole digits from 0 to the type's largest; nothing for anything else.
Count whole(std::string_view text) noexcept {
  return text::is_digits(text) ? text::whole_number(text) : std::nullopt;
}

// Below 2^53 a double shows the digits that were sent; beyond, others round to it.
Count whole(double value) noexcept {
  if (!(value >= 0 && value < 9007199254740992.0) || std::floor(value) != value) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

// 13 digits are milliseconds: as seconds they would lie beyond the year 33,000.
std::int64_t unix_seconds(std::int64_t value) noexcept {
  return value >= 1'000'000'000'000 && value < 10'000'000'000'000 ? value / 1'000 : value;
}

}  // namespace

// What a vendor sends must not decide how much memory a campaign takes.
bool Notes::has_room() {
  constexpr std::size_t most = 32;
  if (left_out_ == 0 && sentences_.size() < most) return true;
  if (left_out_++ == 0) sentences_.emplace_back();
  sentences_.back() =
      std::to_string(left_out_) + (left_out_ == 1 ? " more note was" : " more notes were") + " left out";
  return false;
}

void Notes::add(std::string sentence) {
  if (has_room()) sentences_.push_back(std::move(sentence));
}

void Notes::add(std::initializer_list<std::string_view> parts) {
  if (!has_room()) return;
  std::size_t size = 0;
  for (auto const part : parts) size += part.size();
  auto& sentence = sentences_.emplace_back();
  sentence.reserve(size);
  for (auto const part : parts) sentence += part;
}

void Notes::unexpected(std::string_view name, Scalar const& value, std::string_view expected) {
  add(std::string{name} + ": " + shown(value) + " is not " + std::string{expected});
}

std::optional<std::string> read_text(Scalar const& value, std::string_view name, Notes& notes) {
  switch (value.kind) {
    case Scalar::Kind::absent:
    case Scalar::Kind::null: return std::nullopt;
    case Scalar::Kind::text: return std::string{value.text};
    case Scalar::Kind::integer: return std::to_string(value.integer);
    case Scalar::Kind::big_unsigned: return std::to_string(value.big_unsigned);
    default: notes.unexpected(name, value, "text"); return std::nullopt;
  }
}

std::optional<std::string> read_word(Scalar const& value, std::string_view name, Notes& notes) {
  if (value.kind == Scalar::Kind::text) {
    auto const word = trim(value.text);
    if (word.empty()) return std::nullopt;
    return std::string{word};
  }
  return read_text(value, name, notes);
}

Count read_count(Scalar const& value, std::string_view name, Notes& notes) {
  switch (value.kind) {
    case Scalar::Kind::absent:
    case Scalar::Kind::null: return std::nullopt;
    case Scalar::Kind::integer:
      if (value.integer >= 0) return value.integer;
      break;
    case Scalar::Kind::real:
      if (auto const count = whole(value.real)) return count;
      break;
    case Scalar::Kind::text: {
      auto const digits = trim(value.text);
      if (digits.empty()) return std::nullopt;
      if (auto const count = whole(digits)) return count;
      break;
    }
    default: break;
  }
  notes.unexpected(name, value, "a count");
  return std::nullopt;
}

std::optional<Decimal> read_decimal(Scalar const& value, std::string_view exact, std::string_view name,
                                    Notes& notes) {
  std::optional<Decimal> decimal;
  switch (value.kind) {
    case Scalar::Kind::absent:
    case Scalar::Kind::null: return std::nullopt;
    case Scalar::Kind::integer: return Decimal::parse(std::to_string(value.integer));
    case Scalar::Kind::big_unsigned: return Decimal::parse(std::to_string(value.big_unsigned));
    case Scalar::Kind::real: decimal = Decimal::parse(exact); break;
    case Scalar::Kind::text:
      if (trim(value.text).empty()) return std::nullopt;
      decimal = Decimal::parse(value.text);
      break;
    default: break;
  }
  if (!decimal) notes.unexpected(name, value, "a decimal number");
  return decimal;
}

std::optional<Timestamp> read_time(Scalar const& value, ClockRule const& rule, std::string_view name,
                                   Notes& notes) {
  if (value.empty()) return std::nullopt;
  if (value.kind == Scalar::Kind::text) {
    auto const text = trim(value.text);
    if (text.empty()) return std::nullopt;
    if (auto const read = wire::parse_date_time(text)) {
      Timestamp time{read->wall, ZoneBasis::documented};
      if (read->offset) {
        time.time -= *read->offset;
      } else {
        auto const instant = rule.zone.to_utc(read->wall);
        time = {instant.time, instant.exact ? rule.basis : ZoneBasis::assumed};
      }
      if (wire::is_writable(time.time)) return time;
    }
  }
  notes.unexpected(name, value, "a date and time");
  return std::nullopt;
}

std::optional<Timestamp> read_unix_time(Scalar const& value, std::string_view name, Notes& notes) {
  constexpr std::int64_t latest = 253'402'300'799;  // the end of the year 9999
  Count seconds;
  switch (value.kind) {
    case Scalar::Kind::absent:
    case Scalar::Kind::null: return std::nullopt;
    case Scalar::Kind::integer:
      if (value.integer >= 0) seconds = value.integer;
      break;
    case Scalar::Kind::real: seconds = whole(value.real); break;
    case Scalar::Kind::text: {
      auto const digits = trim(value.text);
      if (digits.empty()) return std::nullopt;
      seconds = whole(digits);
      break;
    }
    default: break;
  }
  if (!seconds || unix_seconds(*seconds) > latest) {
    notes.unexpected(name, value, "a Unix time");
    return std::nullopt;
  }
  if (*seconds == 0) return std::nullopt;
  return Timestamp{std::chrono::sys_seconds{std::chrono::seconds{unix_seconds(*seconds)}},
                   ZoneBasis::documented};
}

StatusCode status_code(std::string_view word, std::span<StatusWord const> words) noexcept {
  for (auto const& known : words)
    if (known.word == word) return known.code;
  for (auto const& known : words)
    if (wire::same_word(known.word, word)) return known.code;
  return StatusCode::unknown;
}

CampaignStatus read_status(Scalar const& value, std::span<StatusWord const> words, std::string_view name,
                           Notes& notes) {
  CampaignStatus status;
  auto word = read_text(value, name, notes);
  if (!word || trim(*word).empty()) return status;
  status.code = status_code(*word, words);
  status.vendor_word = std::move(word);
  return status;
}

MessageStatus read_message_status(Scalar const& value, std::span<MessageStatusWord const> words,
                                  std::string_view name, Notes& notes) {
  MessageStatus status;
  auto word = read_text(value, name, notes);
  if (!word || trim(*word).empty()) return status;
  for (auto const& known : words)
    if (wire::same_word(known.word, *word)) status.code = known.code;
  status.vendor_word = std::move(word);
  return status;
}

std::optional<std::string> read_number(Scalar const& value, std::string_view name, Notes& notes) {
  auto written = read_word(value, name, notes);
  if (!written) return std::nullopt;
  auto const international = written->starts_with('+') ? *written : '+' + *written;
  auto const number = text::read_number(international);
  if (number.fault.empty()) return text::written_number(number.digits);
  notes.add({name, ": it is no phone number in international format"});
  return written;
}

std::optional<Channel> read_channel(Scalar const& value, std::string_view name, Notes& notes) {
  auto const word = read_word(value, name, notes);
  if (!word) return std::nullopt;
  auto const channel = parse_channel(*word);
  if (channel == Channel::unknown) notes.unexpected(name, value, "a channel that this library knows");
  return channel;
}

}  // namespace polycampaign::inline v1::protocol
