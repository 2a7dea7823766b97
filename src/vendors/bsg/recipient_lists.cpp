#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "text/number.hpp"
#include "vendors/bsg/adapter.hpp"
#include "vendors/bsg/groups.hpp"
#include "vendors/bsg/requests.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::bsg {

using protocol::Conversation;
using protocol::Done;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;

namespace {

constexpr std::size_t most_attached = 200;

/// Returns the listing of a list that has one part and is read by offset.
template <class Item, class MakeCall, class Read>
Listing<Item> one_part(ListQuery const& query, MakeCall make_call, Read read) {
  return {.first = {.size = query.page_size},
          .page = [make_call, read](PageKey const& key) -> Result<Exchange<ListPage<Item>>> {
            auto call = make_call(key);
            if (!call) return std::move(call).error();
            return Exchange<ListPage<Item>>{*std::move(call), read};
          },
          .ahead = [](PageKey const& key, PageInfo const& info,
                      std::size_t most) { return pages_behind(1, key, info, most); }};
}

/// Returns an id as the number that BSG's requests take.
Result<std::int64_t> group_number(std::string_view id) {
  auto const digits = protocol::numeric_id(id);
  if (!digits) return digits.error();
  auto const number = text::whole_number(*digits);
  if (!number) return protocol::failure(ErrorCode::invalid_argument, "this id is too large for BSG");
  return *number;
}

std::string numbers_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " number" : " numbers");
}

/// Adds numbers to a group, one request for each: BSG has no request for several. A number that the account
/// knows is looked up and put into the group with the others of this kind, at the end.
class Additions {
 public:
  Additions(protocol::Endpoint const& endpoint, std::string_view operation, std::int64_t group,
            Conversation& conversation)
      : endpoint_{endpoint}, operation_{operation}, group_{group}, conversation_{conversation} {}

  [[nodiscard]] Result<void> add(std::vector<std::string> const& numbers) {
    for (auto const& number : numbers) {
      if (auto done = add(number); !done) return stopped(std::move(done).error(), numbers.size());
      ++answered_;
    }
    for (std::size_t i = 0; i < waiting_.size(); i += most_attached) {
      auto const part = std::span{waiting_}.subspan(i, std::min(most_attached, waiting_.size() - i));
      auto attached = conversation_.run([&] {
        return Exchange<Done>{attach_call(endpoint_, operation_, part, group_), &read_attached};
      });
      if (!attached)
        return protocol::leaving(std::move(attached).error(),
                                 numbers_text(part.size()) + " of the step may not be in the list");
      added_ += static_cast<std::int64_t>(part.size());
    }
    return {};
  }

  void report(ListAddition& addition) const {
    addition.invalid = invalid_;
    if (!groups_unknown_) {
      addition.added = added_;
      addition.duplicates = duplicates_;
    } else {
      addition.notes.emplace_back(
          "BSG did not report the groups of some contacts, so it is unknown how many numbers are new in the "
          "list");
    }
    if (missing_ > 0)
      addition.notes.push_back(numbers_text(missing_) +
                               " could not be added: BSG says that the contact book has them, but its search "
                               "does not show them");
  }

 private:
  [[nodiscard]] Result<void> add(std::string const& number) {
    auto outcome = conversation_.run([&] {
      return Exchange<NewContact>{create_contact_call(endpoint_, operation_, number, group_),
                                  protocol::discreet<NewContact>({number.substr(1)}, &read_new_contact)};
    });
    if (!outcome) return std::move(outcome).error();
    if (*outcome == NewContact::created) ++added_;
    if (*outcome == NewContact::invalid) ++invalid_;
    bool const known = *outcome == NewContact::existing || *outcome == NewContact::repeated;
    return known ? look_up(number, *outcome == NewContact::repeated) : Result<void>{};
  }

  [[nodiscard]] Result<void> look_up(std::string const& number, bool repeated) {
    auto found = conversation_.run([&] {
      return Exchange<std::optional<Contact>>{
          find_contact_call(endpoint_, operation_, number),
          protocol::discreet<std::optional<Contact>>(
              {number.substr(1)}, [number, group = group_](HttpResponse response) {
                return read_contact(std::move(response), number, group);
              })};
    });
    if (!found) return std::move(found).error();
    if (!*found && repeated) {
      return Error{.code = ErrorCode::conflict,
                   .effect = Effect::unknown,
                   .message =
                       "BSG reported equal requests within a short time, and its search does not show the "
                       "number yet"};
    }
    if (!*found) {
      ++missing_;
    } else if ((*found)->in_group == true) {
      ++duplicates_;
    } else {
      groups_unknown_ = groups_unknown_ || !(*found)->in_group;
      waiting_.push_back((*found)->id);
    }
    return {};
  }

