#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/smsup.hpp"

#include "vendors/smsup/capabilities.hpp"
#include "wire/scalar.hpp"

#include <string_view>
#include <vector>

namespace polycampaign::inline v1::smsup {

/// Reads the campaigns of one account at SMSUP or SMSFactor. Every request has the token in a header. The
/// documents of some calls also show it in the query, which this class never uses, because queries end up in
/// access logs.
class SmsupAdapter final : public AdapterBase<SmsupAdapter> {
 public:
  SmsupAdapter(protocol::Endpoint endpoint, Secret token, Format format, wire::ClockRule clock);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override {
    return smsup::capabilities(format_);
  }
  [[nodiscard]] protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  [[nodiscard]] std::vector<std::string_view> secrets() const override { return {token_.reveal()}; }
  [[nodiscard]] protocol::Loggable loggable() const noexcept override;

  void sign(HttpRequest& request, protocol::Token const* token) const override;

  [[nodiscard]] Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                                          protocol::ListQuery const& query) const;
  [[nodiscard]] Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const;

 private:
  protocol::Endpoint endpoint_;
  Secret token_;
  Format format_;
  wire::ClockRule clock_;
};

}  // namespace polycampaign::inline v1::smsup
