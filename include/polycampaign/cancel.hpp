#pragma once

#include "polycampaign/export.hpp"

#include <functional>
#include <memory>

namespace polycampaign::inline v1 {

namespace detail {
class CancelState;
}

/// Tells a call that its caller no longer waits for it. Cheap to copy.
///
/// Threads: all members may be called from several threads at once.
class POLYCAMPAIGN_EXPORT CancelToken {
 public:
  /// Creates a token that is never canceled.
  CancelToken() noexcept = default;

  /// Returns whether `CancelSource::cancel` was called. Once true, this stays true.
  [[nodiscard]] bool canceled() const noexcept;
  /// Returns whether the token has a source at all.
  [[nodiscard]] bool can_be_canceled() const noexcept { return state_ != nullptr; }

  /// Keeps a callback registered, and removes it on destruction. If the callback is running on another
  /// thread, the destructor waits for it. Move-only.
  ///
  /// Threads: use from one thread at a time.
  class POLYCAMPAIGN_EXPORT Registration {
   public:
    /// Creates an empty registration.
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

  /// Registers `callback`, which is called once on the thread that cancels. If the token is already canceled,
  /// it is called immediately on this thread. The callback must not throw and must not block.
  [[nodiscard]] Registration on_cancel(std::function<void()> callback) const;

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<detail::CancelState> state) noexcept;
  std::shared_ptr<detail::CancelState> state_;
};

/// Owns the right to cancel. Copies cancel the same tokens.
///
/// Threads: all members may be called from several threads at once.
class POLYCAMPAIGN_EXPORT CancelSource {
 public:
  /// Creates a source that is not canceled.
  CancelSource();
  /// Returns a token that this source cancels. Create as many as you need.
  [[nodiscard]] CancelToken token() const noexcept;
  /// Cancels all tokens of this source and runs their callbacks on this thread. Later calls do nothing.
  void cancel() noexcept;

 private:
  std::shared_ptr<detail::CancelState> state_;
};

}  // namespace polycampaign::inline v1
