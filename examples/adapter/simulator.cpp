#include "simulator.hpp"

#include <polycampaign/operations.hpp>
#include <polycampaign/protocol/zone.hpp>
#include <polycampaign/testing/vendor_simulator.hpp>
#include <polycampaign/timestamp.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace heron {
namespace {

using nlohmann::json;
using namespace polycampaign;
using testing::SimulatedCampaign;
using testing::SimulatedRecord;

constexpr StatusCode statuses[] = {StatusCode::draft, StatusCode::scheduled, StatusCode::sending,
                                   StatusCode::completed, StatusCode::canceled};
constexpr testing::CampaignShape shape{.statuses = statuses, .first_number = 7001, .currency = "EUR"};

std::string_view state(StatusCode code) {
  switch (code) {
    case StatusCode::draft: return "draft";
    case StatusCode::scheduled: return "planned";
    case StatusCode::sending: return "running";
    case StatusCode::canceled: return "called off";
    default: return "finished";
  }
}

json wall_time(std::optional<std::chrono::sys_seconds> time) {
  if (!time) return nullptr;
  return protocol::format_wall(protocol::Zone::find("Europe/Paris")->to_wall(*time));
}

json record(SimulatedCampaign const& campaign, bool detail) {
  json reported{{"id", campaign.number},  // a number, although the documentation shows a string
                {"title", campaign.name},
                {"state", state(campaign.status)},
                {"made", wall_time(campaign.created)},
                {"planned", wall_time(campaign.scheduled)}};
  if (!detail) return reported;
  auto price = campaign.cost;
  std::ranges::replace(price, '.', ',');
  reported["body"] = campaign.text;
  reported["price"] = price.empty() ? "" : price + ' ' + campaign.currency;
  reported["counts"] = {{"all", campaign.counters.messages},
                        {"waiting", campaign.counters.pending},
                        {"arrived", std::to_string(campaign.counters.delivered)},
                        {"lost", campaign.counters.failed}};
  return reported;
}

std::string_view message_state(MessageStatusCode code) {
  switch (code) {
    case MessageStatusCode::queued: return "waiting";
    case MessageStatusCode::submitted: return "sent";
    case MessageStatusCode::delivered: return "arrived";
    case MessageStatusCode::expired: return "too late";
    default: return "lost";
  }
}

json group_record(testing::SimulatedAddressBook const& group) {
  return {{"id", testing::whole_number(group.id).value_or(0)},
          {"title", group.name},
          {"people", group.members.size()},
          {"made", wall_time(group.created)}};
}

/// Writes a reply or an opt-out.
json word_record(SimulatedRecord const& record, json const& campaign) {
  return {{"campaign", campaign},
          {"from", record.number.substr(1)},
          {"body", record.text},
          {"came", wall_time(record.at)}};
}

class HeronSimulator final : public testing::VendorSimulator {
 public:
  explicit HeronSimulator(testing::SimulatorOptions options)
      : VendorSimulator{std::move(options), {}, shape},
        password_{testing::hex_text(this->options().seed, 20)} {}

  HttpResponse answer(HttpRequest const& request, testing::RequestTarget const& target) override {
    if (target.path == "/session" && request.method == "POST") return session(request);
    if (!tickets_.contains(testing::request_header(request, "X-Ticket").value_or("")))
      return refusal("E102", "no such ticket");
    auto const& path = target.segments;
    if (path.empty()) return testing::text_answer(404, "text/plain", "no such page");
    if (path[0] == "groups") return groups(request, target);
    if (path[0] == "stops" && path.size() == 1) return stop_list(target);
    if (path[0] == "messages" && path.size() == 1) return messages(target);
    if (path[0] == "campaigns" && path.size() == 3) return words(path[1], path[2]);
    if (path[0] != "campaigns") return testing::text_answer(404, "text/plain", "no such page");
    if (path.size() == 1 && request.method == "POST") return create(request);
    if (path.size() == 2 && request.method == "PUT") return update(path[1], request);
    if (path.size() == 2 && request.method == "DELETE") return remove(path[1]);
    return path.size() == 1 ? list(target) : detail(target);
  }
  std::map<std::string, std::string> credentials() const override {
    return {{"user", "demo"}, {"password", password_}};
  }
  void expire_tokens() override { tickets_.clear(); }

  std::optional<std::vector<SimulatedRecord>> records(Operation list, std::string_view id) const override {
    if (list == ListStopList::operation) return all_stops();
    auto const* const campaign = find(id);
    if (campaign == nullptr) return std::nullopt;
    if (list == ListMessages::operation) return testing::simulated_messages(*campaign);
    if (list == ListReplies::operation) return testing::simulated_replies(*campaign);
    return testing::simulated_opt_outs(*campaign);
  }

 private:
  static HttpResponse refusal(std::string_view code, std::string_view reason) {
    return testing::json_answer(200, json{{"result", "error"}, {"code", code}, {"reason", reason}}.dump());
  }

