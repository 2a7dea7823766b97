#include "journals/postgres_pool.hpp"

namespace polycampaign::inline v1::journals {

Result<PostgresPool::Lease> PostgresPool::take() {
  std::unique_lock lock{mutex_};
  returned_.wait(lock, [this] { return in_use_ < most_; });
  idle_.reserve(most_);  // so that `put` needs no memory
  ++in_use_;
  if (!idle_.empty()) {
    Lease lease{*this, std::move(idle_.back())};
    idle_.pop_back();
    return lease;
  }
  lock.unlock();
  Lease lease{*this, nullptr};
  auto connection = PostgresConnection::connect(settings_);
  if (!connection) return std::move(connection).error();
  lease.connection_ = *std::move(connection);
  return lease;
}

void PostgresPool::put(std::unique_ptr<PostgresConnection> connection) {
  std::vector<std::unique_ptr<PostgresConnection>> ended;  // closed without the lock
  {
    std::lock_guard const lock{mutex_};
    --in_use_;
    if (connection && connection->reusable()) {
      idle_.push_back(std::move(connection));
    } else {
      // after a restart of the server, all others are lost, too
      ended.swap(idle_);
    }
  }
  returned_.notify_one();
}

}  // namespace polycampaign::inline v1::journals
