#include "polycampaign/protocol/http_error.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::protocol {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

HttpResponse answer(int status, std::vector<Header> headers = {}, std::string body = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

TEST(HttpResponse, FindsTheFirstHeaderInAnyCase) {
  auto const response =
      answer(200, {{"X-A", "1"}, {"retry-AFTER", "2"}, {"Retry-After", "3"}, {"Empty", ""}});
  ASSERT_NE(response.header("Retry-After"), nullptr);
  EXPECT_EQ(*response.header("Retry-After"), "2");
  ASSERT_NE(response.header("empty"), nullptr);
  EXPECT_EQ(response.header("Retry"), nullptr);
  EXPECT_EQ(response.header("Retry-After2"), nullptr);
  EXPECT_EQ(response.header(""), nullptr);
}

struct StatusRow {
  int status;
  ErrorCode code;
  Effect effect;
  bool transient;
};
class HttpErrorTest : public testing::TestWithParam<StatusRow> {};

TEST_P(HttpErrorTest, MeansOneThingForEachStatus) {
  auto const [status, code, effect, transient] = GetParam();
  auto const error = http_error(answer(status));
  ASSERT_TRUE(error) << status;
  EXPECT_EQ(error->code, code) << status;
  EXPECT_EQ(error->effect, effect) << status;
  EXPECT_EQ(error->transient, transient) << status;
  EXPECT_EQ(error->http_status, status);
  EXPECT_EQ(error->retry_after, std::nullopt);
  EXPECT_FALSE(error->message.empty());
}

INSTANTIATE_TEST_SUITE_P(Statuses, HttpErrorTest,
                         testing::Values(StatusRow{400, ErrorCode::invalid_argument, Effect::none, false},
                                         StatusRow{401, ErrorCode::unauthenticated, Effect::none, false},
                                         StatusRow{402, ErrorCode::invalid_argument, Effect::none, false},
                                         StatusRow{403, ErrorCode::permission_denied, Effect::none, false},
                                         StatusRow{404, ErrorCode::not_found, Effect::none, false},
                                         StatusRow{408, ErrorCode::invalid_argument, Effect::unknown, true},
                                         StatusRow{409, ErrorCode::conflict, Effect::none, false},
                                         StatusRow{422, ErrorCode::invalid_argument, Effect::none, false},
                                         StatusRow{429, ErrorCode::rate_limited, Effect::none, true},
                                         StatusRow{499, ErrorCode::invalid_argument, Effect::none, false},
                                         StatusRow{500, ErrorCode::unavailable, Effect::unknown, true},
                                         StatusRow{503, ErrorCode::unavailable, Effect::unknown, true},
                                         StatusRow{599, ErrorCode::unavailable, Effect::unknown, true},
                                         StatusRow{100, ErrorCode::protocol, Effect::unknown, false},
                                         StatusRow{301, ErrorCode::protocol, Effect::unknown, false},
                                         StatusRow{304, ErrorCode::protocol, Effect::unknown, false},
                                         StatusRow{600, ErrorCode::protocol, Effect::unknown, false},
                                         StatusRow{0, ErrorCode::protocol, Effect::unknown, false},
                                         StatusRow{-1, ErrorCode::protocol, Effect::unknown, false}));

TEST(HttpError, IsNothingForSuccess) {
  for (int status = 200; status < 300; ++status) EXPECT_FALSE(http_error(answer(status))) << status;
}

TEST(HttpError, AddsTheDetailAndTheWait) {
  auto const error = http_error(answer(429, {{"Retry-After", "7"}}), "daily limit");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->retry_after, seconds{7});
  EXPECT_EQ(error->message, "rate limited by the vendor: daily limit");
}

TEST(Unreadable, HasAnUnknownEffectAndSaysWhatCame) {
  auto const html =
      unreadable(answer(200, {{"Content-Type", "text/html; charset=utf-8"}}, "<html>+33612345678"),
                 "the answer is not JSON");
  EXPECT_EQ(html.code, ErrorCode::protocol);
  EXPECT_EQ(html.effect, Effect::unknown);
  EXPECT_EQ(html.http_status, 200);
  EXPECT_FALSE(html.transient);
  EXPECT_EQ(html.message, "the answer is not JSON; the vendor sent text/html");
  EXPECT_EQ(unreadable(answer(200), "no list").message, "no list");
  EXPECT_EQ(unreadable(answer(200, {{"Content-Type", "+33612345678"}}, "x"), "no list").message, "no list")
      << "a header that is no media type is not quoted";
}

