#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/timestamp.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// A value without structure, as it was written in JSON or XML: what an adapter makes of its parser's values
/// for the readers below. A plain value; `text` is a view into what was parsed, or into a text of the
/// adapter.
struct Scalar {
  /// Which of the members below holds it.
  enum class Kind : std::uint8_t {
    absent,        ///< there is no such member
    null,          ///< JSON's null
    boolean,       ///< true or false
    integer,       ///< -2^63 to 2^63-1
    big_unsigned,  ///< above 2^63-1
    real,          ///< a number with point or exponent
    text,          ///< a text, an XML element's or attribute's included
    composite      ///< an object or an array
  };
  Kind kind = Kind::absent;        ///< which member counts
  std::int64_t integer = 0;        ///< of Kind::integer
  std::uint64_t big_unsigned = 0;  ///< of Kind::big_unsigned
  double real = 0;                 ///< of Kind::real: its digits are elsewhere
  bool boolean = false;            ///< of Kind::boolean
  std::string_view text{};         ///< of Kind::text, entities and escapes resolved

  /// Neither there nor null.
  [[nodiscard]] bool empty() const noexcept { return kind == Kind::absent || kind == Kind::null; }
};

/// Collects what was odd in a record, for `Campaign::notes`. `name` is the vendor's field name. Notes may
/// quote what the vendor sent: they belong to the campaign, not into logs. A record gets 32 of them at most;
/// one more sentence then says how many were left out.
///
/// Threads: one at a time.
class POLYCAMPAIGN_EXPORT Notes {
 public:
  /// Adds to these, which must outlive it.
  explicit Notes(std::vector<std::string>& sentences) noexcept : sentences_{sentences} {}
  /// A sentence for people.
  void add(std::string sentence);
  /// A sentence of these parts.
  void add(std::initializer_list<std::string_view> parts);
  /// `delivered: "-3" is not a count`; long values are cut.
  void unexpected(std::string_view name, Scalar const& value, std::string_view expected);

 private:
  [[nodiscard]] bool has_room();

  std::vector<std::string>& sentences_;
  std::size_t left_out_ = 0;
};

// Tolerant readers. All of them: absent and null give nothing; a value of another kind gives nothing and a
// note. Nothing is invented: a counter that cannot be read is absent, not zero.

/// Text as it is (an empty one too); an integer as its digits.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::string> read_text(Scalar const& value,
                                                                       std::string_view name, Notes& notes);
/// As read_text, trimmed; empty is absent. For ids and words.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::string> read_word(Scalar const& value,
                                                                       std::string_view name, Notes& notes);
/// 0 to 2^63-1, as a number or its digits (blanks around them ignored); empty text is absent; a whole real
/// counts.
[[nodiscard]] POLYCAMPAIGN_EXPORT Count read_count(Scalar const& value, std::string_view name, Notes& notes);
/// Number or text, point or comma; empty text is absent. `exact` is the number's own text where it is a JSON
/// real: without it a real is odd, since binary floating point has lost its digits.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Decimal> read_decimal(Scalar const& value,
                                                                      std::string_view exact,
                                                                      std::string_view name, Notes& notes);
/// `YYYY-MM-DD hh:mm:ss` with a blank or `T` between, perhaps without seconds, with a fraction (dropped), `Z`
/// or an offset (`+02:00`, `+0200`, `+02`), letters in either case; years 1970 to 9999, in UTC too; empty
/// text is absent. An offset in the text beats the rule and is `documented`; a repeated hour is its first, a
/// skipped hour the transition, both `assumed`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Timestamp> read_time(Scalar const& value,
                                                                     ClockRule const& rule,
                                                                     std::string_view name, Notes& notes);
/// Unix seconds, or milliseconds when 13 digits; number or digits; 0 and empty text are absent.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Timestamp> read_unix_time(Scalar const& value,
                                                                          std::string_view name,
                                                                          Notes& notes);

/// A row of a vendor's table of states. A plain value.
struct StatusWord {
  std::string_view word;  ///< as its documents spell it
  StatusCode code;        ///< what it means
};
/// The code of the word in the vendor's table; case is ignored, blanks around it too, and `-`, `_` and blank
/// are alike. `unknown` for a word that is not in it.
[[nodiscard]] POLYCAMPAIGN_EXPORT StatusCode status_code(std::string_view word,
                                                         std::span<StatusWord const> words) noexcept;
/// The word as it is, and its code; `unknown` without a word when there is none or a blank one.
[[nodiscard]] POLYCAMPAIGN_EXPORT CampaignStatus read_status(Scalar const& value,
                                                             std::span<StatusWord const> words,
                                                             std::string_view name, Notes& notes);
/// `parse_channel` of the word; `unknown` with a note when this library does not know it.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Channel> read_channel(Scalar const& value,
                                                                      std::string_view name, Notes& notes);

}  // namespace polycampaign::inline v1::protocol
