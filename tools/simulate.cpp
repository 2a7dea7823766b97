#include "commands.hpp"
#include "exit_status.hpp"
#include "simulators.hpp"

namespace polycampaign::inline v1::command {

namespace {

/// Returns the text as a basic string of TOML.
std::string quoted(std::string_view text) {
  std::string out{"\""};
  for (char const c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      out.append("\\u00").append({digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]});
      continue;
    }
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out.append("\"");
}

}  // namespace

int simulate(Context& context, Interrupts const& interrupts, SimulateRequest const& request) {
  auto const served = serve_all(context.vendors, request);
  if (!served) {
    context.console.error(served.error());
    return usage;
  }
  std::string text{
      "# The vendors' APIs, simulated on this computer until Ctrl-C. Save this text as accounts.toml, then "
      "try\n"
      "#   polycampaign --config accounts.toml list\n"};
  for (auto const& [provider, simulator] : *served) {
    text.append("\n[accounts.")
        .append(provider->name)
        .append("]\nprovider = ")
        .append(quoted(provider->name));
    for (auto const& [name, value] : simulator->settings())
      text.append("\n").append(name).append(" = ").append(quoted(value.reveal()));
    text.append("\n");
  }
  context.output.write(text.append("\n# ready\n"));
  // Everything is written at once, so a reader that takes only the first lines does not stop the servers.
  if (auto const status = finish_output(context, success); status != success) return status;
  interrupts.wait();
  return success;
}

int list_switches(Context& context) {
  for (auto const* vendor : context.vendors.simulated())
    for (auto const& each : testing::switches_of(*vendor->simulator))
      context.output.write(std::string{vendor->provider.name}
                               .append(".")
                               .append(each.name)
                               .append("=")
                               .append(each.values)
                               .append("\n    ")
                               .append(each.summary)
                               .append("\n"));
  return finish_output(context, success);
}

}  // namespace polycampaign::inline v1::command
