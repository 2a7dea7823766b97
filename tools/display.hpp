#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text for terminals. Independent of the locale: UTF-8 always.
namespace polycampaign::inline v1::command {

/// One line that cannot command a terminal: control characters become their pictures (U+2400 and on), invalid
/// UTF-8, C1 controls, line separators and overrides of the writing direction become U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// Columns of a terminal that the text takes; `text` must be printable.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// The text, cut with an ellipsis when it is wider; never wider than `width`.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

/// Blanks so that the text takes `width` columns; a wider text stays as it is.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);

}  // namespace polycampaign::inline v1::command
