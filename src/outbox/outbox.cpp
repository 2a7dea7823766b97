#include "polycampaign/outbox.hpp"

#include "outbox/reconcile.hpp"
#include "outbox/sending.hpp"
#include "outbox/worker.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <utility>

namespace polycampaign::inline v1 {

std::string_view to_string(DispatchOutcome outcome) noexcept {
  switch (outcome) {
    case DispatchOutcome::accepted: return "accepted";
    case DispatchOutcome::refused: return "refused";
    case DispatchOutcome::unresolved: return "unresolved";
    case DispatchOutcome::not_sent: return "not_sent";
    case DispatchOutcome::partial: return "partial";
  }
  return "unresolved";
}

std::string_view to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::found: return "found";
    case Verdict::absent: return "absent";
    case Verdict::undecided: break;
  }
  return "undecided";
}

namespace {

OutboxOptions completed(OutboxOptions options, CampaignClient const& client) {
  if (options.account.empty()) options.account = client.capabilities().provider;
  if (!options.clock)
    options.clock = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  return options;
}

Error no_thread() {
  return {.code = ErrorCode::unavailable, .transient = true, .message = "cannot start a thread"};
}

Error of_journal(ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message)};
}

}  // namespace

struct Outbox::State {
  State(CampaignClient& client, SendJournal& journal, OutboxOptions options)
      : context{client, journal, completed(std::move(options), client)} {}

  /// An asynchronous call, which the destructor of the outbox cancels.
  struct Running {
    CancelSource stop{};
    CancelToken::Registration by_caller{};
  };

  /// Returns the options with a token that the caller and the destructor cancel.
  [[nodiscard]] CallOptions enter(std::size_t& id, CallOptions options) {
    auto running = std::make_shared<Running>();
    if (options.cancel.can_be_canceled())
      running->by_caller = options.cancel.on_cancel([stop = running->stop]() mutable { stop.cancel(); });
    options.cancel = running->stop.token();
    std::lock_guard const lock{mutex};
    id = next_id++;
    if (closing) running->stop.cancel();
    calls.emplace(id, std::move(running));
    return options;
  }

  void leave(std::size_t id) {
    std::shared_ptr<Running> call;  // its registration must not end under the lock
    {
      std::lock_guard const lock{mutex};
      auto const found = calls.find(id);
      call = std::move(found->second);
      calls.erase(found);
    }
    call.reset();
    std::lock_guard const lock{mutex};
    if (calls.empty()) idle.notify_all();
  }

  void close() {
    std::vector<std::shared_ptr<Running>> all;
    std::unique_lock lock{mutex};
    closing = true;
    for (auto const& [id, call] : calls) all.push_back(call);
    lock.unlock();
    for (auto const& call : all) call->stop.cancel();
    all.clear();
    lock.lock();
    idle.wait(lock, [&] { return calls.empty(); });
  }

  struct AsyncSend {
    outbox::Sending sending;
    Completion<Dispatch> done;
    std::size_t id = 0;
  };

  void advance(std::shared_ptr<AsyncSend> const& call) {
    auto request = call->sending.next();
    if (!request) {
      auto result = call->sending.result();
      leave(call->id);
      call->done(std::move(result));
      return;
    }
    context.client.start(std::move(request->operation), request->options,
                         [this, call](Result<Submission> outcome) {
                           auto const kept = std::make_shared<Result<Submission>>(std::move(outcome));
                           // The thread of the first task exists.
                           static_cast<void>(worker.post([this, call, kept] {
                             call->sending.take(std::move(*kept));
                             advance(call);
                           }));
                         });
  }

