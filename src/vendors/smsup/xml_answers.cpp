#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/formats.hpp"
#include "wire/campaigns.hpp"
#include "wire/text.hpp"
#include "wire/xml.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

bool is_null(std::string_view text) noexcept {
  return wire::is(wire::trim(text), "null");
}

/// An element whose text, as nearly all have one, was looked up once: every look is several calls into
/// pugixml's library.
class XmlField {
 public:
  /// `rows`: how many elements of its name there are, of which it is the first.
  explicit XmlField(wire::XmlNode node, std::size_t rows = 1) noexcept : node_{node}, rows_{rows} {
    has_text_ = node.is_text(text_);
    is_word_ = has_text_ && !is_null(text_);
  }

  [[nodiscard]] wire::Scalar scalar() const noexcept { return scalar_of(node_); }
  [[nodiscard]] bool is_text(std::string_view& text) const noexcept {
    if (is_word_) text = text_;
    return is_word_;
  }
  [[nodiscard]] static bool is_integer(std::int64_t&) noexcept { return false; }
  [[nodiscard]] static std::string exact() { return {}; }

  /// There is one `<lists>` for each list.
  [[nodiscard]] std::size_t list_count() const noexcept { return rows_; }
  /// The `<id>` of each; absent in one that is empty.
  template <class F>
  void for_each_list(F&& f) const {
    auto left = rows_;
    for (auto node = node_; left > 0 && node; node = node.next()) {
      if (!wire::is(node.name(), "lists")) continue;
      --left;
      XmlField{node}.for_each_id(f);
    }
  }

 private:
  template <class F>
  void for_each_id(F&& f) const {
    if (has_text_ || !node_.has_children()) return f(*this);
    bool found = false;
    node_.for_each_child([&](wire::XmlNode child) {
      if (child.name() != "id") return;
      found = true;
      f(XmlField{child});
    });
    if (!found) f(XmlField{wire::XmlNode{}});
  }

  wire::XmlNode node_;
  std::size_t rows_;
  std::string_view text_{};
  bool has_text_ = false;
  bool is_word_ = false;  // a text, and not the word for null
};

/// The records of an element named `campaign` or, on older pages, `campaigns`: itself, or those that it
/// wraps. An empty element is what this service writes for an empty array.
void add_records(wire::XmlNode node, std::vector<wire::XmlNode>& records) {
  if (wire::is(node.name(), "campaigns") && node["campaign"]) {
    node.for_each_child([&](wire::XmlNode child) { records.push_back(child); });
    return;
  }
  if (!node.has_children()) {
    auto const value = scalar_of(node);
    if (value.empty() || wire::trim(value.text).empty()) return;
  }
  records.push_back(node);
}

bool read_record(wire::XmlNode record, Reading const& reading, Campaign& campaign) {
  Members<wire::XmlNode> members;
  std::size_t lists = 0;
  record.for_each_child([&](wire::XmlNode child) {
    auto* const member = members.find(child.name());
    // an array is a row of elements of one name: the first leads to the others
    if (member == nullptr || (member == &members.lists && lists++ > 0)) return;
    *member = child;
  });
  auto const field = [&](wire::XmlNode node, std::string_view name) {
    return XmlField{node, wire::is(name, "lists") ? lists : 1};
  };
  return RecordReader{members, field, reading.clock, campaign}.read();
}

}  // namespace

wire::Scalar scalar_of(wire::XmlNode node) noexcept {
  auto value = node.scalar();
  if (is_null(value.text)) value = {.kind = wire::Scalar::Kind::null};
  return value;
}

Result<Answer> read_xml_answer(HttpResponse response, Reading const& reading, bool is_list) {
  auto document = wire::XmlDocument::parse(std::move(response.body), reading.keep_raw);
  if (!document) return protocol::no_answer(response, document.error().message);
  auto const root = document->root();
  if (root.name() != "response")
    return protocol::no_answer(response, "the root element of the response is not <response>");

  Envelope envelope;
  std::vector<wire::XmlNode> records;
  bool reported = false;
  // only children of the root: a campaign's own members have some of the same names
  root.for_each_child([&](wire::XmlNode node) {
    auto const name = node.name();
    if (wire::is(name, "campaign") || wire::is(name, "campaigns")) {
      reported = true;
      add_records(node, records);
    } else {
      envelope.read(name, scalar_of(node));
    }
  });
  // repeated elements cannot spell an empty list: the call's own OK says that it is one
  if (envelope.status() == 1) reported = true;
  if (auto error = envelope.refusal(response, reported ? std::optional{records.size()} : std::nullopt))
    return *std::move(error);

  auto campaigns = campaigns_of(records.size(), reading);
  for (auto const node : records)
    campaigns.add([&](Campaign& campaign) {
      if (!read_record(node, reading, campaign)) return false;
      if (reading.keep_raw) campaign.raw_record = document->text(node);
      return true;
    });
  return finished_answer(std::move(campaigns), envelope, response, is_list);
}

}  // namespace polycampaign::inline v1::smsup
