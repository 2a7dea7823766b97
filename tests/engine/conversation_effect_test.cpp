#include "engine/conversation_effect.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include "engine/acme.hpp"
#include "engine/engine.hpp"
#include "engine/exchange_engine.hpp"
#include "engine/fake_clock.hpp"
#include "engine/pending_response.hpp"

#include <gtest/gtest.h>

#include <future>
#include <variant>

/// What an error says about money: whether the vendor may have acted.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using protocol::Call;
using protocol::Conversation;
using protocol::Exchange;

constexpr Action all_actions[] = {Action::read, Action::idempotent_write, Action::write, Action::sends};

bool busy_is_documented(Error const& error) noexcept {
  return error.vendor_code == "busy";
}

TEST(EffectOfAnswer, IsNoneOnlyForARefusalByStatusAndCode) {
  for (auto const action : all_actions)
    for (int status = 100; status < 600; ++status)
      for (int i = 0; i <= static_cast<int>(ErrorCode::configuration); ++i)
        for (auto const reported : {Effect::none, Effect::unknown}) {
          auto const code = static_cast<ErrorCode>(i);
          Call const call{.request = {.action = action}};
          Error const error{.code = code, .effect = reported};
          auto const refused = (status / 100 == 2 || (status / 100 == 4 && status != 408)) &&
                               code >= ErrorCode::unauthenticated && code != ErrorCode::configuration;
          auto const expected = action == Action::read || (refused && reported == Effect::none)
                                    ? Effect::none
                                    : Effect::unknown;
          ASSERT_EQ(engine::effect_of_answer(call, status, error), expected)
              << static_cast<int>(action) << ' ' << status << ' ' << to_string(code);
        }
}

TEST(EffectOfAnswer, IsNoneForWhatTheVendorDocumentsAsARefusal) {
  for (auto const action : all_actions)
    for (int const status : {200, 307, 408, 429, 500, 503})
      for (auto const* word : {"busy", "broken"}) {
        Call const call{.request = {.action = action}, .documented_refusal = &busy_is_documented};
        Error const error{.code = ErrorCode::unavailable, .effect = Effect::unknown, .vendor_code = word};
        auto const documented = std::string_view{word} == "busy";
        EXPECT_EQ(engine::effect_of_answer(call, status, error),
                  action == Action::read || documented ? Effect::none : Effect::unknown)
            << status << word;
      }
}

