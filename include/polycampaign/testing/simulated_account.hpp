#pragma once

#include "polycampaign/testing/campaign_shape.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// What a simulated vendor keeps for one account. It changes by what the account asks for, and as time
/// passes: campaigns begin, and end.
///
/// Threads: one at a time.
class POLYCAMPAIGN_TESTING_EXPORT SimulatedAccount {
 public:
  /// The status behind a campaign's own, once its time has come: its own where it stays as it is.
  using Next = std::function<StatusCode(SimulatedCampaign const& campaign)>;

  /// An account with `count` campaigns, those asked for: where lists are of one channel, an eighth as many of
  /// others is added. The same provider, seed and `now` give the same.
  SimulatedAccount(CampaignShape const& shape, std::string provider, std::uint64_t seed, std::size_t count,
                   std::chrono::sys_seconds now);

  /// Newest first; valid until one is added or removed.
  [[nodiscard]] std::vector<SimulatedCampaign> const& campaigns() const noexcept { return campaigns_; }
  /// Null when there is none of that id.
  [[nodiscard]] SimulatedCampaign const* find(std::string_view id) const;
  /// Adds one that is created at `now` and waits for its turn. Valid as `campaigns`.
  SimulatedCampaign const& add(std::chrono::sys_seconds now);
  /// False when there is none of that id.
  bool remove(std::string_view id);
  /// The campaign of that id comes into that status: its times, counters and cost follow. False when there is
  /// none of that id.
  bool enter(std::string_view id, StatusCode status, std::chrono::sys_seconds now);

  /// What happens until `now`, in its order. A planned campaign's time is its start; any other's comes when
  /// it has been in its status for `stage`. Time never goes back: an earlier `now` changes nothing.
  void advance(std::chrono::sys_seconds now, std::chrono::seconds stage, Next const& next);

 private:
  CampaignShape shape_;
  std::string provider_;
  std::uint64_t seed_;
  std::vector<SimulatedCampaign> campaigns_;
  std::int64_t ordinal_;                                   // of the newest campaign ever
  std::optional<std::chrono::sys_seconds> advanced_{};     // until when all has happened
  std::optional<std::chrono::sys_seconds> quiet_until_{};  // nothing happens before
  std::chrono::seconds stage_{};                           // of the last `advance`
};

}  // namespace polycampaign::inline v1::testing
