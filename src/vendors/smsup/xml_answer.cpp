#include "vendors/smsup/answer.hpp"
#include "vendors/smsup/record.hpp"
#include "wire/text.hpp"
#include "wire/xml.hpp"

#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

/// XML spells JSON's null as the word (pages "Webhook", "List").
wire::Scalar scalar_of(wire::XmlNode node) noexcept {
  auto value = node.scalar();
  if (value.kind == wire::Scalar::Kind::text && wire::trim(value.text) == "null")
    value = {.kind = wire::Scalar::Kind::null};
  return value;
}

struct XmlField {
  wire::XmlNode node;

  [[nodiscard]] wire::Scalar scalar() const noexcept { return scalar_of(node); }
  [[nodiscard]] static std::string exact() { return {}; }

  /// One `<lists>` for each list, holding its `<id>`; empty when there was none.
  template <class F>
  void for_each_list(F&& f) const {
    if (!node.has_children()) {
      f(scalar());
      return;
    }
    bool found = false;
    node.for_each_child([&](wire::XmlNode child) {
      if (child.name() != "id") return;
      found = true;
      f(scalar_of(child));
    });
    if (!found) f(wire::Scalar{});
  }
};

bool holds_records(wire::XmlNode node) noexcept {
  return node.name() == "campaign" || node.name() == "campaigns";
}

/// Calls `f` for each record: siblings named `campaign` or, on older pages, `campaigns`. An empty element is
/// what this service writes for an empty array.
template <class F>
void for_each_record(wire::XmlNode root, F&& f) {
  root.for_each_child([&](wire::XmlNode node) {
    if (!holds_records(node)) return;
    if (node.name() == "campaigns" && node["campaign"])
      node.for_each_child(f);
    else if (auto const value = scalar_of(node);
             !value.empty() && (node.has_children() || !wire::trim(value.text).empty()))
      f(node);
  });
}

}  // namespace

Result<Answer> read_xml_answer(HttpResponse response, Reading const& reading) {
  auto document = wire::XmlDocument::parse(std::move(response.body));
  if (!document) return no_answer(response, document.error().message);
  auto const root = document->root();
  if (root.name() != "response") return no_answer(response, "the root of the answer is not <response>");

  Envelope envelope;
  root.for_each_child([&](wire::XmlNode node) {
    // only children of the root: a campaign's own members have some of the same names
    if (!holds_records(node)) envelope.read(node.name(), scalar_of(node));
  });
  std::size_t count = 0;
  for_each_record(root, [&](wire::XmlNode) { ++count; });
  // repeated elements cannot spell an empty list: the call's own OK says that it is one
  bool const told = count != 0 || root["campaign"] || root["campaigns"] || envelope.status() == 1;
  if (auto error = envelope.refusal(response, told ? std::optional{count} : std::nullopt))
    return *std::move(error);

  Answer answer;
  answer.total = envelope.total();
  answer.campaigns.reserve(count);
  for_each_record(root, [&](wire::XmlNode node) {
    auto& campaign = answer.campaigns.emplace_back();
    if (node.has_children()) {
      RecordReader reader{campaign, reading.clock};
      node.for_each_child([&](wire::XmlNode member) { reader.read(member.name(), XmlField{member}); });
      reader.finish();
    } else {
      note_entry_without_record(campaign);
    }
    if (reading.keep_raw) campaign.raw_record = document->text(node);
  });
  envelope.note_odd_status(answer.campaigns);
  return answer;
}

}  // namespace polycampaign::inline v1::smsup
