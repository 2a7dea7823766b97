#pragma once

#include "polycampaign/action.hpp"
#include "polycampaign/cancel.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// One header of a request or response. It may hold a credential.
struct Header {
  std::string name{};   ///< case-insensitive
  std::string value{};  ///< without surrounding spaces; a transport refuses control characters
};

/// A request to a vendor. It holds credentials: in headers and, for Yeastar, in the URL.
struct HttpRequest {
  std::string method = "GET";  ///< in capital letters
  std::string url{};           ///< absolute and percent-encoded
  /// In the order in which they are sent. The transport adds its own (`User-Agent`, `Accept-Encoding`).
  std::vector<Header> headers{};
  std::string body{};  ///< sent unless it is empty
  /// What the request does at the vendor. The default is the strictest action, so that no request is retried
  /// by mistake.
  Action action = Action::sends;
};

/// Overwrites and empties every part of a request that may hold a credential: the URL, the header values and
/// the body. A transport calls this as soon as it no longer needs the request.
POLYCAMPAIGN_EXPORT void wipe(HttpRequest& request) noexcept;

/// A vendor's response, whatever it means.
struct HttpResponse {
  int status = 0;                 ///< 100 to 599
  std::vector<Header> headers{};  ///< in the order received; those of the final response only
  std::string body{};             ///< decompressed

  /// Returns the value of the first header with that name, in any case, or null if there is none.
  [[nodiscard]] POLYCAMPAIGN_EXPORT std::string const* header(std::string_view name) const noexcept;
};

/// Decides, without a race, whether a request is sent or the caller gives up first. One gate per request.
///
/// Threads: all members may be called from several threads at once.
class POLYCAMPAIGN_EXPORT SendGate {
 public:
  /// Asks for permission to send. The transport calls this immediately before the first byte of a request
  /// leaves, and again before each retry of its own. False: stop and send nothing, because the caller has
  /// given up, or because the request was sent before and `may_repeat` is false.
  [[nodiscard]] bool open(bool may_repeat) noexcept;
  /// Gives up on behalf of the caller. True: nothing was sent and nothing will be.
  bool abandon() noexcept;
  /// Returns whether `open` has let a request through.
  [[nodiscard]] bool opened() const noexcept;

 private:
  enum State : std::uint8_t {
    waiting,
    sent,
    abandoned,
    sent_and_abandoned
  };
  std::atomic<std::uint8_t> state_{waiting};
};

/// How long one transfer may take, and how the caller gives it up.
struct TransferOptions {
  /// Limit for the whole transfer, including name resolution. Must be positive.
  std::chrono::milliseconds timeout{30'000};
  /// Limit for connecting, including the TLS handshake; part of `timeout`. Must be positive.
  std::chrono::milliseconds connect_timeout{10'000};
  /// Abandons the transfer, which then completes with `canceled`.
  CancelToken cancel{};
  /// Decides whether the request is sent. Never null if `send` or the library calls `start`.
  std::shared_ptr<SendGate> gate{};
};

/// Sends one HTTP request and returns the response, nothing more. It never retries, never throws and follows
/// no redirect. Every HTTP status is a value, not an error. To decorate a transport, implement a Transport
/// that holds another one.
///
/// Threads: all members may be called from several threads at once.
class POLYCAMPAIGN_EXPORT Transport {
 public:
  Transport();
  virtual ~Transport();
  Transport(Transport const&) = delete;
  Transport& operator=(Transport const&) = delete;

  /// The callback of `start`, called exactly once with the response or the error.
  using Completion = std::function<void(Result<HttpResponse>)>;

  /// Starts the transfer and returns. It calls `completion` exactly once, on any thread, possibly on this one
  /// before `start` returns. `completion` must be quick and must not block.
  ///
  /// Errors: `network`, `tls`, `protocol`, `deadline_exceeded`, `canceled`; `unavailable` if this process has
  /// no file descriptor or thread left; `configuration` if a proxy rejects the request; `configuration` or
  /// `invalid_argument` for a request that the transport refuses to send. The effect is `Effect::none` if
  /// nothing was sent.
  /// Retried: never.
  virtual void start(HttpRequest request, TransferOptions options, Completion completion) = 0;

  /// Sends the request and blocks until the response, the timeout or the cancellation, whichever comes first.
  /// Even if the transport itself is stuck, this returns within 50 ms after the cancellation.
  ///
  /// Errors: as `start`.
  /// Retried: never.
  [[nodiscard]] Result<HttpResponse> send(HttpRequest request, TransferOptions options = {});
};

/// What a libcurl transport trusts, and its limits.
struct CurlTransportOptions {
  /// PEM file of certificate authorities to trust instead of the system's, for a PBX with its own
  /// certificate.
  std::string ca_file{};
  /// `sha256//BASE64` (several separated by `;`), or a file that contains a public key.
  std::string pinned_public_key{};
  /// Allows plain http to hosts other than loopback. Anyone on the network path can then read everything,
  /// including credentials.
  bool allow_plain_http = false;
  /// Maximum size of a response body. A larger body is a `protocol` error.
  std::size_t max_response_bytes = std::size_t{64} * 1024 * 1024;
  /// Maximum number of concurrent connections to one host.
  int max_connections_per_host = 16;
  std::string user_agent{};  ///< empty: `polycampaign/VERSION`
};

/// Returns a libcurl transport. One thread does all its I/O, and any number of clients and threads may share
/// it. The returned pointer owns it. The last owner may release it on any thread; transfers in flight then
/// complete with `canceled`.
///
/// The transport uses the proxies that the environment names at the time of this call: `https_proxy`,
/// `HTTPS_PROXY`, `http_proxy`, `all_proxy` and `ALL_PROXY`. libcurl itself reads `no_proxy`.
///
/// Errors: `configuration` (libcurl older than 7.80, without TLS or without asynchronous name resolution;
/// unreadable `ca_file`; malformed `pinned_public_key`); `unavailable` if no file descriptor is free or no
/// thread can be started.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Transport>> make_curl_transport(
    CurlTransportOptions options = {});

}  // namespace polycampaign::inline v1
