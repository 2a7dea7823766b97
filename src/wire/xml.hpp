#pragma once

#include "polycampaign/result.hpp"

#include "wire/scalar.hpp"

#include <pugixml.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

/// An element inside an XmlDocument, or an absent one. A view: the document must outlive it.
class XmlNode {
 public:
  XmlNode() noexcept = default;
  explicit XmlNode(pugi::xml_node node) noexcept : node_{node} {}

  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(node_); }
  [[nodiscard]] std::string_view name() const noexcept { return node_.name(); }
  /// The element's own text, entities resolved; CDATA too.
  [[nodiscard]] std::string_view text() const noexcept { return node_.text().get(); }
  [[nodiscard]] XmlNode operator[](char const* name) const noexcept { return XmlNode{node_.child(name)}; }
  /// `f(XmlNode child)` for each child element in order.
  template <class F>
  void for_each_child(F&& f) const {
    // every call goes into pugixml's library: its iterators take three times as many
    for (auto child = node_.first_child();; child = child.next_sibling()) {
      auto const type = child.type();
      if (type == pugi::node_null) return;
      if (type == pugi::node_element) f(XmlNode{child});
    }
  }
  /// Whether a child element stands in it.
  [[nodiscard]] bool has_children() const noexcept;
  /// Its text; composite when it has child elements; absent when this is.
  [[nodiscard]] Scalar scalar() const noexcept;
  /// Whether this, if it is an element, holds one piece of text and nothing else, as nearly all do.
  [[nodiscard]] bool is_text(std::string_view& text) const noexcept {
    char const* const value = node_.value();
    if (*value == '\0' || node_.first_child()) return false;
    text = value;
    return true;
  }
  /// The next sibling, whatever it is.
  [[nodiscard]] XmlNode next() const noexcept { return XmlNode{node_.next_sibling()}; }
  [[nodiscard]] bool is_element() const noexcept { return node_.type() == pugi::node_element; }
  [[nodiscard]] pugi::xml_node raw_node() const noexcept { return node_; }

 private:
  pugi::xml_node node_{};
};

/// A body that is well-formed XML and UTF-8 as a whole: one root element, nothing but blanks and comments
/// behind it, no document type. Entities other than the five and character references stay text.
class XmlDocument {
 public:
  /// Errors: `protocol`, with what is wrong and where.
  /// Without `keep_texts`, the body itself is used up by the parser, and `text` gives nothing.
  [[nodiscard]] static Result<XmlDocument> parse(std::string body, bool keep_texts = true);

  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;
  ~XmlDocument();

  [[nodiscard]] XmlNode root() const noexcept;
  /// The element's own text from `<` to `>`, byte for byte.
  [[nodiscard]] std::string_view text(XmlNode element) const noexcept;

 private:
  struct State;
  explicit XmlDocument(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::wire
