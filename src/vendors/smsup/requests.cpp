#include "vendors/smsup/requests.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/number.hpp"
#include "wire/time.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {

using protocol::Call;
using protocol::Endpoint;
using protocol::PageInfo;
using protocol::PageKey;

namespace {

/// `since` bounds the creation date, but is sent as a bound of the send date. The margin allows for clocks
/// that differ.
constexpr std::chrono::hours creation_margin{1};

/// Bounds outside of these years are not sent: they exclude nothing, and they do not have four digits.
constexpr std::chrono::sys_seconds first_time = std::chrono::sys_days{std::chrono::year{1971} / 1 / 1};
constexpr std::chrono::sys_seconds last_time = std::chrono::sys_days{std::chrono::year{9999} / 1 / 1};

/// Returns the earliest send date. A campaign is never sent before it was created, so the earliest creation
/// is also a bound of the send date. There is no such rule for the latest creation.
std::optional<std::chrono::sys_seconds> earliest_send(CampaignFilter const& filter) noexcept {
  auto const within = [](std::chrono::sys_seconds time) { return std::clamp(time, first_time, last_time); };
  auto earliest = first_time;
  if (filter.planned_since) earliest = within(*filter.planned_since);
  if (filter.since) earliest = std::max(earliest, within(*filter.since) - creation_margin);
  if (earliest <= first_time) return std::nullopt;
  return earliest;
}

protocol::Query page_query(PageKey const& key) {
  protocol::Query query;
  query.add("start", static_cast<long long>(key.offset)).add("length", static_cast<long long>(key.size));
  return query;
}

/// Returns the query of a list. `date_start` and `date_end` bound the send date, by the wall clock of the
/// account's zone. Whether the bounds are included is not documented, so the start is sent one second early,
/// and the client checks both.
std::string list_query(CampaignFilter const& filter, PageKey const& key, protocol::Zone const& zone) {
  auto query = page_query(key);
  query.add("sort", filter.sort.empty() ? "-id" : filter.sort);

  if (auto const start = earliest_send(filter))
    query.add("date_start", protocol::format_wall(zone.to_wall(*start - std::chrono::seconds{1})));
  if (auto const end = filter.planned_until; end && *end < last_time) {
    // If the wall clock shows an hour twice, its times are read as the first one. Reach beyond the second
    // one.
    auto const until = std::max(*end, first_time);
    auto const wall = zone.to_wall(until);
    auto const skew = std::max(until - zone.to_utc(wall).time, std::chrono::seconds{0});
    query.add("date_end", protocol::format_wall(wall + skew));
  }

  if (filter.min_messages) query.add("sms_min", static_cast<long long>(*filter.min_messages));
  if (filter.max_messages) query.add("sms_max", static_cast<long long>(*filter.max_messages));
  if (!filter.destination.empty()) {
    // The samples write numbers without a plus sign.
    std::string_view number = filter.destination;
    if (number.starts_with('+')) number.remove_prefix(1);
    query.add("destination", number);
  }
  if (!filter.text.empty()) query.add("text", filter.text);
  return query.text();
}

/// Oldest first: what comes in while the list is read is behind what was read.
protocol::Query period_query(std::chrono::sys_days first, std::chrono::sys_days last, PageKey const& key) {
  auto query = page_query(key);
  query.add("sort", "date")
      .add("date_start", protocol::format_wall(first))
      .add("date_end", protocol::format_wall(last + std::chrono::days{1} - std::chrono::seconds{1}));
  return query;
}

}  // namespace

Call call_of(Endpoint const& endpoint, std::string_view operation, std::string const& path) {
  Call call{.operation = operation};
  call.request.url = endpoint.base_url + path;
  call.request.action = Action::read;
  return call;
}

Result<Call> page_call(Endpoint const& endpoint, CampaignFilter const& filter, PageKey const& key,
                       protocol::Zone const& zone) {
  if (key.size < 1) return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
  return call_of(endpoint, "list", "/campaigns" + list_query(filter, key, zone));
}

std::vector<PageKey> pages_behind(PageKey const& key, PageInfo const& info, std::size_t most) {
  // A total that is smaller than what was received has no meaning.
  if (!info.total || *info.total < key.offset + info.records)
    return overlapping_pages(key, info, (std::min)(most, std::size_t{1}));
  std::vector<PageKey> keys;
  if (info.records <= key.overlap || most == 0) return keys;
  // While the total is larger, a page that is shorter than requested is not the end: the server limits
  // `length`. Its length is then the step.
  auto next = key;
  next.offset += info.records;
  next.size = std::min(key.size, info.records);
  next.token.clear();
  next.overlap = 0;
  for (; keys.size() < most && next.offset < *info.total; next.offset += info.records) keys.push_back(next);
  return keys;
}

std::vector<PageKey> overlapping_pages(PageKey const& key, PageInfo const& info, std::size_t most) {
  std::vector<PageKey> keys;
  if (info.records <= key.overlap || most == 0) return keys;
  auto next = key;
  next.size = std::min(key.size, info.records);
  next.token.clear();
  next.overlap = info.records > 1 ? 1 : 0;
  next.offset += info.records - next.overlap;
  if (!info.total || *info.total < key.offset + info.records) {
    next.token = info.next_token;
    return {std::move(next)};
  }
  auto const step = std::max(next.size - next.overlap, std::int64_t{1});
  for (; keys.size() < most && next.offset + next.overlap < *info.total; next.offset += step)
    keys.push_back(next);
  return keys;
}

Call campaign_call(Endpoint const& endpoint, std::string_view segment) {
  return call_of(endpoint, "get", "/campaign/" + std::string{segment});
}

Call messages_call(Endpoint const& endpoint, std::chrono::sys_days first, std::chrono::sys_days last,
                   PageKey const& key) {
  auto query = period_query(first, last, key);
  query.add("type", "messages-out");
  return call_of(endpoint, "messages", "/messages" + query.text());
}

Call replies_call(Endpoint const& endpoint, std::chrono::sys_days first, std::chrono::sys_days last,
                  PageKey const& key) {
  return call_of(endpoint, "replies", "/messages/mo" + period_query(first, last, key).text());
}

Call stop_list_call(Endpoint const& endpoint, PageKey const& key) {
  return call_of(endpoint, "stop_list", "/blacklist" + page_query(key).text());
}

Header content_type(Format format) {
  return {"Content-Type",
          format == Format::xml ? "application/xml; charset=utf-8" : "application/json; charset=utf-8"};
}

void write_list_id(wire::JsonWriter& json, std::string_view id) {
  constexpr std::size_t digits_of_a_number = 18;
  auto const number = id.size() <= digits_of_a_number ? text::whole_number(id) : std::nullopt;
  if (number && std::to_string(*number) == id)
    json.value(*number);
  else
    json.value(id);
}

}  // namespace polycampaign::inline v1::smsup
