#include "wire/text.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace polycampaign::inline v1::wire {

namespace {

constexpr char word_letter(char c) noexcept {
  return c == '-' || c == '_' ? ' ' : text::lower(c);
}

constexpr bool is_blank(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

std::string_view detail::trim_blanks(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool same_word(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(trim(a), trim(b), {}, word_letter, word_letter);
}

}  // namespace polycampaign::inline v1::wire
