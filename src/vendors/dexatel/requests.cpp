#include "vendors/dexatel/requests.hpp"

#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "vendors/dexatel/next_page.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::dexatel {

using protocol::Call;
using protocol::Endpoint;
using protocol::PageInfo;
using protocol::PageKey;

namespace {

/// Returns the value of `filter[channel]`. It is empty if the client has to filter: the filter takes one
/// channel, and what it does with an unknown one is not documented.
std::string_view filtered_channel(CampaignFilter const& filter) noexcept {
  return filter.channels.size() == 1 ? channel_word(filter.channels.front()) : std::string_view{};
}

std::string origin_of(Endpoint const& endpoint) {
  auto const host = endpoint.base_url.find("://") + 3;
  return endpoint.base_url.substr(0, endpoint.base_url.find('/', host));
}

std::string page_url(Endpoint const& endpoint, ListSource const& list, PageKey const& key) {
  // A link without a page token is requested as it is. A path cannot leave the origin.
  if (key.token.starts_with('/')) return origin_of(endpoint) + key.token;
  protocol::Query parameters;
  parameters.add("page_size", static_cast<long long>(key.size));
  if (!list.channel.empty()) parameters.add("filter[channel]", list.channel);
  if (!key.token.empty()) parameters.add("page_token", std::string_view{key.token}.substr(1));
  return endpoint.base_url + std::string{list.path} + parameters.text();
}

}  // namespace

std::string_view channel_word(Channel channel) noexcept {
  switch (channel) {
    case Channel::sms: return "SMS";
    case Channel::viber: return "VIBER";
    case Channel::whatsapp: return "WHATSAPP";
    default: return {};
  }
}

Call call_of(std::string_view operation, std::string url) {
  Call call{.operation = operation};
  call.request.url = std::move(url);
  call.request.action = Action::read;
  return call;
}

ListSource campaign_list(CampaignFilter const& filter) noexcept {
  return {ListCampaigns::operation.name, campaigns_path, filtered_channel(filter)};
}

Result<Call> page_call(Endpoint const& endpoint, protocol::Url const& base, ListSource const& list,
                       PageKey const& key) {
  if (key.size < 1 ||
      (!key.token.empty() && key.token[0] != '=' && !is_list_path(key.token, base, list.path)))
    return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
  return call_of(list.operation, page_url(endpoint, list, key));
}

std::vector<PageKey> pages_behind(PageKey const& key, PageInfo const& info, std::size_t most) {
  if (info.next_token.empty() || most == 0) return {};
  auto next = key;
  next.token = info.next_token;
  next.size = info.applied_size.value_or(key.size);
  return {std::move(next)};
}

Call campaign_call(Endpoint const& endpoint, std::string_view segment) {
  return call_of("get", endpoint.base_url + std::string{campaigns_path} + '/' + std::string{segment});
}

}  // namespace polycampaign::inline v1::dexatel
