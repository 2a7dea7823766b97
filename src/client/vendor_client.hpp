#pragma once

#include "polycampaign/campaign_client.hpp"

#include "engine/engine.hpp"

namespace polycampaign::inline v1::client {

/// A vendor's adapter driven by an engine of its own. Its pagers may outlive it: they end with `cancelled`.
class VendorClient final : public CampaignClient {
 public:
  explicit VendorClient(engine::EngineOptions options);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override;
  [[nodiscard]] Pager<Campaign> list(CampaignFilter filter, ListOptions options) override;
  [[nodiscard]] Result<Campaign> get(std::string_view id, GetOptions options) override;
  Result<void> close(CallOptions options) override;
  [[nodiscard]] AsyncPager<Campaign> async_list(CampaignFilter filter, ListOptions options) override;
  void async_get(std::string id, GetOptions options, Completion<Campaign> done) override;
  void async_close(CallOptions options, Completion<void> done) override;

 private:
  engine::Engine engine_;
};

}  // namespace polycampaign::inline v1::client
