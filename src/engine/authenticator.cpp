#include "engine/authenticator.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

namespace {

using std::chrono::seconds;

// A token is replaced this long before it expires, or a tenth of its lifetime if that is shorter, because a
// request that carries it must arrive in time.
constexpr seconds margin{60};
// The wait after a failed renewal if the old token is still valid.
constexpr seconds next_try{10};

std::optional<seconds> lifetime(protocol::Token const& token, std::chrono::sys_seconds system_now) {
  auto life = token.lifetime;
  if (!life && token.expires_at) life = *token.expires_at - system_now;
  // An expiry time in the past means that our clock is wrong, not that the new token has expired.
  if (life && *life <= seconds{0}) life.reset();
  return life;
}

runtime::TimePoint end_of(runtime::TimePoint arrived, seconds life) {
  return runtime::later(arrived, (std::min)(life, seconds{std::chrono::hours{24 * 3650}}));
}

}  // namespace

Authenticator::Renewal::Renewal(Authenticator& owner, SessionPtr old) noexcept
    : owner_{&owner}, old_{std::move(old)} {}

Authenticator::Renewal::Renewal(Renewal&& other) noexcept
    : owner_{std::exchange(other.owner_, nullptr)}, old_{std::move(other.old_)} {}

Authenticator::Renewal::~Renewal() {
  if (owner_ != nullptr) owner_->release(std::unique_lock{owner_->mutex_});
}

void Authenticator::Renewal::settle(protocol::Token token, runtime::TimePoint arrived,
                                    std::chrono::sys_seconds system_now) {
  auto session = std::make_shared<Session>();
  auto const life = lifetime(token, system_now);
  std::optional<runtime::TimePoint> renew_at;
  if (life) {
    session->ends_at = end_of(arrived, *life);
    auto const ahead = (std::min)(std::chrono::nanoseconds{margin}, (*session->ends_at - arrived) / 10);
    renew_at = *session->ends_at - ahead;
  }
  if (token.refresh_lifetime) session->refresh_ends_at = end_of(arrived, *token.refresh_lifetime);
  session->token = std::move(token);

  std::unique_lock lock{owner_->mutex_};
  owner_->previous_ = std::exchange(owner_->current_, std::move(session));
  owner_->renew_at_ = renew_at;
  owner_->rejected_ = false;
  std::exchange(owner_, nullptr)->release(std::move(lock));
}

void Authenticator::Renewal::refuse(Error error, std::optional<runtime::TimePoint> until) {
  std::unique_lock lock{owner_->mutex_};
  owner_->refusal_ = std::move(error);
  owner_->refusal_ends_at_ = until;
  std::exchange(owner_, nullptr)->release(std::move(lock));
}

bool Authenticator::Renewal::keep_old(runtime::TimePoint now) {
  std::unique_lock lock{owner_->mutex_};
  if (!owner_->usable(now)) return false;
  owner_->renew_at_ = now + next_try;
  std::exchange(owner_, nullptr)->release(std::move(lock));
  return true;
}

bool Authenticator::usable(runtime::TimePoint now) const {
  return current_ != nullptr && !rejected_ && !(current_->ends_at && now >= *current_->ends_at);
}

bool Authenticator::remembers_refusal(runtime::TimePoint now) const {
  return refusal_ && (!refusal_ends_at_ || now < *refusal_ends_at_);
}

void Authenticator::release(std::unique_lock<std::mutex> lock) {
  --renewing_;
  auto const waiting = std::exchange(waiters_, {});
  lock.unlock();
  for (auto const& waker : waiting) waker->wake();
}

Authenticator::Answer Authenticator::acquire(SessionPtr const& refused, runtime::TimePoint now,
                                             std::shared_ptr<runtime::Waker> const& waker, bool impatient) {
  std::lock_guard const lock{mutex_};
  if (remembers_refusal(now)) return *refusal_;
  if (refused != nullptr && refused == current_) rejected_ = true;
  auto const good = usable(now);
  // While one call renews early, the others continue with the current token.
  if (good && (!due(now) || renewing_ > 0)) return current_;
  if (renewing_ > 0 && !impatient) {
    waiters_.push_back(waker);
    return Wait{};
  }
  ++renewing_;
  return Renewal{*this, current_};
}

SessionPtr Authenticator::ready(runtime::TimePoint now) const {
  std::lock_guard const lock{mutex_};
  return !remembers_refusal(now) && usable(now) && !due(now) ? current_ : nullptr;
}

SessionPtr Authenticator::take() {
  std::lock_guard const lock{mutex_};
  return previous_ = std::exchange(current_, nullptr);
}

std::array<SessionPtr, 2> Authenticator::known() const {
  std::lock_guard const lock{mutex_};
  return {current_, previous_};
}

}  // namespace polycampaign::inline v1::engine
