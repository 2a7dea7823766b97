#include "write_end.hpp"

#include "exit_status.hpp"
#include "text/ascii.hpp"

#include <algorithm>

namespace polycampaign::inline v1::command {

int status_of(Error const& error) noexcept {
  if (error.effect == Effect::unknown) return unresolved;
  // The vendor's own refusals have an HTTP status.
  bool const own =
      error.http_status == 0 && (error.code == ErrorCode::invalid_argument ||
                                 error.code == ErrorCode::unsupported || error.code == ErrorCode::conflict);
  return own || error.code == ErrorCode::configuration ? usage : nothing;
}

int finish_failed(Context& context, Interrupts const& interrupts, Error const& error) {
  if (error.effect == Effect::none && interrupts.signal() != 0) return interrupted(context, interrupts);
  return finish_output(context, status_of(error));
}

int failed(Context& context, Error const& error, Account const& account) {
  context.console.error(error, account.name);
  return finish_output(context, status_of(error));
}

std::string command_for(Context const& context, Account const& account) {
  std::string command{"polycampaign"};
  if (context.config) command += " --config " + shell_word(*context.config);
  return command + " --account " + shell_word(account.name);
}

std::string shell_word(std::string_view word) {
  auto const plain = [](char c) {
    return text::is_letter(c) || text::is_digit(c) ||
           std::string_view{"_@%+=:,./-"}.find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, plain)) return std::string{word};
  std::string quoted{"'"};
  for (char const c : word) quoted.append(c == '\'' ? std::string{"'\\''"} : std::string{c});
  return quoted + '\'';
}

}  // namespace polycampaign::inline v1::command