TEST(Refusal, IsWhatHttpSaysElseRejected) {
  auto const no = refusal(answer(200, {{"Retry-After", "3"}}), "too few credits");
  EXPECT_EQ(no.code, ErrorCode::rejected);
  EXPECT_EQ(no.effect, Effect::none);
  EXPECT_EQ(no.http_status, 200);
  EXPECT_EQ(no.retry_after, std::chrono::seconds{3});
  EXPECT_EQ(no.message, "too few credits");
  EXPECT_FALSE(refusal(answer(200), "").message.empty());
  EXPECT_EQ(refusal(answer(503), "down").code, ErrorCode::unavailable);
}

TEST(Refusal, HasTheEffectOfItsHttpStatus) {
  for (int const status : {200, 204, 400, 401, 403, 404, 409, 422, 425, 429, 499})
    EXPECT_EQ(refusal(answer(status), "no").effect, Effect::none) << status;
  for (int const status : {100, 301, 307, 408, 500, 502, 503, 504, 599})
    EXPECT_EQ(refusal(answer(status), "no").effect, Effect::unknown) << status;
}

TEST(Refine, KeepsTransientAndEffectRight) {
  struct Expected {
    ErrorCode code;
    bool transient;
    Effect effect;
  };
  for (auto const& [code, transient, effect] : {
           Expected{ErrorCode::canceled, false, Effect::unknown},
           Expected{ErrorCode::deadline_exceeded, false, Effect::unknown},
           Expected{ErrorCode::network, true, Effect::unknown},
           Expected{ErrorCode::tls, false, Effect::unknown},
           Expected{ErrorCode::protocol, false, Effect::unknown},
           Expected{ErrorCode::unavailable, true, Effect::unknown},
           Expected{ErrorCode::unauthenticated, false, Effect::none},
           Expected{ErrorCode::permission_denied, false, Effect::none},
           Expected{ErrorCode::invalid_argument, false, Effect::none},
           Expected{ErrorCode::not_found, false, Effect::none},
           Expected{ErrorCode::conflict, false, Effect::none},
           Expected{ErrorCode::rate_limited, true, Effect::none},
           Expected{ErrorCode::insufficient_funds, false, Effect::none},
           Expected{ErrorCode::unsupported, false, Effect::none},
           Expected{ErrorCode::configuration, false, Effect::unknown},
       }) {
    auto error = refusal(answer(200), "no");
    refine(error, code);
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(error.transient, transient) << to_string(code);
    EXPECT_EQ(error.effect, effect) << to_string(code);
    EXPECT_EQ(is_refusal(code), effect == Effect::none) << to_string(code);

    auto failed = refusal(answer(503), "no");
    refine(failed, code);
    EXPECT_EQ(failed.transient, transient) << to_string(code);
    EXPECT_EQ(failed.effect, Effect::unknown)
        << "what a server failed at is not refused: " << to_string(code);
  }
  auto same = refusal(answer(425), "too early");
  refine(same, ErrorCode::invalid_argument);
  EXPECT_TRUE(same.transient) << "the same code says nothing new";
}

TEST(NoAnswer, IsWhatHttpSaysElseUnreadable) {
  EXPECT_EQ(no_answer(answer(404), "not JSON").code, ErrorCode::not_found);
  EXPECT_EQ(no_answer(answer(200), "not JSON").code, ErrorCode::protocol);
  EXPECT_EQ(no_answer(answer(200), "not JSON").effect, Effect::none) << "a read";
  EXPECT_EQ(no_answer(answer(200), "not JSON", Action::write).effect, Effect::unknown);
  EXPECT_EQ(no_answer(answer(502), "not JSON", Action::write).effect, Effect::unknown);
}

