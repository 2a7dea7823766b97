#include "confirm.hpp"

#include "terminal.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace polycampaign::inline v1::command {

namespace {

/// Reads a line from standard input. Empty if it ends, or if a signal arrives.
std::string read_line(Interrupts const& interrupts) {
  std::string line;
  while (interrupts.signal() == 0) {
    pollfd waiting{STDIN_FILENO, POLLIN, 0};
    constexpr int look_at_signals = 100;
    auto const ready = ::poll(&waiting, 1, look_at_signals);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    char c = 0;
    if (ready < 0 || ::read(STDIN_FILENO, &c, 1) != 1) return {};
    if (c == '\n') return line;
    line.push_back(c);
  }
  return {};
}

}  // namespace

bool confirmed(Context& context, Interrupts const& interrupts, std::string_view plan,
               std::string_view question, bool yes) {
  if (yes) return true;
  if (!is_terminal(STDIN_FILENO) || !is_terminal(STDERR_FILENO)) {
    context.console.error({.code = ErrorCode::invalid_argument,
                           .message = "there is no terminal to ask for confirmation; add --yes"});
    return false;
  }
  context.output.flush();
  context.console.ask(std::string{plan}.append(question).append(" [y/N] "));
  auto const answer = read_line(interrupts);
  if (answer == "y" || answer == "Y" || answer == "yes") return true;
  context.console.note("not confirmed; nothing was changed");
  return false;
}

}  // namespace polycampaign::inline v1::command
