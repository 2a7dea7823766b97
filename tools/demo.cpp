#include "commands.hpp"
#include "exit_status.hpp"
#include "simulators.hpp"
#include "terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

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

std::set<std::string> campaigns_of(CampaignClient& client) {
  std::set<std::string> ids;
  for (auto& campaign :
       client.list({.since = std::chrono::sys_seconds{}}).collect().value_or(std::vector<Campaign>{}))
    ids.insert(std::move(campaign.id));
  return ids;
}

/// Returns a sender that the account may use, or an empty string.
std::string usable_sender(CampaignClient& client) {
  for (auto& sender : client.senders().value_or(std::vector<Sender>{}))
    if (sender.status.code == SenderStatusCode::active && sender.channel == Channel::sms)
      return std::move(sender.text);
  return {};
}

bool sends_and_cancels(Account const* account) {
  auto const& vendor = account->provider->capabilities();
  auto const native = [&](Operation operation) { return vendor.support(operation) == Support::native; };
  return native(CreateCampaign::operation) && native(EstimateCampaign::operation) &&
         native(CancelCampaign::operation) && native(GetSenders::operation) &&
         vendor.campaigns.support(Feature::to_numbers) == Support::native &&
         vendor.campaigns.support(Feature::schedule) == Support::native;
}

/// Plans, creates, follows and cancels a campaign.
int show_sending(Context& context, Interrupts const& interrupts, Account const& account, Stage& stage) {
  auto const client = connect(account, {});
  if (!client) return success;
  auto const sender = usable_sender(**client);
  if (sender.empty()) return success;
  auto const before = campaigns_of(**client);

  CreateRequest request;
  auto& campaign = request.words.campaign;
  campaign.sender = sender;
  campaign.text = "Hello!";
  for (auto const* number : {"+380501234567", "+380501234568"})
    campaign.recipients.push_back({.number = number});
  campaign.start_at =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::hours{2};
  auto const words = "--account " + account.name + " create --sender " + sender +
                     " --text Hello! --to +380501234567 +380501234568 --at +2h ";

  stage.say(
      "\nSending costs money, so a campaign is checked and counted first, and its price is asked for. "
      "Nothing "
      "is sent.");
  stage.prompt(words + "--dry-run");
  request.dry_run = true;
  auto status = create(context, interrupts, account, request);
  if (status != success) return status;
  stage.prompt(words + "--yes");
  request.dry_run = false;
  request.yes = true;
  status = create(context, interrupts, account, request);
  if (status != success) return status;

  std::string created;
  for (auto const& id : campaigns_of(**client))
    if (!before.contains(id)) created = id;
  stage.prompt("--account " + account.name + " list --since 5m");
  ListRequest recent;
  recent.filter.since =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - std::chrono::minutes{5};
  status = list(context, interrupts, {&account}, recent);
  if (status != success) return status;
  stage.prompt("--account " + account.name + " cancel " + created);
  return cancel(context, interrupts, account, {.id = created});
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
  if (status == success) {
    auto const shown = std::find_if(living.begin(), living.end(), sends_and_cancels);
    if (shown != living.end()) status = show_sending(context, interrupts, **shown, stage);
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
      "`polycampaign capabilities` shows what each vendor can do and report, and `polycampaign --help` lists "
      "everything else.");
  return finish_output(context, success);
}

}  // namespace polycampaign::inline v1::command
