#include "lists.hpp"

#include <polycampaign/protocol/http_error.hpp>
#include <polycampaign/protocol/json_text.hpp>
#include <polycampaign/protocol/nlohmann_json.hpp>

#include "body.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace heron {
namespace {

using nlohmann::json;
using namespace polycampaign;
using protocol::ListPage;
using protocol::member;
using protocol::Notes;

constexpr std::array message_states{
    protocol::MessageStatusWord{"waiting", MessageStatusCode::queued},
    protocol::MessageStatusWord{"sent", MessageStatusCode::submitted},
    protocol::MessageStatusWord{"arrived", MessageStatusCode::delivered},
    protocol::MessageStatusWord{"too late", MessageStatusCode::expired},
    protocol::MessageStatusWord{"lost", MessageStatusCode::failed},
};

/// Reads the page of a list. `read` makes an item of a record, and `known` says whether an item is one at
/// all: a list whose records are none is not such a list.
template <class Item, class Read, class Known>
Result<ListPage<Item>> read_page(HttpResponse const& response, char const* name, Read read, Known known) {
  auto const body = open_body(response, Action::read);
  if (!body) return body.error();
  auto const list = body->find(name);
  if (list == body->end() || !list->is_array()) return protocol::no_answer(response, "a list was expected");
  ListPage<Item> page;
  for (auto const& record : *list) {
    auto const place = static_cast<std::size_t>(page.info.records++);
    if (record.is_object()) page.items.push_back(read(record, place));
  }
  if (page.info.records > 0 && std::none_of(page.items.begin(), page.items.end(), known))
    return protocol::no_answer(response, "other records were expected");
  auto [cursor, error] = next_cursor(*body, response);
  page.info.next_token = std::move(cursor);
  page.info.next_error = std::move(error);
  return page;
}

RecipientList read_group_record(json const& record, protocol::ClockRule const& clock) {
  RecipientList list;
  Notes notes{list.notes};
  list.id = protocol::read_word(member(record, "id"), "id", notes);
  if (!list.id) notes.add("the record has no id");
  list.name = protocol::read_text(member(record, "title"), "title", notes);
  list.size = protocol::read_count(member(record, "people"), "people", notes);
  list.created_at = protocol::read_time(member(record, "made"), clock, "made", notes);
  return list;
}

Message read_message(json const& record, protocol::ClockRule const& clock) {
  Message message{.provider = "heron"};
  Notes notes{message.notes};
  message.id = protocol::read_word(member(record, "id"), "id", notes).value_or("");
  if (message.id.empty()) notes.add("the record has no id");
  message.campaign = protocol::read_word(member(record, "campaign"), "campaign", notes);
  message.number = protocol::read_number(member(record, "to"), "to", notes);
  message.text = protocol::read_text(member(record, "body"), "body", notes);
  message.status = protocol::read_message_status(member(record, "state"), message_states, "state", notes);
  message.sent_at = protocol::read_time(member(record, "sent"), clock, "sent", notes);
  message.parts = protocol::read_count(member(record, "parts"), "parts", notes);
  return message;
}

/// Reads a reply or an opt-out, which Heron writes in the same way.
template <class Item>
Item read_words(json const& record, protocol::ClockRule const& clock) {
  Item item{.provider = "heron"};
  Notes notes{item.notes};
  item.campaign = protocol::read_word(member(record, "campaign"), "campaign", notes);
  item.number = protocol::read_number(member(record, "from"), "from", notes);
  if (!item.number) notes.add("the record has no number");
  item.text = protocol::read_text(member(record, "body"), "body", notes);
  item.at = protocol::read_time(member(record, "came"), clock, "came", notes);
  return item;
}

template <class Item>
Result<ListPage<Item>> read_all_words(HttpResponse const& response, protocol::ClockRule const& clock,
                                      char const* name) {
  return read_page<Item>(
      response, name, [&](json const& record, std::size_t) { return read_words<Item>(record, clock); },
      [](Item const& item) { return item.number.has_value() || item.campaign.has_value(); });
}

}  // namespace

Result<ListPage<RecipientList>> read_groups(HttpResponse const& response, protocol::ClockRule const& clock) {
  return read_page<RecipientList>(
      response, "groups", [&](json const& record, std::size_t) { return read_group_record(record, clock); },
      [](RecipientList const& list) { return list.id.has_value(); });
}

Result<RecipientList> read_one_group(HttpResponse const& response, protocol::ClockRule const& clock,
                                     std::string const& id) {
  auto const body = open_body(response, Action::read);
  if (!body) return body.error();
  auto const group = body->find("group");
  if (group == body->end() || !group->is_object())
    return protocol::no_answer(response, "a group was expected");
  auto list = read_group_record(*group, clock);
  if (list.id != id) return protocol::no_answer(response, "another group was expected");
  return list;
}

Result<ListAddition> read_addition(HttpResponse const& response) {
  auto const body = open_body(response, Action::write);
  if (!body) return body.error();
  ListAddition addition{.provider = "heron"};
  Notes notes{addition.notes};
  addition.list.id = protocol::read_word(member(*body, "group"), "group", notes);
  if (!addition.list.id) return protocol::unreadable(response, "the id of a group was expected");
  addition.added = protocol::read_count(member(*body, "added"), "added", notes);
  addition.duplicates = protocol::read_count(member(*body, "known"), "known", notes);
  return addition;
}

Result<ListPage<Message>> read_messages(HttpResponse const& response, protocol::ClockRule const& clock,
                                        bool keep_raw) {
  std::vector<std::string> texts;
  if (keep_raw) texts = protocol::json_records(response.body, "messages");
  return read_page<Message>(
      response, "messages",
      [&](json const& record, std::size_t place) {
        auto message = read_message(record, clock);
        if (place < texts.size()) message.raw_record = std::move(texts[place]);
        return message;
      },
      [](Message const& message) { return !message.id.empty() || message.number || message.campaign; });
}

Result<ListPage<Reply>> read_replies(HttpResponse const& response, protocol::ClockRule const& clock) {
  return read_all_words<Reply>(response, clock, "replies");
}

Result<ListPage<OptOut>> read_stops(HttpResponse const& response, protocol::ClockRule const& clock) {
  return read_all_words<OptOut>(response, clock, "stops");
}

}  // namespace heron
