#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/bsg/records.hpp"
#include "wire/json.hpp"

#include <string_view>
#include <vector>

/// What BSG answers, as values. All readers see every HTTP status; their errors are complete but for
/// provider and attempts, and those of reads carry effect `none`.
namespace polycampaign::inline v1::bsg {

/// Parses a body, which is moved out of `response`; its status and headers stay. Errors: what the body or the
/// HTTP status reports.
[[nodiscard]] Result<wire::JsonDocument> open_answer(HttpResponse& response, Action action);

/// Answers of login and refresh: a JWT, from which the lifetime is read when it has one.
[[nodiscard]] Result<protocol::Token> read_token(HttpResponse response);

/// Answers of `/api/campaigns`.
[[nodiscard]] Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading);
/// Answers of `/api/campaigns/{id}` and `/detail`; one with an array too.
[[nodiscard]] Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading);
/// The record with that id out of such an answer. Errors: `not_found` (an empty answer), `protocol` (another
/// campaign).
[[nodiscard]] Result<Campaign> read_campaign(HttpResponse response, std::string_view id,
                                             Reading const& reading);

}  // namespace polycampaign::inline v1::bsg
