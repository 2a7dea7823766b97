#include "wire/xml.hpp"

#include "wire/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::wire {

namespace {

// The body itself is never quoted: it holds people's data.
Error not_xml(std::string_view what, std::optional<std::size_t> position = std::nullopt) {
  Error error{.code = ErrorCode::protocol,
              .effect = Effect::unknown,
              .message = "the response is not valid XML: " + std::string{what}};
  if (position) error.message += " (byte " + std::to_string(*position) + ")";
  return error;
}

std::size_t behind(std::string_view text, std::size_t at, std::string_view end) noexcept {
  auto const found = text.find(end, at);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

// Behind the comment, CDATA section or processing instruction that begins at this `<`; `at` itself for a tag.
std::size_t behind_opaque(std::string_view text, std::size_t at) noexcept {
  auto const rest = text.substr(at);
  if (rest.starts_with("<!--")) return behind(text, at + 4, "-->");
  if (rest.starts_with("<![CDATA[")) return behind(text, at + 9, "]]>");
  if (rest.starts_with("<?")) return behind(text, at + 2, "?>");
  return at;
}

// Behind the tag that begins at this `<`. Attribute values may hold `>`.
std::size_t behind_tag(std::string_view text, std::size_t at) noexcept {
  for (; at < text.size(); ++at) {
    char const c = text[at];
    if (c == '>') return at + 1;
    if (c == '"' || c == '\'') {
      at = text.find(c, at + 1);
      if (at == std::string_view::npos) return text.size();
    }
  }
  return text.size();
}

// The element that begins with this text, from `<` to `>`.
std::string_view element_text(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t at = 0;
  while ((at = text.find('<', at)) != std::string_view::npos) {
    if (auto const end = behind_opaque(text, at); end != at) {
      at = end;
      continue;
    }
    bool const closing = text.substr(at).starts_with("</");
    at = behind_tag(text, at);
    if (closing)
      --depth;
    else if (text[at - 2] != '/')
      ++depth;
    if (depth == 0) return text.substr(0, at);
  }
  return text;
}

// A character reference that XML allows no document to hold; pugixml would cut a text at a zero, and make
// invalid UTF-8 of a surrogate. `at` is on the ampersand.
bool is_bad_reference(std::string_view text, std::size_t at) noexcept {
  at += 2;
  bool const hexadecimal = at < text.size() && text[at] == 'x';
  if (hexadecimal) ++at;
  std::uint32_t code = 0;
  std::size_t digits = 0;
  for (; at < text.size(); ++at, ++digits) {
    auto const c = static_cast<unsigned char>(text[at]);
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = c - std::uint32_t{'0'};
    else if (hexadecimal && (c | 0x20U) >= 'a' && (c | 0x20U) <= 'f')
      digit = (c | 0x20U) - std::uint32_t{'a'} + 10;
    else
      break;
    if (code <= 0x10FFFF) code = code * (hexadecimal ? 16 : 10) + digit;
  }
  if (digits == 0 || at >= text.size() || text[at] != ';') return false;  // stays text
  return code == 0 || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF;
}

// The first such reference outside of comments, CDATA and processing instructions.
std::optional<std::size_t> find_bad_reference(std::string_view text) noexcept {
  std::size_t opaque_searched = 0;  // behind the last `<` that was looked at
  for (auto at = text.find("&#"); at != std::string_view::npos; at = text.find("&#", at + 2)) {
    if (!is_bad_reference(text, at)) continue;
    auto open = text.find('<', opaque_searched);
    while (open < at) {
      auto const end = behind_opaque(text, open);
      opaque_searched = end == open ? open + 1 : end;
      if (opaque_searched > at) break;
      open = text.find('<', opaque_searched);
    }
    if (opaque_searched <= at) return at;
  }
  return std::nullopt;
}

// Whether there may be comments, CDATA, or processing instructions behind the declaration. Looks for the
// rarer character: there are many `<`.
bool has_opaque_parts(std::string_view text) noexcept {
  for (char const mark : {'!', '?'})
    for (auto at = text.find(mark, 2); at != std::string_view::npos; at = text.find(mark, at + 1))
      if (text[at - 1] == '<') return true;
  return false;
}

// Comments, CDATA and processing instructions cut an element's text into pieces: its first piece becomes the
// whole.
struct TextJoiner : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    if (node.type() != pugi::node_element) return true;
    std::string whole = node.value();
    int pieces = whole.empty() ? 0 : 1;
    for (auto const child : node.children()) {
      if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
      ++pieces;
      whole += child.value();
    }
    if (pieces > 1) node.text().set(whole.c_str());
    return true;
  }
};

}  // namespace

