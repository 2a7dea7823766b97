#include "polycampaign/testing/scripted_transport.hpp"

#include "testing/configuration_error.hpp"

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

struct Step {
  std::optional<std::pair<std::string, std::string>> expected{};  ///< method, part of the URL
  std::optional<Result<HttpResponse>> outcome{};                  ///< none: the request hangs
};

/// A transfer that completes when it is canceled or when the transport is destroyed, whichever comes first.
struct Hanging {
  Transport::Completion completion{};
  Error error{};
  std::atomic<bool> answered{false};
  CancelToken::Registration registration{};

  void answer() {
    if (answered.exchange(true)) return;
    auto const last = std::move(completion);
    last(error);
  }
};

/// Returns the method and the URL without its query, which may contain a credential.
std::string said(HttpRequest const& request) {
  return request.method + ' ' + request.url.substr(0, request.url.find('?'));
}

Error given_up() {
  return {.code = ErrorCode::canceled, .message = "canceled before the request was sent"};
}

}  // namespace

struct ScriptedTransport::State {
  mutable std::mutex mutex{};
  std::optional<std::pair<std::string, std::string>> expected{};  ///< for the step that is added next
  std::deque<Step> steps{};
  std::function<Result<HttpResponse>(HttpRequest const&)> handler{};
  std::vector<HttpRequest> requests{};
  std::vector<std::shared_ptr<Hanging>> hanging{};

  void add(std::optional<Result<HttpResponse>> outcome) {
    std::lock_guard const lock{mutex};
    steps.push_back({.expected = std::exchange(expected, std::nullopt), .outcome = std::move(outcome)});
  }
};

ScriptedTransport::ScriptedTransport() : state_{std::make_unique<State>()} {}

ScriptedTransport::~ScriptedTransport() {
  for (auto const& transfer : state_->hanging) transfer->answer();
}

ScriptedTransport& ScriptedTransport::expect(std::string method, std::string url_part) {
  std::lock_guard const lock{state_->mutex};
  state_->expected.emplace(std::move(method), std::move(url_part));
  return *this;
}

ScriptedTransport& ScriptedTransport::respond(int status, std::string body, std::vector<Header> headers) {
  state_->add(HttpResponse{.status = status, .headers = std::move(headers), .body = std::move(body)});
  return *this;
}

ScriptedTransport& ScriptedTransport::fail(ErrorCode code, Effect effect) {
  state_->add(Error{.code = code, .effect = effect, .message = "a failure set by the script"});
  return *this;
}

ScriptedTransport& ScriptedTransport::hang() {
  state_->add(std::nullopt);
  return *this;
}

ScriptedTransport& ScriptedTransport::otherwise(
    std::function<Result<HttpResponse>(HttpRequest const&)> handler) {
  std::lock_guard const lock{state_->mutex};
  state_->handler = std::move(handler);
  return *this;
}

std::vector<HttpRequest> ScriptedTransport::requests() const {
  std::lock_guard const lock{state_->mutex};
  return state_->requests;
}

std::size_t ScriptedTransport::pending() const {
  std::lock_guard const lock{state_->mutex};
  return state_->steps.size();
}

void ScriptedTransport::start(HttpRequest request, TransferOptions options, Completion completion) {
  if (options.cancel.canceled()) return completion(given_up());
  std::unique_lock lock{state_->mutex};
  state_->requests.push_back(request);
  auto const answer = [&](Result<HttpResponse> result) {
    lock.unlock();
    completion(std::move(result));
  };

  if (state_->steps.empty()) {
    auto const handler = state_->handler;
    if (!handler) return answer(configuration_error("the script has no response to " + said(request)));
    if (options.gate && !options.gate->open(false)) return answer(given_up());
    lock.unlock();
    return completion(handler(request));
  }
  auto& next = state_->steps.front();
  if (next.expected && (next.expected->first != request.method ||
                        request.url.find(next.expected->second) == std::string::npos))
    return answer(configuration_error("the script expects " + next.expected->first + ' ' +
                                      next.expected->second + ", not " + said(request)));
  auto const leaves =
      !next.outcome || next.outcome->has_value() || next.outcome->error().effect != Effect::none;
  if (leaves && options.gate && !options.gate->open(false)) return answer(given_up());
  auto step = std::move(next);
  state_->steps.pop_front();
  if (step.outcome) return answer(*std::move(step.outcome));

  auto const transfer = std::make_shared<Hanging>();
  transfer->completion = std::move(completion);
  transfer->error = {.code = ErrorCode::canceled,
                     .effect = request.action == Action::read ? Effect::none : Effect::unknown,
                     .message = "canceled while waiting for the response"};
  state_->hanging.push_back(transfer);
  lock.unlock();
  transfer->registration = options.cancel.on_cancel([weak = std::weak_ptr{transfer}] {
    if (auto const alive = weak.lock()) alive->answer();
  });
}

}  // namespace polycampaign::inline v1::testing
