#include "vendors/bsg/bsg_vendor.hpp"

#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/url.hpp"

#include "vendors/bsg/decode.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::bsg {

using protocol::Call;
using protocol::Exchange;
using protocol::Listing;
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

BsgAdapter::BsgAdapter(protocol::Endpoint endpoint, Secret api_key, wire::ClockRule clock)
    : endpoint_{std::move(endpoint)}, api_key_{std::move(api_key)}, clock_{clock} {}

Capabilities const& BsgAdapter::capabilities() const noexcept {
  return bsg::capabilities();
}

std::vector<std::string_view> BsgAdapter::secrets() const {
  return {api_key_.reveal()};
}

protocol::Loggable BsgAdapter::loggable() const noexcept {
  static constexpr std::string_view query[] = {"filter[type]", "filter[from]", "filter[to]", "page[offset]",
                                               "page[limit]",  "sort",         "way"};
  static constexpr std::string_view before_id[] = {"campaigns"};
  return {.query = query, .before_id = before_id};
}

// `Bearer:`, with a colon, stands in one text of the documents; the OpenAPI file and all SDKs have none.
void BsgAdapter::sign(HttpRequest& request, Token const* token) const {
  if (token != nullptr) request.headers.push_back({"Authorization", bearer(*token)});
}

Call BsgAdapter::call(std::string_view method, std::string_view operation, std::string_view path,
                      Action action) const {
  Call call{.operation = operation};
  call.request.method = method;
  call.request.url = endpoint_.base_url + std::string{path};
  call.request.headers.push_back({"Accept", "application/json"});
  call.request.action = action;
  return call;
}

std::optional<Exchange<Token>> BsgAdapter::log_in() const {
  auto request = call("POST", "log_in", "/api/auth/login", Action::idempotent_write);
  request.authenticated = false;
  request.request.headers.push_back({"Content-Type", "application/json"});
  request.request.body = wire::json_object({{"api_key", api_key_.reveal()}});
  return Exchange<Token>{std::move(request), &decode_token};
}

// No body: the token that is about to expire is the argument.
std::optional<Exchange<Token>> BsgAdapter::refresh(Token const& token) const {
  if (token.access.empty()) return std::nullopt;
  auto request = call("POST", "refresh", "/api/auth/refresh", Action::idempotent_write);
  request.authenticated = false;
  request.request.headers.push_back({"Authorization", bearer(token)});
  return Exchange<Token>{std::move(request), &decode_token};
}

Result<Exchange<ListPage<Campaign>>> BsgAdapter::page(Windows const& windows, CampaignFilter const& filter,
                                                      PageKey const& key, bool keep_raw) const {
  if (key.part >= windows.parts() || key.size < 1)
    return Error{.code = ErrorCode::invalid_argument, .message = "this list has no such page"};
  auto const period = windows.period(key.part);
  auto const channel = windows.channel(key.part);

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
  Reading const reading{.clock = clock_, .form = Form::brief, .channel = channel, .keep_raw = keep_raw};
  return Exchange<ListPage<Campaign>>{std::move(request), [reading](HttpResponse response) {
                                        return decode_page(std::move(response), reading);
                                      }};
}

namespace {

// Steps are as long as the page that came: BSG's sample shows a smaller limit than its documented default.
// Without a total, and without a limit that was applied, only an empty page is the end.
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
  if (!others.empty()) sentences.push_back("Campaigns of other channels were not asked for: " + others + ".");
  if (!filter.since)
    sentences.push_back("Campaigns created before " + protocol::format_wall(windows.period(0).from) +
                        " (account's time) were not asked for: without since, BSG lists 89 days.");
  return sentences;
}

}  // namespace

Result<Listing<Campaign>> BsgAdapter::pages(ListCampaigns const& list, ListQuery const& query) const {
  Windows const windows{list.filter, query.now, clock_.zone};
  return Listing<Campaign>{
      .first = {.size = query.page_size},
      .page = [this, windows, filter = list.filter, keep_raw = query.keep_raw](
                  PageKey const& key) { return page(windows, filter, key, keep_raw); },
      .ahead = [parts = windows.parts()](PageKey const& key, PageInfo const& info,
                                         std::size_t most) { return pages_behind(parts, key, info, most); },
      .complete =
          [this, keep_raw = query.keep_raw](Campaign listed, protocol::Conversation& conversation) {
            return complete(std::move(listed), keep_raw, conversation);
          },
      .windows = static_cast<int>(windows.periods()),
      .unseen = unseen(windows, list.filter)};
}

Exchange<Campaign> BsgAdapter::record(std::string_view id, bool brief, bool keep_raw) const {
  auto path = "/api/campaigns/" + protocol::escape(id);
  if (!brief) path += "/detail";
  Reading const reading{
      .clock = clock_, .form = brief ? Form::brief : Form::detail, .channel = {}, .keep_raw = keep_raw};
  return {call("GET", "get", path, Action::read), [id = std::string{id}, reading](HttpResponse response) {
            return decode_record(std::move(response), id, reading);
          }};
}

Result<Campaign> BsgAdapter::run(GetCampaign const& get, protocol::Conversation& conversation) const {
  std::string_view id = get.id;
  if (!is_id(id))
    return Error{.code = ErrorCode::invalid_argument, .message = "the id of a BSG campaign is digits"};
  while (id.size() > 1 && id.front() == '0') id.remove_prefix(1);
  return conversation.run(record(id, get.brief, get.keep_raw));
}

Result<Campaign> BsgAdapter::complete(Campaign listed, bool keep_raw,
                                      protocol::Conversation& conversation) const {
  if (!is_id(listed.id)) {
    listed.notes.emplace_back("no detail: the campaign has no id to ask for");
    return listed;
  }
  auto detail = conversation.run(record(listed.id, false, keep_raw));
  // never mixed: `sent` means another thing in each
  if (detail && detail->statistics != Statistics{}) listed.statistics = {};
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1::bsg
