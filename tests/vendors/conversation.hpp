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

/// Shared by the tests of vendor adapters: the expected request, and the response to it.
namespace polycampaign::inline v1::vendor_tests {

/// Reads a published sample: `data_file("bsg/campaigns_list.response.json")`.
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

/// Returns the value of a request's header, or an empty string if there is none.
inline std::string header_of(HttpRequest const& request, std::string_view name) {
  HttpResponse const as_response{0, request.headers, {}};
  auto const* value = as_response.header(name);
  return value == nullptr ? std::string{} : *value;
}

/// One step of a conversation.
struct Turn {
  /// `GET https://host/path?query` as the adapter built it, without what `Adapter::sign` adds.
  std::string request{};
  /// What comes back: a response, or the error of a call that the engine ended (network, deadline, ...).
  std::variant<HttpResponse, Error> reply{HttpResponse{200, {}, {}}};
  /// The expected body of the request, if it matters.
  std::optional<std::string> body{};
};

/// Plays the turns in order. Fails the test if a request differs, if there is one too many, or if turns are
/// left.
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

  /// Returns the calls that were made, in order.
  [[nodiscard]] std::vector<protocol::Call> const& calls() const noexcept { return calls_; }

 private:
  std::vector<Turn> turns_;
  std::vector<protocol::Call> calls_;
};

}  // namespace polycampaign::inline v1::vendor_tests
