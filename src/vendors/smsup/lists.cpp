#include "vendors/smsup/lists.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/members.hpp"
#include "vendors/smsup/refusals.hpp"
#include "vendors/smsup/requests.hpp"
#include "wire/json_writer.hpp"
#include "wire/xml_writer.hpp"

#include <utility>
#include <vector>

namespace polycampaign::inline v1::smsup {

using protocol::Call;
using protocol::Endpoint;
using wire::Scalar;

namespace {

/// The samples write numbers without `+` ("Create list").
std::string_view without_plus(std::string const& number) {
  return std::string_view{number}.substr(1);
}

/// `list`: the id of an existing one; empty: a new one with that name.
std::string list_as_json(std::string_view name, std::string_view list,
                         std::vector<std::string> const& numbers) {
  wire::JsonWriter json{numbers.size() * 28 + name.size() + 128};
  json.open('{').name("list").open('{');
  if (list.empty())
    json.name("name").value(name);
  else
    write_list_id(json.name("listId"), list);
  json.name("contacts").open('{').name("gsm").open('[');
  for (auto const& number : numbers) json.open('{').name("value").value(without_plus(number)).close('}');
  json.close(']').close('}').close('}').close('}');
  return std::move(json).text();
}

/// The pages show contacts with child elements where a list is created, and with attributes, the number as
/// the element's text, where contacts are added.
std::string list_as_xml(std::string_view name, std::string_view list,
                        std::vector<std::string> const& numbers) {
  wire::XmlWriter xml{"list"};
  auto root = xml.root();
  if (list.empty())
    root.add("name", name);
  else
    root.add("listId", list);
  auto contacts = root.add("contacts");
  for (auto const& number : numbers) {
    if (list.empty())
      contacts.add("gsm").add("value", without_plus(number));
    else
      contacts.add("gsm", without_plus(number));
  }
  return xml.text();
}

Call list_call(Endpoint const& endpoint, std::string_view operation, std::string_view name,
               std::string_view list, std::vector<std::string> const& numbers, Format format) {
  auto const xml = format == Format::xml;
  auto call = call_of(endpoint, operation, "/list");
  call.request.method = "POST";
  call.request.action = Action::write;
  call.request.headers.push_back(content_type(format));
  call.request.body = xml ? list_as_xml(name, list, numbers) : list_as_json(name, list, numbers);
  return call;
}

}  // namespace

Call create_list_call(Endpoint const& endpoint, CreateRecipientList const& create, Format format) {
  return list_call(endpoint, "create_list", create.name, {}, create.numbers, format);
}

Call add_call(Endpoint const& endpoint, AddRecipients const& add, Format format) {
  return list_call(endpoint, "add_to_list", {}, add.list, add.numbers, format);
}

Result<ListAddition> read_addition(HttpResponse response, std::int64_t given, std::string_view list) {
  Envelope envelope;
  ListAddition addition{.provider = "smsup"};
  Count contacts;
  wire::Notes notes{addition.notes};
  auto read = read_members(response, Action::write,
                           {.member =
                                [&](std::string_view name, Scalar const& value, std::string const&) {
                                  if (name == "id")
                                    addition.list.id = wire::read_word(value, name, notes);
                                  else if (name == "contacts")
                                    contacts = wire::read_count(value, name, notes);
                                  else if (name == "duplicates")
                                    addition.duplicates = wire::read_count(value, name, notes);
                                  else if (name == "invalid")
                                    addition.invalid = wire::read_count(value, name, notes);
                                  else
                                    envelope.read(name, value);
                                },
                            .record = {}});
  if (!read) return std::move(read).error();
  bool const done = envelope.status() == ok || addition.list.id.has_value();
  if (!done && !envelope.reports_error() && response.status / 100 == 2)
    return protocol::unreadable(response, "expected the id of a list; it may have been changed");
  if (auto error = envelope.refusal(response, done ? std::optional<std::size_t>{1} : std::nullopt))
    return *std::move(error);
  if (!list.empty() && addition.list.id && *addition.list.id != list)
    return protocol::unreadable(response, "SMSUP answered about the list " + shown_id(*addition.list.id) +
                                              " instead of " + shown_id(list));
  if (auto note = envelope.odd_status(); !note.empty()) notes.add(std::move(note));
  // No page says whether `contacts` counts those of the request or those of the list.
  auto const duplicates = addition.duplicates.value_or(0);
  auto const invalid = addition.invalid.value_or(0);
  if (contacts && duplicates <= given && invalid <= given - duplicates &&
      *contacts == given - duplicates - invalid)
    addition.added = contacts;
  else if (contacts)
    notes.add("SMSUP reports " + std::to_string(*contacts) + " contacts, which is not how many of the " +
              std::to_string(given) + " numbers can be new");
  return addition;
}

Result<RecipientList> read_list(HttpResponse response, std::string const& id) {
  Envelope envelope;
  RecipientList list{.id = id};
  wire::Notes notes{list.notes};
  auto read = read_members(response, Action::read,
                           {.member =
                                [&](std::string_view name, Scalar const& value, std::string const&) {
                                  if (name == "name")
                                    list.name = wire::read_text(value, name, notes);
                                  else if (name == "contacts")
                                    list.size = wire::read_count(value, name, notes);
                                  else
                                    envelope.read(name, value);
                                },
                            .record = {}});
  if (!read) return std::move(read).error();
  bool const answered = list.name || list.size || envelope.total();
  if (auto error = envelope.refusal(response, answered ? std::optional<std::size_t>{1} : std::nullopt,
                                    "expected a recipient list")) {
    error->effect = Effect::none;
    return *std::move(error);
  }
  if (!list.size) list.size = envelope.total();
  return list;
}

}  // namespace polycampaign::inline v1::smsup
