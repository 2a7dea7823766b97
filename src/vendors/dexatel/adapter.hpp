#pragma once

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/url.hpp"

#include "wire/scalar.hpp"

#include <string_view>
#include <vector>

namespace polycampaign::inline v1::dexatel {

/// Reads the campaigns of one account at Dexatel. Every request has the key in a header.
class DexatelAdapter final : public AdapterBase<DexatelAdapter> {
 public:
  /// `base` is the URL of the endpoint. `schedule` is the zone of the times in `schedule`; all others are
  /// UTC.
  DexatelAdapter(protocol::Endpoint endpoint, Secret api_key, protocol::Url base, wire::ClockRule schedule);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override { return dexatel::capabilities(); }
  [[nodiscard]] protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  [[nodiscard]] std::vector<std::string_view> secrets() const override { return {api_key_.reveal()}; }
  [[nodiscard]] protocol::Loggable loggable() const noexcept override;

  void sign(HttpRequest& request, protocol::Token const* token) const override;

  [[nodiscard]] Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                                          protocol::ListQuery const& query) const;
  [[nodiscard]] Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const;

 private:
  protocol::Endpoint endpoint_;
  Secret api_key_;
  protocol::Url base_;
  wire::ClockRule schedule_;
};

}  // namespace polycampaign::inline v1::dexatel
