#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::wire {

/// Makes it a campaign that nothing is known of. It keeps the memory of its strings and vectors, so far as
/// they are of usual size, and the strings of `name`, `sender`, `text` and `status.vendor_word`: a record's
/// reader sets each of these or resets it.
void prepare(Campaign& campaign);

/// The campaigns of one answer, while its records are read. What is no campaign never becomes one: it counts
/// among the records that the vendor sent, and a note on the first campaign tells of it.
class Campaigns {
 public:
  /// The records that an answer may hold, of a vendor whose largest page holds `largest_page`.
  [[nodiscard]] static std::size_t most(int largest_page) noexcept {
    return std::size_t{10} * static_cast<std::size_t>(largest_page);
  }
  /// For an answer of so many records. They are read into campaigns of `spare` where it has some; null: it
  /// has none.
  Campaigns(std::size_t records, int largest_page, protocol::SparePages<Campaign>* spare = nullptr) {
    too_many_ = records > most(largest_page);
    if (too_many_) return;
    if (spare != nullptr) read_ = spare->take();
    read_.reserve(records);
  }

  /// The next record: `read(Campaign&)` fills it; false when what was sent there is no campaign.
  template <class Read>
  void add(Read&& read) {
    if (too_many_) return;
    ++sent_;
    if (used_ == read_.size())
      read_.emplace_back();
    else
      prepare(read_[used_]);
    prefetch(used_ + 2);
    if (read(read_[used_])) ++used_;
  }

  /// Why these are not the campaigns that were asked for; empty when they are. `is_list`: of a list, one
  /// record at least must have an id.
  [[nodiscard]] std::string_view fault(bool is_list) const noexcept;

  /// What the vendor sent, whatever it was.
  [[nodiscard]] std::int64_t sent() const noexcept { return sent_; }
  /// Once.
  [[nodiscard]] std::vector<Campaign> take();

 private:
  /// Begins to load a campaign that will be filled soon: a page of them is larger than the nearest caches.
  void prefetch([[maybe_unused]] std::size_t place) const noexcept {
#if defined(__GNUC__)
    constexpr std::size_t line = 64;
    if (place >= read_.size()) return;
    auto const* const bytes = reinterpret_cast<char const*>(&read_[place]);
    for (std::size_t i = 0; i < sizeof(Campaign); i += line) __builtin_prefetch(bytes + i, 1);
#endif
  }

  std::vector<Campaign> read_{};  // those of a spare page behind the used ones
  std::size_t used_ = 0;
  std::int64_t sent_ = 0;
  bool too_many_ = false;
};

}  // namespace polycampaign::inline v1::wire
