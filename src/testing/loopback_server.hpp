#pragma once

#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace polycampaign::inline v1::testing {

/// An HTTP server on 127.0.0.1 with one thread for each connection. The destructor finishes the responses in
/// flight, drops idle connections and returns at once.
class LoopbackServer {
 public:
  using Handler = std::function<HttpResponse(HttpRequest const&)>;

  /// Starts a server that calls `handler` on several threads at once. Port 0 chooses a free one. Errors:
  /// `network` (the port is in use).
  [[nodiscard]] static Result<std::unique_ptr<LoopbackServer>> start(std::uint16_t port, bool keep_alive,
                                                                     Handler handler);
  ~LoopbackServer();
  LoopbackServer(LoopbackServer const&) = delete;
  LoopbackServer& operator=(LoopbackServer const&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;

 private:
  struct State;
  explicit LoopbackServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::testing
