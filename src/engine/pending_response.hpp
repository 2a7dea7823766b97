#pragma once

#include "polycampaign/transport.hpp"

#include "engine/pacer.hpp"
#include "runtime/clock.hpp"
#include "runtime/waker.hpp"

#include <memory>
#include <optional>
#include <variant>

namespace polycampaign::inline v1::engine {

/// A request on its way: started now, looked at later. Its destruction abandons the transfer and does not
/// wait for it, so a stuck transport holds up nobody. What the transport keeps of it is a small mailbox:
/// neither the call nor its callbacks are ever touched on the transport's thread. One thread at a time.
class PendingResponse {
 public:
  struct Arrival {
    Result<HttpResponse> result;
    runtime::TimePoint at{};
  };

  /// Starts the transfer; `waker` is woken once when the answer is there. Sets the options' gate and cancel
  /// token. The slot ends when the answer comes, whether or not somebody looks at it, or with the transfer.
  PendingResponse(Transport& transport, HttpRequest request, TransferOptions options, Pacer::Slot slot,
                  std::shared_ptr<runtime::Clock> clock, std::shared_ptr<runtime::Waker> waker);
  ~PendingResponse();
  PendingResponse(PendingResponse const&) = delete;
  PendingResponse& operator=(PendingResponse const&) = delete;

  /// The answer, once, when it has come.
  [[nodiscard]] std::optional<Arrival> take();
  /// Gives up: the answer if it has come before, else whether the vendor may have got the request. An answer
  /// that comes later is dropped.
  [[nodiscard]] std::variant<Effect, Arrival> abandon();

 private:
  struct Mailbox;
  std::shared_ptr<Mailbox> mailbox_;
};

}  // namespace polycampaign::inline v1::engine
