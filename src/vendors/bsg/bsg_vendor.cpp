#include "vendors/bsg/bsg_vendor.hpp"

#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/url.hpp"

#include "vendors/bsg/decode.hpp"
#include "vendors/bsg/windows.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::bsg {

using protocol::Call;
using protocol::Exchange;
using protocol::GetQuery;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

namespace {

std::string bearer(Token const& token) {
  constexpr std::string_view scheme = "Bearer ";
  std::string value;
  value.reserve(scheme.size() + token.access.reveal().size());  // so that no smaller copy is left behind
  value.append(scheme).append(token.access.reveal());
  return value;
}

bool is_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

BsgVendor::BsgVendor(protocol::Endpoint endpoint, Secret api_key, wire::ClockRule clock)
    : endpoint_{std::move(endpoint)}, api_key_{std::move(api_key)}, clock_{clock} {}

Capabilities const& BsgVendor::capabilities() const noexcept {
  return bsg::capabilities();
}

std::vector<std::string_view> BsgVendor::secrets() const {
  return {api_key_.reveal()};
}

protocol::Loggable BsgVendor::loggable() const noexcept {
  static constexpr std::string_view query[] = {"filter[type]", "filter[from]", "filter[to]", "page[offset]",
                                               "page[limit]",  "sort",         "way"};
  static constexpr std::string_view before_id[] = {"campaigns"};
  return {.query = query, .before_id = before_id};
}

// `Bearer:`, with a colon, stands in one text of the documents; the OpenAPI file and all SDKs have none.
void BsgVendor::sign(HttpRequest& request, Token const* token) const {
  if (token != nullptr) request.headers.push_back({"Authorization", bearer(*token)});
}

Call BsgVendor::call(std::string_view method, std::string_view operation, std::string_view path,
                     Action action) const {
  Call call{.operation = operation};
  call.request.method = method;
  call.request.url = endpoint_.base_url + std::string{path};
  call.request.headers.push_back({"Accept", "application/json"});
  call.request.action = action;
  return call;
}

std::optional<Exchange<Token>> BsgVendor::log_in() const {
  auto request = call("POST", "log_in", "/api/auth/login", Action::idempotent_write);
  request.authenticated = false;
  request.request.headers.push_back({"Content-Type", "application/json"});
  request.request.body = wire::json_object({{"api_key", api_key_.reveal()}});
  return Exchange<Token>{std::move(request), &decode_token};
}

// No body: the token that is about to expire is the argument.
std::optional<Exchange<Token>> BsgVendor::refresh(Token const& token) const {
  if (token.access.empty()) return std::nullopt;
  auto request = call("POST", "refresh", "/api/auth/refresh", Action::idempotent_write);
  request.authenticated = false;
  request.request.headers.push_back({"Authorization", bearer(token)});
  return Exchange<Token>{std::move(request), &decode_token};
}

Result<PageKey> BsgVendor::first(ListQuery const& query) const {
  return PageKey{.size = query.page_size};
}

Result<Exchange<ListPage>> BsgVendor::page(ListQuery const& query, PageKey const& key) const {
  Windows const windows{query, clock_.zone};
  if (key.part >= windows.parts() || key.size < 1)
    return Error{.code = ErrorCode::invalid_argument, .message = "this list has no such page"};
  auto const period = windows.period(key.part);
  auto const channel = windows.channel(key.part);
  auto const& filter = query.filter;

  protocol::Query parameters;
  parameters.add("filter[type]", to_string(channel))
      .add("filter[from]", protocol::format_wall(period.from))
      .add("filter[to]", protocol::format_wall(period.to))
      .add("page[offset]", key.offset)
      .add("page[limit]", key.size);
  if (filter.sort.empty()) {
    parameters.add("sort", "id").add("way", "desc");
  } else {
    std::string_view sort = filter.sort;
    auto const descending = sort.starts_with('-');
    if (descending) sort.remove_prefix(1);
    parameters.add("sort", sort).add("way", descending ? "desc" : "asc");
  }
  if (!filter.search.empty()) parameters.add("search[field]", "taskname").add("search[value]", filter.search);

  auto request = call("GET", "list", "/api/campaigns", Action::read);
  request.request.url += parameters.text();
  Reading const reading{.clock = clock_, .form = Form::brief, .channel = channel, .keep_raw = query.keep_raw};
  return Exchange<ListPage>{std::move(request), [reading](HttpResponse response) {
                              return decode_page(std::move(response), reading);
                            }};
}

// Steps are as long as the page that came: BSG's sample shows a smaller limit than its documented default.
// Without a total, and without a limit that was applied, only an empty page is the end.
std::vector<PageKey> BsgVendor::ahead(ListQuery const& query, PageKey const& key, PageInfo const& info,
                                      std::size_t most) const {
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
  auto const parts = Windows{query, clock_.zone}.parts();
  if (keys.size() < most && key.part < parts - 1) keys.push_back({.part = key.part + 1, .size = key.size});
  return keys;
}

int BsgVendor::windows(ListQuery const& query) const {
  return static_cast<int>(Windows{query, clock_.zone}.periods());
}

std::vector<std::string> BsgVendor::unseen(ListQuery const& query) const {
  std::vector<std::string> sentences;
  Windows const windows{query, clock_.zone};
  std::string others;
  for (auto const channel : {Channel::sms, Channel::whatsapp, Channel::viber, Channel::rcs}) {
    auto const& asked = windows.channels();
    if (std::find(asked.begin(), asked.end(), channel) != asked.end()) continue;
    if (!others.empty()) others += ", ";
    others += to_string(channel);
  }
  if (!others.empty()) sentences.push_back("Campaigns of other channels were not asked for: " + others + ".");
  if (!query.filter.since)
    sentences.push_back("Campaigns created before " + protocol::format_wall(windows.period(0).from) +
                        " (account's time) were not asked for: without since, BSG lists 89 days.");
  return sentences;
}

Exchange<Campaign> BsgVendor::record(std::string_view id, GetQuery const& query) const {
  auto path = "/api/campaigns/" + protocol::escape(id);
  if (!query.brief) path += "/detail";
  Reading const reading{.clock = clock_,
                        .form = query.brief ? Form::brief : Form::detail,
                        .channel = {},
                        .keep_raw = query.keep_raw};
  return {call("GET", "get", path, Action::read), [id = std::string{id}, reading](HttpResponse response) {
            return decode_record(std::move(response), id, reading);
          }};
}

Result<Campaign> BsgVendor::get(std::string_view id, GetQuery const& query,
                                protocol::Conversation& conversation) const {
  if (!is_id(id))
    return Error{.code = ErrorCode::invalid_argument, .message = "the id of a BSG campaign is digits"};
  while (id.size() > 1 && id.front() == '0') id.remove_prefix(1);
  return conversation.run(record(id, query));
}

Result<Campaign> BsgVendor::complete(Campaign listed, GetQuery const& query,
                                     protocol::Conversation& conversation) const {
  if (!is_id(listed.id)) {
    listed.notes.emplace_back("no detail: the campaign has no id to ask for");
    return listed;
  }
  auto detail = conversation.run(record(listed.id, {.keep_raw = query.keep_raw}));
  // never mixed: `sent` means another thing in each
  if (detail && detail->statistics != Statistics{}) listed.statistics = {};
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1::bsg
