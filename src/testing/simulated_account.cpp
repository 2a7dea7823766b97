#include "polycampaign/testing/simulated_account.hpp"

#include "testing/generator.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using enum StatusCode;

/// Returns when the campaign changes its status. Returns nothing if it has ended or waits for a person.
std::optional<sys_seconds> due(SimulatedCampaign const& campaign, seconds stage) {
  switch (campaign.status) {
    case scheduled: return std::max(campaign.scheduled.value_or(campaign.since + stage), campaign.since);
    case queued:
    case moderation:
    case sending:
    case retrying: return campaign.since + stage;
    default: return std::nullopt;
  }
}

}  // namespace

SimulatedAccount::SimulatedAccount(CampaignShape const& shape, std::string provider, std::uint64_t seed,
                                   std::size_t count, sys_seconds now)
    : shape_{shape},
      provider_{std::move(provider)},
      seed_{seed},
      campaigns_{generate({shape_, provider_, seed_}, count, now)},
      ordinal_{static_cast<std::int64_t>(campaigns_.size())} {}

SimulatedCampaign const* SimulatedAccount::find(std::string_view id) const {
  auto const found = std::ranges::find(campaigns_, id, &SimulatedCampaign::id);
  return found == campaigns_.end() ? nullptr : &*found;
}

SimulatedCampaign const& SimulatedAccount::add(sys_seconds now) {
  quiet_until_.reset();
  auto campaign = generate_new({shape_, provider_, seed_}, ++ordinal_, now);
  return *campaigns_.insert(campaigns_.begin(), std::move(campaign));
}

bool SimulatedAccount::remove(std::string_view id) {
  quiet_until_.reset();
  return std::erase_if(campaigns_, [&](auto const& campaign) { return campaign.id == id; }) != 0;
}

bool SimulatedAccount::enter(std::string_view id, StatusCode status, sys_seconds now) {
  auto const found = std::ranges::find(campaigns_, id, &SimulatedCampaign::id);
  if (found == campaigns_.end()) return false;
  quiet_until_.reset();
  testing::enter(*found, shape_, status, now);
  return true;
}

void SimulatedAccount::advance(sys_seconds now, seconds stage, Next const& next) {
  if ((advanced_ && *advanced_ >= now) || (quiet_until_ && *quiet_until_ > now && stage_ == stage)) return;
  stage_ = stage;
  // The limit ends this even if the vendor's statuses form a loop.
  for (auto left = 16 * campaigns_.size(); left > 0; --left) {
    SimulatedCampaign* first = nullptr;
    sys_seconds at = now;
    for (auto& campaign : campaigns_) {
      auto const time = due(campaign, stage);
      if (!time || *time > at || (first != nullptr && *time == at)) continue;
      if (next(campaign) == campaign.status) continue;
      first = &campaign;
      at = *time;
    }
    if (first == nullptr) break;
    // A campaign that had to wait for others continues when they let it.
    at = std::max(at, advanced_.value_or(at));
    testing::enter(*first, shape_, next(*first), at);
    advanced_ = at;
  }
  advanced_ = now;
  quiet_until_ = sys_seconds::max();
  for (auto const& campaign : campaigns_)
    if (auto const time = due(campaign, stage); time && *time > now)
      quiet_until_ = std::min(*quiet_until_, *time);
}

}  // namespace polycampaign::inline v1::testing
