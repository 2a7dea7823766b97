#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Formats text for terminals. It is always UTF-8, whatever the locale is.
namespace polycampaign::inline v1::command {

/// Returns one line that cannot control a terminal. Control characters are replaced with their pictures
/// (U+2400 and up); invalid UTF-8, C1 controls, line separators and overrides of the writing direction with
/// U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// Returns how many columns of a terminal the text takes. `text` must be printable.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// Returns the text, cut with an ellipsis if it is wider than `width`.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

/// Adds spaces so that the text takes `width` columns. A wider text is not changed.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);

}  // namespace polycampaign::inline v1::command
