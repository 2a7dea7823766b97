#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/operation.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// The language between vendors and engine: values only, no I/O, no clock, no thread.
namespace polycampaign::inline v1::protocol {

/// One request of an operation, not yet signed. A plain value.
struct Call {
  /// Without what `Adapter::sign` adds. Its `action` decides whether it may ever be sent again.
  HttpRequest request{};
  /// For logs, errors and metrics: `log_in`, `list`, `get`, ... A literal: it must live as long as the
  /// program.
  std::string_view operation{};
  /// Needs the session's token: false for log-in and refresh themselves.
  bool authenticated = true;
  /// A step before the operation itself, such as an audience that is made before its campaign. When it is
  /// lost, the operation was not carried out, so it leaves the effect of the conversation `none`. It is
  /// itself repeated by its action alone.
  bool preparation = false;
  /// Whether the vendor documents this error response as a refusal before anything was done. Null: none is.
  /// Asked for requests that are not reads. Without it, HTTP 1xx, 3xx, 408 and 5xx are of `unknown` effect,
  /// and so are `unavailable`, `protocol` and the other codes that are no refusal, whatever `decode` says.
  bool (*documented_refusal)(Error const& error) noexcept = nullptr;
};

/// An operation of one request: the request and what its answer means. How it is driven (blocking, with a
/// callback, from a prefetching pager, by a fuzzer or a table test) is not its business. A plain value.
template <class T>
struct Exchange {
  Call call{};  ///< the request
  /// Sees every HTTP response, whatever its status, and finds the vendor's own error responses. Its errors
  /// carry code, effect, transient, retry_after, http_status, vendor_code and message; the engine fills in
  /// provider and attempts, masks secrets, knows that a read has no effect, and makes an effect `unknown`
  /// where no documented refusal (`Call::documented_refusal`) says otherwise. A token that is no longer good
  /// is `unauthenticated`, and so is a credential that is refused, of which a log-in must be sure. It must
  /// not throw, and must be callable on any thread and more than once. A copy of it may outlive the call, not
  /// the `Adapter`.
  std::function<Result<T>(HttpResponse)> decode{};
};

/// Runs the exchanges of a conversation one after the other, each with authentication and retries. A
/// conversation is straight-line code and a function of the answers alone: no clock, no random number, no
/// state of its own. An asynchronous caller runs it from its beginning each time an answer has come, with the
/// answers so far, so what it does with an error must not depend on how often it was run.
///
/// Threads: one at a time. Tests may implement it: it is one function.
class POLYCAMPAIGN_EXPORT Conversation {
 public:
  Conversation() = default;
  virtual ~Conversation() = default;
  Conversation(Conversation const&) = delete;
  Conversation& operator=(Conversation const&) = delete;

  /// The decoded answer. Blocks where the caller does.
  /// Errors: those of `exchange.decode`, and those of a request that failed; `canceled`,
  /// `deadline_exceeded`. The effect is that of this request; the engine gives the conversation's error the
  /// effect of all its requests together.
  /// Retried: by the action that the request declares.
  template <class T>
  [[nodiscard]] Result<T> run(Exchange<T> const& exchange) {
    return detail::typed<T>(perform(exchange.call, erased(exchange.decode)));
  }
  /// The same with `make()`, which returns the exchange and is called only when the request is to be made:
  /// for large bodies, which are not built anew when the conversation is run again.
  template <std::invocable Make>
  [[nodiscard]] auto run(Make&& make) {
    return run_made(std::forward<Make>(make), static_cast<std::invoke_result_t<Make>*>(nullptr));
  }

  /// A decoded answer of whatever type its exchange has.
  using Value = AnyAnswer;
  /// `Exchange::decode` without its type.
  using Decode = std::function<Result<Value>(HttpResponse)>;

  /// What `run` rests on. Errors: as `run`.
  [[nodiscard]] virtual Result<Value> perform(Call const& call, Decode decode) = 0;
  /// The answer that this step had when the conversation was run before; absent: it is run for the first
  /// time. Here: absent. Errors: the one that the step ended with.
  [[nodiscard]] virtual std::optional<Result<Value>> answered() { return std::nullopt; }

  /// `decode` without its type.
  template <class T>
  [[nodiscard]] static Decode erased(std::function<Result<T>(HttpResponse)> decode) {
    return [decode = std::move(decode)](HttpResponse response) {
      return detail::erased(decode(std::move(response)));
    };
  }

 private:
  template <class Make, class T>
  [[nodiscard]] Result<T> run_made(Make&& make, Exchange<T> const*) {
    if (auto answer = answered()) return detail::typed<T>(*std::move(answer));
    return run(std::forward<Make>(make)());
  }
};

/// A session at the vendor. Lifetimes as told, without a clock. Move-only.
struct Token {
  Secret access{};   ///< what signs requests; never empty
  Secret refresh{};  ///< empty: none
  /// From the moment the answer arrived; absent: not told.
  std::optional<std::chrono::seconds> lifetime{};
  std::optional<std::chrono::seconds> refresh_lifetime{};  ///< the same, of `refresh`
  /// The vendor's absolute end, where it tells only that.
  std::optional<std::chrono::sys_seconds> expires_at{};
};

/// An answer without content.
struct Done {};

}  // namespace polycampaign::inline v1::protocol
