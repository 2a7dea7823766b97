#include "engine/talk.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

struct Talk::Step {
  protocol::Call call{};
  std::optional<CallRun> run{};  // while it lasts
  Value value{};
  std::optional<Error> error{};

  /// True when it has ended.
  bool poll(Conduct& conduct) {
    if (!run->poll()) return false;
    error = run->error();
    value = run->take_value();
    run.reset();
    conduct.ended(call, error ? &*error : nullptr);
    return true;
  }
  Result<Value> outcome() const {
    if (error) return *error;
    return value;
  }
};

namespace {

bool same(protocol::Call const& a, protocol::Call const& b) {
  return a.operation == b.operation && a.request.method == b.request.method &&
         a.request.url == b.request.url && a.request.body == b.request.body &&
         a.request.action == b.request.action && a.preparation == b.preparation;
}

// Seen by a script that will be run again: whatever it makes of it is thrown away.
Error not_yet() {
  return {.code = ErrorCode::cancelled, .message = "not answered yet"};
}

}  // namespace

Talk::Talk(std::shared_ptr<Core> core, Script script, CallOptions options)
    : core_{std::move(core)}, script_{std::move(script)}, options_{std::move(options)} {}

Talk::~Talk() = default;

bool Talk::poll(std::shared_ptr<Waker> const& waker) {
  if (waker_ == nullptr) waker_ = waker;
  do {
    if (waits() && !steps_.back()->poll(conduct_)) return false;
    next_ = 0;
    script_(*this);
  } while (waits());
  return true;
}

std::optional<TimePoint> Talk::wake_at() const {
  return waits() ? steps_.back()->run->wake_at() : std::nullopt;
}

void Talk::park() {
  if (waits()) steps_.back()->run->park();
}

bool Talk::waits() const noexcept {
  return !steps_.empty() && steps_.back()->run;
}

Result<Talk::Value> Talk::perform(protocol::Call const& call, Decode decode) {
  if (next_ < steps_.size()) return repeat(*steps_[next_++], call);
  if (strayed_) return *strayed_;
  if (waits()) return not_yet();
  auto& step = *steps_.emplace_back(std::make_unique<Step>());
  ++next_;
  step.call = call;
  step.run.emplace(core_, step.call, std::move(decode), options_, waker_);
  if (!step.poll(conduct_)) return not_yet();
  return step.outcome();
}

Result<Talk::Value> Talk::repeat(Step const& step, protocol::Call const& call) {
  if (strayed_) return *strayed_;
  if (!same(step.call, call)) {
    strayed_ =
        Error{.code = ErrorCode::configuration,
              .effect = effect(),
              .message = "the vendor's adapter asked for something else when its conversation was run again"};
    return *strayed_;
  }
  if (step.run) return not_yet();
  return step.outcome();
}

}  // namespace polycampaign::inline v1::engine
