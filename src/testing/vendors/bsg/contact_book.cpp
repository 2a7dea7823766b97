#include "testing/vendors/bsg/contact_book.hpp"

#include "testing/vendors/bsg/queries.hpp"
#include "testing/vendors/bsg/records.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

constexpr std::size_t most_contacts_moved = 200;
constexpr std::size_t most_groups_moved = 100;
constexpr std::size_t most_stopped = 1000;
constexpr std::size_t most_released = 200;

/// Returns whether a value satisfies an operator of a search.
bool satisfies(std::int64_t value, std::string_view op, std::int64_t wanted) {
  if (op == ">") return value > wanted;
  if (op == ">=") return value >= wanted;
  if (op == "<") return value < wanted;
  if (op == "<=") return value <= wanted;
  return value == wanted;
}

/// Returns the ids in an array, or nothing if it is no array of them, or has too many.
std::optional<std::vector<std::int64_t>> ids_in(Json const& body, char const* name, std::size_t most) {
  auto const array = member(body, name);
  if (!array.is_array() || array.empty() || array.size() > most) return std::nullopt;
  std::vector<std::int64_t> ids;
  for (auto const& id : array) {
    if (!id.is_number_integer()) return std::nullopt;
    ids.push_back(id.get<std::int64_t>());
  }
  return ids;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

ContactBook::ContactBook(VendorSimulator& simulator, Repeats& repeats)
    : simulator_{simulator}, repeats_{repeats} {
  for (auto const& list : simulator_.account().lists())
    for (auto const& person : list.members)
      if (!ids_.contains(person.number)) add(person.number);
  constexpr std::int64_t first = 41'760'000'000;
  for (std::int64_t i = 0; i < 40; ++i) {
    stopped_.push_back({++next_id_, '+' + std::to_string(first + i),
                        simulator_.now() - std::chrono::hours{40 - i}, i % 8 != 7});
    if (stopped_.back().sms) stopped_sms_.emplace(stopped_.back().number, stopped_.back().id);
  }
}

std::optional<HttpResponse> ContactBook::answer(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  bool const known = path[1] == "groups" || path[1] == "contacts" || path[1] == "stoplist";
  if (!known) return std::nullopt;
  if (request.method == "POST")
    if (auto refusal = repeats_.check(request, target)) return refusal;
  if (path[1] == "groups") return groups(request, target);
  return path[1] == "contacts" ? contacts(request, target) : stop_list(request, target);
}

std::optional<HttpResponse> ContactBook::groups(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  auto const& method = request.method;
  if (path.size() == 2 && method == "GET") return list_groups(target);
  if (path.size() == 2 && method == "POST") return create_group(json_body(request));
  if (path.size() != 3) return std::nullopt;
  if (method == "POST" && (path[2] == "attach" || path[2] == "detach"))
    return move_contacts(json_body(request), path[2] == "attach");
  if (!whole_number(path[2]) || (method != "GET" && method != "DELETE")) return std::nullopt;
  auto const* const list = simulator_.account().find_list(path[2]);
  if (list == nullptr) return no_group();
  if (method == "GET") return json_answer(200, Json{{"data", group_record(*list)}}.dump());
  simulator_.account().remove_list(path[2]);
  return HttpResponse{204, {}, {}};
}

std::optional<HttpResponse> ContactBook::contacts(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path.size() == 2 && request.method == "GET") return list_contacts(target);
  if (path.size() == 2 && request.method == "POST") return create_contact(json_body(request));
  if (path.size() != 3 || request.method != "GET") return std::nullopt;
  if (path[2] == "search") return search_contacts(target);
  auto const id = whole_number(path[2]);
  auto const found = id ? std::ranges::find(people_, *id, &Person::id) : people_.end();
  if (found == people_.end()) return std::nullopt;
  return json_answer(200, Json{{"data", contact_record(*found)}}.dump());
}

std::optional<HttpResponse> ContactBook::stop_list(HttpRequest const& request, RequestTarget const& target) {
  auto const& path = target.segments;
  if (path.size() == 2 && request.method == "GET") return list_stopped(target);
  if (path.size() != 3 || request.method != "POST") return std::nullopt;
  if (path[2] == "attach") return stop(json_body(request));
  if (path[2] == "detach") return release(json_body(request));
  return std::nullopt;
}

HttpResponse ContactBook::list_groups(RequestTarget const& target) const {
  PageWindow window;
  if (auto refusal = window.read(target, simulator_)) return *std::move(refusal);
  auto const& lists = simulator_.account().lists();
  auto items = Json::array();
  for (auto const& list : page_of(lists, window.offset, window.limit)) items.push_back(group_record(list));
  return window.answer(std::move(items), static_cast<std::int64_t>(lists.size()), simulator_, "lookup_total");
}

