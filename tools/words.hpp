#pragma once

#include "commands.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
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

/// The words of `--output` and of what belongs to it.
struct OutputWords {
  std::optional<std::string> format{};
  bool csv_bom = false;
  std::optional<std::string> csv_formulas{};
};

/// Returns the format. Throws Refused for one that the command does not have.
[[nodiscard]] Format format_of(OutputWords const& words, std::vector<std::string_view> const& known);
/// Returns the style of CSV. Throws Refused for an unknown word, and if the format is not CSV.
[[nodiscard]] CsvStyle csv_style_of(OutputWords const& words);

/// Throws Refused for a status that is none of `known`.
[[noreturn]] void refuse_status(std::string_view word, std::vector<std::string_view> const& known);

/// Returns the codes of `--status`: each word has one or more, separated by commas. Throws Refused.
template <class Code, std::size_t size>
[[nodiscard]] std::vector<Code> codes_of(std::vector<std::string> const& words,
                                         std::span<Code const, size> known,
                                         std::optional<Code> (*parse)(std::string_view) noexcept) {
  std::vector<Code> codes;
  for (auto const& list : words) {
    std::string_view rest{list};
    for (bool more = true; more;) {
      auto const comma = rest.find(',');
      auto const word = rest.substr(0, comma);
      auto const code = parse(word);
      if (!code) {
        std::vector<std::string_view> names;
        for (auto const each : known) names.push_back(to_string(each));
        refuse_status(word, names);
      }
      if (std::find(codes.begin(), codes.end(), *code) == codes.end()) codes.push_back(*code);
      more = comma != std::string_view::npos;
      if (more) rest.remove_prefix(comma + 1);
    }
  }
  return codes;
}

/// Adds a command with its examples below the options.
CLI::App* add_command(CLI::App& app, std::string const& name, std::string const& summary,
                      std::string_view examples);
/// Adds `--output`, and the options of CSV if it is one of the formats.
void add_output(CLI::App& app, OutputWords& words, std::string const& formats);

}  // namespace polycampaign::inline v1::command