/// Both drivers, with the same vendor.
class Drivers : public ::testing::TestWithParam<bool> {
 protected:
  template <class T>
  Result<T> run(std::function<Result<T>(Conversation&)> script, CallOptions options = {}) {
    if (!GetParam()) return engine_.run<T>(script, std::move(options));
    std::promise<Result<T>> promise;
    engine_.start<T>(std::move(script), std::move(options),
                     [&](Result<T> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }

  std::function<Result<HttpResponse>(HttpRequest const&)> answer_{};
  std::shared_ptr<HandlerTransport> transport_ =
      std::make_shared<HandlerTransport>([this](HttpRequest const& request) { return answer_(request); });
  Engine engine_{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                  .transport = transport_,
                  .clock = std::make_shared<QuickClock>(),
                  .retry = {.max_attempts = 3, .first_delay = 0ms, .max_delay = 0ms}}};
};

INSTANTIATE_TEST_SUITE_P(Blocking, Drivers, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(Asynchronous, Drivers, ::testing::Values(true));

/// As an adapter outside would write it, careless about effects.
Exchange<std::string> careless(Action action, std::string path, bool preparation = false) {
  auto exchange = text_exchange(action, std::move(path));
  exchange.call.preparation = preparation;
  exchange.decode = [](HttpResponse response) -> Result<std::string> {
    if (response.status == 200 && !response.body.starts_with("error")) return std::move(response.body);
    auto error = protocol::refusal(response, response.body);
    if (response.body == "error -99") protocol::refine(error, ErrorCode::unavailable);
    error.vendor_code = response.body;
    error.effect = Effect::none;
    return error;
  };
  return exchange;
}

struct Answer {
  char const* what;
  Result<HttpResponse> result;
  Effect effect;  ///< of one request that is not a read
};

std::vector<Answer> answers() {
  auto const body = [](int status, std::string text, std::vector<Header> headers = {}) {
    return HttpResponse{.status = status, .headers = std::move(headers), .body = std::move(text)};
  };
  auto const broken = [](Effect effect) {
    return Error{.code = ErrorCode::network, .effect = effect, .transient = true, .message = "broken"};
  };
  return {
      {"refused", body(422, "error 7"), Effect::none},
      {"refused with 200", body(200, "error 7"), Effect::none},
      {"no credential", body(401, "error 1"), Effect::none},
      {"503 with an error body", body(503, "error 7"), Effect::unknown},
      {"500", body(500, ""), Effect::unknown},
      {"408", body(408, "error 7"), Effect::unknown},
      {"unknown error with 200", body(200, "error -99"), Effect::unknown},
      {"unknown error with 400", body(400, "error -99"), Effect::unknown},
      {"redirect", body(307, "error 7"), Effect::unknown},
      {"never sent", broken(Effect::none), Effect::none},
      {"lost", broken(Effect::unknown), Effect::unknown},
  };
}

TEST_P(Drivers, RepeatNoRequestThatMayHaveActed) {
  for (auto const action : {Action::write, Action::sends})
    for (auto const& [what, result, effect] : answers()) {
      answer_ = [&, answer = result](auto const&) { return answer; };
      auto const before = transport_->requests().size();
      auto const reported =
          run<std::string>([&](Conversation& it) { return it.run(careless(action, "/send")); });
      ASSERT_FALSE(reported) << what;
      EXPECT_EQ(reported.error().effect, effect) << what;
      if (effect == Effect::unknown) {
        EXPECT_EQ(transport_->requests().size() - before, 1U) << what;
        EXPECT_EQ(reported.error().attempts, 1) << what;
      }
    }
}

TEST_P(Drivers, DocumentedRefusalMayBeRepeated) {
  answer_ = [&](auto const&) { return HttpResponse{.status = 503, .body = "busy"}; };
  auto exchange = careless(Action::sends, "/send");
  exchange.call.documented_refusal = &busy_is_documented;
  auto const reported = run<std::string>([&](Conversation& it) { return it.run(exchange); });
  ASSERT_FALSE(reported);
  EXPECT_EQ(reported.error().effect, Effect::none);
  EXPECT_EQ(reported.error().attempts, 3);
}

/// What a request of a conversation is, and how it ends.
struct Step {
  Action action = Action::read;
  bool preparation = false;
  std::optional<Effect> fails{};  ///< absent: it succeeds
};

struct ConversationCase {
  char const* what;
  std::vector<Step> steps;
  Effect effect;
  bool own_error = false;  ///< the script ends with an error of its own
};

std::vector<ConversationCase> conversation_cases() {
  using enum Effect;
  Step const read{}, lost_read{.fails = unknown};
  Step const prepare{.action = Action::write, .preparation = true};
  Step const lost_prepare{.action = Action::write, .preparation = true, .fails = unknown};
  Step const refused_prepare{.action = Action::write, .preparation = true, .fails = none};
  Step const send{.action = Action::sends}, lost_send{.action = Action::sends, .fails = unknown};
  Step const refused_send{.action = Action::sends, .fails = none};
  Step const write{.action = Action::write}, lost_write{.action = Action::write, .fails = unknown};
  Step const refused_read{.fails = none}, refused_write{.action = Action::write, .fails = none};
  return {
      {"lost look-up", {lost_read}, none},
      {"refused operation", {read, refused_send}, none},
      {"lost operation", {read, lost_send}, unknown},
      {"lost preparation", {lost_prepare}, none},
      {"refused preparation", {prepare, refused_prepare}, none},
      {"refused operation behind a preparation", {prepare, refused_send}, none},
      {"refused operation behind a lost preparation", {lost_prepare, refused_send}, none},
      {"lost operation behind a preparation", {prepare, lost_send}, unknown},
      {"refused look-up behind the operation", {send, refused_read}, unknown},
      {"refused write behind the operation", {send, refused_write}, unknown},
      {"refused look-up behind a lost operation", {lost_send, refused_read}, unknown},
      {"refused write behind a lost one", {lost_write, refused_write}, unknown},
      {"refused write behind a good one", {write, refused_write}, unknown},
      {"error of its own behind look-ups", {read, prepare}, none, true},
      {"error of its own behind the operation", {send, read}, unknown, true},
      {"error of its own behind a refused operation", {refused_send}, none, true},
  };
}

TEST_P(Drivers, GiveAnErrorTheEffectOfItsWholeConversation) {
  for (auto const& [what, steps, effect, own_error] : conversation_cases())
    for (auto const careful : {false, true}) {
      answer_ = [&, all = steps](HttpRequest const& request) -> Result<HttpResponse> {
        auto const& step = all.at(static_cast<std::size_t>(request.url.back() - '0'));
        if (!step.fails) return ok("good");
        if (*step.fails == Effect::none) return HttpResponse{.status = 422, .body = "no"};
        return Error{.code = ErrorCode::tls, .effect = Effect::unknown, .message = "lost"};  // not repeated
      };
      auto const before = transport_->requests().size();
      auto const reported = run<std::string>([&, all = steps, own = own_error](Conversation& it) {
        Result<std::string> last = Error{.code = ErrorCode::protocol, .message = "nothing was asked"};
        for (std::size_t i = 0; i < all.size(); ++i) {
          last = it.run(careless(all[i].action, "/step" + std::to_string(i), all[i].preparation));
          if (!last && careful) last.error().effect = Effect::none;  // what a script says does not count
        }
        if (own)
          last = Error{.code = ErrorCode::conflict,
                       .effect = careful ? Effect::none : Effect::unknown,
                       .message = "not as expected"};
        return last;
      });
      ASSERT_FALSE(reported) << what;
      EXPECT_EQ(reported.error().effect, effect) << what;
      EXPECT_EQ(reported.error().provider, "acme") << what;
      EXPECT_EQ(transport_->requests().size() - before, steps.size()) << what;
    }
}

TEST_P(Drivers, ScriptLearnsTheEffectOfEachRequest) {
  answer_ = [&](auto const&) { return HttpResponse{.status = 503, .body = "error 7"}; };
  Effect seen = Effect::none;
  auto const reported = run<std::string>([&](Conversation& it) {
    auto const made = it.run(careless(Action::write, "/audience", true));
    if (!made && made.error().code != ErrorCode::canceled) seen = made.error().effect;
    return made;
  });
  EXPECT_EQ(seen, Effect::unknown) << "the audience may be there: the script can say so";
  ASSERT_FALSE(reported);
  EXPECT_EQ(reported.error().effect, Effect::none) << "nobody was reached";
}

/// Answers only when it is told to, by somebody else's hand.
class LateTransport final : public Transport {
 public:
  void start(HttpRequest, TransferOptions options, Completion completion) override {
    static_cast<void>(options.gate->open(true));
    completion_ = std::move(completion);
  }
  void answer(Result<HttpResponse> result) {
    if (completion_) std::exchange(completion_, nullptr)(std::move(result));
  }

 private:
  Completion completion_;
};

TEST(PendingResponse, HandsOverAnAnswerThatArrivesBeforeItIsGivenUp) {
  LateTransport transport;
  engine::PendingResponse pending{transport,
                                  {},
                                  {},
                                  engine::Pacer::Slot{},
                                  std::make_shared<QuickClock>(),
                                  std::make_shared<runtime::Event>()};
  EXPECT_FALSE(pending.take());
  transport.answer(ok("sent"));
  auto what = pending.abandon();
  auto* const arrival = std::get_if<engine::PendingResponse::Arrival>(&what);
  ASSERT_NE(arrival, nullptr);
  EXPECT_EQ(arrival->result->body, "sent");
  EXPECT_FALSE(pending.take()) << "once";
}

TEST(PendingResponse, DropsAnAnswerThatArrivesLater) {
  LateTransport transport;
  engine::PendingResponse pending{transport,
                                  {},
                                  {},
                                  engine::Pacer::Slot{},
                                  std::make_shared<QuickClock>(),
                                  std::make_shared<runtime::Event>()};
  EXPECT_EQ(std::get<Effect>(pending.abandon()), Effect::unknown);
  transport.answer(ok("sent"));
  EXPECT_FALSE(pending.take());
  EXPECT_EQ(std::get<Effect>(pending.abandon()), Effect::unknown);
}

/// The answer arrives while the call looks at the clock to give up.
class TightClock final : public QuickClock {
 public:
  runtime::TimePoint now() const noexcept override {
    auto const time = QuickClock::now();
    if (armed && time >= late) {
      armed = false;
      on_late();
    }
    return time;
  }
  mutable bool armed = false;
  runtime::TimePoint late{};
  std::function<void()> on_late{};
};

TEST(Call, AnswerThatArrivesWhileItGivesUpCounts) {
  for (auto const by_deadline : {true, false}) {
    auto const transport = std::make_shared<LateTransport>();
    auto const clock = std::make_shared<TightClock>();
    Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.log_in = false}),
                   .transport = transport,
                   .clock = clock,
                   .retry = RetryPolicy::none()}};
    clock->late = clock->now() + 5s;
    clock->on_late = [&] { transport->answer(ok("sent")); };
    clock->armed = true;
    CallOptions options{.timeout = 5s};
    if (by_deadline) options = {.timeout = 1min, .deadline = clock->now() + 5s};
    auto const reported = engine.run(text_exchange(Action::sends), options);
    ASSERT_TRUE(reported) << to_string(reported.error());
    EXPECT_EQ(*reported, "sent");
  }
}

}  // namespace
}  // namespace polycampaign::test
