#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// One list, as the vendor's page source sees it. Constant during a walk. A plain value.
struct ListQuery {
  /// Only parts that `Capabilities` calls supported are set; those that are native belong into the request.
  CampaignFilter filter{};
  int page_size = 1;  ///< within the vendor's limits
  /// The clock when the walk began; the same again when it is resumed.
  std::chrono::sys_seconds now{};
  bool keep_raw = false;  ///< fill `Campaign::raw_record`
};

/// What lists can have at most. An answer's number beyond them counts as not reported, and a resume token
/// beyond them is refused: arithmetic with the numbers of PageKey and PageInfo does not overflow.
/// @{
inline constexpr std::int64_t max_list_records = 1'000'000'000'000;
inline constexpr std::int64_t max_page_records = 1'000'000;
inline constexpr std::int64_t max_list_parts = 1'000'000;
inline constexpr std::size_t max_token_bytes = 65'536;
/// @}

/// Names one page. Vendors use what they need; the engine only stores, compares and serialises it: it comes
/// back from a resume token, too, which anybody may have written. All numbers are from 0 to the limits above.
/// A plain value.
struct PageKey {
  /// Window or channel of the list, counted from 0. The query decides how many there are, no answer does.
  std::int64_t part = 0;
  std::int64_t offset = 0;  ///< first record (offset vendors) or page number (numbered vendors)
  std::int64_t size = 0;    ///< records asked for
  std::string token{};      ///< token vendors
  /// Records at its beginning that the page before held too: shows deletions where no total does.
  std::int64_t overlap = 0;
  friend bool operator==(PageKey const&, PageKey const&) = default;
};

/// What a page says about the list. A plain value.
struct PageInfo {
  std::int64_t records = 0;                    ///< records in the page, odd ones included
  std::optional<std::int64_t> total{};         ///< of this part of the list, as the vendor told
  std::optional<std::int64_t> applied_size{};  ///< the page size that the vendor says it applied
  std::string next_token{};                    ///< token vendors; empty: no further page
  /// Why nothing behind this page can be asked for, although the page itself is good: it is delivered, and
  /// the list ends with this error.
  std::optional<Error> next_error{};
};

/// One page of a list. A plain value.
struct ListPage {
  std::vector<Campaign> items{};  ///< in the vendor's order, odd records included
  PageInfo info{};                ///< for `Vendor::ahead`
};

}  // namespace polycampaign::inline v1::protocol
