#include "testing/vendors/bsg/messages.hpp"

#include "testing/vendors/bsg/queries.hpp"
#include "testing/vendors/bsg/records.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using nlohmann::ordered_json;

// More than any campaign has, so that ids stay unique and rise with the campaigns.
constexpr std::int64_t ids_of_a_campaign = 10'000'000;
constexpr std::int64_t first_campaign = 10'000'000'000'000'000;  // see the generator
constexpr std::int64_t pages_between_moves = 5;

std::int64_t id_of(SimulatedCampaign const& campaign, std::int64_t index) {
  return first_campaign + (campaign.number - first_campaign) * ids_of_a_campaign + index;
}

/// Tells the state of each message of one campaign.
class States {
 public:
  States(SimulatedCampaign const& campaign, VendorSimulator const& simulator)
      : campaign_{campaign}, buckets_(buckets_of(campaign, simulator)) {
    in_flight_ = counters_of(campaign, simulator).in_flight;
    for (auto const& [name, count] : buckets_.items())
      if (count > 0 && (name == "scheduled" || name == "moderation" || name == "sending")) waiting_ = name;
  }

  /// Returns the state of a message, by the name of its counter in the campaign.
  [[nodiscard]] std::string at(std::int64_t index) const {
    if (campaign_.outcomes.empty()) return by_place(index);
    auto const place = static_cast<std::size_t>(index);
    if (place >= campaign_.outcomes.size()) return "delivered";
    auto const outcome = campaign_.outcomes[place];
    if (outcome == 'w') return waiting_;
    if (outcome == 'f') return "failed";
    if (in_flight_ == 0) return outcome == 'e' ? "expired" : "delivered";
    // of those that were handed over, the first third was accepted by the operator
    auto const before = std::count_if(campaign_.outcomes.begin(),
                                      campaign_.outcomes.begin() + static_cast<std::ptrdiff_t>(place),
                                      [](char c) { return c == 'r' || c == 'e'; });
    return before < in_flight_ / 3 ? "accepted" : "sent";
  }

 private:
  /// Generated campaigns have as many messages of each state as they count, one state after the other.
  [[nodiscard]] std::string by_place(std::int64_t index) const {
    for (auto const& [name, count] : buckets_.items()) {
      if (index < count.get<std::int64_t>()) return name;
      index -= count.get<std::int64_t>();
    }
    return "delivered";
  }

  SimulatedCampaign const& campaign_;
  ordered_json buckets_;
  std::int64_t in_flight_ = 0;
  std::string waiting_ = "sending";
};

/// Returns the word of a message for the name of a campaign's counter.
std::string word_of(std::string state, std::int64_t index, VendorSimulator const& simulator) {
  if (state == "not_rcs_user") state = "not_service_user";
  if (simulator.is("message_word", "unknown") && state == "delivered" && index % 7 == 0) return "teleported";
  if (simulator.is("message_word", "upper"))
    std::ranges::transform(state, state.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
  return state;
}

ordered_json record_of(SimulatedCampaign const& c, std::int64_t index, States const& states,
                       VendorSimulator const& simulator) {
  using std::chrono::seconds;
  using std::chrono::sys_seconds;
  auto const state = states.at(index);
  auto const one_of = [&](std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, state) != names.end();
  };
  bool const waits = one_of({"scheduled", "moderation", "sending"});
  bool const failed = state == "failed";
  bool const reported = !waits && !failed && !one_of({"accepted", "sent", "unknown"});
  auto const sent =
      waits || failed ? std::optional<sys_seconds>{} : std::optional{c.started.value_or(c.created)};
  auto const* const person = static_cast<std::size_t>(index) < c.addressed.size()
                                 ? &c.addressed[static_cast<std::size_t>(index)]
                                 : nullptr;
  auto const text = person != nullptr ? person->text.value_or(c.text) : c.text;
  auto const digits = recipient_number(c, index).substr(1);

  ordered_json record{{"id", id_of(c, index)}, {"campaign_id", c.number}};
  record["reference_id"] = person != nullptr && !person->reference.empty() ? ordered_json(person->reference)
                                                                           : ordered_json(nullptr);
  record["type"] = type_word(c.channel);
  record["source"] = c.request == 0 ? "web" : "rest";
  record["text"] = text;
  record["phone"] = shape(simulator, "message_phone", "number", "text", "text") == "text"
                        ? ordered_json(digits)
                        : ordered_json(whole_number(digits).value_or(0));
  record["validity"] = 72;
  record["status"] = word_of(state, index, simulator);
  record["amount"] = {{"value", waits || failed ? "0.0000000" : "0.0527088"}, {"currency", c.currency}};
  record["sender"] = c.sender;
  record["created_at"] = date(c.created, simulator);
  record[std::string{shape(simulator, "sent_key", "sent_at", "send_at", "send_at")}] = date(sent, simulator);
  record[std::string{simulator.switch_value("report_key")}] =
      date(reported ? std::optional{*sent + seconds{3}} : std::nullopt, simulator);
  if (!simulator.is("profile", "web")) {
    record["country"] = digits.starts_with("41") ? "CH" : "UA";
    record["parts"] = text_parts(text);
  }
  record["rcs_options"] = nullptr;
  record["alternative_channels"] = nullptr;
  return record;
}

}  // namespace

