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

/// One header of a request or response. May hold a credential.
struct Header {
  std::string name{};   ///< in any case
  std::string value{};  ///< without blanks around it; a transport refuses control characters
};

/// What a vendor is asked. Holds credentials: in headers, and in Yeastar's URL.
struct HttpRequest {
  std::string method = "GET";     ///< in capitals
  std::string url{};              ///< absolute, escaped
  std::vector<Header> headers{};  ///< in order; the transport adds its own (`User-Agent`, `Accept-Encoding`)
  std::string body{};             ///< sent when it is not empty
  Action action = Action::sends;  ///< the strictest unless told: nothing is repeated by mistake
};

/// Overwrites and empties all of a request that may hold a credential: URL, header values and body. A
/// transport does so when it needs the request no longer.
POLYCAMPAIGN_EXPORT void wipe(HttpRequest& request) noexcept;

/// What the vendor answered, whatever it means.
struct HttpResponse {
  int status = 0;                 ///< 100 to 599
  std::vector<Header> headers{};  ///< in the order received; of the last response only
  std::string body{};             ///< decompressed

  /// The first header of that name, in any case; nothing when there is none.
  [[nodiscard]] POLYCAMPAIGN_EXPORT std::string const* header(std::string_view name) const noexcept;
};

/// Decides, without a race, between "the request goes out" and "the caller gave up". One per request.
///
/// Threads: all members may be called from several threads at once.
class POLYCAMPAIGN_EXPORT SendGate {
 public:
  /// The transport calls this right before the first byte of a request leaves, and again before every re-send
  /// of its own. False: stop, nothing may be sent (given up; or sent before and `may_repeat` is false).
  [[nodiscard]] bool open(bool may_repeat) noexcept;
  /// The caller gives up. True: nothing was sent and nothing will be.
  bool abandon() noexcept;
  /// True once `open` has let a request through.
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

/// How long one transfer may take, and how it is given up.
struct TransferOptions {
  /// For the whole transfer, name resolution included. Must be positive.
  std::chrono::milliseconds timeout{30'000};
  /// Until connected, TLS included; part of `timeout`. Must be positive.
  std::chrono::milliseconds connect_timeout{10'000};
  /// Abandons the transfer; the completion then comes with `canceled`.
  CancelToken cancel{};
  /// Who decides whether the request goes out. Never null when `start` is called through `send` or by the
  /// library.
  std::shared_ptr<SendGate> gate{};
};

/// "Execute this HTTP request", nothing more: never retries, never throws, follows no redirect. Any HTTP
/// status is a value. A decorator is a Transport that holds one.
///
/// Threads: all members may be called from several threads at once.
class POLYCAMPAIGN_EXPORT Transport {
 public:
  Transport();
  virtual ~Transport();
  Transport(Transport const&) = delete;
  Transport& operator=(Transport const&) = delete;

  /// Called exactly once with the answer or the error.
  using Completion = std::function<void(Result<HttpResponse>)>;

  /// Starts the transfer and returns. `completion` is called exactly once, on any thread (also on this one,
  /// before `start` returns); it must be quick and must not block.
  ///
  /// Errors: `network`, `tls`, `protocol`, `deadline_exceeded`, `canceled`; `unavailable` when this process
  /// has no file descriptor or thread left for it; `configuration` when a proxy refuses; `configuration` or
  /// `invalid_argument` for a request that it refuses to send; with `Effect::none` when nothing left.
  /// Retried: never.
  virtual void start(HttpRequest request, TransferOptions options, Completion completion) = 0;

  /// Blocks until the answer, the timeout or the cancellation, whichever is first: also when the transport
  /// itself is stuck, the caller is answered within 50 ms of cancellation.
  ///
  /// Errors: as `start`.
  /// Retried: never.
  [[nodiscard]] Result<HttpResponse> send(HttpRequest request, TransferOptions options = {});
};

/// What a libcurl transport trusts and how much it takes.
struct CurlTransportOptions {
  /// PEM file of certificate authorities to trust instead of the system's; for a PBX with its own
  /// certificate.
  std::string ca_file{};
  /// `sha256//BASE64` (several separated by `;`), or a file holding a public key.
  std::string pinned_public_key{};
  /// Also speak http to hosts that are not loopback: everything, credentials included, is then readable on
  /// the way.
  bool allow_plain_http = false;
  /// Larger bodies are a `protocol` error.
  std::size_t max_response_bytes = std::size_t{64} * 1024 * 1024;
  /// Connections to one host at a time.
  int max_connections_per_host = 16;
  std::string user_agent{};  ///< empty: `polycampaign/VERSION`
};

/// The libcurl transport: one thread that moves bytes, shared by any number of clients and threads. Owned by
/// the returned pointer; the last owner may die on any thread, transfers in flight then complete with
/// `canceled`.
///
/// Proxies are those of the environment at this time: `https_proxy`, `HTTPS_PROXY`, `http_proxy`, `all_proxy`
/// and `ALL_PROXY`. `no_proxy` is libcurl's to read.
///
/// Errors: `configuration` (libcurl older than 7.80, without TLS or without asynchronous name resolution;
/// unreadable `ca_file`; malformed `pinned_public_key`); `unavailable` when no file descriptor is free or no
/// thread can be started.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::shared_ptr<Transport>> make_curl_transport(
    CurlTransportOptions options = {});

}  // namespace polycampaign::inline v1
