#include "vendors/smsup/members.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/json_text.hpp"

#include "vendors/smsup/formats.hpp"
#include "wire/json.hpp"
#include "wire/json_list.hpp"
#include "wire/text.hpp"
#include "wire/xml.hpp"

#include <cstddef>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

void pass_on(std::string_view name, wire::JsonValue record, MemberReader const& reader) {
  FlatRecord flat;
  record.for_each_member(
      [&](std::string_view key, wire::JsonValue value) { flat.emplace_back(key, value.scalar()); });
  if (reader.record) reader.record(name, flat);
}

Result<void> read_json(HttpResponse& response, Action action, MemberReader const& reader) {
  auto const document = wire::JsonDocument::parse(std::move(response.body));
  if (!document) return protocol::no_answer(response, document.error().message, action);
  auto const root = document->root();
  if (!root.is_object()) return protocol::no_answer(response, "the response is not a JSON object", action);
  root.for_each_member([&](std::string_view name, wire::JsonValue value) {
    if (value.is_object()) return pass_on(name, value, reader);
    if (value.is_array())
      return value.for_each_item([&](wire::JsonValue item) {
        if (item.is_object()) return pass_on(name, item, reader);
        reader.member(name, item.scalar(), {});
      });
    auto const scalar = value.scalar();
    reader.member(name, scalar,
                  scalar.kind == wire::Scalar::Kind::real ? protocol::json_member(document->text(""), name)
                                                          : std::string{});
  });
  return {};
}

void pass_on(wire::XmlNode node, MemberReader const& reader) {
  FlatRecord flat;
  bool nested = false;
  node.for_each_child([&](wire::XmlNode child) {
    // an element around several records of its own
    if (child.has_children()) {
      nested = true;
      pass_on(child, reader);
    } else {
      flat.emplace_back(child.name(), scalar_of(child));
    }
  });
  if (reader.record && !nested) reader.record(node.name(), flat);
}

Result<void> read_xml(HttpResponse& response, Action action, MemberReader const& reader) {
  auto const document = wire::XmlDocument::parse(std::move(response.body), false);
  if (!document) return protocol::no_answer(response, document.error().message, action);
  auto const root = document->root();
  if (root.name() != "response")
    return protocol::no_answer(response, "the root element of the response is not <response>", action);
  root.for_each_child([&](wire::XmlNode node) {
    if (node.has_children())
      pass_on(node, reader);
    else
      reader.member(node.name(), scalar_of(node), {});
  });
  return {};
}

}  // namespace

Result<void> read_members(HttpResponse& response, Action action, MemberReader const& reader) {
  if (response.body.empty()) return protocol::no_answer(response, "the response is empty", action);
  return is_xml(response.body) ? read_xml(response, action, reader) : read_json(response, action, reader);
}

}  // namespace polycampaign::inline v1::smsup
