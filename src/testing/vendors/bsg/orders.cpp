#include "testing/vendors/bsg/orders.hpp"

#include "polycampaign/text.hpp"

#include "testing/wall_time.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using std::chrono::sys_seconds;

constexpr auto not_valid = "This value is not valid.";
constexpr auto not_unique = "This collection should contain only unique elements.";

constexpr std::size_t most_recipients = 10'000;

bool letters_and_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<HttpResponse> OrderReader::read() {
  if (!body_.is_object()) {
    complaints_.add("body", "The body is not a JSON object.");
    return complaints_.answer();
  }
  order.text = text_of(body_, "text");
  order.sender = text_of(body_, "sender");
  bool const to_groups = kind_ == Kind::groups || (kind_ == Kind::price && body_.contains("groups"));
  bool const found = !to_groups || read_groups();
  if (!to_groups)
    read_people(kind_ == Kind::phones ? "phones" : "messages", kind_ == Kind::phones ? "number" : "phone");
  if (kind_ != Kind::individual) {
    check_sender(body_, "");
    check_text(body_, "");
  }
  check_options();
  if (kind_ != Kind::price) read_start();
  if (!complaints_.empty()) return complaints_.answer();
  if (!found) return refused("Contact group is not found");
  constexpr std::int64_t last_tariff = 9;
  auto const tariff = member(body_, "tariff_code");
  if (!tariff.is_null() && tariff > last_tariff) return refused("Tariff was not found");
  return std::nullopt;
}

void OrderReader::read_people(char const* list, char const* number) {
  auto const people = member(body_, list);
  if (!people.is_array() || people.empty()) return complaints_.add(list, blank);
  if (people.size() > most_recipients)
    return complaints_.add(list, "This collection should contain 10000 elements or less.");
  for (std::size_t i = 0; i < people.size(); ++i)
    // paths are glued together: messages0phone
    read_person(people[i], list + std::to_string(i), number);
  if (repeated_) complaints_.add(list, not_unique);
}

void OrderReader::read_person(Json const& item, std::string const& path, char const* number) {
  SimulatedRecipient person;
  if (auto wrong = read_number(member(item, number), person.number); !wrong.empty())
    return complaints_.add(path + number, std::move(wrong));
  if (!numbers_.insert(person.number).second) repeated_ = true;
  person.reference = text_of(item, "reference_id");
  if (person.reference.size() > 32) return complaints_.add(path + "reference_id", too_long(32));
  if (!letters_and_digits(person.reference)) return complaints_.add(path + "reference_id", not_valid);
  if (kind_ == Kind::individual) {
    check_sender(item, path);
    check_text(item, path);
    person.text = text_of(item, "text");
    if (order.recipients.empty()) order.sender = text_of(item, "sender");
  }
  if (contacts_.stops(person.number)) {
    ++order.filtered;
    return;
  }
  // "message with a duplicate id is rejected"
  auto const& reference = person.reference;
  if (!reference.empty() && (!references_.insert(reference).second || used_before(reference)))
    rejected.insert(order.recipients.size());
  order.recipients.push_back(std::move(person));
}

bool OrderReader::used_before(std::string const& reference) const {
  return simulator_.is("duplicate_reference", "account") &&
         std::ranges::any_of(simulator_.campaigns(), [&](SimulatedCampaign const& campaign) {
           return std::ranges::find(campaign.addressed, reference, &SimulatedRecipient::reference) !=
                  campaign.addressed.end();
         });
}