  [[nodiscard]] Error stopped(Error error, std::size_t all) const {
    auto sentence = "BSG answered " + std::to_string(answered_) + " of " + numbers_text(all) + " before that";
    if (!waiting_.empty())
      sentence += "; " + std::to_string(waiting_.size()) + " of them are not in the list yet";
    return protocol::leaving(std::move(error), sentence);
  }

  protocol::Endpoint const& endpoint_;
  std::string_view operation_;
  std::int64_t group_;
  Conversation& conversation_;
  std::vector<std::int64_t> waiting_{};  // contacts to put into the group
  std::size_t answered_ = 0;
  std::int64_t added_ = 0;
  std::int64_t duplicates_ = 0;
  std::int64_t invalid_ = 0;
  std::size_t missing_ = 0;
  bool groups_unknown_ = false;
};

}  // namespace

Result<Listing<RecipientList>> BsgAdapter::pages(ListRecipientLists const&, ListQuery const& query) const {
  return one_part<RecipientList>(
      query, [this](PageKey const& key) { return groups_call(endpoint_, key); },
      [clock = clock_](HttpResponse response) { return read_groups(std::move(response), clock); });
}

Result<Listing<OptOut>> BsgAdapter::pages(ListStopList const&, ListQuery const& query) const {
  return one_part<OptOut>(
      query, [this](PageKey const& key) { return stop_list_call(endpoint_, key); },
      [clock = clock_](HttpResponse response) { return read_stop_list(std::move(response), clock); });
}

Exchange<RecipientList> BsgAdapter::group(std::string_view id) const {
  return {group_call(endpoint_, id), [id = std::string{id}, clock = clock_](HttpResponse response) {
            return read_group(std::move(response), id, clock);
          }};
}

Result<RecipientList> BsgAdapter::run(GetRecipientList const& get, Conversation& conversation) const {
  auto const id = protocol::numeric_id(get.id);
  if (!id) return id.error();
  return conversation.run(group(*id));
}

Result<ListAddition> BsgAdapter::run(CreateRecipientList const& create, Conversation& conversation) const {
  auto made = conversation.run(Exchange<RecipientList>{
      create_group_call(endpoint_, create.name),
      protocol::discreet<RecipientList>({create.name}, [clock = clock_](HttpResponse response) {
        return read_created_group(std::move(response), clock);
      })});
  if (!made) return std::move(made).error();
  ListAddition addition{.provider = "bsg", .list = *std::move(made)};
  auto const number = addition.list.id ? text::whole_number(*addition.list.id) : std::nullopt;
  if (!number && !create.numbers.empty())
    return Error{.code = ErrorCode::protocol,
                 .effect = Effect::unknown,
                 .message = "BSG made the list, but reported no id for it, so no number was added"};
  Additions additions{endpoint_, "create_list", number.value_or(0), conversation};
  if (auto added = additions.add(create.numbers); !added) {
    auto error = protocol::leaving(std::move(added).error(), "The list " + *addition.list.id + " was made");
    error.effect = Effect::unknown;
    return error;
  }
  if (!create.numbers.empty()) addition.list.size.reset();  // it is from before the numbers were added
  additions.report(addition);
  return addition;
}

Result<ListAddition> BsgAdapter::run(AddRecipients const& add, Conversation& conversation) const {
  auto const group = group_number(add.list);
  if (!group) return group.error();
  Additions additions{endpoint_, "add_to_list", *group, conversation};
  if (auto added = additions.add(add.numbers); !added) return std::move(added).error();
  ListAddition addition{.provider = "bsg", .list = {.id = std::to_string(*group)}};
  additions.report(addition);
  return addition;
}

Result<void> BsgAdapter::run(DeleteRecipientList const& remove, Conversation& conversation) const {
  auto const id = protocol::numeric_id(remove.id);
  if (!id) return id.error();
  auto deleted = conversation.run(Exchange<Done>{delete_group_call(endpoint_, *id), &read_deleted_group});
  if (deleted) return {};
  if (deleted.error().effect == Effect::none) return std::move(deleted).error();
  auto const now = conversation.run(group(*id));
  if (!now && now.error().code == ErrorCode::not_found) return {};
  return protocol::leaving(std::move(deleted).error(),
                           now ? std::string{"The list still exists; it may still be deleted"}
                               : "Afterwards the list could not be read: " + to_string(now.error()));
}

}  // namespace polycampaign::inline v1::bsg
