#include "testing/vendors/dexatel/contacts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

namespace polycampaign::inline v1::testing::dexatel {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t least_digits = 7;
constexpr std::size_t most_digits = 15;
constexpr std::size_t longest_person = 32;
constexpr std::size_t most_tags = 10;

bool too_long(ordered_json const& contact, char const* name) {
  return contact.contains(name) && contact[name].is_string() &&
         contact[name].get_ref<std::string const&>().size() > longest_person;
}

/// Reads one contact. Returns `+` and digits, or an empty string.
std::string read_contact(ordered_json const& contact, VendorSimulator const& simulator, Problems& problems) {
  auto digits = contact.is_object() && contact.contains("number") && contact["number"].is_string()
                    ? contact["number"].get<std::string>()
                    : std::string{};
  if (digits.empty()) return problems.push_back({"'data.number' is required", 1353}), std::string{};
  if (digits.starts_with('+')) digits.erase(0, 1);
  bool const valid = digits.size() >= least_digits &&
                     digits.find_first_not_of("0123456789") == std::string::npos &&
                     !digits.starts_with(simulator.switch_value("invalid_prefix"));
  if (!valid) problems.push_back({"'data.number' is invalid", 1354});
  if (valid && digits.size() > most_digits) problems.push_back({"'data.number' is too long", 1355});
  if (contact.contains("tags") && contact["tags"].size() > most_tags)
    problems.push_back({"'data.tags' should contain at most 10 items", 1359});
  if (too_long(contact, "first_name")) problems.push_back({"'data.first_name' is too long", 1361});
  if (too_long(contact, "last_name")) problems.push_back({"'data.last_name' is too long", 1362});
  return '+' + digits;
}

}  // namespace

std::vector<SimulatedRecipient> read_contacts(ordered_json const& data,
                                              std::vector<SimulatedRecipient> const& members,
                                              VendorSimulator const& simulator, Problems& problems) {
  auto const most = simulator.switch_number("contacts_limit");
  auto const contacts = data.contains("contacts") ? data["contacts"] : ordered_json::array({data});
  if (!contacts.is_array() || static_cast<std::int64_t>(contacts.size()) > most) {
    problems.push_back({"'data.contacts' should contain at most " + std::to_string(most) + " items", 1308});
    return {};
  }
  std::set<std::string> known;
  for (auto const& member : members) known.insert(member.number);
  std::vector<SimulatedRecipient> added;
  for (auto const& contact : contacts) {
    auto number = read_contact(contact, simulator, problems);
    if (!number.empty() && !known.insert(number).second)
      problems.push_back({"Contact with this number already exists", 1360});
    added.push_back({.number = std::move(number)});
  }
  return added;
}

}  // namespace polycampaign::inline v1::testing::dexatel
