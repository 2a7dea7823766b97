#include "vendors/smsup/listed.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/formats.hpp"
#include "vendors/smsup/refusals.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/record_texts.hpp"
#include "wire/text.hpp"
#include "wire/xml.hpp"

#include <vector>

namespace polycampaign::inline v1::smsup {
namespace {

/// Counts the records, and passes them on.
class Receiver {
 public:
  Receiver(ListForm const& form, std::function<bool(ListedRecord const&)> const& read)
      : form_{form}, read_{read} {}

  [[nodiscard]] bool is_records(std::string_view name) const noexcept {
    return name == form_.name || name == form_.singular;
  }
  void add(FlatRecord const& members, std::function<std::string_view()> const& text) {
    ++answer_.records;
    if (!read_({members, text})) ++answer_.unreadable;
  }
  void add_unreadable() {
    ++answer_.records;
    ++answer_.unreadable;
  }

  /// `records`: how many the response contains; absent if it contains no list.
  [[nodiscard]] std::optional<Error> refusal(Envelope const& envelope, HttpResponse const& response,
                                             std::optional<std::size_t> records) const {
    if (auto error = envelope.refusal(response, records, "expected a list of " + std::string{form_.name}))
      return error;
    if (records > form_.most)
      return protocol::no_answer(response, "the response contains too many records for one page");
    return std::nullopt;
  }
  [[nodiscard]] Result<ListedAnswer> finish(Envelope const& envelope, HttpResponse const& response) {
    if (answer_.records > 0 && answer_.unreadable == answer_.records)
      return protocol::no_answer(response,
                                 "none of the records is one of a list of " + std::string{form_.name});
    answer_.total = envelope.total();
    answer_.odd_status = envelope.odd_status();
    return std::move(answer_);
  }

 private:
  ListForm const& form_;
  std::function<bool(ListedRecord const&)> const& read_;
  ListedAnswer answer_{};
};

Result<ListedAnswer> json_records(HttpResponse response, ListForm const& form, Receiver receiver) {
  auto const document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message);
  auto const root = document->root();
  if (!root.is_object()) return protocol::no_answer(response, "the response is not a JSON object");
  Envelope envelope;
  wire::JsonValue value;
  std::string_view records_name;
  bool reported = false;
  root.for_each_member([&](std::string_view name, wire::JsonValue member) {
    if (receiver.is_records(name) && (name == form.name || member.is_array() || member.is_object())) {
      value = member;
      records_name = name;
      std::string_view text;
      // how PHP code spells an empty list if it is a string
      reported = reported || (member.is_text(text) && wire::trim(text).empty());
    } else {
      envelope.read(name, member.scalar());
    }
  });
  wire::JsonList const list{value, form.most};
  reported = reported || (list && !value.is_null()) || envelope.total() == 0;
  auto const count = reported ? std::optional{list.size()} : std::nullopt;
  if (auto error = receiver.refusal(envelope, response, count)) return *std::move(error);

  wire::RecordTexts texts{*document, records_name, list};
  FlatRecord members;
  std::size_t place = 0;
  std::function<std::string_view()> const text = [&] { return texts[place]; };
  list.for_each([&](wire::JsonValue record, std::size_t at) {
    if (!record.is_object()) return receiver.add_unreadable();
    place = at;
    members.clear();
    record.for_each_member(
        [&](std::string_view name, wire::JsonValue member) { members.emplace_back(name, member.scalar()); });
    receiver.add(members, text);
  });
  return receiver.finish(envelope, response);
}

/// Adds the records that an element is or wraps. A wrapper's children all have children.
void add_listed(wire::XmlNode node, std::vector<wire::XmlNode>& records) {
  bool wraps = true;
  node.for_each_child([&](wire::XmlNode child) { wraps = wraps && child.has_children(); });
  if (!wraps) return records.push_back(node);
  node.for_each_child([&](wire::XmlNode child) { records.push_back(child); });
}

Result<ListedAnswer> xml_records(HttpResponse response, ListForm const& form, bool keep_raw,
                                 Receiver receiver) {
  auto const document = wire::XmlDocument::parse(std::move(response.body), keep_raw);
  if (!document) return protocol::no_answer(response, document.error().message);
  auto const root = document->root();
  if (root.name() != "response")
    return protocol::no_answer(response, "the root element of the response is not <response>");
  Envelope envelope;
  std::vector<wire::XmlNode> records;
  bool reported = false;
  root.for_each_child([&](wire::XmlNode node) {
    if (receiver.is_records(node.name()) && node.has_children())
      add_listed(node, records);
    else if (node.name() == form.name && wire::trim(node.text()).empty())
      reported = true;
    else
      envelope.read(node.name(), scalar_of(node));
  });
  // repeated elements cannot spell an empty list: the call's own OK says that it is one
  reported = reported || !records.empty() || envelope.status() == ok;
  auto const count = reported ? std::optional{records.size()} : std::nullopt;
  if (auto error = receiver.refusal(envelope, response, count)) return *std::move(error);

  FlatRecord members;
  wire::XmlNode current;
  std::function<std::string_view()> const text = [&] { return document->text(current); };
  for (auto const record : records) {
    current = record;
    members.clear();
    record.for_each_child(
        [&](wire::XmlNode member) { members.emplace_back(member.name(), scalar_of(member)); });
    receiver.add(members, text);
  }
  return receiver.finish(envelope, response);
}

}  // namespace

Result<ListedAnswer> read_records(HttpResponse response, ListForm const& form, bool keep_raw,
                                  std::function<bool(ListedRecord const&)> const& read) {
  if (response.body.empty()) return protocol::no_answer(response, "the response is empty");
  auto answer = is_xml(response.body) ? xml_records(std::move(response), form, keep_raw, Receiver{form, read})
                                      : json_records(std::move(response), form, Receiver{form, read});
  if (!answer) answer.error().effect = Effect::none;  // of a read
  return answer;
}

}  // namespace polycampaign::inline v1::smsup
