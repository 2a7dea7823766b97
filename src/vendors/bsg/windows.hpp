#pragma once

#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/channel.hpp"
#include "polycampaign/protocol/zone.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace polycampaign::inline v1::bsg {

/// How one list is cut into requests: BSG answers for one channel and for three months at most ("Get a list
/// of SMS campaigns"). 89 days are never more than three months.
class Windows {
 public:
  Windows(CampaignFilter const& filter, std::chrono::sys_seconds now, protocol::Zone const& zone);

  /// Of creation times, by the account's clock on the wall. Neighbours share their border.
  struct Period {
    std::chrono::sys_seconds from{};
    std::chrono::sys_seconds to{};
  };

  [[nodiscard]] std::vector<Channel> const& channels() const noexcept { return channels_; }
  [[nodiscard]] std::int64_t periods() const noexcept { return periods_; }
  [[nodiscard]] std::int64_t parts() const noexcept;
  /// Newest first, unless the list is sorted upwards by id or date. `part`: from 0 to `parts() - 1`.
  [[nodiscard]] Period period(std::int64_t part) const noexcept;
  [[nodiscard]] Channel channel(std::int64_t part) const noexcept;

 private:
  std::vector<Channel> channels_{};
  Period whole_{};
  std::int64_t periods_ = 1;
  bool oldest_first_ = false;
};

}  // namespace polycampaign::inline v1::bsg