HttpResponse ContactBook::create_group(Json const& body) {
  constexpr std::size_t least = 3;
  constexpr std::size_t most = 50;
  auto const name = text_of(body, "name");
  if (name.empty()) return invalid("name", blank);
  if (characters(name) < least)
    return invalid("name", "This value is too short. It should have 3 characters or more.");
  if (characters(name) > most)
    return invalid("name", "This value is too long. It should have 50 characters or less.");
  auto& account = simulator_.account();
  if (std::ranges::find(account.lists(), name, &SimulatedAddressBook::name) != account.lists().end())
    return refused("Contact group is already exists");
  return json_answer(201, Json{{"data", group_record(account.add_list(name, {}, simulator_.now()))}}.dump());
}

HttpResponse ContactBook::move_contacts(Json const& body, bool attach) {
  auto const contacts = ids_in(body, "contacts", most_contacts_moved);
  auto const groups = ids_in(body, "groups", most_groups_moved);
  if (!contacts) return invalid("contacts", "This collection should contain 1 to 200 integers.");
  if (!groups) return invalid("groups", "This collection should contain 1 to 100 integers.");
  std::vector<std::string> numbers;
  for (auto const id : *contacts) {
    auto const found = std::ranges::find(people_, id, &Person::id);
    if (found == people_.end()) return refused("Invalid contact id");
    numbers.push_back(found->number);
  }
  std::vector<SimulatedAddressBook*> lists;
  for (auto const id : *groups) {
    lists.push_back(simulator_.account().find_list(std::to_string(id)));
    if (lists.back() == nullptr) return no_group();
  }
  for (auto* const list : lists)
    for (auto const& number : numbers) {
      auto const there = std::ranges::find(list->members, number, &SimulatedRecipient::number);
      if (attach && there == list->members.end()) list->members.push_back({.number = number});
      if (!attach && there != list->members.end()) list->members.erase(there);
    }
  return json_answer(200, "{}");
}

HttpResponse ContactBook::list_contacts(RequestTarget const& target) const {
  PageWindow window;
  if (auto refusal = window.read(target, simulator_)) return *std::move(refusal);
  std::vector<Person> found;
  auto const group = target.parameter("groups[]");
  auto const& lists = simulator_.account().lists();
  auto const list = group ? std::ranges::find(lists, *group, &SimulatedAddressBook::id) : lists.end();
  if (group && list == lists.end()) return no_group();
  for (auto const& person : people_)
    if (!group ||
        std::ranges::find(list->members, person.number, &SimulatedRecipient::number) != list->members.end())
      found.push_back(person);
  auto items = Json::array();
  for (auto const& person : page_of(found, window.offset, window.limit))
    items.push_back(contact_record(person));
  return window.answer(std::move(items), static_cast<std::int64_t>(found.size()), simulator_, "lookup_total");
}

HttpResponse ContactBook::search_contacts(RequestTarget const& target) const {
  PageWindow window;
  if (auto refusal = window.read(target, simulator_)) return *std::move(refusal);
  auto const field = target.parameter("search[field]").value_or("");
  auto const op = target.parameter("search[operator]").value_or("=");
  auto const value = target.parameter("search[value]").value_or("");
  if (field != "phone" && field != "id")
    return invalid("search[field]", "The value you selected is not a valid choice.");
  auto const number = whole_number(value);
  if (op == "like" ? field == "id" : !number) return invalid("search[value]", "This value is not valid.");
  std::vector<Person> found;
  if (field == "phone" && op == "=") {
    if (auto const known = ids_.find('+' + value); known != ids_.end())
      found.push_back(*std::ranges::find(people_, known->second, &Person::id));
  } else {
    for (auto const& person : people_)
      if (op == "like"
              ? contains_text(person.number, value)
              : satisfies(field == "id" ? person.id : whole_number(person.number.substr(1)).value_or(0), op,
                          *number))
        found.push_back(person);
  }
  auto items = Json::array();
  for (auto const& person : page_of(found, window.offset, window.limit))
    items.push_back(contact_record(person));
  return window.answer(std::move(items), static_cast<std::int64_t>(found.size()), simulator_, "total_at");
}

HttpResponse ContactBook::create_contact(Json const& body) {
  auto const value = member(body, "phone");
  if (!value.is_number_integer()) return invalid("phone", value.is_null() ? blank : not_integer);
  std::string number;
  if (!read_number(value, number).empty()) return refused("Invalid phone number format");
  std::vector<SimulatedAddressBook*> lists;
  if (!member(body, "groups").is_null()) {
    auto const groups = ids_in(body, "groups", most_groups_moved);
    if (!groups) return invalid("groups", "This collection should contain 1 to 100 integers.");
    for (auto const id : *groups) {
      lists.push_back(simulator_.account().find_list(std::to_string(id)));
      if (lists.back() == nullptr) return no_group();
    }
  }
  if (ids_.contains(number)) return refused("Phone number is already exist in contact book");
  for (auto* const list : lists) list->members.push_back({.number = number});
  return json_answer(201, Json{{"data", contact_record(add(number))}}.dump());
}

