#include "testing/vendors/smsup/messages.hpp"

#include "polycampaign/text.hpp"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <set>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using Json = nlohmann::ordered_json;

constexpr int good = 1;
constexpr int bad_xml = -2;
constexpr int bad_json = -6;
constexpr int bad_data = -7;

std::string word(Json const& object, char const* name) {
  if (!object.is_object() || !object.contains(name)) return {};
  auto const& value = object[name];
  return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string{} : value.dump();
}

Json member(Json const& object, char const* name) {
  return object.is_object() && object.contains(name) ? object[name] : Json{};
}

int read_json(std::string_view body, Message& message) {
  auto const root = Json::parse(body, nullptr, false);
  auto const sms = member(root, "sms");
  if (!sms.is_object()) return bad_json;
  auto const content = member(sms, "message");
  message.text = word(content, "text");
  message.sender = word(content, "sender");
  message.push_type = word(content, "pushtype");
  message.delay = word(content, "delay");
  message.unicode = word(content, "unicode");
  auto const links = member(content, "links");
  auto const numbers = member(member(sms, "recipients"), "gsm");
  auto const lists = member(sms, "lists");
  for (auto const* const array : {&links, &numbers, &lists})
    if (!array->is_null() && !array->is_array()) return bad_data;
  message.links = links.size();
  for (auto const& item : numbers)
    message.recipients.push_back({.number = word(item, "value"), .reference = word(item, "gsmsmsid")});
  for (auto const& item : lists) message.lists.push_back(word(item, "value"));
  return good;
}

/// Returns all text of an element, which several sections may share.
std::string text_of(pugi::xml_node element) {
  std::string text;
  for (auto const part : element.children())
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  return text;
}

int read_xml(std::string_view body, Message& message) {
  pugi::xml_document document;
  auto const sms = document.load_buffer(body.data(), body.size(), pugi::parse_default | pugi::parse_ws_pcdata)
                       ? document.child("sms")
                       : pugi::xml_node{};
  if (!sms) return bad_xml;
  auto const content = sms.child("message");
  message.text = text_of(content.child("text"));
  message.sender = text_of(content.child("sender"));
  message.push_type = text_of(content.child("pushtype"));
  message.delay = text_of(content.child("delay"));
  message.unicode = text_of(content.child("unicode"));
  if (!analyze(message.text)) return bad_xml;  // not UTF-8
  for (auto const link : content.children("links")) message.links += static_cast<bool>(link);
  for (auto const item : sms.child("recipients").children("gsm"))
    message.recipients.push_back({.number = text_of(item), .reference = item.attribute("gsmsmsid").value()});
  for (auto const item : sms.children("lists")) message.lists.push_back(text_of(item.child("value")));
  return good;
}

std::size_t marks(std::string_view text, std::string_view mark) {
  std::size_t count = 0;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) ++count;
  return count;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// Returns the number of 16-bit units.
std::int64_t ucs2_units(std::string_view text) {
  std::int64_t units = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

}  // namespace

int read_message(std::string_view body, bool xml, Message& message) {
  return xml ? read_xml(body, message) : read_json(body, message);
}

Message read_message(RequestTarget const& target) {
  auto const value = [&](char const* name) { return target.parameter(name).value_or(""); };
  Message message{.text = value("text"),
                  .sender = value("sender"),
                  .push_type = value("pushtype"),
                  .delay = value("delay")};
  if (auto number = target.parameter("to"))
    message.recipients.push_back({.number = *std::move(number), .reference = value("gsmsmsid")});
  return message;
}

std::string complaint(Message const& message) {
  if (message.text.empty()) return "text is missing";
  auto const& type = message.push_type;
  if (!type.empty() && type != "alert" && type != "marketing") return "pushtype is invalid";
  auto const& unicode = message.unicode;
  if (!unicode.empty() && unicode != "0" && unicode != "1") return "unicode is invalid";
  if (marks(message.text, "<-short->") != message.links) return "links are invalid";
  return {};
}

std::string arriving_text(Message const& message) {
  auto text = message.text;
  if (message.unicode == "1") return text;
  if (auto const analysis = analyze(text))
    for (auto const& character : analysis->ucs2_characters) replace_all(text, character, "?");
  return text;
}

std::int64_t parts_of(Message const& message) {
  if (message.unicode != "1") return text_parts(arriving_text(message));
  auto const units = ucs2_units(message.text);
  auto const [single, joined] = part_size(TextEncoding::ucs2);
  return units <= single ? 1 : (units + joined - 1) / joined;
}

std::vector<SimulatedRecipient> filtered(std::vector<SimulatedRecipient> asked, bool stop_list,
                                         Removed& removed) {
  std::vector<SimulatedRecipient> kept;
  std::set<std::string> seen;
  for (auto& person : asked) {
    if (person.number.starts_with('+')) person.number.erase(0, 1);
    bool const digits = person.number.size() >= 7 && person.number.size() <= 15 &&
                        person.number.find_first_not_of("0123456789") == std::string::npos;
    if (!digits)
      ++removed.invalid;
    else if (!seen.insert(person.number).second)
      ++removed.duplicated;
    else if (stop_list && person.number.ends_with("00"))
      ++removed.blacklisted;
    else if (stop_list && person.number.ends_with("01"))
      ++removed.npai;
    else
      kept.push_back({'+' + person.number, person.reference, std::nullopt});
  }
  return kept;
}

}  // namespace polycampaign::inline v1::testing::smsup
