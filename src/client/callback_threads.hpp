#pragma once

#include "polycampaign/callback_threads.hpp"

#include "runtime/worker_pool.hpp"

namespace polycampaign::inline v1 {

class CallbackThreads final {
 public:
  explicit CallbackThreads(std::size_t threads);
  [[nodiscard]] std::shared_ptr<runtime::WorkerPool> const& pool() const noexcept { return pool_; }

 private:
  std::shared_ptr<runtime::WorkerPool> pool_;
};

}  // namespace polycampaign::inline v1
