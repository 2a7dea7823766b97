#pragma once

#include "engine/core.hpp"

#include <cstdint>
#include <string_view>

namespace polycampaign::inline v1::engine {

/// Adds what the reader of the error's message can do about a limit or an outage.
void advise(Error& error);

/// A request of a call. A plain value.
struct Attempt {
  int number = 0;        ///< 0: none has been made
  SessionPtr session{};  ///< whose token it carries
  runtime::TimePoint sent_at{};
  runtime::TimePoint answered_at{};
  int http_status = 0;
  std::uint64_t response_bytes = 0;
};

/// Tells the sink of a client about one call. Its members may only be called when there is a sink.
class CallReport {
 public:
  /// The references must outlive this.
  CallReport(Core const& core, protocol::Call const& call) noexcept : core_{core}, call_{call} {}

  /// What became of a request. `error` may be null.
  void request(Attempt const& attempt, LogLevel level, Error const* error, std::string_view note) const;
  /// The call waits for its turn.
  void turn(Attempt const& attempt) const;
  /// The call has ended: well when `error` is null.
  void end(Attempt const& attempt, Error const* error, runtime::TimePoint begun_at) const;

 private:
  [[nodiscard]] LogEvent event(Attempt const& attempt, LogLevel level, Error const* error,
                               std::string_view note) const;

  Core const& core_;
  protocol::Call const& call_;
};

}  // namespace polycampaign::inline v1::engine
