#pragma once

#include "polycampaign/transport.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace polycampaign::faults {

/// What goes wrong with a request on its way to a vendor, or with the answer on its way back.
enum class Break : std::uint8_t {
  none,
  // The vendor does not act.
  refuse,             ///< nobody listens, from this request on
  reset_at_once,      ///< accepted, and reset before a byte is read
  close_at_once,      ///< accepted, and closed before a byte is read
  half_request,       ///< reset when some of the request has been read
  unread_answer,      ///< closed when the whole request has been read
  bad_gateway,        ///< HTTP 502, and the vendor never saw the request
  rate_limited,       ///< HTTP 429 with `Retry-After: 0`
  rate_limited_bare,  ///< HTTP 429 without it
  refused,            ///< HTTP 422 with a vendor's refusal, which repeats the request
  // The vendor acts.
  lost,               ///< closed without an answer
  lost_by_reset,      ///< reset without an answer
  cut_head,           ///< closed within the head of the answer
  cut_body,           ///< closed within its body
  cut_open_body,      ///< the same, and no length says so
  bad_gateway_after,  ///< HTTP 502 instead of the answer, with a body that repeats the request
  timeout_after,      ///< HTTP 504 instead of the answer
  error_after,        ///< HTTP 500 with a body that reads like a refusal and repeats the request
  empty_after,        ///< HTTP 200 without a body
  html_after,         ///< HTTP 200 with a page that repeats the request
  moved_after,        ///< HTTP 302
  stall_after,        ///< nothing is sent until the client gives up
};
inline constexpr int breaks = static_cast<int>(Break::stall_after) + 1;

[[nodiscard]] std::string_view to_string(Break what);
/// Returns whether the vendor acts on a request that meets this.
[[nodiscard]] constexpr bool acts(Break what) noexcept {
  return what == Break::none || what >= Break::lost;
}

/// A request as the proxy saw it.
struct Met {
  Break what{};
  std::string line{};  ///< `POST /path?query`; empty if it was not read
};

/// A proxy on the loopback interface in front of a handler of requests. Every connection carries one request.
/// Its own thread serves them one after the other.
class FaultyProxy {
 public:
  using Handler = std::function<HttpResponse(HttpRequest const&)>;

  explicit FaultyProxy(Handler handler);
  ~FaultyProxy();
  FaultyProxy(FaultyProxy const&) = delete;
  FaultyProxy& operator=(FaultyProxy const&) = delete;

  /// `http://127.0.0.1:PORT`
  [[nodiscard]] std::string const& url() const noexcept;
  /// Starts a new script: `plan[i]` happens to the request with that index, and nothing to later ones. `dice`
  /// decides where something is cut. Call it when no client is left that can make a request. It waits until
  /// the proxy is idle.
  void begin(std::vector<Break> plan, std::uint32_t dice);
  /// Returns the requests since then, and what happened to each.
  [[nodiscard]] std::vector<Met> met() const;
  /// Waits until everything that clients have sent is served: the handler runs no longer, and what it did is
  /// visible to this thread.
  void wait_until_idle();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::faults
