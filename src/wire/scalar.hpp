#pragma once

#include "polycampaign/protocol/scalar.hpp"

#include "text/number.hpp"
#include "wire/text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// What the codecs give is what any adapter reads: the values and readers of the public protocol.
namespace polycampaign::inline v1::wire {

using protocol::ClockRule;
using protocol::MessageStatusWord;
using protocol::Notes;
using protocol::Scalar;
using protocol::StatusWord;
using protocol::Zone;

using protocol::read_count;
using protocol::read_decimal;
using protocol::read_message_status;
using protocol::read_number;
using protocol::read_status;
using protocol::read_text;
using protocol::read_time;
using protocol::read_unix_time;
using protocol::read_word;
using protocol::status_code;

// For what stands around records, where nothing needs a note.

/// A text, trimmed; empty for anything else.
[[nodiscard]] inline std::string_view words_of(Scalar const& value) noexcept {
  return value.kind == Scalar::Kind::text ? trim(value.text) : std::string_view{};
}
/// An integer, or a text of its digits.
[[nodiscard]] inline std::optional<std::int64_t> whole_number_of(Scalar const& value) noexcept {
  if (value.kind == Scalar::Kind::integer) return value.integer;
  return text::whole_number(words_of(value));
}

}  // namespace polycampaign::inline v1::wire
