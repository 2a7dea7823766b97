#pragma once

#include <polycampaign/protocol/adapter.hpp>

#include <functional>
#include <string_view>
#include <utility>

/// Mistakes in requests that several kinds of operations can have.
namespace polycampaign::test {

/// Returns a fault that declares the requests of an operation with another action.
inline std::function<void(protocol::Call&)> declaring_calls_of(std::string_view operation, Action action) {
  return [=](protocol::Call& call) {
    if (call.operation == operation) call.request.action = action;
  };
}

/// Makes one request only: nothing is read afterwards.
class OneRequest final : public protocol::Conversation {
 public:
  explicit OneRequest(protocol::Conversation& inner) : inner_{inner} {}
  Result<Value> perform(protocol::Call const& call, Decode decode) override {
    if (made_) return Error{.code = ErrorCode::network, .message = "no second request"};
    made_ = true;
    return inner_.perform(call, std::move(decode));
  }

 private:
  protocol::Conversation& inner_;
  bool made_ = false;
};

}  // namespace polycampaign::test