  HttpResponse session(HttpRequest const& request) {
    auto const body = json::parse(request.body, nullptr, false);
    if (!body.is_object() || body.value("user", "") != "demo" || body.value("password", "") != password_)
      return refusal("E101", "wrong user or password");
    auto const ticket = testing::hex_text(options().seed + ++issued_, 32);
    tickets_.insert(ticket);
    return testing::json_answer(200, json{{"result", "ok"}, {"ticket", ticket}, {"valid_for", 900}}.dump());
  }

  HttpResponse list(testing::RequestTarget const& target) const {
    auto const count = testing::whole_number(target.parameter("count").value_or("50"));
    if (!count || *count < 1 || *count > 200) return refusal("E107", "count must be 1 to 200");
    auto const after = testing::whole_number(target.parameter("after").value_or(""));
    auto const title = target.parameter("title").value_or("");
    json page = json::array();
    json next = nullptr;
    for (auto const& campaign : campaigns()) {
      if (after && campaign.number >= *after) continue;
      if (!testing::contains_text(campaign.name, title)) continue;
      if (page.size() == static_cast<std::size_t>(*count)) {
        next = page.back()["id"];  // a number as well
        break;
      }
      page.push_back(record(campaign, false));
    }
    return testing::json_answer(200, json{{"result", "ok"}, {"campaigns", page}, {"next", next}}.dump());
  }

  HttpResponse detail(testing::RequestTarget const& target) const {
    auto const* const campaign = target.segments.size() == 2 ? find(target.segments[1]) : nullptr;
    if (campaign == nullptr) return refusal("E104", "no such campaign");
    return testing::json_answer(200, json{{"result", "ok"}, {"campaign", record(*campaign, true)}}.dump());
  }

  static HttpResponse ok(json body = json::object()) {
    body["result"] = "ok";
    return testing::json_answer(200, body.dump());
  }

  /// Answers with one page of these records. The cursor is the index of the next one.
  static HttpResponse page_of_all(testing::RequestTarget const& target, char const* name,
                                  std::vector<json> const& all) {
    auto const count = testing::whole_number(target.parameter("count").value_or("50"));
    if (!count || *count < 1 || *count > 200) return refusal("E107", "count must be 1 to 200");
    auto const first = testing::whole_number(target.parameter("after").value_or("0")).value_or(0);
    json page = json::array();
    for (auto const& one : testing::page_of(all, first, *count)) page.push_back(one);
    auto const next = first + *count;
    return ok({{name, page},
               {"next", next < static_cast<std::int64_t>(all.size()) ? json(std::to_string(next)) : json()}});
  }

  HttpResponse groups(HttpRequest const& request, testing::RequestTarget const& target) {
    auto const& path = target.segments;
    if (path.size() == 1 && request.method == "POST") return add_group(request);
    if (path.size() == 1) {
      std::vector<json> all;
      for (auto const& group : account().lists()) all.push_back(group_record(group));
      return page_of_all(target, "groups", all);
    }
    auto* const group = account().find_list(path[1]);
    if (group == nullptr) return refusal("E104", "no such group");
    if (path.size() == 3 && path[2] == "numbers" && request.method == "POST")
      return add_numbers(*group, request);
    if (path.size() == 2 && request.method == "DELETE") {
      account().remove_list(path[1]);
      return ok();
    }
    if (path.size() == 2 && request.method == "GET") return ok({{"group", group_record(*group)}});
    return refusal("E107", "no such request");
  }

  static HttpResponse add_numbers(testing::SimulatedAddressBook& group, HttpRequest const& request) {
    auto const body = json::parse(request.body, nullptr, false);
    if (!body.is_object()) return refusal("E107", "the body is not JSON");
    std::int64_t added = 0;
    std::int64_t known = 0;
    for (std::string const number : body.value("numbers", json::array())) {
      if (std::ranges::find(group.members, number, &testing::SimulatedRecipient::number) !=
          group.members.end()) {
        ++known;
        continue;
      }
      group.members.push_back({.number = number});
      ++added;
    }
    return ok({{"group", testing::whole_number(group.id).value_or(0)},
               {"added", added},
               {"known", std::to_string(known)}});
  }

  /// Answers with the messages of all campaigns that were made on one day in Paris.
  HttpResponse messages(testing::RequestTarget const& target) const {
    auto const day = target.parameter("made").value_or("");
    if (day.size() != 10) return refusal("E107", "made must be a day");
    std::vector<json> all;
    for (auto const& campaign : campaigns()) {
      if (wall_time(campaign.created).get<std::string>().substr(0, 10) != day) continue;
      std::int64_t index = 0;
      for (auto const& message : testing::simulated_messages(campaign))
        all.push_back({{"id", campaign.id + '-' + std::to_string(index++)},
                       {"campaign", campaign.number},
                       {"to", testing::whole_number(message.number.substr(1)).value_or(0)},
                       {"body", message.text},
                       {"state", message_state(message.status)},
                       {"sent", wall_time(message.at)},
                       {"parts", std::to_string(campaign.parts)}});
    }
    return page_of_all(target, "messages", all);
  }

