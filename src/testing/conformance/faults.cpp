// What goes wrong: wrong credentials, sessions that end, damaged answers, many threads, and what may be said.
#include "testing/conformance/bench.hpp"
#include "testing/conformance/told.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

void check_credentials(Bench& bench) {
  for (auto const& setting : bench.settings()) {
    if (!setting.secret) continue;
    std::string const name{setting.name};
    std::string const wrong = "wrong-" + hex_text(bench.options().seed, 24);
    auto const site = bench.site({{name, wrong}});
    if (!site) continue;
    auto const count = [&](bool session) {
      std::size_t requests = 0;
      for (auto const& one : site->traffic()) requests += site->of_session(one.request) == session ? 1 : 0;
      return requests;
    };
    auto const logs_in = site->vendor().log_in().has_value();
    auto const walk = site->walk(site->everything());
    bench.expect(walk.error && walk.error->code == ErrorCode::unauthenticated && walk.campaigns.empty() &&
                     walk.error->effect == Effect::none,
                 "`unauthenticated` for a wrong " + name, shown(walk));
    auto const tried = count(logs_in);
    bench.expect(tried == 1, "a wrong " + name + " tried once", std::to_string(tried) + " times");
    auto const detail = site->get("1");
    bench.expect(!detail, "no detail with a wrong " + name, "a success");
    if (logs_in) bench.expect(count(true) == 0, "no second log-in with a wrong " + name, "another");
  }
}

namespace {

/// Calls it in that many threads, which begin together.
template <class F>
void at_once(int threads, F const& call) {
  std::atomic<int> ready{0};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&, i] {
      ++ready;
      while (ready < threads) std::this_thread::yield();
      call(i);
    });
  for (auto& thread : all) thread.join();
}

}  // namespace

void check_sessions(Bench& bench) {
  auto const site = bench.site();
  if (!site || !site->vendor().log_in()) return;
  constexpr int threads = 16;
  auto const ids = site->simulator().campaign_ids();
  if (ids.empty()) return;
  auto const round = [&](std::string const& when) {
    std::vector<std::string> failures(threads);
    at_once(threads, [&](int i) {
      auto const detail = site->get(ids[static_cast<std::size_t>(i) % ids.size()]);
      if (!detail) failures[static_cast<std::size_t>(i)] = shown(detail);
    });
    for (auto const& failure : failures) bench.expect(failure.empty(), "sixteen answers " + when, failure);
    int granted = 0;
    for (auto const& one : site->traffic()) {
      if (!site->of_session(one.request)) continue;
      auto const log_in = site->vendor().log_in();
      granted += log_in && log_in->decode(one.response) ? 1 : 0;
    }
    bench.expect(granted == 1, "one log-in or refresh for sixteen threads " + when, std::to_string(granted));
  };
  round("at the beginning");
  site->simulator().expire_tokens();
  round("after the tokens have ended");

  if (bench.capabilities().support(Operation::revoke) == Support::unsupported) return;
  auto const closed = site->client().close();
  bench.expect(closed.has_value(), "a session that can be closed", shown(closed));
  static_cast<void>(site->traffic());
}

void check_actions(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const& vendor = site->vendor();
  auto const walk = site->walk(site->everything());
  if (!walk.campaigns.empty()) static_cast<void>(site->get(walk.campaigns.front().id));
  for (auto const& one : site->traffic()) {
    auto const session = site->of_session(one.request);
    bench.expect(one.request.action == (session ? Action::idempotent_write : Action::read),
                 session ? "log-ins declared `idempotent_write`" : "lists and details declared `read`",
                 one.request.method + ' ' + one.request.url);
    bench.expect(one.request.url.starts_with(vendor.endpoint().base_url), "requests below base_url",
                 one.request.url);
  }
  protocol::ListQuery query{.page_size = site->capabilities().default_page_size};
  auto const named = [&](protocol::Call const& call, bool authenticated) {
    bench.expect(!call.operation.empty() && call.authenticated == authenticated,
                 "a named operation that says whether it needs the session",
                 '"' + std::string{call.operation} + '"');
  };
  if (auto const page = vendor.page(query, vendor.first(query).value_or(protocol::PageKey{})))
    named(page->call, true);
  if (auto const log_in = vendor.log_in()) named(log_in->call, false);
}

