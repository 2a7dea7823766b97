#pragma once

#include "polycampaign/campaign.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::wire {

/// The campaigns of one answer, while its records are read. What is no campaign never becomes one: it counts
/// among the records that the vendor sent, and a note on the first campaign tells of it.
class Campaigns {
 public:
  /// The records that an answer may hold, of a vendor whose largest page holds `largest_page`.
  [[nodiscard]] static std::size_t most(int largest_page) noexcept {
    return std::size_t{10} * static_cast<std::size_t>(largest_page);
  }
  /// For an answer of so many records.
  Campaigns(std::size_t records, int largest_page) {
    too_many_ = records > most(largest_page);
    if (!too_many_) read_.reserve(records);
  }

  /// The next record: `read(Campaign&)` fills it; false when what was sent there is no campaign.
  template <class Read>
  void add(Read&& read) {
    if (too_many_) return;
    ++sent_;
    if (!read(read_.emplace_back())) read_.pop_back();
  }

  /// Why these are not the campaigns that were asked for; empty when they are. `is_list`: of a list, one
  /// record at least must have an id.
  [[nodiscard]] std::string_view fault(bool is_list) const noexcept;

  /// What the vendor sent, whatever it was.
  [[nodiscard]] std::int64_t sent() const noexcept { return sent_; }
  /// Once.
  [[nodiscard]] std::vector<Campaign> take();

 private:
  std::vector<Campaign> read_{};
  std::int64_t sent_ = 0;
  bool too_many_ = false;
};

}  // namespace polycampaign::inline v1::wire
