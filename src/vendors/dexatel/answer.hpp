#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "vendors/dexatel/next_page.hpp"
#include "wire/scalar.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::dexatel {

/// How an answer is to be read.
struct Reading {
  wire::ClockRule schedule{};
  bool keep_raw = false;
  /// Where requests go; without it the link to the next page is not looked at.
  std::optional<protocol::Url> base{};
  Document document = Document::list;
};

struct Answer {
  std::vector<Campaign> campaigns{};
  /// What the answer held, whatever it was.
  std::int64_t records = 0;
  /// Campaigns of the whole list, where the answer tells.
  std::optional<std::int64_t> total{};
  NextPage next{};
};

/// The campaigns of an answer to Query or Read: `data` as an array or an object, or the root itself.
/// `response` may have any status. Errors: what the body or the HTTP status says; `protocol` for anything
/// else. Their effect is `none`.
[[nodiscard]] Result<Answer> read_answer(HttpResponse response, Reading const& reading);

}  // namespace polycampaign::inline v1::dexatel
