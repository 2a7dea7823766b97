#include "polycampaign/protocol/list_filter.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace polycampaign::inline v1::protocol {

namespace {

using Verdict = ListFilter::Verdict;

struct Part {
  Filter filter;
  bool (*used)(CampaignFilter const&) noexcept;
  void (*reset)(CampaignFilter&);
};

constexpr Part parts[] = {
    {Filter::since, [](CampaignFilter const& f) noexcept { return f.since.has_value(); },
     [](CampaignFilter& f) { f.since.reset(); }},
    {Filter::until, [](CampaignFilter const& f) noexcept { return f.until.has_value(); },
     [](CampaignFilter& f) { f.until.reset(); }},
    {Filter::planned_since, [](CampaignFilter const& f) noexcept { return f.planned_since.has_value(); },
     [](CampaignFilter& f) { f.planned_since.reset(); }},
    {Filter::planned_until, [](CampaignFilter const& f) noexcept { return f.planned_until.has_value(); },
     [](CampaignFilter& f) { f.planned_until.reset(); }},
    {Filter::statuses, [](CampaignFilter const& f) noexcept { return !f.statuses.empty(); },
     [](CampaignFilter& f) { f.statuses.clear(); }},
    {Filter::channels, [](CampaignFilter const& f) noexcept { return !f.channels.empty(); },
     [](CampaignFilter& f) { f.channels.clear(); }},
    {Filter::search, [](CampaignFilter const& f) noexcept { return !f.search.empty(); },
     [](CampaignFilter& f) { f.search.clear(); }},
    {Filter::text, [](CampaignFilter const& f) noexcept { return !f.text.empty(); },
     [](CampaignFilter& f) { f.text.clear(); }},
    {Filter::destination, [](CampaignFilter const& f) noexcept { return !f.destination.empty(); },
     [](CampaignFilter& f) { f.destination.clear(); }},
    {Filter::messages, [](CampaignFilter const& f) noexcept { return f.min_messages || f.max_messages; },
     [](CampaignFilter& f) {
       f.min_messages.reset();
       f.max_messages.reset();
     }},
    {Filter::sort, [](CampaignFilter const& f) noexcept { return !f.sort.empty(); },
     [](CampaignFilter& f) { f.sort.clear(); }},
};

/// Returns whether the client applies the filter to every list, even if the vendor applies it, too.
bool always_applied(Filter filter) noexcept {
  return filter == Filter::since || filter == Filter::until || filter == Filter::statuses ||
         filter == Filter::channels;
}

std::string enumeration(std::span<std::string_view const> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 < words.size() ? ", " : " or ";
    text += words[i];
  }
  return text;
}

template <class T>
bool one_of(std::vector<T> const& values, T value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Returns true if the value is known to be outside the range, or nothing if the value is not known.
template <class Value, class Bound>
std::optional<bool> outside(std::optional<Value> const& value, std::optional<Bound> const& from,
                            std::optional<Bound> const& to) {
  if (!value) return std::nullopt;
  return (from && *value < *from) || (to && *value >= *to);
}

std::optional<std::chrono::sys_seconds> seconds_of(CompactOptional<Timestamp> const& timestamp) {
  return timestamp ? std::optional{timestamp->time} : std::nullopt;
}

}  // namespace

std::optional<Error> ListFilter::refuse(CampaignFilter const& filter, Capabilities const& capabilities) {
  for (auto const& part : parts) {
    if (!part.used(filter) || capabilities.support(part.filter) != Support::unsupported) continue;
    return Error{.code = ErrorCode::unsupported,
                 .message = std::string{capabilities.display_name} + " lists cannot be filtered by `" +
                            std::string{to_string(part.filter)} + '`'};
  }
  if (auto const& keys = capabilities.sort_keys; !filter.sort.empty() && !keys.empty()) {
    std::string_view key = filter.sort;
    if (key.starts_with('-')) key.remove_prefix(1);
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      return Error{.code = ErrorCode::invalid_argument,
                   .message = "CampaignFilter::sort: " + std::string{capabilities.display_name} +
                              " sorts lists by " + enumeration(keys) +
                              "; put - in front for descending order"};
  }
  if (filter.limit && *filter.limit < 0)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "CampaignFilter::limit must not be negative"};
  return std::nullopt;
}

ListFilter::ListFilter(CampaignFilter filter, Capabilities const& capabilities) : filter_{std::move(filter)} {
  for (auto const& part : parts) {
    if (!part.used(filter_)) continue;
    if (capabilities.support(part.filter) == Support::emulated) {
      names_.emplace_back(to_string(part.filter));
    } else if (!always_applied(part.filter)) {
      part.reset(filter_);
    }
  }
  filter_.limit.reset();
}

Verdict ListFilter::judge(Campaign const& campaign, bool complete) const {
  auto const& f = filter_;
  // An absent value is either final (`complete`), or may still arrive.
  auto const absent = complete;

  if (f.since || f.until) {
    auto const wrong = outside(seconds_of(campaign.time()), f.since, f.until);
    if (!wrong && absent) return Verdict::drop_without_time;
    if (wrong.value_or(false)) return Verdict::drop;
  }
  if (f.planned_since || f.planned_until) {
    auto const wrong = outside(seconds_of(campaign.scheduled_at), f.planned_since, f.planned_until);
    if (!wrong && absent) return Verdict::drop_without_time;
    if (wrong.value_or(false)) return Verdict::drop;
  }
  if (!f.statuses.empty() && !one_of(f.statuses, campaign.status.code) &&
      (complete || campaign.status.vendor_word))
    return Verdict::drop;
  // If the vendor reported no channel, the campaign has the one that the vendor lists by default.
  if (!f.channels.empty() && campaign.channel && !one_of(f.channels, *campaign.channel)) return Verdict::drop;
  if (!f.search.empty() && (campaign.name ? !text::contains_ignoring_case(*campaign.name, f.search) : absent))
    return Verdict::drop;
  if (!f.text.empty() && (campaign.text ? campaign.text->find(f.text) == std::string::npos : absent))
    return Verdict::drop;
  if (f.min_messages || f.max_messages) {
    auto const& messages = campaign.statistics.messages;
    if (messages ? (f.min_messages && *messages < *f.min_messages) ||
                       (f.max_messages && *messages > *f.max_messages)
                 : absent)
      return Verdict::drop;
  }
  return Verdict::keep;
}

bool ListFilter::passive() const noexcept {
  return std::none_of(std::begin(parts), std::end(parts),
                      [&](Part const& part) { return part.used(filter_); });
}

}  // namespace polycampaign::inline v1::protocol
