// Failures: wrong credentials, sessions that end, damaged responses, many threads, and what messages may
// reveal.
#include "testing/conformance/truth.hpp"
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

void check_credentials(Workbench& workbench) {
  for (auto const& setting : workbench.settings()) {
    if (!setting.secret) continue;
    std::string const name{setting.name};
    std::string const wrong = "wrong-" + hex_text(workbench.options().seed, 24);
    auto const site = workbench.site({{name, wrong}});
    if (!site) continue;
    auto const count = [&](bool session) {
      std::size_t requests = 0;
      for (auto const& one : site->traffic()) requests += site->of_session(one.request) == session ? 1 : 0;
      return requests;
    };
    auto const logs_in = site->adapter().log_in().has_value();
    auto const read_list = site->read_list(site->everything());
    workbench.expect(read_list.error && read_list.error->code == ErrorCode::unauthenticated &&
                         read_list.campaigns.empty() && read_list.error->effect == Effect::none,
                     "`unauthenticated` for a wrong " + name, shown(read_list));
    auto const tried = count(logs_in);
    workbench.expect(tried == 1, "a wrong " + name + " to be tried once", std::to_string(tried) + " times");
    auto const detail = site->get("1");
    workbench.expect(!detail, "no detail with a wrong " + name, "a success");
    if (logs_in) workbench.expect(count(true) == 0, "no second login with a wrong " + name, "another login");
  }
}

namespace {

/// Calls `call` in that many threads, which all begin together.
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

void check_sessions(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site || !site->adapter().log_in()) return;
  constexpr int threads = 16;
  auto const ids = site->simulator().campaign_ids();
  if (ids.empty()) return;
  auto const round = [&](std::string const& when) {
    std::vector<std::string> failures(threads);
    at_once(threads, [&](int i) {
      auto const detail = site->get(ids[static_cast<std::size_t>(i) % ids.size()]);
      if (!detail) failures[static_cast<std::size_t>(i)] = shown(detail);
    });
    for (auto const& failure : failures)
      workbench.expect(failure.empty(), "sixteen responses " + when, failure);
    int granted = 0;
    for (auto const& one : site->traffic()) {
      if (!site->of_session(one.request)) continue;
      auto const log_in = site->adapter().log_in();
      granted += log_in && log_in->decode(one.response) ? 1 : 0;
    }
    workbench.expect(granted == 1, "one login or refresh for sixteen threads " + when,
                     std::to_string(granted));
  };
  round("at the start");
  site->simulator().expire_tokens();
  round("after the tokens expired");

  if (workbench.capabilities().support(EndSession::operation) == Support::unsupported) return;
  auto const closed = site->client().close();
  workbench.expect(closed.has_value(), "a session that can be closed", shown(closed));
  static_cast<void>(site->traffic());
}

void check_actions(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const& adapter = site->adapter();
  auto const read_list = site->read_list(site->everything());
  // The engine refuses a request whose declared action does more than its operation.
  auto const refused = [&](Error const& error) {
    workbench.expect(error.code != ErrorCode::configuration, "lists and details to be declared `read`",
                     to_string(error));
  };
  if (read_list.error) refused(*read_list.error);
  if (!read_list.campaigns.empty())
    if (auto const got = site->get(read_list.campaigns.front().id); !got) refused(got.error());
  for (auto const& one : site->traffic()) {
    auto const session = site->of_session(one.request);
    workbench.expect(
        one.request.action == (session ? Action::idempotent_write : Action::read),
        session ? "logins to be declared `idempotent_write`" : "lists and details to be declared `read`",
        one.request.method + ' ' + one.request.url);
    workbench.expect(one.request.url.starts_with(adapter.endpoint().base_url), "requests below base_url",
                     one.request.url);
  }
  protocol::ListQuery query{.page_size = site->capabilities().default_page_size};
  auto const named = [&](protocol::Call const& call, bool authenticated) {
    workbench.expect(!call.operation.empty() && call.authenticated == authenticated,
                     "a call with an operation name and the right value of `authenticated`",
                     '"' + std::string{call.operation} + '"');
  };
  auto const list = adapter.list(ListCampaigns{}, query);
  if (list)
    if (auto const page = list->page(list->first)) named(page->call, true);
  if (auto const log_in = adapter.log_in()) named(log_in->call, false);
}

