#include "console.hpp"

#include "polycampaign/json.hpp"

#include "descriptors.hpp"
#include "display.hpp"
#include "terminal.hpp"

#include <nlohmann/json.hpp>

namespace polycampaign::inline v1::command {

namespace {

std::string dump(nlohmann::ordered_json const& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

nlohmann::ordered_json text_or_null(std::string_view text) {
  return text.empty() ? nlohmann::ordered_json{} : nlohmann::ordered_json(text);
}

}  // namespace

Console::Console(int file, ErrorFormat format)
    : file_{file}, format_{format}, shows_progress_{format == ErrorFormat::text && is_terminal(file)} {}

Console::~Console() {
  progress({});
}

void Console::error(Error const& error, std::string_view account) {
  if (format_ == ErrorFormat::json) {
    line(to_json(error, account));
    return;
  }
  std::string text{"polycampaign: "};
  if (!account.empty()) text.append(account).append(": ");
  // The command's own errors need no code and no provider.
  bool const own = error.provider.empty() && error.attempts == 0;
  line(text.append(own ? error.message : to_string(error)));
}

void Console::note(std::string_view text, std::string_view account) {
  if (format_ == ErrorFormat::json) {
    line(dump({{"account", text_or_null(account)}, {"note", text}}));
    return;
  }
  std::string note{"polycampaign: "};
  if (!account.empty()) note.append(account).append(": ");
  line(note.append(text));
}

LogSink Console::log_sink(std::string account, LogLevel level) {
  if (level == LogLevel::off) return {};
  return [this, account = std::move(account), level](LogEvent const& event) {
    if (event.level == LogLevel::off || event.level > level) return;
    // The end of a failed call. The command reports that error itself.
    if (event.attempt == 0 && event.error && level < LogLevel::debug) return;
    if (format_ == ErrorFormat::json) {
      line(dump({{"account", account}, {"log", to_string(event.level)}, {"message", to_string(event)}}));
    } else {
      line(account + ": " + to_string(event));
    }
  };
}

void Console::progress(std::string_view text) {
  if (!shows_progress_) return;
  std::lock_guard const lock{mutex_};
  if (text.empty() && !progress_shown_) return;
  // The last column stays empty, because some terminals wrap there.
  write("\r" + fit(printable(text), columns_of(file_) - 1) + "\x1b[K");
  progress_shown_ = !text.empty();
}

void Console::line(std::string_view text) {
  std::lock_guard const lock{mutex_};
  std::string whole{progress_shown_ ? "\r\x1b[K" : ""};
  progress_shown_ = false;
  write(whole.append(format_ == ErrorFormat::json ? std::string{text} : printable(text)).append("\n"));
}

void Console::write(std::string_view text) {
  // There is no place to report a failure.
  static_cast<void>(write_all(file_, text));
}

void Console::ask(std::string_view text) {
  std::lock_guard const lock{mutex_};
  write(text);
}

}  // namespace polycampaign::inline v1::command
