#include "polycampaign/testing/memory_journal.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

// std::string compares its characters as unsigned bytes.
using Identity = std::tuple<std::string, std::string, std::int64_t>;

Identity identity(JournalRecord const& record) {
  return {record.account, record.key, record.part};
}

}  // namespace

struct MemoryJournal::Store {
  std::mutex mutex{};
  std::map<Identity, JournalRecord> records{};
};

struct MemoryJournal::Failures {
  struct Failure {
    Error error{};
    bool written = false;
  };
  using Queue = std::deque<Failure>;

  /// Returns the next failure, if there is one.
  std::optional<Failure> next(Queue& queue) {
    std::lock_guard const lock{mutex};
    if (queue.empty()) return std::nullopt;
    auto failure = std::move(queue.front());
    queue.pop_front();
    return failure;
  }
  void add(Queue& queue, Error error, bool written) {
    std::lock_guard const lock{mutex};
    queue.push_back({std::move(error), written});
  }

  std::mutex mutex{};
  Queue begins{};
  Queue settles{};
  Queue reads{};
};

MemoryJournal::MemoryJournal() : MemoryJournal{std::make_shared<Store>()} {}
MemoryJournal::MemoryJournal(std::shared_ptr<Store> store)
    : store_{std::move(store)}, failures_{std::make_unique<Failures>()} {}
MemoryJournal::~MemoryJournal() = default;

std::unique_ptr<MemoryJournal> MemoryJournal::reopen() const {
  return std::unique_ptr<MemoryJournal>{new MemoryJournal{store_}};
}

void MemoryJournal::fail_begin(Error error, bool written) {
  failures_->add(failures_->begins, std::move(error), written);
}

void MemoryJournal::fail_settle(Error error, bool written) {
  failures_->add(failures_->settles, std::move(error), written);
}

void MemoryJournal::fail_read(Error error) {
  failures_->add(failures_->reads, std::move(error), false);
}

std::vector<JournalRecord> MemoryJournal::records() const {
  std::lock_guard const lock{store_->mutex};
  std::vector<JournalRecord> all;
  for (auto const& [_, record] : store_->records) all.push_back(record);
  return all;
}

Result<std::optional<JournalRecord>> MemoryJournal::begin(JournalRecord const& intent) {
  if (auto good = check_journal_record(intent); !good) return std::move(good).error();
  if (intent.state != SendState::sending)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "state: an intent is written in the state `sending`"};
  auto failure = failures_->next(failures_->begins);
  if (failure && !failure->written) return std::move(failure->error);
  std::lock_guard const lock{store_->mutex};
  auto const [place, added] = store_->records.try_emplace(identity(intent), intent);
  std::optional<JournalRecord> present;
  if (!added && !may_send(place->second.state))
    present = place->second;
  else
    place->second = intent;
  if (failure) return std::move(failure->error);
  return present;
}

Result<bool> MemoryJournal::settle(JournalRecord const& record, SendState from) {
  if (auto good = check_journal_record(record); !good) return std::move(good).error();
  auto failure = failures_->next(failures_->settles);
  if (failure && !failure->written) return std::move(failure->error);
  std::lock_guard const lock{store_->mutex};
  auto const place = store_->records.find(identity(record));
  bool const found = place != store_->records.end() && place->second.attempt == record.attempt &&
                     place->second.state == from;
  if (found) place->second = record;
  if (failure) return std::move(failure->error);
  return found;
}

Result<std::vector<JournalRecord>> MemoryJournal::find(std::string_view account, std::string_view key) {
  JournalRecord const named{.account = std::string{account}, .key = std::string{key}};
  if (auto good = check_journal_record(named); !good) return std::move(good).error();
  if (auto failure = failures_->next(failures_->reads)) return std::move(failure->error);
  std::lock_guard const lock{store_->mutex};
  std::vector<JournalRecord> found;
  for (auto at = store_->records.lower_bound(identity(named));
       at != store_->records.end() && at->second.account == account && at->second.key == key; ++at)
    found.push_back(at->second);
  return found;
}

Result<std::vector<JournalRecord>> MemoryJournal::list(JournalFilter const& filter) {
  JournalRecord named{.account = filter.account.value_or("")};
  if (auto good = check_journal_record(named); !good) return std::move(good).error();
  if (filter.after) named = {.account = filter.after->account, .key = filter.after->key};
  if (auto good = check_journal_record(named); !good) return std::move(good).error();
  if (auto failure = failures_->next(failures_->reads)) return std::move(failure->error);
  std::lock_guard const lock{store_->mutex};
  std::vector<JournalRecord> found;
  auto at = filter.after ? store_->records.upper_bound(identity(*filter.after)) : store_->records.begin();
  for (; at != store_->records.end() && found.size() < filter.limit; ++at) {
    auto const& record = at->second;
    if (filter.account && record.account != *filter.account) continue;
    if (filter.unsettled_only && record.state != SendState::sending && record.state != SendState::unresolved)
      continue;
    found.push_back(record);
  }
  return found;
}

}  // namespace polycampaign::inline v1::testing
