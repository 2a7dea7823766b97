#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// How to read a list, whatever it contains. Constant for the life of the list. A plain value.
struct ListQuery {
  int page_size = 1;  ///< within the vendor's limits
  /// The time at which the list began; the same again if the list is resumed.
  std::chrono::sys_seconds now{};
  bool keep_raw = false;  ///< keep the text of each record (`Campaign::raw_record`)
};

/// Upper limits of a list. A number in a response that exceeds its limit counts as not reported, and a resume
/// token that exceeds one is refused. Arithmetic with the numbers of PageKey and PageInfo therefore never
/// overflows.
/// @{
inline constexpr std::int64_t max_list_records = 1'000'000'000'000;
inline constexpr std::int64_t max_page_records = 1'000'000;
inline constexpr std::int64_t max_list_parts = 1'000'000;
inline constexpr std::size_t max_token_bytes = 65'536;
/// @}

/// Identifies one page. A vendor uses the members that it needs. The engine only stores, compares and
/// serializes a key. A key may also come from a resume token, which anyone may have written. All numbers are
/// from 0 to the limits above. A plain value.
struct PageKey {
  /// The window or channel of the list, counted from 0. The query determines how many there are; no response
  /// does.
  std::int64_t part = 0;
  std::int64_t offset = 0;  ///< first record (offset vendors) or page number (numbered vendors)
  std::int64_t size = 0;    ///< number of records to request
  std::string token{};      ///< the page's token (token vendors)
  /// Number of records at the page's beginning that the page before also contained. It reveals deletions if
  /// the vendor reports no total.
  std::int64_t overlap = 0;
  friend bool operator==(PageKey const&, PageKey const&) = default;
};

/// What a page says about the list. A plain value.
struct PageInfo {
  std::int64_t records = 0;                    ///< records in the page, including malformed ones
  std::optional<std::int64_t> total{};         ///< total for this part of the list, as the vendor reported it
  std::optional<std::int64_t> applied_size{};  ///< the page size that the vendor says it applied
  std::string next_token{};                    ///< token vendors; empty if there is no later page
  /// Why no page after this one can be requested, although the page itself is valid. The page is delivered,
  /// and the list ends with this error.
  std::optional<Error> next_error{};
  /// How many elements the whole list should contain, as the vendor reports it elsewhere (the campaign's own
  /// count, for its messages), before the client's filters. The report names a difference at the end.
  std::optional<std::int64_t> expected{};
  /// Why the list may contain fewer elements than `expected` all the same: a sentence, or empty.
  std::string_view expected_doubt{};
};

/// One page of a list. A plain value.
template <class Item>
struct ListPage {
  std::vector<Item> items{};  ///< in the vendor's order, malformed records included
  PageInfo info{};            ///< for `Listing::ahead`
};

/// Holds the pages that the reader of a list is done with. A decoder takes one of them and fills its elements
/// again. The elements keep the memory of their strings, so a list allocates next to nothing.
///
/// Threads: all members may be called from several threads at once.
template <class Item>
class SparePages {
 public:
  /// Returns a page whose elements keep their previous contents, or an empty page if none is left.
  [[nodiscard]] std::vector<Item> take() {
    std::lock_guard const lock{mutex_};
    if (pages_.empty()) return {};
    auto page = std::move(pages_.back());
    pages_.pop_back();
    return page;
  }
  /// Keeps the page for `take`. It keeps as many pages as can be in flight.
  void give_back(std::vector<Item> page) {
    constexpr std::size_t most = 16;
    std::lock_guard const lock{mutex_};
    if (pages_.size() < most && !page.empty()) pages_.push_back(std::move(page));
  }

 private:
  std::mutex mutex_{};
  std::vector<std::vector<Item>> pages_{};
};

/// One list of a vendor: its pages, and how they follow each other. An adapter returns it for a list
/// operation. Its functions may use the adapter, which outlives it. They are called on any thread, one at a
/// time, and read no clock.
template <class Item>
struct Listing {
  PageKey first{};  ///< the first page
  /// Returns the request of one page and how to read its response. It may receive any key within the limits
  /// above, including one that `first` and `ahead` would not produce, because anyone may have written it into
  /// a resume token. Never null. Errors: `invalid_argument` for a key that names no page; the list ends with
  /// this error where the page would be.
  std::function<Result<Exchange<ListPage<Item>>>(PageKey const& key)> page{};
  /// Returns the keys after `key` that its response already determines, in order, at most `most`. If it
  /// returns none, the list ends here. If `Capabilities::pages_known_ahead` is false, it returns at most one.
  /// The `size` of a first page's key is the one that the vendor applied, if `info` shows that it differs
  /// from the size that was requested. A total that is less than what has been received is passed as absent.
  /// Null: the first page is the only one.
  std::function<std::vector<PageKey>(PageKey const& key, PageInfo const& info, std::size_t most)> ahead{};
  /// Returns a listed element, completed with its detail, for `ListOptions::fetch_details`. An element that
  /// was deleted in the meantime is returned as it was, with a note. Null: the detail is what GetCampaign
  /// returns, and elements that are not campaigns have none. Errors: those of the requests.
  std::function<Result<Item>(Item listed, Conversation& conversation)> complete{};
  /// Takes back the pages that the reader is done with, so that `page` can fill them again. Null: they are
  /// freed.
  std::shared_ptr<SparePages<Item>> spare{};
  int windows = 0;  ///< how many parts of the list are time periods
  /// What the list cannot show, in addition to `Capabilities::limitations`: sentences.
  std::vector<std::string> unseen{};
};

}  // namespace polycampaign::inline v1::protocol
