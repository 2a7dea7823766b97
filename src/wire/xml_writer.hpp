#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace polycampaign::inline v1::wire {

/// An element of a document that is being written. A view: the document must outlive it.
class XmlElement {
 public:
  explicit XmlElement(pugi::xml_node node) noexcept : node_{node} {}

  /// Appends a child element.
  XmlElement add(char const* name) { return XmlElement{node_.append_child(name)}; }
  /// Appends a child element with this text.
  XmlElement add(char const* name, std::string_view text) { return add(name).text(text); }
  /// Sets the element's text, which is escaped. Control characters other than tab and line ends cannot be
  /// written in XML.
  XmlElement& text(std::string_view value);
  /// Sets an attribute, whose value is escaped.
  XmlElement& attribute(char const* name, std::string_view value);

 private:
  pugi::xml_node node_;
};

/// Writes a request body in XML: UTF-8, with a declaration.
class XmlWriter {
 public:
  explicit XmlWriter(char const* root);

  [[nodiscard]] XmlElement root() noexcept { return XmlElement{document_.document_element()}; }
  [[nodiscard]] std::string text() const;

 private:
  pugi::xml_document document_{};
};

/// Returns whether XML can contain the text: no control characters but tab and line ends, and no U+FFFE and
/// U+FFFF. The text must be UTF-8.
[[nodiscard]] bool is_xml_text(std::string_view text) noexcept;

}  // namespace polycampaign::inline v1::wire
