#include "engine/page_fetch.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

PageFetch::PageFetch(std::shared_ptr<Core> core, protocol::ListQuery const& query, protocol::PageKey key,
                     CallOptions const& options, std::shared_ptr<Waker> waker)
    : key_{std::move(key)} {
  auto exchange = core->vendor->page(query, key_);
  if (!exchange) {
    refused_ = std::move(exchange).error();
    return;
  }
  exchange_ = *std::move(exchange);
  accept_ = [this](HttpResponse response) -> std::optional<Error> {
    auto decoded = exchange_.decode(std::move(response));
    if (!decoded) return std::move(decoded).error();
    page_ = *std::move(decoded);
    return std::nullopt;
  };
  run_.emplace(std::move(core), exchange_.call, accept_, options, std::move(waker));
}

}  // namespace polycampaign::inline v1::engine
