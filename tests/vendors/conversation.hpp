#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/transport.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What tests of vendor adapters share: request expected, response given.
namespace polycampaign::inline v1::vendor_tests {

/// A published sample: `data_file("bsg/campaigns_list.response.json")`.
inline std::string data_file(std::string_view path) {
  std::ifstream file{std::string{POLYCAMPAIGN_TEST_DATA} + "/" + std::string{path}, std::ios::binary};
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline HttpResponse answer(std::string body, int status = 200, std::vector<Header> headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

/// The value of a request's header; empty when there is none.
inline std::string header_of(HttpRequest const& request, std::string_view name) {
  HttpResponse const as_response{0, request.headers, {}};
  auto const* value = as_response.header(name);
  return value == nullptr ? std::string{} : *value;
}

/// One turn of a conversation.
struct Turn {
  /// `GET https://host/path?query`, as built, that is without what `Adapter::sign` adds.
  std::string request{};
  /// What comes back: a response, or the error of a call that the engine gave up (network, deadline, ...).
  std::variant<HttpResponse, Error> reply{HttpResponse{200, {}, {}}};
  /// The request's body, when it matters.
  std::optional<std::string> body{};
};

/// Plays the turns in order; fails the test on another request, on one too many, and on turns that are left.
class ScriptedConversation final : public protocol::Conversation {
 public:
  explicit ScriptedConversation(std::vector<Turn> turns) : turns_{std::move(turns)} {}
  ~ScriptedConversation() override { EXPECT_EQ(calls_.size(), turns_.size()) << "turns left over"; }
  ScriptedConversation(ScriptedConversation const&) = delete;
  ScriptedConversation& operator=(ScriptedConversation const&) = delete;

  [[nodiscard]] Result<Value> perform(protocol::Call const& call, Decode decode) override {
    auto const request = call.request.method + ' ' + call.request.url;
    auto const position = calls_.size();
    calls_.push_back(call);
    if (position >= turns_.size()) {
      ADD_FAILURE() << "one request too many: " << request;
      return Error{.code = ErrorCode::network, .message = "no turn left"};
    }
    auto const& turn = turns_[position];
    EXPECT_EQ(request, turn.request) << "turn " << position;
    if (turn.body) {
      EXPECT_EQ(call.request.body, *turn.body) << "turn " << position;
    }
    if (auto const* error = std::get_if<Error>(&turn.reply)) return *error;
    return decode(std::get<HttpResponse>(turn.reply));
  }

  /// The calls that were made, in order.
  [[nodiscard]] std::vector<protocol::Call> const& calls() const noexcept { return calls_; }

 private:
  std::vector<Turn> turns_;
  std::vector<protocol::Call> calls_;
};

}  // namespace polycampaign::inline v1::vendor_tests
