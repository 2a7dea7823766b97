#include "testing/vendors/smsup/lists.hpp"

#include "testing/wall_time.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using ListJson = Lists::Json;

/// What a request to create a list or to add to one contains.
struct ListBody {
  std::string name{};
  std::string id{};
  std::vector<std::string> numbers{};
};

std::string text_of_member(ListJson const& object, char const* name) {
  if (!object.is_object() || !object.contains(name)) return {};
  auto const& value = object[name];
  return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string{} : value.dump();
}

/// Returns 1, or the status of the refusal.
int read_list_json(std::string_view body, ListBody& list) {
  auto const root = ListJson::parse(body, nullptr, false);
  if (!root.is_object() || !root.contains("list")) return -6;
  auto const& content = root["list"];
  list.name = text_of_member(content, "name");
  list.id = text_of_member(content, "listId");
  auto const contacts = content.value("contacts", ListJson::object());
  auto const gsm = contacts.is_object() ? contacts.value("gsm", ListJson::array()) : ListJson{};
  if (!gsm.is_array()) return -7;
  for (auto const& contact : gsm) list.numbers.push_back(text_of_member(contact, "value"));
  return 1;
}

int read_list_xml(std::string_view body, ListBody& list) {
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size())) return -2;
  auto const root = document.child("list");
  if (!root) return -2;
  list.name = root.child("name").text().get();
  list.id = root.child("listId").text().get();
  for (auto const contact : root.child("contacts").children("gsm")) {
    auto const value = contact.child("value");
    list.numbers.emplace_back(value ? value.text().get() : contact.text().get());
  }
  return 1;
}

Writing::Answer refused_list(int status, char const* message, std::string details = {}) {
  return {.status = status, .message = message, .details = std::move(details), .members = ListJson::object()};
}

bool is_number(std::string_view digits) {
  return digits.size() >= 7 && digits.size() <= 15 &&
         digits.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Writing::Answer> Lists::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  auto const& method = request.method;
  if (path.size() == 1 && path[0] == "lists" && method == "GET") return all();
  if (path.empty() || path[0] != "list") return std::nullopt;
  if (path.size() == 1 && method == "POST") return post(request);
  if (path.size() != 2) return std::nullopt;
  if (method == "GET") return one(path[1], target);
  if (method != "DELETE") return std::nullopt;
  if (!simulator_.account().remove_list(path[1])) return refused_list(-5, "Resource not found");
  return Writing::Answer{};
}

Writing::Answer Lists::post(HttpRequest const& request) {
  bool const xml = !contains_text(request_header(request, "Content-Type").value_or(""), "json");
  ListBody body;
  auto const status = xml ? read_list_xml(request.body, body) : read_list_json(request.body, body);
  if (status != 1)
    return refused_list(status, status == -2 ? "XML error" : status == -6 ? "JSON error" : "Data error");
  if (body.numbers.empty()) return refused_list(-7, "Data error", "contacts are missing");

  auto& account = simulator_.account();
  auto* list = body.id.empty() ? nullptr : account.find_list(body.id);
  if (list == nullptr && !body.id.empty()) return refused_list(-5, "Resource not found", "list not found");
  std::set<std::string> known;
  if (list != nullptr)
    for (auto const& member : list->members) known.insert(member.number);
  std::vector<SimulatedRecipient> added;
  std::int64_t invalid = 0;
  std::int64_t duplicates = 0;
  for (auto const& given : body.numbers) {
    auto const number = given.starts_with('+') ? given : '+' + given;
    bool const refused =
        !is_number(number.substr(1)) || (simulator_.is("stop_list", "on") && number.ends_with("99"));
    if (refused)
      ++invalid;
    else if (!known.insert(number).second)
      ++duplicates;
    else
      added.push_back({.number = number});
  }
  if (list == nullptr && added.empty())
    return refused_list(-7, "Data error", "no valid contact: " + body.numbers.front());

  auto const count = std::ssize(added);
  if (list == nullptr) {
    auto const now = simulator_.now();
    list =
        &account.add_list(body.name.empty() ? wall_text(paris_wall(now)) : body.name, std::move(added), now);
  } else {
    list->members.insert(list->members.end(), added.begin(), added.end());
  }
  Writing::Answer answer;
  answer.members["contacts"] = simulator_.is("list_contacts", "all") ? std::ssize(list->members) : count;
  // The pages of 2018 show neither of the two.
  if (simulator_.is("generation", "g2")) {
    answer.members["invalid"] = invalid;
    answer.members["duplicates"] = duplicates;
  }
  if (simulator_.is("list_id", "present")) answer.members["id"] = id_of(*list);
  return answer;
}

Writing::Answer Lists::all() const {
  auto records = ListJson::array();
  for (auto const& list : simulator_.account().lists())
    records.push_back({{"id", id_of(list)},
                       {"name", list.name},
                       {"date", wall_text(paris_wall(list.created))},
                       {"count", std::to_string(list.members.size())}});
  Writing::Answer answer;
  auto const empty = simulator_.switch_value("empty_list");
  if (!records.empty() || empty == "array")
    answer.members["lists"] = std::move(records);
  else if (empty != "absent")
    answer.members["lists"] = empty == "object" ? ListJson::object() : ListJson("");
  return answer;
}

Writing::Answer Lists::one(std::string_view id, RequestTarget const& target) {
  auto const* const list = simulator_.account().find_list(id);
  if (list == nullptr) return refused_list(-5, "Contact list error");
  auto const start = whole_number(target.parameter("start").value_or("0"));
  auto const length = whole_number(target.parameter("length").value_or("100"));
  if (!start || *start < 0 || !length || *length < 1) return refused_list(-7, "Data error", "Invalid length");
  auto const search = target.parameter("search").value_or("");
  std::vector<SimulatedRecipient> found;
  for (auto const& member : list->members)
    if (contains_text(member.number, search)) found.push_back(member);
  auto contacts = ListJson::array();
  auto place = *start;
  for (auto const& member : page_of(found, *start, std::min<std::int64_t>(*length, 1000)))
    contacts.push_back(
        {{"id", std::to_string(1'000'000 + place++)}, {"destination", member.number.substr(1)}});
  Writing::Answer answer;
  answer.members["list"] = std::move(contacts);
  answer.members["name"] = list->name;
  answer.members["contacts"] = std::to_string(list->members.size());
  answer.members["totalRecords"] = list->members.size();
  answer.members["totalDisplayRecords"] = found.size();
  return answer;
}

ListJson Lists::id_of(SimulatedAddressBook const& list) const {
  auto const number = simulator_.is("ids", "int") ? whole_number(list.id) : std::nullopt;
  return number ? ListJson(*number) : ListJson(list.id);
}

}  // namespace polycampaign::inline v1::testing::smsup
