#pragma once

#include "protocol/list.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::engine {

/// Notices deletions during the walk of a numbered or offset list: they pull records over the border between
/// two pages, where nobody reads them.
class DeletionWatch {
 public:
  explicit DeletionWatch(std::size_t pages_remembered) : remembered_{pages_remembered} {}
  /// The walk does not begin at the list's first page.
  void begin_inside() noexcept { whole_ = false; }

  struct Finding {
    std::vector<protocol::PageKey> read_again{};  ///< in order
    bool more = false;                            ///< these are not enough
  };
  /// What to read again before the page is delivered: when its total is smaller than that of the page before,
  /// records may have moved from it, or from behind it, into that one.
  [[nodiscard]] Finding look(protocol::PageKey const& key, protocol::PageInfo const& info) const;
  /// The page is delivered. Whether the total has changed.
  bool pass(protocol::PageKey const& key, protocol::PageInfo const& info);

 private:
  std::size_t remembered_;
  std::deque<protocol::PageKey> behind_{};  // delivered last, of one part of the list
  bool whole_ = true;                       // that is all since the part's first page
  std::optional<std::int64_t> total_{};     // as the last of them told
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
