#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include <string_view>
#include <vector>

/// What the PBX answers, as values. All decoders see every HTTP status; their errors are complete but for
/// provider and attempts, and those of reads carry effect `none`.
namespace polycampaign::inline v1::yeastar {

/// Answers of get_token and refresh_token. Errors: -1 is `unauthenticated` here.
[[nodiscard]] Result<protocol::Token> decode_token(HttpResponse response);
/// Answer of del_token. A token that has expired already needs no revoking: no error.
[[nodiscard]] Result<protocol::Done> decode_revoke(HttpResponse response);

/// Answers of `list` and `search`. The array stands under `data` or `list`: the page's table and its sample
/// differ.
[[nodiscard]] Result<protocol::ListPage<Campaign>> decode_page(HttpResponse response, bool keep_raw);
/// Answers of `get` and `query`: `data` or `list`, an object or an array. Records of `list` are read too.
[[nodiscard]] Result<std::vector<Campaign>> decode_details(HttpResponse response, bool keep_raw);
/// The record with that id out of such an answer. Errors: `not_found` (an empty answer), `protocol` (another
/// campaign).
[[nodiscard]] Result<Campaign> decode_detail(HttpResponse response, std::string_view id, bool keep_raw);

}  // namespace polycampaign::inline v1::yeastar
