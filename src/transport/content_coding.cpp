#include "transport/content_coding.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace polycampaign::inline v1::transport {
namespace {

constexpr std::size_t longest_name = 40;

bool is_coding_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '+';
}

// Returns whether the name is no coding at all, a charset, or a Content-Transfer-Encoding.
bool leaves_body(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 12> known{"",       "identity", "none",   "utf-8",
                                                   "utf8",   "us-ascii", "ascii",  "iso-8859-1",
                                                   "latin1", "8bit",     "binary", "windows-1252"};
  return std::find(known.begin(), known.end(), name) != known.end();
}

}  // namespace

void ContentCoding::add(std::string_view value) {
  for (bool more = true; more;) {
    auto const comma = value.find(',');
    std::string name;
    for (char const c : value.substr(0, comma))
      if (c != ' ' && c != '\t') name.push_back(text::lower(c));
    more = comma != value.npos;
    if (more) value.remove_prefix(comma + 1);
    compressed_ = compressed_ || !leaves_body(name);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !is_coding_character(c); }, '?');
    if (name.empty() || name_.size() > longest_name) continue;
    if (!name_.empty()) name_ += ", ";
    name_.append(name, 0, longest_name);
  }
}

void ContentCoding::clear() noexcept {
  name_.clear();
  compressed_ = false;
}

}  // namespace polycampaign::inline v1::transport
