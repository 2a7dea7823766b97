#include "vendors/yeastar/phonebooks.hpp"

#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/http_error.hpp"

#include "vendors/yeastar/adapter.hpp"
#include "vendors/yeastar/answers.hpp"
#include "vendors/yeastar/requests.hpp"
#include "wire/recipient_lists.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::yeastar {

using protocol::Exchange;
using protocol::ListPage;

namespace {

Result<wire::RecipientLists> read_phonebook_records(Answer const& answer, HttpResponse const& response,
                                                    bool is_page) {
  auto const records = records_of(answer, response, "phonebooks");
  if (!records) return records.error();
  wire::RecordTexts texts{answer.document, records->member, records->list};
  auto const note = note_of(answer.verdict);
  auto lists =
      wire::read_recipient_lists(records->list, texts, yeastar::capabilities().max_page_size, is_page,
                                 [&](wire::JsonValue record, RecipientList& list, wire::Notes& notes) {
                                   list.id = wire::read_word(record["id"].scalar(), "id", notes);
                                   list.name = wire::read_text(record["name"].scalar(), "name", notes);
                                   list.size = wire::read_count(record["total"].scalar(), "total", notes);
                                   if (!note.empty()) notes.add(std::string{note});
                                 });
  if (!lists.fault.empty()) return protocol::no_answer(response, std::string{lists.fault});
  return lists;
}

}  // namespace

Result<ListPage<RecipientList>> read_phonebooks(HttpResponse response) {
  auto const answer = open_answer(response, Purpose::read);
  if (!answer) return answer.error();
  auto lists = read_phonebook_records(*answer, response, true);
  if (!lists) return std::move(lists).error();
  ListPage<RecipientList> page;
  page.info.records = lists->sent;
  page.info.total = total_of(*answer);
  page.items = std::move(lists->items);
  return page;
}

Result<RecipientList> read_phonebook(HttpResponse response, std::string_view id) {
  auto const answer = open_answer(response, Purpose::read);
  if (!answer) return answer.error();
  auto lists = read_phonebook_records(*answer, response, false);
  if (!lists) return std::move(lists).error();
  return wire::only(std::move(lists->items), id, response.status);
}

Result<protocol::Listing<RecipientList>> YeastarAdapter::pages(ListRecipientLists const&,
                                                               protocol::ListQuery const& query) const {
  return protocol::Listing<RecipientList>{
      .first = {.offset = 1, .size = query.page_size},
      .page = [this](protocol::PageKey const& key) -> Result<Exchange<ListPage<RecipientList>>> {
        auto call = phonebooks_call(endpoint_, key);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<RecipientList>>{*std::move(call), &read_phonebooks};
      },
      .ahead = &pages_behind};
}

Result<RecipientList> YeastarAdapter::run(GetRecipientList const& get,
                                          protocol::Conversation& conversation) const {
  auto const id = protocol::numeric_id(get.id);
  if (!id) return id.error();
  return conversation.run(Exchange<RecipientList>{
      phonebook_call(endpoint_, *id),
      [id = std::string{*id}](HttpResponse response) { return read_phonebook(std::move(response), id); }});
}

}  // namespace polycampaign::inline v1::yeastar
