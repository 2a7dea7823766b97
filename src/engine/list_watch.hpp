#pragma once

#include "polycampaign/protocol/list.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Notices what is inserted into and deleted from a numbered or offset list while it is read, by the totals
/// that its pages tell. A deletion pulls records over the border between two pages, where nobody reads them;
/// an insertion pushes them over it when the further page was answered first. Where no total is told, pages
/// overlap by a record. See docs/decisions/0006-lists-that-change.md.
class DriftWatch {
 public:
  explicit DriftWatch(std::size_t pages_remembered) : remembered_{pages_remembered} {}
  /// Reading does not begin at the list's first page.
  void begin_inside() noexcept { whole_ = false; }

  /// Whether the page can be delivered. Else it is asked for again, as is all that was asked for meanwhile.
  struct Finding {
    bool quiet = true;
    std::vector<protocol::PageKey> read_again{};  ///< before it: pages delivered earlier, in order
    bool beyond = false;                          ///< more of them would be needed, but are forgotten
  };
  /// `asked_early`: before the answer of the page delivered last had been looked at, so that nobody knows
  /// which of the two the vendor made first.
  [[nodiscard]] Finding look(protocol::PageKey const& key, protocol::PageInfo const& info,
                             bool asked_early) const;
  /// The same for a page that overlaps the one before; `joined`: it begins with a record that was read
  /// before.
  [[nodiscard]] Finding look(protocol::PageKey const& key, bool joined) const;
  /// The pages of the finding are read again from here on, instead of others of an earlier finding.
  void read_again(Finding const& finding, protocol::PageInfo const& info);
  /// This page, which was delivered before, is the last one from here on.
  void return_to(protocol::PageKey const& key);
  /// The page is delivered, perhaps again. Whether the total has changed.
  bool pass(protocol::PageKey const& key, protocol::PageInfo const& info, bool again);

 private:
  std::size_t remembered_;
  std::deque<protocol::PageKey> behind_{};  // delivered last, of one part of the list
  bool whole_ = true;                       // that is all since the part's first page
  std::optional<std::int64_t> total_{};     // when all before their end had been read
  std::optional<std::int64_t> again_{};     // while pages are read again: the total that they must have
};

/// Notices a list without an end: pages that go round in a circle, or that bring nothing new. Memory does not
/// grow with the list.
class CircleWatch {
 public:
  /// So many pages in a row may bring nothing new: a vendor that filters what it has cut into pages sends
  /// some.
  static constexpr int most_idle_pages = 20;

  /// Whether this key's token has been seen: at once among the last ones, in longer circles later.
  [[nodiscard]] bool seen(protocol::PageKey const& key);

  /// A page comes next. Another part is something new: the query decides how many there are, not the vendor.
  void begin_page(std::int64_t part) noexcept;
  /// A record that is not among the last ones, by the hash of its id; absent: it has none. False when an old
  /// one has come again: the records of a circle that is longer than what is remembered.
  [[nodiscard]] bool fresh(std::optional<std::uint64_t> id) noexcept;
  /// Why no page behind this one can be needed; empty: nothing.
  [[nodiscard]] std::string end_page();

 private:
  std::deque<std::uint64_t> last_tokens_{};
  std::uint64_t old_token_ = 0;  // replaced at every power of two
  std::uint64_t tokens_ = 0;

  std::int64_t part_ = 0;
  std::uint64_t pages_ = 0;                     // of the part, with new records
  std::optional<std::uint64_t> first_id_{};     // of the part
  std::optional<std::uint64_t> old_id_{};       // replaced at every power of two
  std::optional<std::uint64_t> pages_first_{};  // new id of the page
  bool fresh_ = false;                          // the page brought something
  bool circle_ = false;
  int idle_pages_ = 0;
};

}  // namespace polycampaign::inline v1::engine