namespace {

constexpr std::string_view empty_object = "an empty object";

struct Damage {
  std::string name{};
  std::function<void(HttpRequest const&, HttpResponse&)> how{};
  std::optional<ErrorCode> code{};  ///< that it must be; any error otherwise
  bool waits = false;               ///< the answer carries a Retry-After of 7 s
};

std::vector<Damage> damages() {
  auto const replaced = [](int status, std::string body, std::vector<Header> headers) {
    return [=](HttpRequest const&, HttpResponse& response) { response = {status, headers, body}; };
  };
  std::vector<Header> const html{{"Content-Type", "text/html"}};
  std::vector<Header> const json{{"Content-Type", "application/json"}};
  std::vector<Damage> all{
      {"an empty body", replaced(200, "", {}), ErrorCode::protocol},
      {"an HTML page", replaced(200, "<html><body>Maintenance</body></html>", html), ErrorCode::protocol},
      {"no content", replaced(204, "", {}), ErrorCode::protocol},
      {std::string{empty_object}, replaced(200, "{}", json)},
      {"a number", replaced(200, "42", json)},
      {"no text", replaced(200, "\xFF\xFE\x01", {}), ErrorCode::protocol},
      {"a broken server", replaced(500, "", {}), ErrorCode::unavailable},
      {"a broken proxy", replaced(502, "<html>502 Bad Gateway</html>", html), ErrorCode::unavailable},
      {"a redirect", replaced(302, "", {{"Location", "https://elsewhere.example.com/"}}),
       ErrorCode::protocol},
      {"too many requests", replaced(429, "", {{"Retry-After", "7"}}), ErrorCode::rate_limited, true},
      {"too many requests, until a date",
       replaced(
           429, "",
           {{"Date", "Fri, 02 Jan 2026 03:04:05 GMT"}, {"Retry-After", "Fri, 02 Jan 2026 03:04:12 GMT"}}),
       ErrorCode::rate_limited, true},
      // secrets come back in what a proxy shows
      {"an echo",
       [](HttpRequest const& request, HttpResponse& response) {
         response = {400, {{"Content-Type", "text/html"}}, "<html>" + request.url + ' ' + request.body};
         for (auto const& header : request.headers) response.body += ' ' + header.name + ": " + header.value;
       }},
  };
  constexpr int cuts = 16;
  for (int i = 0; i < cuts; ++i)
    all.push_back({"an answer cut at " + std::to_string(i) + '/' + std::to_string(cuts),
                   [i](HttpRequest const&, HttpResponse& response) {
                     response.body.resize(response.body.size() * static_cast<std::size_t>(i) / cuts);
                   },
                   ErrorCode::protocol});
  all.push_back({"an answer without its last byte",
                 [](HttpRequest const&, HttpResponse& response) {
                   while (!response.body.empty() && response.body.back() <= ' ') response.body.pop_back();
                   if (!response.body.empty()) response.body.pop_back();
                 },
                 ErrorCode::protocol});
  return all;
}

void check_error(Bench& bench, Damage const& damage, std::string_view operation, Error const& error,
                 bool read) {
  bench.said(error);
  auto const what = damage.name + " in answer to " + std::string{operation};
  if (damage.code)
    bench.expect(error.code == *damage.code, "`" + std::string{to_string(*damage.code)} + "` for " + what,
                 to_string(error));
  // a refused log-in is never tried again: that needs the vendor's word
  bench.expect(error.code != ErrorCode::unauthenticated, "no refused credential in " + what,
               to_string(error));
  if (damage.waits)
    bench.expect(error.retry_after == std::chrono::seconds{7}, "a wait of 7 s for " + what, to_string(error));
  bench.expect(!error.message.empty() && error.provider == bench.options().provider.name,
               "a provider and a message for " + what, to_string(error));
  if (read) bench.expect(error.effect == Effect::none, "effect none for " + what, to_string(error));
  auto const again = error.code == ErrorCode::unavailable || error.code == ErrorCode::rate_limited;
  if (damage.code && *damage.code != ErrorCode::protocol)
    bench.expect(error.transient == again, std::string{again ? "" : "not "} + "transient for " + what,
                 to_string(error));
  if (!damage.waits)
    bench.expect(!error.retry_after, "no wait that the vendor did not ask for, for " + what,
                 to_string(error));
}

/// What an answer says of the call itself: a log-in may have happened unless the vendor refused it.
void check_effects(Bench& bench, Site& site) {
  protocol::ListQuery const query{.filter = site.everything(),
                                  .page_size = site.capabilities().default_page_size};
  auto const list = site.vendor().page(query, site.vendor().first(query).value_or(protocol::PageKey{}));
  if (!bench.expect(list.has_value(), "a request for the first page", shown(list))) return;
  auto const log_in = site.vendor().log_in();
  for (int const status : {200, 400, 403, 408, 429, 500, 502, 503}) {
    auto const server = status >= 500;
    // 408: the vendor may have read some of the request
    auto const unknown = server || status == 200 || status == 408;
    auto const what = "HTTP " + std::to_string(status) + " in answer to ";
    HttpResponse const response{.status = status, .body = "<html></html>"};
    auto const page = list->decode(response);
    if (bench.expect(!page, "an error for " + what + "list", "a success"))
      bench.expect(page.error().http_status == status &&
                       page.error().transient == (server || status == 408 || status == 429),
                   "its status, and whether it may pass, for " + what + "list", to_string(page.error()));
    if (!log_in) continue;
    auto const token = log_in->decode(response);
    if (bench.expect(!token, "an error for " + what + "log_in", "a success"))
      bench.expect(token.error().effect == (unknown ? Effect::unknown : Effect::none),
                   "effect " + std::string{unknown ? "unknown" : "none"} + " for " + what + "log_in",
                   to_string(token.error()));
  }
}

}  // namespace

