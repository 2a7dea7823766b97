#pragma once

#include "polycampaign/testing/export.hpp"
#include "polycampaign/transport.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A Transport that responds from a script, in order, and records the requests. A request after the script's
/// end, or one that does not match its `expect`, gets a `configuration` error that says so; the step then
/// waits for the next request.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT ScriptedTransport final : public Transport {
 public:
  ScriptedTransport();
  ~ScriptedTransport() override;

  /// Requires the next request to have this method, and this string in its URL. Optional: without it, any
  /// request matches.
  ScriptedTransport& expect(std::string method, std::string url_part);
  /// Responds to the next request.
  ScriptedTransport& respond(int status, std::string body, std::vector<Header> headers = {});
  /// Makes the next request end with this error, as if the network had failed.
  ScriptedTransport& fail(ErrorCode code, Effect effect = Effect::none);
  /// Leaves the next request without a response until it is canceled or the transport is destroyed
  /// (`canceled`).
  ScriptedTransport& hang();
  /// Sets a handler for every request that the script does not cover. It may be called from several threads.
  ScriptedTransport& otherwise(std::function<Result<HttpResponse>(HttpRequest const&)> handler);

  /// Returns the requests so far, including credentials.
  [[nodiscard]] std::vector<HttpRequest> requests() const;
  /// Returns the number of script steps not yet used.
  [[nodiscard]] std::size_t pending() const;

  void start(HttpRequest request, TransferOptions options, Completion completion) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::testing
