#include "polycampaign/plan.hpp"
#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/redact.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "vendors/yeastar/adapter.hpp"
#include "vendors/yeastar/channels.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace polycampaign::inline v1::yeastar {

using protocol::Conversation;
using protocol::Exchange;

namespace {

constexpr int most_channel_pages = 20;

Error wrong(std::string message) {
  return protocol::failure(ErrorCode::invalid_argument, std::move(message));
}

/// Calls `f(channel)` for each channel of this PBX, or for those that a search finds.
template <class F>
Result<void> for_each_channel(protocol::Endpoint const& endpoint, std::string_view operation,
                              std::string_view search, Conversation& conversation, F&& f) {
  std::int64_t seen = 0;
  for (int number = 1; number <= most_channel_pages; ++number) {
    auto const page = conversation.run(
        Exchange<ChannelPage>{channels_call(endpoint, operation, search, number), &read_channels});
    if (!page) return page.error();
    for (auto const& channel : page->channels) f(channel);
    seen += page->records;
    bool const more = page->total ? seen < *page->total : page->records >= channel_page_size;
    if (page->records == 0 || !more) break;
  }
  return {};
}

/// A number that could be meant by a campaign's sender.
struct Candidate {
  MessageChannel channel{};
  std::string number{};
  [[nodiscard]] bool alone() const noexcept { return channel.numbers.size() == 1; }
};

void add_candidates(MessageChannel const& channel, NewCampaign const& campaign,
                    std::vector<Candidate>& candidates) {
  if (!sends(channel, campaign.channel)) return;
  auto const digits = digits_of(campaign.sender);
  bool const is_number = campaign.sender.find_first_not_of("+0123456789 -./()") == std::string::npos;
  for (auto const& number : channel.numbers)
    if (is_number && digits_of(number) == digits) candidates.push_back({channel, number});
  if (text::equal_ignoring_case(channel.name, campaign.sender) && channel.numbers.size() == 1 && !is_number)
    candidates.push_back({channel, channel.numbers.front()});
}

Error several(std::vector<Candidate> const& candidates) {
  std::string message = "sender: several message channels have it: ";
  for (std::size_t i = 0; i < candidates.size() && i < 5; ++i)
    message.append(i == 0 ? "" : ", ")
        .append("channel_id ")
        .append(candidates[i].channel.id)
        .append(" (")
        .append(protocol::safe_text(candidates[i].channel.name, 40))
        .append(")");
  return wrong(message + "; choose one with the options `channel_id` and `sender_id`");
}

Submission submission_of(NewCampaign const& campaign) {
  Submission submission{.provider = "yeastar"};
  submission.status.code = campaign.draft      ? StatusCode::draft
                           : campaign.start_at ? StatusCode::scheduled
                                               : StatusCode::queued;
  return submission;
}

}  // namespace

Result<std::vector<std::string>> YeastarAdapter::review(NewCampaign const& campaign) const {
  for (auto const& id : campaign.lists)
    if (!text::is_digits(id) || !text::whole_number(id)) return wrong("lists: an id at Yeastar is a number");
  bool const channel = !option_of(campaign, "channel_id").empty();
  bool const number = !option_of(campaign, "sender_id").empty();
  if (channel != number) return wrong("options: `channel_id` and `sender_id` are only useful together");
  if (campaign.sender.empty() && !channel)
    return wrong("sender: a campaign at Yeastar needs one, or the options `channel_id` and `sender_id`");
  bool const assigned =
      !option_of(campaign, "assign_to_type").empty() && !option_of(campaign, "assign_to_id").empty();
  if (option_of(campaign, "send_mode") == "new_session" && !assigned)
    return wrong("options: `send_mode` new_session needs `assign_to_type` and `assign_to_id`");
  return std::vector<std::string>{};
}

Result<SenderIds> YeastarAdapter::find_sender(NewCampaign const& campaign, Conversation& conversation) const {
  if (auto const id = option_of(campaign, "channel_id"); !id.empty())
    return SenderIds{std::string{id}, std::string{option_of(campaign, "sender_id")}};
  std::vector<Candidate> candidates;
  // What a search looks at is not documented, so all channels are read if it finds nothing.
  for (auto const* const search : {campaign.sender.c_str(), ""}) {
    auto const read = for_each_channel(endpoint_, "create", search, conversation, [&](auto const& channel) {
      add_candidates(channel, campaign, candidates);
    });
    if (!read) return read.error();
    if (!candidates.empty()) break;
  }
  if (candidates.empty())
    return wrong("sender: no message channel of this PBX that sends " +
                 std::string{to_string(campaign.channel)} + " has it");
  if (candidates.size() > 1) return several(candidates);
  auto const& found = candidates.front();
  auto const numbers = conversation.run(Exchange<std::vector<ChannelNumber>>{
      channel_call(endpoint_, "create", found.channel.id), &read_channel_numbers});
  if (!numbers) return numbers.error();
  auto id = number_id(*numbers, found.number, found.alone());
  if (!id)
    return wrong("sender: the PBX does not show the id of this number in channel " + found.channel.id +
                 "; name it with the options `channel_id` and `sender_id`");
  return SenderIds{found.channel.id, *std::move(id)};
}

Result<std::vector<std::string>> YeastarAdapter::ids_named(std::string const& name,
                                                           Conversation& conversation) const {
  std::vector<std::string> ids;
  auto const read = for_each_listed(name, conversation, [&](Campaign& listed) {
    if (listed.name == name) ids.push_back(listed.id);
    return false;
  });
  if (!read) return read.error();
  return ids;
}

