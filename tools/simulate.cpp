#include "commands.hpp"
#include "exit_status.hpp"
#include "simulators.hpp"

namespace polycampaign::command {

namespace {

/// A TOML basic string.
std::string quoted(std::string_view text) {
  std::string out{"\""};
  for (char const c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out.append("\"");
}

}  // namespace

int simulate(Context& context, Interrupts const& interrupts, SimulateRequest const& request) {
  auto const simulators = serve_all(request);
  if (!simulators) {
    context.console.error(simulators.error());
    return usage;
  }
  std::string text{
      "# The vendors' APIs, simulated on this computer until Ctrl-C. Save this text as accounts.toml, then "
      "try\n"
      "#   polycampaign --config accounts.toml list\n"};
  auto simulator = simulators->begin();
  for (auto const& provider : providers()) {
    text.append("\n[accounts.").append(provider.name).append("]\nprovider = ").append(quoted(provider.name));
    for (auto const& [name, value] : (*simulator)->settings())
      text.append("\n").append(name).append(" = ").append(quoted(value.reveal()));
    text.append("\n");
    ++simulator;
  }
  context.output.write(text.append("\n# ready\n"));
  // a reader that takes only the first lines does not stop the servers
  static_cast<void>(finish_output(context, success));
  interrupts.wait();
  return success;
}

int list_switches(Context& context) {
  for (auto const& provider : providers())
    for (auto const& each : testing::switches_of(*testing::find_simulated_vendor(provider.name)))
      context.output.write(std::string{provider.name}
                               .append(".")
                               .append(each.name)
                               .append("=")
                               .append(each.values)
                               .append("\n    ")
                               .append(each.summary)
                               .append("\n"));
  return finish_output(context, success);
}

}  // namespace polycampaign::command
