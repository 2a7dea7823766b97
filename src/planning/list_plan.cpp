#include "polycampaign/plan.hpp"

#include "planning/plan_parts.hpp"
#include "text/ascii.hpp"
#include "text/phone_digits.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

using planning::wrong;

std::optional<Error> check_name(RecipientListRules const& rules, std::string_view name) {
  auto const characters = planning::characters(name);
  if (characters < rules.least_name)
    return wrong("name: a list needs a name of at least " + std::to_string(rules.least_name) +
                 (rules.least_name == 1 ? " character" : " characters"));
  if (rules.name.most > 0 && characters > rules.name.most)
    return wrong("name: it has " + std::to_string(characters) +
                 " characters, and this vendor takes at most " + std::to_string(rules.name.most));
  auto const plain = [](char c) { return text::is_digit(c) || text::is_letter(c) || c == '-' || c == '_'; };
  if (rules.plain_name && !std::ranges::all_of(name, plain))
    return wrong("name: this vendor takes only letters, digits, - and _");
  return std::nullopt;
}

Result<std::vector<std::string>> international(std::vector<std::string> numbers) {
  std::unordered_set<std::uint64_t> seen;
  seen.reserve(numbers.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto const read = text::read_number(numbers[i]);
    if (!read.fault.empty()) return wrong("numbers[" + std::to_string(i) + "]: " + std::string{read.fault});
    if (seen.insert(read.digits).second) numbers[kept++] = text::written_number(read.digits);
  }
  numbers.resize(kept);
  return numbers;
}

std::optional<Error> check_count(RecipientListRules const& rules, std::size_t count) {
  if (rules.numbers.most == 0 || count <= static_cast<std::size_t>(rules.numbers.most)) return std::nullopt;
  return wrong("numbers: " + std::to_string(count) + " are too many for one request; this vendor takes " +
               std::to_string(rules.numbers.most) + ". RecipientUpload adds them step by step.");
}

}  // namespace

Result<CreateRecipientList> normalized(Capabilities const& capabilities, CreateRecipientList create) {
  if (capabilities.support(CreateRecipientList::operation) == Support::unsupported)
    return unsupported(capabilities, CreateRecipientList::operation);
  auto const& rules = capabilities.lists;
  if (auto error = check_name(rules, create.name)) return *std::move(error);
  if (rules.needs_numbers && create.numbers.empty())
    return wrong("numbers: this vendor makes a list only with a first number in it");
  auto numbers = international(std::move(create.numbers));
  if (!numbers) return std::move(numbers).error();
  create.numbers = *std::move(numbers);
  if (auto error = check_count(rules, create.numbers.size())) return *std::move(error);
  return create;
}

Result<AddRecipients> normalized(Capabilities const& capabilities, AddRecipients add) {
  if (capabilities.support(AddRecipients::operation) == Support::unsupported)
    return unsupported(capabilities, AddRecipients::operation);
  if (add.list.empty()) return wrong("list: the id of a list is needed");
  if (add.numbers.empty()) return wrong("numbers: there is nothing to add");
  auto numbers = international(std::move(add.numbers));
  if (!numbers) return std::move(numbers).error();
  add.numbers = *std::move(numbers);
  if (auto error = check_count(capabilities.lists, add.numbers.size())) return *std::move(error);
  return add;
}

}  // namespace polycampaign::inline v1
