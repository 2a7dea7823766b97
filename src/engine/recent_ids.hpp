#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace polycampaign::inline v1::engine {

/// The ids of the last pages, as hashes, in memory that does not grow with the list: two generations of
/// `pages` pages each, the older one forgotten when the younger is full.
class RecentIds {
 public:
  explicit RecentIds(std::size_t pages) : pages_{pages} {}

  /// False when the id was among the last ones.
  [[nodiscard]] bool insert(std::uint64_t id);
  [[nodiscard]] bool contains(std::uint64_t id) const;
  void end_page();

 private:
  /// Open addressing, at most half full; 0 marks a free place.
  class Table {
   public:
    [[nodiscard]] bool contains(std::uint64_t id) const;
    void insert(std::uint64_t id);
    void clear();

   private:
    void grow();
    std::vector<std::uint64_t> places_{};
    std::size_t used_ = 0;
  };

  std::size_t pages_;
  std::size_t full_pages_ = 0;
  Table young_{};
  Table old_{};
};

}  // namespace polycampaign::inline v1::engine
