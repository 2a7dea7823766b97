#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// What was received of a list, and what it cannot show. Final once the list has ended.
struct ListReport {
  std::int64_t records = 0;       ///< records received, before the client's filters
  std::int64_t delivered = 0;     ///< elements delivered to the reader
  std::int64_t pages = 0;         ///< pages received
  std::int64_t duplicates = 0;    ///< records left out because their id had occurred before
  std::int64_t filtered = 0;      ///< records left out by filters that the client applied
  std::int64_t without_time = 0;  ///< of these, records without a time to compare with a bound
  int windows = 0;                ///< periods that the list was divided into; 0 if the vendor needs none
  bool total_moved = false;       ///< the vendor's total changed while the list was read
  bool complete = false;          ///< read to the vendor's end, not to a limit, an error or a `break`
  std::vector<std::string> client_filters{};  ///< filters that the client applied, by name
  std::vector<std::string> unseen{};          ///< what this list cannot show, in sentences
  /// What may be missing, in sentences. Empty is good. There is a sentence if the vendor's pages contained
  /// fewer records than its total, if records were deleted in a way that can hide others, or if a campaign
  /// counts more messages than its list of messages contained.
  std::vector<std::string> missed{};
};

}  // namespace polycampaign::inline v1
