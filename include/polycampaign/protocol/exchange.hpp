#pragma once

#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

/// The language between vendors and engine: values only, no I/O, no clock, no thread.
namespace polycampaign::inline v1::protocol {

/// One request of an operation, not yet signed.
struct Call {
  /// Its `action` is what the vendor does, whatever the method is.
  HttpRequest request{};
  /// For logs, errors and metrics: `log_in`, `list`, `get`, ... A literal.
  std::string_view operation{};
  /// Needs the session's token: false for log-in and refresh themselves.
  bool authenticated = true;
};

/// An operation of one request: the request and what its answer means. How it is driven (blocking, with a
/// callback, from a prefetching pager, by a fuzzer or a table test) is not its business.
///
/// `decode` sees every HTTP response, whatever its status, and finds the vendor's own way to say no. Its
/// errors carry code, effect, transient, retry_after, http_status, vendor_code and message; the engine fills
/// in provider and attempts. A token that is no longer good is `unauthenticated`. It must not throw, and must
/// be callable on any thread.
template <class T>
struct Exchange {
  Call call{};                                      ///< what is asked
  std::function<Result<T>(HttpResponse)> decode{};  ///< what the answer means
};

/// Runs the exchanges of a conversation one after the other, each with authentication and retries. A
/// conversation is straight-line code and a function of the answers alone: no clock, no random number, no
/// state of its own. An asynchronous caller runs it from its beginning each time an answer has come, with the
/// answers so far, so what it does with an error must not depend on how often it was run.
///
/// Threads: used by one thread at a time.
class POLYCAMPAIGN_EXPORT Conversation {
 public:
  Conversation() = default;
  virtual ~Conversation() = default;
  Conversation(Conversation const&) = delete;
  Conversation& operator=(Conversation const&) = delete;

  /// The decoded answer. Return at once on an error: asynchronously, "not there yet" is one.
  ///
  /// Errors: those of requests, and those of the exchange's `decode`.
  /// Retried: as the request's `action` allows.
  template <class T>
  [[nodiscard]] Result<T> run(Exchange<T> const& exchange) {
    auto answer = perform(exchange.call, [decode = exchange.decode](HttpResponse response) -> Result<Value> {
      auto decoded = decode(std::move(response));
      if (!decoded) return std::move(decoded).error();
      return Value{std::make_shared<T>(*std::move(decoded))};
    });
    if (!answer) return std::move(answer).error();
    auto& value = *static_cast<T*>(answer->get());
    if (answer->use_count() > 1) return T{value};  // kept, to be given again
    return std::move(value);
  }

  /// A decoded answer of whatever type its exchange has.
  using Value = std::shared_ptr<void>;
  /// An exchange's `decode` without its type.
  using Decode = std::function<Result<Value>(HttpResponse)>;

  /// What `run` is made of: implement it to drive conversations in a way of your own.
  ///
  /// Errors: those of requests, and those of `decode`.
  /// Retried: as the request's `action` allows.
  [[nodiscard]] virtual Result<Value> perform(Call const& call, Decode decode) = 0;
};

/// A session at the vendor. Lifetimes as told, without a clock.
struct Token {
  Secret access{};   ///< what requests are signed with
  Secret refresh{};  ///< empty: none
  /// From the moment the answer arrived; absent: not told.
  std::optional<std::chrono::seconds> lifetime{};
  /// The same of `refresh`.
  std::optional<std::chrono::seconds> refresh_lifetime{};
  /// The vendor's absolute end, where it tells only that.
  std::optional<std::chrono::sys_seconds> expires_at{};
};

/// An answer without content.
struct Done {};

}  // namespace polycampaign::inline v1::protocol
