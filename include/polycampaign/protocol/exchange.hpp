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

/// The interface between vendors and the engine: values only, no I/O, no clock, no threads.
namespace polycampaign::inline v1::protocol {

/// One request of an operation, not yet signed. A plain value.
struct Call {
  /// The request, without what `Adapter::sign` adds. Its `action` decides whether it may ever be retried.
  HttpRequest request{};
  /// The operation's name for logs, errors and metrics: `log_in`, `list`, `get`, ... Use a literal: the name
  /// must stay valid for the lifetime of the program.
  std::string_view operation{};
  /// Whether the request needs the session's token. False for login and refresh themselves.
  bool authenticated = true;
  /// Whether this is a step before the operation itself, such as creating the audience of a campaign before
  /// the campaign. If such a step is lost, the operation was not carried out, so the conversation's effect
  /// stays `none`. Whether the step itself is retried depends on its action alone.
  bool preparation = false;
  /// Returns whether the vendor documents this error response as a refusal before anything was done. Null:
  /// the vendor documents no such response. It is called for requests that are not reads. Without such a
  /// refusal, the effect is `unknown` for HTTP 1xx, 3xx, 408 and 5xx, and for `unavailable`, `protocol` and
  /// the other codes that are not refusals, whatever `decode` says.
  bool (*documented_refusal)(Error const& error) noexcept = nullptr;
};

/// An operation of one request: the request, and what its response means. How it is run (blocking, with a
/// callback, by a prefetching pager, by a fuzzer or a table test) is not its concern. A plain value.
template <class T>
struct Exchange {
  Call call{};  ///< the request
  /// Decodes the response. It receives every HTTP response, whatever its status, and recognizes the vendor's
  /// own error responses. Its errors carry code, effect, transient, retry_after, http_status, vendor_code and
  /// message. The engine fills in provider and attempts and masks secrets. It sets the effect of a read to
  /// `none`, and sets an effect to `unknown` where no documented refusal (`Call::documented_refusal`) says
  /// otherwise.
  ///
  /// Return `unauthenticated` if the vendor no longer accepts the token. For a login, return it only if the
  /// vendor rejected the credential.
  ///
  /// The function must not throw, and must be callable on any thread and more than once. A copy of it may
  /// outlive the call and the function that made it, but not the `Adapter`. It must not refer to a local
  /// variable, to the `Conversation` or to the operation, because an asynchronous call decodes the response
  /// when they no longer exist.
  std::function<Result<T>(HttpResponse)> decode{};
};

/// Runs the exchanges of a conversation one after the other, each with authentication and retries.
///
/// A conversation is straight-line code and a function of the responses alone: it uses no clock, no random
/// numbers and no state of its own. An asynchronous caller runs it from the beginning each time a response
/// has arrived, with the responses so far. What it does with an error must therefore not depend on how often
/// it was run.
///
/// Threads: use from one thread at a time. Tests may implement it; it has one function.
class POLYCAMPAIGN_EXPORT Conversation {
 public:
  Conversation() = default;
  virtual ~Conversation() = default;
  Conversation(Conversation const&) = delete;
  Conversation& operator=(Conversation const&) = delete;

  /// Runs an exchange and returns its decoded response. Blocks if the caller blocks.
  /// Errors: those of `exchange.decode` and those of a failed request; `canceled`, `deadline_exceeded`. The
  /// effect is that of this request; the engine gives the conversation's error the effect of all its requests
  /// together.
  /// Retried: depending on the action that the request declares.
  template <class T>
  [[nodiscard]] Result<T> run(Exchange<T> const& exchange) {
    return detail::typed<T>(perform(exchange.call, erased(exchange.decode)));
  }
  /// Runs the exchange that `make()` returns, and calls `make` only if the request is to be made. Use this
  /// for large bodies, so that they are not built again when the conversation runs again.
  template <std::invocable Make>
  [[nodiscard]] auto run(Make&& make) {
    return run_made(std::forward<Make>(make), static_cast<std::invoke_result_t<Make>*>(nullptr));
  }

  /// The decoded response of an exchange whose type has been erased.
  using Value = AnyAnswer;
  /// `Exchange::decode` with its type erased.
  using Decode = std::function<Result<Value>(HttpResponse)>;

  /// Runs an exchange whose type has been erased; `run` calls this. Errors: as `run`.
  [[nodiscard]] virtual Result<Value> perform(Call const& call, Decode decode) = 0;
  /// Returns the result that this step had when the conversation was last run. Absent if the step has not run
  /// before. This implementation returns nothing. Errors: the one that the step ended with.
  [[nodiscard]] virtual std::optional<Result<Value>> answered() { return std::nullopt; }

  /// Erases the type of `decode`.
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

/// A session at the vendor. Its lifetimes are as the vendor reported them, without a clock. Move-only.
struct Token {
  Secret access{};   ///< the token that signs requests; never empty
  Secret refresh{};  ///< empty if there is none
  /// Lifetime from the moment the response arrived. Absent if the vendor reported none.
  std::optional<std::chrono::seconds> lifetime{};
  std::optional<std::chrono::seconds> refresh_lifetime{};  ///< the same for `refresh`
  /// The absolute expiry time, if that is all the vendor reports.
  std::optional<std::chrono::sys_seconds> expires_at{};
};

/// A response without content.
struct Done {};

}  // namespace polycampaign::inline v1::protocol
