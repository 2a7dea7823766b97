#include "testing/vendors/smsup/writing.hpp"

#include "testing/wall_time.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using Json = Writing::Json;
using Answer = Writing::Answer;

std::string word(Json const& object, char const* name) {
  if (!object.is_object() || !object.contains(name)) return {};
  auto const& value = object[name];
  return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string{} : value.dump();
}

Json member(Json const& object, char const* name) {
  return object.is_object() && object.contains(name) ? object[name] : Json{};
}

int read_json(std::string_view body, Message& message) {
  auto const root = Json::parse(body, nullptr, false);
  auto const sms = member(root, "sms");
  if (!sms.is_object()) return -6;
  auto const content = member(sms, "message");
  message.text = word(content, "text");
  message.sender = word(content, "sender");
  message.push_type = word(content, "pushtype");
  message.delay = word(content, "delay");
  message.unicode = word(content, "unicode") == "1";
  message.links = member(content, "links").size();
  for (auto const& item : member(member(sms, "recipients"), "gsm"))
    message.recipients.push_back({.number = word(item, "value"), .reference = word(item, "gsmsmsid")});
  for (auto const& item : member(sms, "lists")) message.lists.push_back(word(item, "value"));
  return 1;
}

int read_xml(std::string_view body, Message& message) {
  pugi::xml_document document;
  auto const sms = document.load_buffer(body.data(), body.size()) ? document.child("sms") : pugi::xml_node{};
  if (!sms) return -2;
  auto const content = sms.child("message");
  auto const text = [&](char const* name) { return std::string{content.child(name).text().get()}; };
  message.text = text("text");
  message.sender = text("sender");
  message.push_type = text("pushtype");
  message.delay = text("delay");
  message.unicode = text("unicode") == "1";
  for (auto const link : content.children("links")) message.links += static_cast<bool>(link);
  for (auto const item : sms.child("recipients").children("gsm"))
    message.recipients.push_back(
        {.number = item.text().get(), .reference = item.attribute("gsmsmsid").value()});
  for (auto const item : sms.children("lists")) message.lists.emplace_back(item.child("value").text().get());
  return 1;
}

Answer refusal(int status, char const* message, char const* details = "") {
  return {.status = status, .message = message, .details = details, .members = Json::object()};
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t marks(std::string_view text, std::string_view mark) {
  std::size_t count = 0;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) ++count;
  return count;
}

/// How many numbers were removed, by the vendor's names.
struct Removed {
  std::int64_t blacklisted = 0, duplicated = 0, invalid = 0, npai = 0;
  [[nodiscard]] std::int64_t all() const { return blacklisted + duplicated + invalid + npai; }
};

/// Returns the numbers that a message goes to, with `+`.
std::vector<SimulatedRecipient> filtered(std::vector<SimulatedRecipient> asked, bool stop_list,
                                         Removed& removed) {
  std::vector<SimulatedRecipient> kept;
  std::set<std::string> seen;
  for (auto& person : asked) {
    if (person.number.starts_with('+')) person.number.erase(0, 1);
    bool const digits = person.number.size() >= 7 && person.number.size() <= 15 &&
                        person.number.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      ++removed.invalid;
    else if (!seen.insert(person.number).second)
      ++removed.duplicated;
    else if (stop_list && person.number.ends_with("00"))
      ++removed.blacklisted;
    else if (stop_list && person.number.ends_with("01"))
      ++removed.npai;
    else
      kept.push_back({'+' + person.number, person.reference, std::nullopt});
  }
  return kept;
}

}  // namespace

int read_message(std::string_view body, bool xml, Message& message) {
  return xml ? read_xml(body, message) : read_json(body, message);
}

std::optional<Answer> Writing::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path.size() == 1 && path[0] == "credits" && request.method == "GET") return credits();
  if (path.size() == 1 && path[0] == "senders" && request.method == "GET") return senders();
  if (path.empty() || path[0] != "send") return std::nullopt;
  if (request.method == "DELETE" && path.size() == 2) return cancel(path[1]);
  if (request.method != "POST") return std::nullopt;
  bool const lists = path.size() > 1 && path[1] == "lists";
  auto const rest = path.size() - (lists ? 2 : 1);
  bool const simulate = rest == 1 && path.back() == "simulate";
  if (rest == 0 || simulate) return send(request, lists, simulate);
  return std::nullopt;
}

