#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/result.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::protocol {

/// Returns an error of the adapter itself, raised before anything was sent: effect `none`, not transient. The
/// message must be safe to log.
[[nodiscard]] inline Error failure(ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message)};
}

/// Returns the same result, but names the provider in an error that does not name one yet. For
/// `Provider::make_adapter`; in calls, the engine does this.
/// Errors: the ones passed in.
template <class T>
[[nodiscard]] Result<T> named(std::string_view provider, Result<T> result) {
  if (!result && result.error().provider.empty()) result.error().provider = provider;
  return result;
}

/// Returns the result as `named` does, for `Provider::decode`. Its errors belong to no request, so they have
/// neither an HTTP status nor an effect.
/// Errors: the ones passed in.
template <class T>
[[nodiscard]] Result<T> decoded(std::string_view provider, Result<T> result) {
  if (!result) {
    result.error().http_status = 0;
    result.error().effect = Effect::none;
  }
  return named(provider, std::move(result));
}

}  // namespace polycampaign::inline v1::protocol
