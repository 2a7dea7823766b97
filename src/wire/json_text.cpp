#include "wire/json_text.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace polycampaign::inline v1::wire {
namespace {

bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

std::size_t skip_space(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// `at` stands on the opening quote; the result behind the closing one.
std::size_t skip_string(std::string_view text, std::size_t at) noexcept {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return text.size();
}

/// A number, `true`, `false` or `null`.
std::size_t skip_word(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && !is_space(text[at]) && text[at] != ',' && text[at] != ']' && text[at] != '}')
    ++at;
  return at;
}

std::size_t skip_value(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return at;
  if (text[at] == '"') return skip_string(text, at);
  if (text[at] != '{' && text[at] != '[') return skip_word(text, at);
  std::size_t depth = 0;
  while (at < text.size()) {
    char const c = text[at];
    if (c == '"') {
      at = skip_string(text, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return at;
}

/// JSON's grammar for numbers.
bool is_number(std::string_view token) noexcept {
  std::size_t at = 0;
  auto const digits = [&] {
    auto const first = at;
    while (at < token.size() && is_digit(token[at])) ++at;
    return at > first;
  };
  if (at < token.size() && token[at] == '-') ++at;
  auto const first = at;
  if (!digits() || (token[first] == '0' && at - first > 1)) return false;
  if (at < token.size() && token[at] == '.' && (++at, !digits())) return false;
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    if (!digits()) return false;
  }
  return at == token.size();
}

bool out_of_range(std::string_view token) noexcept {
  auto const end = token.data() + token.size();
  if (token.find_first_of(".eE") != std::string_view::npos) {
    double value = 0;
    return std::from_chars(token.data(), end, value).ec == std::errc::result_out_of_range;
  }
  std::int64_t as_signed = 0;
  std::uint64_t as_unsigned = 0;
  return std::from_chars(token.data(), end, as_signed).ec != std::errc{} &&
         (token.front() == '-' || std::from_chars(token.data(), end, as_unsigned).ec != std::errc{});
}

/// The code unit of a `\uXXXX` escape at `at`; nothing when there is none.
std::optional<unsigned> code_unit(std::string_view text, std::size_t at) noexcept {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned value = 0;
  auto const parsed = std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + at + 6) return std::nullopt;
  return value;
}

class Repairer {
 public:
  Repairer(std::string_view text, std::vector<JsonRepair>& repairs) : text_{text}, repairs_{repairs} {
    out_.reserve(text.size() + 64);
  }

  std::string run() && {
    while (at_ < text_.size()) {
      char const c = text_[at_];
      if (c == '"') {
        string();
      } else if (c == '-' || is_digit(c)) {
        number();
      } else {
        structure(c);
        out_ += c;
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  void note(std::string_view sentence) { repairs_.push_back({inside_array_ != 0 ? record_ : 0, sentence}); }

  void structure(char c) noexcept {
    if (c == '[' || c == '{') {
      ++depth_;
      if (c == '[' && inside_array_ == 0) {
        inside_array_ = depth_;
        record_ = 0;
      }
    } else if ((c == ']' || c == '}') && depth_ != 0) {
      if (depth_ == inside_array_) inside_array_ = 0;
      --depth_;
    } else if (c == ',' && inside_array_ != 0 && depth_ == inside_array_) {
      ++record_;
    }
  }

  void number() {
    auto const end = skip_word(text_, at_);
    auto const token = text_.substr(at_, end - at_);
    if (is_number(token) && out_of_range(token)) {
      out_.append(1, '"').append(token).append(1, '"');
      note("a number beyond 64 bits was kept as text");
    } else {
      out_ += token;
    }
    at_ = end;
  }

  void string() {
    auto const end = skip_string(text_, at_);
    while (at_ < end) {
      if (text_[at_] != '\\') {
        out_ += text_[at_++];
        continue;
      }
      auto const unit = code_unit(text_.substr(0, end), at_);
      if (!unit) {
        out_ += text_.substr(at_, 2);
        at_ += 2;
        continue;
      }
      auto const low =
          *unit >= 0xD800 && *unit < 0xDC00 ? code_unit(text_.substr(0, end), at_ + 6) : std::nullopt;
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        out_ += text_.substr(at_, 12);
        at_ += 12;
      } else {
        bool const unpaired = *unit >= 0xD800 && *unit < 0xE000;
        if (unpaired) note("half of a surrogate pair was replaced by U+FFFD");
        out_ += unpaired ? std::string_view{"\\ufffd"} : text_.substr(at_, 6);
        at_ += 6;
      }
    }
    at_ = end;
  }

  std::string_view text_;
  std::vector<JsonRepair>& repairs_;
  std::string out_{};
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t inside_array_ = 0;  ///< depth of the outermost open array; 0: none
  std::size_t record_ = 0;
};

}

std::string repaired_json(std::string_view text, std::vector<JsonRepair>& repairs) {
  return Repairer{text, repairs}.run();
}

std::string_view json_member(std::string_view text, std::string_view name) {
  auto at = skip_space(text, 0);
  if (at >= text.size() || text[at] != '{') return {};
  ++at;
  while (true) {
    at = skip_space(text, at);
    if (at >= text.size() || text[at] != '"') return {};
    auto const key_end = skip_string(text, at);
    auto const key = text.substr(at + 1, key_end - at - 1);
    at = skip_space(text, key_end);
    if (at >= text.size() || text[at] != ':') return {};
    at = skip_space(text, at + 1);
    auto const end = skip_value(text, at);
    if (key.size() == name.size() + 1 && key.starts_with(name)) return text.substr(at, end - at);
    at = skip_space(text, end);
    if (at >= text.size() || text[at] != ',') return {};
    ++at;
  }
}

std::vector<std::string_view> json_items(std::string_view text) {
  std::vector<std::string_view> items;
  auto at = skip_space(text, 0);
  if (at >= text.size()) return items;
  if (text[at] == '{') {
    items.push_back(text.substr(at, skip_value(text, at) - at));
    return items;
  }
  if (text[at] != '[') return items;
  at = skip_space(text, at + 1);
  while (at < text.size() && text[at] != ']') {
    auto const end = skip_value(text, at);
    if (end == at) return items;
    items.push_back(text.substr(at, end - at));
    at = skip_space(text, end);
    if (at < text.size() && text[at] == ',') at = skip_space(text, at + 1);
  }
  return items;
}

}
