#include "testing/vendors/smsup/people.hpp"

#include "testing/vendors/smsup/records.hpp"

#include <algorithm>
#include <iterator>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using std::chrono::seconds;

/// Of a created campaign: who was reached, and comes in this place among ten or fifty, writes after a while.
std::vector<PersonsReply> from_reached(SimulatedCampaign const& campaign, std::size_t first, std::size_t step,
                                       seconds after, std::chrono::sys_seconds now) {
  std::vector<PersonsReply> all;
  auto const begun = campaign.started.value_or(sending_date(campaign));
  for (auto i = first; i < campaign.outcomes.size(); i += step) {
    auto const at = begun + after + seconds{static_cast<std::int64_t>(i % 600)};
    if (campaign.outcomes[i] == 'r' && at <= now) all.push_back({static_cast<std::int64_t>(i), at});
  }
  std::ranges::stable_sort(all, {}, &PersonsReply::at);
  return all;
}

/// Of a generated campaign: the first ones who were reached, one a second.
std::vector<PersonsReply> generated_answers(SimulatedCampaign const& campaign, std::int64_t first,
                                            std::int64_t count) {
  std::vector<PersonsReply> all;
  for (std::int64_t i = 0; i < count; ++i)
    all.push_back({first + i, sending_date(campaign) + seconds{300 + i}});
  return all;
}

std::string_view waiting_word(StatusCode status) {
  switch (status) {
    case StatusCode::moderation: return "MODERATION";
    case StatusCode::scheduled: return "WAITING";
    case StatusCode::rejected: return "DENIED";
    default: return "NOT_SENT";
  }
}

MessageStatusCode waiting_status(StatusCode status) {
  switch (status) {
    case StatusCode::moderation: return MessageStatusCode::moderation;
    case StatusCode::scheduled: return MessageStatusCode::scheduled;
    case StatusCode::rejected: return MessageStatusCode::rejected;
    default: return MessageStatusCode::queued;
  }
}

bool is_created(SimulatedCampaign const& campaign) {
  return !campaign.addressed.empty();
}

}  // namespace

Fate Fates::of(SimulatedCampaign const& campaign, std::int64_t index) {
  if (is_created(campaign)) {
    switch (campaign.outcomes[static_cast<std::size_t>(index)]) {
      case 'r': return Fate::delivered;
      case 'f': return Fate::failed;
      case 'e': return Fate::expired;
      default: return Fate::pending;
    }
  }
  auto& story = stories_[campaign.id];
  if (story.counters != campaign.counters) continue_with(story, campaign.counters);
  for (auto const& [fate, count] : story.runs) {
    if (index < count) return fate;
    index -= count;
  }
  return Fate::pending;
}

void Fates::continue_with(Story& story, SimulatedCounters const& now) {
  auto const& before = story.counters;
  auto const more = [&](std::int64_t SimulatedCounters::*counter) { return now.*counter - before.*counter; };
  auto const failed = more(&SimulatedCounters::failed);
  auto const unassigned = more(&SimulatedCounters::unassigned);
  std::vector<Run> added{{Fate::delivered, more(&SimulatedCounters::delivered)},
                         {Fate::unassigned, unassigned},
                         {Fate::failed, failed - unassigned},
                         {Fate::expired, more(&SimulatedCounters::expired)}};
  auto const backwards = [](Run const& run) { return run.count < 0; };
  if (now.messages != before.messages || std::ranges::any_of(added, backwards)) {
    story = {};
    if (now == story.counters) return;
    story.counters.messages = now.messages;
    return continue_with(story, now);
  }
  // what is pending or in flight comes last, and is reported in order
  std::erase_if(story.runs,
                [](Run const& run) { return run.fate == Fate::pending || run.fate == Fate::in_flight; });
  story.runs.insert(story.runs.end(), added.begin(), added.end());
  story.runs.push_back({Fate::in_flight, now.in_flight});
  story.runs.push_back({Fate::pending, now.pending});
  std::erase_if(story.runs, [](Run const& run) { return run.count == 0; });
  story.counters = now;
}

std::string_view word_of(Fate fate, SimulatedCampaign const& campaign, std::int64_t index) {
  constexpr std::string_view failures[] = {"NETWORK_ERROR", "NOT_DELIVERED", "ROUTE_NOT_AVAILABLE",
                                           "REJECTED"};
  switch (fate) {
    case Fate::in_flight: return "SENT";
    case Fate::delivered: return "DELIVERED";
    case Fate::failed: return failures[index % 4];
    case Fate::unassigned: return "INVALID_DESTINATION";
    case Fate::expired: return "EXPIRED";
    case Fate::pending: break;
  }
  return waiting_word(campaign.status);
}

MessageStatusCode status_of(Fate fate, SimulatedCampaign const& campaign, std::int64_t index) {
  using enum MessageStatusCode;
  constexpr MessageStatusCode failures[] = {failed, undelivered, failed, rejected};
  switch (fate) {
    case Fate::in_flight: return submitted;
    case Fate::delivered: return delivered;
    case Fate::failed: return failures[index % 4];
    case Fate::unassigned: return failed;
    case Fate::expired: return expired;
    case Fate::pending: break;
  }
  return waiting_status(campaign.status);
}

std::optional<int> code_of(std::string_view word) {
  constexpr std::string_view words[] = {"NOT_SENT",
                                        "SENT",
                                        "NOT_DELIVERED",
                                        "DELIVERED",
                                        "NOT_ALLOWED",
                                        "INVALID_DESTINATION",
                                        "INVALID_SENDER",
                                        "ROUTE_NOT_AVAILABLE",
                                        "",
                                        "REJECTED",
                                        "",
                                        "NETWORK_ERROR",
                                        "EXPIRED"};
  auto const found = std::ranges::find(words, word);
  if (found == std::end(words)) return std::nullopt;
  return static_cast<int>(found - std::begin(words));
}

std::vector<PersonsReply> replies_to(SimulatedCampaign const& campaign, std::chrono::sys_seconds now) {
  auto all = is_created(campaign) ? from_reached(campaign, 3, 10, seconds{60}, now)
                                  : generated_answers(campaign, 0, campaign.counters.replies);
  for (std::size_t i = 19; i < all.size(); i += 20) all[i] = all[i - 1];
  return all;
}

std::string_view reply_text(std::int64_t place) {
  constexpr std::string_view texts[] = {"Yes please", "Merci \"beaucoup\" & <à bientôt>", "Nein danke 🙂"};
  return texts[place % std::ssize(texts)];
}

std::vector<PersonsReply> stops_of(SimulatedCampaign const& campaign, std::chrono::sys_seconds now) {
  return is_created(campaign)
             ? from_reached(campaign, 7, 50, seconds{90}, now)
             : generated_answers(campaign, campaign.counters.replies, campaign.counters.opt_outs);
}

}  // namespace polycampaign::inline v1::testing::smsup
