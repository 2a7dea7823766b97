#pragma once

#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/smsup.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/smsup/records.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Requests and responses for recipient lists. The operations are normalized.
namespace polycampaign::inline v1::smsup {

/// `POST /list` with a name ("Create list"), or with the id of a list ("Add contact").
/// @{
[[nodiscard]] protocol::Call create_list_call(protocol::Endpoint const& endpoint,
                                              CreateRecipientList const& create, Format format);
[[nodiscard]] protocol::Call add_call(protocol::Endpoint const& endpoint, AddRecipients const& add,
                                      Format format);
/// @}

/// Reads the response to either. `given`: how many numbers were sent. `list`: the id in the request; empty
/// for a new list. Errors: one that neither refuses nor reports success, or that names another list, is
/// `protocol` with effect `unknown`.
[[nodiscard]] Result<ListAddition> read_addition(HttpResponse response, std::int64_t given,
                                                 std::string_view list);
/// Reads the response to `GET /list/:id`; its contacts are skipped.
[[nodiscard]] Result<RecipientList> read_list(HttpResponse response, std::string const& id);

}  // namespace polycampaign::inline v1::smsup
