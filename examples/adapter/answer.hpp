#pragma once

#include <polycampaign/campaign.hpp>
#include <polycampaign/error.hpp>
#include <polycampaign/protocol/exchange.hpp>
#include <polycampaign/protocol/zone.hpp>
#include <polycampaign/result.hpp>
#include <polycampaign/submission.hpp>
#include <polycampaign/transport.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Heron's responses as values.
namespace heron {

/// The campaigns of a list, or the one campaign of a detail.
struct Answer {
  std::vector<polycampaign::Campaign> campaigns{};
  std::int64_t records = 0;  ///< records in the response, campaigns or not
  std::string next{};        ///< cursor of the next page; empty if there is none
  /// Why the next page cannot be requested, although there may be one.
  std::optional<polycampaign::Error> next_error{};
};

/// Returns the rule for Heron's times. Errors: `configuration` if the time zone cannot be found.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::ClockRule> office_clock();

/// Reads the response to a list or a detail. Errors: what the response's `code` or the HTTP status means;
/// `protocol` if the response cannot be read.
[[nodiscard]] polycampaign::Result<Answer> read_answer(polycampaign::HttpResponse const& response,
                                                       polycampaign::protocol::ClockRule const& clock,
                                                       bool keep_raw);

/// Reads the response to the creation of a group: its id. Errors: the same.
[[nodiscard]] polycampaign::Result<std::string> read_group(polycampaign::HttpResponse const& response);

/// Reads the response to the creation of a campaign. Errors: the same.
[[nodiscard]] polycampaign::Result<polycampaign::Submission> read_submission(
    polycampaign::HttpResponse const& response, polycampaign::protocol::ClockRule const& clock);

/// Reads a response without contents. Errors: the same.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::Done> read_done(
    polycampaign::HttpResponse const& response);

/// Reads the response to a login. Errors: the same.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::Token> read_ticket(
    polycampaign::HttpResponse const& response);

}  // namespace heron
