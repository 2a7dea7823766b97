#pragma once

namespace polycampaign::inline v1::runtime {

/// Tells whoever drives a call that something has happened and the call should be looked at again: an answer
/// came, a token is there, the caller gave up. May be called from any thread, as often as one likes; must not
/// block.
class Waker {
 public:
  Waker() = default;
  virtual ~Waker() = default;
  Waker(Waker const&) = delete;
  Waker& operator=(Waker const&) = delete;

  virtual void wake() noexcept = 0;
};

}  // namespace polycampaign::inline v1::runtime
