#include "commands.hpp"
#include "exit_status.hpp"
#include "simulators.hpp"
#include "terminal.hpp"

#include <unistd.h>

#include <algorithm>

namespace polycampaign::inline v1::command {

namespace {

class Stage {
 public:
  explicit Stage(Context& context) : context_{context}, coloured_{look_of(STDOUT_FILENO).coloured} {}

  void say(std::string_view text) { context_.output.write(std::string{text}.append("\n")); }
  void prompt(std::string_view arguments) {
    auto const line = std::string{"$ polycampaign "}.append(arguments);
    say(coloured_ ? "\n\x1b[1m" + line + "\x1b[0m" : "\n" + line);
    context_.output.flush();
  }

 private:
  Context& context_;
  bool coloured_;
};

Account account_of(ServedVendor const& vendor) {
  Account account{.name = std::string{vendor.provider->name}, .provider = vendor.provider};
  for (auto const& [name, value] : vendor.simulator->settings())
    account.settings.push_back({name, SettingValue::of_text(value.clone())});
  return account;
}

/// Returns an account of the same vendor with a server that cannot be reached.
Account dead_account(Account const& living) {
  Account account{.name = "dead", .provider = living.provider};
  for (auto const& [name, value] : living.settings)
    account.settings.push_back(
        {name, SettingValue::of_text(name == "base_url" ? Secret{"http://127.0.0.1:1"} : value.read())});
  return account;
}

/// Returns the id of a completed campaign, or an empty string if there is none.
std::string completed_campaign(Account const& account) {
  auto const client = connect(account, {});
  if (!client) return {};
  auto campaigns =
      (*client)
          ->list({.since = std::chrono::sys_seconds{}, .statuses = {StatusCode::completed}, .limit = 1})
          .collect();
  return campaigns && !campaigns->empty() ? campaigns->front().id : std::string{};
}

}  // namespace

int demo(Context& given, Interrupts const& interrupts) {
  // Hide the warnings of the unreachable account, which are not what the demo shows.
  Context context{given.output, given.console, given.vendors,
                  given.log_level == LogLevel::warn ? LogLevel::error : given.log_level};
  auto const served = serve_all(context.vendors, {.campaigns = 12});
  if (!served) {
    context.console.error(served.error());
    return nothing;
  }
  std::vector<Account> accounts;
  for (auto const& vendor : *served) accounts.push_back(account_of(vendor));
  accounts.push_back(dead_account(accounts.front()));
  std::vector<Account const*> all;
  all.reserve(accounts.size());
  for (auto const& account : accounts) all.push_back(&account);
  std::vector<Account const*> const living{all.begin(), all.end() - 1};

  Stage stage{context};
  auto const number = std::to_string(living.size());
  stage.say(number + " vendors, " + number +
            " APIs, one list. The vendors are simulated on this computer, over real HTTP.");
  ListRequest request{.filter = {.limit = 12}, .options = {.fetch_details = true}};
  request.filter.since = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) -
                         std::chrono::hours{24 * 365};
  stage.prompt("list --since 365d --limit 12 --details");
  int status = list(context, interrupts, living, request);

  if (status == success) {
    std::string id;
    auto const shown = std::find_if(living.begin(), living.end(), [&](Account const* account) {
      return !(id = completed_campaign(*account)).empty();
    });
    if (shown != living.end()) {
      stage.prompt("--account " + (*shown)->name + " get " + id);
      status = get(context, interrupts, **shown, {.id = id});
    }
  }
  if (status == success) {
    request.filter.limit = 1;
    request.filter.statuses = {StatusCode::completed};
    request.format = Format::ndjson;
    stage.prompt("list --since 365d --limit 1 --details --status completed -o ndjson");
    status = list(context, interrupts, living, request);
  }
  if (status != success) return status;

  stage.say(
      "\nOne unreachable account does not hide the others. The error goes to standard error, and the exit "
      "status is 1.");
  request.filter.limit = 4;
  request.format = Format::table;
  stage.prompt("list --since 365d --limit 4 --details --status completed");
  status = list(context, interrupts, all, request);
  if (interrupts.signal() != 0 || context.output.problem() != 0) return status;

  stage.say(
      "\nNext: `polycampaign simulate` keeps these vendors running and prints an accounts.toml for them;");
  stage.say(
      "`polycampaign capabilities` shows what each vendor can report, and `polycampaign --help` lists "
      "everything else.");
  return finish_output(context, success);
}

}  // namespace polycampaign::inline v1::command
