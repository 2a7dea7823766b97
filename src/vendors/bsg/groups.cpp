#include "vendors/bsg/groups.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "vendors/bsg/answers.hpp"
#include "vendors/bsg/lists.hpp"
#include "vendors/bsg/refusals.hpp"
#include "vendors/bsg/requests.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

using protocol::Call;
using protocol::Done;
using protocol::Endpoint;
using protocol::ListPage;
using protocol::PageKey;
using wire::JsonValue;
using wire::JsonWriter;

Result<Call> offset_call(Endpoint const& endpoint, std::string_view operation, std::string_view path,
                         PageKey const& key, protocol::Query parameters) {
  if (key.part != 0 || key.size < 1)
    return protocol::failure(ErrorCode::invalid_argument, "this list has no such page");
  parameters.add("page[offset]", key.offset).add("page[limit]", key.size);
  auto call = call_of(endpoint, "GET", operation, path, Action::read);
  call.request.url += parameters.text();
  return call;
}

/// BSG takes numbers as integers, without `+` (Create a contact).
std::string_view digits_of(std::string_view number) {
  return number.substr(number.starts_with('+') ? 1 : 0);
}

RecipientList read_one(JsonValue record, wire::ClockRule const& clock) {
  RecipientList list;
  wire::Notes notes{list.notes};
  list.id = wire::read_word(record["id"].scalar(), "id", notes);
  if (!list.id) notes.add("the record has no readable id");
  list.name = wire::read_text(record["name"].scalar(), "name", notes);
  list.size = wire::read_count(record["items"].scalar(), "items", notes);
  list.created_at = wire::read_time(record["created_at"].scalar(), clock, "created_at", notes);
  return list;
}

/// Gives the errors of groups their meaning: BSG answers HTTP 422 and says what is wrong only in words.
Error of_group(Error error) {
  if (error.http_status != 422) return error;
  if (text::contains_ignoring_case(error.message, "not found"))
    protocol::refine(error, ErrorCode::not_found);
  else if (text::contains_ignoring_case(error.message, "already exist"))
    protocol::refine(error, ErrorCode::conflict);
  return error;
}

/// Whether BSG refused a request because it equals one of the last seconds: "Too many duplicate request
/// detected". Any other 429 is a rate limit.
bool is_repeated(Error const& error) {
  return is_too_many(error) && text::contains_ignoring_case(error.message, "duplicate");
}

/// Gives the refusal of an equal request its meaning: the first one may have been carried out.
Error of_repeated(Error error, std::string_view what) {
  return is_repeated(error) ? of_equal_requests(std::move(error), what) : error;
}

/// Returns the one object that an answer is about.
JsonValue content_in(JsonValue root) {
  auto const data = root["data"];
  JsonValue content = data ? data : root;
  if (content.is_array()) {
    JsonValue first{};
    content.for_each_item([&](JsonValue item) {
      if (!first) first = item;
    });
    content = first;
  }
  return content;
}

std::optional<std::int64_t> number_in(JsonValue value) {
  return wire::whole_number_of(value.scalar());
}

bool is_blank(std::string_view body) {
  return std::ranges::all_of(body, [](char c) { return text::is_json_blank(c); });
}

/// Whether an answer refuses nothing but the phone number.
bool refuses_the_phone(JsonValue root) {
  std::size_t refused_fields = 0;
  bool only_phone = true;
  root["errors"].for_each_member([&](std::string_view field, JsonValue) {
    ++refused_fields;
    only_phone = only_phone && field.starts_with("phone");
  });
  return refused_fields > 0 && only_phone;
}

}  // namespace

Result<Call> groups_call(Endpoint const& endpoint, PageKey const& key) {
  return offset_call(endpoint, "lists", "/api/groups", key, {});
}

Result<Call> stop_list_call(Endpoint const& endpoint, PageKey const& key) {
  protocol::Query parameters;
  parameters.add("types", "sms");
  return offset_call(endpoint, "stop_list", "/api/stoplist", key, std::move(parameters));
}

Call group_call(Endpoint const& endpoint, std::string_view id) {
  return call_of(endpoint, "GET", "get_list", "/api/groups/" + protocol::escape(id), Action::read);
}

Call create_group_call(Endpoint const& endpoint, std::string_view name) {
  JsonWriter json;
  json.open('{').name("name").value(name).close('}');
  return post_call(endpoint, "create_list", "/api/groups", Action::write, std::move(json).text());
}

Call delete_group_call(Endpoint const& endpoint, std::string_view id) {
  return call_of(endpoint, "DELETE", "delete_list", "/api/groups/" + protocol::escape(id), Action::write);
}

Call create_contact_call(Endpoint const& endpoint, std::string_view operation, std::string_view number,
                         std::int64_t group) {
  JsonWriter json;
  json.open('{').name("phone").value(text::whole_number(digits_of(number)).value_or(0));
  json.name("groups").open('[').value(group).close(']').close('}');
  return post_call(endpoint, operation, "/api/contacts", Action::write, std::move(json).text());
}

Call find_contact_call(Endpoint const& endpoint, std::string_view operation, std::string_view number) {
  protocol::Query parameters;
  parameters.add("search[field]", "phone")
      .add("search[operator]", "=")
      .add("search[value]", digits_of(number));
  auto call = call_of(endpoint, "GET", operation, "/api/contacts/search", Action::read);
  call.request.url += parameters.text();
  return call;
}

