#pragma once

#include "polycampaign/protocol/scalar.hpp"

/// What the codecs give is what any adapter reads: the values and readers of the public protocol.
namespace polycampaign::inline v1::wire {

using protocol::ClockRule;
using protocol::Notes;
using protocol::Scalar;
using protocol::StatusWord;
using protocol::Zone;

using protocol::read_count;
using protocol::read_decimal;
using protocol::read_status;
using protocol::read_text;
using protocol::read_time;
using protocol::read_unix_time;
using protocol::read_word;
using protocol::status_code;

}  // namespace polycampaign::inline v1::wire
