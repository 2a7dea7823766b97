#pragma once

#include "polycampaign/export.hpp"

#include <functional>
#include <memory>

namespace polycampaign::inline v1 {

namespace detail {
class CancelState;
}

/// Tells a call that nobody waits for it any more. Cheap to copy.
///
/// Threads: all members may be used from any thread, also at once.
class POLYCAMPAIGN_EXPORT CancelToken {
 public:
  /// Never canceled.
  CancelToken() noexcept = default;

  /// Whether `CancelSource::cancel` was called. Never changes back.
  [[nodiscard]] bool canceled() const noexcept;
  /// Whether it has a source at all.
  [[nodiscard]] bool can_be_canceled() const noexcept { return state_ != nullptr; }

  /// Keeps a callback registered. Deregisters when it dies; its destructor waits for the callback if that is
  /// running on another thread. Move-only.
  ///
  /// Threads: one at a time.
  class POLYCAMPAIGN_EXPORT Registration {
   public:
    /// Holds nothing.
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

  /// Calls `callback` once, on the canceling thread; at once on this thread when already canceled.
  /// The callback must not throw and must not block.
  [[nodiscard]] Registration on_cancel(std::function<void()> callback) const;

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<detail::CancelState> state) noexcept;
  std::shared_ptr<detail::CancelState> state_;
};

/// Owns the right to cancel. Copies cancel the same tokens.
///
/// Threads: all members may be used from any thread, also at once.
class POLYCAMPAIGN_EXPORT CancelSource {
 public:
  /// Not canceled.
  CancelSource();
  /// One that this source cancels; as many as you like.
  [[nodiscard]] CancelToken token() const noexcept;
  /// Cancels all its tokens and runs their callbacks on this thread. Once: later calls do nothing.
  void cancel() noexcept;

 private:
  std::shared_ptr<detail::CancelState> state_;
};

}  // namespace polycampaign::inline v1
