#include "commands.hpp"
#include "exit_status.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

namespace polycampaign::inline v1::command {

int finish_output(Context& context, int status) {
  if (context.output.flush()) return status;
  auto const problem = context.output.problem();
  if (problem == EPIPE) return status;
  context.console.note("cannot write the results: " + std::generic_category().message(problem));
  return incomplete;
}

int interrupted(Context& context, Interrupts const& interrupts) {
  context.output.flush();
  context.console.note(interrupts.signal() == SIGINT ? "interrupted" : "terminated");
  return 128 + interrupts.signal();
}

}  // namespace polycampaign::inline v1::command
