#pragma once

#include "polycampaign/campaign_status.hpp"

#include "wire/scalar.hpp"
#include "wire/text.hpp"
#include "wire/time.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// The readers of scalar.hpp for the values of records, of which a page has tens of thousands: what records
/// usually hold is read without a Scalar, and into its place. A place keeps no older value: it becomes what
/// the reader of scalar.hpp gives.
namespace polycampaign::inline v1::wire {

/// A value that tells quickly whether it is a text or an integer.
template <class Value>
concept Field = requires(Value const& value, std::string_view& text, std::int64_t& integer) {
  { value.is_text(text) } -> std::same_as<bool>;
  { value.is_integer(integer) } -> std::same_as<bool>;
  { value.scalar() } -> std::same_as<Scalar>;
};

/// An assignment would double the memory where it is too small: a list would end up with twice what it needs.
inline void put(std::optional<std::string>& into, std::string_view text) {
  if (into && text.size() <= into->capacity() && into->capacity() <= 2 * text.size() + 32)
    into->assign(text);
  else
    into.emplace(text);
}

template <Field Value>
void read_text(Value const& value, std::string_view name, Notes& notes, std::optional<std::string>& into) {
  if (std::string_view text; value.is_text(text))
    put(into, text);
  else
    into = read_text(value.scalar(), name, notes);
}

/// Whether there was one: without one, the place keeps what it has.
template <Field Value>
bool read_word(Value const& value, std::string_view name, Notes& notes, std::string& into) {
  if (std::string_view text; value.is_text(text)) {
    auto const word = trim(text);
    if (!word.empty()) into = word;
    return !word.empty();
  }
  if (std::int64_t integer = 0; value.is_integer(integer)) {
    std::array<char, 20> digits{};
    into.assign(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), integer).ptr);
    return true;
  }
  auto word = read_word(value.scalar(), name, notes);
  if (!word) return false;
  into = *std::move(word);
  return true;
}

template <Field Value>
void read_count(Value const& value, std::string_view name, Notes& notes, Count& into) {
  std::int64_t count = 0;
  std::string_view text;
  auto const plain =
      (value.is_text(text) && read_short_count(text, count)) || (value.is_integer(count) && count >= 0);
  into = plain ? Count{count} : read_count(value.scalar(), name, notes);
}

template <Field Value>
void read_time(Value const& value, ClockRule const& rule, std::string_view name, Notes& notes,
               CompactOptional<Timestamp>& into) {
  std::chrono::sys_seconds wall;
  if (std::string_view text; value.is_text(text) && parse_plain_wall(text, wall)) {
    auto const instant = rule.zone.to_utc(wall);
    into.emplace(Timestamp{instant.time, instant.exact ? rule.basis : ZoneBasis::assumed});
  } else {
    into = read_time(value.scalar(), rule, name, notes);
  }
}

template <Field Value>
void read_unix_time(Value const& value, std::string_view name, Notes& notes,
                    CompactOptional<Timestamp>& into) {
  constexpr std::int64_t least_milliseconds = 100'000'000'000;  // what is below is seconds in any reading
  if (std::int64_t seconds = 0; value.is_integer(seconds) && seconds > 0 && seconds < least_milliseconds)
    into.emplace(Timestamp{std::chrono::sys_seconds{std::chrono::seconds{seconds}}, ZoneBasis::documented});
  else
    into = read_unix_time(value.scalar(), name, notes);
}

/// Reads the word as it is, and its code. A blank word counts as none.
template <Field Value>
void read_status(Value const& value, std::span<StatusWord const> words, std::string_view name, Notes& notes,
                 CampaignStatus& into) {
  into.code = StatusCode::unknown;
  if (std::string_view text; value.is_text(text)) {
    if (trim(text).empty()) return into.vendor_word.reset();
    put(into.vendor_word, text);
  } else {
    into.vendor_word = read_text(value.scalar(), name, notes);
    if (!into.vendor_word || trim(*into.vendor_word).empty()) return into.vendor_word.reset();
  }
  into.code = status_code(*into.vendor_word, words);
}

}  // namespace polycampaign::inline v1::wire
