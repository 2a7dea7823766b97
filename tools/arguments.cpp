#include "arguments.hpp"

#include "polycampaign/timestamp.hpp"
#include "polycampaign/version.hpp"

#include "around_arguments.hpp"
#include "around_help.hpp"
#include "help.hpp"
#include "moment.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "words.hpp"
#include "write_arguments.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <span>

namespace polycampaign::inline v1::command {

Format format_of(OutputWords const& words, std::vector<std::string_view> const& known) {
  auto const& word = words.format;
  if (!word) return Format::table;
  if (std::find(known.begin(), known.end(), *word) == known.end())
    throw Refused{"--output: " + text::unknown_word("format", *word, known)};
  if (*word == "json") return Format::json;
  if (*word == "ndjson") return Format::ndjson;
  if (*word == "csv") return Format::csv;
  return *word == "markdown" ? Format::markdown : Format::table;
}

CsvStyle csv_style_of(OutputWords const& words) {
  auto const& formulas = words.csv_formulas;
  if ((words.csv_bom || formulas) && words.format != "csv")
    throw Refused{std::string{words.csv_bom ? "--csv-bom" : "--csv-formulas"} + " needs -o csv"};
  CsvStyle style{.bom = words.csv_bom};
  if (!formulas || *formulas == "keep") return style;
  if (*formulas != "mark" && *formulas != "refuse")
    throw Refused{"--csv-formulas: " + text::unknown_word("word", *formulas, {"keep", "mark", "refuse"})};
  style.formulas = *formulas == "mark" ? Formulas::mark : Formulas::refuse;
  return style;
}

void refuse_status(std::string_view word, std::vector<std::string_view> const& known) {
  throw Refused{"--status: " + text::unknown_word("status", word, known)};
}

CLI::App* add_command(CLI::App& app, std::string const& name, std::string const& summary,
                      std::string_view examples) {
  auto* command = app.add_subcommand(name, summary);
  command->fallthrough();
  command->group("Commands");
  command->footer(
      std::string{examples}.append("\n\nThe global options (--config, --account, --log-level, --errors) also "
                                   "work here; see polycampaign --help"));
  return command;
}

void add_output(CLI::App& app, OutputWords& words, std::string const& formats) {
  app.add_option("-o,--output", words.format, "Output format: " + formats + " (default: table)")
      ->type_name("FORMAT");
  if (formats.find("csv") == std::string::npos) return;
  app.add_flag("--csv-bom", words.csv_bom, "Begin CSV with a byte order mark, for Excel")
      ->disable_flag_override();
  app.add_option("--csv-formulas", words.csv_formulas,
                 "Cells of CSV that a spreadsheet would take for formulas: keep (default), mark or refuse")
      ->type_name("WORD");
  app.footer(app.get_footer() + "\n\n" + std::string{csv_footer});
}

namespace {

/// The words that CLI11 fills in, before they are interpreted.
struct Words {
  std::optional<std::string> config, log_level, errors;
  std::vector<std::string> accounts;
  std::optional<std::string> since, until;
  std::vector<std::string> statuses;
  // as text: CLI11 would read 010 as eight and 0x10 as sixteen
  std::optional<std::string> limit, page_size, prefetch;
  bool details = false;
  OutputWords output;
  std::string id;
  std::string provider, operation, time_zone;
  std::string file = "-";
  std::vector<std::string> providers;
  bool evidence = false;
  std::optional<std::string> port_base, campaigns, seed;
  std::vector<std::string> switches;
  bool list_switches = false;
};

template <class T>
struct Range {
  T least;
  T most = std::numeric_limits<T>::max();
};

/// Parses a whole number, always as decimal.
template <class T>
std::optional<T> number_of(std::string_view option, std::optional<std::string> const& word, Range<T> range) {
  if (!word) return std::nullopt;
  auto const number = text::whole_number<T>(*word);
  if (number && *number >= range.least && *number <= range.most) return number;
  throw Refused{std::string{option} + ": \"" + *word + "\" is not a whole number from " +
                std::to_string(range.least) + " to " + std::to_string(range.most)};
}

Provider const* provider_of(std::string const& word, Vendors const& vendors) {
  if (auto const* found = vendors.find(word)) return &found->provider;
  throw Refused{"--provider: " + text::unknown_word("provider", word, vendors.names())};
}

LogLevel log_level_of(Words const& words) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  auto const* variable = std::getenv("POLYCAMPAIGN_LOG");
  std::string const word = words.log_level ? *words.log_level : variable == nullptr ? "" : variable;
  if (word.empty() && !words.log_level) return LogLevel::warn;
  if (auto const level = parse_log_level(word)) return *level;
  throw Refused{(words.log_level ? "--log-level: " : "POLYCAMPAIGN_LOG: ") +
                text::unknown_word("level", word, {"off", "error", "warn", "info", "debug", "trace"})};
}

std::vector<StatusCode> statuses_of(std::vector<std::string> const& words) {
  std::vector<StatusCode> known;
  for (int i = 0; i <= static_cast<int>(StatusCode::failed); ++i) known.push_back(static_cast<StatusCode>(i));
  return codes_of(words, std::span<StatusCode const>{known}, &parse_status_code);
}

std::optional<std::chrono::sys_seconds> moment_of(std::string_view option,
                                                  std::optional<std::string> const& word,
                                                  std::chrono::sys_seconds now) {
  if (!word) return std::nullopt;
  auto const moment = parse_moment(*word, now);
  if (!moment) throw Refused{std::string{option} + ": " + moment.error().message};
  return *moment;
}

ListRequest list_of(Words const& words, std::chrono::sys_seconds now) {
  ListRequest request{
      .filter = {.since = moment_of("--since", words.since, now),
                 .until = moment_of("--until", words.until, now),
                 .statuses = statuses_of(words.statuses),
                 .limit = number_of<std::int64_t>("--limit", words.limit, {.least = 1})},
      // any value: the range of each vendor limits it
      .options = {.page_size = number_of<int>("--page-size", words.page_size,
                                              {.least = std::numeric_limits<int>::min()}),
                  .prefetch = number_of<int>("--prefetch", words.prefetch, {.least = 1, .most = 16}),
                  .fetch_details = words.details},
      .format = format_of(words.output, {"table", "json", "ndjson", "csv"})};
  if (request.filter.since && request.filter.until && *request.filter.since >= *request.filter.until)
    throw Refused{"--since (" + to_rfc3339(*request.filter.since) + ") is not before --until (" +
                  to_rfc3339(*request.filter.until) + ")"};
  return request;
}

DecodeRequest decode_of(Words const& words, Vendors const& vendors) {
  if (words.operation != "list" && words.operation != "get")
    throw Refused{"--operation: " + text::unknown_word("operation", words.operation, {"list", "get"})};
  return {.provider = provider_of(words.provider, vendors),
          .document = words.operation == "list" ? Document::list : Document::get,
          .time_zone = words.time_zone,
          .file = words.file};
}

CapabilitiesRequest capabilities_of(Words const& words, Vendors const& vendors) {
  CapabilitiesRequest request{.format = format_of(words.output, {"table", "json", "markdown"}),
                              .evidence = words.evidence};
  for (auto const& word : words.providers) request.providers.push_back(provider_of(word, vendors));
  return request;
}

SimulateRequest simulate_of(Words const& words, Vendors const& vendors) {
  auto const ports = vendors.simulated().size();
  SimulateRequest request;
  if (auto const port = number_of<std::uint16_t>("--port-base", words.port_base, {.least = 0})) {
    if (*port != 0 && *port > 65'535 - (ports - 1))
      throw Refused{"--port-base: " + std::to_string(*port) + " leaves no room for " + std::to_string(ports) +
                    " ports"};
    request.port_base = *port;
  }
  if (auto const campaigns =
          number_of<std::size_t>("--campaigns", words.campaigns, {.least = 0, .most = 10'000'000}))
    request.campaigns = *campaigns;
  if (auto const seed = number_of<std::uint64_t>("--seed", words.seed, {.least = 0})) request.seed = *seed;
  for (auto const& word : words.switches) {
    auto const dot = word.find('.');
    auto const equals = word.find('=');
    if (dot == std::string::npos || equals == std::string::npos || equals < dot)
      throw Refused{"--switch: \"" + word + "\" is not PROVIDER.NAME=VALUE; see --list-switches"};
    request.switches[word.substr(0, dot)].insert_or_assign(word.substr(dot + 1, equals - dot - 1),
                                                           word.substr(equals + 1));
  }
  return request;
}

struct Commands {
  CLI::App *list, *get, *decode, *capabilities, *accounts, *demo, *simulate;
};

Commands add_commands(CLI::App& app, Words& words, WriteWords& writes, AroundWords& around,
                      std::string const& providers) {
  Commands commands{};
  auto& list =
      *(commands.list = add_command(
            app, "list", "List the campaigns of all selected accounts together, newest first", list_footer));
  list.add_option("--since", words.since, "Only campaigns from this time on")->type_name("TIME");
  list.add_option("--until", words.until, "Only campaigns before this time")->type_name("TIME");
  list.add_option("--status", words.statuses,
                  "Only campaigns with this status; repeat, or separate with commas")
      ->type_name("STATUS")
      ->allow_extra_args(false);
  list.add_option("--limit", words.limit, "Maximum number of campaigns")->type_name("N");
  list.add_option("--page-size", words.page_size, "Records per request, within the vendor's limits")
      ->type_name("N");
  list.add_option("--prefetch", words.prefetch, "Pages to request ahead, 1 to 16 (1: none)")->type_name("N");
  list.add_flag("--details", words.details,
                "Also request the detail of every campaign: more requests, more values")
      ->disable_flag_override();
  add_output(list, words.output, "table, json, ndjson, csv");

  auto& get = *(commands.get = add_command(
                    app, "get", "Show one campaign with everything that its vendor reports", get_footer));
  get.add_option("ID", words.id, "The campaign's id, as shown by list")->required();
  add_output(get, words.output, "table, json, ndjson, csv");

  writes.add_commands(app, words.output);
  around.add_commands(app, words.output);

  auto& decode =
      *(commands.decode = add_command(
            app, "decode", "Convert a stored vendor response (JSON or XML) to NDJSON", decode_footer));
  decode.add_option("--provider", words.provider, "The vendor: " + providers)
      ->required()
      ->type_name("PROVIDER");
  decode.add_option("--operation", words.operation, "The operation that returned the response: list or get")
      ->required()
      ->type_name("OPERATION");
  decode.add_option("--time-zone", words.time_zone, "Time zone of times without one, such as Europe/Kyiv")
      ->type_name("ZONE");
  decode.add_option("FILE", words.file, "The response body; - is standard input");

  auto& capabilities =
      *(commands.capabilities = add_command(
            app, "capabilities", "Show what each vendor's API can do and report", capabilities_footer));
  capabilities.add_option("--provider", words.providers, "Only this vendor; repeat for more: " + providers)
      ->type_name("PROVIDER")
      ->allow_extra_args(false);
  capabilities.add_flag("--evidence", words.evidence, "Also show where each claim is documented")
      ->disable_flag_override();
  add_output(capabilities, words.output, "table, json, markdown");

  commands.accounts =
      add_command(app, "accounts", "Show the configured accounts, without secrets", accounts_footer);
  add_output(*commands.accounts, words.output, "table, json");

  commands.demo =
      add_command(app, "demo", "Show the main features on simulated vendors; needs no account", demo_footer);

  auto& simulate =
      *(commands.simulate = add_command(app, "simulate",
                                        "Serve the vendors' APIs on this computer and print an accounts.toml",
                                        simulate_footer));
  simulate.add_option("--port-base", words.port_base, "First port to use (default: any free ports)")
      ->type_name("PORT");
  simulate.add_option("--campaigns", words.campaigns, "Number of campaigns at each vendor (default: 40)")
      ->type_name("N");
  simulate.add_option("--seed", words.seed, "Seed; the same seed gives the same campaigns (default: 1)")
      ->type_name("N");
  simulate
      .add_option("--switch", words.switches,
                  "Select a documented or uncertain variant of a vendor's API; repeat for more")
      ->type_name("PROVIDER.NAME=VALUE")
      ->allow_extra_args(false);
  simulate.add_flag("--list-switches", words.list_switches, "Print the available switches and exit")
      ->disable_flag_override();
  return commands;
}

/// Returns the message for a command line that CLI11 refused.
std::string refusal(CLI::App const& app, CLI::ParseError const& error) {
  CLI::App const* command = app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
  auto const rest = app.remaining(true);
  if (!rest.empty()) {
    auto const& word = rest.front();
    bool const option = word.size() > 1 && word.front() == '-';
    std::vector<std::string> names;
    if (option) {
      for (auto const* each : {&app, command})
        if (each != nullptr)
          for (auto const* known : each->get_options())
            if (!known->get_lnames().empty()) names.push_back("--" + known->get_lnames().front());
    } else if (command == nullptr) {
      for (auto const* each : app.get_subcommands({})) names.push_back(each->get_name());
    } else {
      return "unexpected argument \"" + word + "\"; see polycampaign " + command->get_name() + " --help";
    }
    return text::unknown_word(option ? "option" : "command", option ? word.substr(0, word.find('=')) : word,
                              {names.begin(), names.end()});
  }
  if (command == nullptr && app.get_subcommands().empty() &&
      dynamic_cast<CLI::RequiredError const*>(&error) != nullptr)
    return "a command is missing; see polycampaign --help";
  std::string message = error.what();
  constexpr std::string_view flag_with_value = " was given a disallowed flag override";
  if (message.ends_with(flag_with_value))
    return "--" + message.substr(0, message.size() - flag_with_value.size()) + " takes no value";
  return message;
}

Arguments understand(Words const& words, WriteWords const& writes, AroundWords const& around,
                     Commands const& commands, std::chrono::sys_seconds now, Vendors const& vendors) {
  Arguments arguments{.config = words.config, .accounts = words.accounts, .log_level = log_level_of(words)};
  if (words.errors && *words.errors != "json" && *words.errors != "text")
    throw Refused{"--errors: " + text::unknown_word("format", *words.errors, {"text", "json"})};
  auto const take = [&](auto& request) { arguments.request = std::move(request); };
  if (auto write = writes.request(words.output, now)) {
    std::visit(take, *write);
  } else if (auto other = around.request(words.output)) {
    std::visit(take, *other);
  } else if (commands.list->parsed()) {
    arguments.request = list_of(words, now);
  } else if (commands.get->parsed()) {
    arguments.request =
        GetRequest{.id = words.id, .format = format_of(words.output, {"table", "json", "ndjson", "csv"})};
  } else if (commands.decode->parsed()) {
    arguments.request = decode_of(words, vendors);
  } else if (commands.capabilities->parsed()) {
    arguments.request = capabilities_of(words, vendors);
  } else if (commands.accounts->parsed()) {
    arguments.request = AccountsRequest{.format = format_of(words.output, {"table", "json"})};
  } else if (commands.demo->parsed()) {
    arguments.request = DemoRequest{};
  } else if (words.list_switches) {
    arguments.request = ListSwitchesRequest{};
  } else {
    arguments.request = simulate_of(words, vendors);
  }
  arguments.csv = csv_style_of(words.output);
  return arguments;
}

}  // namespace

Result<Arguments> parse_arguments(int argc, char const* const* argv, std::chrono::sys_seconds now,
                                  Vendors const& vendors) {
  Words words;
  WriteWords writes;
  AroundWords around;
  CLI::App app{"Creates, lists and follows SMS campaigns at many vendors with one command", "polycampaign"};
  auto const providers = text::listed(vendors.names());
  app.footer("Vendors (provider = \"...\" in an account): " + providers + "\n" + std::string{main_footer});
  app.set_version_flag("--version", "polycampaign " + std::string{version()});
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.add_option("--config", words.config, "Path of the accounts file")->type_name("FILE");
  app.add_option("--account", words.accounts, "Only this account; repeat for more (default: all)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--log-level", words.log_level,
                 "Log level: off, error, warn, info, debug or trace (default: warn)")
      ->type_name("LEVEL");
  app.add_option("--errors", words.errors, "Print errors as text or as lines of JSON (default: text)")
      ->type_name("FORMAT");
  auto const commands = add_commands(app, words, writes, around, providers);
  try {
    app.parse(argc, argv);
    return understand(words, writes, around, commands, now, vendors);
  } catch (CLI::CallForHelp const&) {
    return Arguments{.request = PrintRequest{app.help()}};
  } catch (CLI::CallForVersion const& text) {
    return Arguments{.request = PrintRequest{std::string{text.what()} + "\n"}};
  } catch (CLI::ParseError const& error) {
    return Error{.code = ErrorCode::invalid_argument, .message = refusal(app, error)};
  } catch (Refused& refused) {
    return Error{.code = ErrorCode::invalid_argument, .message = std::move(refused.message)};
  }
}

ErrorFormat error_format(int argc, char const* const* argv) noexcept {
  auto format = ErrorFormat::text;
  for (int i = 1; i < argc; ++i) {
    std::string_view const word{argv[i]};
    auto const value = word == "--errors" && i + 1 < argc ? std::string_view{argv[i + 1]}
                       : word.starts_with("--errors=")    ? word.substr(9)
                                                          : std::string_view{};
    if (value == "json") format = ErrorFormat::json;
    if (value == "text") format = ErrorFormat::text;
  }
  return format;
}

}  // namespace polycampaign::inline v1::command
