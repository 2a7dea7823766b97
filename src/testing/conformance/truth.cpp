#include "testing/conformance/truth.hpp"

#include <algorithm>
#include <chrono>

namespace polycampaign::inline v1::testing::conformance {

namespace {

using Text = std::optional<std::string>;

Text text_of(CompactOptional<Timestamp> const& time) {
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

Text reported(Campaign const& campaign, Field field) {
  for (auto const& [counted, counter] : all_counters())
    if (counted == field) return text_of(campaign.statistics.*counter);
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
    default: break;
  }
  return std::nullopt;
}

std::string disagreement(Campaign const& one, Campaign const& other) {
  std::string all;
  if (one.id != other.id) add(all, "id: \"" + one.id + "\", \"" + other.id + '"');
  for (auto const field : all_fields()) {
    // A list may give the names where a detail gives the ids. Costs become exact in the detail.
    if (field == Field::recipient_lists || field == Field::cost) continue;
    auto const a = reported(one, field);
    auto const b = reported(other, field);
    if (a && b && a != b) add(all, std::string{to_string(field)} + ": \"" + *a + "\", \"" + *b + '"');
  }
  return all;
}

namespace {

/// Collects the values that do not match.
class Differences {
 public:
  void add(std::string_view name, std::string const& said, std::string const& so) {
    conformance::add(all_, std::string{name} + ": \"" + said + "\" instead of \"" + so + '"');
  }
  void text(Field field, Campaign const& campaign, std::string const& so) {
    if (auto const said = reported(campaign, field); said && *said != so) add(to_string(field), *said, so);
  }
  void time(Field field, CompactOptional<Timestamp> const& said,
            std::optional<std::chrono::sys_seconds> const& so) {
    if (!said) return;
    auto const off = so ? std::chrono::abs(said->time - *so) : std::chrono::hours{24};
    if (off == std::chrono::seconds{0}) return;
    if (said->zone == ZoneBasis::assumed && off == std::chrono::hours{1}) return;
    add(to_string(field), to_rfc3339(said->time), so ? to_rfc3339(*so) : "never");
  }
  [[nodiscard]] std::string const& all() const noexcept { return all_; }

 private:
  std::string all_{};
};

void compare_counters(Differences& differences, Campaign const& campaign, SimulatedCounters const& so) {
  auto const count = [&](Field field, std::int64_t value) {
    differences.text(field, campaign, std::to_string(value));
  };
  count(Field::recipients, so.recipients);
  count(Field::filtered, so.filtered);
  count(Field::messages, so.messages);
  // Some vendors hand over messages that then fail.
  auto const submitted = so.messages - so.pending;
  if (campaign.statistics.submitted != submitted) count(Field::submitted, submitted - so.failed);
  count(Field::pending, so.pending);
  count(Field::in_flight, so.in_flight);
  count(Field::delivered, so.delivered);
  count(Field::undelivered, so.undelivered);
  count(Field::expired, so.expired);
  count(Field::failed, so.failed);
  count(Field::unreported, so.unreported);
  count(Field::read, so.read);
  count(Field::replies, so.replies);
  count(Field::opt_outs, so.opt_outs);
}

/// Compares the lists in order. A vendor may report only the id or only the name.
void compare_lists(Differences& differences, std::vector<RecipientList> const& said,
                   std::vector<SimulatedList> const& so) {
  if (said.empty()) return;
  auto const number = [](std::size_t size) { return std::to_string(size) + " lists"; };
  if (said.size() != so.size())
    return differences.add("recipient_lists", number(said.size()), number(so.size()));
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (said[i].id && *said[i].id != so[i].id) differences.add("recipient_lists", *said[i].id, so[i].id);
    if (said[i].name && *said[i].name != so[i].name)
      differences.add("recipient_lists", *said[i].name, so[i].name);
  }
}

}  // namespace

std::string untruth(Campaign const& campaign, SimulatedCampaign const& truth,
                    std::set<std::string> const& texts) {
  Differences differences;
  if (auto const& name = campaign.name; name && (texts.contains(truth.name) || !texts.contains(*name)))
    differences.text(Field::name, campaign, truth.name);
  differences.text(Field::sender, campaign, truth.sender);
  differences.text(Field::text, campaign, truth.text);
  differences.text(Field::channel, campaign, std::string{to_string(truth.channel)});
  differences.text(Field::status, campaign, std::string{to_string(truth.status)});
  differences.time(Field::created_at, campaign.created_at, truth.created);
  differences.time(Field::scheduled_at, campaign.scheduled_at, truth.scheduled);
  differences.time(Field::started_at, campaign.started_at, truth.started);
  differences.time(Field::finished_at, campaign.finished_at, truth.finished);
  differences.time(Field::updated_at, campaign.updated_at, truth.updated);
  differences.text(Field::cost, campaign, truth.cost.empty() ? "none" : truth.cost + ' ' + truth.currency);
  compare_lists(differences, campaign.recipient_lists, truth.lists);
  compare_counters(differences, campaign, truth.counters);
  for (auto const& counter : campaign.statistics.vendor_counters)
    if (!texts.contains(std::to_string(counter.value)))
      differences.add(counter.name, std::to_string(counter.value), "a value that the vendor sent");
  for (auto const& rate : campaign.statistics.reported_rates)
    if (!texts.contains(rate.text)) differences.add(rate.name, rate.text, "a value that the vendor sent");
  return differences.all();
}

bool is_counter(Field field) noexcept {
  return std::ranges::find(all_counters(), field, &Counter::field) != all_counters().end();
}

std::map<std::string, std::string> reported(Campaign const& campaign) {
  std::map<std::string, std::string> all;
  for (auto const field : all_fields())
    if (auto const value = reported(campaign, field)) all.emplace(to_string(field), *value);
  if (campaign.status.vendor_word) all.emplace("status word", *campaign.status.vendor_word);
  for (auto const& counter : campaign.statistics.vendor_counters)
    all.emplace("vendor counter " + counter.name, std::to_string(counter.value));
  for (auto const& rate : campaign.statistics.reported_rates) all.emplace("rate " + rate.name, rate.text);
  return all;
}

}  // namespace polycampaign::inline v1::testing::conformance
