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

/// Standard error: errors, notes, log lines and the progress line. With `ErrorFormat::json` every line is a
/// JSON object: errors in the form of `to_json(Error)`, notes with `note`, log lines with `log`. May be used
/// from several threads.
class Console {
 public:
  Console(int file, ErrorFormat format);
  ~Console();
  Console(Console const&) = delete;
  Console& operator=(Console const&) = delete;

  void error(Error const& error, std::string_view account = {});
  void note(std::string_view text, std::string_view account = {});
  /// For a client of this account: events up to `level`.
  [[nodiscard]] LogSink log_sink(std::string account, LogLevel level);

  /// Whether a progress line can be shown.
  [[nodiscard]] bool shows_progress() const noexcept { return shows_progress_; }
  /// Replaces the progress line; empty erases it. Other output erases it too.
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
