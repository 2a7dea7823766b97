#include "testing/vendors/yeastar/orders.hpp"

#include "testing/vendors/yeastar/channels.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::yeastar {

namespace {

bool is_e164(std::string_view number) {
  return number.size() >= 8 && number.size() <= 16 && number.starts_with('+') &&
         number.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

Answer refused(Refusal const& refusal) {
  return {.refusal = refusal, .field = {}, .validation = {}};
}

Answer invalid(std::string field, std::string validation) {
  return {.refusal = parameter_error, .field = std::move(field), .validation = std::move(validation)};
}

std::optional<Answer> OrderReader::text(char const* name, std::string& value,
                                        std::initializer_list<std::string_view> words) const {
  if (!has(name) || body_[name] == "") return invalid(name, "required");
  if (!body_[name].is_string()) return invalid(name, "string");
  value = body_[name].get<std::string>();
  if (words.size() != 0 && std::ranges::find(words, value) == words.end()) return invalid(name, "enum");
  return std::nullopt;
}

std::optional<Answer> OrderReader::number(char const* name, std::int64_t& value) const {
  if (!has(name)) return invalid(name, "required");
  if (!body_[name].is_number_integer()) return invalid(name, "integer");
  value = body_[name].get<std::int64_t>();
  return std::nullopt;
}

std::optional<Answer> OrderReader::read() {
  for (auto const step : {&OrderReader::read_name, &OrderReader::read_sender, &OrderReader::read_recipients,
                          &OrderReader::read_content, &OrderReader::read_mode, &OrderReader::read_start})
    if (auto wrong = (this->*step)()) return wrong;
  return std::nullopt;
}

std::optional<Answer> OrderReader::read_name() {
  if (update_ && !has("name")) return std::nullopt;
  return text("name", order.name);
}

std::optional<Answer> OrderReader::read_sender() {
  if (update_ && !has("channel_type") && !has("omnichannel_id") && !has("sender")) return std::nullopt;
  std::string type;
  if (auto wrong = text("channel_type", type, {"sms", "whatsapp"})) return wrong;
  std::int64_t channel_id = 0;
  if (auto wrong = number("omnichannel_id", channel_id)) return wrong;
  std::int64_t sender_id = 0;
  if (auto wrong = number("sender", sender_id)) return wrong;
  auto const* const channel = find_channel(channel_id);
  if (channel == nullptr || type != channel->type) return invalid("omnichannel_id", "invalid");
  auto const* const sender = number_with(*channel, sender_id);
  if (sender == nullptr) return invalid("sender", "invalid");
  order.sender = sender;
  order.channel = type == "sms" ? Channel::sms : Channel::whatsapp;
  shown["omnichannel_id"] = channel_id;
  shown["channel_name"] = channel->name;
  return std::nullopt;
}

std::optional<Answer> OrderReader::read_recipients() {
  if (update_ && !has("recipient_type")) return std::nullopt;
  std::string type;
  if (auto wrong = text("recipient_type", type, {"input", "phonebook"})) return wrong;
  return type == "input" ? read_numbers() : read_phonebook();
}

std::optional<Answer> OrderReader::read_numbers() {
  if (!has("number_list") || body_["number_list"].empty()) return invalid("number_list", "required");
  if (!body_["number_list"].is_array()) return invalid("number_list", "array");
  for (auto const& item : body_["number_list"]) {
    bool const there = item.is_object() && item.contains("number") && item["number"].is_string();
    auto number = there ? item["number"].get<std::string>() : std::string{};
    if (!is_e164(number)) return invalid("number_list", "number");
    order.recipients.push_back({.number = std::move(number)});
  }
  return std::nullopt;
}

std::optional<Answer> OrderReader::read_phonebook() {
  std::int64_t id = 0;
  if (auto wrong = number("recipient_id", id)) return wrong;
  std::string field;
  if (auto wrong = text("recipient_num_type", field,
                        {"business_number", "business_number2", "mobile_number", "mobile_number2",
                         "home_number", "home_number2", "business_fax", "home_fax", "other_number"}))
    return wrong;
  auto const* const list = simulator_.account().find_list(std::to_string(id));
  if (list == nullptr) return refused(no_phonebook);
  order.lists.push_back({list->id, list->name});
  order.recipients = list->members;
  shown["recipient_num_type"] = std::move(field);
  return std::nullopt;
}

std::optional<Answer> OrderReader::read_content() {
  if (update_ && !has("content_type") && !has("content")) return std::nullopt;
  std::string type = "text";
  if (!update_ || has("content_type"))
    if (auto wrong = text("content_type", type, {"text", "document", "template"})) return wrong;
  auto const* const member = type == "template" ? "msg_param" : "content";
  if (auto wrong = text(member, order.text)) return wrong;
  if (type != "text" && !nlohmann::ordered_json::accept(order.text)) return invalid(member, "json");
  shown["content_type"] = type;
  shown["content"] = type == "template" ? "" : order.text;
  shown["msg_param"] = type == "template" ? nlohmann::ordered_json(order.text) : nullptr;
  return std::nullopt;
}

std::optional<Answer> OrderReader::read_mode() {
  if (update_ && !has("send_mode")) return std::nullopt;
  std::string mode;
  if (auto wrong = text("send_mode", mode, {"new_session", "direct"})) return wrong;
  shown["send_mode"] = mode;
  shown["assign_to_type"] = simulator_.is("empty_fields", "null") ? nlohmann::ordered_json{} : "";
  shown["assign_to_id"] = 0;
  if (mode == "direct") return std::nullopt;
  std::string type;
  if (auto wrong = text("assign_to_type", type, {"extension", "queue"})) return wrong;
  std::int64_t id = 0;
  if (auto wrong = number("assign_to_id", id)) return wrong;
  shown["assign_to_type"] = std::move(type);
  shown["assign_to_id"] = id;
  return std::nullopt;
}

std::optional<Answer> OrderReader::read_start() {
  if (update_ && !has("send_type")) return std::nullopt;
  std::string type;
  if (auto wrong = text("send_type", type, {"immediately", "schedule", "draft"})) return wrong;
  order.status = type == "draft"      ? StatusCode::draft
                 : type == "schedule" ? StatusCode::scheduled
                                      : StatusCode::queued;
  if (type != "schedule") return std::nullopt;
  std::int64_t time = 0;
  if (auto wrong = number("send_time", time)) return wrong;
  order.scheduled = std::chrono::sys_seconds{std::chrono::seconds{time}};
  if (*order.scheduled <= simulator_.now()) return invalid("send_time", "min");
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::testing::yeastar
