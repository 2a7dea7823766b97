// Making, filling and deleting lists of recipients: what is reported took place, at that list alone.
#include "testing/conformance/list_tasks.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

std::string shown_number(Count const& count) {
  return count ? std::to_string(*count) : "none";
}

/// Checks the counts of an addition. Those that the vendor does not report are absent.
void expect_counts(Workbench& workbench, ListAddition const& addition, std::int64_t added,
                   std::int64_t duplicates, std::string const& what) {
  workbench.said(addition.notes);
  workbench.expect(addition.provider == workbench.options().provider.name, "the provider's name from " + what,
                   std::string{addition.provider});
  workbench.expect(!addition.added || *addition.added == added,
                   std::to_string(added) + " added, or no count, from " + what, shown_number(addition.added));
  workbench.expect(!addition.duplicates || *addition.duplicates == duplicates,
                   std::to_string(duplicates) + " duplicates, or no count, from " + what,
                   shown_number(addition.duplicates));
  workbench.expect(!addition.invalid || *addition.invalid == 0,
                   "no invalid number, or no count, from " + what, shown_number(addition.invalid));
}

class NewLists {
 public:
  explicit NewLists(Workbench& workbench) : workbench_{workbench}, rules_{workbench.capabilities().lists} {}

  void check_making() {
    auto const site = WritingSite::make(workbench_);
    if (!site) return;
    auto const name = new_list_name(rules_);
    auto const numbers = new_list_numbers(rules_, 3);
    auto const before = site->simulator().account();
    auto const made = site->client().call(CreateRecipientList{name, numbers});
    if (!made) workbench_.said(made.error());
    if (!workbench_.expect(made.has_value(), "a new list", shown(made))) return;
    auto const lists = created_lists(before, site->simulator().account());
    if (!workbench_.expect(lists.size() == 1, "one new list", std::to_string(lists.size()))) return;
    auto const& list = lists.front();
    workbench_.expect(list.name == name && list.members.size() == numbers.size(),
                      "the list " + name + " with " + std::to_string(numbers.size()) + " numbers",
                      list.name + " with " + std::to_string(list.members.size()));
    workbench_.expect(made->list.id == list.id || (!made->list.id && !made->notes.empty()),
                      "the id of the new list, " + list.id + ", or none and a note",
                      made->list.id.value_or("none"));
    workbench_.expect(!made->list.size || *made->list.size == std::ssize(list.members),
                      "the size of the new list, or none", shown_number(made->list.size));
    expect_counts(workbench_, *made, std::ssize(numbers), 0, "a new list");
    expect_read(*site, list);
    expect_nobody(*site, before);
    site->advance(std::chrono::seconds{61});  // some vendors refuse equal requests within a short time
    auto const again_before = site->simulator().account();
    auto const again = site->client().call(CreateRecipientList{name, numbers});
    if (!again) workbench_.said(again.error());
    auto const more = created_lists(again_before, site->simulator().account());
    workbench_.expect(again ? more.size() == 1
                            : again.error().code == ErrorCode::conflict &&
                                  again.error().effect == Effect::none && more.empty(),
                      "another list, or `conflict` and effect `none`, for a name that is taken",
                      shown(again));
  }

  void check_adding(WriteTask const& task) {
    auto const site = WritingSite::make(workbench_);
    if (!site) return;
    auto const id = task.prepare(*site);
    auto const stored = members_of(*site, id);
    auto numbers = new_list_numbers(rules_, 6);
    std::erase_if(numbers, [&](std::string const& number) { return stored.contains(number); });
    if (!workbench_.expect(!numbers.empty(), "numbers that are not in the list " + id, "none")) return;
    auto const added = std::ssize(numbers);
    bool const room = rules_.numbers.most == 0 || added + 2 <= rules_.numbers.most;
    std::int64_t duplicates = 0;
    // One that the list has, and one that the caller gives twice.
    if (room && !stored.empty()) {
      numbers.insert(numbers.begin(), *stored.begin());
      ++duplicates;
    }
    if (room) {
      numbers.push_back(numbers.back());
      ++duplicates;
    }
    auto const before = site->simulator().account();
    auto const result = site->client().call(AddRecipients{id, numbers});
    if (!result) workbench_.said(result.error());
    if (!workbench_.expect(result.has_value(), "numbers to be added", shown(result))) return;
    expect_counts(workbench_, *result, added, duplicates, "add_to_list");
    workbench_.expect(!result->list.id || *result->list.id == id, "the id of the list, " + id + ", or none",
                      result->list.id.value_or(""));
    auto const now = members_of(*site, id);
    workbench_.expect(std::ssize(now) == std::ssize(stored) + added,
                      "a list of " + std::to_string(std::ssize(stored) + added) + " numbers",
                      std::to_string(now.size()));
    for (auto const& number : numbers)
      workbench_.expect(now.contains(number), "every number in the list", number + " is missing");
    workbench_.expect(!result->list.size || *result->list.size == std::ssize(now),
                      "the size of the list, or none, from add_to_list", shown_number(result->list.size));
    expect_nobody(*site, before);
  }

