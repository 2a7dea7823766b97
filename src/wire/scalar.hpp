#pragma once

#include "polycampaign/cost.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include "wire/zone.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
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
};

/// Collects what was odd in a record. `name` is the vendor's field name.
class Notes {
 public:
  explicit Notes(std::vector<std::string>& sentences) noexcept : sentences_{sentences} {}
  void add(std::string sentence) { sentences_.push_back(std::move(sentence)); }
  /// A sentence of these parts.
  void add(std::initializer_list<std::string_view> parts);
  /// `delivered: "-3" is not a count`; long values are cut.
  void odd(std::string_view name, Scalar const& value, std::string_view expected);

 private:
  std::vector<std::string>& sentences_;
};

// Tolerant readers. All of them: absent and null give nothing; a value of another kind gives nothing and a
// note.

/// Text as it is (an empty one too); an integer as its digits.
[[nodiscard]] std::optional<std::string> read_text(Scalar const& value, std::string_view name, Notes& notes);
/// As read_text, trimmed; empty is absent.
[[nodiscard]] std::optional<std::string> read_word(Scalar const& value, std::string_view name, Notes& notes);
/// 0 to 2^63-1, as a number or its digits (blanks around them ignored); empty text is absent; a whole real
/// counts.
[[nodiscard]] Count read_count(Scalar const& value, std::string_view name, Notes& notes);
/// Number or text, point or comma; empty text is absent. `exact` is the number's own text where it is a JSON
/// real (see JsonDocument): without it a real is odd.
[[nodiscard]] std::optional<Decimal> read_decimal(Scalar const& value, std::string_view exact,
                                                  std::string_view name, Notes& notes);

/// What a vendor's times without an offset mean.
struct ClockRule {
  Zone zone{};
  ZoneBasis basis = ZoneBasis::documented;
};
/// Every documented shape of `wire/time.hpp`; empty text is absent. An offset in the text beats the rule and
/// is `documented`; a repeated hour is its first, a skipped hour the transition, both `assumed`.
[[nodiscard]] std::optional<Timestamp> read_time(Scalar const& value, ClockRule const& rule,
                                                 std::string_view name, Notes& notes);
/// Unix seconds, or milliseconds when 13 digits; number or digits; 0 and empty text are absent.
[[nodiscard]] std::optional<Timestamp> read_unix_time(Scalar const& value, std::string_view name,
                                                      Notes& notes);

}  // namespace polycampaign::inline v1::wire
