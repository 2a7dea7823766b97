#include "polycampaign/error.hpp"

#include "polycampaign/result.hpp"

#include <exception>
#include <utility>

namespace polycampaign::inline v1 {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::canceled: return "canceled";
    case ErrorCode::deadline_exceeded: return "deadline_exceeded";
    case ErrorCode::network: return "network";
    case ErrorCode::tls: return "tls";
    case ErrorCode::protocol: return "protocol";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::unauthenticated: return "unauthenticated";
    case ErrorCode::permission_denied: return "permission_denied";
    case ErrorCode::invalid_argument: return "invalid_argument";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::rate_limited: return "rate_limited";
    case ErrorCode::insufficient_funds: return "insufficient_funds";
    case ErrorCode::rejected: return "rejected";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::configuration: return "configuration";
  }
  return "unknown";
}

std::string_view to_string(Effect effect) noexcept {
  return effect == Effect::none ? "none" : "unknown";
}

std::string to_string(Error const& error) {
  std::string line;
  if (!error.provider.empty()) line.append(error.provider).append(": ");
  line += to_string(error.code);
  if (!error.message.empty()) line.append(": ").append(error.message);

  std::string facts;
  auto const add = [&](std::string_view what, std::string_view value) {
    facts.append(facts.empty() ? " (" : ", ").append(what).append(value);
  };
  if (error.http_status != 0) add("HTTP ", std::to_string(error.http_status));
  if (!error.vendor_code.empty()) add("vendor code ", error.vendor_code);
  if (error.attempts != 0)
    add(std::to_string(error.attempts), error.attempts == 1 ? " attempt" : " attempts");
  if (error.effect != Effect::none) add("effect ", to_string(error.effect));
  if (!facts.empty()) line.append(facts).append(")");
  return line;
}

BadResultAccess::BadResultAccess(Error error) : error_{std::move(error)}, what_{to_string(error_)} {}
BadResultAccess::~BadResultAccess() = default;
char const* BadResultAccess::what() const noexcept {
  return what_.c_str();
}

void detail::throw_bad_result(Error const& error) {
#if defined(__cpp_exceptions)
  throw BadResultAccess{error};
#else
  static_cast<void>(error);
  std::terminate();
#endif
}

}  // namespace polycampaign::inline v1