bool OrderReader::read_groups() {
  auto const groups = member(body_, "groups");
  if (!groups.is_array() || groups.empty()) {
    complaints_.add("groups", blank);
    return true;
  }
  std::set<std::string> ids;
  bool found = true;
  for (auto const& id : groups) {
    if (!id.is_number_integer()) {
      complaints_.add("groups" + std::to_string(ids.size()), not_integer);
      continue;
    }
    if (!ids.insert(id.dump()).second) complaints_.add("groups", not_unique);
    auto const* const list = simulator_.account().find_list(id.dump());
    found = found && list != nullptr;
    if (list == nullptr) continue;
    order.lists.push_back({list->id, list->name});
    for (auto const& person : list->members)
      if (numbers_.insert(person.number).second) {
        if (contacts_.stops(person.number))
          ++order.filtered;
        else
          order.recipients.push_back(person);
      }
  }
  if (numbers_.size() > most_recipients)
    complaints_.add("groups", "A campaign can have 10000 contacts or less.");
  return found;
}

void OrderReader::check_sender(Json const& from, std::string const& path) {
  constexpr std::size_t most_characters = 11;
  constexpr std::size_t most_digits = 15;
  auto const sender = text_of(from, "sender");
  auto const most = all_digits(sender) ? most_digits : most_characters;
  auto const printable = [](char c) { return c >= ' ' && c <= '~'; };
  auto const& known = simulator_.account().senders;
  if (sender.empty())
    complaints_.add(path + "sender", blank);
  else if (sender.size() > most)
    complaints_.add(path + "sender", too_long(static_cast<std::int64_t>(most)));
  else if (!std::ranges::all_of(sender, printable))
    complaints_.add(path + "sender", not_valid);
  else if (simulator_.is("senders", "own") &&
           std::ranges::find(known, sender, &SimulatedSender::text) == known.end())
    complaints_.add(path + "sender", "Sender is not allowed.");
}

void OrderReader::check_text(Json const& from, std::string const& path) {
  constexpr std::int64_t most_gsm7 = 765;
  auto const text = text_of(from, "text");
  if (text.empty()) return complaints_.add(path + "text", blank);
  auto const analysis = analyze(text);
  if (!analysis) return complaints_.add(path + "text", not_valid);
  auto const most =
      analysis->encoding == TextEncoding::gsm7 ? most_gsm7 : simulator_.switch_number("ucs2_limit");
  if (analysis->units > most) complaints_.add(path + "text", too_long(most));
}

void OrderReader::check_options() {
  auto const whole = [&](char const* name, std::int64_t least, std::int64_t most) {
    auto const value = member(body_, name);
    if (value.is_null()) return;
    if (!value.is_number_integer())
      complaints_.add(name, not_integer);
    else if (value < least || value > most)
      complaints_.add(name, "This value should be between " + std::to_string(least) + " and " +
                                std::to_string(most) + '.');
  };
  // A tariff that does not exist has a refusal of its own.
  constexpr std::int64_t any_tariff = 1'000'000;
  whole("tariff_code", 0, any_tariff);
  if (kind_ == Kind::price) return;
  whole("validity", 1, 72);
  if (auto const flag = member(body_, "transliterate"); !flag.is_null() && !flag.is_boolean())
    complaints_.add("transliterate", "This value should be of type bool.");
  auto const url = member(body_, "callback_url");
  if (!url.is_null() && !url.is_string())
    complaints_.add("callback_url", "This value should be of type string.");
  else if (text_of(body_, "callback_url").size() > 100)
    complaints_.add("callback_url", too_long(100));
}

void OrderReader::read_start() {
  if (member(body_, "start_at").is_null()) return;
  auto const wall = read_wall(text_of(body_, "start_at"));
  if (!wall) return complaints_.add("start_at", "This value is not a valid datetime.");
  auto const ahead = std::chrono::hours{simulator_.switch_number("zone_offset")};
  auto const start = sys_seconds{wall->time_since_epoch()} - ahead;
  auto const now = simulator_.now();
  if (start <= now) return complaints_.add("start_at", "This value should be in the future.");
  auto const day = [&](sys_seconds time) { return std::chrono::floor<std::chrono::days>(time + ahead); };
  if (day(start) > day(now) + std::chrono::days{30})
    return complaints_.add("start_at", "This value is too far in the future.");
  order.scheduled = start;
}

}  // namespace polycampaign::inline v1::testing::bsg
