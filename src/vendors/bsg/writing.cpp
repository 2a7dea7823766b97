#include "polycampaign/plan.hpp"
#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "vendors/bsg/adapter.hpp"
#include "vendors/bsg/new_campaigns.hpp"
#include "vendors/bsg/outcomes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {

using protocol::Conversation;
using protocol::Exchange;

namespace {

Error wrong(std::string message) {
  return protocol::failure(ErrorCode::invalid_argument, std::move(message));
}

}  // namespace

Result<std::vector<std::string>> BsgAdapter::review(NewCampaign const& campaign) const {
  std::set<std::string_view> references;
  for (std::size_t i = 0; i < campaign.recipients.size(); ++i) {
    std::string_view const reference = campaign.recipients[i].reference;
    if (reference.empty()) continue;
    auto const place = "recipients[" + std::to_string(i) + "].reference: ";
    if (!std::ranges::all_of(reference, [](char c) { return text::is_digit(c) || text::is_letter(c); }))
      return wrong(place + "BSG takes only letters and digits");
    if (!references.insert(reference).second)
      return wrong(place + "another recipient has the same one, and BSG rejects the second message");
  }
  std::set<std::int64_t> groups;
  for (auto const& id : campaign.lists) {
    auto const number = text::is_digits(id) ? text::whole_number(id) : std::nullopt;
    if (!number) return wrong("lists: an id at BSG is a number");
    if (!groups.insert(*number).second)
      return wrong("lists: the list " + std::to_string(*number) + " occurs twice");
  }
  return std::vector<std::string>{};
}

Result<Submission> BsgAdapter::run(CreateCampaign const& create, Conversation& conversation) const {
  return conversation.run([&] {
    auto const& campaign = create.campaign;
    return Exchange<Submission>{
        create_call(endpoint_, campaign, clock_.zone),
        protocol::discreet<Submission>(protocol::texts_of(campaign),
                                       [clock = clock_, start = campaign.start_at](HttpResponse response) {
                                         return read_submission(std::move(response), clock, start);
                                       })};
  });
}

Result<Estimate> BsgAdapter::run(EstimateCampaign const& estimate, Conversation& conversation) const {
  auto const& campaign = estimate.campaign;
  auto result = local_estimate(capabilities(), campaign);
  if (!result) return result;
  if (std::ranges::any_of(campaign.recipients, [](Recipient const& r) { return r.text.has_value(); })) {
    result->notes.emplace_back("BSG prices one text at a time, so texts of recipients' own have no price.");
    return result;
  }
  auto cost = conversation.run([&] {
    return Exchange<std::optional<Cost>>{
        price_call(endpoint_, campaign),
        protocol::discreet<std::optional<Cost>>(protocol::texts_of(campaign), &read_campaign_price)};
  });
  if (!cost) return std::move(cost).error();
  result->counted_by = CountedBy::vendor;
  result->cost = *std::move(cost);
  if (!result->cost) result->notes.emplace_back("BSG knows no price for this campaign.");
  return result;
}

Result<Campaign> BsgAdapter::run(CancelCampaign const& cancel, Conversation& conversation) const {
  auto const id = protocol::numeric_id(cancel.id);
  if (!id) return id.error();
  return protocol::changed(
      conversation.run(Exchange<Campaign>{stop_call(endpoint_, *id),
                                          [id = std::string{*id}, clock = clock_](HttpResponse response) {
                                            return read_stopped(std::move(response), id, clock);
                                          }}),
      [&] { return conversation.run(this->campaign(*id, false, false)); },
      [](Campaign const& campaign) { return campaign.status.code == StatusCode::canceled; });
}

Result<Balance> BsgAdapter::run(GetBalance const&, Conversation& conversation) const {
  return conversation.run(Exchange<Balance>{balance_call(endpoint_), &read_balance});
}

Result<std::vector<Sender>> BsgAdapter::run(GetSenders const&, Conversation& conversation) const {
  return conversation.run(Exchange<std::vector<Sender>>{senders_call(endpoint_), &read_senders});
}

}  // namespace polycampaign::inline v1::bsg
