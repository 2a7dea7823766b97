#include "vendors/yeastar/requests.hpp"

#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/url.hpp"

#include "wire/json.hpp"

#include <algorithm>
#include <string>

namespace polycampaign::inline v1::yeastar {

using protocol::Call;
using protocol::Endpoint;
using protocol::PageInfo;
using protocol::PageKey;

Call call_of(Endpoint const& endpoint, std::string_view method, std::string_view operation,
             std::string_view path, Action action) {
  Call call{.operation = operation};
  call.request.method = method;
  call.request.url = endpoint.base_url + "/openapi/v1.0/" + std::string{path};
  call.request.headers.push_back({"Accept", "application/json"});
  if (method == "POST") call.request.headers.push_back({"Content-Type", "application/json"});
  call.request.action = action;
  return call;
}

Call log_in_call(Endpoint const& endpoint, Secret const& client_id, Secret const& client_secret) {
  auto call = call_of(endpoint, "POST", "log_in", "get_token", Action::idempotent_write);
  call.authenticated = false;
  call.request.body =
      wire::json_object({{"username", client_id.reveal()}, {"password", client_secret.reveal()}});
  return call;
}

Call refresh_call(Endpoint const& endpoint, Secret const& refresh_token) {
  auto call = call_of(endpoint, "POST", "refresh", "refresh_token", Action::idempotent_write);
  call.authenticated = false;
  call.request.body = wire::json_object({{"refresh_token", refresh_token.reveal()}});
  return call;
}

Call revoke_call(Endpoint const& endpoint) {
  return call_of(endpoint, "GET", "revoke", "del_token", Action::write);
}

namespace {

Result<Call> numbered_call(Call call, std::string_view search, PageKey const& key) {
  if (key.offset < 1 || key.size < 1)
    return Error{.code = ErrorCode::invalid_argument, .message = "this list has no such page"};
  protocol::Query parameters;
  parameters.add("page", key.offset).add("page_size", key.size);
  if (!search.empty()) parameters.add("search_value", search);
  call.request.url += parameters.text();
  return call;
}

}  // namespace

Result<Call> page_call(Endpoint const& endpoint, std::string_view search, PageKey const& key) {
  auto const path = search.empty() ? "message_campaign/list" : "message_campaign/search";
  return numbered_call(call_of(endpoint, "GET", ListCampaigns::operation.name, path, Action::read), search,
                       key);
}

Result<Call> phonebooks_call(Endpoint const& endpoint, PageKey const& key) {
  return numbered_call(
      call_of(endpoint, "GET", ListRecipientLists::operation.name, "phonebook/search", Action::read), {},
      key);
}

// If the first page is shorter than requested although the total is larger, it shows the size that the PBX
// applies (its maximum is not documented). All other pages are requested with that size, so that page numbers
// and records stay in step.
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

Call campaign_call(Endpoint const& endpoint, std::string_view id) {
  auto call = call_of(endpoint, "GET", "get", "message_campaign/get", Action::read);
  call.request.url += protocol::Query{}.add("id", id).text();
  return call;
}

Call phonebook_call(Endpoint const& endpoint, std::string_view id) {
  auto call = call_of(endpoint, "GET", GetRecipientList::operation.name, "phonebook/get", Action::read);
  call.request.url += protocol::Query{}.add("id", id).text();
  return call;
}

}  // namespace polycampaign::inline v1::yeastar
