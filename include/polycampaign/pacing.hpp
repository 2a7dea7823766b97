#pragma once

#include <chrono>
#include <optional>

namespace polycampaign::inline v1 {

/// Allows at most `requests` requests in any window of length `period`, wherever the window begins. A request
/// counts from its start until `period` has passed since its response. At whatever moment the vendor counts a
/// request, it therefore never counts one too many. The price is that slow responses lower the rate a little.
struct RequestRate {
  int requests = 1;                         ///< 1 to 10,000
  std::chrono::milliseconds period{1'000};  ///< positive, at most one day
};

/// Concurrency and rate limits for one account. It has two uses: what a client may do
/// (`ClientOptions::pacing`), and what a vendor documents (`Capabilities::pacing`).
///
/// One client is one account. The limits apply to all its threads together: to blocking, asynchronous and
/// prefetched requests, to logins and to retries. They do not apply to a second client or process with the
/// same credential.
///
/// Calls that have to wait are served in the order in which they arrived. Logins go first, because other
/// calls wait for them. Pages are prefetched only while no call waits. The wait does not count toward a
/// request's `timeout`, only toward the call's `deadline`. A call whose turn cannot come before its deadline
/// ends immediately with `deadline_exceeded`.
///
/// If a limit is not known in advance, the client finds it. A response with HTTP 429 holds back all its
/// requests: for as long as Retry-After says, otherwise for one second, and twice as long each time that the
/// next request is rejected too (at most one minute). The client then sends one request at a time, at 80% of
/// the rate that was rejected, and speeds up a little with each success.
///
/// The client honors a Retry-After for at most one hour. As long as more than `RetryPolicy::max_retry_after`
/// of it is left, calls end immediately with `rate_limited`, without a request.
///
/// If you know the limit, set `rate`, and no request is wasted.
struct Pacing {
  /// Maximum request rate. Absent in ClientOptions: the rate that the vendor documents, otherwise no limit.
  /// Absent in Capabilities: not documented.
  std::optional<RequestRate> rate{};
  /// Maximum number of concurrent requests, 1 to 1,000. Absent in ClientOptions: the number that the vendor
  /// documents, otherwise `default_in_flight`. A transport that the client creates itself opens at most this
  /// many connections to the host.
  std::optional<int> in_flight{};

  /// Maximum number of concurrent requests if neither the application nor the vendor specifies one.
  static constexpr int default_in_flight = 16;
};

}  // namespace polycampaign::inline v1
