#include "wire/utf8.hpp"

#include "text/utf8.hpp"

#include <simdjson.h>

namespace polycampaign::inline v1::wire {

bool is_utf8(std::string_view text) noexcept {
  return simdjson::validate_utf8(text.data(), text.size());
}

std::size_t invalid_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    auto const length = text::first_code_point(text.substr(at)).bytes;
    if (length == 0) break;
    at += length;
  }
  return at;
}

}  // namespace polycampaign::inline v1::wire
