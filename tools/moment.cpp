#include "moment.hpp"

#include "polycampaign/timestamp.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace polycampaign::inline v1::command {

namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr Unit spans[] = {{"m", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}};
constexpr std::int64_t largest_number = 1'000'000;

/// Parses a whole number followed by one of the units. Returns nothing for any other text.
std::optional<std::int64_t> parse_amount(std::string_view text, std::span<Unit const> units) {
  std::int64_t number = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || number < 0 || number > largest_number) return std::nullopt;
  auto const name = text.substr(static_cast<std::size_t>(end - text.data()));
  for (auto const& unit : units)
    if (unit.name == name) return number * unit.size;
  return std::nullopt;
}

Error refused(std::string_view text, std::string_view expected) {
  return {.code = ErrorCode::invalid_argument,
          .message = std::string{"\""}.append(text).append("\" is not ").append(expected)};
}

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  static constexpr Unit units[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
  constexpr std::int64_t day = 24 * 3'600'000LL;
  auto const amount = parse_amount(text, units);
  if (!amount || *amount == 0 || *amount > day)
    return refused(text, "a duration such as 500ms, 30s or 2m (more than 0, at most 24h)");
  return std::chrono::milliseconds{*amount};
}

Result<std::chrono::sys_seconds> parse_moment(std::string_view text, std::chrono::sys_seconds now) {
  if (auto const ago = parse_amount(text, spans); ago && *ago <= now.time_since_epoch().count())
    return now - std::chrono::seconds{*ago};
  auto const time = parse_time(text);
  if (!time)
    return refused(text,
                   "a time such as 2026-01-31, 2026-01-31T12:00:00Z or 30d (30 days ago; also m, h, w)");
  return *time;
}

Result<std::chrono::sys_seconds> parse_start(std::string_view text, std::chrono::sys_seconds now) {
  if (text.starts_with('+'))
    if (auto const wait = parse_amount(text.substr(1), spans)) return now + std::chrono::seconds{*wait};
  auto const time = parse_time(text);
  if (!time)
    return refused(
        text,
        "a time such as 2026-12-01T09:00:00+01:00, 2026-12-01 (00:00 UTC) or +2h (from now; also m, "
        "d, w)");
  return *time;
}

}  // namespace polycampaign::inline v1::command
