#include "testing/vendors/yeastar/phonebooks.hpp"

#include "testing/vendors/yeastar/pages.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing::yeastar {

namespace {

using Json = nlohmann::ordered_json;

Json phonebook_item(SimulatedAddressBook const& list, VendorSimulator const& simulator) {
  return {{"id", id_value(*whole_number(list.id), simulator)},
          {"name", list.name},
          {"member_select", "sel_specific"},
          {"total", list.members.size()}};
}

}  // namespace

Answer phonebooks(RequestTarget const& target, VendorSimulator const& simulator) {
  auto const keyword = target.parameter("search_value").value_or("");
  std::vector<SimulatedAddressBook const*> found;
  for (auto const& list : simulator.account().lists())
    if (keyword.empty() || contains_text(list.name, keyword)) found.push_back(&list);
  auto const total = static_cast<std::int64_t>(found.size());
  PageSlice slice;
  if (auto wrong = read_page(target, simulator, total, slice)) return *std::move(wrong);
  auto items = Json::array();
  for (auto const* const list : page_of(found, slice.first, slice.size))
    items.push_back(phonebook_item(*list, simulator));
  return page_answer(simulator, total, std::move(items));
}

Answer phonebook(std::string_view id, VendorSimulator const& simulator) {
  if (auto wrong = wrong_id(id)) return *std::move(wrong);
  auto const& lists = simulator.account().lists();
  auto const list = std::ranges::find(lists, id, &SimulatedAddressBook::id);
  if (list == lists.end()) return refused(no_phonebook);
  auto record = phonebook_item(*list, simulator);
  auto contacts = Json::array();
  for (auto const& member : list->members) {
    auto const number = static_cast<std::int64_t>(contacts.size()) + 1;
    contacts.push_back({{"id", number},
                        {"contact_name", "Contact " + std::to_string(number)},
                        {"company", ""},
                        {"email", ""},
                        {"mobile", member.number}});
  }
  record["contacts_list"] = std::move(contacts);
  return one_answer(simulator, std::move(record));
}

}  // namespace polycampaign::inline v1::testing::yeastar
