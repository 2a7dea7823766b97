#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"

#include "wire/json.hpp"
#include "wire/record_texts.hpp"
#include "wire/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace polycampaign::inline v1::bsg {

/// The two forms in which BSG tells a campaign. `sent` is cumulative in the short one and an exclusive bucket
/// in the detail.
enum class Form : std::uint8_t {
  brief,
  detail,
  shown_by_record  ///< a detail when it has a total, or a counter that short records lack
};

/// How records are to be read.
struct Reading {
  wire::ClockRule clock{};
  Form form = Form::shown_by_record;
  /// The channel that was asked for, for records that do not tell theirs.
  std::optional<Channel> channel{};
  bool keep_raw = false;
  /// Campaigns to read into; null: new ones.
  std::shared_ptr<protocol::SparePages<Campaign>> spare{};
};

/// CampaignSchema or the detail object, with all spellings that BSG's pages and OpenAPI file use. Reads what
/// can be read; what is odd becomes a note. False: this is no campaign. `place`: the record's in `texts`.
[[nodiscard]] bool read_record(wire::JsonValue record, std::size_t place, wire::RecordTexts& texts,
                               Reading const& reading, Campaign& campaign);

}  // namespace polycampaign::inline v1::bsg
