#include "vendors/bsg/windows.hpp"

#include <algorithm>

namespace polycampaign::inline v1::bsg {
namespace {

using std::chrono::days;
using std::chrono::sys_seconds;

constexpr days longest{89};

}  // namespace

sys_seconds wall_end(protocol::Zone const& zone, sys_seconds end) noexcept {
  auto const wall = zone.to_wall(end);
  return wall + std::max(end - zone.to_utc(wall).time, std::chrono::seconds{0});
}

Windows::Windows(CampaignFilter const& filter, sys_seconds now, protocol::Zone const& zone) {
  for (auto const channel : filter.channels)
    if (channel != Channel::unknown &&
        std::find(channels_.begin(), channels_.end(), channel) == channels_.end())
      channels_.push_back(channel);
  if (channels_.empty()) channels_.push_back(Channel::sms);

  // The account's clock may be ahead of the zone that its times are read in. One day covers every zone.
  auto const latest = now + days{1};
  whole_.to = wall_end(zone, std::max(sys_seconds{}, std::min(filter.until.value_or(latest), latest)));
  whole_.from = whole_.to - longest;
  if (filter.since)
    whole_.from = std::min(whole_.to, zone.to_wall(std::clamp(*filter.since, sys_seconds{}, latest)));
  // Cut by the wall clock: 89 of its days stay within three months, whatever the zone does.
  periods_ =
      std::max<std::int64_t>(1, (whole_.to - whole_.from + longest - std::chrono::seconds{1}) / longest);
  oldest_first_ = filter.sort == "id" || filter.sort == "date";
}

std::int64_t Windows::parts() const noexcept {
  return periods_ * static_cast<std::int64_t>(channels_.size());
}

Windows::Period Windows::period(std::int64_t part) const noexcept {
  auto number = part / static_cast<std::int64_t>(channels_.size());
  if (oldest_first_) number = periods_ - 1 - number;
  auto const to = whole_.to - number * longest;
  return {std::max(whole_.from, to - longest), to};
}

Channel Windows::channel(std::int64_t part) const noexcept {
  return channels_[static_cast<std::size_t>(part) % channels_.size()];
}

}  // namespace polycampaign::inline v1::bsg