Result<Submission> YeastarAdapter::run(CreateCampaign const& create, Conversation& conversation) const {
  auto const& campaign = create.campaign;
  auto const sender = find_sender(campaign, conversation);
  if (!sender) return sender.error();
  bool const named = !campaign.name.empty();
  auto const name = named ? campaign.name : "polycampaign-" + create.token;
  // The answer may lack the id. If the name is the caller's, others may have it already.
  std::vector<std::string> earlier;
  if (named) {
    auto ids = ids_named(name, conversation);
    if (!ids && !refused(ids.error().code)) return std::move(ids).error();
    if (ids) earlier = *std::move(ids);
  }
  auto accepted = conversation.run([&] {
    return Exchange<Accepted>{create_call(endpoint_, campaign, name, *sender),
                              protocol::discreet<Accepted>(protocol::texts_of(campaign), &read_accepted)};
  });
  if (!accepted) return std::move(accepted).error();

  auto submission = submission_of(campaign);
  if (!accepted->note.empty()) submission.notes.push_back(std::move(accepted->note));
  submission.id = std::move(accepted->id);
  if (submission.id) return submission;
  auto ids = ids_named(name, conversation);
  if (ids) std::erase_if(*ids, [&](auto const& id) { return std::ranges::count(earlier, id) > 0; });
  if (ids && ids->size() == 1)
    submission.id = ids->front();
  else
    submission.notes.emplace_back(
        "the PBX accepted the campaign, but reported no id, and the id could not be found by the name");
  return submission;
}

Result<Estimate> YeastarAdapter::run(EstimateCampaign const& estimate, Conversation&) const {
  return local_estimate(capabilities(), estimate.campaign);
}

Result<Campaign> YeastarAdapter::after(Result<Accepted> accepted, std::string_view id,
                                       Conversation& conversation,
                                       std::function<bool(Campaign const&)> const& shows) const {
  Result<Campaign> answer = Campaign{.id = std::string{id}, .provider = "yeastar"};
  if (!accepted)
    answer = std::move(accepted).error();
  else if (!accepted->note.empty())
    answer->notes.push_back(std::move(accepted->note));
  return protocol::changed(
      std::move(answer), [&] { return run(GetCampaign{std::string{id}}, conversation); }, shows);
}

Result<Campaign> YeastarAdapter::run(UpdateCampaign const& update, Conversation& conversation) const {
  auto const id = protocol::numeric_id(update.id);
  if (!id) return id.error();
  std::vector<std::string> texts;
  if (update.text) texts.push_back(*update.text);
  auto accepted = conversation.run(Exchange<Accepted>{
      update_call(endpoint_, update, *id), protocol::discreet<Accepted>(std::move(texts), &read_accepted)});
  return after(std::move(accepted), *id, conversation, [&](Campaign const& campaign) {
    return (!update.name || campaign.name == *update.name) &&
           (!update.text || campaign.text == *update.text) &&
           (!update.start_at || (campaign.scheduled_at && campaign.scheduled_at->time == *update.start_at));
  });
}

Result<void> YeastarAdapter::run(DeleteCampaign const& deletion, Conversation& conversation) const {
  auto const id = protocol::numeric_id(deletion.id);
  if (!id) return id.error();
  auto accepted = conversation.run(Exchange<Accepted>{delete_call(endpoint_, *id), &read_accepted});
  return protocol::deleted(std::move(accepted).transform([](Accepted&&) { return protocol::Done{}; }),
                           [&] { return conversation.run(campaign(*id, false)); });
}

Result<Campaign> YeastarAdapter::run(RetryCampaign const& retry, Conversation& conversation) const {
  auto const id = protocol::numeric_id(retry.id);
  if (!id) return id.error();
  auto accepted = conversation.run(Exchange<Accepted>{retry_call(endpoint_, *id), &read_accepted});
  // An accepted retry may have ended already. After a lost answer, that proves nothing.
  auto const may_have_ended = accepted.has_value();
  return after(std::move(accepted), *id, conversation, [may_have_ended](Campaign const& campaign) {
    auto const code = campaign.status.code;
    return code == StatusCode::retrying || (may_have_ended && code == StatusCode::completed);
  });
}

Result<std::vector<Sender>> YeastarAdapter::run(GetSenders const&, Conversation& conversation) const {
  std::vector<Sender> senders;
  std::vector<MessageChannel> usable;
  auto const read = for_each_channel(endpoint_, "senders", {}, conversation, [&](auto const& channel) {
    if (sends(channel, Channel::sms) || sends(channel, Channel::whatsapp)) usable.push_back(channel);
  });
  if (!read) return read.error();
  for (auto const& channel : usable) {
    auto const numbers = conversation.run(Exchange<std::vector<ChannelNumber>>{
        channel_call(endpoint_, "senders", channel.id), &read_channel_numbers});
    if (!numbers && !refused(numbers.error().code) && numbers.error().code != ErrorCode::protocol)
      return numbers.error();
    for (auto const& number : channel.numbers) {
      auto id = numbers ? number_id(*numbers, number, channel.numbers.size() == 1) : std::nullopt;
      senders.push_back(sender_of(channel, number, std::move(id)));
    }
  }
  return senders;
}

}  // namespace polycampaign::inline v1::yeastar
