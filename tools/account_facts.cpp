#include "polycampaign/json.hpp"

#include "account_lists.hpp"
#include "commands.hpp"
#include "csv.hpp"
#include "display.hpp"
#include "exit_status.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

#include <unistd.h>

#include <functional>
#include <utility>

/// `balance` and `senders`: what accounts are, not what they have sent.
namespace polycampaign::inline v1::command {

namespace {

/// One row of the result, in every form.
struct Fact {
  std::string json{};
  std::vector<std::string> cells{};   ///< for people
  std::vector<std::string> fields{};  ///< for CSV, in the order of the JSON members
};

/// Reads the facts of one account.
using Read = std::function<Result<std::vector<Fact>>(CampaignClient& client, CallOptions const& options)>;

std::string csv_row(std::vector<std::string> const& fields) {
  std::string line;
  for (auto const& field : fields) line.append(line.empty() ? "" : ",").append(csv_field(field));
  return line + "\r\n";
}

void print(Context& context, std::vector<Fact> const& facts, Format format, std::vector<Column> columns,
           std::vector<std::string> const& header) {
  auto& output = context.output;
  if (format == Format::json) {
    std::string_view separator = "[\n";
    for (auto const& fact : facts) {
      output.write(std::string{separator} + fact.json);
      separator = ",\n";
    }
    output.write(facts.empty() ? "[]\n" : "\n]\n");
  } else if (format == Format::ndjson) {
    for (auto const& fact : facts) output.write(fact.json + "\n");
  } else if (format == Format::csv) {
    output.write(csv_row(header));
    for (auto const& fact : facts) output.write(csv_row(fact.fields));
  } else {
    TextTable table{std::move(columns)};
    for (auto const& fact : facts) {
      std::vector<Cell> row;
      for (auto const& cell : fact.cells) row.push_back({printable(cell)});
      table.add(std::move(row));
    }
    auto const look = look_of(STDOUT_FILENO);
    output.write(table.text(look.width, look.coloured));
  }
}

struct Shape {
  std::vector<Column> columns{};
  std::vector<std::string> header{};
};

/// Reads the facts of all accounts, in their order, and prints them. An account whose vendor has none is
/// named, and is no failure unless all are.
int facts_of(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
             Format format, Shape shape, std::function<Read(Account const&)> const& read_of) {
  std::vector<Fact> facts;
  std::size_t answered = 0;
  std::size_t lacking = 0;
  bool configured = true;
  for (auto const* account : accounts) {
    auto client = connect(*account, context.console.log_sink(account->name, context.log_level));
    auto read = client ? read_of(*account)(**client, {.cancel = interrupts.token()})
                       : Result<std::vector<Fact>>{client.error()};
    if (client) end_session(**client, interrupts.token());
    if (interrupts.signal() != 0) return interrupted(context, interrupts);
    if (read) {
      ++answered;
      for (auto& fact : *read) facts.push_back(std::move(fact));
      continue;
    }
    lacking += read.error().code == ErrorCode::unsupported ? 1U : 0U;
    configured = configured && read.error().code != ErrorCode::configuration;
    context.console.error(read.error(), account->name);
  }
  if (answered > 0) print(context, facts, format, std::move(shape.columns), shape.header);
  auto const failed = accounts.size() - answered - lacking;
  if (answered == 0) return finish_output(context, failed == 0 || !configured ? usage : nothing);
  return finish_output(context, failed == 0 ? success : incomplete);
}

std::string joined(std::vector<std::string> const& words, std::string_view separator) {
  std::string text;
  for (auto const& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

Fact fact_of(Balance const& balance, Account const& account) {
  auto const limit = balance.credit_limit ? balance.credit_limit->text() : std::string{};
  std::string const provider{balance.provider};
  return {to_json(balance, account.name),
          {account.name, provider, balance.amount.text(), balance.unit, limit.empty() ? "-" : limit},
          {account.name, provider, balance.amount.text(), balance.unit, limit}};
}

Fact fact_of(Sender const& sender, Account const& account) {
  std::string const provider{sender.provider};
  std::string const channel{sender.channel ? to_string(*sender.channel) : std::string_view{}};
  std::string const status{to_string(sender.status.code)};
  auto const by_default = !sender.is_default ? "" : *sender.is_default ? "true" : "false";
  return {to_json(sender, account.name),
          {account.name, sender.text, channel.empty() ? "-" : channel, status, sender.id.value_or("-"),
           sender.countries.empty() ? "-" : joined(sender.countries, " "),
           sender.is_default.value_or(false) ? "yes" : "-"},
          {account.name, provider, sender.id.value_or(""), sender.text, channel, status,
           sender.status.vendor_word.value_or(""), joined(sender.countries, ";"), by_default}};
}

}  // namespace

int balance(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
            BalanceRequest const& request) {
  Shape shape{.columns = {{.title = "ACCOUNT", .least = 8},
                          {.title = "PROVIDER"},
                          {.title = "BALANCE", .right = true},
                          {.title = "UNIT"},
                          {.title = "CREDIT LIMIT", .right = true}},
              .header = {"account", "provider", "amount", "unit", "credit_limit"}};
  return facts_of(
      context, interrupts, accounts, request.format, std::move(shape), [&context](Account const& account) {
        return [&](CampaignClient& client, CallOptions const& options) -> Result<std::vector<Fact>> {
          auto const balance = client.balance(options);
          if (!balance) return balance.error();
          for (auto const& note : balance->notes) context.console.note(note, account.name);
          return std::vector<Fact>{fact_of(*balance, account)};
        };
      });
}

int senders(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
            SendersRequest const& request) {
  Shape shape{.columns = {{.title = "ACCOUNT", .least = 8},
                          {.title = "SENDER", .least = 8},
                          {.title = "CHANNEL"},
                          {.title = "STATUS"},
                          {.title = "ID", .least = 8},
                          {.title = "COUNTRIES", .least = 8},
                          {.title = "DEFAULT"}},
              .header = {"account", "provider", "id", "sender", "channel", "status", "vendor_status",
                         "countries", "is_default"}};
  return facts_of(
      context, interrupts, accounts, request.format, std::move(shape), [](Account const& account) {
        return [&](CampaignClient& client, CallOptions const& options) -> Result<std::vector<Fact>> {
          auto const senders = client.senders(options);
          if (!senders) return senders.error();
          std::vector<Fact> facts;
          for (auto const& sender : *senders) facts.push_back(fact_of(sender, account));
          return facts;
        };
      });
}

}  // namespace polycampaign::inline v1::command
