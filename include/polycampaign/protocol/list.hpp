#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// How a list is read, whatever it holds. Constant as long as the list is. A plain value.
struct ListQuery {
  int page_size = 1;  ///< within the vendor's limits
  /// The clock when the list began; the same again when it is resumed.
  std::chrono::sys_seconds now{};
  bool keep_raw = false;  ///< keep each record's text (`Campaign::raw_record`)
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
template <class Item>
struct ListPage {
  std::vector<Item> items{};  ///< in the vendor's order, malformed records included
  PageInfo info{};            ///< for `Listing::ahead`
};

/// One list of a vendor: its pages, and how they follow each other. What the adapter returns for a list
/// operation. Its functions may use the adapter, which outlives it. They are called on any thread, one at a
/// time, and look at no clock.
template <class Item>
struct Listing {
  PageKey first{};  ///< the first page
  /// The request of one page, and how its response is read. Any key within the limits above may come, also
  /// one that `first` and `ahead` would not give: anybody may have written it into a resume token. Never
  /// null. Errors: `invalid_argument` for a key that names no page; the list ends with it where the page
  /// would be.
  std::function<Result<Exchange<ListPage<Item>>>(PageKey const& key)> page{};
  /// The keys after `key` that are already known from its answer, in order, at most `most`; none: the list
  /// ends here. With `Capabilities::pages_known_ahead` false, one at most. The `size` of a first page's key
  /// is what the vendor applied, where `info` shows that it was not what was asked for. A total that is less
  /// than what has been received is absent. Null: the first page is the only one.
  std::function<std::vector<PageKey>(PageKey const& key, PageInfo const& info, std::size_t most)> ahead{};
  /// A listed element with what its detail adds, for `ListOptions::fetch_details`; one that was deleted in
  /// the meantime comes back as it was, with a note. Null: the detail is what GetCampaign returns, and
  /// elements that are no campaigns have none. Errors: those of the requests.
  std::function<Result<Item>(Item listed, Conversation& conversation)> complete{};
  int windows = 0;                    ///< how many parts of the list are periods of time
  std::vector<std::string> unseen{};  ///< what it cannot show, beyond `Capabilities::limitations`: sentences
};

}  // namespace polycampaign::inline v1::protocol
