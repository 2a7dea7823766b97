#include "polycampaign/plan.hpp"
#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "vendors/dexatel/adapter.hpp"
#include "vendors/dexatel/answers.hpp"
#include "vendors/dexatel/audiences.hpp"
#include "vendors/dexatel/new_campaigns.hpp"
#include "vendors/dexatel/outcomes.hpp"
#include "vendors/dexatel/requests.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::dexatel {

using protocol::Conversation;
using protocol::Exchange;

namespace {

constexpr std::size_t most_template_pages = 20;
constexpr std::size_t most_sender_pages = 100;

Error wrong(std::string message) {
  return protocol::failure(ErrorCode::invalid_argument, std::move(message));
}

Error unfinished_senders(Error error) {
  error.message.insert(0, "the senders could not be read to their end: ");
  return error;
}

std::string option_of(NewCampaign const& campaign, std::string_view name) {
  auto const found = std::ranges::find(campaign.options, name, &CampaignOption::name);
  return found == campaign.options.end() ? std::string{} : found->value;
}

/// What a create makes on the way. It stays at Dexatel if a later step fails.
class Made {
 public:
  explicit Made(std::string name) : name_{std::move(name)} {}

  /// The name of everything that is made; it depends on the token alone.
  [[nodiscard]] std::string const& name() const noexcept { return name_; }

  void add(std::string_view what, std::string const& id) {
    add_sentence("The " + std::string{what} + " " + name_ + " (id " + id +
                 ") was created for it and stays at Dexatel");
  }
  /// Returns the error of a step that may have made something.
  [[nodiscard]] Error failed(Error error, std::string_view what) const {
    auto sentences = sentences_;
    if (error.effect == Effect::unknown) {
      if (!sentences.empty()) sentences += ". ";
      sentences += "The " + std::string{what} + " " + name_ + " may have been created and stays at Dexatel";
    }
    return protocol::leaving(std::move(error), sentences);
  }
  [[nodiscard]] Error failed(Error error) const { return protocol::leaving(std::move(error), sentences_); }
  [[nodiscard]] std::string const& sentences() const noexcept { return sentences_; }

 private:
  void add_sentence(std::string const& sentence) {
    if (!sentences_.empty()) sentences_ += ". ";
    sentences_ += sentence;
  }

  std::string name_;
  std::string sentences_{};
};

/// Creates the template. Errors: named by `made`.
Result<std::string> add_template(protocol::Endpoint const& endpoint, NewCampaign const& campaign, Made& made,
                                 Conversation& conversation) {
  auto id = conversation.run(
      Exchange<std::string>{add_template_call(endpoint, made.name(), campaign.text, campaign.channel),
                            protocol::discreet<std::string>(protocol::texts_of(campaign), &read_created)});
  if (!id) return made.failed(std::move(id).error(), "template");
  made.add("template", *id);
  return id;
}

/// Creates the audience in as few requests as the vendor allows. Errors: named by `made`.
Result<std::string> add_audience(protocol::Endpoint const& endpoint, NewCampaign const& campaign, Made& made,
                                 Conversation& conversation) {
  AudienceRequests requests{endpoint, conversation, CreateCampaign::operation.name, true};
  std::vector<std::string_view> all;
  all.reserve(campaign.recipients.size());
  for (auto const& recipient : campaign.recipients) all.push_back(recipient.number);
  auto list = requests.create(made.name(), campaign.channel, all);
  if (!list) return made.failed(std::move(list).error(), "audience");
  auto id = *std::move(list->id);
  made.add("audience", id);
  auto const size = requests.most();
  for (auto first = size; first < all.size(); first += size) {
    auto added = requests.add(id, Numbers{all}.subspan(first, std::min(size, all.size() - first)));
    if (!added) return made.failed(std::move(added).error());
  }
  if (all.size() <= size) return id;
  // No page documents how contacts are added, so a campaign is only sent if all of them are there.
  auto const whole = requests.read(id);
  if (!whole) return made.failed(whole.error());
  if (whole->size != static_cast<std::int64_t>(all.size()))
    return made.failed(protocol::failure(
        ErrorCode::protocol, "the audience should have " + std::to_string(all.size()) +
                                 " contacts, but Dexatel reports " +
                                 (whole->size ? std::to_string(*whole->size) : std::string{"no number"}) +
                                 ", so nothing was sent"));
  return id;
}

}  // namespace

Result<std::vector<std::string>> DexatelAdapter::review(NewCampaign const& campaign) const {
  auto const template_id = option_of(campaign, "template_id");
  if (!template_id.empty() && !campaign.text.empty())
    return wrong("text: leave it out with the option `template_id`, whose template has a text");
  if (campaign.channel == Channel::whatsapp && template_id.empty())
    return wrong("options: a WhatsApp campaign needs `template_id`");
  for (auto const& id : campaign.lists)
    if (auto const segment = protocol::path_segment(id); !segment) return wrong("lists: an id is wrong");
  return std::vector<std::string>{};
}

Result<std::string> DexatelAdapter::find_template(NewCampaign const& campaign,
                                                  Conversation& conversation) const {
  // No page lists the members of a template that has media or buttons, which would be sent as well.
  if (campaign.channel != Channel::sms) return std::string{};
  std::vector<std::string> tokens{""};
  while (tokens.size() <= most_template_pages) {
    auto page = conversation.run(Exchange<Page<Template>>{
        templates_call(endpoint_, campaign.channel, tokens.back()),
        [base = base_](HttpResponse response) { return read_templates(std::move(response), base); }});
    if (!page) return std::move(page).error();
    for (auto& each : page->items)
      if (each.text == campaign.text && !each.id.empty() &&
          (each.channel.empty() || wire::same_word(each.channel, "sms")) &&
          (each.status.empty() || wire::same_word(each.status, "completed")))
        return std::move(each.id);
    if (page->next.empty() || std::ranges::count(tokens, page->next) > 0) break;
    tokens.push_back(std::move(page->next));
  }
  return std::string{};
}

