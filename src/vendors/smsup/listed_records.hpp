#pragma once

#include "polycampaign/message.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/reply.hpp"

#include "vendors/smsup/listed.hpp"

/// Reads the records of lists that are not lists of campaigns.
namespace polycampaign::inline v1::smsup {

/// A record of `GET /messages` ("Get messages over a period of time"). `message_length` there counts the
/// characters of the text, not the parts.
[[nodiscard]] bool read_message(ListedRecord const& record, Reading const& reading, Message& message);
/// A record of `GET /messages/mo` ("Get replies over a period of time"), or of `GET /campaign/:id/mo`, which
/// has neither an id nor a text.
[[nodiscard]] bool read_reply(ListedRecord const& record, Reading const& reading, Reply& reply);
/// A record of `GET /campaign/:id/blacklist` ("Get STOPs of a campaign") or of `GET /blacklist`
/// ("Blacklist").
[[nodiscard]] bool read_opt_out(ListedRecord const& record, Reading const& reading, OptOut& opt_out);
/// A record of `GET /lists`.
[[nodiscard]] bool read_recipient_list(ListedRecord const& record, Reading const& reading,
                                       RecipientList& list);

}  // namespace polycampaign::inline v1::smsup
