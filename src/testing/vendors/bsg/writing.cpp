#include "testing/vendors/bsg/writing.hpp"

#include "testing/vendors/bsg/records.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::sys_seconds;

HttpResponse invalid(std::string const& field, char const* text) {
  Json errors;
  errors[field] = Json::array({text});
  return json_answer(422,
                     Json{{"message", "The given data was invalid."}, {"errors", std::move(errors)}}.dump());
}

HttpResponse refused(std::string const& message) {
  return json_answer(422, Json{{"message", message}, {"errors", Json::array()}}.dump());
}

constexpr auto blank = "This value should not be blank.";

std::string text_of(Json const& body, char const* name) {
  return body.contains(name) && body[name].is_string() ? body[name].get<std::string>() : std::string{};
}

/// Reads a phone number, which is an integer without `+`. Returns the vendor's complaint, or an empty string.
std::string read_number(Json const& value, std::string& number) {
  if (!value.is_number_integer()) return "This value should be of type integer.";
  number = '+' + value.dump();
  if (number.size() < 10) return "This value is too short. It should have 9 characters or more.";
  if (number.size() > 16) return "This value is too long. It should have 15 characters or less.";
  return {};
}

bool letters_and_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

struct Keys {
  char const* list;
  char const* number;
};

/// Reads phones or messages into the order.
std::optional<HttpResponse> read_people(Json const& body, Keys keys, bool own_texts, SimulatedOrder& order) {
  constexpr std::size_t most = 10'000;
  auto const list = body.value(keys.list, Json{});
  if (!list.is_array() || list.empty()) return invalid(keys.list, blank);
  if (list.size() > most) return invalid(keys.list, "This collection should contain 10000 elements or less.");
  std::set<std::string> numbers;
  std::set<std::string> references;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto const& item = list[i];
    // paths are glued together: messages0phone
    auto const path = keys.list + std::to_string(i);
    SimulatedRecipient person;
    if (auto const wrong = read_number(item.value(keys.number, Json{}), person.number); !wrong.empty())
      return invalid(path + keys.number, wrong.c_str());
    if (!numbers.insert(person.number).second) return invalid(keys.list, "This collection should be unique.");
    person.reference = text_of(item, "reference_id");
    if (person.reference.size() > 32 || !letters_and_digits(person.reference))
      return invalid(path + "reference_id", "This value is not valid.");
    if (own_texts) {
      person.text = text_of(item, "text");
      if (person.text->empty()) return invalid(path + "text", blank);
      order.sender = text_of(item, "sender");
      if (order.sender.empty()) return invalid(path + "sender", blank);
    }
    // "message with a duplicate id is rejected": it is not sent
    if (!person.reference.empty() && !references.insert(person.reference).second)
      ++order.filtered;
    else
      order.recipients.push_back(std::move(person));
  }
  return std::nullopt;
}

std::string decimal_of(std::int64_t ten_millionths) {
  auto digits = std::to_string(ten_millionths);
  if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
  return digits.insert(digits.size() - 7, ".");
}

/// What one part costs, in ten-millionths of the currency.
constexpr std::int64_t price_of_part = 527'088;

std::string price_of(SimulatedOrder const& order) {
  std::int64_t parts = 0;
  for (auto const& person : order.recipients) parts += text_parts(person.text.value_or(order.text));
  return decimal_of(parts * price_of_part);
}

}  // namespace

std::optional<HttpResponse> Writing::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path[1] == "accounts" && path.size() == 3 && path[2] == "balance" && request.method == "GET")
    return balance();
  if (path[1] == "senders" && path.size() == 2 && request.method == "GET") return senders(target);
  if (path[1] != "campaigns") return std::nullopt;
  if (path.size() == 4 && path[3] == "stop" && (request.method == "PATCH" || request.method == "PUT"))
    return stop(path[2]);
  if (request.method != "POST") return std::nullopt;
  if (path.size() == 3 && path[2] == "price") return price(request);
  auto const kind = path.size() == 4 && path[2] == "sms" ? path[3] : "";
  if (kind == "send" || kind == "send-groups" || kind == "send-individual") return send(request, kind);
  return std::nullopt;
}

bool Writing::repeated(HttpRequest const& request) {
  auto const now = simulator_.now();
  auto const window = std::chrono::seconds{simulator_.switch_number("duplicate_window")};
  while (!seen_.empty() && seen_.front().at + window <= now) seen_.pop_front();
  auto const key = request.url + '\n' + request.body;
  if (std::ranges::find(seen_, key, &Seen::body) != seen_.end()) return true;
  if (window.count() > 0) seen_.push_back({key, now});
  return false;
}

std::optional<HttpResponse> Writing::read_groups(Json const& body, SimulatedOrder& order) {
  auto const groups = body.value("groups", Json{});
  if (!groups.is_array() || groups.empty()) return invalid("groups", blank);
  for (auto const& id : groups) {
    auto const* const list = id.is_number_integer() ? simulator_.account().find_list(id.dump()) : nullptr;
    if (list == nullptr) return refused("Contact group is not found");
    order.lists.push_back({list->id, list->name});
    for (auto const& person : list->members)
      if (std::ranges::find(order.recipients, person.number, &SimulatedRecipient::number) ==
          order.recipients.end())
        order.recipients.push_back(person);
  }
  return std::nullopt;
}

