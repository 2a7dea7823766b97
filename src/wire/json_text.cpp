#include "wire/json_text.hpp"

#include "text/ascii.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace polycampaign::inline v1::wire {

namespace {

constexpr std::size_t skip_space(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && text::is_json_blank(text[at])) ++at;
  return at;
}

constexpr std::uint64_t every(char c) noexcept {
  return 0x0101'0101'0101'0101U * static_cast<unsigned char>(c);
}

// The high bit of each of eight bytes that is that character, exact up to the lowest such byte.
constexpr std::uint64_t marks(std::uint64_t eight, char wanted) noexcept {
  auto const difference = eight ^ every(wanted);
  return (difference - every('\x01')) & ~difference & every('\x80');
}

// The next position from `at` on where `mark` marks one of eight bytes; near the end, where eight bytes are
// no longer there, one that `is_wanted` confirms; the text's size when there is none.
template <class Mark, class IsWanted>
std::size_t find_marked(std::string_view text, std::size_t at, Mark mark, IsWanted is_wanted) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    for (; text.size() - at >= 8; at += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, text.data() + at, sizeof eight);
      auto const marked = mark(eight);
      if (marked != 0) return at + static_cast<std::size_t>(std::countr_zero(marked)) / 8;
    }
  }
  while (at < text.size() && !is_wanted(text[at])) ++at;
  return at;
}

// From the opening quote to behind the closing one.
std::size_t skip_string(std::string_view text, std::size_t at) noexcept {
  ++at;
  for (;;) {
    at = find_marked(
        text, at, [](std::uint64_t eight) { return marks(eight, '"') | marks(eight, '\\'); },
        [](char c) { return c == '"' || c == '\\'; });
    if (at >= text.size()) return text.size();
    if (text[at] == '"') return at + 1;
    at += 2;  // what is escaped is never the end
    if (at >= text.size()) return text.size();
  }
}

// The next quote, bracket or brace; the brackets differ from the braces in one bit.
std::size_t find_structure(std::string_view text, std::size_t at) noexcept {
  return find_marked(
      text, at,
      [](std::uint64_t eight) {
        auto const folded = eight | every(' ');
        return marks(eight, '"') | marks(folded, '{') | marks(folded, '}');
      },
      [](char c) { return c == '"' || (c | ' ') == '{' || (c | ' ') == '}'; });
}

constexpr bool ends_word(char c) noexcept {
  return c == ',' || c == ']' || c == '}' || text::is_json_blank(c);
}

std::size_t skip_value(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return at;
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] != '[' && text[at] != '{') {
    while (at < text.size() && !ends_word(text[at])) ++at;
    return at;
  }
  std::size_t depth = 0;
  while ((at = find_structure(text, at)) < text.size()) {
    if (text[at] == '"') {
      at = skip_string(text, at);
      continue;
    }
    bool const opens = (text[at] | ' ') == '{';
    ++at;
    if (opens)
      ++depth;
    else if (--depth == 0)
      return at;
  }
  return at;
}

// Takes one character off a key that holds escapes; its UTF-8 is compared with the front of `name`.
bool take_character(std::string_view& key, std::string_view& name) noexcept {
  auto const same = [&name](char c) {
    if (name.empty() || name.front() != c) return false;
    name.remove_prefix(1);
    return true;
  };
  auto const unit = [&key] {
    unsigned value = 0;
    for (std::size_t i = 2; i < 6; ++i) value = value * 16 + static_cast<unsigned>(text::hex_value(key[i]));
    return value;
  };
  if (key.front() != '\\') {
    bool const equal = same(key.front());
    key.remove_prefix(1);
    return equal;
  }
  if (key.size() < 2) return false;
  if (key[1] != 'u') {
    constexpr std::string_view letters = "bfnrt";
    constexpr std::string_view meanings = "\b\f\n\r\t";
    auto const letter = letters.find(key[1]);
    bool const equal = same(letter == std::string_view::npos ? key[1] : meanings[letter]);
    key.remove_prefix(2);
    return equal;
  }
  if (key.size() < 6) return false;
  auto code = unit();
  key.remove_prefix(6);
  if (code >= 0xD800 && code < 0xDC00 && key.size() >= 6 && key.starts_with("\\u"))
    if (auto const low = unit(); low >= 0xDC00 && low < 0xE000) {
      code = 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U);
      key.remove_prefix(6);
    }
  if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;  // half a pair, as `repair_json` replaces it
  auto const byte = [](unsigned value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return same(byte(code));
  auto const tail = [&](unsigned shift) { return byte(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x800) return same(byte(0xC0U | (code >> 6U))) && same(tail(0));
  if (code < 0x10000) return same(byte(0xE0U | (code >> 12U))) && same(tail(6)) && same(tail(0));
  return same(byte(0xF0U | (code >> 18U))) && same(tail(12)) && same(tail(6)) && same(tail(0));
}

bool is_key(std::string_view key, std::string_view name) noexcept {
  if (key.find('\\') == std::string_view::npos) return key == name;
  while (!key.empty())
    if (!take_character(key, name)) return false;
  return name.empty();
}

// `f(key, value)` for each member of the object that `text` holds, the key without its quotes.
template <class F>
void for_each_member(std::string_view text, F&& f) {
  auto at = skip_space(text, 0);
  if (at >= text.size() || text[at] != '{') return;
  ++at;
  for (;;) {
    at = skip_space(text, at);
    if (at >= text.size() || text[at] != '"') return;
    auto const key_end = skip_string(text, at);
    auto const key = text.substr(at + 1, key_end - at - 2);
    at = skip_space(text, key_end);
    if (at >= text.size() || text[at] != ':') return;
    at = skip_space(text, at + 1);
    auto const end = skip_value(text, at);
    f(key, text.substr(at, end - at));
    at = skip_space(text, end);
    if (at >= text.size() || text[at] != ',') return;
    ++at;
  }
}

}  // namespace

std::string_view json_value(std::string_view text) noexcept {
  auto const begin = skip_space(text, 0);
  return text.substr(begin, skip_value(text, begin) - begin);
}

std::string_view json_member(std::string_view text, std::string_view name) noexcept {
  std::string_view found;
  for_each_member(text, [&](std::string_view key, std::string_view value) {
    if (is_key(key, name)) found = value;
  });
  return found;
}

std::vector<std::string_view> json_values(std::string_view text) {
  std::vector<std::string_view> values;
  for_each_member(text, [&](std::string_view, std::string_view value) { values.push_back(value); });
  auto at = skip_space(text, 0);
  if (at >= text.size() || text[at] != '[') return values;
  for (at = skip_space(text, at + 1); at < text.size() && text[at] != ']'; at = skip_space(text, at)) {
    auto const end = skip_value(text, at);
    values.push_back(text.substr(at, end - at));
    at = skip_space(text, end);
    if (at >= text.size() || text[at] != ',') break;
    ++at;
  }
  return values;
}

}  // namespace polycampaign::inline v1::wire
