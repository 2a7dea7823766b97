#include "wire/xml.hpp"

#include <simdjson.h>

namespace polycampaign::inline v1::wire {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error not_xml(std::string_view what, std::ptrdiff_t offset) {
  auto message = "the answer is not valid XML: " + std::string{what};
  if (offset >= 0) message += " (byte " + std::to_string(offset) + ')';
  return {.code = ErrorCode::protocol, .effect = Effect::unknown, .message = std::move(message)};
}

/// Behind `end`, counted from `at`; the text's end when it is not there.
std::size_t behind(std::string_view text, std::size_t at, std::string_view end) noexcept {
  auto const found = text.find(end, at);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

/// `at` stands on a tag's `<`; the result behind its `>`. Attribute values may hold `>`.
std::size_t behind_tag(std::string_view text, std::size_t at) noexcept {
  char quote = 0;
  for (; at < text.size(); ++at) {
    char const c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return at;
}

/// The element that starts at `text[0]`, from `<` to `>`.
std::string_view element_text(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] != '<') {
      at = text.find('<', at);
      if (at == std::string_view::npos) break;
    }
    auto const rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = behind(text, at, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      at = behind(text, at, "]]>");
    } else if (rest.starts_with("<?")) {
      at = behind(text, at, "?>");
    } else {
      bool const closing = rest.starts_with("</");
      auto const end = behind_tag(text, at);
      bool const empty = !closing && end >= 2 && text[end - 2] == '/';
      if (closing) {
        if (depth != 0) --depth;
      } else if (!empty) {
        ++depth;
      }
      at = end;
      if (depth == 0) return text.substr(0, at);
    }
  }
  return text;
}

/// Comments and CDATA cut a text into pieces: the first piece becomes the whole.
struct TextMerger : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    if (node.type() != pugi::node_element) return true;
    pugi::xml_node first;
    std::string whole;
    std::size_t pieces = 0;
    for (auto const child : node.children()) {
      if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
      if (++pieces == 1) first = child;
      whole += child.value();
    }
    if (pieces > 1) first.set_value(whole.c_str());
    return true;
  }
};

}

struct XmlDocument::State {
  std::string body{};
  pugi::xml_document document{};
};

XmlDocument::XmlDocument(std::unique_ptr<State> state) noexcept : state_{std::move(state)} {}
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

Result<XmlDocument> XmlDocument::parse(std::string body) {
  auto state = std::make_unique<State>();
  state->body = std::move(body);
  if (state->body.starts_with(byte_order_mark)) state->body.erase(0, byte_order_mark.size());
  auto const& text = state->body;
  if (!simdjson::validate_utf8(text.data(), text.size())) return not_xml("it is not UTF-8", -1);

  // fragments keep what stands beside the root, so that it is seen here
  auto const parsed = state->document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_fragment | pugi::parse_doctype,
      pugi::encoding_utf8);
  if (!parsed) return not_xml(parsed.description(), parsed.offset);
  std::size_t roots = 0;
  for (auto const node : state->document.children()) {
    switch (node.type()) {
      case pugi::node_element:
        if (++roots > 1) return not_xml("there is a second root element", node.offset_debug());
        break;
      case pugi::node_doctype: return not_xml("document types are not accepted", node.offset_debug());
      case pugi::node_comment: break;
      default: return not_xml("there is text outside the root element", node.offset_debug());
    }
  }
  if (text.find("<!") != std::string::npos) {
    TextMerger merger;
    state->document.traverse(merger);
  }
  if (roots == 0) return not_xml("there is no element", -1);
  return XmlDocument{std::move(state)};
}

XmlNode XmlDocument::root() const noexcept {
  for (auto const node : state_->document.children())
    if (node.type() == pugi::node_element) return XmlNode{node};
  return {};
}

std::string_view XmlDocument::text(XmlNode element) const noexcept {
  auto const offset = element.raw_node().offset_debug();
  if (offset < 1) return {};
  return element_text(std::string_view{state_->body}.substr(static_cast<std::size_t>(offset) - 1));
}

bool XmlNode::has_children() const noexcept {
  for (auto const child : node_.children())
    if (child.type() == pugi::node_element) return true;
  return false;
}

Scalar XmlNode::scalar() const noexcept {
  Scalar scalar;
  if (!node_) return scalar;
  scalar.kind = has_children() ? Scalar::Kind::composite : Scalar::Kind::text;
  if (scalar.kind == Scalar::Kind::text) scalar.text = text();
  return scalar;
}

}
