#include "engine/throttle.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::engine {

void Throttle::went(runtime::TimePoint now) noexcept {
  if (rate_) next_at_ = now + std::chrono::duration_cast<Span>(std::chrono::duration<double>{1 / *rate_});
}

void Throttle::succeeded(runtime::TimePoint now) noexcept {
  constexpr std::chrono::seconds second{1};
  if (now >= second_began_ + second) {
    last_second_ = now < second_began_ + 2 * second ? this_second_ : 0;
    this_second_ = 0;
    second_began_ = now;
  }
  ++this_second_;
  probing_ = false;
  pause_ = first_pause;
  if (window_ != unlimited) ++window_;
  if (!rate_) return;
  *rate_ += refused_rate_ * increase;
  if (*rate_ < fastest) return;
  rate_.reset();
  window_ = unlimited;
}

void Throttle::refused(runtime::TimePoint started, runtime::TimePoint now, std::optional<Span> retry_after,
                       double random) noexcept {
  auto const known = slowed_at_ && started <= *slowed_at_;
  if (!known) {
    slowed_at_ = now;
    window_ = 1;
    auto const again = std::exchange(probing_, true);
    if (again) pause_ = (std::min)(2 * pause_, Span{longest_pause});
    slow_down(again);
  }
  if (retry_after) {
    reported_until_ = (std::max)(reported_until_, now + (std::min)(*retry_after, Span{longest_hold}));
    hold(reported_until_);
    if (!probing_ || pause_ == first_pause) return;  // Retry-After is trusted once
  }
  hold(now + Span{static_cast<Span::rep>(static_cast<double>(pause_.count()) * (1 + random / 4))});
}

void Throttle::slow_down(bool again) noexcept {
  if (!again) {
    // At the very first refusal: the number of requests that the vendor accepted in one second is its rate.
    refused_rate_ = rate_.value_or(static_cast<double>((std::max)(this_second_, last_second_)));
    if (refused_rate_ <= 0) return;
  }
  if (!rate_ && again) return;
  auto const least = (std::max)(slowest, refused_rate_ * least_share);
  rate_ = std::clamp(rate_.value_or(refused_rate_) * decrease, (std::min)(least, fastest), fastest);
}

void Throttle::hold(runtime::TimePoint until) noexcept {
  held_until_ = (std::max)(held_until_, until);
}

}  // namespace polycampaign::inline v1::engine
