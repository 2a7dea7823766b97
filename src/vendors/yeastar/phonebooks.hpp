#pragma once

#include "polycampaign/protocol/list.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include <string_view>

/// Phonebooks: what the library calls recipient lists. Their members are company contacts.
namespace polycampaign::inline v1::yeastar {

/// Reads a page of "Search Specific Phonebooks", whose form is assumed to be that of the other searches.
[[nodiscard]] Result<protocol::ListPage<RecipientList>> read_phonebooks(HttpResponse response);
/// Reads "Query Information of a Phonebook". Errors: `not_found` (an empty answer), `protocol` (another
/// phonebook).
[[nodiscard]] Result<RecipientList> read_phonebook(HttpResponse response, std::string_view id);

}  // namespace polycampaign::inline v1::yeastar