Result<Submission> DexatelAdapter::run(CreateCampaign const& create, Conversation& conversation) const {
  auto const& campaign = create.campaign;
  Made made{"polycampaign-" + create.token};
  CampaignParts parts{.name = campaign.name.empty() ? made.name() : campaign.name,
                      .template_id = option_of(campaign, "template_id")};
  if (parts.template_id.empty()) {
    auto found = find_template(campaign, conversation);
    if (found && found->empty()) found = add_template(endpoint_, campaign, made, conversation);
    if (!found) return std::move(found).error();
    parts.template_id = *std::move(found);
  }
  if (!campaign.lists.empty()) {
    parts.audience_id = campaign.lists.front();
  } else {
    auto audience = add_audience(endpoint_, campaign, made, conversation);
    if (!audience) return std::move(audience).error();
    parts.audience_id = *std::move(audience);
  }
  auto submission = conversation.run(
      Exchange<Submission>{create_call(endpoint_, campaign, parts, schedule_.zone),
                           protocol::discreet<Submission>(
                               protocol::texts_of(campaign),
                               [schedule = schedule_, start = campaign.start_at](HttpResponse response) {
                                 return read_submission(std::move(response), schedule, start);
                               })});
  if (!submission) return made.failed(std::move(submission).error());
  if (!made.sentences().empty()) submission->notes.push_back(made.sentences());
  if (!submission->id) submission->notes.emplace_back("Dexatel accepted the campaign, but reported no id");
  return submission;
}

Result<Estimate> DexatelAdapter::run(EstimateCampaign const& estimate, Conversation&) const {
  return local_estimate(capabilities(), estimate.campaign);
}

Result<Campaign> DexatelAdapter::change(protocol::Call call, std::string const& id, std::string_view segment,
                                        Conversation& conversation,
                                        std::function<bool(Campaign const&)> const& shows) const {
  auto answer =
      conversation.run(Exchange<Campaign>{std::move(call), [schedule = schedule_](HttpResponse response) {
                                            return read_updated(std::move(response), schedule);
                                          }});
  if (answer && shows(*answer)) return answer;
  return protocol::changed(
      std::move(answer), [&] { return conversation.run(campaign(id, segment, false)); }, shows);
}

Result<Campaign> DexatelAdapter::run(UpdateCampaign const& update, Conversation& conversation) const {
  auto const segment = protocol::path_segment(update.id);
  if (!segment) return segment.error();
  return change(update_call(endpoint_, *segment, update, schedule_.zone), update.id, *segment, conversation,
                [&](Campaign const& campaign) {
                  return (!update.name || campaign.name == *update.name) &&
                         (!update.start_at ||
                          (campaign.scheduled_at && campaign.scheduled_at->time == *update.start_at));
                });
}

Result<Campaign> DexatelAdapter::run(CancelCampaign const& cancel, Conversation& conversation) const {
  auto const segment = protocol::path_segment(cancel.id);
  if (!segment) return segment.error();
  auto const canceled = [](Campaign const& campaign) { return campaign.status.code == StatusCode::canceled; };
  auto campaign = change(cancel_call(endpoint_, *segment), cancel.id, *segment, conversation, canceled);
  if (!campaign || canceled(*campaign)) return campaign;
  // No page documents the body that cancels, so Dexatel may have accepted it without canceling anything.
  auto error = protocol::failure(
      ErrorCode::protocol, "Dexatel accepted the request, but the campaign still has the status " +
                               std::string{to_string(campaign->status.code)} + ", so it may still be sent");
  error.effect = Effect::unknown;
  return error;
}

Result<void> DexatelAdapter::run(DeleteCampaign const& deletion, Conversation& conversation) const {
  auto const segment = protocol::path_segment(deletion.id);
  if (!segment) return segment.error();
  return protocol::deleted(
      conversation.run(Exchange<protocol::Done>{delete_call(endpoint_, *segment), &read_deleted}),
      [&] { return conversation.run(campaign(deletion.id, *segment, false)); });
}

Result<std::vector<Sender>> DexatelAdapter::run(GetSenders const&, Conversation& conversation) const {
  std::vector<Sender> senders;
  std::vector<std::string> tokens{""};
  for (;;) {
    auto page = conversation.run(Exchange<Page<Sender>>{
        senders_call(endpoint_, tokens.back()),
        [base = base_](HttpResponse response) { return read_senders(std::move(response), base); }});
    if (!page) return std::move(page).error();
    for (auto& sender : page->items) senders.push_back(std::move(sender));
    if (page->next_error) return unfinished_senders(*std::move(page->next_error));
    if (page->next.empty()) return senders;
    if (std::ranges::count(tokens, page->next) > 0)
      return unfinished_senders(
          protocol::failure(ErrorCode::protocol, "pagination.links.next leads back to an earlier page"));
    if (tokens.size() == most_sender_pages)
      return unfinished_senders(protocol::failure(
          ErrorCode::protocol, "there are more than " + std::to_string(most_sender_pages) + " pages"));
    tokens.push_back(std::move(page->next));
  }
}

}  // namespace polycampaign::inline v1::dexatel
