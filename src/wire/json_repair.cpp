#include "wire/json_repair.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::wire {

namespace {

constexpr std::size_t deepest = 1'024;  // simdjson's own limit

// Whether a valid JSON number is one that simdjson refuses: an integer beyond 64 bits, a real beyond double.
// A real that is too small is read as zero and is none.
bool out_of_range(std::string_view number) noexcept {
  auto const* const end = number.data() + number.size();
  if (number.find_first_of(".eE") == std::string_view::npos) {
    std::int64_t as_signed = 0;
    std::uint64_t as_unsigned = 0;
    return std::from_chars(number.data(), end, as_signed).ec != std::errc{} &&
           (number.front() == '-' || std::from_chars(number.data(), end, as_unsigned).ec != std::errc{});
  }
  double value = 0;
  if (std::from_chars(number.data(), end, value).ec != std::errc::result_out_of_range) return false;
  // Too large or too small: the decimal exponent of its first digit tells.
  auto const exponent_at = std::min(number.find_first_of("eE"), number.size());
  std::int64_t exponent = 0;
  if (exponent_at < number.size()) {
    auto digits = number.substr(exponent_at + 1);
    bool const negative = digits.front() == '-';
    if (!text::is_digit(digits.front())) digits.remove_prefix(1);
    for (char const c : digits)
      exponent = std::min<std::int64_t>(exponent * 10 + (c - '0'), 1'000'000'000'000);
    if (negative) exponent = -exponent;
  }
  auto const mantissa = number.substr(0, exponent_at);
  auto const point = std::min(mantissa.find('.'), mantissa.size());
  auto const first = mantissa.find_first_of("123456789");
  return first != std::string_view::npos &&
         exponent + static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first) > 0;
}

// A machine without recursion: how deep a page is nested costs no stack.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_{text} {}

  JsonRepairs run() && {
    if (!read_document()) {
      result_.fault = fault_;
      result_.fault_position = at_;
    } else {
      result_.text.append(text_.substr(copied_));
    }
    return std::move(result_);
  }

 private:
  bool fail(std::string_view fault) noexcept {
    fault_ = at_ >= text_.size() ? "it ends too early" : fault;
    return false;
  }

  void skip_space() noexcept {
    while (at_ < text_.size() && text::is_json_blank(text_[at_])) ++at_;
  }
  bool take(char c) noexcept {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool read_document() {
    for (;;) {
      // a value, or the end of an empty array or object
      skip_space();
      if (!levels_.empty() && fresh_ && take(levels_.back() ? ']' : '}')) {
        leave();
      } else {
        if (!levels_.empty() && !levels_.back() && !read_key()) return false;
        skip_space();
        if (take('[') || take('{')) {
          if (levels_.size() >= deepest) return fail("it is nested too deeply");
          enter(text_[at_ - 1] == '[');
          continue;
        }
        if (!read_scalar()) return false;
      }
      // what may follow it
      for (;;) {
        skip_space();
        fresh_ = false;
        if (levels_.empty()) return at_ == text_.size() || fail("there is something after its end");
        if (take(',')) break;
        if (!take(levels_.back() ? ']' : '}')) return fail("a comma or a bracket is missing");
        leave();
      }
    }
  }

  void enter(bool array) {
    levels_.push_back(array);
    fresh_ = true;
  }
  void leave() noexcept { levels_.pop_back(); }

  bool read_key() {
    if (at_ >= text_.size() || text_[at_] != '"') return fail("a member's name is missing");
    if (!read_string()) return false;
    skip_space();
    return take(':') || fail("a colon is missing");
  }

  bool read_scalar() {
    if (at_ >= text_.size()) return fail({});
    char const c = text_[at_];
    if (c == '"') return read_string();
    if (c == '-' || text::is_digit(c)) return read_number();
    for (std::string_view const word : {"true", "false", "null"}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return true;
    }
    return fail("a value is missing or malformed");
  }

  bool read_number() {
    auto const begin = at_;
    auto const digits = [this] {
      auto const first = at_;
      while (at_ < text_.size() && text::is_digit(text_[at_])) ++at_;
      return at_ > first;
    };
    take('-');
    if (!take('0') && !digits()) return fail("a number is malformed");
    if (take('.') && !digits()) return fail("a number is malformed");
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return fail("a number is malformed");
    }
    auto const number = text_.substr(begin, at_ - begin);
    if (out_of_range(number)) repair(begin, JsonRepair::Kind::number, "\"" + std::string{number} + "\"");
    return true;
  }

  // The code unit of the `\uXXXX` that stands at `at`.
  [[nodiscard]] std::optional<unsigned> code_unit(std::size_t at) const noexcept {
    auto const escape = text_.substr(std::min(at, text_.size()), 6);
    if (escape.size() < 6 || !escape.starts_with("\\u")) return std::nullopt;
    if (!std::all_of(escape.begin() + 2, escape.end(), [](char c) { return text::hex_value(c) >= 0; }))
      return std::nullopt;
    unsigned unit = 0;
    std::from_chars(escape.data() + 2, escape.data() + 6, unit, 16);
    return unit;
  }

  bool read_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      char const c = text_[at_];
      if (c == '"') return ++at_, true;
      if (c >= 0 && c < ' ') return fail("a string contains a control character");
      if (c == '\\' && !read_escape()) return false;
    }
    return fail({});
  }

  // Ends on its last byte.
  bool read_escape() {
    auto const next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next != 'u') {
      if (std::string_view{"\"\\/bfnrt"}.find(next) == std::string_view::npos)
        return fail("an escape sequence is malformed");
      ++at_;
      return true;
    }
    auto const unit = code_unit(at_);
    if (!unit) return fail("an escape sequence is malformed");
    auto const begin = at_;
    at_ += 5;
    if (*unit < 0xD800 || *unit > 0xDFFF) return true;
    auto const low = *unit < 0xDC00 ? code_unit(at_ + 1) : std::nullopt;
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
      at_ += 6;
      return true;
    }
    ++at_;
    repair(begin, JsonRepair::Kind::surrogate, "\\uFFFD");
    --at_;
    return true;
  }

  // Replaces what stands from `begin` to here.
  void repair(std::size_t begin, JsonRepair::Kind kind, std::string_view replacement) {
    result_.made.push_back({.position = begin, .kind = kind});
    result_.text.append(text_, copied_, begin - copied_).append(replacement);
    copied_ = at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t copied_ = 0;    // behind what `result_.text` stands for
  std::vector<bool> levels_;  // whether each is an array
  bool fresh_ = false;        // nothing was read yet in the innermost level
  std::string_view fault_;
  JsonRepairs result_;
};

}  // namespace

JsonRepairs repair_json(std::string_view text) {
  return Reader{text}.run();
}

}  // namespace polycampaign::inline v1::wire
