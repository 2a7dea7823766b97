#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// What was seen of a list, and what cannot have been seen. Complete once the list has ended.
struct ListReport {
  std::int64_t records = 0;       ///< records received, before the client's filters
  std::int64_t delivered = 0;     ///< campaigns handed to the reader
  std::int64_t pages = 0;         ///< pages received
  std::int64_t duplicates = 0;    ///< records left out because their id had been seen
  std::int64_t filtered = 0;      ///< records left out by filters that the client applied
  std::int64_t without_time = 0;  ///< of these, the ones that have no time to compare with a bound
  int windows = 0;                ///< periods that the list was cut into; 0 where the vendor needs none
  bool total_moved = false;       ///< the vendor's total changed while the list was read
  bool complete = false;          ///< it was read to the vendor's end (not a limit, an error or a `break`)
  std::vector<std::string> client_filters{};  ///< filters that the client applied, by name
  std::vector<std::string> unseen{};          ///< what this list cannot show: sentences
  /// What may have been missed: sentences; empty is good. It is said when the vendor's pages
  /// held fewer records than its total, and when campaigns were deleted where that can hide others.
  std::vector<std::string> missed{};
};

}  // namespace polycampaign::inline v1
