#pragma once

#include "polycampaign/campaign.hpp"

#include "wire/json.hpp"
#include "wire/scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::bsg {

/// The two forms in which BSG tells a campaign. `sent` is cumulative in the short one and an exclusive bucket
/// in the detail.
enum class Form : std::uint8_t {
  brief,
  detail,
  told_by_record  ///< a detail when it has a total, or a counter that short records lack
};

/// How records are to be read.
struct Reading {
  wire::ClockRule clock{};
  Form form = Form::told_by_record;
  /// The channel that was asked for, for records that do not tell theirs.
  std::optional<Channel> channel{};
  bool keep_raw = false;
};

/// The exact texts of the records of one answer, looked up only when the first is needed: that is a second
/// pass over the body.
class RecordTexts {
 public:
  /// `member` holds the records; empty: the root itself does.
  RecordTexts(wire::JsonDocument const& document, std::string_view member) noexcept
      : document_{document}, member_{member} {}

  /// Empty when there is none of that number.
  [[nodiscard]] std::string_view operator[](std::size_t record);
  [[nodiscard]] wire::JsonDocument const& document() const noexcept { return document_; }

 private:
  wire::JsonDocument const& document_;
  std::string_view member_;
  bool looked_up_ = false;
  std::vector<std::string_view> texts_{};
};

/// CampaignSchema or the detail object, with all spellings that BSG's pages and OpenAPI file use. Reads what
/// can be read of any JSON value; what is odd becomes a note.
void read_record(wire::JsonValue record, std::size_t number, RecordTexts& texts, Reading const& reading,
                 Campaign& campaign);

/// A listed campaign with its detail: the detail wins where it tells something.
[[nodiscard]] Campaign merged(Campaign listed, Campaign detail);

}  // namespace polycampaign::inline v1::bsg
