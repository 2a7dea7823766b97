#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/protocol/url.hpp"

#include "wire/json.hpp"
#include "wire/record_texts.hpp"
#include "wire/scalar.hpp"

#include <cstddef>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::dexatel {

/// How an answer is to be read.
struct Reading {
  wire::ClockRule schedule{};
  bool keep_raw = false;
  /// Where requests go; without it the link to the next page is not looked at.
  std::optional<protocol::Url> base{};
  /// Campaigns to read into; null: new ones.
  std::shared_ptr<protocol::SparePages<Campaign>> spare{};
};

/// A campaign of Query or Read. Reads what can be read; what is odd becomes a note. False: this is no
/// campaign. `place`: the record's in `texts`.
[[nodiscard]] bool read_record(wire::JsonValue record, std::size_t place, wire::RecordTexts& texts,
                               Reading const& reading, Campaign& campaign);

}  // namespace polycampaign::inline v1::dexatel