struct XmlDocument::State {
  std::string body;
  bool keep_texts = true;
  pugi::xml_document document;
};

XmlDocument::XmlDocument(std::unique_ptr<State> state) noexcept : state_{std::move(state)} {}
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

Result<XmlDocument> XmlDocument::parse(std::string body, bool keep_texts) {
  auto state = std::make_unique<State>();
  state->body = std::move(body);
  state->keep_texts = keep_texts;
  std::string_view const text = state->body;
  if (!is_utf8(text)) return not_xml("it is not UTF-8", invalid_utf8(text));
  if (auto const zero = text.find('\0'); zero != std::string_view::npos)
    return not_xml("it contains a zero byte", zero);

  // parse_fragment and the rest: what stands beside the root becomes nodes, and is judged here. A text of
  // blanks only is kept where nothing else stands in its element. The first piece of an element's text is
  // its own value, not a node of its own, which halves their number.
  constexpr unsigned options = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata |
                               pugi::parse_fragment | pugi::parse_doctype | pugi::parse_pi |
                               pugi::parse_declaration;
  // looked for now, told later: parsing in place changes the text
  bool const opaque_parts = has_opaque_parts(text);
  auto const bad_reference = find_bad_reference(text);
  // in place with the zero behind the text: without it, a last character that stands outside would be lost
  auto const parsed =
      keep_texts ? state->document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8)
                 : state->document.load_buffer_inplace(state->body.data(), state->body.size() + 1, options,
                                                       pugi::encoding_utf8);
  if (!parsed) return not_xml(parsed.description(), static_cast<std::size_t>(parsed.offset));
  pugi::xml_node root;
  for (auto const node : state->document.children()) {
    switch (node.type()) {
      case pugi::node_element:
        if (root) return not_xml("it has a second root element");
        root = node;
        break;
      case pugi::node_declaration:
      case pugi::node_pi:
        if (root) return not_xml("there is something after its root element");
        break;
      case pugi::node_doctype: return not_xml("it has a document type declaration");
      default: return not_xml("there is text outside its root element");
    }
  }
  if (!root) return not_xml(text.empty() ? "it is empty" : "it has no element");
  if (bad_reference) return not_xml("a character reference stands for no valid character", *bad_reference);
  if (opaque_parts) {
    TextJoiner joiner;
    state->document.traverse(joiner);
  }
  return XmlDocument{std::move(state)};
}

XmlNode XmlDocument::root() const noexcept {
  return XmlNode{state_->document.document_element()};
}

std::string_view XmlDocument::text(XmlNode element) const noexcept {
  if (!state_->keep_texts) return {};
  // of the name, behind the `<`; none for a node that is not of this body
  auto const offset = element.raw_node().offset_debug();
  if (offset < 1 || static_cast<std::size_t>(offset) > state_->body.size()) return {};
  return element_text(std::string_view{state_->body}.substr(static_cast<std::size_t>(offset) - 1));
}

bool XmlNode::has_children() const noexcept {
  for (auto child = node_.first_child(); child; child = child.next_sibling())
    if (child.type() == pugi::node_element) return true;
  return false;
}

Scalar XmlNode::scalar() const noexcept {
  Scalar scalar;
  if (is_element() && is_text(scalar.text)) {
    scalar.kind = Scalar::Kind::text;
  } else if (has_children()) {
    scalar.kind = Scalar::Kind::composite;
  } else if (node_) {
    scalar.kind = Scalar::Kind::text;
    scalar.text = text();
  }
  return scalar;
}

}  // namespace polycampaign::inline v1::wire
