#include "commands.hpp"
#include "exit_status.hpp"

#include <cerrno>
#include <csignal>

namespace polycampaign::inline v1::command {

int finish_output(Context& context, int status) {
  if (context.output.flush()) return status;
  auto const problem = context.output.problem();
  context.console.note("cannot write the results: " + (problem == EBADF
                                                           ? "standard output is not open for writing"
                                                           : std::generic_category().message(problem)));
  return status == success ? incomplete : status;
}

int interrupted(Context& context, Interrupts const& interrupts) {
  context.output.flush();
  switch (interrupts.signal()) {
    case SIGINT: context.console.note("interrupted"); break;
    case SIGHUP: context.console.note("hung up"); break;
    default: context.console.note("terminated");
  }
  return 128 + interrupts.signal();
}

}  // namespace polycampaign::inline v1::command
