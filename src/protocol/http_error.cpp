#include "polycampaign/protocol/http_error.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace polycampaign::inline v1::protocol {

namespace {

struct Meaning {
  ErrorCode code = ErrorCode::protocol;
  std::string_view sentence{};
};

constexpr Meaning meaning(int status) noexcept {
  switch (status) {
    case 401: return {ErrorCode::unauthenticated, "the vendor refused the credential"};
    case 403: return {ErrorCode::permission_denied, "the vendor does not allow this account to do this"};
    case 404: return {ErrorCode::not_found, "the vendor found nothing at this URL"};
    case 409: return {ErrorCode::conflict, "the vendor reported a conflict"};
    case 429: return {ErrorCode::rate_limited, "rate limited by the vendor"};
    default: break;
  }
  if (status >= 400 && status < 500) return {ErrorCode::invalid_argument, "the vendor refused the request"};
  if (status >= 500 && status < 600) return {ErrorCode::unavailable, "the vendor's server failed"};
  if (status >= 300 && status < 400)
    return {ErrorCode::protocol, "the vendor redirected the request, which its API does not do"};
  return {ErrorCode::protocol, "the vendor returned an HTTP status that its API does not use"};
}

// Takes exactly `count` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t count) noexcept {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!text::is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view word) noexcept {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<unsigned> take_month(std::string_view& text) noexcept {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < months.size(); ++i)
    if (take(text, months[i])) return static_cast<unsigned>(i + 1);
  return std::nullopt;
}

struct Parts {
  std::optional<int> year{}, day{}, hour{}, minute{}, second{};
  std::optional<unsigned> month{};
};

void take_clock(std::string_view& text, Parts& parts) noexcept {
  parts.hour = take_number(text, 2);
  if (take(text, ":")) parts.minute = take_number(text, 2);
  if (take(text, ":")) parts.second = take_number(text, 2);
}

// Parses the three formats that RFC 9110, 5.6.7 requires a reader to accept. The weekday is not compared.
std::optional<std::chrono::sys_seconds> http_date(std::string_view text) noexcept {
  Parts parts;
  auto const comma = text.find(',');
  if (comma != std::string_view::npos) {
    text.remove_prefix(comma + 1);
    if (!take(text, " ")) return std::nullopt;
    parts.day = take_number(text, 2);
    if (take(text, " ")) {  // Sun, 06 Nov 1994 08:49:37 GMT
      parts.month = take_month(text);
      if (take(text, " ")) parts.year = take_number(text, 4);
    } else if (take(text, "-")) {  // Sunday, 06-Nov-94 08:49:37 GMT
      parts.month = take_month(text);
      if (take(text, "-")) parts.year = take_number(text, 2);
      if (parts.year) *parts.year += *parts.year < 70 ? 2'000 : 1'900;
    }
    if (!take(text, " ")) return std::nullopt;
    take_clock(text, parts);
    if (text != " GMT") return std::nullopt;
  } else {  // Sun Nov  6 08:49:37 1994
    if (text.size() < 4) return std::nullopt;
    text.remove_prefix(3);
    if (!take(text, " ")) return std::nullopt;
    parts.month = take_month(text);
    if (!take(text, " ")) return std::nullopt;
    parts.day = take(text, " ") ? take_number(text, 1) : take_number(text, 2);
    if (!take(text, " ")) return std::nullopt;
    take_clock(text, parts);
    if (take(text, " ")) parts.year = take_number(text, 4);
    if (!text.empty()) return std::nullopt;
  }
  if (!parts.year || !parts.month || !parts.day || !parts.hour || !parts.minute || !parts.second)
    return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year{*parts.year}, std::chrono::month{*parts.month},
                                         std::chrono::day{static_cast<unsigned>(*parts.day)}};
  if (!date.ok() || *parts.hour > 23 || *parts.minute > 59 || *parts.second > 60) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*parts.hour} + std::chrono::minutes{*parts.minute} +
         std::chrono::seconds{*parts.second};
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Returns a Content-Type such as `text/html` if it consists of token characters only, so that it is safe in a
// message.
std::string_view media_type(HttpResponse const& response) noexcept {
  auto const* header = response.header("Content-Type");
  if (header == nullptr) return {};
  auto const type = trimmed(std::string_view{*header}.substr(0, header->find(';')));
  auto const fit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '-' || c == '+' || c == '.';
  };
  return type.size() <= 60 && std::ranges::all_of(type, fit) ? type : std::string_view{};
}

