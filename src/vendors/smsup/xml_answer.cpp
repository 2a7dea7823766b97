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
  if (value.text.size() >= 4 && wire::trim(value.text) == "null") value = {.kind = wire::Scalar::Kind::null};
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

/// The records of an element named `campaign` or, on older pages, `campaigns`: itself, or those that it
/// wraps. An empty element is what this service writes for an empty array.
void add_records(wire::XmlNode node, std::vector<wire::XmlNode>& records) {
  if (node.name() == "campaigns" && node["campaign"]) {
    node.for_each_child([&](wire::XmlNode child) { records.push_back(child); });
    return;
  }
  auto const value = scalar_of(node);
  bool const holds_nothing =
      value.empty() || (value.kind == wire::Scalar::Kind::text && wire::trim(value.text).empty());
  if (!holds_nothing) records.push_back(node);
}

}  // namespace

Result<Answer> read_xml_answer(HttpResponse response, Reading const& reading) {
  auto document = wire::XmlDocument::parse(std::move(response.body));
  if (!document) return no_answer(response, document.error().message);
  auto const root = document->root();
  if (root.name() != "response") return no_answer(response, "the root of the answer is not <response>");

  Envelope envelope;
  std::vector<wire::XmlNode> records;
  bool told = false;
  // only children of the root: a campaign's own members have some of the same names
  root.for_each_child([&](wire::XmlNode node) {
    auto const name = node.name();
    if (name == "campaign" || name == "campaigns") {
      told = true;
      add_records(node, records);
    } else {
      envelope.read(name, scalar_of(node));
    }
  });
  // repeated elements cannot spell an empty list: the call's own OK says that it is one
  if (envelope.status() == 1) told = true;
  if (auto error = envelope.refusal(response, told ? std::optional{records.size()} : std::nullopt))
    return *std::move(error);

  Answer answer;
  answer.total = envelope.total();
  answer.campaigns.reserve(records.size());
  for (auto const node : records) {
    auto& campaign = answer.campaigns.emplace_back();
    if (node.has_children()) {
      RecordReader reader{campaign, reading.clock};
      node.for_each_child([&](wire::XmlNode member) { reader.read(member.name(), XmlField{member}); });
      reader.finish();
    } else {
      note_entry_without_record(campaign);
    }
    if (reading.keep_raw) campaign.raw_record = document->text(node);
  }
  envelope.note_odd_status(answer.campaigns);
  return answer;
}

}  // namespace polycampaign::inline v1::smsup
