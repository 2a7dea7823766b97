// Recipient lists and the lists around a campaign, in memory.
#include "polycampaign/plan.hpp"

#include "fake_state.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

Error of_fake(Error error) {
  error.provider = "fake";
  return error;
}

Error no_such_list() {
  return fake_error(ErrorCode::not_found, "no such list");
}

/// Returns the records of a campaign, or what the list ends with.
template <class Item>
FakeList<Item> of_campaign(std::vector<Item> const& all, std::string const& campaign,
                           std::optional<Error> error) {
  using Verdict = typename FakeList<Item>::Verdict;
  FakeList<Item> list{.items = all, .judge = [campaign](Item const& item) {
                        return item.campaign == campaign ? Verdict::keep : Verdict::drop;
                      }};
  if (!error && campaign.empty())
    error = fake_error(ErrorCode::invalid_argument, "campaign: the id of a campaign is needed");
  if (error) list.end = {0, *std::move(error)};
  return list;
}

template <class Item>
FakeList<Item> all_of(std::vector<Item> all, std::optional<Error> error) {
  FakeList<Item> list{.items = std::move(all)};
  if (error) list.end = {0, *std::move(error)};
  return list;
}

template <class Item>
std::unique_ptr<PageSource<Item>> source_of(FakeList<Item> list, ListOptions options) {
  return std::make_unique<FakeSource<Item>>(std::move(list), std::move(options));
}

}  // namespace

FakeCampaignClient::State::NumberList* FakeCampaignClient::State::find_list(std::string const& id) {
  auto const found = std::ranges::find_if(number_lists, [&](auto const& one) { return one.list.id == id; });
  return found == number_lists.end() ? nullptr : &*found;
}

ListAddition FakeCampaignClient::State::add_to(NumberList& to, std::vector<std::string> const& numbers,
                                               std::size_t given) {
  std::unordered_set<std::string> known{to.numbers.begin(), to.numbers.end()};
  ListAddition addition{.provider = "fake", .added = 0, .invalid = 0};
  for (auto const& number : numbers)
    if (known.insert(number).second) {
      to.numbers.push_back(number);
      ++*addition.added;
    }
  addition.duplicates = static_cast<std::int64_t>(given) - *addition.added;
  to.list.size = static_cast<std::int64_t>(to.numbers.size());
  addition.list = to.list;
  return addition;
}

void FakeCampaignClient::add_list(RecipientList list, std::vector<std::string> numbers) {
  std::lock_guard const lock{state_->mutex};
  list.size = static_cast<std::int64_t>(numbers.size());
  state_->number_lists.push_back({std::move(list), std::move(numbers)});
}

std::vector<std::string> FakeCampaignClient::numbers(std::string const& list) const {
  std::lock_guard const lock{state_->mutex};
  auto const* const found = state_->find_list(list);
  return found == nullptr ? std::vector<std::string>{} : found->numbers;
}

void FakeCampaignClient::set_messages(std::vector<Message> messages) {
  std::lock_guard const lock{state_->mutex};
  state_->messages = std::move(messages);
}

void FakeCampaignClient::set_replies(std::vector<Reply> replies) {
  std::lock_guard const lock{state_->mutex};
  state_->replies = std::move(replies);
}

void FakeCampaignClient::set_opt_outs(std::vector<OptOut> opt_outs) {
  std::lock_guard const lock{state_->mutex};
  state_->opt_outs = std::move(opt_outs);
}

void FakeCampaignClient::set_stop_list(std::vector<OptOut> stop_list) {
  std::lock_guard const lock{state_->mutex};
  state_->stop_list = std::move(stop_list);
}

Result<RecipientList> FakeCampaignClient::run(GetRecipientList const& get, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin_as(get, options)) return *std::move(error);
  auto const* const found = state_->find_list(get.id);
  if (found == nullptr) return no_such_list();
  return found->list;
}

Result<ListAddition> FakeCampaignClient::run(CreateRecipientList const& create, CallOptions const& options) {
  auto const given = create.numbers.size();
  auto checked = normalized(fake_capabilities(), create);
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin_as(create, options)) return *std::move(error);
  if (!checked) return of_fake(std::move(checked).error());
  if (std::ranges::any_of(state_->number_lists,
                          [&](auto const& one) { return one.list.name == checked->name; }))
    return fake_error(ErrorCode::conflict, "another list has this name");
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto& made = state_->number_lists.emplace_back();
  made.list = {.id = "list-" + std::to_string(++state_->lists_made),
               .name = std::move(checked->name),
               .created_at = Timestamp{now}};
  return State::add_to(made, checked->numbers, given);
}

Result<ListAddition> FakeCampaignClient::run(AddRecipients const& add, CallOptions const& options) {
  auto const given = add.numbers.size();
  auto checked = normalized(fake_capabilities(), add);
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin_as(add, options)) return *std::move(error);
  if (!checked) return of_fake(std::move(checked).error());
  auto* const found = state_->find_list(add.list);
  if (found == nullptr) return no_such_list();
  return State::add_to(*found, checked->numbers, given);
}

Result<void> FakeCampaignClient::run(DeleteRecipientList const& deletion, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin_as(deletion, options)) return *std::move(error);
  if (std::erase_if(state_->number_lists, [&](auto const& one) { return one.list.id == deletion.id; }) == 0)
    return no_such_list();
  return {};
}

std::unique_ptr<PageSource<RecipientList>> FakeCampaignClient::pages(ListRecipientLists const& list,
                                                                     ListOptions options) {
  std::lock_guard const lock{state_->mutex};
  std::vector<RecipientList> all;
  for (auto const& one : state_->number_lists) all.push_back(one.list);
  return source_of(all_of(std::move(all), state_->begin_as(list, options.call)), std::move(options));
}

std::unique_ptr<PageSource<Message>> FakeCampaignClient::pages(ListMessages const& list,
                                                               ListOptions options) {
  std::lock_guard const lock{state_->mutex};
  auto all = of_campaign(state_->messages, list.campaign, state_->begin_as(list, options.call));
  if (!list.statuses.empty()) {
    all.filters = {"statuses"};
    all.judge = [of = std::move(all.judge), statuses = list.statuses](Message const& message) {
      auto const wanted = std::ranges::find(statuses, message.status.code) != statuses.end();
      return wanted ? of(message) : FakeList<Message>::Verdict::drop;
    };
  }
  return source_of(std::move(all), std::move(options));
}

std::unique_ptr<PageSource<Reply>> FakeCampaignClient::pages(ListReplies const& list, ListOptions options) {
  std::lock_guard const lock{state_->mutex};
  auto all = of_campaign(state_->replies, list.campaign, state_->begin_as(list, options.call));
  return source_of(std::move(all), std::move(options));
}

std::unique_ptr<PageSource<OptOut>> FakeCampaignClient::pages(ListOptOuts const& list, ListOptions options) {
  std::lock_guard const lock{state_->mutex};
  auto all = of_campaign(state_->opt_outs, list.campaign, state_->begin_as(list, options.call));
  return source_of(std::move(all), std::move(options));
}

std::unique_ptr<PageSource<OptOut>> FakeCampaignClient::pages(ListStopList const& list, ListOptions options) {
  std::lock_guard const lock{state_->mutex};
  auto all = all_of(state_->stop_list, state_->begin_as(list, options.call));
  return source_of(std::move(all), std::move(options));
}

}  // namespace polycampaign::inline v1::testing
