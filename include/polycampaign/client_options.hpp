#pragma once

#include "polycampaign/callback_threads.hpp"
#include "polycampaign/completion.hpp"
#include "polycampaign/log.hpp"
#include "polycampaign/pacing.hpp"
#include "polycampaign/retry_policy.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace polycampaign::inline v1 {

/// Options that all vendors' clients share. `make_client` checks them, and returns `configuration` with the
/// name of a wrong member.
struct ClientOptions {
  /// Limit for each request, including name resolution. Must be positive.
  std::chrono::milliseconds timeout{30'000};
  /// Limit for connecting, including the TLS handshake; part of `timeout`. Must be positive.
  std::chrono::milliseconds connect_timeout{10'000};
  /// When the library retries reads and logins.
  RetryPolicy retry{};
  /// Concurrency and rate limits for this account.
  Pacing pacing{};
  /// The transport to use; the next three members are then ignored. Null: the client creates its own libcurl
  /// transport from the next three members and `allow_plain_http`.
  std::shared_ptr<Transport> transport{};
  /// As `CurlTransportOptions::ca_file`.
  std::string ca_file{};
  /// As `CurlTransportOptions::pinned_public_key`.
  std::string pinned_public_key{};
  /// As `CurlTransportOptions::max_response_bytes`. Must be positive.
  std::size_t max_response_bytes = std::size_t{64} * 1024 * 1024;
  /// Appended to the library's User-Agent. Must not contain control characters.
  std::string user_agent_suffix{};
  /// Allows an http `base_url` for hosts other than loopback, which `make_client` otherwise refuses. Applies
  /// to every transport.
  bool allow_plain_http = false;
  /// Receives an event for every request and call. Null: no logging.
  LogSink log{};
  /// Where completions of asynchronous operations run. Null: on `callback_threads`.
  Executor executor{};
  /// The threads on which asynchronous operations proceed; several clients may share them. Null: the client
  /// starts two threads of its own with its first asynchronous operation.
  std::shared_ptr<CallbackThreads> callback_threads{};
};

}  // namespace polycampaign::inline v1
