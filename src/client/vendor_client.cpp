#include "client/vendor_client.hpp"

#include "engine/async_list.hpp"
#include "engine/list_walk.hpp"

#include <memory>
#include <utility>

namespace polycampaign::inline v1::client {

VendorClient::VendorClient(engine::EngineOptions options) : engine_{std::move(options)} {}

Capabilities const& VendorClient::capabilities() const noexcept {
  return engine_.core()->vendor->capabilities();
}

Pager<Campaign> VendorClient::list(CampaignFilter filter, ListOptions options) {
  return Pager<Campaign>{
      std::make_unique<engine::ListWalk>(engine_.core(), std::move(filter), std::move(options))};
}

Result<Campaign> VendorClient::get(std::string_view id, GetOptions options) {
  return engine_.run<Campaign>(
      [&, query = protocol::GetQuery{.keep_raw = options.keep_raw, .brief = options.brief}](
          protocol::Conversation& conversation) {
        return engine_.core()->vendor->get(id, query, conversation);
      },
      std::move(options.call));
}

Result<void> VendorClient::close(CallOptions options) {
  return engine_.close(options);
}

AsyncPager<Campaign> VendorClient::async_list(CampaignFilter filter, ListOptions options) {
  return AsyncPager<Campaign>{std::make_unique<engine::AsyncList>(engine_.core(), engine_.pool(),
                                                                  std::move(filter), std::move(options))};
}

void VendorClient::async_get(std::string id, GetOptions options, Completion<Campaign> done) {
  engine_.start<Campaign>(
      [vendor = engine_.core()->vendor, id = std::move(id),
       query = protocol::GetQuery{.keep_raw = options.keep_raw, .brief = options.brief}](
          protocol::Conversation& conversation) { return vendor->get(id, query, conversation); },
      std::move(options.call), std::move(done));
}

void VendorClient::async_close(CallOptions options, Completion<void> done) {
  engine_.start_close(std::move(options), std::move(done));
}

}  // namespace polycampaign::inline v1::client
