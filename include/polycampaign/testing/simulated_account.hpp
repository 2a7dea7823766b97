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

/// What a simulated vendor stores for one account. It changes when the account makes requests, and as time
/// passes: campaigns begin and end.
///
/// Threads: use from one thread at a time.
class POLYCAMPAIGN_TESTING_EXPORT SimulatedAccount {
 public:
  /// A function that returns the status that follows a campaign's current one once its time has come, or the
  /// current one if the campaign stays as it is.
  using Next = std::function<StatusCode(SimulatedCampaign const& campaign)>;

  /// Creates an account with the `count` campaigns that were requested. If lists contain only one channel, an
  /// eighth as many campaigns of other channels are added. The same provider, seed and `now` give the same
  /// campaigns.
  SimulatedAccount(CampaignShape const& shape, std::string provider, std::uint64_t seed, std::size_t count,
                   std::chrono::sys_seconds now);

  /// Returns the campaigns, newest first. Valid until one is added or removed.
  [[nodiscard]] std::vector<SimulatedCampaign> const& campaigns() const noexcept { return campaigns_; }
  /// Returns the campaign with that id, or null if there is none.
  [[nodiscard]] SimulatedCampaign const* find(std::string_view id) const;
  /// Adds a campaign that is created at `now` and waits to be sent. Valid as long as the result of
  /// `campaigns`.
  SimulatedCampaign const& add(std::chrono::sys_seconds now);
  /// Removes the campaign with that id. Returns false if there is none.
  bool remove(std::string_view id);
  /// Puts the campaign with that id into a status; its times, counters and cost follow. Returns false if
  /// there is none.
  bool enter(std::string_view id, StatusCode status, std::chrono::sys_seconds now);

  /// Performs everything that happens until `now`, in order. A scheduled campaign changes at its start time,
  /// any other when it has been in its status for `stage`. Time never goes back: an earlier `now` changes
  /// nothing.
  void advance(std::chrono::sys_seconds now, std::chrono::seconds stage, Next const& next);

 private:
  CampaignShape shape_;
  std::string provider_;
  std::uint64_t seed_;
  std::vector<SimulatedCampaign> campaigns_;
  std::int64_t ordinal_;                                   // of the newest campaign ever created
  std::optional<std::chrono::sys_seconds> advanced_{};     // everything until then has happened
  std::optional<std::chrono::sys_seconds> quiet_until_{};  // nothing happens before then
  std::chrono::seconds stage_{};                           // as last passed to `advance`
};

}  // namespace polycampaign::inline v1::testing
