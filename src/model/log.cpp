#include "polycampaign/log.hpp"

#include <algorithm>

namespace polycampaign::inline v1 {

std::string_view to_string(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::off: return "off";
    case LogLevel::error: return "error";
    case LogLevel::warn: return "warn";
    case LogLevel::info: return "info";
    case LogLevel::debug: return "debug";
    case LogLevel::trace: return "trace";
  }
  return "unknown";
}

std::optional<LogLevel> parse_log_level(std::string_view name) noexcept {
  for (auto level = LogLevel::off; level <= LogLevel::trace;
       level = static_cast<LogLevel>(static_cast<std::uint8_t>(level) + 1))
    if (to_string(level) == name) return level;
  return std::nullopt;
}

std::string to_string(LogEvent const& event) {
  std::string line;
  auto const word = [&line](std::string_view before, std::string_view text, std::string_view after = {}) {
    if (text.empty()) return;
    if (!line.empty()) line.push_back(' ');
    line.append(before).append(text).append(after);
  };
  auto const count = [&](std::string_view before, std::uint64_t value, std::string_view after) {
    if (value != 0) word(before, std::to_string(value), after);
  };

  word("[", to_string(event.level), "]");
  word({}, event.provider);
  word({}, event.operation);
  if (event.attempt != 0) word("#", std::to_string(event.attempt));
  word({}, event.method);
  word({}, event.url);
  if (event.http_status != 0) word("HTTP ", std::to_string(event.http_status));
  if (event.duration.count() > 0) {
    auto const tenths = (event.duration.count() + 50) / 100;
    word({}, std::to_string(tenths / 10) + "." + std::to_string(tenths % 10), " ms");
  }
  count("sent ", event.request_bytes, " B");
  count("received ", event.response_bytes, " B");
  if (event.error) {
    word({}, to_string(*event.error));
    if (event.effect != Effect::none) word("effect ", to_string(event.effect));
  }
  word("- ", event.message);
  // one line, whatever a member holds
  std::ranges::replace_if(
      line, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  return line;
}

}  // namespace polycampaign::inline v1
