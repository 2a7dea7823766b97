#include "polycampaign/protocol/change.hpp"
#include "polycampaign/protocol/detail.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "vendors/smsup/adapter.hpp"
#include "vendors/smsup/answers.hpp"
#include "vendors/smsup/listed_records.hpp"
#include "vendors/smsup/lists.hpp"
#include "vendors/smsup/outcomes.hpp"
#include "vendors/smsup/refusals.hpp"
#include "vendors/smsup/requests.hpp"
#include "wire/xml_writer.hpp"

#include <string>
#include <utility>

/// The recipient lists of an account.
namespace polycampaign::inline v1::smsup {

using protocol::Conversation;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageKey;

namespace {

constexpr ListForm lists_form{.name = "lists", .singular = "list", .most = protocol::max_page_records};

Error not_writable(char const* member) {
  return protocol::failure(ErrorCode::invalid_argument,
                           std::string{member} +
                               " contains a control character, which XML cannot carry; the account's "
                               "`format` could be json");
}

/// One contact is the least that the response can show.
Exchange<RecipientList> one_list(protocol::Endpoint const& endpoint, std::string const& id,
                                 std::string const& segment, std::string_view operation) {
  return {call_of(endpoint, operation, "/list/" + segment + "?length=1"),
          [id](HttpResponse response) { return read_list(std::move(response), id); }};
}

}  // namespace

Result<Listing<RecipientList>> SmsupAdapter::pages(ListRecipientLists const&,
                                                   protocol::ListQuery const& query) const {
  return Listing<RecipientList>{
      .first = {.size = query.page_size},
      .page = [this, reading = Reading{clock_, query.keep_raw, {}}](
                  PageKey const& key) -> Result<Exchange<ListPage<RecipientList>>> {
        if (key.part != 0 || key.offset != 0)
          return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
        return Exchange<ListPage<RecipientList>>{
            call_of(endpoint_, "lists", "/lists"), [reading](HttpResponse response) {
              return read_listed(std::move(response), lists_form, reading, &read_recipient_list);
            }};
      }};
}

Result<RecipientList> SmsupAdapter::run(GetRecipientList const& get, Conversation& conversation) const {
  auto const segment = protocol::path_segment(get.id);
  if (!segment) return segment.error();
  return conversation.run(one_list(endpoint_, get.id, *segment, "get_list"));
}

Result<ListAddition> SmsupAdapter::run(CreateRecipientList const& create, Conversation& conversation) const {
  if (format_ == Format::xml && !wire::is_xml_text(create.name)) return not_writable("name");
  auto const given = static_cast<std::int64_t>(create.numbers.size());
  auto addition = conversation.run([&] {
    return Exchange<ListAddition>{
        create_list_call(endpoint_, create, format_),
        protocol::discreet<ListAddition>({create.name}, [given](HttpResponse response) {
          return read_addition(std::move(response), given, {});
        })};
  });
  if (!addition) return addition;
  addition->list.size = addition->added;
  if (!addition->list.id) addition->notes.emplace_back("SMSUP made the list, but reported no id");
  return addition;
}

Result<ListAddition> SmsupAdapter::run(AddRecipients const& add, Conversation& conversation) const {
  // the ids that no other call accepts
  if (auto const segment = protocol::path_segment(add.list); !segment) return segment.error();
  if (format_ == Format::xml && !wire::is_xml_text(add.list)) return not_writable("list");
  auto const given = static_cast<std::int64_t>(add.numbers.size());
  auto addition = conversation.run([&] {
    return Exchange<ListAddition>{add_call(endpoint_, add, format_),
                                  [given, list = add.list](HttpResponse response) {
                                    return read_addition(std::move(response), given, list);
                                  }};
  });
  if (addition && !addition->list.id) addition->list.id = add.list;
  return addition;
}

Result<void> SmsupAdapter::run(DeleteRecipientList const& remove, Conversation& conversation) const {
  auto const segment = protocol::path_segment(remove.id);
  if (!segment) return segment.error();
  auto call = call_of(endpoint_, "delete_list", "/list/" + *segment);
  call.request.method = "DELETE";
  call.request.action = Action::write;
  auto done = conversation.run(Exchange<protocol::Done>{std::move(call), &read_done});
  if (done) return {};
  auto error = std::move(done).error();
  if (error.effect == Effect::none) return error;
  auto const now = conversation.run(one_list(endpoint_, remove.id, *segment, "delete_list"));
  if (!now && says_not_found(now.error())) return {};
  error.message += now ? ". The list still exists; it may still be deleted"
                       : ". Afterwards the list could not be read: " + to_string(now.error());
  return error;
}

}  // namespace polycampaign::inline v1::smsup
