#include "testing/conformance/told.hpp"

#include <chrono>

namespace polycampaign::inline v1::testing::conformance {

namespace {

using Text = std::optional<std::string>;

Text text_of(std::optional<Timestamp> const& time) {
  return time ? Text{to_rfc3339(time->time)} : std::nullopt;
}

Text text_of(Count const& count) {
  return count ? Text{std::to_string(*count)} : std::nullopt;
}

Text text_of(std::vector<RecipientList> const& lists) {
  std::string text;
  for (auto const& list : lists)
    text += (text.empty() ? "" : "; ") + list.id.value_or("-") + ' ' + list.name.value_or("-");
  return lists.empty() ? std::nullopt : Text{text};
}

Text text_of(std::optional<Cost> const& cost) {
  return cost ? Text{cost->amount.text() + ' ' + cost->unit} : std::nullopt;
}

void add(std::string& all, std::string const& more) {
  all += (all.empty() ? "" : ", ") + more;
}

}  // namespace

std::vector<Field> all_fields() {
  std::vector<Field> all;
  for (int i = 0; i <= static_cast<int>(Field::clicks); ++i) all.push_back(static_cast<Field>(i));
  return all;
}

Text told(Campaign const& campaign, Field field) {
  auto const& statistics = campaign.statistics;
  switch (field) {
    case Field::name: return campaign.name;
    case Field::sender: return campaign.sender;
    case Field::text: return campaign.text;
    case Field::channel:
      return campaign.channel ? Text{std::string{to_string(*campaign.channel)}} : std::nullopt;
    case Field::status:
      return campaign.status.vendor_word || campaign.status.code != StatusCode::unknown
                 ? Text{std::string{to_string(campaign.status.code)}}
                 : std::nullopt;
    case Field::created_at: return text_of(campaign.created_at);
    case Field::scheduled_at: return text_of(campaign.scheduled_at);
    case Field::started_at: return text_of(campaign.started_at);
    case Field::finished_at: return text_of(campaign.finished_at);
    case Field::updated_at: return text_of(campaign.updated_at);
    case Field::cost: return text_of(campaign.cost);
    case Field::recipient_lists: return text_of(campaign.recipient_lists);
    case Field::recipients: return text_of(statistics.recipients);
    case Field::filtered: return text_of(statistics.filtered);
    case Field::messages: return text_of(statistics.messages);
    case Field::submitted: return text_of(statistics.submitted);
    case Field::pending: return text_of(statistics.pending);
    case Field::in_flight: return text_of(statistics.in_flight);
    case Field::delivered: return text_of(statistics.delivered);
    case Field::undelivered: return text_of(statistics.undelivered);
    case Field::expired: return text_of(statistics.expired);
    case Field::failed: return text_of(statistics.failed);
    case Field::unreported: return text_of(statistics.unreported);
    case Field::read: return text_of(statistics.read);
    case Field::replies: return text_of(statistics.replies);
    case Field::opt_outs: return text_of(statistics.opt_outs);
    case Field::clicks: return text_of(statistics.clicks);
  }
  return std::nullopt;
}

std::string disagreement(Campaign const& one, Campaign const& other) {
  std::string all;
  if (one.id != other.id) add(all, "id: \"" + one.id + "\", \"" + other.id + '"');
  for (auto const field : all_fields()) {
    // a list may name what a detail numbers; costs become exact in the detail
    if (field == Field::recipient_lists || field == Field::cost) continue;
    auto const a = told(one, field);
    auto const b = told(other, field);
    if (a && b && a != b) add(all, std::string{to_string(field)} + ": \"" + *a + "\", \"" + *b + '"');
  }
  return all;
}

std::string untruth(Campaign const& campaign, SimulatedCampaign const& truth) {
  std::string all;
  auto const text = [&](Field field, std::string const& so) {
    auto const said = told(campaign, field);
    if (said && *said != so)
      add(all, std::string{to_string(field)} + ": \"" + *said + "\", truly \"" + so + '"');
  };
  auto const time = [&](Field field, std::optional<Timestamp> const& said,
                        std::optional<std::chrono::sys_seconds> const& so) {
    if (!said) return;
    auto const off = so ? std::chrono::abs(said->time - *so) : std::chrono::hours{24};
    if (off == std::chrono::seconds{0}) return;
    if (said->zone == ZoneBasis::assumed && off == std::chrono::hours{1}) return;
    add(all, std::string{to_string(field)} + ": " + to_rfc3339(said->time) + ", truly " +
                 (so ? to_rfc3339(*so) : "never"));
  };
  text(Field::text, truth.text);
  text(Field::channel, std::string{to_string(truth.channel)});
  text(Field::status, std::string{to_string(truth.status)});
  text(Field::delivered, std::to_string(truth.counters.delivered));
  time(Field::created_at, campaign.created_at, truth.created);
  time(Field::scheduled_at, campaign.scheduled_at, truth.scheduled);
  time(Field::started_at, campaign.started_at, truth.started);
  time(Field::finished_at, campaign.finished_at, truth.finished);
  time(Field::updated_at, campaign.updated_at, truth.updated);
  return all;
}

}  // namespace polycampaign::inline v1::testing::conformance
