#pragma once

#include <cstddef>
#include <string_view>

namespace polycampaign::inline v1::wire {

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;
/// The first byte that is no part of valid UTF-8; the text's size when all are.
[[nodiscard]] std::size_t invalid_utf8(std::string_view text) noexcept;

}  // namespace polycampaign::inline v1::wire
