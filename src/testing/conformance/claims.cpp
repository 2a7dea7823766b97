// What the adapter declares: capabilities and settings.
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

template <class Row, class Key>
void check_table(Workbench& workbench, std::span<Row const> rows, Key Row::*key) {
  std::set<std::string> seen;
  for (auto const& row : rows) {
    std::string const name{to_string(row.*key)};
    workbench.expect(seen.insert(name).second, "one row per table entry", name + " appears twice");
    workbench.expect(!row.evidence.empty(), "evidence for every claim", "none for " + name);
  }
}

void check_claim(Workbench& workbench, Operation operation, bool done) {
  auto const claimed = workbench.capabilities().support(operation) != Support::unsupported;
  workbench.expect(
      claimed == done,
      std::string{to_string(operation)} + " to be claimed exactly when the adapter implements it",
      claimed ? "claimed, but not implemented" : "implemented, but not claimed");
}

// Never sent: each of these accounts is refused before any request.
constexpr std::string_view planted = "planted-1f0c9b";

}  // namespace

void check_capabilities(Workbench& workbench) {
  auto const& provider = workbench.options().provider;
  auto const& c = workbench.capabilities();
  workbench.expect(!provider.name.empty() && c.provider == provider.name,
                   "the name of the provider in Capabilities::provider", std::string{c.provider});
  workbench.expect(workbench.options().simulator.name == provider.name,
                   "a simulator with the name of the provider",
                   std::string{workbench.options().simulator.name});
  workbench.expect(!c.display_name.empty(), "a display_name", "none");
  workbench.expect(1 <= c.min_page_size && c.min_page_size <= c.default_page_size &&
                       c.default_page_size <= c.max_page_size,
                   "1 <= min_page_size <= default_page_size <= max_page_size",
                   std::to_string(c.min_page_size) + ", " + std::to_string(c.default_page_size) + ", " +
                       std::to_string(c.max_page_size));
  workbench.expect(1 <= c.default_prefetch && c.default_prefetch <= 16, "default_prefetch from 1 to 16",
                   std::to_string(c.default_prefetch));
  workbench.expect(!c.window_days || *c.window_days > 0, "window_days greater than 0, or absent",
                   "0 or less");
  workbench.expect(!c.limits_evidence.empty(), "limits_evidence", "none");
  for (auto const& sentence : c.limitations)
    workbench.expect(!sentence.empty(), "limitations that are not empty", "an empty limitation");
  check_table(workbench, c.operations, &OperationSupport::operation);
  check_table(workbench, c.filters, &FilterSupport::filter);
  check_table(workbench, c.fields, &FieldSupport::field);

  static constexpr std::pair<std::string_view, Field> times[] = {{"created_at", Field::created_at},
                                                                 {"scheduled_at", Field::scheduled_at},
                                                                 {"started_at", Field::started_at}};
  auto const* const time =
      std::ranges::find(times, c.time_member, &std::pair<std::string_view, Field>::first);
  if (workbench.expect(time != std::end(times), "created_at, scheduled_at or started_at as time_member",
                       '"' + std::string{c.time_member} + '"'))
    workbench.expect(c.in_list(time->second) != Support::unsupported, "a time_member that lists contain",
                     std::string{c.time_member});

  auto const site = workbench.site();
  if (!site) return;
  workbench.expect(site->capabilities().provider == provider.name,
                   "the name of the provider in the adapter's capabilities",
                   std::string{site->capabilities().provider});
  auto const is_of_session = [](Operation operation) {
    return operation == LogIn::operation || operation == RefreshSession::operation ||
           operation == EndSession::operation;
  };
  for (auto const operation : all_operations())
    if (!is_of_session(operation)) check_claim(workbench, operation, site->adapter().has(operation));
  auto const log_in = site->adapter().log_in();
  check_claim(workbench, LogIn::operation, log_in.has_value());
  if (!log_in) return;
  auto request = log_in->call.request;
  site->adapter().sign(request, nullptr);
  auto const token = log_in->decode(site->simulator().handle(request));
  if (!workbench.expect(token.has_value(), "a login response that the adapter can decode", shown(token)))
    return;
  check_claim(workbench, RefreshSession::operation, site->adapter().refresh(*token).has_value());
  check_claim(workbench, EndSession::operation, site->adapter().revoke(*token).has_value());
}

void check_settings(Workbench& workbench) {
  auto const simulator = workbench.simulator();
  if (!simulator) return;
  auto const& provider = workbench.options().provider;
  auto const refused = [&](Settings settings, std::string_view name, std::string_view why) {
    auto const adapter = provider.make_adapter(std::move(settings));
    auto const what = "the setting " + std::string{name} + " (" + std::string{why} +
                      ") to be refused with `configuration` and a message that names the setting";
    if (!workbench.expect(!adapter, what, "a success")) return std::string{};
    auto const& error = adapter.error();
    workbench.said(error);
    workbench.expect(error.code == ErrorCode::configuration &&
                         error.message.find(name) != std::string::npos && error.provider == provider.name,
                     what, to_string(error));
    workbench.expect(error.message.find(planted) == std::string::npos,
                     "a message that does not quote the value", error.message);
    return error.message;
  };

  std::set<std::string_view> names;
  for (auto const& setting : workbench.settings()) {
    std::string const name{setting.name};
    workbench.expect(!name.empty() && names.insert(setting.name).second, "settings with distinct names",
                     name);
    workbench.expect(!setting.summary.empty(), "a summary for every setting", "none for " + name);
    auto account = workbench.good_settings(*simulator);
    account.insert_or_assign(name, Secret{});
    refused(std::move(account), name, "empty");
    if (setting.required) {
      account = workbench.good_settings(*simulator);
      account.erase(name);
      refused(std::move(account), name, "missing");
    }
    auto const variable = "POLYCAMPAIGN_CONFORMANCE_IS_NEVER_SET";
    account = workbench.good_settings(*simulator);
    account.insert_or_assign(name, Secret::from_env(variable));
    auto const message = refused(std::move(account), name, "from an environment variable that is not set");
    workbench.expect(message.empty() || message.find(variable) != std::string::npos,
                     "Secret::problem() in the message", message);
  }
  for (auto const& [name, value] : simulator->settings())
    workbench.expect(names.contains(name), "a setting of the adapter for every setting of the simulator",
                     name);

  auto account = workbench.good_settings(*simulator);
  account.insert_or_assign("no_such_setting", Secret{std::string{planted}});
  refused(std::move(account), "no_such_setting", "unknown");
  if (names.contains("base_url")) {
    for (auto const* const url :
         {"ftp://planted-1f0c9b.example.com", "https://user:planted-1f0c9b@example.com", "planted-1f0c9b",
          "https://example.com/?key=planted-1f0c9b", "https://example.com/#planted-1f0c9b"}) {
      account = workbench.good_settings(*simulator);
      account.insert_or_assign("base_url", Secret{url});
      refused(std::move(account), "base_url", "malformed");
    }
  }
  if (names.contains("time_zone")) {
    account = workbench.good_settings(*simulator);
    account.insert_or_assign("time_zone", Secret{"Nowhere/At_All"});
    refused(std::move(account), "time_zone", "not an IANA name");
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
