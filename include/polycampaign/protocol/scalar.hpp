#pragma once

#include "polycampaign/campaign_status.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/message.hpp"
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

/// A value without structure, as it was written in JSON or XML. An adapter converts its parser's values to
/// this form for the readers below. A plain value; `text` is a view into what was parsed, or into a string of
/// the adapter.
struct Scalar {
  /// Which of the members below holds the value.
  enum class Kind : std::uint8_t {
    absent,        ///< there is no such member
    null,          ///< JSON's null
    boolean,       ///< true or false
    integer,       ///< -2^63 to 2^63-1
    big_unsigned,  ///< above 2^63-1
    real,          ///< a number with a decimal point or an exponent
    text,          ///< a string, or the text of an XML element or attribute
    composite      ///< an object or an array
  };
  Kind kind = Kind::absent;        ///< which member counts
  std::int64_t integer = 0;        ///< for Kind::integer
  std::uint64_t big_unsigned = 0;  ///< for Kind::big_unsigned
  double real = 0;                 ///< for Kind::real; its exact digits are elsewhere
  bool boolean = false;            ///< for Kind::boolean
  std::string_view text{};         ///< for Kind::text, with entities and escapes resolved

  /// Returns whether the value is absent or null.
  [[nodiscard]] bool empty() const noexcept { return kind == Kind::absent || kind == Kind::null; }
};

/// Collects what was malformed or unexpected in a record, for `Campaign::notes`. `name` is the vendor's field
/// name. Notes may quote what the vendor sent, so they belong to the campaign and not in logs. A record gets
/// at most 32 notes; one more sentence then says how many were left out.
///
/// Threads: use from one thread at a time.
class POLYCAMPAIGN_EXPORT Notes {
 public:
  /// Adds notes to `sentences`, which must outlive this object.
  explicit Notes(std::vector<std::string>& sentences) noexcept : sentences_{sentences} {}
  /// Adds a sentence for people.
  void add(std::string sentence);
  /// Adds a sentence that consists of these parts.
  void add(std::initializer_list<std::string_view> parts);
  /// Adds a note such as `delivered: "-3" is not a count`. Long values are cut.
  void unexpected(std::string_view name, Scalar const& value, std::string_view expected);

 private:
  [[nodiscard]] bool has_room();

  std::vector<std::string>& sentences_;
  std::size_t left_out_ = 0;
};

// Tolerant readers. They all return nothing for an absent or null value. For a value of the wrong kind they
// return nothing and add a note. They invent nothing: a counter that cannot be read is absent, not zero.

/// Reads a string as it is, even an empty one; an integer is returned as its digits.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::string> read_text(Scalar const& value,
                                                                       std::string_view name, Notes& notes);
/// Reads a string as `read_text` does and trims it; an empty string is absent. For ids and words.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::string> read_word(Scalar const& value,
                                                                       std::string_view name, Notes& notes);
/// Reads a count from 0 to 2^63-1, given as a number or as its digits (surrounding spaces are ignored). An
/// empty string is absent. A real number without a fraction is accepted.
[[nodiscard]] POLYCAMPAIGN_EXPORT Count read_count(Scalar const& value, std::string_view name, Notes& notes);
/// Reads a number or a string with a decimal point or comma; an empty string is absent. If the value is a
/// JSON real, `exact` is the number's own text. Without it, a real gets a note instead of a value, because
/// binary floating point has lost its digits.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Decimal> read_decimal(Scalar const& value,
                                                                      std::string_view exact,
                                                                      std::string_view name, Notes& notes);
/// Reads `YYYY-MM-DD hh:mm:ss`. The separator is a space or `T`, and letters may have either case. Seconds
/// may be missing, a fraction is dropped, and `Z` or an offset (`+02:00`, `+0200`, `+02`) may follow. Years
/// are 1970 to 9999, in UTC too. An empty string is absent. An offset in the string takes precedence over the
/// rule and is `documented`. A repeated hour is read as its first occurrence and a skipped hour as the
/// transition; both are `assumed`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Timestamp> read_time(Scalar const& value,
                                                                     ClockRule const& rule,
                                                                     std::string_view name, Notes& notes);
/// Reads Unix seconds, or milliseconds if there are 13 digits, given as a number or as digits. 0 and an empty
/// string are absent.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Timestamp> read_unix_time(Scalar const& value,
                                                                          std::string_view name,
                                                                          Notes& notes);

/// A row of a vendor's table of statuses. A plain value.
struct StatusWord {
  std::string_view word;  ///< as the vendor's documentation spells it
  StatusCode code;        ///< what it means
};
/// Returns the code for a word in the vendor's table. Case and surrounding spaces are ignored, and `-`, `_`
/// and a space are equivalent. `unknown` for a word that is not in the table.
[[nodiscard]] POLYCAMPAIGN_EXPORT StatusCode status_code(std::string_view word,
                                                         std::span<StatusWord const> words) noexcept;
/// Reads a word as it is, with its code. `unknown` without a word if there is none or it is empty.
[[nodiscard]] POLYCAMPAIGN_EXPORT CampaignStatus read_status(Scalar const& value,
                                                             std::span<StatusWord const> words,
                                                             std::string_view name, Notes& notes);
/// A row of a vendor's table of message statuses. A plain value.
struct MessageStatusWord {
  std::string_view word;   ///< as the vendor's documentation spells it
  MessageStatusCode code;  ///< what it means
};
/// Reads a word as it is, with its code; words are compared as `status_code` does. `unknown` without a word
/// if there is none or it is empty.
[[nodiscard]] POLYCAMPAIGN_EXPORT MessageStatus read_message_status(Scalar const& value,
                                                                    std::span<MessageStatusWord const> words,
                                                                    std::string_view name, Notes& notes);
/// Reads a phone number that the vendor wrote with or without `+`, as text or as a number, and returns it in
/// E.164. What is no such number is returned as it was written, with a note.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<std::string> read_number(Scalar const& value,
                                                                         std::string_view name, Notes& notes);
/// Reads a channel as `parse_channel` does. `unknown` with a note if this library does not know the word.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::optional<Channel> read_channel(Scalar const& value,
                                                                      std::string_view name, Notes& notes);

}  // namespace polycampaign::inline v1::protocol
