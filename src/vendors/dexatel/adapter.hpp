#pragma once

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/adapter.hpp"
#include "polycampaign/protocol/url.hpp"

#include "wire/scalar.hpp"

#include <functional>
#include <optional>
#include <string>
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

  [[nodiscard]] std::optional<protocol::ClockRule> start_clock() const override { return schedule_; }
  [[nodiscard]] Result<std::vector<std::string>> review(NewCampaign const& campaign) const override;
  /// Finds or creates the template with the text, creates the audience, and then creates the campaign.
  [[nodiscard]] Result<Submission> run(CreateCampaign const& create,
                                       protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Estimate> run(EstimateCampaign const& estimate,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Campaign> run(UpdateCampaign const& update,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<Campaign> run(CancelCampaign const& cancel,
                                     protocol::Conversation& conversation) const;
  [[nodiscard]] Result<void> run(DeleteCampaign const& deletion, protocol::Conversation& conversation) const;
  [[nodiscard]] Result<std::vector<Sender>> run(GetSenders const& get,
                                                protocol::Conversation& conversation) const;

  [[nodiscard]] Result<protocol::Listing<RecipientList>> pages(ListRecipientLists const& list,
                                                               protocol::ListQuery const& query) const;
  [[nodiscard]] Result<RecipientList> run(GetRecipientList const& get,
                                          protocol::Conversation& conversation) const;
  /// Creates an audience for SMS.
  [[nodiscard]] Result<ListAddition> run(CreateRecipientList const& create,
                                         protocol::Conversation& conversation) const;
  /// Adds contacts, counts those that Dexatel has already or does not accept, and compares the sizes.
  [[nodiscard]] Result<ListAddition> run(AddRecipients const& add,
                                         protocol::Conversation& conversation) const;
  [[nodiscard]] Result<void> run(DeleteRecipientList const& deletion,
                                 protocol::Conversation& conversation) const;

 private:
  [[nodiscard]] protocol::Exchange<Campaign> campaign(std::string const& id, std::string_view segment,
                                                      bool keep_raw) const;
  /// Returns the id of a template that has this text and nothing else, or an empty string if none is known.
  [[nodiscard]] Result<std::string> find_template(NewCampaign const& campaign,
                                                  protocol::Conversation& conversation) const;
  /// Makes a change, and reads the campaign if the answer does not show it.
  [[nodiscard]] Result<Campaign> change(protocol::Call call, std::string const& id, std::string_view segment,
                                        protocol::Conversation& conversation,
                                        std::function<bool(Campaign const&)> const& shows) const;

  protocol::Endpoint endpoint_;
  Secret api_key_;
  protocol::Url base_;
  wire::ClockRule schedule_;
};

}  // namespace polycampaign::inline v1::dexatel
