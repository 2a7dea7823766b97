#include "vendors/yeastar/yeastar_vendor.hpp"

#include "polycampaign/protocol/url.hpp"

#include "vendors/yeastar/decode.hpp"
#include "wire/json.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace polycampaign::inline v1::yeastar {

using protocol::Call;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

YeastarAdapter::YeastarAdapter(protocol::Endpoint endpoint, Secret client_id, Secret client_secret)
    : endpoint_{std::move(endpoint)},
      client_id_{std::move(client_id)},
      client_secret_{std::move(client_secret)} {}

Capabilities const& YeastarAdapter::capabilities() const noexcept {
  return yeastar::capabilities();
}

std::vector<std::string_view> YeastarAdapter::secrets() const {
  return {client_id_.reveal(), client_secret_.reveal()};
}

protocol::Loggable YeastarAdapter::loggable() const noexcept {
  static constexpr std::string_view query[] = {"page", "page_size", "id", "ids"};
  return {.query = query};
}

// The PBX cannot "identify the application" without a User-Agent ("Get Access Token").
void YeastarAdapter::sign(HttpRequest& request, Token const* token) const {
  if (std::none_of(request.headers.begin(), request.headers.end(),
                   [](Header const& header) { return wire::equal_ignoring_case(header.name, "User-Agent"); }))
    request.headers.push_back({"User-Agent", "polycampaign"});
  if (token == nullptr) return;
  auto escaped = protocol::escape(token->access.reveal());
  request.url.append(request.url.find('?') == std::string::npos ? "?" : "&")
      .append("access_token=")
      .append(escaped);
  wipe(escaped);
}

Call YeastarAdapter::call(std::string_view method, std::string_view operation, std::string_view path,
                          Action action) const {
  Call call{.operation = operation};
  call.request.method = method;
  call.request.url = endpoint_.base_url + "/openapi/v1.0/" + std::string{path};
  call.request.headers.push_back({"Accept", "application/json"});
  if (method == "POST") call.request.headers.push_back({"Content-Type", "application/json"});
  call.request.action = action;
  return call;
}

std::optional<Exchange<Token>> YeastarAdapter::log_in() const {
  auto request = call("POST", "log_in", "get_token", Action::idempotent_write);
  request.authenticated = false;
  request.request.body =
      wire::json_object({{"username", client_id_.reveal()}, {"password", client_secret_.reveal()}});
  return Exchange<Token>{std::move(request), &decode_token};
}

// Both tokens are new afterwards. Sent twice, the second is refused and a log-in follows: no harm.
std::optional<Exchange<Token>> YeastarAdapter::refresh(Token const& token) const {
  if (token.refresh.empty()) return std::nullopt;
  auto request = call("POST", "refresh", "refresh_token", Action::idempotent_write);
  request.authenticated = false;
  request.request.body = wire::json_object({{"refresh_token", token.refresh.reveal()}});
  return Exchange<Token>{std::move(request), &decode_token};
}

std::optional<Exchange<protocol::Done>> YeastarAdapter::revoke(Token const&) const {
  return Exchange<protocol::Done>{call("GET", "revoke", "del_token", Action::write), &decode_revoke};
}

Result<Exchange<ListPage<Campaign>>> YeastarAdapter::page(std::string_view search, PageKey const& key,
                                                          bool keep_raw) const {
  if (key.offset < 1 || key.size < 1)
    return Error{.code = ErrorCode::invalid_argument, .message = "this list has no such page"};
  protocol::Query parameters;
  parameters.add("page", key.offset).add("page_size", key.size);
  std::string_view path = "message_campaign/list";
  if (!search.empty()) {
    path = "message_campaign/search";
    parameters.add("search_value", search);
  }
  auto request = call("GET", "list", path, Action::read);
  request.request.url += parameters.text();
  return Exchange<ListPage<Campaign>>{std::move(request), [keep_raw](HttpResponse response) {
                                        return decode_page(std::move(response), keep_raw);
                                      }};
}

namespace {

// A first page that is shorter than asked while the total says more shows the size that the PBX really
// applies (its maximum is not documented): from there on, that size is asked for, so numbers and records stay
// in step.
std::vector<PageKey> pages_behind(PageKey const& key, PageInfo const& info, std::size_t most) {
  std::vector<PageKey> keys;
  if (info.records <= 0) return keys;
  auto const number = key.offset;
  auto const asked = key.size;
  auto const before = (number - 1) * asked;
  auto last = number + 1;
  auto size = asked;
  if (info.total) {
    if (before + info.records >= *info.total) return keys;
    if (number == 1) size = info.records;
    last = std::max(last, *info.total / size + (*info.total % size == 0 ? 0 : 1));
  } else if (info.records < asked) {
    return keys;
  }
  for (auto next = number + 1; next <= last && keys.size() < most; ++next)
    keys.push_back({.offset = next, .size = size});
  return keys;
}

}  // namespace

Result<Listing<Campaign>> YeastarAdapter::pages(ListCampaigns const& list, ListQuery const& query) const {
  return Listing<Campaign>{
      .first = {.offset = 1, .size = query.page_size},
      .page = [this, search = list.filter.search,
               keep_raw = query.keep_raw](PageKey const& key) { return page(search, key, keep_raw); },
      .ahead = &pages_behind,
      .complete =
          [this, keep_raw = query.keep_raw](Campaign listed, protocol::Conversation& conversation) {
            return complete(std::move(listed), keep_raw, conversation);
          }};
}

}  // namespace polycampaign::inline v1::yeastar
