#include "polycampaign/plan.hpp"
#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "vendors/smsup/adapter.hpp"
#include "vendors/smsup/answers.hpp"
#include "vendors/smsup/new_campaigns.hpp"
#include "vendors/smsup/outcomes.hpp"
#include "vendors/smsup/refusals.hpp"
#include "vendors/smsup/requests.hpp"
#include "wire/xml_writer.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {

using protocol::Conversation;
using protocol::Exchange;

namespace {

constexpr std::string_view short_link = "<-short->";

std::size_t short_links(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find(short_link); at != std::string_view::npos; at = text.find(short_link, at + 1))
    ++count;
  return count;
}

}  // namespace

// "Campaign": `delay` is by the clock of Europe/Paris, whatever zone the account has. If the system's data
// cannot be read, the fixed EU rule gives the same times.
std::optional<protocol::ClockRule> SmsupAdapter::start_clock() const {
  return start_clock_;
}

Result<std::vector<std::string>> SmsupAdapter::review(NewCampaign const& campaign) const {
  auto const links =
      static_cast<std::size_t>(std::ranges::count(campaign.options, "link", &CampaignOption::name));
  if (auto const marks = short_links(campaign.text); marks != links)
    return protocol::failure(ErrorCode::invalid_argument, "options: the text has " + std::to_string(marks) +
                                                              " `<-short->`, but there are " +
                                                              std::to_string(links) +
                                                              " `link`; each mark needs one");
  bool const writable =
      format_ == Format::json || (wire::is_xml_text(campaign.text) && wire::is_xml_text(campaign.sender) &&
                                  std::ranges::all_of(campaign.recipients, [](Recipient const& r) {
                                    return wire::is_xml_text(r.reference);
                                  }));
  if (!writable)
    return protocol::failure(
        ErrorCode::invalid_argument,
        "text, sender or a reference contains a control character, which XML cannot carry; the account's "
        "`format` could be json");
  return std::vector<std::string>{};
}

Result<Submission> SmsupAdapter::run(CreateCampaign const& create, Conversation& conversation) const {
  return conversation.run([&] {
    auto const& campaign = create.campaign;
    return Exchange<Submission>{
        send_call(endpoint_, campaign, Mode::send, format_, start_clock_.zone),
        protocol::discreet<Submission>(protocol::texts_of(campaign),
                                       [scheduled = campaign.start_at.has_value()](HttpResponse response) {
                                         return read_submission(std::move(response), scheduled);
                                       })};
  });
}

Result<Estimate> SmsupAdapter::run(EstimateCampaign const& estimate, Conversation& conversation) const {
  auto const& campaign = estimate.campaign;
  auto const local = local_estimate(capabilities(), campaign);
  if (!local) return local;
  auto result = conversation.run([&] {
    return Exchange<Estimate>{send_call(endpoint_, campaign, Mode::simulate, format_, start_clock_.zone),
                              protocol::discreet<Estimate>(protocol::texts_of(campaign), &read_estimate)};
  });
  if (result) result->parts = local->parts;
  return result;
}

Result<Campaign> SmsupAdapter::run(CancelCampaign const& cancel, Conversation& conversation) const {
  auto const segment = protocol::path_segment(cancel.id);
  if (!segment) return segment.error();
  auto const canceled = [&](char const* note) {
    Campaign campaign{.id = cancel.id, .provider = "smsup", .channel = Channel::sms};
    campaign.status.code = StatusCode::canceled;
    campaign.notes.emplace_back(note);
    return campaign;
  };
  auto done = conversation.run(Exchange<protocol::Done>{cancel_call(endpoint_, *segment), &read_done});
  auto const accepted = done.has_value();
  Result<Campaign> answer = accepted ? Result<Campaign>{canceled("SMSUP accepted the cancellation")}
                                     : Result<Campaign>{std::move(done).error()};
  auto now = protocol::changed(
      std::move(answer),
      [&]() -> Result<Campaign> {
        auto read = conversation.run(campaign(cancel.id, *segment, false));
        // What a canceled campaign shows is not documented. It may be gone.
        if (!read && says_not_found(read.error()))
          return canceled("SMSUP no longer shows the campaign, so it is taken for canceled");
        return read;
      },
      [](Campaign const& campaign) { return campaign.status.code == StatusCode::canceled; });
  // No word for it is documented, and XML has no status at all; but SMSUP has said that it is canceled.
  if (accepted && now && now->status.code == StatusCode::unknown) now->status.code = StatusCode::canceled;
  return now;
}

Result<Balance> SmsupAdapter::run(GetBalance const&, Conversation& conversation) const {
  return conversation.run(Exchange<Balance>{credits_call(endpoint_), &read_balance});
}

Result<std::vector<Sender>> SmsupAdapter::run(GetSenders const&, Conversation& conversation) const {
  return conversation.run(Exchange<std::vector<Sender>>{senders_call(endpoint_), &read_senders});
}

}  // namespace polycampaign::inline v1::smsup
