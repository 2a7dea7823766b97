#pragma once

#include "display.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::command {

/// Lines of a title and a value, with the values below each other.
class Lines {
 public:
  void add(std::string_view title, std::string_view value) {
    constexpr std::size_t width = 12;
    text_.append("  ").append(pad_right(title, width)).append(" ").append(printable(value)).append("\n");
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace polycampaign::inline v1::command
