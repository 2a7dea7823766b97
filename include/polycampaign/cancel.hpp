#pragma once

#include "polycampaign/export.hpp"

#include <functional>
#include <memory>

namespace polycampaign::inline v1 {

namespace detail {
class CancelState;
}

/// Tells a call that nobody waits for it any more. Cheap to copy; all members may be used from any thread.
class POLYCAMPAIGN_EXPORT CancelToken {
 public:
  /// Never cancelled.
  CancelToken() noexcept = default;

  [[nodiscard]] bool cancelled() const noexcept;
  [[nodiscard]] bool can_be_cancelled() const noexcept { return state_ != nullptr; }

  /// Deregisters when it dies; its destructor waits for the callback if that is running on another thread.
  class POLYCAMPAIGN_EXPORT Registration {
   public:
    Registration() noexcept = default;
    Registration(Registration&& other) noexcept;
    Registration& operator=(Registration&& other) noexcept;
    ~Registration();

   private:
    friend class CancelToken;
    Registration(std::shared_ptr<detail::CancelState> state, unsigned long long id) noexcept;
    std::shared_ptr<detail::CancelState> state_;
    unsigned long long id_ = 0;
  };

  /// Calls `callback` once, on the cancelling thread; at once on this thread when already cancelled.
  /// The callback must not throw and must not block.
  [[nodiscard]] Registration on_cancel(std::function<void()> callback) const;

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<detail::CancelState> state) noexcept;
  std::shared_ptr<detail::CancelState> state_;
};

/// Owns the right to cancel. May be used from any thread.
class POLYCAMPAIGN_EXPORT CancelSource {
 public:
  CancelSource();
  [[nodiscard]] CancelToken token() const noexcept;
  void cancel() noexcept;

 private:
  std::shared_ptr<detail::CancelState> state_;
};

}  // namespace polycampaign::inline v1
