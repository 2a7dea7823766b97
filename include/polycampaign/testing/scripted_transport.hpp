#pragma once

#include "polycampaign/testing/export.hpp"
#include "polycampaign/transport.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A Transport that answers from a script, in order, and remembers what it was asked. A request beyond the
/// script's end, or one that does not match its `expect`, is answered with a `configuration` error that says
/// so; the step then waits for the next request.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT ScriptedTransport final : public Transport {
 public:
  ScriptedTransport();
  ~ScriptedTransport() override;

  /// The next request must have this method, and this text in its URL. Optional: without it any request
  /// matches.
  ScriptedTransport& expect(std::string method, std::string url_part);
  /// The next request gets this response.
  ScriptedTransport& respond(int status, std::string body, std::vector<Header> headers = {});
  /// The next request ends with this error, as if the network had failed.
  ScriptedTransport& fail(ErrorCode code, Effect effect = Effect::none);
  /// The next request is never answered until it is canceled or the transport dies (`canceled`).
  ScriptedTransport& hang();
  /// Answers every request that the script does not cover. It may be called from several threads.
  ScriptedTransport& otherwise(std::function<Result<HttpResponse>(HttpRequest const&)> handler);

  /// What was asked so far, credentials included.
  [[nodiscard]] std::vector<HttpRequest> requests() const;
  /// Script steps not yet used.
  [[nodiscard]] std::size_t pending() const;

  void start(HttpRequest request, TransferOptions options, Completion completion) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::testing
