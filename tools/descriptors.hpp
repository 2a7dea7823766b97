#pragma once

#include <string_view>

namespace polycampaign::inline v1::command {

/// Fills standard input, output and error if they are closed, so that no file or socket of ours gets one of
/// these numbers. Reading from and writing to one that was closed still fails. Returns false on failure.
[[nodiscard]] bool fill_standard_streams() noexcept;

/// Writes all of the text, even to a non-blocking file. Returns 0, or the errno of the write that failed.
[[nodiscard]] int write_all(int file, std::string_view text) noexcept;

}  // namespace polycampaign::inline v1::command
