#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"

#include "wire/json.hpp"
#include "wire/record_texts.hpp"

#include <cstddef>
#include <memory>

namespace polycampaign::inline v1::yeastar {

/// How an answer is to be read.
struct Reading {
  bool keep_raw = false;
  /// Campaigns to read into; null: new ones.
  std::shared_ptr<protocol::SparePages<Campaign>> spare{};
};

/// MSGCampaign_Info or MSGCampaign_DetailInfo ("Query Message Campaign List", "Query Information of a Message
/// Campaign"). Reads what can be read; what is odd becomes a note. False: this is no campaign. `place`: the
/// record's in `texts`.
[[nodiscard]] bool read_record(wire::JsonValue record, std::size_t place, wire::RecordTexts& texts,
                               Reading const& reading, Campaign& campaign);

/// A listed campaign with what its detail adds: the detail wins where it tells something.
[[nodiscard]] Campaign merged(Campaign listed, Campaign detail);

}  // namespace polycampaign::inline v1::yeastar
