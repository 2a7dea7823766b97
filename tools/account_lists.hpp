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

/// The part of a list that comes from one account.
struct ListPlan {
  std::string account{};
  /// Called on the thread of this list.
  std::function<Result<std::unique_ptr<CampaignClient>>()> connect{};
  CampaignFilter filter{};
  ListOptions options{};
};

/// How the list of one account ended.
struct ListEnd {
  std::string account{};
  std::int64_t delivered = 0;
  /// Absent if `AccountLists::stop` ended the list.
  std::optional<Error> error{};
  ListReport report{};
};

/// Reads lists of several accounts concurrently, each on its own thread, for one reading thread. Clients are
/// closed, so that no session stays open. Closing takes at most two seconds, or half a second after
/// cancellation.
class AccountLists {
 public:
  /// Starts all lists at once. If a thread cannot be started, or ends with an exception, its list ends with
  /// an error. Each list may be `ahead` campaigns ahead of the reader. `waiting` is called on the reader's
  /// thread before it waits, and then about ten times per second.
  AccountLists(std::vector<ListPlan> plans, std::size_t ahead, CancelToken const& cancel,
               std::function<void(AccountLists&)> waiting);
  ~AccountLists();
  AccountLists(AccountLists const&) = delete;
  AccountLists& operator=(AccountLists const&) = delete;

  /// Returns the newest of the next campaigns of all accounts, or nothing at the end. The order of each
  /// account is kept. A campaign without a time goes with the next one of its account that has a time. If
  /// there is none (or none within `ahead`), it comes last.
  [[nodiscard]] std::optional<Listed> next();

  /// Returns all campaigns, sorted as by sort_newest_first().
  [[nodiscard]] std::vector<Listed> all();

  /// Stops all requests and drops the campaigns that are queued.
  void stop() noexcept;

  /// Returns the number of campaigns received so far, and the number of lists that have ended.
  [[nodiscard]] std::pair<std::int64_t, std::size_t> received() const;
  /// Waits until every thread has ended. Returns the ends in the order of the plans.
  [[nodiscard]] std::vector<ListEnd> finish();

 private:
  struct AccountList {
    ListPlan plan;
    std::deque<Campaign> queue{};
    std::size_t timed = 0;  ///< number of campaigns in `queue` that have a time
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
  std::condition_variable changed_;  ///< a list has become ready or has ended
  std::condition_variable space_;    ///< a campaign was taken, or the lists were stopped
  bool stopped_ = false;
  std::list<AccountList> lists_;
  CancelToken::Registration registration_;
};

/// Ends the client's session, if it has one. Takes at most two seconds, or half a second if `cancel` is
/// canceled.
void end_session(CampaignClient& client, CancelToken const& cancel);

/// Sorts by time, newest first, with campaigns without a time at the end; then by account and id.
void sort_newest_first(std::vector<Listed>& campaigns);

}  // namespace polycampaign::inline v1::command
