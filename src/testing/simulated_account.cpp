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
      lists_{generate_lists(shape_, now)},
      list_ordinal_{static_cast<std::int64_t>(lists_.size())},
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

SimulatedCampaign const& SimulatedAccount::create(SimulatedOrder order, sys_seconds now,
                                                  std::int64_t request) {
  quiet_until_.reset();
  auto campaign = generate_new({shape_, provider_, seed_}, ++ordinal_, now);
  if (!order.name.empty()) campaign.name = std::move(order.name);
  campaign.sender = std::move(order.sender);
  campaign.text = std::move(order.text);
  campaign.parts = text_parts(campaign.text);
  campaign.channel = order.channel;
  campaign.status = order.status;
  campaign.immediate = !order.scheduled && order.status != draft;
  campaign.scheduled = order.scheduled;
  if (campaign.immediate) campaign.scheduled = now;
  campaign.started.reset();
  campaign.updated = now;
  campaign.lists = std::move(order.lists);
  campaign.addressed = std::move(order.recipients);
  campaign.outcomes.assign(campaign.addressed.size(), 'w');
  campaign.request = request;
  auto const messages = static_cast<std::int64_t>(campaign.addressed.size());
  campaign.counters = {.recipients = messages + order.filtered,
                       .filtered = order.filtered,
                       .messages = messages,
                       .pending = messages};
  price(campaign, shape_);
  return *campaigns_.insert(campaigns_.begin(), std::move(campaign));
}

bool SimulatedAccount::change(std::string_view id,
                              std::function<void(SimulatedCampaign& campaign)> const& how) {
  auto const found = std::ranges::find(campaigns_, id, &SimulatedCampaign::id);
  if (found == campaigns_.end()) return false;
  quiet_until_.reset();
  how(*found);
  return true;
}

bool SimulatedAccount::retry(std::string_view id, sys_seconds now, std::int64_t request) {
  return change(id, [&](SimulatedCampaign& campaign) {
    campaign.request = request;
    campaign.counters.pending += std::exchange(campaign.counters.failed, 0);
    campaign.counters.unassigned = 0;
    std::ranges::replace(campaign.outcomes, 'f', 'w');
    enter_now(campaign, retrying, now);
  });
}

/// Puts the campaign into a status. If messages are handed over, the first recipients that still wait get
/// them; those whose messages fail or expire are the last of these.
void SimulatedAccount::enter_now(SimulatedCampaign& campaign, StatusCode status, sys_seconds now) {
  auto const before = campaign.counters;
  testing::enter(campaign, shape_, status, now);
  auto handed = before.pending - campaign.counters.pending;
  auto const failed = campaign.counters.failed - before.failed;
  auto const lost = failed + campaign.counters.expired - before.expired;
  for (std::size_t i = 0; i < campaign.outcomes.size() && handed > 0; ++i) {
    if (campaign.outcomes[i] != 'w') continue;
    auto const left = handed--;
    campaign.outcomes[i] = left <= failed ? 'f' : left <= lost ? 'e' : 'r';
    if (campaign.outcomes[i] != 'r') continue;
    auto const& person = campaign.addressed[i];
    reached_.push_back(
        {campaign.id, person.number, person.text.value_or(campaign.text), now, campaign.request});
  }
}

SimulatedAddressBook* SimulatedAccount::find_list(std::string_view id) {
  auto const found = std::ranges::find(lists_, id, &SimulatedAddressBook::id);
  return found == lists_.end() ? nullptr : &*found;
}

SimulatedAddressBook& SimulatedAccount::add_list(std::string name, std::vector<SimulatedRecipient> members,
                                                 sys_seconds now) {
  return lists_.emplace_back(
      SimulatedAddressBook{list_id(shape_, list_ordinal_++), std::move(name), std::move(members), now});
}

bool SimulatedAccount::remove_list(std::string_view id) {
  return std::erase_if(lists_, [&](auto const& list) { return list.id == id; }) != 0;
}

bool SimulatedAccount::remove(std::string_view id) {
  quiet_until_.reset();
  return std::erase_if(campaigns_, [&](auto const& campaign) { return campaign.id == id; }) != 0;
}

bool SimulatedAccount::enter(std::string_view id, StatusCode status, sys_seconds now) {
  auto const found = std::ranges::find(campaigns_, id, &SimulatedCampaign::id);
  if (found == campaigns_.end()) return false;
  quiet_until_.reset();
  enter_now(*found, status, now);
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
      // Of several at the same time, the oldest comes first. It is the last in this order.
      if (!time || *time > at) continue;
      if (next(campaign) == campaign.status) continue;
      first = &campaign;
      at = *time;
    }
    if (first == nullptr) break;
    // A campaign that had to wait for others continues when they let it.
    at = std::max(at, advanced_.value_or(at));
    enter_now(*first, next(*first), at);
    advanced_ = at;
  }
  advanced_ = now;
  quiet_until_ = sys_seconds::max();
  for (auto const& campaign : campaigns_)
    if (auto const time = due(campaign, stage); time && *time > now)
      quiet_until_ = std::min(*quiet_until_, *time);
}

}  // namespace polycampaign::inline v1::testing
