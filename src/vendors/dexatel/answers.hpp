#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/dexatel/records.hpp"
#include "wire/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Dexatel answers, as values. All readers see every HTTP status; their errors are complete but for
/// provider and attempts, and carry effect `none`. Campaigns stand under `data`, as an array or an object, or
/// are the root itself.
namespace polycampaign::inline v1::dexatel {

/// Parses a body, which is moved out of `response`; its status and headers stay. Errors: those that the body
/// reports, or what the HTTP status means.
[[nodiscard]] Result<wire::JsonDocument> open_answer(HttpResponse& response, Action action);
/// Reads `pagination`. Without `base`, where requests go, the link to the next page is not looked at.
void read_pagination(wire::JsonValue root, std::optional<protocol::Url> const& base,
                     std::string_view list_path, int http_status, protocol::PageInfo& info);

/// Returns the object under `data`, which may be in an array of one, or the root if there is no `data`.
[[nodiscard]] wire::JsonValue content_of(wire::JsonValue root);
/// Returns a word or a number as text; empty if there is none.
[[nodiscard]] std::string word_of(wire::JsonValue value);
/// Returns whether an id can be part of an error. Dexatel's are UUIDs.
[[nodiscard]] bool is_id(std::string_view id);

/// Answers to Query.
[[nodiscard]] Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading);
/// Answers to Read.
[[nodiscard]] Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading);
/// The campaign with that id out of such an answer. Errors: `not_found` (an empty answer), `protocol`
/// (another campaign).
[[nodiscard]] Result<Campaign> read_campaign(HttpResponse response, std::string_view id,
                                             Reading const& reading);

}  // namespace polycampaign::inline v1::dexatel
