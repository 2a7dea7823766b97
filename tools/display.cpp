#include "display.hpp"

#include "text/utf8.hpp"
#include "width_tables.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace polycampaign::inline v1::command {

namespace {

constexpr std::uint32_t invalid = 0xFFFFFFFF;

/// Returns the first character of a nonempty string, or `invalid`, one byte long, if it is malformed.
text::CodePoint read(std::string_view text) noexcept {
  auto const found = text::first_code_point(text);
  return found.bytes > 0 ? found : text::CodePoint{.value = invalid, .bytes = 1};
}

bool contains(std::span<CodePoints const> ranges, std::uint32_t point) noexcept {
  auto const after =
      std::upper_bound(ranges.begin(), ranges.end(), point,
                       [](std::uint32_t p, CodePoints const& range) { return p < range.first; });
  return after != ranges.begin() && point <= std::prev(after)->last;
}

constexpr std::uint32_t emoji_presentation = 0xFE0F;

std::size_t columns(std::uint32_t point) noexcept {
  if (point < 0x300) return 1;
  if (contains(zero_width, point)) return 0;
  return contains(double_width, point) ? 2 : 1;
}

/// Steps through a string and measures its width so far.
class Ruler {
 public:
  void add(std::uint32_t point) noexcept {
    if (point == emoji_presentation) {
      if (last_ == 1) ++width_;
      last_ = 2;
    } else if (auto const more = columns(point); more != 0) {
      width_ += more;
      last_ = more;
    }
  }
  [[nodiscard]] std::size_t width() const noexcept { return width_; }

 private:
  std::size_t width_ = 0;
  std::size_t last_ = 0;
};

bool reorders(std::uint32_t point) noexcept {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const [point, bytes] = read(text);
    if (point < 0x20) {
      out.append("\xE2\x90").push_back(static_cast<char>(0x80 + point));
    } else if (point == 0x7F) {
      out.append("\xE2\x90\xA1");
    } else if (point == invalid || (point >= 0x80 && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
               reorders(point)) {
      out.append("\xEF\xBF\xBD");
    } else {
      out.append(text.substr(0, bytes));
    }
    text.remove_prefix(bytes);
  }
  return out;
}

std::size_t display_width(std::string_view text) noexcept {
  Ruler ruler;
  while (!text.empty()) {
    auto const [point, bytes] = read(text);
    ruler.add(point);
    text.remove_prefix(bytes);
  }
  return ruler.width();
}

std::string fit(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string{text};
  if (width == 0) return {};
  Ruler ruler;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const [point, bytes] = read(text.substr(at));
    ruler.add(point);
    if (ruler.width() > width - 1) break;
    at += bytes;
    kept = at;
  }
  return std::string{text.substr(0, kept)}.append("\xE2\x80\xA6");
}

std::string pad_right(std::string_view text, std::size_t width) {
  auto const taken = display_width(text);
  return std::string{text}.append(taken < width ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  auto const taken = display_width(text);
  return std::string(taken < width ? width - taken : 0, ' ').append(text);
}

}  // namespace polycampaign::inline v1::command