HttpResponse ContactBook::list_stopped(RequestTarget const& target) const {
  PageWindow window;
  if (auto refusal = window.read(target, simulator_)) return *std::move(refusal);
  auto const types = target.parameter("types");
  if (types && *types != "sms" && *types != "viber")
    return invalid("types", "The value you selected is not a valid choice.");
  std::vector<Person> found;
  for (auto const& person : stopped_) {
    // The page calls the parameter `types`, the SDKs `type`.
    bool const wanted =
        simulator_.is("stop_list_types", "ignored") || !types || (*types == "sms") == person.sms;
    if (wanted) found.push_back(person);
  }
  auto items = Json::array();
  for (auto const& person : page_of(found, window.offset, window.limit))
    items.push_back({{"id", person.id},
                     {"phone", phone(person.number)},
                     {"created_at", date(person.at, simulator_)},
                     {"sms_stoplist", person.sms},
                     {"viber_stoplist", !person.sms},
                     {"rcs_stoplist", false}});
  return window.answer(std::move(items), static_cast<std::int64_t>(found.size()), simulator_, "lookup_total");
}

HttpResponse ContactBook::stop(Json const& body) {
  auto const phones = ids_in(body, "phones", most_stopped);
  if (!phones) return invalid("phones", "This collection should contain 1 to 1000 integers.");
  for (auto const number : *phones) {
    auto const text = '+' + std::to_string(number);
    if (stopped_sms_.contains(text)) continue;
    stopped_.push_back({++next_id_, text, simulator_.now(), true});
    stopped_sms_.emplace(text, next_id_);
  }
  return json_answer(200, "{}");
}

HttpResponse ContactBook::release(Json const& body) {
  auto const ids = ids_in(body, "ids", most_released);
  if (!ids) return invalid("ids", "This collection should contain 1 to 200 integers.");
  std::erase_if(stopped_, [&](Person const& person) {
    bool const released = std::ranges::find(*ids, person.id) != ids->end();
    if (released) stopped_sms_.erase(person.number);
    return released;
  });
  return json_answer(200, "{}");
}

Json ContactBook::group_record(SimulatedAddressBook const& list) const {
  auto const size = static_cast<std::int64_t>(list.members.size());
  auto const stopped = std::ranges::count_if(
      list.members, [&](SimulatedRecipient const& person) { return stops(person.number); });
  return {{"id", whole_number(list.id).value_or(0)},
          {"name", list.name},
          {"description", nullptr},
          {"default", simulator_.is("profile", "web") ? Json(0) : Json(false)},
          {"created_at", date(list.created, simulator_)},
          {"items", shape(simulator_, "group_items", "number", "text", "number") == "text"
                        ? Json(std::to_string(size))
                        : Json(size)},
          {"stop_list_count", stopped}};
}

Json ContactBook::contact_record(Person const& person) const {
  auto groups = Json::array();
  for (auto const& list : simulator_.account().lists()) {
    if (std::ranges::find(list.members, person.number, &SimulatedRecipient::number) == list.members.end())
      continue;
    if (simulator_.is("contact_groups", "ids"))
      groups.push_back(whole_number(list.id).value_or(0));
    else
      groups.push_back({{"id", list.id}, {"name", list.name}, {"default", false}});
  }
  Json record{{"id", person.id},
              {"phone", phone(person.number)},
              {"fields", Json::array()},
              {"created_at", date(person.at, simulator_)},
              {"groups", std::move(groups)},
              {"hlr_status", nullptr},
              {"hlr_last_check", nullptr}};
  if (simulator_.is("contact_groups", "absent")) record.erase("groups");
  return record;
}

HttpResponse ContactBook::no_group() const {
  if (simulator_.is("group_missing", "404")) return json_answer(404, R"({"message":"Not Found"})");
  return refused("Contact group is not found");
}

Json ContactBook::phone(std::string const& number) const {
  auto const digits = number.substr(1);
  return simulator_.is("contact_phone", "text") ? Json(digits) : Json(whole_number(digits).value_or(0));
}

ContactBook::Person const& ContactBook::add(std::string number) {
  ids_.emplace(number, ++next_id_);
  return people_.emplace_back(Person{next_id_, std::move(number), simulator_.now()});
}

}  // namespace polycampaign::inline v1::testing::bsg
