#pragma once

#include "polycampaign/balance.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/submission.hpp"
#include "polycampaign/transport.hpp"

#include <vector>

/// Reads SMSUP's answers to everything but lists and details, in either format. All readers see every HTTP
/// status; their errors are complete but for provider and attempts.
namespace polycampaign::inline v1::smsup {

/// Reads the answer to a send. Status -8 is a success: the campaign waits for moderation. `scheduled`: a
/// start was requested. Errors: an answer that neither refuses nor reports a campaign is `protocol` with
/// effect `unknown`. A refusal with a ticket has effect `unknown`, and its message names the ticket.
[[nodiscard]] Result<Submission> read_submission(HttpResponse response, bool scheduled);
/// Reads the answer to a simulation.
[[nodiscard]] Result<Estimate> read_estimate(HttpResponse response);
/// Reads the answer to a cancellation or a deletion.
[[nodiscard]] Result<protocol::Done> read_done(HttpResponse response);
[[nodiscard]] Result<Balance> read_balance(HttpResponse response);
[[nodiscard]] Result<std::vector<Sender>> read_senders(HttpResponse response);

}  // namespace polycampaign::inline v1::smsup
