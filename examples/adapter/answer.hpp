#pragma once

#include <polycampaign/campaign.hpp>
#include <polycampaign/protocol/exchange.hpp>
#include <polycampaign/result.hpp>
#include <polycampaign/transport.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// What Heron answers, as values.
namespace heron {

/// The campaigns of a list, or the one of a detail.
struct Answer {
  std::vector<polycampaign::Campaign> campaigns{};
  std::int64_t records = 0;  ///< what the answer held, campaigns or not
  std::string next{};        ///< cursor of the next page; empty: there is none
};

/// Errors: what the answer's `code` or the HTTP status means; `protocol` for anything that is no answer.
[[nodiscard]] polycampaign::Result<Answer> read_answer(polycampaign::HttpResponse const& response,
                                                       bool keep_raw);

/// Errors: the same.
[[nodiscard]] polycampaign::Result<polycampaign::protocol::Token> read_ticket(
    polycampaign::HttpResponse const& response);

}  // namespace heron
