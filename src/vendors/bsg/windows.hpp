#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/protocol/zone.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace polycampaign::inline v1::bsg {

/// Returns the end of a period by the wall clock. If the wall clock shows an hour twice, its times are read
/// as the first one, so an end in the second one lies beyond both.
[[nodiscard]] std::chrono::sys_seconds wall_end(protocol::Zone const& zone,
                                                std::chrono::sys_seconds end) noexcept;

/// Divides a list into requests, because a request to BSG covers one channel and at most three months ("Get a
/// list of SMS campaigns"). 89 days are never more than three months.
class Windows {
 public:
  Windows(CampaignFilter const& filter, std::chrono::sys_seconds now, protocol::Zone const& zone);

  /// A range of creation times by the account's wall clock. Neighbors share their border.
  struct Period {
    std::chrono::sys_seconds from{};
    std::chrono::sys_seconds to{};
  };

  [[nodiscard]] std::vector<Channel> const& channels() const noexcept { return channels_; }
  [[nodiscard]] std::int64_t periods() const noexcept { return periods_; }
  [[nodiscard]] std::int64_t parts() const noexcept;
  /// Returns the period of that part, from 0 to `parts() - 1`. Periods are newest first, unless the list is
  /// sorted by id or date in ascending order.
  [[nodiscard]] Period period(std::int64_t part) const noexcept;
  [[nodiscard]] Channel channel(std::int64_t part) const noexcept;

 private:
  std::vector<Channel> channels_{};
  Period whole_{};
  std::int64_t periods_ = 1;
  bool oldest_first_ = false;
};

}  // namespace polycampaign::inline v1::bsg