Answer Writing::send(HttpRequest const& request, bool to_lists, bool simulate) {
  // Without a JSON content type, the service expects XML.
  bool const xml = !contains_text(request_header(request, "Content-Type").value_or(""), "json");
  Message message;
  if (auto const status = read_message(request.body, xml, message); status != 1)
    return refusal(status, status == -2 ? "XML error" : "JSON error");
  if (message.text.empty()) return refusal(-7, "Data error", "text is missing");
  if (!message.push_type.empty() && message.push_type != "alert" && message.push_type != "marketing")
    return refusal(-7, "Data error", "pushtype is invalid");
  if (marks(message.text, "<-short->") != message.links)
    return refusal(-7, "Data error", "links are invalid");
  auto const now = simulator_.now();
  SimulatedOrder order{.sender = message.sender, .text = message.text};
  if (!message.delay.empty()) {
    auto const wall = read_wall(message.delay);
    order.scheduled = wall ? paris_time(*wall) : std::nullopt;
    if (!order.scheduled || *order.scheduled <= now) return refusal(-4, "Incorrect date delay");
  }
  auto asked = std::move(message.recipients);
  for (auto const& id : to_lists ? message.lists : std::vector<std::string>{}) {
    auto const* const list = simulator_.account().find_list(id);
    if (list == nullptr) return refusal(-5, "Resource not found", "list not found");
    order.lists.push_back({list->id, list->name});
    asked.insert(asked.end(), list->members.begin(), list->members.end());
  }
  if (asked.empty()) return refusal(-7, "Data error", "recipients are missing");

  Removed removed;
  auto const total = static_cast<std::int64_t>(asked.size());
  order.recipients = filtered(std::move(asked), simulator_.is("stop_list", "on"), removed);
  order.filtered = removed.all();
  // A text with characters beyond GSM-7 that is not sent as Unicode arrives damaged.
  if (!message.unicode && !is_ascii(order.text))
    std::ranges::replace_if(
        order.text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  auto const sent = static_cast<std::int64_t>(order.recipients.size());
  auto const cost = sent * text_parts(message.text);
  auto& balance = simulator_.account().balance;
  if (cost * 1000 > balance) return refusal(-3, "Not enough credits");

  Answer answer;
  auto& out = answer.members;
  bool const moderated = !simulate && simulator_.is("moderation", "on");
  if (moderated) {
    answer.status = -8;
    answer.message = "Campaign under moderation";
  }
  if (!simulate) {
    balance -= cost * 1000;
    order.status = moderated         ? StatusCode::moderation
                   : order.scheduled ? StatusCode::scheduled
                                     : StatusCode::sending;
    bool const begins = order.status == StatusCode::sending;
    if (begins) order.status = StatusCode::queued;
    auto const id = simulator_.account().create(std::move(order), now, simulator_.request_number()).id;
    if (begins) simulator_.account().enter(id, StatusCode::sending, now);
    if (simulator_.is("ticket", "present")) out["ticket"] = id;
  }
  out["cost"] = cost;
  out["credits"] = balance / 1000 - (simulate ? cost : 0);
  out["total"] = total;
  out["sent"] = sent;
  out["blacklisted"] = removed.blacklisted;
  out["duplicated"] = removed.duplicated;
  out["npai"] = removed.npai;
  out["invalid"] = removed.invalid;
  if (simulator_.is("generation", "g2"))
    for (auto const* const name : {"not_allowed", "flood", "country_limit"}) out[name] = 0;
  return answer;
}

Answer Writing::cancel(std::string_view id) {
  using enum StatusCode;
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return refusal(-5, "Resource not found");
  bool const future = campaign->status == scheduled ||
                      (campaign->status == moderation && simulator_.is("cancel_moderated", "yes"));
  if (!future) return refusal(-7, "Data error", "the campaign has started");
  auto& balance = simulator_.account().balance;
  balance += whole_number(campaign->cost).value_or(0) * 1000;
  if (simulator_.is("canceled", "gone"))
    simulator_.account().remove(id);
  else
    simulator_.account().enter(id, canceled, simulator_.now());
  Answer answer;
  answer.members["credits"] = balance / 1000;
  return answer;
}

Answer Writing::credits() const {
  Answer answer;
  answer.members = {{"credits", std::to_string(simulator_.account().balance / 1000)},
                    {"postpaid", "0"},
                    {"postpaid_limit", false},
                    {"unlimited", false}};
  return answer;
}

Answer Writing::senders() const {
  Answer answer;
  auto items = Json::array();
  auto const& all = simulator_.account().senders;
  for (std::size_t i = 0; i < all.size(); ++i)
    items.push_back({{"id", 100 + i},
                     {"sender", all[i].text},
                     {"status", i == 0   ? "2"
                                : i == 1 ? "0"
                                         : "-1"}});
  answer.members["senders"] = std::move(items);
  return answer;
}

}  // namespace polycampaign::inline v1::testing::smsup
