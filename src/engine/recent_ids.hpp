#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace polycampaign::inline v1::engine {

/// The ids of the last pages, stored as hashes in memory that does not grow with the list. There are two
/// generations, each with at least `pages` pages and `ids` ids. When the younger one is full, the older one
/// is forgotten.
class RecentIds {
 public:
  RecentIds(std::size_t pages, std::size_t ids) : pages_{pages}, ids_{ids} {}

  /// Inserts the id. Returns false if it is among the last ones.
  [[nodiscard]] bool insert(std::uint64_t id);
  [[nodiscard]] bool contains(std::uint64_t id) const;
  /// Loads what `insert` will look at, if it is called soon.
  void prefetch(std::uint64_t id) const noexcept;
  void end_page();

 private:
  /// A table with open addressing, at most half full; 0 marks a free slot.
  class Table {
   public:
    [[nodiscard]] bool contains(std::uint64_t id) const;
    /// Returns false if it was there.
    bool insert(std::uint64_t id);
    void prefetch(std::uint64_t id) const noexcept;
    void clear();
    [[nodiscard]] std::size_t size() const noexcept { return used_; }

   private:
    void grow();
    std::vector<std::uint64_t> places_{};
    std::size_t used_ = 0;
  };

  std::size_t pages_;
  std::size_t ids_;
  std::size_t full_pages_ = 0;
  Table young_{};
  Table old_{};
};

}  // namespace polycampaign::inline v1::engine
