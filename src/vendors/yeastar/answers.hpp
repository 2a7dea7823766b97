#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/yeastar/records.hpp"
#include "vendors/yeastar/refusals.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"

#include <string_view>
#include <vector>

/// What the PBX answers, as values. All readers see every HTTP status; their errors are complete but for
/// provider and attempts, and those of reads carry effect `none`.
namespace polycampaign::inline v1::yeastar {

/// A response that reports no error.
struct Answer {
  wire::JsonDocument document;
  Verdict verdict;
};

/// Parses a body, which is moved out of `response`; its status and headers stay. Errors: what `errcode` or
/// the HTTP status reports.
[[nodiscard]] Result<Answer> open_answer(HttpResponse& response, Purpose purpose);

/// The array, or the single object, of an answer: under `data` or `list`, because the pages contradict their
/// own samples.
struct Records {
  std::string_view member{};  ///< where it is
  wire::JsonList list{};      ///< a view into the answer
};
/// Returns the records of an answer. Errors: `protocol`; `what` names them. A PBX that has none may leave
/// them out of a success.
[[nodiscard]] Result<Records> records_of(Answer const& answer, HttpResponse const& response,
                                         std::string_view what);
/// Returns what the verdict adds to a success; usually empty.
[[nodiscard]] std::string_view note_of(Verdict verdict) noexcept;
/// Returns the number of all records, which the PBX may write as text.
[[nodiscard]] Count total_of(Answer const& answer);

/// Answers of get_token and refresh_token. Errors: -1 is `unauthenticated` here.
[[nodiscard]] Result<protocol::Token> read_token(HttpResponse response);
/// Answer of del_token. A token that has expired already needs no revoking: no error.
[[nodiscard]] Result<protocol::Done> read_revocation(HttpResponse response);

/// Answers of `list` and `search`. The array stands under `data` or `list`: the page's table and its sample
/// differ.
[[nodiscard]] Result<protocol::ListPage<Campaign>> read_page(HttpResponse response, Reading const& reading);
/// Answers of `get` and `query`: `data` or `list`, an object or an array. Records of `list` are read too.
[[nodiscard]] Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading);
/// The record with that id out of such an answer. Errors: `not_found` (an empty answer), `protocol` (another
/// campaign).
[[nodiscard]] Result<Campaign> read_campaign(HttpResponse response, std::string_view id,
                                             Reading const& reading);

}  // namespace polycampaign::inline v1::yeastar
