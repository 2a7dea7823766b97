#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"
#include "engine/list_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view access = "planted-access-token-1";
constexpr std::string_view refresh_token = "planted-refresh-token-1";
constexpr std::string_view old_access = "planted-access-token-0";

/// A client whose vendor repeats every secret in whatever it says.
struct ManyStepsAdapter {
  std::string said;
  std::vector<LogEvent> events;
  std::vector<std::string> given;
  std::function<int(HttpRequest const&)> code = [](auto const&) { return 200; };
  std::shared_ptr<HandlerTransport> transport =
      std::make_shared<HandlerTransport>([this](HttpRequest const& request) -> Result<HttpResponse> {
        auto const answer = code(request);
        if (answer == 0) return Error{.code = ErrorCode::network, .message = "cannot send " + everything()};
        if (answer == 200 && request.url.ends_with("/log_in")) {
          given = {std::string{old_access}, std::string{refresh_token}};
          return ok(given[0] + " " + given[1] + " 3600");
        }
        if (answer == 200 && request.url.ends_with("/refresh")) {
          given.emplace_back(access);
          return ok(given[2] + " - 3600");
        }
        return HttpResponse{.status = answer, .body = answer == 200 ? "" : everything()};
      });
  Engine engine{{.adapter = std::make_shared<Acme>(),
                 .transport = transport,
                 .clock = std::make_shared<QuickClock>(),
                 .log = [this](LogEvent const& event) {
                   events.push_back(event);
                   said += to_string(event) + '\n' + event.url + '\n' + event.message + '\n';
                 }}};

  /// What the vendor knows: its keys, and the tokens that it has given.
  std::string everything() const {
    auto all = std::string{"key "} + std::string{acme_key} + " password " + std::string{acme_password};
    for (auto const& token : given) all += " token " + token;
    return all;
  }
  void call(Action action = Action::read) {
    auto const text = engine.run(text_exchange(action, "/text?access_token=" + std::string{access}));
    if (!text) said += to_string(text.error()) + text.error().vendor_code + '\n';
  }
};

void expect_no_secret(std::string const& said) {
  for (auto const secret : {acme_key, acme_password, access, refresh_token, old_access})
    EXPECT_EQ(said.find(secret), std::string::npos) << secret << " in\n" << said;
}

TEST(Privacy, NoSecretIsInAnyErrorOrEvent) {
  for (auto const answer : {0, 400, 401, 403, 404, 429, 500, 503}) {
    ManyStepsAdapter adapter;
    adapter.call();
    adapter.code = [code = answer](HttpRequest const& request) {
      return request.url.find("/text") != std::string::npos ? code : 200;
    };
    adapter.call();
    adapter.call(Action::sends);
    EXPECT_NE(adapter.said.find("***"), std::string::npos) << "the vendor's words are there, masked";
    expect_no_secret(adapter.said);
  }
}

TEST(Privacy, NoSecretIsInWhatALogInSays) {
  for (auto const answer : {0, 400, 401, 503}) {
    ManyStepsAdapter adapter;
    adapter.code = [&](HttpRequest const& request) {
      return request.url.ends_with("/log_in") ? answer : 200;
    };
    adapter.call();
    // the tokens cannot be known yet
    for (auto const secret : {acme_key, acme_password})
      EXPECT_EQ(adapter.said.find(secret), std::string::npos) << adapter.said;
  }
}

TEST(Privacy, HeadersAreNeverLogged) {
  ManyStepsAdapter adapter;
  adapter.call();
  EXPECT_EQ(adapter.said.find("Authorization"), std::string::npos);
  EXPECT_NE(adapter.said.find("access_token=REDACTED"), std::string::npos) << adapter.said;
}

TEST(Privacy, NoPhoneNumberIsInAVendorCode) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok("fine"); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}), .transport = transport}};
  auto exchange = text_exchange(Action::read);
  exchange.decode = [](HttpResponse const&) -> Result<std::string> {
    return Error{.code = ErrorCode::rejected, .vendor_code = "no\n+380 50 123 45 67"};
  };
  auto const refused = engine.run(exchange);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().vendor_code, "no +38* ** *** ** 67");
}

TEST(Log, TellsEveryAttemptAndTheEndOfACall) {
  ManyStepsAdapter adapter;
  int requests = 0;
  adapter.code = [&](HttpRequest const& request) {
    if (request.url.find("/text") == std::string::npos) return 200;
    return ++requests == 1 ? 503 : 200;
  };
  adapter.call();
  std::vector<std::string> short_form;
  for (auto const& event : adapter.events)
    short_form.push_back(std::string{to_string(event.level)} + ' ' + event.operation + ' ' +
                         std::to_string(event.attempt) + ' ' + std::to_string(event.http_status));
  EXPECT_EQ(short_form,
            (std::vector<std::string>{"debug log_in 1 200", "debug log_in 0 200", "warn text 1 503",
                                      "debug text 2 200", "debug text 0 200"}));
}

TEST(Log, LevelOfAFailedCallIsThatOfItsConsequence) {
  struct Row {
    int answer;
    Action action;
    LogLevel level;
  };
  for (auto const& [answer, action, level] :
       {Row{404, Action::read, LogLevel::warn}, Row{503, Action::read, LogLevel::warn},
        Row{403, Action::read, LogLevel::error}, Row{503, Action::sends, LogLevel::error}}) {
    ManyStepsAdapter adapter;
    adapter.code = [code = answer](HttpRequest const& request) {
      return request.url.find("/text") != std::string::npos ? code : 200;
    };
    adapter.call(action);
    auto const& last = adapter.events.back();
    EXPECT_EQ(last.attempt, 0);
    EXPECT_EQ(last.level, level) << answer;
    EXPECT_TRUE(last.error.has_value());
  }
}

TEST(Log, SinkThatThrowsDoesNotBreakTheCall) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok("fine"); });
  Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                 .transport = transport,
                 .log = [](LogEvent const&) { throw 1; }}};
  EXPECT_EQ(engine.run(text_exchange(Action::read)).value_or(""), "fine");
}

}  // namespace
}  // namespace polycampaign::test
