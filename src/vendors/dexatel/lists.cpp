#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "vendors/dexatel/adapter.hpp"
#include "vendors/dexatel/audiences.hpp"
#include "vendors/dexatel/next_page.hpp"
#include "vendors/dexatel/requests.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::dexatel {

using protocol::Conversation;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageKey;

namespace {

/// "Contact already exists"
constexpr std::string_view contact_exists = "1360";

/// Returns whether Dexatel refused a contact because of its number: invalid, or too long.
bool is_invalid_number(Error const& error) noexcept {
  return error.vendor_code == "1354" || error.vendor_code == "1355";
}

/// Returns whether Dexatel refused a request because of one of its contacts.
bool is_about_a_contact(Error const& error) noexcept {
  return error.effect == Effect::none && (error.vendor_code == contact_exists || is_invalid_number(error));
}

std::vector<std::string_view> views_of(std::vector<std::string> const& numbers) {
  return {numbers.begin(), numbers.end()};
}

/// Adds numbers to an audience and counts what becomes of them. Dexatel takes all contacts of a request or
/// none, and does not say which one it refused. So a refused request is sent again in halves.
class ContactUpload {
 public:
  ContactUpload(AudienceRequests& requests, ListAddition& addition)
      : requests_{requests}, audience_{*addition.list.id}, addition_{addition} {}

  [[nodiscard]] Result<void> add(Numbers numbers) {
    while (!numbers.empty()) {
      auto const count = std::min(numbers.size(), requests_.most());
      if (auto added = add_together(numbers.first(count)); !added) return added;
      numbers = numbers.subspan(count);
    }
    return {};
  }

  /// Compares how much the audience grew with the contacts that Dexatel accepted, because no page documents
  /// how contacts are added. `before` is how many it had.
  [[nodiscard]] Result<void> check(Count before) {
    auto list = requests_.read(audience_);
    if (!list) {
      addition_.list.size.reset();
      addition_.notes.push_back(
          "Dexatel accepted the numbers, but the audience could not be read afterwards: " +
          to_string(list.error()));
      return {};
    }
    addition_.list = *std::move(list);
    auto const after = addition_.list.size;
    if (!before || !after) {
      addition_.notes.emplace_back(
          "Dexatel does not report how many contacts the audience has, so they could not be counted");
      return {};
    }
    if (*after - *before >= *addition_.added) return {};
    auto error = protocol::failure(ErrorCode::protocol,
                                   "Dexatel accepted " + std::to_string(*addition_.added) +
                                       " contacts, but the audience has " + std::to_string(*after) +
                                       " now and had " + std::to_string(*before) + " before");
    error.effect = Effect::unknown;
    return error;
  }

 private:
  [[nodiscard]] Result<void> add_together(Numbers numbers) {
    auto const added = requests_.add(audience_, numbers);
    if (added) {
      *addition_.added += static_cast<std::int64_t>(numbers.size());
      return {};
    }
    auto const& error = added.error();
    if (requests_.takes_fewer(error, numbers.size())) return add(numbers);
    if (!is_about_a_contact(error)) return error;
    if (numbers.size() == 1) {
      ++*(is_invalid_number(error) ? addition_.invalid : addition_.duplicates);
      return {};
    }
    auto const half = numbers.size() / 2;
    if (auto first = add_together(numbers.first(half)); !first) return first;
    return add_together(numbers.subspan(half));
  }

  AudienceRequests& requests_;
  std::string audience_;
  ListAddition& addition_;
};

ListAddition addition_to(RecipientList list) {
  return {.provider = "dexatel", .list = std::move(list), .added = 0, .duplicates = 0, .invalid = 0};
}

}  // namespace

Result<Listing<RecipientList>> DexatelAdapter::pages(ListRecipientLists const&,
                                                     protocol::ListQuery const& query) const {
  return Listing<RecipientList>{
      .first = {.size = query.page_size},
      .page = [this](PageKey const& key) -> Result<Exchange<ListPage<RecipientList>>> {
        auto call = page_call(endpoint_, base_, {ListRecipientLists::operation.name, audiences_path}, key);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<RecipientList>>{*std::move(call), [base = base_](HttpResponse response) {
                                                   return read_audiences(std::move(response), base);
                                                 }};
      },
      .ahead = &pages_behind};
}

Result<RecipientList> DexatelAdapter::run(GetRecipientList const& get, Conversation& conversation) const {
  if (auto const segment = protocol::path_segment(get.id); !segment) return segment.error();
  return AudienceRequests{endpoint_, conversation, GetRecipientList::operation.name}.read(get.id);
}

Result<ListAddition> DexatelAdapter::run(CreateRecipientList const& create,
                                         Conversation& conversation) const {
  AudienceRequests requests{endpoint_, conversation, CreateRecipientList::operation.name};
  auto const all = views_of(create.numbers);
  Numbers rest{all};
  auto list = requests.create(create.name, Channel::sms, rest);
  if (list) {
    rest = rest.subspan(std::min(rest.size(), requests.most()));
  } else {
    if (!is_about_a_contact(list.error())) return std::move(list).error();
    // One of the contacts cannot be in it. An empty audience takes the others.
    list = requests.create(create.name, Channel::sms, {});
    if (!list) return std::move(list).error();
  }
  auto addition = addition_to(*std::move(list));
  addition.added = static_cast<std::int64_t>(all.size() - rest.size());
  if (rest.empty()) return addition;
  ContactUpload upload{requests, addition};
  auto const id = *addition.list.id;
  auto filled = upload.add(rest);
  if (filled) filled = upload.check(0);
  if (!filled)
    return protocol::leaving(std::move(filled).error(),
                             "The audience (id " + id + ") was created and stays at Dexatel");
  return addition;
}

Result<ListAddition> DexatelAdapter::run(AddRecipients const& add, Conversation& conversation) const {
  if (auto const segment = protocol::path_segment(add.list); !segment) return segment.error();
  AudienceRequests requests{endpoint_, conversation, AddRecipients::operation.name};
  auto list = requests.read(add.list);
  if (!list) return std::move(list).error();
  auto const before = list->size;
  auto addition = addition_to(*std::move(list));
  ContactUpload upload{requests, addition};
  if (auto added = upload.add(views_of(add.numbers)); !added) return std::move(added).error();
  if (*addition.added == 0) return addition;
  if (auto checked = upload.check(before); !checked) return std::move(checked).error();
  return addition;
}

Result<void> DexatelAdapter::run(DeleteRecipientList const& deletion, Conversation& conversation) const {
  if (auto const segment = protocol::path_segment(deletion.id); !segment) return segment.error();
  AudienceRequests requests{endpoint_, conversation, DeleteRecipientList::operation.name};
  return protocol::list_deleted(requests.remove(deletion.id), [&] { return requests.read(deletion.id); });
}

}  // namespace polycampaign::inline v1::dexatel
