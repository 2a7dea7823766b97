#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/log.hpp"

#include <mutex>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::command {

enum class ErrorFormat {
  text,
  json
};

/// Standard error: errors, notes, log lines and the progress line. With `ErrorFormat::json`, every line is a
/// JSON object: errors as `to_json(Error)` writes them, notes with `note`, log lines with `log`. Several
/// threads may use it.
class Console {
 public:
  Console(int file, ErrorFormat format);
  ~Console();
  Console(Console const&) = delete;
  Console& operator=(Console const&) = delete;

  void error(Error const& error, std::string_view account = {});
  void note(std::string_view text, std::string_view account = {});
  /// Writes text and a question, without a line end behind it.
  void ask(std::string_view text);
  /// Returns the sink for a client of this account. It writes events up to `level`.
  [[nodiscard]] LogSink log_sink(std::string account, LogLevel level);

  /// Returns whether a progress line can be shown.
  [[nodiscard]] bool shows_progress() const noexcept { return shows_progress_; }
  /// Replaces the progress line, or erases it if the text is empty. Any other output also erases it.
  void progress(std::string_view text);

 private:
  void line(std::string_view text);
  void write(std::string_view text);

  std::mutex mutex_;
  int file_;
  ErrorFormat format_;
  bool shows_progress_;
  bool progress_shown_ = false;
};

}  // namespace polycampaign::inline v1::command
