#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::faults {

/// What a server does with a request that it has read.
enum class Fault : std::uint8_t {
  // It acts and says so.
  answer,
  answer_and_close,  ///< `Connection: close`
  answer_then_drop,  ///< promises to keep the connection, and closes it
  answer_then_trap,  ///< keeps it, and resets it at the first byte of the next request, unread
  answer_with_more,  ///< a second, forged answer behind the declared length
  answer_http_10,    ///< the end of the connection is the end of the body
  // It acts, and the answer is lost or says nothing.
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
  close_tomorrow,  ///< says nothing for a moment, then closes
  not_http,
  empty_answer,
  html_answer,
  broken_gzip,
  server_error,
  bad_gateway_and_close,
  overloaded_retry_now,  ///< 503 with Retry-After
  overloaded_in_words,   ///< 503 whose body reads like a refusal
  request_timeout,       ///< 408
  unknown_error,         ///< 200 with a code of the vendor's that is no refusal
  moved,                 ///< to an address where it would act again
  never_answer,
  stall_in_head,
  drip,
  cancel,  ///< the caller gives up as soon as the request is here
  // It does not act, and says so.
  refuse,
  refuse_expectation,  ///< 417, to which libcurl has an answer of its own
  rate_limit,
  rate_limit_retry_now,
  // It does not act, since it does not read to the end.
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
/// Ends only by the client's own time limit.
[[nodiscard]] bool stalls(Fault fault);

/// A request as it came.
struct Seen {
  std::uint32_t id = 0;
  Fault fault{};
  bool whole = true;  ///< its body is what the client meant to send
};

/// An HTTP server on the loopback, of one thread, that does to each request what its script says. Requests
/// tell their number in `X-Request-Id`, or else in the query as `id`.
class FaultyServer {
 public:
  struct Script {
    /// What happens to this request, the `time`-th with its number, from 0. Called on the server's thread.
    std::function<Fault(std::uint32_t id, int time)> fault{};
    /// For `Fault::cancel`. Called on the server's thread.
    std::function<void(std::uint32_t id)> cancel{};
  };

  explicit FaultyServer(Script script);
  ~FaultyServer();
  FaultyServer(FaultyServer const&) = delete;
  FaultyServer& operator=(FaultyServer const&) = delete;

  /// `127.0.0.1:PORT` that reads what it gets.
  [[nodiscard]] std::string const& host() const;
  /// Accepts, and closes without reading.
  [[nodiscard]] std::string const& closing_host() const;
  /// Accepts, and resets without reading.
  [[nodiscard]] std::string const& resetting_host() const;
  /// Takes no connection.
  [[nodiscard]] std::string const& refusing_host() const;

  /// Everything that was read, in its order, also what lay in the sockets when their clients closed them.
  /// To be called once, when no client is left.
  [[nodiscard]] std::vector<Seen> stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a request with this number carries.
[[nodiscard]] std::string body_of(std::uint32_t id);

}  // namespace polycampaign::faults
