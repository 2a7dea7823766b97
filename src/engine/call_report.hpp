#pragma once

#include "engine/core.hpp"

#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1::engine {

/// Adds to the error's message what its reader can do about a rate limit or an outage.
void advise(Error& error);

/// One request of a call. A plain value.
struct Attempt {
  int number = 0;        ///< 0 if none has been made
  SessionPtr session{};  ///< the session whose token it carries
  runtime::TimePoint sent_at{};
  runtime::TimePoint answered_at{};
  int http_status = 0;
  std::uint64_t response_bytes = 0;
};

/// Reports one call to the client's log sink. Its members may be called only if there is a sink.
class CallReport {
 public:
  /// The references must outlive this object.
  CallReport(Core const& core, protocol::Call const& call) noexcept : core_{core}, call_{call} {}

  /// Reports how a request ended. `error` may be null.
  void request(Attempt const& attempt, LogLevel level, Error const* error, std::string_view note) const;
  /// Reports that the call waits for its turn.
  void turn(Attempt const& attempt) const;
  /// Reports the end of the call. A null `error` means success.
  void end(Attempt const& attempt, Error const* error, runtime::TimePoint begun_at) const;

 private:
  [[nodiscard]] LogEvent event(Attempt const& attempt, LogLevel level, Error const* error,
                               std::string_view note) const;

  Core const& core_;
  protocol::Call const& call_;
};

}  // namespace polycampaign::inline v1::engine