namespace {

constexpr std::string_view empty_object = "an empty object";

struct Damage {
  std::string name{};
  std::function<void(HttpRequest const&, HttpResponse&)> how{};
  std::optional<ErrorCode> code{};  ///< the code that is required; without it, any error will do
  bool waits = false;               ///< the response has a Retry-After of 7 s
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
      {"a body that is not text", replaced(200, "\xFF\xFE\x01", {}), ErrorCode::protocol},
      {"a server error", replaced(500, "", {}), ErrorCode::unavailable},
      {"a proxy error", replaced(502, "<html>502 Bad Gateway</html>", html), ErrorCode::unavailable},
      {"a redirect", replaced(302, "", {{"Location", "https://elsewhere.example.com/"}}),
       ErrorCode::protocol},
      {"too many requests", replaced(429, "", {{"Retry-After", "7"}}), ErrorCode::rate_limited, true},
      {"too many requests with a date as Retry-After",
       replaced(
           429, "",
           {{"Date", "Fri, 02 Jan 2026 03:04:05 GMT"}, {"Retry-After", "Fri, 02 Jan 2026 03:04:12 GMT"}}),
       ErrorCode::rate_limited, true},
      // A proxy's page can show the request, and with it the secrets.
      {"a response that echoes the request",
       [](HttpRequest const& request, HttpResponse& response) {
         response = {400, {{"Content-Type", "text/html"}}, "<html>" + request.url + ' ' + request.body};
         for (auto const& header : request.headers) response.body += ' ' + header.name + ": " + header.value;
       }},
  };
  constexpr int cuts = 16;
  for (int i = 0; i < cuts; ++i)
    all.push_back({"a response cut at " + std::to_string(i) + '/' + std::to_string(cuts),
                   [i](HttpRequest const&, HttpResponse& response) {
                     response.body.resize(response.body.size() * static_cast<std::size_t>(i) / cuts);
                   },
                   ErrorCode::protocol});
  all.push_back({"a response without its last byte",
                 [](HttpRequest const&, HttpResponse& response) {
                   while (!response.body.empty() && response.body.back() <= ' ') response.body.pop_back();
                   if (!response.body.empty()) response.body.pop_back();
                 },
                 ErrorCode::protocol});
  return all;
}

void check_error(Workbench& workbench, Damage const& damage, std::string_view operation, Error const& error,
                 bool read) {
  workbench.said(error);
  auto const what = damage.name + " as the response to " + std::string{operation};
  if (damage.code)
    workbench.expect(error.code == *damage.code, "`" + std::string{to_string(*damage.code)} + "` for " + what,
                     to_string(error));
  // The client never tries a rejected login again, so only the vendor's own word may give `unauthenticated`.
  workbench.expect(error.code != ErrorCode::unauthenticated,
                   "an error other than `unauthenticated` for " + what, to_string(error));
  if (damage.waits)
    workbench.expect(error.retry_after == std::chrono::seconds{7}, "a retry_after of 7 s for " + what,
                     to_string(error));
  workbench.expect(!error.message.empty() && error.provider == workbench.options().provider.name,
                   "a provider and a message for " + what, to_string(error));
  if (read) workbench.expect(error.effect == Effect::none, "effect `none` for " + what, to_string(error));
  auto const again = error.code == ErrorCode::unavailable || error.code == ErrorCode::rate_limited;
  if (damage.code && *damage.code != ErrorCode::protocol)
    workbench.expect(error.transient == again, std::string{again ? "" : "not "} + "transient for " + what,
                     to_string(error));
  if (!damage.waits)
    workbench.expect(!error.retry_after, "no retry_after, since the vendor sent none, for " + what,
                     to_string(error));
}

