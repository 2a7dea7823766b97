#pragma once

#include "commands.hpp"

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

/// What the parsers of the command line share.
namespace polycampaign::inline v1::command {

/// Thrown for a refused word, to end parsing. Never leaves `parse_arguments`.
struct Refused {
  std::string message;
};

/// Returns the format. Throws Refused for one that the command does not have.
[[nodiscard]] Format format_of(std::optional<std::string> const& word,
                               std::vector<std::string_view> const& known);

/// Adds a command with its examples below the options.
CLI::App* add_command(CLI::App& app, std::string const& name, std::string const& summary,
                      std::string_view examples);
/// Adds `--output`.
void add_output(CLI::App& app, std::optional<std::string>& format, std::string const& formats);

}  // namespace polycampaign::inline v1::command
