#include "engine/conversation_run.hpp"

#include "text/hash.hpp"

#include <utility>

namespace polycampaign::inline v1::engine {

struct ConversationRun::Step {
  std::uint64_t asked = 0;               // hash of the call
  std::optional<protocol::Call> call{};  // kept only while it lasts, because it may be large or secret
  std::optional<CallRun> run{};          // kept only while it lasts
  Value value{};
  std::optional<Error> error{};

  /// Returns true when the step has ended.
  bool poll(ConversationEffect& effect) {
    if (!run->poll()) return false;
    error = run->error();
    value = run->take_value();
    run.reset();
    effect.ended(*call, error ? &*error : nullptr);
    wipe(call->request);
    call.reset();
    return true;
  }
  Result<Value> outcome() const {
    if (error) return *error;
    return value;
  }
};

namespace {

/// Returns equal values for equal calls, because a conversation must repeat its earlier requests.
std::uint64_t hash_of(protocol::Call const& call) {
  auto const& request = call.request;
  auto h = text::hash(call.operation);
  for (std::string_view const text :
       {std::string_view{request.method}, std::string_view{request.url}, std::string_view{request.body}})
    h = text::hash(text, h);
  return text::mix(h + static_cast<std::uint64_t>(request.action) * 2 + (call.preparation ? 1u : 0u));
}

// A script that sees this error will run again; whatever it does with it is discarded.
Error not_yet() {
  return {.code = ErrorCode::canceled, .message = "no response yet"};
}

}  // namespace

ConversationRun::ConversationRun(std::shared_ptr<Core> core, Script script, CallOptions options, Action most)
    : core_{std::move(core)}, script_{std::move(script)}, options_{std::move(options)}, most_{most} {}

ConversationRun::~ConversationRun() = default;

bool ConversationRun::poll(std::shared_ptr<runtime::Waker> const& waker) {
  if (waker_ == nullptr) waker_ = waker;
  do {
    if (waits() && !steps_.back()->poll(effect_)) return false;
    next_ = 0;
    script_(*this);
  } while (waits());
  return true;
}

std::optional<runtime::TimePoint> ConversationRun::wake_at() const {
  return waits() ? steps_.back()->run->wake_at() : std::nullopt;
}

void ConversationRun::park() {
  if (waits()) steps_.back()->run->park();
}

bool ConversationRun::waits() const noexcept {
  return !steps_.empty() && steps_.back()->run;
}

Result<ConversationRun::Value> ConversationRun::perform(protocol::Call const& call, Decode decode) {
  if (next_ < steps_.size()) return repeat(*steps_[next_++], hash_of(call));
  if (strayed_) return *strayed_;
  if (waits()) return not_yet();
  if (auto error = exceeds(call, most_)) return *std::move(error);
  auto& step = *steps_.emplace_back(std::make_unique<Step>());
  ++next_;
  step.asked = hash_of(call);
  step.call = call;
  step.run.emplace(core_, *step.call, std::move(decode), options_, waker_);
  if (!step.poll(effect_)) return not_yet();
  return step.outcome();
}

std::optional<Result<ConversationRun::Value>> ConversationRun::answered() {
  if (next_ < steps_.size()) {
    auto const& step = *steps_[next_++];
    return repeat(step, step.asked);
  }
  if (strayed_) return *strayed_;
  if (waits()) return not_yet();
  return std::nullopt;
}

Result<ConversationRun::Value> ConversationRun::repeat(Step const& step, std::uint64_t call) {
  if (strayed_) return *strayed_;
  if (step.asked != call) {
    strayed_ = Error{.code = ErrorCode::configuration,
                     .effect = effect(),
                     .message =
                         "the vendor's adapter made a different request when its conversation ran again: a "
                         "conversation must depend on nothing but the responses"};
    return *strayed_;
  }
  if (step.run) return not_yet();
  return step.outcome();
}

}  // namespace polycampaign::inline v1::engine
