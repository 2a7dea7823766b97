#include "testing/vendors/yeastar/writing.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace polycampaign::inline v1::testing::yeastar {

namespace {

using Json = Writing::Json;
using Answer = Writing::Answer;

constexpr std::int64_t most_campaigns = 1'000;

Answer refusal(Refusal const& refusal) {
  return {.refusal = refusal};
}
Answer invalid(std::string field, std::string validation) {
  return {.refusal = parameter_error, .field = std::move(field), .validation = std::move(validation)};
}

std::string text_of(Json const& body, char const* name) {
  return body.contains(name) && body[name].is_string() ? body[name].get<std::string>() : std::string{};
}

std::optional<std::int64_t> number_of(Json const& body, char const* name) {
  if (!body.contains(name) || !body[name].is_number_integer()) return std::nullopt;
  return body[name].get<std::int64_t>();
}

/// A message channel. The ids of its numbers are in its detail only.
struct MessageChannel {
  std::int64_t id;
  char const* name;
  char const* type;
  std::array<char const*, 2> numbers;
  std::int64_t first_number_id;
};
constexpr MessageChannel channels_of_pbx[] = {
    {1, "SMS channel", "sms", {"+41791234567", "+41791234568"}, 11},
    {2, "WhatsApp channel", "whatsapp", {"+41791234567", nullptr}, 21},
    {3, "Marketing", "sms", {"+41791234569", nullptr}, 31},
    {4, "Web chat", "livechat", {nullptr, nullptr}, 41},
};

MessageChannel const* find_channel(std::int64_t id) {
  auto const* const found = std::ranges::find(channels_of_pbx, id, &MessageChannel::id);
  return found == std::end(channels_of_pbx) ? nullptr : found;
}

/// Returns the number with that id, or null.
char const* number_with(MessageChannel const& channel, std::int64_t id) {
  auto const index = id - channel.first_number_id;
  return index >= 0 && index < 2 ? channel.numbers[static_cast<std::size_t>(index)] : nullptr;
}

bool is_e164(std::string_view number) {
  return number.size() >= 8 && number.size() <= 16 && number.starts_with('+') &&
         number.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

Writing::Writing(VendorSimulator& simulator) : simulator_{simulator} {
  for (auto const& channel : channels_of_pbx)
    for (auto const* const number : channel.numbers)
      if (number != nullptr) simulator_.account().senders.push_back({.text = number});
}

std::optional<Answer> Writing::answer(HttpRequest const& request, RequestTarget const& target,
                                      std::string_view area, std::string_view operation) {
  bool const get = request.method == "GET";
  if (area == "message_channel" && get) {
    if (operation == "list" || operation == "search") return channels(target, operation == "search");
    if (operation == "get") return channel(target.parameter("id").value_or(""));
    return std::nullopt;
  }
  if (area != "message_campaign") return std::nullopt;
  if (get && operation == "delete") return remove(target.parameter("id").value_or(""));
  if (get && operation == "retry") return retry(target.parameter("id").value_or(""));
  if (get || (operation != "create" && operation != "update")) return std::nullopt;
  auto const body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return refusal(syntax_error);
  return operation == "create" ? create(body) : update(body);
}

std::optional<Answer> Writing::read_recipients(Json const& body, SimulatedOrder& order) const {
  auto const type = text_of(body, "recipient_type");
  if (type == "input") {
    if (!body.contains("number_list") || !body["number_list"].is_array() || body["number_list"].empty())
      return invalid("number_list", "required");
    for (auto const& item : body["number_list"]) {
      auto const number = item.is_object() ? text_of(item, "number") : std::string{};
      if (!is_e164(number)) return invalid("number_list", "number");
      order.recipients.push_back({.number = number});
    }
    return std::nullopt;
  }
  if (type != "phonebook") return invalid("recipient_type", "enum");
  auto const id = number_of(body, "recipient_id");
  if (!id) return invalid("recipient_id", "required");
  if (text_of(body, "recipient_num_type").empty()) return invalid("recipient_num_type", "required");
  auto const* const list = simulator_.account().find_list(std::to_string(*id));
  if (list == nullptr) return refusal(no_phonebook);
  order.lists.push_back({list->id, list->name});
  order.recipients = list->members;
  return std::nullopt;
}

Answer Writing::create(Json const& body) {
  SimulatedOrder order{.name = text_of(body, "name"), .text = text_of(body, "content")};
  if (order.name.empty()) return invalid("name", "required");
  auto const channel_id = number_of(body, "omnichannel_id");
  if (!channel_id) return invalid("omnichannel_id", "required");
  auto const* const channel = find_channel(*channel_id);
  if (channel == nullptr || text_of(body, "channel_type") != channel->type)
    return invalid("omnichannel_id", "invalid");
  auto const sender_id = number_of(body, "sender");
  if (!sender_id) return invalid("sender", "integer");
  auto const* const sender = number_with(*channel, *sender_id);
  if (sender == nullptr) return invalid("sender", "invalid");
  order.sender = sender;
  if (auto refused = read_recipients(body, order)) return *std::move(refused);
  if (text_of(body, "content_type") != "text") return invalid("content_type", "enum");
  if (order.text.empty()) return invalid("content", "required");
  auto const mode = text_of(body, "send_mode");
  if (mode != "direct" && mode != "new_session") return invalid("send_mode", "enum");
  if (mode == "new_session" && (text_of(body, "assign_to_type").empty() || !number_of(body, "assign_to_id")))
    return invalid("assign_to_type", "required");
  auto const type = text_of(body, "send_type");
  if (type == "draft") {
    order.status = StatusCode::draft;
  } else if (type == "schedule") {
    auto const time = number_of(body, "send_time");
    if (!time) return invalid("send_time", "required");
    order.scheduled = std::chrono::sys_seconds{std::chrono::seconds{*time}};
    if (*order.scheduled <= simulator_.now()) return invalid("send_time", "min");
    order.status = StatusCode::scheduled;
  } else if (type != "immediately") {
    return invalid("send_type", "enum");
  }
  if (static_cast<std::int64_t>(simulator_.campaigns().size()) >= most_campaigns &&
      simulator_.is("quota", "on"))
    return refusal(too_many);
  auto const number =
      simulator_.account().create(std::move(order), simulator_.now(), simulator_.request_number()).number;
  Answer answer;
  if (simulator_.is("create_answer", "id")) answer.content = {{"id", number}};
  if (simulator_.is("create_answer", "data")) answer.content = {{"data", {{"id", number}}}};
  return answer;
}

Answer Writing::update(Json const& body) {
  auto const id = number_of(body, "id");
  if (!id) return invalid("id", "required");
  auto const* const campaign = simulator_.find(std::to_string(*id));
  if (campaign == nullptr) return refusal(not_found);
  if (campaign->status != StatusCode::draft && campaign->status != StatusCode::scheduled)
    return refusal(forbidden);
  std::optional<std::chrono::sys_seconds> start;
  if (text_of(body, "send_type") == "schedule") {
    auto const time = number_of(body, "send_time");
    if (!time) return invalid("send_time", "required");
    start = std::chrono::sys_seconds{std::chrono::seconds{*time}};
    if (*start <= simulator_.now()) return invalid("send_time", "min");
  }
  simulator_.account().change(campaign->id, [&](SimulatedCampaign& changed) {
    if (auto name = text_of(body, "name"); !name.empty()) changed.name = std::move(name);
    if (auto text = text_of(body, "content"); !text.empty()) {
      changed.text = std::move(text);
      changed.parts = text_parts(changed.text);
    }
    changed.updated = simulator_.now();
    if (!start) return;
    changed.scheduled = start;
    changed.immediate = false;
    changed.status = StatusCode::scheduled;
    changed.since = simulator_.now();
    changed.request = simulator_.request_number();
  });
  return {};
}

Answer Writing::remove(std::string_view id) {
  if (!whole_number(id)) return invalid("id", "integer");
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(not_found);
  if (campaign->status == StatusCode::sending || campaign->status == StatusCode::retrying)
    return refusal(forbidden);
  simulator_.account().remove(id);
  return {};
}

Answer Writing::retry(std::string_view id) {
  if (!whole_number(id)) return invalid("id", "integer");
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(not_found);
  bool const ended = campaign->status == StatusCode::completed || campaign->status == StatusCode::interrupted;
  if (!ended || campaign->counters.failed == 0) return refusal(forbidden);
  simulator_.account().retry(id, simulator_.now(), simulator_.request_number());
  return {};
}

Answer Writing::channels(RequestTarget const& target, bool searching) const {
  for (auto const* const field : {"page", "page_size", "time_range"})
    if (target.parameter(field).value_or("").empty()) return invalid(field, "required");
  auto const keyword = searching ? target.parameter("search_value").value_or("") : std::string{};
  std::vector<MessageChannel const*> found;
  for (auto const& channel : channels_of_pbx) {
    bool const by_number = simulator_.is("channel_search", "name_and_number") &&
                           std::ranges::any_of(channel.numbers, [&](char const* number) {
                             return number != nullptr && contains_text(number, keyword);
                           });
    if (keyword.empty() || by_number || contains_text(channel.name, keyword)) found.push_back(&channel);
  }
  auto const page = std::max<std::int64_t>(whole_number(*target.parameter("page")).value_or(1), 1);
  auto const size = std::clamp<std::int64_t>(whole_number(*target.parameter("page_size")).value_or(20), 1,
                                             std::max<std::int64_t>(simulator_.switch_number("page_cap"), 1));
  auto items = Json::array();
  for (auto const* const channel : page_of(found, (page - 1) * size, size)) {
    auto numbers = Json::array();
    for (auto const* const number : channel->numbers)
      if (number != nullptr) numbers.push_back(number);
    items.push_back({{"id", channel->id},
                     {"status", "status_connect_succ"},
                     {"reason", ""},
                     {"name", channel->name},
                     {"channel", "twilio"},
                     {"type", channel->type},
                     {"number", std::move(numbers)},
                     {"sent", 10},
                     {"delivered", 9},
                     {"failed", 1},
                     {"received", 3}});
  }
  Answer answer;
  answer.content = {{"total_number", found.size()}};
  answer.content[std::string{simulator_.switch_value("list_key")}] = std::move(items);
  return answer;
}

Answer Writing::channel(std::string_view id) const {
  auto const number = whole_number(id);
  if (!number) return invalid("id", "integer");
  auto const* const channel = find_channel(*number);
  if (channel == nullptr) return refusal(not_found);
  auto dids = Json::array();
  for (std::size_t i = 0; i < channel->numbers.size(); ++i) {
    if (channel->numbers[i] == nullptr) continue;
    Json did{{"id", channel->first_number_id + static_cast<std::int64_t>(i)}};
    if (!simulator_.is("dids", "bare"))
      did[simulator_.is("dids", "number") ? "number" : "did_number"] = channel->numbers[i];
    did["route_type"] = "extension";
    dids.push_back(std::move(did));
  }
  Answer answer;
  answer.content["data"] = {{"id", channel->id},   {"name", channel->name}, {"type", channel->type},
                            {"channel", "twilio"}, {"send_rate", 10},       {"dids", std::move(dids)}};
  return answer;
}

}  // namespace polycampaign::inline v1::testing::yeastar
