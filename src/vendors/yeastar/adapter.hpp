#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/yeastar.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::yeastar {

/// Calls the `message_campaign` endpoints of one PBX. Every URL contains the token ("Request Structure").
class YeastarAdapter final : public AdapterBase<YeastarAdapter> {
 public:
  YeastarAdapter(protocol::Endpoint endpoint, Secret client_id, Secret client_secret);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override { return yeastar::capabilities(); }
  [[nodiscard]] protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  [[nodiscard]] std::vector<std::string_view> secrets() const override;
  [[nodiscard]] protocol::Loggable loggable() const noexcept override;

  void sign(HttpRequest& request, protocol::Token const* token) const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Token>> log_in() const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Token>> refresh(
      protocol::Token const& token) const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Done>> revoke(
      protocol::Token const& token) const override;

  [[nodiscard]] Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                                          protocol::ListQuery const& query) const;
  /// Returns the detail, merged with the entry of the list, because the detail has no status. The entry is
  /// searched for by name and identified by its id.
  [[nodiscard]] Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const;

 private:
  [[nodiscard]] protocol::Exchange<Campaign> campaign(std::string_view id, bool keep_raw) const;
  [[nodiscard]] Result<std::optional<Campaign>> find_listed(Campaign const& detail,
                                                            protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Campaign> complete(Campaign listed, bool keep_raw,
                                          protocol::Conversation& conversation) const;

  protocol::Endpoint endpoint_;
  Secret client_id_;
  Secret client_secret_;
};

}  // namespace polycampaign::inline v1::yeastar