std::optional<HttpResponse> Writing::read_start(Json const& body, SimulatedOrder& order) const {
  if (!body.contains("start_at") || body["start_at"].is_null()) return std::nullopt;
  auto const wall = read_wall(text_of(body, "start_at"));
  if (!wall) return invalid("start_at", "This value is not a valid datetime.");
  auto const ahead = std::chrono::hours{simulator_.switch_number("zone_offset")};
  auto const start = sys_seconds{wall->time_since_epoch()} - ahead;
  auto const now = simulator_.now();
  if (start <= now) return invalid("start_at", "This value should be in the future.");
  auto const day = [&](sys_seconds time) { return std::chrono::floor<std::chrono::days>(time + ahead); };
  if (day(start) > day(now) + std::chrono::days{30})
    return invalid("start_at", "This value is too far in the future.");
  order.scheduled = start;
  return std::nullopt;
}

std::optional<HttpResponse> Writing::read_order(Json const& body, std::string_view kind,
                                                SimulatedOrder& order) {
  if (!body.is_object()) return invalid("body", "The body is not a JSON object.");
  order.text = text_of(body, "text");
  order.sender = text_of(body, "sender");
  auto refusal = kind == "send-groups"       ? read_groups(body, order)
                 : kind == "send-individual" ? read_people(body, {"messages", "phone"}, true, order)
                                             : read_people(body, {"phones", "number"}, false, order);
  if (refusal) return refusal;
  if (kind != "send-individual") {
    if (order.sender.empty()) return invalid("sender", blank);
    if (order.text.empty()) return invalid("text", blank);
  }
  auto const& known = simulator_.account().senders;
  if (simulator_.is("senders", "own") &&
      std::ranges::find(known, order.sender, &SimulatedSender::text) == known.end())
    return invalid("sender", "Sender is not allowed.");
  return read_start(body, order);
}

HttpResponse Writing::send(HttpRequest const& request, std::string_view kind) {
  if (repeated(request))
    return json_answer(429, Json{{"message", "Too many duplicate request detected"}}.dump());
  SimulatedOrder order;
  if (auto refusal = read_order(Json::parse(request.body, nullptr, false), kind, order))
    return *std::move(refusal);
  auto const cost = price_of(order);
  order.status = simulator_.is("moderation", "on") ? StatusCode::moderation
                 : order.scheduled                 ? StatusCode::scheduled
                                                   : StatusCode::queued;
  auto const& made =
      simulator_.account().create(std::move(order), simulator_.now(), simulator_.request_number());
  auto record = brief_record(made, simulator_, false);
  if (simulator_.is("create_id", "absent")) record.erase("id");
  // "usually: done", although nothing has been sent yet
  if (simulator_.is("create_status", "done")) record["status"] = "done";
  record["calculated_price"] = Json::parse(cost);
  record["currency"] = made.currency;
  if (simulator_.is("data", "bare")) return json_answer(200, record.dump());
  return json_answer(200, Json{{"data", std::move(record)}}.dump());
}

HttpResponse Writing::stop(std::string_view id) {
  auto const* const campaign = whole_number(id) ? simulator_.find(id) : nullptr;
  if (campaign == nullptr) return json_answer(404, Json{{"message", "Not Found"}}.dump());
  using enum StatusCode;
  auto const status = campaign->status;
  bool const page = simulator_.is("stoppable", "page");
  bool const stoppable = status == scheduled || status == sending || status == paused ||
                         (page ? status == queued : status == moderation);
  if (!stoppable) return refused("Invalid campaign status");
  simulator_.account().enter(id, canceled, simulator_.now());
  auto record = brief_record(*simulator_.find(id), simulator_, false);
  if (simulator_.is("stop_answer", "creation")) record["status"] = "creation";
  return json_answer(200, Json{{"data", std::move(record)}}.dump());
}

HttpResponse Writing::price(HttpRequest const& request) {
  if (repeated(request))
    return json_answer(429, Json{{"message", "Too many duplicate request detected"}}.dump());
  auto const body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return invalid("body", "The body is not a JSON object.");
  SimulatedOrder order{.sender = text_of(body, "sender"), .text = text_of(body, "text")};
  auto refusal = body.contains("groups") ? read_groups(body, order)
                                         : read_people(body, {"messages", "phone"}, false, order);
  if (refusal) return *std::move(refusal);
  if (order.sender.empty()) return invalid("sender", blank);
  if (order.text.empty()) return invalid("text", blank);
  Json answer{{"price", Json::parse(price_of(order))}, {"currency", "USD"}};
  if (simulator_.is("price_answer", "null")) answer = {{"price", nullptr}, {"currency", nullptr}};
  if (simulator_.is("price_answer", "wrapped")) answer = {{"data", answer}};
  return json_answer(200, answer.dump());
}

HttpResponse Writing::balance() const {
  auto const thousandths = simulator_.account().balance;
  auto const whole = std::to_string(thousandths / 1000);
  auto const cents = std::to_string(1000 + std::abs(thousandths % 1000)).substr(1, 2);
  return json_answer(
      200,
      Json{{"data", {{"balance", Json::parse(whole + '.' + cents)}, {"currency", "EUR"}, {"credit", 125}}}}
          .dump());
}

HttpResponse Writing::senders(RequestTarget const& target) const {
  if (target.parameter("type") != "sms" && target.parameter("type") != "viber")
    return invalid("type", "The value you selected is not a valid choice.");
  auto items = Json::array();
  auto const& all = simulator_.account().senders;
  for (std::size_t i = 0; i < all.size(); ++i)
    items.push_back({{"id", i == 0 ? Json{} : Json(i)},
                     {"status", i == 0   ? "active"
                                : i == 1 ? "registering"
                                         : "blocked"},
                     {"country", i == 1 ? Json("UA") : Json{}},
                     {"sender", all[i].text},
                     {"created_at", "2024-04-03 12:14:49"},
                     {"is_default", i == 0}});
  auto const total = items.size();
  return json_answer(200, Json{{"data", std::move(items)}, {"total", total}}.dump());
}

}  // namespace polycampaign::inline v1::testing::bsg
