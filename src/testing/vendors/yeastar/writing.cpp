#include "testing/vendors/yeastar/writing.hpp"

#include "testing/vendors/yeastar/channels.hpp"
#include "testing/vendors/yeastar/pages.hpp"
#include "testing/vendors/yeastar/phonebooks.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::yeastar {

namespace {

constexpr std::int64_t most_campaigns = 1'000;

/// Applies what a request to update asks for.
void apply(OrderReader const& reader, SimulatedCampaign& campaign, VendorSimulator const& simulator) {
  auto const& order = reader.order;
  campaign.updated = simulator.now();
  if (!order.name.empty()) campaign.name = order.name;
  if (!order.text.empty()) {
    campaign.text = order.text;
    campaign.parts = text_parts(order.text);
  }
  if (!order.sender.empty()) {
    campaign.sender = order.sender;
    campaign.channel = order.channel;
  }
  if (reader.has("recipient_type")) {
    campaign.lists = order.lists;
    campaign.addressed = order.recipients;
    campaign.outcomes.assign(order.recipients.size(), 'w');
    auto const messages = static_cast<std::int64_t>(order.recipients.size());
    campaign.counters = {.recipients = messages, .messages = messages, .pending = messages};
  }
  if (!reader.has("send_type")) return;
  if (campaign.status == StatusCode::draft) campaign.request = simulator.request_number();
  campaign.status = order.status;
  campaign.since = simulator.now();
  campaign.immediate = order.status == StatusCode::queued;
  campaign.scheduled = campaign.immediate ? simulator.now() : order.scheduled;
}

}  // namespace

bool is_busy(VendorSimulator const& simulator) {
  return std::ranges::any_of(simulator.campaigns(), [](SimulatedCampaign const& campaign) {
    return campaign.status == StatusCode::sending || campaign.status == StatusCode::retrying;
  });
}

Writing::Writing(VendorSimulator& simulator) : simulator_{simulator} {
  for (auto const& channel : channels_of_pbx())
    for (auto const* const number : channel.numbers)
      if (number != nullptr) simulator_.account().senders.push_back({.text = number});
}

std::optional<Answer> Writing::answer(HttpRequest const& request, RequestTarget const& target,
                                      std::string_view area, std::string_view operation) {
  bool const get = request.method == "GET";
  auto const id = target.parameter("id").value_or("");
  if (area == "message_channel" && get) {
    if (operation == "list" || operation == "search") return channels(target, operation == "search");
    if (operation == "get") return channel(id);
    if (operation == "query") return channels_with(target.parameter("ids").value_or(""));
    return std::nullopt;
  }
  if (area == "phonebook" && get) {
    if (operation == "search") return phonebooks(target, simulator_);
    if (operation == "get") return phonebook(id, simulator_);
    return std::nullopt;
  }
  if (area != "message_campaign") return std::nullopt;
  if (get && operation == "delete") return remove(id);
  if (get && operation == "retry") return retry(id);
  if (get || (operation != "create" && operation != "update")) return std::nullopt;
  // "Request Structure": a body is JSON, and says so. What happens otherwise is not documented.
  bool const is_json = contains_text(request_header(request, "Content-Type").value_or(""), "json");
  auto const body = Json::parse(is_json ? request.body : std::string{}, nullptr, false);
  if (!body.is_object()) return refused(syntax_error);
  return operation == "create" ? create(body) : update(body);
}

Writing::Json Writing::complete(SimulatedCampaign const& campaign, Json record) const {
  auto const found = shown_.find(campaign.number);
  if (found == shown_.end()) return record;
  for (auto const& [name, value] : found->second.items())
    if (record.contains(name) && name != "msg_param") record[name] = value;
  // only in the detail of a campaign with a template
  bool const detail = record.contains("content_type");
  if (detail && found->second.contains("msg_param")) {
    record.erase("msg_param");
    if (auto const& value = found->second["msg_param"]; !value.is_null()) record["msg_param"] = value;
  }
  return record;
}

