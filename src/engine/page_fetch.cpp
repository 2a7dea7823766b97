#include "engine/page_fetch.hpp"

#include "engine/blocking.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

PageFetch::PageFetch(std::shared_ptr<Core> core, protocol::ListQuery const& query, protocol::PageKey key,
                     CallOptions const& options)
    : core_{std::move(core)},
      key_{std::move(key)},
      options_{options},
      exchange_{core_->vendor->page(query, key_)},
      event_{std::make_shared<Event>()},
      accept_{[this](HttpResponse response) -> std::optional<Error> {
        auto decoded = exchange_.decode(std::move(response));
        if (!decoded) return std::move(decoded).error();
        page_ = *std::move(decoded);
        return std::nullopt;
      }},
      run_{core_, exchange_.call, accept_, options_, event_} {}

std::optional<Error> PageFetch::wait() {
  return drive(*core_, run_, event_, options_);
}

}  // namespace polycampaign::inline v1::engine
