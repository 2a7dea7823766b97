#include "account.hpp"

#include "moment.hpp"
#include "text/nearest.hpp"

#include <algorithm>
#include <cmath>

namespace polycampaign::inline v1::command {

namespace {

bool takes(Provider const& provider, std::string_view setting) {
  auto const settings = provider.settings();
  return std::any_of(settings.begin(), settings.end(), [&](Setting const& s) { return s.name == setting; });
}

Error misconfigured(Account const& account, std::string_view setting, std::string_view problem) {
  return {.code = ErrorCode::configuration,
          .provider = std::string{account.provider->name},
          .message = std::string{setting}.append(": ").append(problem)};
}

/// Adds the source of the setting that the error begins with, unless the error already names it.
Error with_source(Account const& account, Error error) {
  for (auto const& [name, value] : account.settings) {
    if (!error.message.starts_with(name)) continue;
    auto const behind = std::string_view{error.message}.substr(name.size(), 1);
    if (behind != ":" && behind != " ") continue;
    auto const source = value.read().source();
    if (error.message.find(source) == std::string::npos) error.message += " (from " + source + ")";
    break;
  }
  return error;
}

/// The command's own keys, in the order in which they are suggested.
constexpr std::string_view commands_own[] = {"provider", "allow_plain_http",  "timeout",
                                             "ca_file",  "pinned_public_key", "requests_per_second",
                                             "in_flight"};

Result<std::unique_ptr<CampaignClient>> connected(Account const& account, LogSink log) {
  ClientOptions options{.pacing = {.in_flight = account.in_flight},
                        .allow_plain_http = account.allow_plain_http,
                        .log = std::move(log)};
  if (account.requests_per_second) options.pacing.rate = rate_of(*account.requests_per_second);
  Settings settings;
  for (auto const& [name, value] : account.settings) {
    auto text = value.read();
    if (text.empty() && !text.problem().empty()) return misconfigured(account, name, text.problem());
    if (name == "timeout") {
      auto const timeout = parse_duration(text.reveal());
      if (!timeout) return misconfigured(account, name, timeout.error().message);
      options.timeout = *timeout;
      options.connect_timeout = std::min(options.connect_timeout, *timeout);
    } else if (name == "ca_file") {
      options.ca_file = text.reveal();
    } else if (name == "pinned_public_key") {
      options.pinned_public_key = text.reveal();
    } else if (takes(*account.provider, name)) {
      settings.insert_or_assign(name, std::move(text));
    }
    // Any other key is a common setting without meaning for this provider. For example, a PBX only uses Unix
    // times, so it needs no time zone.
  }
  return make_client(account.provider->make_adapter(std::move(settings)), std::move(options));
}

}  // namespace

std::vector<std::string_view> account_keys() {
  std::vector<std::string_view> keys{std::begin(commands_own), std::end(commands_own)};
  // Most vendors have these settings. Accounts of the other vendors may also contain them.
  keys.insert(keys.end(), {"base_url", "time_zone"});
  return keys;
}

bool is_commands_own(std::string_view key) noexcept {
  return std::find(std::begin(commands_own), std::end(commands_own), key) != std::end(commands_own);
}

SettingValue SettingValue::of_text(Secret text) {
  return {Origin::text, std::move(text), {}};
}
SettingValue SettingValue::of_env(std::string variable) {
  return {Origin::env, Secret{}, std::move(variable)};
}
SettingValue SettingValue::of_file(std::string path) {
  return {Origin::file, Secret{}, std::move(path)};
}

Secret SettingValue::read() const {
  switch (origin_) {
    case Origin::env: return Secret::from_env(name_);
    case Origin::file: return Secret::from_file(name_);
    case Origin::text: break;
  }
  return text_.clone();
}

std::string SettingValue::describe() const {
  bool const missing = read().empty();
  switch (origin_) {
    case Origin::env: return "env " + name_ + (missing ? " (not set)" : " (set)");
    case Origin::file: return "file " + name_ + (missing ? " (empty or unreadable)" : " (readable)");
    case Origin::text: break;
  }
  return missing ? "empty" : "set";
}

SettingValue const* Account::find(std::string_view setting) const noexcept {
  auto const found = std::find_if(settings.begin(), settings.end(),
                                  [&](AccountSetting const& s) { return s.name == setting; });
  return found == settings.end() ? nullptr : &found->value;
}

RequestRate rate_of(double requests_per_second) noexcept {
  if (requests_per_second == std::floor(requests_per_second))
    return {.requests = static_cast<int>(requests_per_second)};
  // With periods of at least a tenth of a second, rounding up to milliseconds costs at most one percent.
  auto const requests = std::max(1.0, std::ceil(requests_per_second / 10));
  auto const period = std::ceil(requests * 1000 / requests_per_second);
  return {.requests = static_cast<int>(requests),
          .period = std::chrono::milliseconds{static_cast<std::int64_t>(period)}};
}

Result<std::unique_ptr<CampaignClient>> connect(Account const& account, LogSink log) {
  auto client = connected(account, std::move(log));
  if (!client && client.error().code == ErrorCode::configuration)
    return with_source(account, std::move(client).error());
  return client;
}

Result<std::vector<Account const*>> choose(std::vector<Account> const& accounts,
                                           std::vector<std::string> const& names) {
  for (auto const& name : names) {
    if (std::any_of(accounts.begin(), accounts.end(), [&](Account const& a) { return a.name == name; }))
      continue;
    std::vector<std::string_view> known;
    known.reserve(accounts.size());
    for (auto const& account : accounts) known.push_back(account.name);
    return Error{.code = ErrorCode::invalid_argument, .message = text::unknown_word("account", name, known)};
  }
  std::vector<Account const*> chosen;
  for (auto const& account : accounts)
    if (names.empty() || std::find(names.begin(), names.end(), account.name) != names.end())
      chosen.push_back(&account);
  return chosen;
}

}  // namespace polycampaign::inline v1::command
