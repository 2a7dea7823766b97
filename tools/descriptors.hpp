#pragma once

#include <string_view>

namespace polycampaign::inline v1::command {

/// Fills standard input, output and error where they are closed, so that no file or socket of ours gets one
/// of these numbers. Reading from and writing to one that was closed still fails. False when it cannot be
/// done.
[[nodiscard]] bool fill_standard_streams() noexcept;

/// Writes all of it, also to a file that does not block. Gives 0, or the errno of the write that failed.
[[nodiscard]] int write_all(int file, std::string_view text) noexcept;

}  // namespace polycampaign::inline v1::command