void check_damage(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const logs_in = site->vendor().log_in().has_value();
  auto const healthy = site->walk(site->everything());
  if (healthy.campaigns.empty()) return;
  auto const id = healthy.campaigns.front().id;
  check_effects(bench, *site);
  for (auto const& damage : damages()) {
    site->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
      if (!site->of_session(request)) damage.how(request, response);
    });
    auto const walk = site->walk(site->everything());
    if (damage.name == empty_object && bench.options().empty_object_is_a_list)
      bench.expect(!walk.error && walk.campaigns.empty(), "an empty list for " + damage.name, shown(walk));
    else if (bench.expect(walk.error && walk.campaigns.empty(), "an error for " + damage.name + " in a list",
                          shown(walk)))
      check_error(bench, damage, "list", *walk.error, true);
    auto const detail = site->get(id);
    if (bench.expect(!detail, "an error for " + damage.name + " in a detail",
                     detail ? "a campaign \"" + detail->id + '"' : ""))
      check_error(bench, damage, "get", detail.error(), true);
    if (logs_in) {
      auto const fresh = bench.site();
      if (!fresh) return;
      fresh->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
        if (fresh->of_session(request)) damage.how(request, response);
      });
      auto const refused = fresh->get(id);
      if (bench.expect(!refused, "an error for " + damage.name + " in a log-in", "a success"))
        check_error(bench, damage, "log_in", refused.error(), false);
      fresh->tap().damage({});
      auto const again = fresh->get(id);
      bench.expect(again.has_value(), "a later log-in after " + damage.name, shown(again));
      static_cast<void>(fresh->traffic());
    }
  }
  site->tap().damage({});
  static_cast<void>(site->traffic());
}

void check_threads(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const alone = site->walk(site->everything()).ids();
  constexpr int threads = 4;
  std::vector<Walk> walks(threads);
  std::vector<std::unique_ptr<CampaignClient>> clients;
  for (int i = 0; i < threads; ++i) clients.push_back(site->another_client());
  at_once(threads, [&](int i) {
    auto const n = static_cast<std::size_t>(i);
    if (clients[n]) walks[n] = site->walk(*clients[n], site->everything());
  });
  for (auto const& walk : walks)
    bench.expect(!walk.error && walk.ids() == alone, "the same list in several threads: " + shown(alone),
                 shown(walk));
  static_cast<void>(site->traffic());
}

void check_privacy(Bench& bench) {
  auto const& all = bench.everything_said();
  for (auto const& secret : bench.secrets()) {
    auto const at = all.find(secret);
    if (at == std::string::npos) continue;
    auto const begin = all.rfind('\n', at) + 1;
    bench.expect(false, "no secret in any error, log event, report or resume token",
                 all.substr(begin, std::min<std::size_t>(all.find('\n', at) - begin, 200)));
  }
  auto const simulator = bench.simulator();
  if (!simulator) return;
  constexpr std::size_t telling = 12;  // shorter texts stand in any sentence
  for (auto const& campaign : simulator->campaigns())
    bench.expect(campaign.text.size() < telling || all.find(campaign.text) == std::string::npos,
                 "no message text in any error, log event or report", campaign.text);
}

}  // namespace polycampaign::inline v1::testing::conformance
