#include "terminal.hpp"

#include "text/number.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace polycampaign::inline v1::command {

namespace {

std::string_view variable(char const* name) noexcept {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  auto const* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

}  // namespace

bool is_terminal(int file) noexcept {
  return ::isatty(file) == 1;
}

std::size_t columns_of(int file) noexcept {
  bool const terminal = is_terminal(file);
  winsize size{};
  if (terminal && ::ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) return size.ws_col;
  auto const columns = text::whole_number<std::size_t>(variable("COLUMNS")).value_or(0);
  if (columns != 0) return columns;
  return terminal ? 80 : 120;
}

Look look_of(int file) noexcept {
  bool const coloured = is_terminal(file) && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  return {columns_of(file), coloured};
}

}  // namespace polycampaign::inline v1::command
