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

/// What all vendors' clients share. Checked by `make_client`, which answers `configuration` and names the
/// member.
struct ClientOptions {
  /// Per request, name resolution included. Must be positive.
  std::chrono::milliseconds timeout{30'000};
  /// Until connected, TLS included; part of `timeout`. Must be positive.
  std::chrono::milliseconds connect_timeout{10'000};
  /// When reads and log-ins are repeated.
  RetryPolicy retry{};
  /// How much this account is asked at a time and in time.
  Pacing pacing{};
  /// Null: the client makes a libcurl transport of its own from the next four members. Otherwise these are
  /// ignored.
  std::shared_ptr<Transport> transport{};
  /// As `CurlTransportOptions::ca_file`.
  std::string ca_file{};
  /// As `CurlTransportOptions::pinned_public_key`.
  std::string pinned_public_key{};
  /// As `CurlTransportOptions::max_response_bytes`; must be positive.
  std::size_t max_response_bytes = std::size_t{64} * 1024 * 1024;
  /// Appended to the library's User-Agent. No control characters.
  std::string user_agent_suffix{};
  /// An http `base_url` is refused for any host but loopback, unless this is set. Holds for every transport.
  bool allow_plain_http = false;
  /// Told of every request and call; null: silent.
  LogSink log{};
  /// Where the completions of asynchronous operations run; null: on `callback_threads`.
  Executor executor{};
  /// Where asynchronous operations go on; may be shared by several clients. Null: the client makes two
  /// threads of its own, with the first of them.
  std::shared_ptr<CallbackThreads> callback_threads{};
};

}  // namespace polycampaign::inline v1