Call attach_call(Endpoint const& endpoint, std::string_view operation, std::span<std::int64_t const> contacts,
                 std::int64_t group) {
  JsonWriter json;
  json.open('{').name("contacts").open('[');
  for (auto const contact : contacts) json.value(contact);
  json.close(']').name("groups").open('[').value(group).close(']').close('}');
  return post_call(endpoint, operation, "/api/groups/attach", Action::write, std::move(json).text());
}

Result<ListPage<RecipientList>> read_groups(HttpResponse response, wire::ClockRule const& clock) {
  return read_list<RecipientList>(
      std::move(response), "groups",
      [&](JsonValue record, std::size_t place, wire::RecordTexts& texts, RecipientList& list) {
        if (!reports_any(record, {"id", "name", "items"})) return Record::unexpected;
        list = read_one(record, clock);
        wire::Notes notes{list.notes};
        texts.note_repairs(place, notes);
        return Record::element;
      });
}

Result<ListPage<OptOut>> read_stop_list(HttpResponse response, wire::ClockRule const& clock) {
  return read_list<OptOut>(
      std::move(response), "contacts",
      [&](JsonValue record, std::size_t place, wire::RecordTexts& texts, OptOut& entry) {
        if (!reports_any(record, {"id", "phone"})) return Record::unexpected;
        auto const sms = record["sms_stoplist"].scalar();
        if (sms.kind == wire::Scalar::Kind::boolean ? !sms.boolean : wire::whole_number_of(sms) == 0)
          return Record::other;
        entry.provider = "bsg";
        wire::Notes notes{entry.notes};
        if (auto id = wire::read_word(record["id"].scalar(), "id", notes))
          entry.id = *std::move(id);
        else
          notes.add("the record has no readable id");
        entry.number = wire::read_number(record["phone"].scalar(), "phone", notes);
        entry.at = wire::read_time(record["created_at"].scalar(), clock, "created_at", notes);
        texts.note_repairs(place, notes);
        return Record::element;
      });
}

Result<RecipientList> read_group(HttpResponse response, std::string_view id, wire::ClockRule const& clock) {
  auto const document = open_answer(response, Action::read);
  if (!document) return of_group(document.error());
  auto const content = content_in(document->root());
  if (!content["id"] && !content["name"])
    return without(document->root(), response, "expected a group under data");
  auto list = read_one(content, clock);
  if (!list.id) list.id = std::string{id};
  if (*list.id == id) return list;
  auto error = protocol::unreadable(response, "the vendor returned a different list than requested");
  error.effect = Effect::none;
  return error;
}

Result<RecipientList> read_created_group(HttpResponse response, wire::ClockRule const& clock) {
  auto const document = open_answer(response, Action::write);
  if (!document)
    return of_repeated(of_group(document.error()), "the same list may have been created already");
  auto const root = document->root();
  auto const content = content_in(root);
  if (content["id"] || content["name"]) return read_one(content, clock);
  return without_outcome(root, response, "expected a group under data");
}

Result<Done> read_deleted_group(HttpResponse response) {
  if (response.status / 100 == 2 && is_blank(response.body)) return Done{};
  auto const document = open_answer(response, Action::write);
  if (!document) return of_group(document.error());
  return Done{};
}

Result<NewContact> read_new_contact(HttpResponse response) {
  auto const status = response.status;
  auto document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message, Action::write);
  auto const root = document->root();
  if (auto error = refusal(root, response)) {
    if (is_repeated(*error)) return NewContact::repeated;
    if (status != 422) return *std::move(error);
    // "Phone number is already exist in contact book", "Invalid phone number format"
    auto const says = [&](std::string_view words) {
      return text::contains_ignoring_case(error->message, words);
    };
    if (says("already exist")) return NewContact::existing;
    if (says("invalid phone number") || refuses_the_phone(root)) return NewContact::invalid;
    return of_group(*std::move(error));
  }
  auto const content = content_in(root);
  if (content["id"] || content["phone"]) return NewContact::created;
  return without_outcome(root, response, "expected a contact under data");
}

Result<std::optional<Contact>> read_contact(HttpResponse response, std::string_view number,
                                            std::int64_t group) {
  auto const wanted = text::whole_number(digits_of(number));
  auto const page =
      read_list<Contact>(std::move(response), "contacts",
                         [&](JsonValue record, std::size_t, wire::RecordTexts&, Contact& contact) {
                           if (!reports_any(record, {"id", "phone"})) return Record::unexpected;
                           auto const phone = record["phone"].scalar();
                           bool const same = number_in(record["phone"]) == wanted ||
                                             text::whole_number(digits_of(wire::words_of(phone))) == wanted;
                           auto const id = number_in(record["id"]);
                           if (!same || !id) return Record::other;
                           contact.id = *id;
                           auto const groups = record["groups"];
                           if (!groups || groups.is_null()) return Record::element;
                           contact.in_group = false;
                           groups.for_each_item([&](JsonValue item) {
                             // each with its data, or as an id alone
                             if ((item.is_object() ? number_in(item["id"]) : number_in(item)) == group)
                               contact.in_group = true;
                           });
                           return Record::element;
                         });
  if (!page) return page.error();
  return page->items.empty() ? std::nullopt : std::optional{page->items.front()};
}

Result<Done> read_attached(HttpResponse response) {
  if (response.status / 100 == 2 && is_blank(response.body)) return Done{};
  auto const document = open_answer(response, Action::write);
  if (!document)
    return of_repeated(of_group(document.error()), "the same contacts may have been added already");
  return Done{};
}

}  // namespace polycampaign::inline v1::bsg
