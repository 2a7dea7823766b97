#pragma once

#include <polycampaign/message.hpp>
#include <polycampaign/protocol/list.hpp>
#include <polycampaign/protocol/zone.hpp>
#include <polycampaign/recipient_list.hpp>
#include <polycampaign/reply.hpp>
#include <polycampaign/result.hpp>
#include <polycampaign/transport.hpp>

#include <string>

/// Heron's responses about groups, messages and replies, as values.
namespace heron {

/// Reads a page of the groups. Errors: as `read_answer`.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::ListPage<polycampaign::RecipientList>> read_groups(
    polycampaign::HttpResponse const& response, polycampaign::protocol::ClockRule const& clock);

/// Reads one group. Errors: as `read_answer`; `protocol` for another group than `id`.
[[nodiscard]] polycampaign::Result<polycampaign::RecipientList> read_one_group(
    polycampaign::HttpResponse const& response, polycampaign::protocol::ClockRule const& clock,
    std::string const& id);

/// Reads what became of new numbers. Errors: as `read_answer`.
[[nodiscard]] polycampaign::Result<polycampaign::ListAddition> read_addition(
    polycampaign::HttpResponse const& response);

/// Reads a page of the messages of one day, whatever their campaigns. Errors: as `read_answer`.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::ListPage<polycampaign::Message>> read_messages(
    polycampaign::HttpResponse const& response, polycampaign::protocol::ClockRule const& clock,
    bool keep_raw);

/// Reads all replies to a campaign. Errors: as `read_answer`.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::ListPage<polycampaign::Reply>> read_replies(
    polycampaign::HttpResponse const& response, polycampaign::protocol::ClockRule const& clock);

/// Reads the numbers that want no more messages: a page of all of them, or those of a campaign. Errors: as
/// `read_answer`.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::ListPage<polycampaign::OptOut>> read_stops(
    polycampaign::HttpResponse const& response, polycampaign::protocol::ClockRule const& clock);

}  // namespace heron
