#pragma once

#include "polycampaign/protocol/list.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Notices what is inserted into and deleted from a numbered or offset list during its walk, by the totals
/// that its pages tell. A deletion pulls records over the border between two pages, where nobody reads them;
/// an insertion pushes them over it when the further page was answered first. Where no total is told, pages
/// overlap by a record. See docs/decisions/0006-lists-that-change.md.
class DriftWatch {
 public:
  explicit DriftWatch(std::size_t pages_remembered) : remembered_{pages_remembered} {}
  /// The walk does not begin at the list's first page.
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

/// Notices a vendor that sends the walk in circles. Memory does not grow with the list.
class CircleWatch {
 public:
  /// Whether this key's token has been seen: at once among the last ones, in longer circles later.
  [[nodiscard]] bool seen(protocol::PageKey const& key);

  /// Each record of a page, by the hash of its id.
  void record(std::uint64_t id) noexcept;
  /// True for the third page in a row with the same records: an offset that the vendor ignores.
  [[nodiscard]] bool end_page() noexcept;

 private:
  std::deque<std::uint64_t> last_tokens_{};
  std::uint64_t anchor_ = 0;  // an older token, replaced at every power of two
  std::uint64_t count_ = 0;
  std::uint64_t print_ = 0;  // of the page's ids, in order
  std::uint64_t last_print_ = 0;
  int repeated_ = 0;
};

}  // namespace polycampaign::inline v1::engine
