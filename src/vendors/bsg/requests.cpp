#include "vendors/bsg/requests.hpp"

#include "polycampaign/protocol/url.hpp"

#include "wire/json.hpp"
#include "wire/time.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::bsg {

using protocol::Call;
using protocol::Endpoint;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

Call call_of(Endpoint const& endpoint, std::string_view method, std::string_view operation,
             std::string_view path, Action action) {
  Call call{.operation = operation};
  call.request.method = method;
  call.request.url = endpoint.base_url + std::string{path};
  call.request.headers.push_back({"Accept", "application/json"});
  call.request.action = action;
  return call;
}

Call post_call(Endpoint const& endpoint, std::string_view operation, std::string_view path, Action action,
               std::string body) {
  auto call = call_of(endpoint, "POST", operation, path, action);
  call.request.headers.push_back({"Content-Type", "application/json"});
  call.request.body = std::move(body);
  return call;
}

std::string bearer(Token const& token) {
  constexpr std::string_view scheme = "Bearer ";
  std::string value;
  value.reserve(scheme.size() + token.access.reveal().size());  // so that no smaller copy is left behind
  value.append(scheme).append(token.access.reveal());
  return value;
}

Call log_in_call(Endpoint const& endpoint, Secret const& api_key) {
  auto call = post_call(endpoint, "log_in", "/api/auth/login", Action::idempotent_write,
                        wire::json_object({{"api_key", api_key.reveal()}}));
  call.authenticated = false;
  return call;
}

Call refresh_call(Endpoint const& endpoint, Token const& token) {
  auto call = call_of(endpoint, "POST", "refresh", "/api/auth/refresh", Action::idempotent_write);
  call.authenticated = false;
  call.request.headers.push_back({"Authorization", bearer(token)});
  return call;
}

Result<Call> page_call(Endpoint const& endpoint, Windows const& windows, CampaignFilter const& filter,
                       PageKey const& key) {
  if (key.part >= windows.parts() || key.size < 1)
    return Error{.code = ErrorCode::invalid_argument, .message = "this list has no such page"};
  auto const period = windows.period(key.part);

  protocol::Query parameters;
  parameters.add("filter[type]", to_string(windows.channel(key.part)))
      .add("filter[from]", protocol::format_wall(period.from))
      .add("filter[to]", protocol::format_wall(period.to))
      .add("page[offset]", key.offset)
      .add("page[limit]", key.size);
  std::string_view sort = filter.sort.empty() ? "-id" : std::string_view{filter.sort};
  auto const descending = sort.starts_with('-');
  if (descending) sort.remove_prefix(1);
  parameters.add("sort", sort).add("way", descending ? "desc" : "asc");
  if (!filter.search.empty()) parameters.add("search[field]", "taskname").add("search[value]", filter.search);

  auto call = call_of(endpoint, "GET", "list", "/api/campaigns", Action::read);
  call.request.url += parameters.text();
  return call;
}

// Steps are as long as the page that was received: BSG's sample shows a smaller limit than its documented
// default. If a page reports neither a total nor the limit that was applied, only an empty page is the end.
std::vector<PageKey> pages_behind(std::int64_t parts, PageKey const& key, PageInfo const& info,
                                  std::size_t most) {
  std::vector<PageKey> keys;
  auto const step = info.records;
  auto next = key.offset + step;
  auto const in_part = [&](std::int64_t offset) {
    keys.push_back({.part = key.part, .offset = offset, .size = key.size});
  };
  if (step > 0 && info.total) {
    for (; next < *info.total && keys.size() < most; next += step) in_part(next);
    if (next < *info.total) return keys;
  } else if (step > 0 && (!info.applied_size || step >= std::min(*info.applied_size, key.size))) {
    if (most > 0) in_part(next);
    return keys;
  }
  if (keys.size() < most && key.part < parts - 1) keys.push_back({.part = key.part + 1, .size = key.size});
  return keys;
}

std::vector<std::string> unseen(Windows const& windows, CampaignFilter const& filter) {
  std::vector<std::string> sentences;
  std::string others;
  for (auto const channel : {Channel::sms, Channel::whatsapp, Channel::viber, Channel::rcs}) {
    auto const& asked = windows.channels();
    if (std::find(asked.begin(), asked.end(), channel) != asked.end()) continue;
    if (!others.empty()) others += ", ";
    others += to_string(channel);
  }
  if (!others.empty()) sentences.push_back("Campaigns of other channels were not requested: " + others + ".");
  if (!filter.since)
    sentences.push_back(
        "Campaigns created before " + protocol::format_wall(windows.period(0).from) +
        " (in the account's time zone) were not requested: without `since`, BSG lists the last 89 days.");
  return sentences;
}

Call campaign_call(Endpoint const& endpoint, std::string_view id, bool brief) {
  auto path = "/api/campaigns/" + protocol::escape(id);
  if (!brief) path += "/detail";
  return call_of(endpoint, "GET", "get", path, Action::read);
}

}  // namespace polycampaign::inline v1::bsg
