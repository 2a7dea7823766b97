#pragma once

#include <chrono>
#include <optional>

namespace polycampaign::inline v1 {

/// At most `requests` in any `period`, wherever it begins. A request counts from its start until `period` has
/// passed since its answer: only then is it certain that the vendor, wherever it looks at its clock, never
/// counts one more. Slow answers therefore cost a little speed.
struct RequestRate {
  int requests = 1;                         ///< 1 to 10,000
  std::chrono::milliseconds period{1'000};  ///< Positive, at most a day.
};

/// How much one account is asked at a time and in time. Two uses: what a client may do
/// (`ClientOptions::pacing`), and what a vendor documents (`Capabilities::pacing`).
///
/// One client is one account: the limits hold for all its threads, for blocking, asynchronous and prefetched
/// requests, log-ins and repetitions together, but not for a second client or process with the same
/// credential. Calls that have to wait go in the order in which they came, log-ins first, since the others
/// wait for them; pages are asked for ahead only where nobody waits. The wait takes nothing of a request's
/// `timeout`, only of the call's `deadline`: a call that cannot have its turn before that ends at once with
/// `deadline_exceeded`.
///
/// Where a limit is not known beforehand, the client finds it: a response with HTTP 429 holds back all its
/// requests, for as long as Retry-After says, else for a second, and twice as long each time that the next
/// one is refused too (a minute at most). Then it asks one request at a time, at 80 % of the rate that was
/// refused, and goes a little faster with each success. While Retry-After asks for more than
/// `RetryPolicy::max_retry_after`, calls end at once with `rate_limited`, without a request; it is heeded for
/// an hour at most. Who knows the limit sets `rate`, and wastes no request.
struct Pacing {
  /// Absent in ClientOptions: what the vendor documents, else no limit. Absent in Capabilities: not
  /// documented.
  std::optional<RequestRate> rate{};
  /// Requests at a time, 1 to 1,000. Absent in ClientOptions: what the vendor documents, else
  /// `default_in_flight`. A transport that the client makes itself opens as many connections to the host at
  /// most.
  std::optional<int> in_flight{};

  /// Requests at a time when neither the application nor the vendor says anything.
  static constexpr int default_in_flight = 16;
};

}  // namespace polycampaign::inline v1
