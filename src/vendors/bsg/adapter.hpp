#pragma once

#include "polycampaign/bsg.hpp"
#include "polycampaign/protocol/adapter.hpp"

#include "wire/scalar.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::bsg {

/// Speaks BSG's One-API for one account.
class BsgAdapter final : public AdapterBase<BsgAdapter> {
 public:
  BsgAdapter(protocol::Endpoint endpoint, Secret api_key, wire::ClockRule clock);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override { return bsg::capabilities(); }
  [[nodiscard]] protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  [[nodiscard]] std::vector<std::string_view> secrets() const override { return {api_key_.reveal()}; }
  [[nodiscard]] protocol::Loggable loggable() const noexcept override;

  void sign(HttpRequest& request, protocol::Token const* token) const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Token>> log_in() const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Token>> refresh(
      protocol::Token const& token) const override;

  /// Returns a listing with one part for each channel and period. A request to BSG covers one channel and at
  /// most three months, so a longer list consists of several of them, one after another.
  [[nodiscard]] Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                                          protocol::ListQuery const& query) const;
  [[nodiscard]] Result<Campaign> run(GetCampaign const& get, protocol::Conversation& conversation) const;

  [[nodiscard]] std::optional<protocol::ClockRule> start_clock() const override { return clock_; }
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
  [[nodiscard]] Result<protocol::Listing<Message>> pages(FindMessages const& find,
                                                         protocol::ListQuery const& query) const;
  [[nodiscard]] Result<protocol::Listing<OptOut>> pages(ListStopList const& list,
                                                        protocol::ListQuery const& query) const;

 private:
  [[nodiscard]] protocol::Exchange<RecipientList> group(std::string_view id) const;
  [[nodiscard]] protocol::Exchange<Campaign> campaign(std::string_view id, bool brief, bool keep_raw) const;
  [[nodiscard]] Result<Campaign> complete(Campaign listed, bool keep_raw,
                                          protocol::Conversation& conversation) const;

  protocol::Endpoint endpoint_;
  Secret api_key_;
  wire::ClockRule clock_;
};

}  // namespace polycampaign::inline v1::bsg