Answer Writing::create(Json const& body) {
  OrderReader reader{simulator_, body, false};
  if (auto wrong = reader.read()) return *std::move(wrong);
  if (static_cast<std::int64_t>(simulator_.campaigns().size()) >= most_campaigns &&
      simulator_.is("quota", "on"))
    return refused(too_many);
  auto const& made =
      simulator_.account().create(std::move(reader.order), simulator_.now(), simulator_.request_number());
  shown_.emplace(made.number, std::move(reader.shown));
  auto const id = id_value(made.number, simulator_);
  Answer answer;
  if (simulator_.is("create_answer", "id")) answer.content = {{"id", id}};
  if (simulator_.is("create_answer", "data")) answer.content = {{"data", {{"id", id}}}};
  return answer;
}

Answer Writing::update(Json const& body) {
  if (!body.contains("id")) return invalid("id", "required");
  if (!body["id"].is_number_integer()) return invalid("id", "integer");
  auto const* const campaign = simulator_.find(body["id"].dump());
  if (campaign == nullptr) return refused(not_found);
  // Which campaigns can be edited is not documented. Here, those that have not begun to be sent.
  if (campaign->status != StatusCode::draft && campaign->status != StatusCode::scheduled)
    return refused(forbidden);
  OrderReader reader{simulator_, body, true};
  if (auto wrong = reader.read()) return *std::move(wrong);
  simulator_.account().change(campaign->id,
                              [&](SimulatedCampaign& changed) { apply(reader, changed, simulator_); });
  shown_[campaign->number].update(reader.shown);
  return {};
}

Answer Writing::remove(std::string_view id) {
  if (auto wrong = wrong_id(id)) return *std::move(wrong);
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refused(not_found);
  if (campaign->status == StatusCode::sending || campaign->status == StatusCode::retrying)
    return refused(forbidden);
  simulator_.account().remove(id);
  return {};
}

Answer Writing::retry(std::string_view id) {
  if (auto wrong = wrong_id(id)) return *std::move(wrong);
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refused(not_found);
  bool const ended = campaign->status == StatusCode::completed || campaign->status == StatusCode::interrupted;
  if (!ended || campaign->counters.failed == 0) return refused(forbidden);
  bool const waits = simulator_.is("busy_retry", "pending") && is_busy(simulator_);
  auto& account = simulator_.account();
  account.retry(id, simulator_.now(), simulator_.request_number());
  if (waits) account.enter(id, StatusCode::queued, simulator_.now());
  return {};
}

Answer Writing::channels(RequestTarget const& target, bool searching) const {
  auto const range = target.parameter("time_range").value_or("");
  constexpr std::string_view ranges[] = {"today",        "yesterday",  "last_7_days",
                                         "last_30_days", "this_month", "all"};
  if (range.empty()) return invalid("time_range", "required");
  if (std::ranges::find(ranges, range) == std::end(ranges)) return invalid("time_range", "enum");

  auto const keyword = searching ? target.parameter("search_value").value_or("") : std::string{};
  std::vector<MessageChannel const*> found;
  for (auto const& channel : channels_of_pbx())
    if (is_found(channel, keyword, simulator_)) found.push_back(&channel);
  auto const total = static_cast<std::int64_t>(found.size());
  PageSlice slice;
  if (auto wrong = read_page(target, simulator_, total, slice)) return *std::move(wrong);
  auto items = Json::array();
  for (auto const* const channel : page_of(found, slice.first, slice.size))
    items.push_back(channel_item(*channel));
  return page_answer(simulator_, total, std::move(items));
}

Answer Writing::channel(std::string_view id) const {
  if (auto wrong = wrong_id(id)) return *std::move(wrong);
  auto const* const channel = find_channel(*whole_number(id));
  if (channel == nullptr) return refused(not_found);
  Answer answer;
  answer.content["data"] = channel_detail(*channel, simulator_);
  return answer;
}

Answer Writing::channels_with(std::string_view ids) const {
  if (ids.empty()) return invalid("ids", "required");
  auto items = Json::array();
  while (true) {
    auto const end = std::min(ids.find(','), ids.size());
    auto const id = whole_number(ids.substr(0, end));
    if (!id) return invalid("ids", "integer");
    if (auto const* const channel = find_channel(*id)) items.push_back(channel_detail(*channel, simulator_));
    if (end == ids.size()) break;
    ids.remove_prefix(end + 1);
  }
  if (items.empty()) return refused(not_found);
  Answer answer;
  answer.content["list"] = std::move(items);
  return answer;
}

}  // namespace polycampaign::inline v1::testing::yeastar
