#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::faults {

/// What a server does with a request that it has read. "Acts" means that it processes the request.
enum class Fault : std::uint8_t {
  // It acts and reports success.
  answer,
  answer_and_close,  ///< `Connection: close`
  answer_then_drop,  ///< promises to keep the connection, and closes it
  answer_then_trap,  ///< keeps it, and resets it at the first byte of the next request, unread
  answer_with_more,  ///< a second, forged response after the declared length
  answer_http_10,    ///< the end of the connection is the end of the body
  // It acts, and the response is lost or does not say so.
  close,
  reset,
  close_in_status_line,
  close_in_head,
  reset_in_head,
  close_behind_head,
  close_in_body,
  reset_in_body,
  close_in_chunk,
  close_behind_interim,
  close_tomorrow,  ///< sends nothing for a moment, then closes
  not_http,
  empty_answer,
  html_answer,
  broken_gzip,
  server_error,
  bad_gateway_and_close,
  overloaded_retry_now,  ///< 503 with Retry-After
  overloaded_in_words,   ///< 503 whose body reads like a refusal
  request_timeout,       ///< 408
  unknown_error,         ///< 200 with a vendor code that is not a refusal
  moved,                 ///< to an address where the server would act again
  never_answer,
  stall_in_head,
  drip,
  cancel,  ///< the caller cancels as soon as the request has arrived
  // It does not act, and reports that.
  refuse,
  refuse_expectation,  ///< 417, which libcurl handles itself
  rate_limit,
  rate_limit_retry_now,
  // It does not act, because it does not read the whole request.
  reset_unread,
};

[[nodiscard]] std::string_view to_string(Fault fault);

enum class Verdict : std::uint8_t {
  done,     ///< acted, and the client can know
  lost,     ///< acted, and the client cannot know
  refused,  ///< not acted, and the client can know
  unread    ///< not acted, and the client cannot know
};

[[nodiscard]] Verdict verdict(Fault fault);
/// Returns whether only the client's own time limit ends the request.
[[nodiscard]] bool stalls(Fault fault);

/// A request as it arrived.
struct Seen {
  std::uint32_t id = 0;
  Fault fault{};
  bool whole = true;  ///< its body is what the client meant to send
};

/// An HTTP server on the loopback interface with one thread. Its script decides what it does with each
/// request. A request has its number in `X-Request-Id`, or else in the query as `id`.
class FaultyServer {
 public:
  struct Script {
    /// Returns what happens to a request. `time` counts the requests with that number, from 0. Called on the
    /// server's thread.
    std::function<Fault(std::uint32_t id, int time)> fault{};
    /// For `Fault::cancel`. Called on the server's thread.
    std::function<void(std::uint32_t id)> cancel{};
  };

  explicit FaultyServer(Script script);
  ~FaultyServer();
  FaultyServer(FaultyServer const&) = delete;
  FaultyServer& operator=(FaultyServer const&) = delete;

  /// `127.0.0.1:PORT`, which reads its requests.
  [[nodiscard]] std::string const& host() const;
  /// Accepts connections and closes them without reading.
  [[nodiscard]] std::string const& closing_host() const;
  /// Accepts connections and resets them without reading.
  [[nodiscard]] std::string const& resetting_host() const;
  /// Accepts no connection.
  [[nodiscard]] std::string const& refusing_host() const;

  /// Returns everything that was read, in order, including what was in the sockets when their clients closed
  /// them. Call it once, when no client is left.
  [[nodiscard]] std::vector<Seen> stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Returns the body of the request with this number.
[[nodiscard]] std::string body_of(std::uint32_t id);

}  // namespace polycampaign::faults