  /// Returns the unresolved part of a key. Errors: those of `resolve_sent`.
  [[nodiscard]] Result<JournalRecord> unresolved(std::string_view key) {
    auto records = context.journal.find(context.options.account, key);
    if (!records) return std::move(records).error();
    if (records->empty())
      return of_journal(ErrorCode::not_found,
                        "the journal has no such key in the account " + context.options.account);
    for (auto& record : *records) {
      if (record.state == SendState::unresolved) return std::move(record);
      if (record.state != SendState::sending) continue;
      auto const details = outbox::read_details(record.details, context.client.capabilities().provider);
      auto const until = outbox::send_until(context, record, details);
      if (context.now() <= until)
        return of_journal(ErrorCode::conflict, "part " + std::to_string(record.part) +
                                                   " may be being sent at this moment; try again in " +
                                                   std::to_string((until - context.now()).count() + 1) +
                                                   " seconds");
      return std::move(record);
    }
    return of_journal(ErrorCode::conflict, "nothing of this key is unresolved");
  }

  [[nodiscard]] Result<JournalRecord> settle(JournalRecord record, SendState to, std::string campaign_id) {
    auto const from = std::exchange(record.state, to);
    record.settled_at = context.now();
    if (!campaign_id.empty()) record.campaign_id = std::move(campaign_id);
    auto const written = context.journal.settle(record, from);
    if (!written) return written.error();
    if (!*written)
      return of_journal(ErrorCode::conflict, "another process has settled this key in the meantime");
    return record;
  }

  outbox::Context context;
  std::mutex mutex{};  // guards the members up to `closing`
  std::condition_variable idle{};
  std::map<std::size_t, std::shared_ptr<Running>> calls{};
  std::size_t next_id = 0;
  bool closing = false;
  outbox::Worker worker{};
};

Outbox::Outbox(CampaignClient& client, SendJournal& journal, OutboxOptions options)
    : state_{std::make_unique<State>(client, journal, std::move(options))} {}

Outbox::~Outbox() {
  state_->close();
}

Result<Dispatch> Outbox::send(NewCampaign campaign, SendOptions const& options) {
  outbox::Sending sending{state_->context, std::move(campaign), options};
  while (auto request = sending.next())
    sending.take(state_->context.client.call(std::move(request->operation), request->options));
  return sending.result();
}

Result<std::optional<Dispatch>> Outbox::recall(NewCampaign campaign, SendOptions const& options) {
  outbox::Sending sending{state_->context, std::move(campaign), options};
  if (sending.would_send()) return std::optional<Dispatch>{};
  return sending.result().transform([](Dispatch&& dispatch) { return std::optional{std::move(dispatch)}; });
}

void Outbox::async_send(NewCampaign campaign, SendOptions const& options, Completion<Dispatch> done) {
  auto& state = *state_;
  std::size_t id = 0;
  auto own = options;
  own.call = state.enter(id, options.call);
  auto call = std::make_shared<State::AsyncSend>(
      State::AsyncSend{.sending = outbox::Sending{state.context, std::move(campaign), std::move(own)},
                       .done = std::move(done),
                       .id = id});
  if (state.worker.post([&state, call] { state.advance(call); })) return;
  state.leave(id);
  call->done(no_thread());
}

Result<std::vector<Reconciliation>> Outbox::reconcile(CallOptions const& options) {
  return outbox::reconcile(state_->context, options);
}

void Outbox::async_reconcile(CallOptions const& options, Completion<std::vector<Reconciliation>> done) {
  auto& state = *state_;
  std::size_t id = 0;
  auto const own = state.enter(id, options);
  if (state.worker.post([&state, id, own, done] {
        auto result = outbox::reconcile(state.context, own);
        state.leave(id);
        done(std::move(result));
      }))
    return;
  state.leave(id);
  done(no_thread());
}

Result<JournalRecord> Outbox::resolve_sent(std::string_view key, std::string campaign_id) {
  auto record = state_->unresolved(key);
  if (!record) return record;
  return state_->settle(*std::move(record), SendState::accepted, std::move(campaign_id));
}

Result<JournalRecord> Outbox::resolve_not_sent(std::string_view key) {
  auto record = state_->unresolved(key);
  if (!record) return record;
  return state_->settle(*std::move(record), SendState::not_sent, {});
}

}  // namespace polycampaign::inline v1
