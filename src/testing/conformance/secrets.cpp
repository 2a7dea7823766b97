// Credentials: declared as secrets and fit for a request. Like phone numbers, they never appear in the error
// that a vendor's refusal becomes.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/ids.hpp"
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::string_view phone = "41791234567";
constexpr std::string_view spelled_phone = "+41 79 123 45 67";

}  // namespace

bool fit(HttpRequest const& request) {
  auto const printable = [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7F'; };
  return std::ranges::all_of(request.url, printable) &&
         std::ranges::all_of(request.headers, [&](Header const& header) {
           return std::ranges::all_of(header.name, printable) && std::ranges::all_of(header.value, printable);
         });
}

namespace {

void expect_fit(Workbench& workbench, Site& site, std::string const& with) {
  static_cast<void>(site.read_list(site.everything()));
  static_cast<void>(site.get("1"));
  // what the engine would send, whether or not the transport accepts it
  HttpRequest request;
  if (!site.adapter().log_in()) site.adapter().sign(request, nullptr);
  auto all = site.traffic();
  all.push_back({request, {}});
  for (auto const& one : all)
    workbench.expect(fit(one.request), "no control character in a header or URL with " + with,
                     one.request.url);
}

void try_unfit_secrets(Workbench& workbench) {
  for (auto const& setting : workbench.settings()) {
    if (!setting.secret) continue;
    std::string const name{setting.name};
    for (auto const* const odd :
         {"key\r\nX-Planted: 1", "key\nplanted", "key\x01planted", "key\x7Fplanted"}) {
      auto const simulator = workbench.simulator(1);
      if (!simulator) return;
      auto account = workbench.good_settings(*simulator);
      account.insert_or_assign(name, Secret{odd});
      auto const adapter = workbench.options().provider.make_adapter(std::move(account));
      if (!adapter) {
        workbench.said(adapter.error());
        workbench.expect(adapter.error().code == ErrorCode::configuration &&
                             adapter.error().message.find(name) != std::string::npos,
                         "`configuration` for a malformed " + name + " and a message that names the setting",
                         to_string(adapter.error()));
        continue;
      }
      if (auto const site = workbench.site({{name, odd}}, 1))
        expect_fit(workbench, *site, "a malformed " + name);
    }
  }
}

/// Tries a token with a line break, which must not reach a header.
void try_unfit_tokens(Workbench& workbench) {
  auto const site = workbench.site({}, 1);
  if (!site || !site->adapter().log_in()) return;
  site->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    if (!site->of_session(request)) return;
    if (auto const answer = Answer::parse(response.body))
      response.body = answer->with_all_texts("token\r\nX-Planted: 1");
  });
  auto const detail = site->get("1");
  workbench.expect(!detail, "no detail with a malformed token", "a success");
  for (auto const& one : site->tap().take())
    workbench.expect(fit(one.request), "no control character in a header or URL with a malformed token",
                     one.request.url);
}

/// Expects an error that quotes neither personal data nor the whole refusal.
void expect_discreet(Workbench& workbench, Error const& error, std::string const& what) {
  workbench.said(error);
  std::string digits;
  for (char const c : to_string(error))
    if (c >= '0' && c <= '9') digits += c;
  workbench.expect(digits.find(phone) == std::string::npos, "no phone number in the error for " + what,
                   error.message);
  workbench.expect(to_string(error).size() < 2000, "a message of a few hundred characters for " + what,
                   std::to_string(error.message.size()) + " characters");
  workbench.expect(
      std::ranges::none_of(error.message,
                           [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }),
      "no control character in the error for " + what, error.message);
}

void try_refusals(Workbench& workbench) {
  auto const site = workbench.site({}, 2);
  if (!site) return;
  auto const ids = site->simulator().campaign_ids();
  if (ids.empty()) return;
  for (auto const& one : workbench.settings()) {
    if (!one.secret) continue;
    auto const account = workbench.good_settings(site->simulator());
    auto const key = account.find(one.name);
    if (key == account.end()) continue;
    std::string const words = "no: " + std::string{phone} + ' ' + std::string{spelled_phone} + ' ' +
                              std::string{key->second.reveal()} + " \x1B[31m\r\n" + std::string(5000, 'x');
    for (auto const whole : {false, true}) {
      site->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
        if (site->of_session(request)) return;
        auto const answer = Answer::parse(response.body);
        if (whole || !answer)
          response = {400, {{"Content-Type", "text/plain"}}, words};
        else
          response.body = answer->with_all_texts(words);
      });
      // the vendor's own refusal of an unknown id, with other words in it
      auto const missing = site->get(ids.front() + "0");
      if (workbench.expect(!missing, "an error for a refusal with other words", "a success"))
        expect_discreet(workbench, missing.error(), "a refusal");
      auto const read_list = site->read_list(site->everything());
      if (read_list.error) expect_discreet(workbench, *read_list.error, "a refused list");
    }
    site->tap().damage({});
  }
  static_cast<void>(site->traffic());
}

}  // namespace

void check_secrets(Workbench& workbench) {
  auto const site = workbench.site({}, 1);
  if (!site) return;
  auto const account = workbench.good_settings(site->simulator());
  auto const secrets = site->adapter().secrets();
  for (auto const& setting : workbench.settings()) {
    if (!setting.secret) continue;
    auto const value = account.find(setting.name);
    if (value != account.end())
      workbench.expect(std::ranges::find(secrets, value->second.reveal()) != secrets.end(),
                       std::string{setting.name} + " in Adapter::secrets()",
                       std::to_string(secrets.size()) + " other secrets");
  }
  try_unfit_secrets(workbench);
  try_unfit_tokens(workbench);
  try_refusals(workbench);
}

}  // namespace polycampaign::inline v1::testing::conformance