HttpResponse Messages::answer(RequestTarget const& target) {
  Period period;
  if (auto refusal = period.read(target, simulator_)) return *std::move(refusal);
  PageWindow window;
  if (auto refusal = window.read(target, simulator_)) return *std::move(refusal);
  auto const way = target.parameter("way").value_or("asc");
  if (way != "asc" && way != "desc") return invalid("way", "The value you selected is not a valid choice.");
  // The simulator has no other order: `phone` and `delivered` would have to hold all messages.
  if (target.parameter("sort").value_or("id") != "id")
    return invalid("sort", "The value you selected is not a valid choice.");
  for (auto const* const name : {"filter[campaign_id]", "filter[id]"})
    if (auto const id = target.parameter(name); id && whole_number(*id).value_or(-1) < 0)
      return invalid(name, "This value should be of type integer.");

  auto const found = runs(target, period);
  std::int64_t total = 0;
  for (auto const& run : found) total += run.count;
  auto response =
      window.answer(page(found, window.offset, window.limit, way == "desc"), total, simulator_, "total_at");
  if (++pages_ % pages_between_moves == 0) move(found);
  return response;
}

/// Returns the messages that a query finds, by rising ids.
std::vector<Messages::Run> Messages::runs(RequestTarget const& target, Period const& period) const {
  auto const campaign_id = target.parameter("filter[campaign_id]");
  auto const message_id = target.parameter("filter[id]");
  auto const reference = target.parameter("filter[reference_id]");
  std::vector<Run> found;
  auto const& campaigns = simulator_.campaigns();
  for (auto it = campaigns.rbegin(); it != campaigns.rend(); ++it) {
    if ((campaign_id && *campaign_id != it->id) || !period.contains(it->created, simulator_)) continue;
    auto const moved = moved_.find(it->id);
    auto const [removed, added] = moved == moved_.end() ? Moved{} : moved->second;
    auto const end = counters_of(*it, simulator_).messages + added;
    if (message_id) {
      auto const index = *whole_number(*message_id) - id_of(*it, 0);
      if (index >= removed && index < end) found.push_back({&*it, index, 1});
    } else if (reference) {
      for (std::size_t i = 0; i < it->addressed.size(); ++i)
        if (it->addressed[i].reference == *reference)
          found.push_back({&*it, static_cast<std::int64_t>(i), 1});
    } else if (removed < end) {
      found.push_back({&*it, removed, end - removed});
    }
  }
  return found;
}

ordered_json Messages::page(std::vector<Run> const& runs, std::int64_t offset, std::int64_t limit,
                            bool descending) const {
  auto items = ordered_json::array();
  auto const add = [&](Run const& run) {
    if (offset >= run.count) {
      offset -= run.count;
      return;
    }
    States const states{*run.campaign, simulator_};
    for (; offset < run.count && limit > 0; ++offset, --limit) {
      auto const place = descending ? run.count - 1 - offset : offset;
      items.push_back(record_of(*run.campaign, run.first + place, states, simulator_));
    }
    offset = 0;
  };
  if (descending)
    std::for_each(runs.rbegin(), runs.rend(), add);
  else
    std::ranges::for_each(runs, add);
  return items;
}

void Messages::move(std::vector<Run> const& runs) {
  auto const removed = simulator_.switch_number("messages_deleted");
  auto const added = simulator_.switch_number("messages_added");
  if (removed == 0 && added == 0) return;
  for (auto const& run : runs) {
    auto& moved = moved_[run.campaign->id];
    if (run.count > removed) moved.removed += removed;
    moved.added += added;
  }
}

}  // namespace polycampaign::inline v1::testing::bsg
