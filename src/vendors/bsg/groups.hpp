#pragma once

#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/reply.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "wire/scalar.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// BSG's contact lists ("groups"), its contacts, and its stop list: the requests, and what their answers say.
/// All readers see every HTTP status; their errors are complete but for provider and attempts.
namespace polycampaign::inline v1::bsg {

/// Returns the call for a page of the account's groups or of its SMS stop list. Errors: `invalid_argument`
/// (the list has no such page).
/// @{
[[nodiscard]] Result<protocol::Call> groups_call(protocol::Endpoint const& endpoint,
                                                 protocol::PageKey const& key);
[[nodiscard]] Result<protocol::Call> stop_list_call(protocol::Endpoint const& endpoint,
                                                    protocol::PageKey const& key);
/// @}
[[nodiscard]] protocol::Call group_call(protocol::Endpoint const& endpoint, std::string_view id);
[[nodiscard]] protocol::Call create_group_call(protocol::Endpoint const& endpoint, std::string_view name);
[[nodiscard]] protocol::Call delete_group_call(protocol::Endpoint const& endpoint, std::string_view id);
/// Returns the call that makes a contact of `number` (E.164) in a group. `operation` is the name of the
/// operation that it is a step of, here and below.
[[nodiscard]] protocol::Call create_contact_call(protocol::Endpoint const& endpoint,
                                                 std::string_view operation, std::string_view number,
                                                 std::int64_t group);
[[nodiscard]] protocol::Call find_contact_call(protocol::Endpoint const& endpoint, std::string_view operation,
                                               std::string_view number);
/// Returns the call that puts contacts into a group: at most 200, as BSG documents.
[[nodiscard]] protocol::Call attach_call(protocol::Endpoint const& endpoint, std::string_view operation,
                                         std::span<std::int64_t const> contacts, std::int64_t group);

/// Reads a page of `/api/groups`.
[[nodiscard]] Result<protocol::ListPage<RecipientList>> read_groups(HttpResponse response,
                                                                    wire::ClockRule const& clock);
/// Reads a page of `/api/stoplist`. Entries that are only on the stop list of another channel are left out.
[[nodiscard]] Result<protocol::ListPage<OptOut>> read_stop_list(HttpResponse response,
                                                                wire::ClockRule const& clock);
/// Reads one group. Errors: `not_found`, also for HTTP 422 with BSG's words for it; `protocol` (another
/// group).
[[nodiscard]] Result<RecipientList> read_group(HttpResponse response, std::string_view id,
                                               wire::ClockRule const& clock);
/// Reads the answer to the creation of a group. The id may be absent. Errors: `conflict` for a name that is
/// taken, and, with effect `unknown`, for the 429 that BSG documents for equal requests; `protocol` with
/// effect `unknown` for words without a group, unless they come with `errors`.
[[nodiscard]] Result<RecipientList> read_created_group(HttpResponse response, wire::ClockRule const& clock);
/// Reads the answer to the deletion of a group, which has no content.
[[nodiscard]] Result<protocol::Done> read_deleted_group(HttpResponse response);

/// What became of a number that was sent as a new contact.
enum class NewContact : std::uint8_t {
  created,   ///< it is a contact now, in the group
  existing,  ///< it was a contact already
  repeated,  ///< an equal request was made a moment ago (429), which may have made it one
  invalid,   ///< BSG does not accept the number
};
/// Reads the answer to the creation of a contact. Errors: `not_found` (no such group); `protocol` with effect
/// `unknown` (words without a contact, and no `errors`); and those of requests.
[[nodiscard]] Result<NewContact> read_new_contact(HttpResponse response);

/// A contact of the account.
struct Contact {
  std::int64_t id = 0;
  std::optional<bool> in_group{};  ///< absent if the answer does not show the contact's groups
};
/// Reads the contact with that number from a search. Absent if there is none.
[[nodiscard]] Result<std::optional<Contact>> read_contact(HttpResponse response, std::string_view number,
                                                          std::int64_t group);
/// Reads the answer to `attach_call`. Errors: `conflict` with effect `unknown` for an equal
/// request.
[[nodiscard]] Result<protocol::Done> read_attached(HttpResponse response);

}  // namespace polycampaign::inline v1::bsg