// Longer than any useful wait, and far from overflow in any unit.
constexpr std::chrono::milliseconds longest_shown = std::chrono::seconds{1'000'000'000};

// Parses `12` or `12.5`, truncated to milliseconds. Large values are capped far below overflow.
std::optional<std::chrono::milliseconds> decimal_seconds(std::string_view text) noexcept {
  constexpr std::int64_t most = 100'000'000'000;  // seconds: the year 5138
  std::int64_t seconds = 0;
  std::size_t at = 0;
  for (; at < text.size() && text::is_digit(text[at]); ++at)
    seconds = (std::min)(most, seconds * 10 + (text[at] - '0'));
  if (at == 0) return std::nullopt;
  std::int64_t thousandths = 0;
  if (at < text.size()) {
    if (text[at] != '.' || ++at == text.size()) return std::nullopt;
    for (std::int64_t unit = 100; at < text.size(); ++at, unit /= 10) {
      if (!text::is_digit(text[at])) return std::nullopt;
      thousandths += unit * (text[at] - '0');
    }
  }
  return std::chrono::milliseconds{seconds * 1'000 + thousandths};
}

}  // namespace

bool is_refusal(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::unauthenticated:
    case ErrorCode::permission_denied:
    case ErrorCode::invalid_argument:
    case ErrorCode::not_found:
    case ErrorCode::conflict:
    case ErrorCode::rate_limited:
    case ErrorCode::insufficient_funds:
    case ErrorCode::rejected:
    case ErrorCode::unsupported: return true;
    default: return false;
  }
}

void refine(Error& error, ErrorCode code) noexcept {
  if (error.code == code) return;
  error.code = code;
  error.transient =
      code == ErrorCode::network || code == ErrorCode::unavailable || code == ErrorCode::rate_limited;
  if (!is_refusal(code)) error.effect = Effect::unknown;
}

std::optional<std::chrono::milliseconds> retry_after(HttpResponse const& response, std::string_view header,
                                                     WaitForm form) {
  auto const* const value = response.header(header);
  if (value == nullptr) return std::nullopt;
  auto const text = trimmed(*value);
  auto const number = decimal_seconds(text);
  auto const whole = text.find('.') == text.npos;
  if (form == WaitForm::seconds || (form == WaitForm::retry_after && number && whole))
    return number ? std::optional{(std::min)(*number, longest_shown)} : std::nullopt;

  auto const* const date = response.header("Date");
  auto const now = date != nullptr ? http_date(trimmed(*date)) : std::nullopt;
  if (!now) return std::nullopt;
  std::optional<std::chrono::milliseconds> wait;
  if (form == WaitForm::retry_after) {
    if (auto const then = http_date(text)) wait = *then - *now;
  } else if (number) {
    wait = *number - std::chrono::milliseconds{now->time_since_epoch()};
  }
  if (wait) wait = std::clamp(*wait, std::chrono::milliseconds::zero(), longest_shown);
  return wait;
}

std::optional<Error> http_error(HttpResponse const& response, std::string_view detail) {
  if (response.status >= 200 && response.status < 300) return std::nullopt;
  auto const [code, sentence] = meaning(response.status);
  bool const refused = response.status >= 400 && response.status < 500 && response.status != 408;
  Error error{.code = code,
              .effect = refused ? Effect::none : Effect::unknown,
              .transient = code == ErrorCode::rate_limited || code == ErrorCode::unavailable ||
                           response.status == 408 || response.status == 425,
              .retry_after = retry_after(response),
              .http_status = response.status,
              .message = std::string{sentence}};
  if (!detail.empty()) error.message.append(": ").append(detail);
  return error;
}

Error refusal(HttpResponse const& response, std::string_view words) {
  auto error = http_error(response, words);
  if (!error)
    error = Error{.code = ErrorCode::rejected,
                  .retry_after = retry_after(response),
                  .http_status = response.status,
                  .message = words.empty() ? "the vendor refused the request without giving a reason"
                                           : std::string{words}};
  return *std::move(error);
}

Error no_answer(HttpResponse const& response, std::string what, Action action) {
  auto error = http_error(response);
  if (!error) error = unreadable(response, std::move(what));
  if (action == Action::read) error->effect = Effect::none;
  return *std::move(error);
}

Error unreadable(HttpResponse const& response, std::string what) {
  if (auto const type = media_type(response); !type.empty()) what.append("; the vendor sent ").append(type);
  return {.code = ErrorCode::protocol,
          .effect = Effect::unknown,
          .http_status = response.status,
          .message = std::move(what)};
}

}  // namespace polycampaign::inline v1::protocol
