#include "polycampaign/statistics.hpp"

#include <limits>

namespace polycampaign::inline v1 {

namespace {

std::optional<double> ratio(Count const& part, Count const& whole) noexcept {
  if (!part || !whole || *whole == 0) return std::nullopt;
  return static_cast<double>(*part) / static_cast<double>(*whole);
}

}  // namespace

std::optional<double> delivered_per_message(Statistics const& s) noexcept {
  return ratio(s.delivered, s.messages);
}
std::optional<double> delivered_per_submitted(Statistics const& s) noexcept {
  return ratio(s.delivered, s.submitted);
}
std::optional<double> delivered_per_recipient(Statistics const& s) noexcept {
  return ratio(s.delivered, s.recipients);
}
std::optional<double> failed_per_message(Statistics const& s) noexcept {
  return ratio(s.failed, s.messages);
}
std::optional<double> read_per_delivered(Statistics const& s) noexcept {
  return ratio(s.read, s.delivered);
}
std::optional<double> replies_per_delivered(Statistics const& s) noexcept {
  return ratio(s.replies, s.delivered);
}
std::optional<double> opt_outs_per_delivered(Statistics const& s) noexcept {
  return ratio(s.opt_outs, s.delivered);
}
std::optional<double> clicks_per_delivered(Statistics const& s) noexcept {
  return ratio(s.clicks, s.delivered);
}

Count partition_sum(Statistics const& s) noexcept {
  std::int64_t sum = 0;
  for (auto const* part :
       {&s.pending, &s.in_flight, &s.delivered, &s.undelivered, &s.expired, &s.failed, &s.unreported}) {
    // a sum that is no count is unknown, like one with an unknown part
    if (!*part || **part < 0 || **part > std::numeric_limits<std::int64_t>::max() - sum) return std::nullopt;
    sum += **part;
  }
  return sum;
}

}  // namespace polycampaign::inline v1
