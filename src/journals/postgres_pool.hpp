#pragma once

#include "journals/postgres_connection.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::journals {

/// Keeps connections for the next call.
///
/// Threads: every member may be called from several threads at once.
class PostgresPool {
 public:
  PostgresPool(PostgresSettings settings, std::size_t most) : settings_{std::move(settings)}, most_{most} {}

  /// A connection that is in use. Goes back to the pool at the end, unless it was lost.
  class Lease {
   public:
    Lease(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection) noexcept
        : pool_{&pool}, connection_{std::move(connection)} {}
    ~Lease() {
      if (pool_ != nullptr) pool_->put(std::move(connection_));
    }
    Lease(Lease&& other) noexcept
        : pool_{std::exchange(other.pool_, nullptr)}, connection_{std::move(other.connection_)} {}
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    Lease& operator=(Lease&&) = delete;
    [[nodiscard]] PostgresConnection* operator->() const noexcept { return connection_.get(); }
    [[nodiscard]] PostgresConnection& get() const noexcept { return *connection_; }

   private:
    friend class PostgresPool;
    PostgresPool* pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  /// Waits until fewer than the maximum are in use, and connects if there is none to use again.
  [[nodiscard]] Result<Lease> take();

 private:
  void put(std::unique_ptr<PostgresConnection> connection);

  PostgresSettings const settings_;
  std::size_t const most_;
  std::mutex mutex_{};
  std::condition_variable returned_{};
  std::size_t in_use_ = 0;
  std::vector<std::unique_ptr<PostgresConnection>> idle_{};
};

}  // namespace polycampaign::inline v1::journals
