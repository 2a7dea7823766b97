#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include "wire/text.hpp"
#include "wire/time.hpp"
#include "wire/zone.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::wire {

/// A JSON or XML value without structure, as it was written. Views into the document.
struct Scalar {
  enum class Kind : std::uint8_t {
    absent,
    null,
    boolean,
    integer,
    big_unsigned,
    real,
    text,
    composite
  };
  Kind kind = Kind::absent;
  std::int64_t integer = 0;        ///< integer
  std::uint64_t big_unsigned = 0;  ///< above 2^63-1
  double real = 0;                 ///< a JSON number with point or exponent: its exact text is elsewhere
  bool boolean = false;
  std::string_view text{};

  /// Neither there nor null.
  [[nodiscard]] bool empty() const noexcept { return kind == Kind::absent || kind == Kind::null; }
  [[nodiscard]] bool is_text() const noexcept { return kind == Kind::text; }
};

/// Collects what was odd in a record. `name` is the vendor's field name.
class Notes {
 public:
  explicit Notes(std::vector<std::string>& sentences) noexcept : sentences_{sentences} {}
  void add(std::string sentence) { sentences_.push_back(std::move(sentence)); }
  /// `delivered: "-3" is not a count`; long values are cut.
  void odd(std::string_view name, Scalar const& value, std::string_view expected);

 private:
  std::vector<std::string>& sentences_;
};

/// What a vendor's times without an offset mean.
struct ClockRule {
  Zone zone{};
  ZoneBasis basis = ZoneBasis::documented;
};

namespace detail {

// What the inline readers below leave over.
[[nodiscard]] std::optional<std::string> read_other_text(Scalar const& value, std::string_view name,
                                                         Notes& notes);
[[nodiscard]] Count read_other_count(Scalar const& value, std::string_view name, Notes& notes);
[[nodiscard]] std::optional<Timestamp> read_other_time(Scalar const& value, ClockRule const& rule,
                                                       std::string_view name, Notes& notes);

}  // namespace detail

// Tolerant readers. All of them: absent and null give nothing; a value of another kind gives nothing and a
// note. What records usually hold is read inline, and into its place: a page has tens of thousands of values.
// The slow paths get a copy, so that the value itself needs no memory.

/// Text as it is (an empty one too); an integer as its digits. Into a place, where it is built at once.
inline void read_text(Scalar const& value, std::string_view name, Notes& notes,
                      std::optional<std::string>& into) {
  if (value.is_text()) {
    into.emplace(value.text);
  } else if (value.empty()) {
    into.reset();
  } else {
    into = detail::read_other_text(Scalar{value}, name, notes);
  }
}
[[nodiscard]] inline std::optional<std::string> read_text(Scalar const& value, std::string_view name,
                                                          Notes& notes) {
  std::optional<std::string> text;
  read_text(value, name, notes, text);
  return text;
}

/// As read_text, trimmed; empty is absent.
inline void read_word(Scalar const& value, std::string_view name, Notes& notes,
                      std::optional<std::string>& into) {
  if (!value.is_text()) return read_text(value, name, notes, into);
  auto const word = trim(value.text);
  if (word.empty())
    into.reset();
  else
    into.emplace(word);
}
[[nodiscard]] inline std::optional<std::string> read_word(Scalar const& value, std::string_view name,
                                                          Notes& notes) {
  std::optional<std::string> word;
  read_word(value, name, notes, word);
  return word;
}
/// A word into a text that stays as it is when there is none; whether there was one.
inline bool read_word(Scalar const& value, std::string_view name, Notes& notes, std::string& into) {
  if (value.is_text()) {
    auto const word = trim(value.text);
    if (!word.empty()) into = word;
    return !word.empty();
  }
  if (value.kind == Scalar::Kind::integer) {
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value.integer).ptr;
    into.assign(digits.data(), end);
    return true;
  }
  auto word = read_text(value, name, notes);
  if (word) into = *std::move(word);
  return word.has_value();
}

/// 0 to 2^63-1, as a number or its digits (blanks around them ignored); empty text is absent; a whole real
/// counts.
inline void read_count(Scalar const& value, std::string_view name, Notes& notes, Count& into) {
  if (value.kind == Scalar::Kind::integer && value.integer >= 0) {
    into = value.integer;
  } else if (std::int64_t count = 0; value.is_text() && read_short_count(value.text, count)) {
    into = count;
  } else if (value.empty()) {
    into.reset();
  } else {
    into = detail::read_other_count(Scalar{value}, name, notes);
  }
}
[[nodiscard]] inline Count read_count(Scalar const& value, std::string_view name, Notes& notes) {
  Count count;
  read_count(value, name, notes, count);
  return count;
}
/// Number or text, point or comma; empty text is absent. `exact` is the number's own text where it is a JSON
/// real (see JsonDocument): without it a real is odd.
[[nodiscard]] std::optional<Decimal> read_decimal(Scalar const& value, std::string_view exact,
                                                  std::string_view name, Notes& notes);

/// A vendor's word for a campaign's state.
struct StatusWord {
  std::string_view word;
  StatusCode code;
};
/// The word as it is and its code, `unknown` for one that is not in the list; a blank one is absent.
void read_status(Scalar const& value, std::span<StatusWord const> words, std::string_view name, Notes& notes,
                 CampaignStatus& into);

/// Every documented shape of `wire/time.hpp`; empty text is absent. An offset in the text beats the rule and
/// is `documented`; a repeated hour is its first, a skipped hour the transition, both `assumed`.
inline void read_time(Scalar const& value, ClockRule const& rule, std::string_view name, Notes& notes,
                      std::optional<Timestamp>& into) {
  if (std::chrono::sys_seconds wall; value.is_text() && parse_plain_wall(value.text, wall)) {
    auto const instant = rule.zone.to_utc(wall);
    into.emplace(Timestamp{instant.time, instant.exact ? rule.basis : ZoneBasis::assumed});
  } else if (value.empty()) {
    into.reset();
  } else {
    into = detail::read_other_time(Scalar{value}, rule, name, notes);
  }
}
[[nodiscard]] inline std::optional<Timestamp> read_time(Scalar const& value, ClockRule const& rule,
                                                        std::string_view name, Notes& notes) {
  std::optional<Timestamp> time;
  read_time(value, rule, name, notes, time);
  return time;
}
/// Unix seconds, or milliseconds when 13 digits; number or digits; 0 and empty text are absent.
[[nodiscard]] std::optional<Timestamp> read_unix_time(Scalar const& value, std::string_view name,
                                                      Notes& notes);

}  // namespace polycampaign::inline v1::wire
