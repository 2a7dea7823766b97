#include "account_lists.hpp"

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

/// Returns the time, in seconds, of the first campaign in the queue that has one.
std::int64_t seconds_of(std::deque<Campaign> const& queue) noexcept {
  auto const found =
      std::find_if(queue.begin(), queue.end(), [](Campaign const& c) { return c.time().has_value(); });
  return found == queue.end() ? never : seconds_of(*found);
}

Error broken(std::string what, std::exception const& error) {
  return {.code = ErrorCode::unavailable, .message = what.append(": ").append(error.what())};
}

}  // namespace

AccountLists::AccountLists(std::vector<ListPlan> plans, std::size_t ahead, CancelToken const& cancel,
                           std::function<void(AccountLists&)> waiting)
    : ahead_{ahead}, waiting_{std::move(waiting)}, cancel_{cancel} {
  for (auto& plan : plans) {
    lists_.push_back({.plan = std::move(plan)});
    lists_.back().end.account = lists_.back().plan.account;
    lists_.back().plan.options.call.cancel = source_.token();
  }
  registration_ = cancel_.on_cancel([this] { stop(); });
  for (auto& list : lists_) start(list);
}

AccountLists::~AccountLists() {
  registration_ = {};
  stop();
  for (auto& list : lists_)
    if (list.thread.joinable()) list.thread.join();
}

void AccountLists::stop() noexcept {
  {
    std::lock_guard const lock{mutex_};
    stopped_ = true;
  }
  source_.cancel();
  changed_.notify_all();
  space_.notify_all();
}

void AccountLists::start(AccountList& list) {
  try {
    list.thread = std::thread{[this, &list] { run(list); }};
  } catch (std::exception const& error) {
    list.end.error = broken("cannot start a thread", error);
    end(list);
  }
}

/// Our code throws nothing, but memory or threads may run out, and a third-party vendor may throw.
void AccountLists::run(AccountList& list) noexcept {
  try {
    connect_and_read(list);
  } catch (std::exception const& error) {
    list.end.error = broken("the list failed", error);
  } catch (...) {
    list.end.error = broken("the list failed", std::runtime_error{"unknown exception"});
  }
  end(list);
}

void AccountLists::connect_and_read(AccountList& list) {
  auto client = list.plan.connect();
  if (!client) {
    list.end.error = std::move(client).error();
    return;
  }
  read(list, **client);
  // the reader need not wait for the logout
  end(list);
  end_session(**client, cancel_);
}

void AccountLists::end(AccountList& list) {
  {
    std::lock_guard const lock{mutex_};
    list.ended = true;
  }
  changed_.notify_all();
}

void AccountLists::read(AccountList& list, CampaignClient& client) {
  auto pager = client.list(list.plan.filter, list.plan.options);
  for (auto& campaign : pager) {
    if (!campaign) {
      std::lock_guard const lock{mutex_};
      if (!(stopped_ && campaign.error().code == ErrorCode::canceled)) list.end.error = campaign.error();
      break;
    }
    if (!push(list, *std::move(campaign))) break;
  }
  list.end.report = pager.report();
}

bool AccountLists::push(AccountList& list, Campaign campaign) {
  std::unique_lock lock{mutex_};
  space_.wait(lock, [&] { return stopped_ || list.queue.size() < ahead_; });
  if (stopped_) return false;
  bool const was_ready = ready(list);
  if (campaign.time()) ++list.timed;
  list.queue.push_back(std::move(campaign));
  ++list.end.delivered;
  if (!was_ready && ready(list)) changed_.notify_all();
  return true;
}

bool AccountLists::ready(AccountList const& list) const noexcept {
  return list.ended || list.timed != 0 || list.queue.size() >= ahead_;
}

void AccountLists::wait(std::unique_lock<std::mutex>& lock, std::function<bool()> const& done) {
  constexpr auto tick = std::chrono::milliseconds{100};
  while (!done()) {
    lock.unlock();
    waiting_(*this);
    lock.lock();
    changed_.wait_for(lock, tick, done);
  }
}

std::optional<Listed> AccountLists::next() {
  std::unique_lock lock{mutex_};
  wait(lock, [&] {
    return stopped_ ||
           std::all_of(lists_.begin(), lists_.end(), [&](AccountList const& list) { return ready(list); });
  });
  if (stopped_) return std::nullopt;
  AccountList* newest = nullptr;
  auto const before = [](AccountList const& a, AccountList const& b) {
    auto const seconds_a = seconds_of(a.queue);
    auto const seconds_b = seconds_of(b.queue);
    return seconds_a > seconds_b || (seconds_a == seconds_b && a.plan.account < b.plan.account);
  };
  for (auto& list : lists_)
    if (!list.queue.empty() && (newest == nullptr || before(list, *newest))) newest = &list;
  if (newest == nullptr) return std::nullopt;
  Listed listed{newest->plan.account, std::move(newest->queue.front())};
  newest->queue.pop_front();
  if (listed.campaign.time()) --newest->timed;
  space_.notify_all();
  return listed;
}

std::vector<Listed> AccountLists::all() {
  std::unique_lock lock{mutex_};
  wait(lock, [&] {
    return stopped_ ||
           std::all_of(lists_.begin(), lists_.end(), [](AccountList const& list) { return list.ended; });
  });
  std::vector<Listed> campaigns;
  for (auto& list : lists_) {
    for (auto& campaign : list.queue) campaigns.push_back({list.plan.account, std::move(campaign)});
    list.queue.clear();
  }
  lock.unlock();
  sort_newest_first(campaigns);
  return campaigns;
}

std::pair<std::int64_t, std::size_t> AccountLists::received() const {
  std::lock_guard const lock{mutex_};
  std::pair<std::int64_t, std::size_t> sum{0, 0};
  for (auto const& list : lists_) {
    sum.first += list.end.delivered;
    sum.second += list.ended ? 1U : 0U;
  }
  return sum;
}

std::vector<ListEnd> AccountLists::finish() {
  std::vector<ListEnd> ends;
  for (auto& list : lists_) {
    if (list.thread.joinable()) list.thread.join();
    ends.push_back(list.end);
  }
  return ends;
}

void end_session(CampaignClient& client, CancelToken const& cancel) {
  using namespace std::chrono_literals;
  bool const canceled = cancel.canceled();
  std::chrono::milliseconds const patience = canceled ? 500ms : 2s;
  // A session that is not revoked expires by itself, so a failure changes nothing for the user.
  static_cast<void>(client.close({.timeout = patience,
                                  .deadline = std::chrono::steady_clock::now() + patience,
                                  .cancel = canceled ? CancelToken{} : cancel}));
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
