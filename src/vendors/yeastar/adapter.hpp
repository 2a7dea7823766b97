#pragma once

#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/yeastar.hpp"

#include "vendors/yeastar/new_campaigns.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::yeastar {

/// Returns whether the PBX refused a search, which costs only what it would have found.
[[nodiscard]] bool refused(ErrorCode code) noexcept;

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

  [[nodiscard]] Result<std::vector<std::string>> review(NewCampaign const& campaign) const override;
  /// Finds the ids of the sender's channel and number, creates the campaign, and finds its id if the answer
  /// has none.
  [[nodiscard]] Result<Submission> run(CreateCampaign const& create,
                                       protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Estimate> run(EstimateCampaign const& estimate,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Campaign> run(UpdateCampaign const& update,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<void> run(DeleteCampaign const& deletion, protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Campaign> run(RetryCampaign const& retry, protocol::Conversation& conversation) const;
  [[nodiscard]] Result<std::vector<Sender>> run(GetSenders const& get,
                                                protocol::Conversation& conversation) const;
  [[nodiscard]] Result<protocol::Listing<RecipientList>> pages(ListRecipientLists const& list,
                                                               protocol::ListQuery const& query) const;
  [[nodiscard]] Result<RecipientList> run(GetRecipientList const& get,
                                          protocol::Conversation& conversation) const;

 private:
  [[nodiscard]] protocol::Exchange<Campaign> campaign(std::string_view id, bool keep_raw) const;
  /// Reads the listed campaigns that a search finds, until `stop` returns true.
  [[nodiscard]] Result<void> for_each_listed(std::string const& search, protocol::Conversation& conversation,
                                             std::function<bool(Campaign& listed)> const& stop) const;
  [[nodiscard]] Result<std::vector<std::string>> ids_named(std::string const& name,
                                                           protocol::Conversation& conversation) const;
  [[nodiscard]] Result<SenderIds> find_sender(NewCampaign const& campaign,
                                              protocol::Conversation& conversation) const;
  /// Finishes a change of the campaign with that id.
  [[nodiscard]] Result<Campaign> after(Result<Accepted> accepted, std::string_view id,
                                       protocol::Conversation& conversation,
                                       std::function<bool(Campaign const&)> const& shows) const;
  [[nodiscard]] Result<Campaign> complete(Campaign listed, bool keep_raw,
                                          protocol::Conversation& conversation) const;

  protocol::Endpoint endpoint_;
  Secret client_id_;
  Secret client_secret_;
};

}  // namespace polycampaign::inline v1::yeastar
