// What an adapter can do with lists of recipients, as the checks of writing run it.
#include "testing/conformance/list_tasks.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

std::set<std::string> numbers_in(SimulatedAddressBook const& list) {
  std::set<std::string> numbers;
  for (auto const& member : list.members) numbers.insert(member.number);
  return numbers;
}

/// Returns whether no list but that one has changed, and nothing besides lists.
bool only_list_changed(SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
  auto const others = [&](SimulatedAccount const& account) {
    auto lists = account.lists();
    std::erase_if(lists, [&](SimulatedAddressBook const& list) { return list.id == id; });
    return lists;
  };
  return others(before) == others(after) && before.campaigns() == after.campaigns();
}

SimulatedAddressBook const* find_in(SimulatedAccount const& account, std::string const& id) {
  auto const found = std::ranges::find(account.lists(), id, &SimulatedAddressBook::id);
  return found == account.lists().end() ? nullptr : &*found;
}

WriteTask create_list_task(std::string name, std::vector<std::string> numbers) {
  WriteTask task{.name = "create_list",
                 .operation = CreateRecipientList::operation,
                 .of_lists = true,
                 .numbers = numbers};
  task.run = [name, numbers](WritingSite& site, std::string const&) {
    return outcome_of(site.client().call(CreateRecipientList{name, numbers}));
  };
  task.done = [name, numbers](SimulatedAccount const& before, SimulatedAccount const& after,
                              std::string const&) {
    auto const made = created_lists(before, after);
    return made.size() == 1 && made.front().name == name &&
           numbers_in(made.front()) == std::set<std::string>{numbers.begin(), numbers.end()} &&
           only_list_changed(before, after, made.front().id);
  };
  return task;
}

WriteTask add_task(std::vector<std::string> numbers) {
  WriteTask task{.name = "add_to_list",
                 .operation = AddRecipients::operation,
                 .about = About::list,
                 .of_lists = true,
                 .numbers = numbers};
  task.run = [numbers](WritingSite& site, std::string const& id) {
    return outcome_of(site.client().call(AddRecipients{id, numbers}));
  };
  task.done = [numbers](SimulatedAccount const& before, SimulatedAccount const& after,
                        std::string const& id) {
    auto const* const old = find_in(before, id);
    auto const* const now = find_in(after, id);
    if (old == nullptr || now == nullptr || now->name != old->name) return false;
    auto expected = numbers_in(*old);
    expected.insert(numbers.begin(), numbers.end());
    return numbers_in(*now) == expected && now->members.size() <= old->members.size() + numbers.size() &&
           only_list_changed(before, after, id);
  };
  return task;
}

WriteTask delete_list_task(bool can_look) {
  WriteTask task{.name = "delete_list",
                 .operation = DeleteRecipientList::operation,
                 .about = About::list,
                 .of_lists = true};
  task.run = [](WritingSite& site, std::string const& id) {
    return outcome_of(site.client().call(DeleteRecipientList{id}));
  };
  task.done = [](SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
    return find_in(before, id) != nullptr && find_in(after, id) == nullptr &&
           only_list_changed(before, after, id);
  };
  if (can_look)
    task.list_shows = [](WritingSite& site, std::string const& id) {
      auto const list = site.client().call(GetRecipientList{id});
      return !list && list.error().code == ErrorCode::not_found;
    };
  return task;
}

}  // namespace

std::string new_list_name(RecipientListRules const& rules) {
  std::string name = "Friends-7";
  while (std::ssize(name) < rules.least_name) name += 'x';
  return rules.name.most > 0 && std::ssize(name) > rules.name.most
             ? name.substr(0, static_cast<std::size_t>(rules.name.most))
             : name;
}

std::vector<std::string> new_list_numbers(RecipientListRules const& rules, std::size_t count) {
  std::vector<std::string> numbers;
  if (rules.numbers.most > 0) count = std::min(count, static_cast<std::size_t>(rules.numbers.most));
  for (std::size_t i = 0; i < count; ++i) numbers.push_back("+33639987" + std::to_string(100 + i));
  return numbers;
}

std::vector<SimulatedAddressBook> created_lists(SimulatedAccount const& before,
                                                SimulatedAccount const& after) {
  std::vector<SimulatedAddressBook> made;
  for (auto const& list : after.lists())
    if (find_in(before, list.id) == nullptr) made.push_back(list);
  return made;
}

std::string missing_list(SimulatedAccount const& account) {
  if (account.lists().empty()) return "7";
  auto id = account.lists().front().id;
  for (char const last : {'1', '3', '5', '7', '9', '2', '4'}) {
    id.back() = last;
    if (find_in(account, id) == nullptr) break;
  }
  return id;
}

void add_list_tasks(Workbench& workbench, WritingSite& site, std::vector<WriteTask>& tasks) {
  auto const& rules = workbench.capabilities().lists;
  auto const has = [&](Operation operation) { return site.adapter()->has(operation); };
  auto const name = new_list_name(rules);
  std::vector<std::function<std::string(WritingSite&)>> candidates;
  if (has(CreateRecipientList::operation)) {
    auto const numbers = new_list_numbers(rules, 3);
    for (auto const& number : numbers) workbench.personal(number);
    tasks.push_back(create_list_task(name, numbers));
    candidates.emplace_back([name, numbers](WritingSite& at) {
      auto const before = at.simulator().account();
      static_cast<void>(at.client().call(CreateRecipientList{name, {numbers.front()}}));
      auto const made = created_lists(before, at.simulator().account());
      return made.size() == 1 ? made.front().id : std::string{};
    });
  }
  for (auto const& list : site.simulator().lists())
    candidates.emplace_back([id = list.id](WritingSite&) { return id; });
  if (has(AddRecipients::operation)) {
    auto task = add_task(new_list_numbers(rules, 4));
    if (choose_target(workbench, task, candidates)) tasks.push_back(std::move(task));
  }
  if (has(DeleteRecipientList::operation)) {
    auto task = delete_list_task(has(GetRecipientList::operation));
    if (choose_target(workbench, task, candidates)) tasks.push_back(std::move(task));
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
