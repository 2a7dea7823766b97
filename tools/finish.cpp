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

void tell_missed(Context& context, ListReport const& report, std::string_view elements,
                 std::string_view account) {
  for (auto const& sentence : report.missed)
    context.console.note(std::string{"may have missed "}.append(elements).append(": ").append(sentence),
                         account);
}

void tell_unseen(Context& context, ListReport const& report, std::string_view account) {
  if (context.log_level < LogLevel::info) return;
  for (auto const& sentence : report.unseen) context.console.note("not listed: " + sentence, account);
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
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
