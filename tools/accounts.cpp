#include "commands.hpp"
#include "display.hpp"
#include "exit_status.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <charconv>
#include <iterator>

namespace polycampaign::inline v1::command {

namespace {

constexpr std::string_view vendors_own = "vendor's default";

/// Returns the address without a user name and password.
std::string address(Account const& account) {
  auto const* value = account.find("base_url");
  if (value == nullptr) return {};
  auto const secret = value->read();
  if (secret.empty()) return value->describe();
  auto url = std::string{secret.reveal()};
  auto const scheme = url.find("://");
  auto const start = scheme == std::string::npos ? 0 : scheme + 3;
  auto const at = url.substr(0, url.find_first_of("/?#", start)).rfind('@');
  if (at != std::string::npos && at >= start) url.replace(start, at - start, "REDACTED");
  return url.substr(0, url.find_first_of("?#"));
}

std::string decimal(double number) {
  char text[32];
  return {text, std::to_chars(std::begin(text), std::end(text), number).ptr};
}

std::string settings(Account const& account) {
  std::string text;
  for (auto const& [name, value] : account.settings) {
    if (name == "base_url") continue;
    text.append(text.empty() ? "" : ", ").append(name).append(" ").append(value.describe());
  }
  auto const add = [&](std::string_view part) { text.append(text.empty() ? "" : ", ").append(part); };
  if (account.allow_plain_http) add("allow_plain_http");
  if (account.requests_per_second) add("requests_per_second " + decimal(*account.requests_per_second));
  if (account.in_flight) add("in_flight " + std::to_string(*account.in_flight));
  return text;
}

template <class T>
nlohmann::ordered_json json_of(std::optional<T> const& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json{};
}

std::string as_json(std::vector<Account const*> const& accounts) {
  auto all = nlohmann::ordered_json::array();
  for (auto const* account : accounts) {
    auto described = nlohmann::ordered_json::object();
    for (auto const& [name, value] : account->settings)
      if (name != "base_url") described[name] = value.describe();
    auto const url = address(*account);
    all.push_back({{"account", account->name},
                   {"provider", account->provider->name},
                   {"base_url", url.empty() ? nlohmann::ordered_json{} : nlohmann::ordered_json(url)},
                   {"allow_plain_http", account->allow_plain_http},
                   {"requests_per_second", json_of(account->requests_per_second)},
                   {"in_flight", json_of(account->in_flight)},
                   {"settings", described}});
  }
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

int accounts(Context& context, std::vector<Account const*> const& accounts, Format format) {
  if (format == Format::json) {
    context.output.write(as_json(accounts));
    return finish_output(context, success);
  }
  TextTable table{{{.title = "ACCOUNT", .least = 8},
                   {.title = "PROVIDER"},
                   {.title = "BASE URL", .least = 16},
                   {.title = "SETTINGS", .least = 16}}};
  for (auto const* account : accounts) {
    auto const url = address(*account);
    table.add({{printable(account->name)},
               {std::string{account->provider->name}},
               {url.empty() ? std::string{vendors_own} : printable(url)},
               {printable(settings(*account))}});
  }
  auto const look = look_of(STDOUT_FILENO);
  context.output.write(table.text(look.width, look.coloured));
  return finish_output(context, success);
}

}  // namespace polycampaign::inline v1::command
