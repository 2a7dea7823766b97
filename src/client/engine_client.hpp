#pragma once

#include "polycampaign/campaign_client.hpp"

#include "engine/engine.hpp"

namespace polycampaign::inline v1::client {

/// A client that drives an adapter with its own engine. Its pagers may outlive it; they then end with
/// `canceled`.
class EngineClient final : public CampaignClient {
 public:
  explicit EngineClient(engine::EngineOptions options);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override;
  [[nodiscard]] Result<Plan> plan(NewCampaign const& campaign) const override;
  [[nodiscard]] Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options) override;
  void perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done) override;
  [[nodiscard]] std::unique_ptr<AnyPageSource> open(AnyOperation const& operation,
                                                    ListOptions options) override;
  [[nodiscard]] std::unique_ptr<AnyPageSource> open_async(AnyOperation const& operation,
                                                          ListOptions options) override;

 private:
  engine::Engine engine_;
};

}  // namespace polycampaign::inline v1::client