/// Checks what a response says about the call itself: a login may have happened unless the vendor rejected
/// it.
void check_effects(Workbench& workbench, Site& site) {
  auto const listing = site.adapter().list(ListCampaigns{site.everything()},
                                           {.page_size = site.capabilities().default_page_size});
  if (!workbench.expect(listing.has_value(), "a list of all campaigns", shown(listing))) return;
  auto const list = listing->page(listing->first);
  if (!workbench.expect(list.has_value(), "a request for the first page", shown(list))) return;
  auto const log_in = site.adapter().log_in();
  for (int const status : {200, 400, 403, 408, 429, 500, 502, 503}) {
    auto const server = status >= 500;
    // 408: the vendor may have read a part of the request
    auto const unknown = server || status == 200 || status == 408;
    auto const what = "HTTP " + std::to_string(status) + " as the response to ";
    HttpResponse const response{.status = status, .body = "<html></html>"};
    auto const page = list->decode(response);
    if (workbench.expect(!page, "an error for " + what + "list", "a success"))
      workbench.expect(page.error().http_status == status &&
                           page.error().transient == (server || status == 408 || status == 429),
                       "the right http_status and transient for " + what + "list", to_string(page.error()));
    if (!log_in) continue;
    auto const token = log_in->decode(response);
    if (workbench.expect(!token, "an error for " + what + "log_in", "a success"))
      workbench.expect(token.error().effect == (unknown ? Effect::unknown : Effect::none),
                       "effect " + std::string{unknown ? "unknown" : "none"} + " for " + what + "log_in",
                       to_string(token.error()));
  }
}

}  // namespace

void check_damage(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const logs_in = site->adapter().log_in().has_value();
  auto const healthy = site->read_list(site->everything());
  if (healthy.campaigns.empty()) return;
  auto const id = healthy.campaigns.front().id;
  check_effects(workbench, *site);
  for (auto const& damage : damages()) {
    site->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
      if (!site->of_session(request)) damage.how(request, response);
    });
    auto const read_list = site->read_list(site->everything());
    if (damage.name == empty_object && workbench.options().empty_object_is_a_list)
      workbench.expect(!read_list.error && read_list.campaigns.empty(), "an empty list for " + damage.name,
                       shown(read_list));
    else if (workbench.expect(read_list.error && read_list.campaigns.empty(),
                              "an error for " + damage.name + " in a list", shown(read_list)))
      check_error(workbench, damage, "list", *read_list.error, true);
    auto const detail = site->get(id);
    if (workbench.expect(!detail, "an error for " + damage.name + " in a detail",
                         detail ? "a campaign \"" + detail->id + '"' : ""))
      check_error(workbench, damage, "get", detail.error(), true);
    if (logs_in) {
      auto const fresh = workbench.site();
      if (!fresh) return;
      fresh->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
        if (fresh->of_session(request)) damage.how(request, response);
      });
      auto const refused = fresh->get(id);
      if (workbench.expect(!refused, "an error for " + damage.name + " in a login", "a success"))
        check_error(workbench, damage, "log_in", refused.error(), false);
      fresh->tap().damage({});
      auto const again = fresh->get(id);
      workbench.expect(again.has_value(), "a later login after " + damage.name, shown(again));
      static_cast<void>(fresh->traffic());
    }
  }
  site->tap().damage({});
  static_cast<void>(site->traffic());
}

void check_threads(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const alone = site->read_list(site->everything()).ids();
  constexpr int threads = 4;
  std::vector<ReadList> read_lists(threads);
  std::vector<std::unique_ptr<CampaignClient>> clients;
  for (int i = 0; i < threads; ++i) clients.push_back(site->another_client());
  at_once(threads, [&](int i) {
    auto const n = static_cast<std::size_t>(i);
    if (clients[n]) read_lists[n] = site->read_list(*clients[n], site->everything());
  });
  for (auto const& read_list : read_lists)
    workbench.expect(!read_list.error && read_list.ids() == alone,
                     "the same list on several threads: " + shown(alone), shown(read_list));
  static_cast<void>(site->traffic());
}

void check_privacy(Workbench& workbench) {
  auto const& all = workbench.everything_said();
  for (auto const& secret : workbench.secrets()) {
    auto const at = all.find(secret);
    if (at == std::string::npos) continue;
    auto const begin = all.rfind('\n', at) + 1;
    workbench.expect(false, "no secret in any error, log event, report or resume token",
                     all.substr(begin, std::min<std::size_t>(all.find('\n', at) - begin, 200)));
  }
  for (auto const& personal : workbench.personal_data())
    workbench.expect(all.find(personal) == std::string::npos,
                     "no message text and no phone number in any error, note or log event", personal);
  auto const simulator = workbench.simulator();
  if (!simulator) return;
  constexpr std::size_t telling = 12;  // a shorter text can occur in any sentence
  for (auto const& campaign : simulator->campaigns())
    workbench.expect(campaign.text.size() < telling || all.find(campaign.text) == std::string::npos,
                     "no message text in any error, log event or report", campaign.text);
}

}  // namespace polycampaign::inline v1::testing::conformance
