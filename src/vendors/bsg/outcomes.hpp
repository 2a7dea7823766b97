#pragma once

#include "polycampaign/balance.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/submission.hpp"
#include "polycampaign/transport.hpp"

#include "wire/scalar.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

/// Reads BSG's answers to everything but lists and details. All readers see every HTTP status; their errors
/// are complete but for provider and attempts.
namespace polycampaign::inline v1::bsg {

/// Reads the answer to a create. `start` is the start that was requested. Errors: HTTP 429, or this number as
/// `code` in the body, is `conflict` with effect `unknown`: BSG documents it for duplicate requests, so the
/// first of them may have arrived. Words without a campaign are `protocol` with effect `unknown`, here and
/// for a stop, unless they come with `errors`.
[[nodiscard]] Result<Submission> read_submission(HttpResponse response, wire::ClockRule const& clock,
                                                 std::optional<std::chrono::sys_seconds> start);
/// Reads the answer to a stop. Its status may be a placeholder. Errors: HTTP 422 is `conflict`.
[[nodiscard]] Result<Campaign> read_stopped(HttpResponse response, std::string_view id,
                                            wire::ClockRule const& clock);
/// Reads the answer to a price request, which has no `data` around it. Absent if the price is null.
[[nodiscard]] Result<std::optional<Cost>> read_campaign_price(HttpResponse response);
[[nodiscard]] Result<Balance> read_balance(HttpResponse response);
[[nodiscard]] Result<std::vector<Sender>> read_senders(HttpResponse response);

}  // namespace polycampaign::inline v1::bsg