  /// Answers with the replies to a campaign or the opt-outs of one.
  HttpResponse words(std::string const& id, std::string const& what) const {
    auto const* const campaign = find(id);
    if (campaign == nullptr) return refusal("E104", "no such campaign");
    json all = json::array();
    if (what != "replies" && what != "stops") return refusal("E107", "no such request");
    for (auto const& record :
         what == "replies" ? testing::simulated_replies(*campaign) : testing::simulated_opt_outs(*campaign))
      all.push_back(word_record(record, campaign->number));
    return ok({{what, all}});
  }

  HttpResponse stop_list(testing::RequestTarget const& target) const {
    std::vector<json> all;
    for (auto const& record : all_stops()) all.push_back(word_record(record, nullptr));
    return page_of_all(target, "stops", all);
  }

  std::vector<SimulatedRecord> all_stops() const {
    constexpr std::size_t most = 40;
    std::vector<SimulatedRecord> all;
    for (auto const& campaign : campaigns()) {
      if (all.size() >= most) break;
      // The largest ones would take long.
      if (campaign.counters.messages > 1000) continue;
      for (auto const& record : testing::simulated_opt_outs(campaign)) all.push_back(record);
    }
    return all;
  }

  HttpResponse add_group(HttpRequest const& request) {
    auto const body = json::parse(request.body, nullptr, false);
    if (!body.is_object() || body.value("title", "").empty()) return refusal("E107", "title is missing");
    std::vector<testing::SimulatedRecipient> members;
    for (auto const& number : body.value("numbers", json::array())) members.push_back({.number = number});
    auto const& group = account().add_list(body["title"], std::move(members), now());
    return ok({{"group", testing::whole_number(group.id).value_or(0)},
               {"added", group.members.size()},
               {"known", 0}});
  }

  /// Reads a start. Returns nothing if it is not in the future.
  std::optional<std::chrono::sys_seconds> start_of(std::string const& text) const {
    auto wall = text;
    if (wall.size() == 19) wall[10] = 'T';
    auto const time = parse_time(wall + 'Z');
    if (!time) return std::nullopt;
    auto const start = protocol::Zone::find("Europe/Paris")->to_utc(*time).time;
    return start > now() ? std::optional{start} : std::nullopt;
  }

  HttpResponse create(HttpRequest const& request) {
    auto const body = json::parse(request.body, nullptr, false);
    if (!body.is_object()) return refusal("E107", "the body is not JSON");
    auto const* const group = account().find_list(body.value("group", ""));
    if (group == nullptr) return refusal("E104", "no such group");
    testing::SimulatedOrder order{.name = body.value("title", ""),
                                  .sender = body.value("from", ""),
                                  .text = body.value("body", ""),
                                  .recipients = group->members,
                                  .lists = {{group->id, group->name}},
                                  .status = StatusCode::draft};
    auto const start = body.value("start", "");
    if (start != "draft" && start != "now") {
      order.scheduled = start_of(start);
      order.status = StatusCode::scheduled;
      if (!order.scheduled) return refusal("E107", "start is not a time in the future");
    }
    if (start == "now") order.status = StatusCode::queued;
    // The number of the request is for `Simulator::reached`.
    auto const id = account().create(std::move(order), now(), request_number()).id;
    if (start == "now") account().enter(id, StatusCode::sending, now());
    return ok({{"campaign", record(*find(id), true)}});
  }

  HttpResponse update(std::string const& id, HttpRequest const& request) {
    auto const body = json::parse(request.body, nullptr, false);
    auto const* const campaign = find(id);
    if (campaign == nullptr) return refusal("E104", "no such campaign");
    if (campaign->status != StatusCode::draft && campaign->status != StatusCode::scheduled)
      return refusal("E108", "the campaign has started");
    auto const start = start_of(body.value("start", ""));
    if (body.contains("start") && !start) return refusal("E107", "start is not a time in the future");
    account().change(id, [&](SimulatedCampaign& changed) {
      changed.name = body.value("title", changed.name);
      changed.text = body.value("body", changed.text);
      changed.parts = testing::text_parts(changed.text);
      if (!start) return;
      changed.scheduled = start;
      changed.status = StatusCode::scheduled;
      changed.immediate = false;
      changed.since = now();
      changed.request = request_number();
    });
    return ok();
  }

  HttpResponse remove(std::string const& id) {
    auto const* const campaign = find(id);
    if (campaign == nullptr) return refusal("E104", "no such campaign");
    if (campaign->status == StatusCode::sending) return refusal("E108", "the campaign is running");
    account().remove(id);
    return ok();
  }

  std::string password_;
  std::set<std::string> tickets_{};
  std::uint64_t issued_ = 0;
};

constexpr testing::SimulatedVendor kit_entry{
    .name = "heron",
    .make = [](testing::SimulatorOptions options) -> std::unique_ptr<testing::VendorSimulator> {
      return std::make_unique<HeronSimulator>(std::move(options));
    },
    .switches = []() noexcept -> std::span<testing::Switch const> { return {}; }};

}  // namespace

testing::SimulatedVendor const& simulated() noexcept {
  return kit_entry;
}

}  // namespace heron
