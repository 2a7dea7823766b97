#pragma once

#include "polycampaign/campaign.hpp"

#include "wire/json.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::yeastar {

/// The exact texts of the records of one answer, looked up only when the first is needed: that is a second
/// pass over the body.
class RecordTexts {
 public:
  /// `member` holds the records: `data` or `list`.
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

/// MSGCampaign_Info or MSGCampaign_DetailInfo ("Query Message Campaign List", "Query Information of a Message
/// Campaign"). Reads what can be read of any JSON value; what is odd becomes a note.
void read_record(wire::JsonValue record, std::size_t number, RecordTexts& texts, bool keep_raw,
                 Campaign& campaign);

/// A listed campaign with what its detail adds: the detail wins where it tells something.
[[nodiscard]] Campaign merged(Campaign listed, Campaign detail);

}  // namespace polycampaign::inline v1::yeastar
