#pragma once

#include "runtime/waker.hpp"

#include <memory>
#include <mutex>
#include <utility>

namespace polycampaign::inline v1::runtime {

/// Wakes the current waiter, if there is one. The requests of a list outlive the calls that wait for its
/// pages.
class WakerRelay final : public Waker {
 public:
  void wake() noexcept override {
    std::shared_ptr<Waker> target;
    {
      std::lock_guard const lock{mutex_};
      target = target_;
    }
    if (target != nullptr) target->wake();
  }

  void set(std::shared_ptr<Waker> target) noexcept {
    std::lock_guard const lock{mutex_};
    target_.swap(target);
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<Waker> target_;
};

}  // namespace polycampaign::inline v1::runtime