TEST(RetryAfter, ReadsSeconds) {
  auto const wait = [](std::string value) {
    return retry_after(answer(503, {{"Retry-After", std::move(value)}}));
  };
  EXPECT_EQ(wait("0"), milliseconds{0});
  EXPECT_EQ(wait("120"), seconds{120});
  EXPECT_EQ(wait(" 5 "), seconds{5});
  EXPECT_EQ(wait("99999999999999999999999999"), seconds{1'000'000'000});
  for (auto const* odd : {"", " ", "-1", "+1", "1.5", "1 2", "soon", "0x10"})
    EXPECT_EQ(wait(odd), std::nullopt) << odd;
  EXPECT_EQ(retry_after(answer(503)), std::nullopt);
}

TEST(RetryAfter, ReadsADateRelativeToTheResponsesOwn) {
  auto const wait = [](std::string then, std::string now) {
    return retry_after(answer(503, {{"Retry-After", std::move(then)}, {"Date", std::move(now)}}));
  };
  auto const* const now = "Sun, 06 Nov 1994 08:49:37 GMT";
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:50:37 GMT", now), seconds{60});
  EXPECT_EQ(wait("Sunday, 06-Nov-94 08:49:47 GMT", now), seconds{10});
  EXPECT_EQ(wait("Sun Nov  6 08:49:38 1994", now), seconds{1});
  EXPECT_EQ(wait("Wed Nov 16 08:49:37 1994", now), std::chrono::days{10});
  EXPECT_EQ(wait("Tue, 29 Feb 2000 00:00:00 GMT", "Mon, 28 Feb 2000 23:59:59 GMT"), seconds{1});
  EXPECT_EQ(wait("Sunday, 01-Jan-40 00:00:00 GMT", "Sat, 31 Dec 2039 23:59:58 GMT"), seconds{2});
  EXPECT_EQ(wait("Sun, 06 Nov 1994 08:00:00 GMT", now), milliseconds{0}) << "a date in the past is no wait";
  for (auto const* odd :
       {"Sun, 06 Nov 1994 08:50:37", "Sun, 06 Nov 1994 08:50:37 UTC", "Sun, 6 Nov 1994 08:50:37 GMT",
        "Sun, 30 Feb 1994 08:50:37 GMT", "Sun, 06 Foo 1994 08:50:37 GMT", "Sun, 06 Nov 1994 24:50:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:50:61 GMT", "Sun, 06 Nov 1994 08:50 GMT",
        "Sun,", ",", "Sun Nov  6 08:49:38 1994 GMT", "Sun Nov", "Su", "06 Nov 1994"})
    EXPECT_EQ(wait(odd, now), std::nullopt) << odd;
  EXPECT_EQ(wait(now, "garbage"), std::nullopt);
  EXPECT_EQ(retry_after(answer(503, {{"Retry-After", now}})), std::nullopt) << "no Date to compare with";
}

TEST(RetryAfter, ReadsOtherHeadersAndForms) {
  auto const* const date = "Tue, 14 Nov 2023 22:13:20 GMT";  // 1'700'000'000
  struct Reported {
    WaitForm form;
    char const* value;
    std::optional<milliseconds> with_date;
    std::optional<milliseconds> without;
  };
  auto const none = std::nullopt;
  for (auto const& [form, value, with_date, without] : {
           Reported{WaitForm::seconds, "30", seconds{30}, seconds{30}},
           Reported{WaitForm::seconds, "0.25", milliseconds{250}, milliseconds{250}},
           Reported{WaitForm::seconds, "1.", none, none},
           Reported{WaitForm::seconds, ".5", none, none},
           Reported{WaitForm::seconds, "soon", none, none},
           Reported{WaitForm::epoch_seconds, "1700000030", seconds{30}, none},
           Reported{WaitForm::epoch_seconds, "1700000000.5", milliseconds{500}, none},
           Reported{WaitForm::epoch_seconds, "1699999999", seconds{0}, none},
           Reported{WaitForm::epoch_seconds, "99999999999999999999", seconds{1'000'000'000}, none},
           Reported{WaitForm::epoch_seconds, "soon", none, none},
           Reported{WaitForm::retry_after, "30", seconds{30}, seconds{30}},
           Reported{WaitForm::retry_after, "Tue, 14 Nov 2023 22:13:50 GMT", seconds{30}, none},
       }) {
    auto response = answer(429, {{"X-RateLimit-Reset", value}});
    EXPECT_EQ(retry_after(response, "x-ratelimit-reset", form), without) << value;
    response.headers.push_back({"Date", date});
    EXPECT_EQ(retry_after(response, "x-ratelimit-reset", form), with_date) << value;
    EXPECT_EQ(retry_after(response), std::nullopt) << "another header";
  }
}

}  // namespace
}  // namespace polycampaign::protocol
