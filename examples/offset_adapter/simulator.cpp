#include "simulator.hpp"

#include <polycampaign/testing/vendor_simulator.hpp>
#include <polycampaign/timestamp.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wren {
namespace {

using nlohmann::json;
using namespace polycampaign;
using testing::SimulatedCampaign;

constexpr StatusCode statuses[] = {StatusCode::draft, StatusCode::scheduled, StatusCode::sending,
                                   StatusCode::completed, StatusCode::canceled};
constexpr testing::CampaignShape shape{
    .statuses = statuses, .ids = testing::SimulatedId::uuid, .currency = "EUR"};

constexpr std::array switches{
    testing::Switch{"page_cap", "100|20",
                    "maximum number of records per page, whatever the request asks for; any number"},
    testing::Switch{"total", "reported|missing", "whether a page reports the total of the list"},
};

std::string_view state(StatusCode code) {
  return code == StatusCode::completed ? "sent" : to_string(code);
}

json time(std::optional<std::chrono::sys_seconds> time) {
  return time ? json(to_rfc3339(*time)) : json(nullptr);
}

/// Writes a record as text, so that the price is a number with all of its digits.
std::string record(SimulatedCampaign const& campaign) {
  auto text = json{{"id", campaign.id},
                   {"name", campaign.name},
                   {"sender", campaign.sender},
                   {"text", campaign.text},
                   {"status", state(campaign.status)},
                   {"created", time(campaign.created)},
                   {"send_at", time(campaign.scheduled)},
                   {"messages", campaign.counters.messages},
                   {"delivered", campaign.counters.delivered},
                   {"failed", campaign.counters.failed}}
                  .dump();
  text.back() = ',';
  return text + "\"price\":" + (campaign.cost.empty() ? "null" : campaign.cost) + '}';
}

class WrenSimulator final : public testing::VendorSimulator {
 public:
  explicit WrenSimulator(testing::SimulatorOptions options)
      : VendorSimulator{std::move(options), switches, shape},
        key_{testing::hex_text(this->options().seed, 32)} {
    for (auto const* const text : {"Wren", "Finch"})
      account().senders.push_back({.id = testing::uuid_text(account().senders.size() + 1), .text = text});
  }

  HttpResponse answer(HttpRequest const& request, testing::RequestTarget const& target) override {
    if (testing::request_header(request, "X-Api-Key") != key_) return refusal(401, "unknown_key");
    auto const& path = target.segments;
    if (request.method == "GET" && target.path == "/v1/senders") return senders();
    if (request.method == "POST" && target.path == "/v1/campaigns") return create(request);
    if (request.method == "POST" && path.size() == 4 && path[1] == "campaigns" && path[3] == "cancel")
      return cancel(path[2]);
    if (request.method != "GET" || path.size() < 2 || path[0] != "v1" || path[1] != "campaigns")
      return refusal(404, "no_such_path");
    if (path.size() == 2) return list(target);
    auto const* const campaign = path.size() == 3 ? find(path[2]) : nullptr;
    if (campaign == nullptr) return refusal(404, "no_such_campaign");
    return testing::json_answer(200, R"({"campaign":)" + record(*campaign) + '}');
  }
  std::map<std::string, std::string> credentials() const override { return {{"api_key", key_}}; }

 private:
  static HttpResponse refusal(int status, std::string_view code) {
    return testing::json_answer(status, json{{"code", code}, {"message", "see the documents"}}.dump());
  }

  HttpResponse list(testing::RequestTarget const& target) const {
    auto const offset = testing::whole_number(target.parameter("offset").value_or("0"));
    auto const limit = testing::whole_number(target.parameter("limit").value_or("20"));
    if (!offset || *offset < 0 || !limit || *limit < 1 || *limit > 100) return refusal(400, "bad_range");
    auto const sort = target.parameter("sort").value_or("-created");
    auto all = campaigns();
    if (sort == "created")
      std::ranges::reverse(all);
    else if (sort == "name" || sort == "-name")
      std::ranges::sort(all, [&](SimulatedCampaign const& a, SimulatedCampaign const& b) {
        return sort == "name" ? a.name < b.name : b.name < a.name;
      });
    else if (sort != "-created")
      return refusal(400, "bad_sort");
    std::string records;
    for (auto const& campaign : testing::page_of(all, *offset, std::min(*limit, switch_number("page_cap"))))
      records += (records.empty() ? "" : ",") + record(campaign);
    auto const total = is("total", "reported") ? std::to_string(all.size()) : "null";
    return testing::json_answer(200, R"({"campaigns":[)" + records + R"(],"total":)" + total + '}');
  }

  HttpResponse one(int status, std::string_view id) const {
    return testing::json_answer(status, R"({"campaign":)" + record(*find(id)) + '}');
  }

  HttpResponse create(HttpRequest const& request) {
    auto const body = json::parse(request.body, nullptr, false);
    if (!body.is_object()) return refusal(400, "bad_json");
    testing::SimulatedOrder order{
        .name = body.value("name", ""), .sender = body.value("sender", ""), .text = body.value("text", "")};
    auto const& senders = account().senders;
    if (std::ranges::find(senders, order.sender, &testing::SimulatedSender::text) == senders.end())
      return refusal(422, "unknown_sender");
    if (auto const list_id = body.value("list", ""); !list_id.empty()) {
      auto const* const list = account().find_list(list_id);
      if (list == nullptr) return refusal(404, "no_such_list");
      order.lists.push_back({list->id, list->name});
      order.recipients = list->members;
    }
    for (auto const& number : body.value("to", json::array())) order.recipients.push_back({.number = number});
    if (order.recipients.empty() || order.text.empty()) return refusal(422, "nothing_to_send");
    if (auto const send_at = body.value("send_at", ""); !send_at.empty()) {
      auto const start = parse_time(send_at);
      if (!start || *start <= now()) return refusal(422, "bad_send_at");
      order.scheduled = *start;
      order.status = StatusCode::scheduled;
    }
    auto const waits = order.scheduled.has_value();
    // The number of the request is for `Simulator::reached`.
    auto const id = account().create(std::move(order), now(), request_number()).id;
    if (!waits) account().enter(id, StatusCode::sending, now());
    return one(201, id);
  }

  HttpResponse cancel(std::string_view id) {
    auto const* const campaign = find(id);
    if (campaign == nullptr) return refusal(404, "no_such_campaign");
    if (campaign->status != StatusCode::scheduled) return refusal(409, "not_scheduled");
    account().enter(id, StatusCode::canceled, now());
    return one(200, id);
  }

  HttpResponse senders() const {
    auto list = json::array();
    for (auto const& sender : account().senders)
      list.push_back({{"id", sender.id}, {"text", sender.text}, {"state", "approved"}});
    return testing::json_answer(200, json{{"senders", list}}.dump());
  }

  std::string key_;
};

constexpr testing::SimulatedVendor kit_entry{
    .name = "wren",
    .make = [](testing::SimulatorOptions options) -> std::unique_ptr<testing::VendorSimulator> {
      return std::make_unique<WrenSimulator>(std::move(options));
    },
    .switches = []() noexcept -> std::span<testing::Switch const> { return switches; }};

}  // namespace

testing::SimulatedVendor const& simulated() noexcept {
  return kit_entry;
}

}  // namespace wren
