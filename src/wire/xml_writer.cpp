#include "wire/xml_writer.hpp"

#include <algorithm>

namespace polycampaign::inline v1::wire {

namespace {

struct Collector final : pugi::xml_writer {
  std::string text{};
  void write(void const* data, std::size_t size) override {
    text.append(static_cast<char const*>(data), size);
  }
};

}  // namespace

XmlElement& XmlElement::text(std::string_view value) {
  node_.text().set(std::string{value}.c_str());
  return *this;
}

XmlElement& XmlElement::attribute(char const* name, std::string_view value) {
  node_.append_attribute(name).set_value(std::string{value}.c_str());
  return *this;
}

XmlWriter::XmlWriter(char const* root) {
  auto declaration = document_.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  document_.append_child(root);
}

std::string XmlWriter::text() const {
  Collector out;
  document_.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  // A parser would read a bare carriage return as a line feed.
  for (auto at = out.text.find('\r'); at != std::string::npos; at = out.text.find('\r', at))
    out.text.replace(at, 1, "&#13;");
  return std::move(out.text);
}

bool is_xml_text(std::string_view text) noexcept {
  auto const bad = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return std::ranges::none_of(text, bad) && text.find("\xEF\xBF\xBE") == std::string_view::npos &&
         text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

}  // namespace polycampaign::inline v1::wire
