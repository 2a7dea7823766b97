#pragma once

#include "polycampaign/result.hpp"
#include "polycampaign/secret.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

/// The language between vendors and engine: values only, no I/O, no clock, no thread.
namespace polycampaign::inline v1::protocol {

/// One request of an operation, not yet signed.
struct Call {
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
  Call call{};
  std::function<Result<T>(HttpResponse)> decode{};
};

/// Runs the exchanges of a conversation one after the other, each with authentication and retries.
/// Straight-line code: blocking callers run it on their own thread, asynchronous ones on a worker of the
/// client.
class Conversation {
 public:
  Conversation() = default;
  virtual ~Conversation() = default;
  Conversation(Conversation const&) = delete;
  Conversation& operator=(Conversation const&) = delete;

  template <class T>
  [[nodiscard]] Result<T> run(Exchange<T> const& exchange) {
    std::optional<T> value;
    auto const error = perform(exchange.call, [&](HttpResponse response) -> std::optional<Error> {
      auto decoded = exchange.decode(std::move(response));
      if (!decoded) return std::move(decoded).error();
      value.emplace(*std::move(decoded));
      return std::nullopt;
    });
    if (error) return *error;
    return *std::move(value);
  }

  /// Decodes a response and keeps the value; the error if there is one.
  using Accept = std::function<std::optional<Error>(HttpResponse)>;

  /// Nothing on success, that is when `accept` returned nothing for the last response.
  [[nodiscard]] virtual std::optional<Error> perform(Call const& call, Accept const& accept) = 0;
};

/// A session at the vendor. Lifetimes as told, without a clock.
struct Token {
  Secret access{};
  Secret refresh{};  ///< empty: none
  /// From the moment the answer arrived; absent: not told.
  std::optional<std::chrono::seconds> lifetime{};
  std::optional<std::chrono::seconds> refresh_lifetime{};
  /// The vendor's absolute end, where it tells only that.
  std::optional<std::chrono::sys_seconds> expires_at{};
};

/// An answer without content.
struct Done {};

}  // namespace polycampaign::inline v1::protocol