  /// Tries the operation on a list that does not exist.
  void check_missing(WriteTask const& task) {
    auto const site = WritingSite::make(workbench_);
    if (!site) return;
    auto const before = site->simulator().account();
    auto const outcome = task.run(*site, missing_list(before));
    if (outcome.error) workbench_.said(*outcome.error);
    auto const what = task.name + " of a list that does not exist";
    workbench_.expect(
        outcome.error && outcome.error->code == ErrorCode::not_found && outcome.error->effect == Effect::none,
        "`not_found` and effect `none` from " + what,
        outcome.error ? to_string(*outcome.error) : "a success");
    workbench_.expect(same(before, site->simulator().account()), "no change from " + what, "a change");
  }

  void check_refusals(bool makes, std::string const& list) {
    auto const numbers = new_list_numbers(rules_, 2);
    auto const name = new_list_name(rules_);
    auto const bad = std::vector<std::string>{"0601020304"};
    if (makes) {
      refuse(CreateRecipientList{"", numbers}, "a list without a name");
      refuse(CreateRecipientList{name, bad}, "a list with a number that is not E.164");
      if (rules_.name.most > 0)
        refuse(CreateRecipientList{std::string(static_cast<std::size_t>(rules_.name.most) + 1, 'a'), numbers},
               "a list with a long name");
      if (rules_.needs_numbers) refuse(CreateRecipientList{name, {}}, "a list without numbers");
      if (rules_.plain_name)
        refuse(CreateRecipientList{name + " \xC3\xA9", numbers}, "a list with an odd name");
    }
    if (list.empty()) return;
    refuse(AddRecipients{list, {}}, "no numbers");
    refuse(AddRecipients{list, bad}, "a number that is not E.164");
    constexpr std::int64_t most_to_try = 20'000;
    if (auto const most = rules_.numbers.most; most > 0 && most <= most_to_try) {
      std::vector<std::string> many;
      for (std::int64_t i = 0; i <= most; ++i) many.push_back("+336" + std::to_string(10'000'000 + i));
      refuse(AddRecipients{list, many}, "more numbers than one request takes");
    }
  }

 private:
  [[nodiscard]] static std::set<std::string> members_of(WritingSite& site, std::string const& id) {
    std::set<std::string> numbers;
    for (auto const& list : site.simulator().lists())
      if (list.id == id)
        for (auto const& member : list.members) numbers.insert(member.number);
    return numbers;
  }

  void expect_read(WritingSite& site, SimulatedAddressBook const& list) {
    if (!site.adapter()->has(GetRecipientList::operation)) return;
    auto const read = site.client().call(GetRecipientList{list.id});
    workbench_.expect(read && (!read->name || *read->name == list.name) &&
                          (!read->size || *read->size == std::ssize(list.members)),
                      "the new list from `get_list`", read ? shown_number(read->size) : shown(read));
  }

  void expect_nobody(WritingSite& site, SimulatedAccount const& before) {
    auto const after = site.simulator().account();
    workbench_.expect(before.campaigns() == after.campaigns() && site.simulator().reached().empty(),
                      "no campaign to change, and nobody to be reached, by a list", "a change");
  }

  template <class Op>
  void refuse(Op operation, std::string const& what) {
    auto const site = WritingSite::make(workbench_);
    if (!site) return;
    site->begin();
    auto const result = site->client().call(std::move(operation));
    if (!result) workbench_.said(result.error());
    workbench_.expect(!result && result.error().code == ErrorCode::invalid_argument &&
                          result.error().effect == Effect::none && site->made().empty(),
                      "`invalid_argument` and no request for " + what,
                      shown(result) + ", " + std::to_string(site->made().size()) + " requests");
  }

  Workbench& workbench_;
  RecipientListRules const& rules_;
};

}  // namespace

void check_new_lists(Workbench& workbench) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  std::vector<WriteTask> tasks;
  add_list_tasks(workbench, *site, tasks);
  NewLists lists{workbench};
  bool makes = false;
  std::string filled;
  for (auto const& task : tasks) {
    if (task.operation == CreateRecipientList::operation) {
      makes = true;
      lists.check_making();
      continue;
    }
    lists.check_missing(task);
    if (task.operation != AddRecipients::operation) continue;
    lists.check_adding(task);
    filled = missing_list(site->simulator().account());
  }
  lists.check_refusals(makes, filled);
}

}  // namespace polycampaign::inline v1::testing::conformance
