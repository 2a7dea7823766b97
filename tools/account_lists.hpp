#pragma once

#include "polycampaign/campaign_client.hpp"

#include "campaign_view.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign::inline v1::command {

/// One account's part of a list.
struct ListPlan {
  std::string account{};
  /// Called on the list's own thread.
  std::function<Result<std::unique_ptr<CampaignClient>>()> connect{};
  CampaignFilter filter{};
  ListOptions options{};
};

/// How one account's list ended.
struct ListEnd {
  std::string account{};
  std::int64_t delivered = 0;
  /// Absent for a list that was stopped by us.
  std::optional<Error> error{};
  ListReport report{};
};

/// Lists of several accounts at the same time, each on a thread of its own, read by one thread. Clients are
/// closed, so that no session stays behind, but that never takes longer than two seconds, and half a second
/// when canceled.
class AccountLists {
 public:
  /// Lists start at once; one whose thread cannot be started, or is ended by an exception, ends with an
  /// error. Each may be `ahead` campaigns ahead of the reader. `waiting` is called on the reader's thread
  /// before it has to wait, and about ten times a second while it does.
  AccountLists(std::vector<ListPlan> plans, std::size_t ahead, CancelToken const& cancel,
               std::function<void(AccountLists&)> waiting);
  ~AccountLists();
  AccountLists(AccountLists const&) = delete;
  AccountLists& operator=(AccountLists const&) = delete;

  /// The newest of the campaigns that come next in the accounts' lists; nothing at the end. Every account's
  /// own order is kept: a campaign without a time goes with the next one of its account that has one, and
  /// comes last when there is none (or none within `ahead`).
  [[nodiscard]] std::optional<Listed> next();

  /// All, newest first, those without a time last; then by account and id.
  [[nodiscard]] std::vector<Listed> all();

  /// Stops the traffic; what is queued is dropped.
  void stop() noexcept;

  /// Campaigns received so far, and lists that have ended.
  [[nodiscard]] std::pair<std::int64_t, std::size_t> received() const;
  /// Waits until every thread has ended; in the order of the plans.
  [[nodiscard]] std::vector<ListEnd> finish();

 private:
  struct AccountList {
    ListPlan plan;
    std::deque<Campaign> queue{};
    std::size_t timed = 0;  ///< campaigns in `queue` that have a time
    bool ended = false;
    ListEnd end{};
    std::thread thread{};
  };

  void start(AccountList& list);
  void run(AccountList& list) noexcept;
  void connect_and_read(AccountList& list);
  void end(AccountList& list);
  void read(AccountList& list, CampaignClient& client);
  bool push(AccountList& list, Campaign campaign);
  [[nodiscard]] bool ready(AccountList const& list) const noexcept;
  void wait(std::unique_lock<std::mutex>& lock, std::function<bool()> const& done);

  std::size_t ahead_;
  std::function<void(AccountLists&)> waiting_;
  CancelToken cancel_;
  CancelSource source_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;  ///< a campaign came, or a list ended
  std::condition_variable space_;    ///< a campaign was taken, or all is to stop
  bool stopped_ = false;
  std::list<AccountList> lists_;
  CancelToken::Registration registration_;
};

/// Ends the client's session, if it has one, in at most two seconds; in half a second when `cancel` is
/// canceled.
void end_session(CampaignClient& client, CancelToken const& cancel);

/// Newest first, those without a time last; then by account and id.
void sort_newest_first(std::vector<Listed>& campaigns);

}  // namespace polycampaign::inline v1::command
