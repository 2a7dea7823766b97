#pragma once

#include "polycampaign/transport.hpp"

#include "transport/behaviour_server.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>

namespace polycampaign::loopback {

[[nodiscard]] inline std::shared_ptr<Transport> transport(CurlTransportOptions options = {}) {
  auto made = make_curl_transport(std::move(options));
  EXPECT_TRUE(made.has_value()) << made.error().message;
  return made.value();
}

[[nodiscard]] inline HttpRequest get(std::string url) {
  return {.method = "GET", .url = std::move(url), .action = Action::read};
}

/// Returns a request that costs money.
[[nodiscard]] inline HttpRequest sending(std::string url) {
  return {.method = "POST", .url = std::move(url), .body = R"({"send":1})", .action = Action::sends};
}

/// A response in flight.
class Answer {
 public:
  Answer(Transport& transport, HttpRequest request, TransferOptions options = {}) {
    auto promise = std::make_shared<std::promise<Result<HttpResponse>>>();
    future_ = promise->get_future();
    // A second completion would throw, and end the test program.
    transport.start(std::move(request), std::move(options),
                    [promise](Result<HttpResponse> result) { promise->set_value(std::move(result)); });
  }

  [[nodiscard]] bool there() const {
    return future_.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
  }
  [[nodiscard]] Result<HttpResponse> wait() {
    if (future_.wait_for(patience) != std::future_status::ready) {
      ADD_FAILURE() << "no completion";
      return Error{.message = "no completion"};
    }
    return future_.get();
  }

 private:
  std::future<Result<HttpResponse>> future_;
};

[[nodiscard]] inline Result<HttpResponse> ask(Transport& transport, HttpRequest request,
                                              TransferOptions options = {}) {
  return Answer{transport, std::move(request), std::move(options)}.wait();
}

/// Fails the test unless the call failed with that code and effect.
inline void expect_error(Result<HttpResponse> const& result, ErrorCode code, Effect effect) {
  ASSERT_FALSE(result.has_value()) << "status " << result->status << ", body " << result->body;
  EXPECT_EQ(to_string(result.error().code), to_string(code)) << result.error().message;
  EXPECT_EQ(to_string(result.error().effect), to_string(effect)) << result.error().message;
  EXPECT_FALSE(result.error().message.empty());
}

}  // namespace polycampaign::loopback
