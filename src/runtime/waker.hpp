#pragma once

namespace polycampaign::inline v1::runtime {

/// Tells the driver of a call that something has happened and that it should poll the call again: a response
/// or a token has arrived, or the caller has given up. May be called from any thread and any number of times.
/// Must not block.
class Waker {
 public:
  Waker() = default;
  virtual ~Waker() = default;
  Waker(Waker const&) = delete;
  Waker& operator=(Waker const&) = delete;

  virtual void wake() noexcept = 0;
};

}  // namespace polycampaign::inline v1::runtime
