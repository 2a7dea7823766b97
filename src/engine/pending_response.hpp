#pragma once

#include "polycampaign/transport.hpp"

#include "engine/pacer.hpp"
#include "runtime/clock.hpp"
#include "runtime/waker.hpp"

#include <memory>
#include <optional>
#include <variant>

namespace polycampaign::inline v1::engine {

/// A request in flight: started now, examined later. The destructor abandons the transfer and does not wait
/// for it, so a transport that hangs delays nobody. The transport holds only a small mailbox: neither the
/// call nor its callbacks are ever used on the transport's thread. Use from one thread at a time.
class PendingResponse {
 public:
  struct Arrival {
    Result<HttpResponse> result;
    runtime::TimePoint at{};
  };

  /// Starts the transfer. `waker` is woken once, when the response has arrived. Sets the gate and the cancel
  /// token in the options. The slot ends when the response arrives, whether or not anyone examines it, or
  /// with the transfer.
  PendingResponse(Transport& transport, HttpRequest request, TransferOptions options, Pacer::Slot slot,
                  std::shared_ptr<runtime::Clock> clock, std::shared_ptr<runtime::Waker> waker);
  ~PendingResponse();
  PendingResponse(PendingResponse const&) = delete;
  PendingResponse& operator=(PendingResponse const&) = delete;

  /// Returns the response once it has arrived. It can be taken once.
  [[nodiscard]] std::optional<Arrival> take();
  /// Returns whether the response has arrived and has not been taken.
  [[nodiscard]] bool arrived() const;
  /// Gives up. Returns the response if it has already arrived, otherwise whether the vendor may have received
  /// the request. A response that arrives later is dropped.
  [[nodiscard]] std::variant<Effect, Arrival> abandon();

 private:
  struct Mailbox;
  std::shared_ptr<Mailbox> mailbox_;
};

}  // namespace polycampaign::inline v1::engine
