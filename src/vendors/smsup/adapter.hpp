#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/smsup.hpp"

#include "vendors/smsup/capabilities.hpp"
#include "wire/scalar.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::smsup {

/// Reads and changes what belongs to one account at SMSUP or SMSFactor. Every request has the token in a
/// header. The documents of some calls also show it in the query, which this class never uses, because
/// queries end up in access logs.
class SmsupAdapter final : public AdapterBase<SmsupAdapter> {
 public:
  /// `start_clock` is the zone in which the vendor reads `delay`; `clock` is that of the times in answers.
  SmsupAdapter(protocol::Endpoint endpoint, Secret token, Format format, wire::ClockRule clock,
               wire::ClockRule start_clock);

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

  [[nodiscard]] std::optional<protocol::ClockRule> start_clock() const override;
  [[nodiscard]] Result<std::vector<std::string>> review(NewCampaign const& campaign) const override;
  [[nodiscard]] Result<Submission> run(CreateCampaign const& create,
                                       protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Estimate> run(EstimateCampaign const& estimate,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Campaign> run(CancelCampaign const& cancel,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Balance> run(GetBalance const& get, protocol::Conversation& conversation) const;
  [[nodiscard]] Result<std::vector<Sender>> run(GetSenders const& get,
                                                protocol::Conversation& conversation) const;

  [[nodiscard]] Result<protocol::Listing<RecipientList>> pages(ListRecipientLists const& list,
                                                               protocol::ListQuery const& query) const;
  [[nodiscard]] Result<RecipientList> run(GetRecipientList const& get,
                                          protocol::Conversation& conversation) const;
  [[nodiscard]] Result<ListAddition> run(CreateRecipientList const& create,
                                         protocol::Conversation& conversation) const;
  [[nodiscard]] Result<ListAddition> run(AddRecipients const& add,
                                         protocol::Conversation& conversation) const;
  [[nodiscard]] Result<void> run(DeleteRecipientList const& remove,
                                 protocol::Conversation& conversation) const;
  [[nodiscard]] Result<protocol::Listing<Message>> pages(ListMessages const& list,
                                                         protocol::ListQuery const& query) const;
  [[nodiscard]] Result<protocol::Listing<Reply>> pages(ListReplies const& list,
                                                       protocol::ListQuery const& query) const;
  [[nodiscard]] Result<protocol::Listing<OptOut>> pages(ListOptOuts const& list,
                                                        protocol::ListQuery const& query) const;
  [[nodiscard]] Result<protocol::Listing<Message>> pages(FindMessages const& find,
                                                         protocol::ListQuery const& query) const;
  [[nodiscard]] Result<protocol::Listing<OptOut>> pages(ListStopList const& list,
                                                        protocol::ListQuery const& query) const;

 private:
  [[nodiscard]] protocol::Exchange<Campaign> campaign(std::string const& id, std::string_view segment,
                                                      bool keep_raw) const;

  protocol::Endpoint endpoint_;
  Secret token_;
  Format format_;
  wire::ClockRule clock_;
  wire::ClockRule start_clock_;
};

}  // namespace polycampaign::inline v1::smsup
