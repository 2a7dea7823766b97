#include "polycampaign/testing/scripted_transport.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using polycampaign::testing::ScriptedTransport;

HttpRequest get(std::string url) {
  return {.url = std::move(url), .action = Action::read};
}

TEST(ScriptedTransport, AnswersInOrderAndRemembersWhatItWasAsked) {
  ScriptedTransport transport;
  transport.respond(200, "one", {{"X-A", "b"}}).respond(503, "two");
  EXPECT_EQ(transport.pending(), 2U);
  auto const first = transport.send({.method = "POST",
                                     .url = "https://h/log-in",
                                     .headers = {{"Authorization", "Bearer abc"}},
                                     .body = "{}",
                                     .action = Action::idempotent_write});
  auto const second = transport.send(get("https://h/b"));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "one");
  EXPECT_EQ(*first->header("x-a"), "b");
  EXPECT_EQ(second->status, 503);
  EXPECT_EQ(second->body, "two");
  EXPECT_EQ(transport.pending(), 0U);
  auto const asked = transport.requests();
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].method, "POST");
  EXPECT_EQ(asked[0].headers.at(0).value, "Bearer abc");
  EXPECT_EQ(asked[0].body, "{}");
  EXPECT_EQ(asked[1].url, "https://h/b");
}

TEST(ScriptedTransport, SaysWhenTheScriptIsAtItsEnd) {
  ScriptedTransport transport;
  auto const result = transport.send(get("https://h/path?access_token=secret-0815"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::configuration);
  EXPECT_NE(result.error().message.find("GET https://h/path"), std::string::npos);
  EXPECT_EQ(result.error().message.find("secret-0815"), std::string::npos);
}

TEST(ScriptedTransport, RefusesAnotherRequestThanExpectedAndKeepsTheStep) {
  ScriptedTransport transport;
  transport.expect("GET", "/campaigns?").respond(200, "list").expect("POST", "/login").respond(200, "token");
  for (auto const& wrong :
       {get("https://h/campaigns/5"), HttpRequest{.method = "POST", .url = "https://h/campaigns?page=1"}}) {
    auto const refused = transport.send(wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::configuration);
    EXPECT_NE(refused.error().message.find("GET /campaigns?"), std::string::npos);
  }
  EXPECT_EQ(transport.pending(), 2U);
  EXPECT_EQ(transport.send(get("https://h/campaigns?page=1")).value().body, "list");
  EXPECT_EQ(transport.send({.method = "POST", .url = "https://h/login"}).value().body, "token");
}

TEST(ScriptedTransport, FailsWithTheEffectAskedFor) {
  for (auto const effect : {Effect::none, Effect::unknown}) {
    ScriptedTransport transport;
    transport.fail(ErrorCode::network, effect);
    auto const gate = std::make_shared<SendGate>();
    auto const result = transport.send(get("https://h/"), {.gate = gate});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::network);
    EXPECT_EQ(result.error().effect, effect);
    EXPECT_EQ(gate->opened(), effect == Effect::unknown) << "without effect nothing left";
  }
}

TEST(ScriptedTransport, SendsNothingThatWasGivenUp) {
  ScriptedTransport transport;
  transport.respond(200, "answer");
  auto const gate = std::make_shared<SendGate>();
  ASSERT_TRUE(gate->abandon());
  std::optional<Result<HttpResponse>> result;
  transport.start(get("https://h/"), {.gate = gate}, [&](auto r) { result = std::move(r); });
  ASSERT_TRUE(result && !*result);
  EXPECT_EQ(result->error().code, ErrorCode::canceled);
  EXPECT_EQ(transport.pending(), 1U);
}

TEST(ScriptedTransport, HangsUntilCanceled) {
  ScriptedTransport transport;
  transport.hang().hang();
  CancelSource source;
  std::promise<Result<HttpResponse>> read;
  std::promise<Result<HttpResponse>> write;
  transport.start(get("https://h/"), {.cancel = source.token()},
                  [&](auto r) { read.set_value(std::move(r)); });
  transport.start({.url = "https://h/send", .action = Action::sends}, {.cancel = source.token()},
                  [&](auto r) { write.set_value(std::move(r)); });
  EXPECT_EQ(transport.pending(), 0U);
  auto from_read = read.get_future();
  auto from_write = write.get_future();
  EXPECT_EQ(from_read.wait_for(0s), std::future_status::timeout);
  source.cancel();
  auto const a = from_read.get();
  auto const b = from_write.get();
  ASSERT_TRUE(!a && !b);
  EXPECT_EQ(a.error().code, ErrorCode::canceled);
  EXPECT_EQ(a.error().effect, Effect::none);
  EXPECT_EQ(b.error().code, ErrorCode::canceled);
  EXPECT_EQ(b.error().effect, Effect::unknown);
}

TEST(ScriptedTransport, HangsUntilItDies) {
  std::vector<Result<HttpResponse>> results;
  {
    ScriptedTransport transport;
    transport.hang();
    transport.start(get("https://h/"), {}, [&](auto r) { results.push_back(std::move(r)); });
    EXPECT_TRUE(results.empty());
  }
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].error().code, ErrorCode::canceled);
}

TEST(ScriptedTransport, AnswersAHangingTransferOnlyOnce) {
  CancelSource source;
  int answers = 0;
  {
    ScriptedTransport transport;
    transport.hang();
    transport.start(get("https://h/"), {.cancel = source.token()}, [&](auto) { ++answers; });
    source.cancel();
    EXPECT_EQ(answers, 1);
  }
  EXPECT_EQ(answers, 1);
}

TEST(ScriptedTransport, HandsWhatTheScriptDoesNotCoverToTheHandler) {
  ScriptedTransport transport;
  transport.respond(200, "scripted").otherwise([](HttpRequest const& request) -> Result<HttpResponse> {
    if (request.url.ends_with("/bad")) return Error{.code = ErrorCode::tls};
    return HttpResponse{.status = 201, .body = request.url};
  });
  EXPECT_EQ(transport.send(get("https://h/1")).value().body, "scripted");
  EXPECT_EQ(transport.send(get("https://h/2")).value().body, "https://h/2");
  EXPECT_EQ(transport.send(get("https://h/bad")).error().code, ErrorCode::tls);
  EXPECT_EQ(transport.requests().size(), 3U);
}

TEST(ScriptedTransport, MayBeAskedAgainFromACompletion) {
  ScriptedTransport transport;
  transport.expect("GET", "never").respond(200, "").otherwise([](auto const&) {
    return HttpResponse{.status = 204};
  });
  int answers = 0;
  transport.start(get("https://h/1"), {}, [&](auto const&) {
    transport.start(get("https://h/2"), {}, [&](auto const&) { ++answers; });
  });
  EXPECT_EQ(answers, 1);
  EXPECT_EQ(transport.requests().size(), 2U);
}

TEST(ScriptedTransport, GivesEachStepToOneOfManyThreads) {
  ScriptedTransport transport;
  constexpr int steps = 400;
  for (int i = 0; i < steps; ++i) transport.respond(200, std::to_string(i));
  std::vector<std::atomic<int>> used(steps);
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 60; ++k) {
        auto const response = transport.send(get("https://h/"));
        if (response)
          ++used[static_cast<std::size_t>(std::stoi(response->body))];
        else
          ++refused;
      }
    });
  for (auto& thread : threads) thread.join();
  for (auto const& count : used) EXPECT_EQ(count, 1);
  EXPECT_EQ(refused, 80);
  EXPECT_EQ(transport.requests().size(), 480U);
}

}  // namespace
}  // namespace polycampaign::test
