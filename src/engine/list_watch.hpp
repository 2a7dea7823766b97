#pragma once

#include "polycampaign/protocol/list.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Detects insertions into and deletions from a numbered or offset list while it is read, by the totals that
/// its pages report. A deletion pulls records across the boundary between two pages, so that nobody reads
/// them. An insertion pushes them across it, and they are lost if the later page was answered first. If the
/// vendor reports no total, pages overlap by one record. See docs/decisions/0006-lists-that-change.md.
class DriftWatch {
 public:
  explicit DriftWatch(std::size_t pages_remembered) : remembered_{pages_remembered} {}
  /// Records that reading does not begin at the list's first page.
  void begin_inside() noexcept { whole_ = false; }

  /// Whether the page can be delivered. If not, it is requested again, and so is everything that was
  /// requested in the meantime.
  struct Finding {
    bool quiet = true;
    /// Pages delivered earlier that must be read again before it, in order.
    std::vector<protocol::PageKey> read_again{};
    bool beyond = false;  ///< more of them are needed, but no longer remembered
  };
  /// Examines a page. `asked_early`: it was requested before the response of the last delivered page was
  /// processed, so it is unknown which of the two the vendor produced first.
  [[nodiscard]] Finding look(protocol::PageKey const& key, protocol::PageInfo const& info,
                             bool asked_early) const;
  /// Examines a page that overlaps the one before. `joined`: it begins with a record that was read before.
  [[nodiscard]] Finding look(protocol::PageKey const& key, bool joined) const;
  /// Records that the pages of the finding are read again from here on, instead of those of an earlier
  /// finding.
  void read_again(Finding const& finding, protocol::PageInfo const& info);
  /// Makes this page, which was delivered before, the last one.
  void return_to(protocol::PageKey const& key);
  /// Records that the page is delivered, possibly again. Returns whether the total has changed.
  bool pass(protocol::PageKey const& key, protocol::PageInfo const& info, bool again);

 private:
  std::size_t remembered_;
  std::deque<protocol::PageKey> behind_{};  // delivered last, of one part of the list
  bool whole_ = true;                       // these are all pages since the part's first one
  std::optional<std::int64_t> total_{};     // the total when everything before their end had been read
  std::optional<std::int64_t> again_{};     // while pages are read again: the total that they must have
};

/// Detects a list without an end: pages that loop, or that bring nothing new. Its memory does not grow with
/// the list.
class CircleWatch {
 public:
  /// Maximum number of consecutive pages that bring nothing new. A vendor that filters records after it has
  /// cut them into pages sends some such pages.
  static constexpr int most_idle_pages = 20;

  /// Returns whether this key's token has been seen. Recent tokens are recognized immediately, those of
  /// longer loops later.
  [[nodiscard]] bool seen(protocol::PageKey const& key);

  /// Begins a page. Another part counts as new, because the query decides how many parts there are, not the
  /// vendor.
  void begin_page(std::int64_t part) noexcept;
  /// Records a record that is not among the recent ones, by the hash of its id; absent if it has none.
  /// Returns false if an old one has come again, which means that the records loop and that the loop is
  /// longer than what is remembered.
  [[nodiscard]] bool fresh(std::optional<std::uint64_t> id) noexcept;
  /// Ends a page. Returns why no later page can be needed, or an empty string.
  [[nodiscard]] std::string end_page();

 private:
  std::deque<std::uint64_t> last_tokens_{};
  std::uint64_t old_token_ = 0;  // replaced at every power of two
  std::uint64_t tokens_ = 0;

  std::int64_t part_ = 0;
  std::uint64_t pages_ = 0;                     // pages of the part that brought new records
  std::optional<std::uint64_t> first_id_{};     // first id of the part
  std::optional<std::uint64_t> old_id_{};       // replaced at every power of two
  std::optional<std::uint64_t> pages_first_{};  // first new id of the page
  bool fresh_ = false;                          // the page brought something new
  bool circle_ = false;
  int idle_pages_ = 0;
};

}  // namespace polycampaign::inline v1::engine
