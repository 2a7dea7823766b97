#include "polycampaign/testing/simulated_record.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

constexpr std::array<std::string_view, 3> reply_texts{
    "Yes please, keep me informed", "Who is this? \xF0\x9F\x98\x80", "Thank you, see you on Saturday"};

/// How many messages of each status are left to hand out.
class Outcomes {
 public:
  explicit Outcomes(SimulatedCounters const& n)
      : left_{{{MessageStatusCode::queued, n.pending},
               {MessageStatusCode::failed, n.failed},
               {MessageStatusCode::expired, n.expired},
               {MessageStatusCode::submitted, n.in_flight},
               {MessageStatusCode::undelivered, n.undelivered},
               {MessageStatusCode::unreported, n.unreported},
               {MessageStatusCode::read, n.read},
               {MessageStatusCode::delivered, n.delivered - n.read}}} {}

  /// Returns one of the statuses that fit the outcome; 0: any. `unknown` if none is left.
  MessageStatusCode take(char outcome) {
    for (auto& [status, count] : left_) {
      if (count <= 0 || !fits(outcome, status)) continue;
      --count;
      return status;
    }
    return MessageStatusCode::unknown;
  }

 private:
  static bool fits(char outcome, MessageStatusCode status) {
    switch (outcome) {
      case 'w': return status == MessageStatusCode::queued;
      case 'f': return status == MessageStatusCode::failed;
      case 'e': return status == MessageStatusCode::expired;
      case 'r':
        return status != MessageStatusCode::queued && status != MessageStatusCode::failed &&
               status != MessageStatusCode::expired;
      default: return true;
    }
  }

  std::array<std::pair<MessageStatusCode, std::int64_t>, 8> left_;
};

/// Returns what `count` of the people whom the campaign reached wrote.
std::vector<SimulatedRecord> from_people(SimulatedCampaign const& campaign, std::int64_t count, bool stop) {
  std::vector<SimulatedRecord> all;
  if (count <= 0) return all;
  auto const messages = simulated_messages(campaign);
  auto minute = std::chrono::minutes{1};
  // The last ones: the replies and the opt-outs of a large campaign come from different people.
  for (std::size_t i = messages.size(); i-- > 0 && std::ssize(all) < count;) {
    auto const& message = messages[stop ? messages.size() - 1 - i : i];
    if (message.status != MessageStatusCode::delivered && message.status != MessageStatusCode::read) continue;
    auto record = message;
    record.text = stop ? "STOP" : std::string{reply_texts[all.size() % reply_texts.size()]};
    record.status = MessageStatusCode::received;
    if (record.at) *record.at += minute++;
    all.push_back(std::move(record));
  }
  return all;
}

}  // namespace

std::vector<SimulatedRecord> simulated_messages(SimulatedCampaign const& campaign) {
  std::vector<SimulatedRecord> all;
  Outcomes outcomes{campaign.counters};
  auto const known = std::ssize(campaign.addressed);
  for (std::int64_t i = 0; i < campaign.counters.messages; ++i) {
    auto const place = static_cast<std::size_t>(i);
    SimulatedRecord record{.number = recipient_number(campaign, i), .text = campaign.text};
    if (i < known) {
      record.reference = campaign.addressed[place].reference;
      record.text = campaign.addressed[place].text.value_or(campaign.text);
    }
    record.status = outcomes.take(place < campaign.outcomes.size() ? campaign.outcomes[place] : '\0');
    if (record.status != MessageStatusCode::queued) record.at = campaign.started;
    all.push_back(std::move(record));
  }
  return all;
}

std::vector<SimulatedRecord> simulated_replies(SimulatedCampaign const& campaign) {
  return from_people(campaign, campaign.counters.replies, false);
}

std::vector<SimulatedRecord> simulated_opt_outs(SimulatedCampaign const& campaign) {
  return from_people(campaign, campaign.counters.opt_outs, true);
}

}  // namespace polycampaign::inline v1::testing
