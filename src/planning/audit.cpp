#include "polycampaign/audit.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

std::size_t index_of(MessageStatusCode code) noexcept {
  return static_cast<std::size_t>(code);
}

}  // namespace

void MessageSummary::add(Message const& message) noexcept {
  auto const index = index_of(message.status.code);
  ++counts_[index < std::size(counts_) ? index : 0];
}

Statistics MessageSummary::statistics() const {
  auto const of = [&](MessageStatusCode code) { return counts_[index_of(code)]; };
  using enum MessageStatusCode;
  Statistics s;
  s.pending = of(scheduled) + of(moderation) + of(queued) + of(sending);
  s.in_flight = of(submitted);
  s.delivered = of(delivered) + of(read);
  s.undelivered = of(undelivered) + of(rejected);
  s.expired = of(expired);
  s.failed = of(failed);
  s.unreported = of(unreported);
  s.messages = *partition_sum(s) + of(unknown);
  s.submitted = *s.in_flight + *s.delivered + *s.undelivered + *s.expired + *s.unreported;
  if (of(read) > 0) s.read = of(read);
  if (of(received) > 0) s.replies = of(received);
  if (of(unknown) > 0) s.vendor_counters.push_back({"unknown", of(unknown)});
  return s;
}

Statistics summarize(std::span<Message const> messages) {
  MessageSummary summary;
  for (auto const& message : messages) summary.add(message);
  return summary.statistics();
}

namespace {

class Auditor {
 public:
  Auditor(Campaign const& campaign, Statistics const& messages) : campaign_{campaign}, messages_{messages} {
    for (auto const& counter : messages.vendor_counters)
      if (counter.name == "unknown") unknown_ = counter.value;
  }

  void compare(Field field, Count shown, Count counted) {
    if (shown && counted && *shown != *counted)
      differences_.push_back({field, shown, counted, why(*shown, *counted)});
  }

  [[nodiscard]] std::vector<Difference> run() {
    auto const& s = campaign_.statistics;
    auto const& m = messages_;
    compare(Field::messages, s.messages, m.messages);
    compare(Field::pending, s.pending, m.pending);
    compare(Field::in_flight, s.in_flight, m.in_flight);
    compare(Field::delivered, s.delivered, m.delivered);
    Count both;
    if (m.undelivered && m.failed) both = *m.undelivered + *m.failed;
    compare(Field::undelivered, s.undelivered, s.failed ? m.undelivered : both);
    compare(Field::expired, s.expired, m.expired);
    compare(Field::failed, s.failed, s.undelivered ? m.failed : both);
    compare(Field::unreported, s.unreported, m.unreported);
    if (s.read) compare(Field::read, s.read, m.read.value_or(0));
    return std::move(differences_);
  }

 private:
  [[nodiscard]] std::string why(std::int64_t shown, std::int64_t counted) const {
    std::string sentences;
    auto const add = [&](std::string sentence) {
      if (!sentences.empty()) sentences += ' ';
      sentences += sentence;
    };
    if (unknown_ > 0)
      add(std::to_string(unknown_) + (unknown_ == 1 ? " message has" : " messages have") +
          " a status that the library does not know.");
    auto const total = campaign_.statistics.messages;
    if (total && messages_.messages && *messages_.messages < *total)
      add("The list contains fewer messages than the campaign counts; see ListReport::missed.");
    if (!campaign_.status.ended().value_or(false))
      add("The campaign has not ended, and its messages change while they are read.");
    else if (sentences.empty())
      add(shown > counted ? "Delivery reports may have come after the messages were read. Read both again."
                          : "Delivery reports may have come after the campaign was read. Read both again.");
    return sentences;
  }

  Campaign const& campaign_;
  Statistics const& messages_;
  std::int64_t unknown_ = 0;
  std::vector<Difference> differences_{};
};

}  // namespace

std::vector<Difference> audit(Campaign const& campaign, Statistics const& of_messages) {
  return Auditor{campaign, of_messages}.run();
}

std::vector<Difference> audit(Campaign const& campaign, std::span<Message const> messages) {
  return audit(campaign, summarize(messages));
}

std::string_view to_string(Certainty certainty) noexcept {
  switch (certainty) {
    case Certainty::no: return "no";
    case Certainty::yes: return "yes";
    case Certainty::unknown: break;
  }
  return "unknown";
}

namespace {

bool nothing_left(Statistics const& s) noexcept {
  return s.pending && s.in_flight && *s.pending == 0 && *s.in_flight == 0;
}

/// Returns whether the outcomes that the campaign shows are all of its messages.
bool accounted_for(Statistics const& s) noexcept {
  auto const all = s.messages ? s.messages : s.submitted;
  if (!all || *all == 0) return false;
  std::int64_t outcomes = 0;
  for (auto const& outcome : {s.delivered, s.undelivered, s.expired, s.failed, s.unreported}) {
    auto const value = outcome.value_or(0);
    if (value > *all - outcomes) return false;
    outcomes += value;
  }
  return outcomes == *all;
}

/// Returns whether a message may have been handed over.
bool handed_over(Statistics const& s) noexcept {
  if (s.delivered.value_or(0) > 0) return true;
  if (s.submitted) return *s.submitted > 0;
  bool const all_wait = s.messages && s.pending && *s.pending == *s.messages;
  return !all_wait;
}

}  // namespace

Settlement settled(Capabilities const& capabilities, Campaign const& campaign, std::chrono::sys_seconds now) {
  auto const& s = campaign.statistics;
  auto const& rules = capabilities.reports;
  auto const ended = campaign.status.ended();
  if (!ended) return {Certainty::unknown, "The campaign's status is not known."};
  if (!*ended) return {Certainty::no, "The campaign has not ended."};
  if (campaign.status.code == StatusCode::rejected)
    return {Certainty::yes, "The campaign was rejected: nothing was sent."};
  if (campaign.status.code == StatusCode::canceled && !handed_over(s))
    return {Certainty::yes, "The campaign was canceled before anything was sent."};
  if (!rules.delivery_reports)
    return {Certainty::yes, "The campaign has ended, and this vendor receives no delivery reports."};
  if (nothing_left(s)) return {Certainty::yes, "Nothing is pending, and no delivery report is due."};
  if (accounted_for(s)) return {Certainty::yes, "Every message has an outcome."};
  if (rules.validity_hours > 0) {
    std::optional<std::chrono::sys_seconds> last;
    for (auto const* const time :
         {&campaign.finished_at, &campaign.started_at, &campaign.scheduled_at, &campaign.created_at})
      if (*time && (!last || (*time)->time > *last)) last = (*time)->time;
    if (!last)
      return {Certainty::unknown, "The campaign shows no time from which its reports could be counted."};
    auto const hours = std::to_string(rules.validity_hours);
    if (now >= *last + std::chrono::hours{rules.validity_hours + 24})
      return {Certainty::yes, "More than a day has passed since the last report could come, " + hours +
                                  " hours after the campaign."};
    return {Certainty::no, "Delivery reports can come for " + hours + " hours after the campaign."};
  }
  return {
      Certainty::unknown,
      "Messages without an outcome are left, and the vendor does not document how long reports can come."};
}

}  // namespace polycampaign::inline v1
