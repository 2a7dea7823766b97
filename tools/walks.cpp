#include "walks.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <stdexcept>
#include <tuple>

namespace polycampaign::inline v1::command {

namespace {

constexpr auto never = std::numeric_limits<std::int64_t>::min();

std::int64_t seconds_of(Campaign const& campaign) noexcept {
  auto const& time = campaign.time();
  return time ? time->time.time_since_epoch().count() : never;
}

/// Seconds of the first campaign in the queue that has a time.
std::int64_t seconds_of(std::deque<Campaign> const& queue) noexcept {
  auto const found =
      std::find_if(queue.begin(), queue.end(), [](Campaign const& c) { return c.time().has_value(); });
  return found == queue.end() ? never : seconds_of(*found);
}

Error broken(std::string what, std::exception const& error) {
  return {.code = ErrorCode::unavailable, .message = what.append(": ").append(error.what())};
}

}  // namespace

Walks::Walks(std::vector<WalkPlan> plans, std::size_t ahead, CancelToken const& cancel,
             std::function<void(Walks&)> waiting)
    : ahead_{ahead}, waiting_{std::move(waiting)}, cancel_{cancel} {
  for (auto& plan : plans) {
    walks_.push_back({.plan = std::move(plan)});
    walks_.back().end.account = walks_.back().plan.account;
    walks_.back().plan.options.call.cancel = source_.token();
  }
  registration_ = cancel_.on_cancel([this] { stop(); });
  for (auto& walk : walks_) start(walk);
}

Walks::~Walks() {
  registration_ = {};
  stop();
  for (auto& walk : walks_)
    if (walk.thread.joinable()) walk.thread.join();
}

void Walks::stop() noexcept {
  {
    std::lock_guard const lock{mutex_};
    stopped_ = true;
  }
  source_.cancel();
  changed_.notify_all();
  space_.notify_all();
}

void Walks::start(Walk& walk) {
  try {
    walk.thread = std::thread{[this, &walk] { run(walk); }};
  } catch (std::exception const& error) {
    walk.end.error = broken("cannot start a thread", error);
    end(walk);
  }
}

/// Nothing of ours throws, but memory or threads may run out, and a vendor of somebody else's may fail.
void Walks::run(Walk& walk) noexcept {
  try {
    list(walk);
  } catch (std::exception const& error) {
    walk.end.error = broken("the list failed", error);
  } catch (...) {
    walk.end.error = broken("the list failed", std::runtime_error{"unknown exception"});
  }
  end(walk);
}

void Walks::list(Walk& walk) {
  auto client = walk.plan.connect();
  if (!client) {
    walk.end.error = std::move(client).error();
    return;
  }
  read(walk, **client);
  // the reader need not wait for the log-out
  end(walk);
  end_session(**client, cancel_);
}

void Walks::end(Walk& walk) {
  {
    std::lock_guard const lock{mutex_};
    walk.ended = true;
  }
  changed_.notify_all();
}

void Walks::read(Walk& walk, CampaignClient& client) {
  auto pager = client.list(walk.plan.filter, walk.plan.options);
  for (auto& campaign : pager) {
    if (!campaign) {
      std::lock_guard const lock{mutex_};
      if (!(stopped_ && campaign.error().code == ErrorCode::cancelled)) walk.end.error = campaign.error();
      break;
    }
    if (!push(walk, *std::move(campaign))) break;
  }
  walk.end.report = pager.report();
}

bool Walks::push(Walk& walk, Campaign campaign) {
  std::unique_lock lock{mutex_};
  space_.wait(lock, [&] { return stopped_ || walk.queue.size() < ahead_; });
  if (stopped_) return false;
  bool const was_ready = ready(walk);
  if (campaign.time()) ++walk.timed;
  walk.queue.push_back(std::move(campaign));
  ++walk.end.delivered;
  if (!was_ready && ready(walk)) changed_.notify_all();
  return true;
}

bool Walks::ready(Walk const& walk) const noexcept {
  return walk.ended || walk.timed != 0 || walk.queue.size() >= ahead_;
}

void Walks::wait(std::unique_lock<std::mutex>& lock, std::function<bool()> const& done) {
  constexpr auto tick = std::chrono::milliseconds{100};
  while (!done()) {
    lock.unlock();
    waiting_(*this);
    lock.lock();
    changed_.wait_for(lock, tick, done);
  }
}

std::optional<Listed> Walks::next() {
  std::unique_lock lock{mutex_};
  wait(lock, [&] {
    return stopped_ ||
           std::all_of(walks_.begin(), walks_.end(), [&](Walk const& walk) { return ready(walk); });
  });
  if (stopped_) return std::nullopt;
  Walk* newest = nullptr;
  auto const before = [](Walk const& a, Walk const& b) {
    auto const seconds_a = seconds_of(a.queue);
    auto const seconds_b = seconds_of(b.queue);
    return seconds_a > seconds_b || (seconds_a == seconds_b && a.plan.account < b.plan.account);
  };
  for (auto& walk : walks_)
    if (!walk.queue.empty() && (newest == nullptr || before(walk, *newest))) newest = &walk;
  if (newest == nullptr) return std::nullopt;
  Listed listed{newest->plan.account, std::move(newest->queue.front())};
  newest->queue.pop_front();
  if (listed.campaign.time()) --newest->timed;
  space_.notify_all();
  return listed;
}

std::vector<Listed> Walks::all() {
  std::unique_lock lock{mutex_};
  wait(lock, [&] {
    return stopped_ || std::all_of(walks_.begin(), walks_.end(), [](Walk const& walk) { return walk.ended; });
  });
  std::vector<Listed> campaigns;
  for (auto& walk : walks_) {
    for (auto& campaign : walk.queue) campaigns.push_back({walk.plan.account, std::move(campaign)});
    walk.queue.clear();
  }
  lock.unlock();
  sort_newest_first(campaigns);
  return campaigns;
}

std::pair<std::int64_t, std::size_t> Walks::received() const {
  std::lock_guard const lock{mutex_};
  std::pair<std::int64_t, std::size_t> sum{0, 0};
  for (auto const& walk : walks_) {
    sum.first += walk.end.delivered;
    sum.second += walk.ended ? 1U : 0U;
  }
  return sum;
}

std::vector<WalkEnd> Walks::finish() {
  std::vector<WalkEnd> ends;
  for (auto& walk : walks_) {
    if (walk.thread.joinable()) walk.thread.join();
    ends.push_back(walk.end);
  }
  return ends;
}

void end_session(CampaignClient& client, CancelToken const& cancel) {
  using namespace std::chrono_literals;
  bool const cancelled = cancel.cancelled();
  std::chrono::milliseconds const patience = cancelled ? 500ms : 2s;
  // a session that stays behind ends by itself, so a failure changes nothing for the user
  static_cast<void>(client.close({.timeout = patience,
                                  .deadline = std::chrono::steady_clock::now() + patience,
                                  .cancel = cancelled ? CancelToken{} : cancel}));
}

void sort_newest_first(std::vector<Listed>& campaigns) {
  std::stable_sort(campaigns.begin(), campaigns.end(), [](Listed const& a, Listed const& b) {
    auto const newer_a = seconds_of(a.campaign);
    auto const newer_b = seconds_of(b.campaign);
    if (newer_a != newer_b) return newer_a > newer_b;
    return std::tie(a.account, a.campaign.id) < std::tie(b.account, b.campaign.id);
  });
}

}  // namespace polycampaign::inline v1::command
