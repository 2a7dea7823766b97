#include "polycampaign/campaign_client.hpp"
#include "polycampaign/protocol/failure.hpp"

#include "client/callback_threads.hpp"
#include "client/engine_client.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

using std::chrono::milliseconds;

bool control_character(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// Returns what is wrong, naming the member. Empty if nothing is.
std::string_view problem(Pacing const& pacing) {
  if (pacing.in_flight && (*pacing.in_flight < 1 || *pacing.in_flight > 1'000))
    return "Pacing::in_flight must be from 1 to 1000";
  if (!pacing.rate) return {};
  if (pacing.rate->requests < 1 || pacing.rate->requests > 10'000)
    return "RequestRate::requests must be from 1 to 10000";
  if (pacing.rate->period <= milliseconds{0} || pacing.rate->period > std::chrono::hours{24})
    return "RequestRate::period must be positive and at most one day";
  return {};
}

std::string_view problem(ClientOptions const& options) {
  if (options.timeout <= milliseconds{0}) return "ClientOptions::timeout must be positive";
  if (options.connect_timeout <= milliseconds{0}) return "ClientOptions::connect_timeout must be positive";
  auto const& retry = options.retry;
  if (retry.max_attempts < 1) return "RetryPolicy::max_attempts must be at least 1 (1 means no retries)";
  if (retry.first_delay < milliseconds{0}) return "RetryPolicy::first_delay must not be negative";
  if (retry.max_delay < milliseconds{0}) return "RetryPolicy::max_delay must not be negative";
  if (!(retry.factor >= 1.0)) return "RetryPolicy::factor must be at least 1";
  if (retry.max_retry_after < milliseconds{0}) return "RetryPolicy::max_retry_after must not be negative";
  if (retry.rate_limit_patience < milliseconds{0})
    return "RetryPolicy::rate_limit_patience must not be negative";
  if (auto const wrong = problem(options.pacing); !wrong.empty()) return wrong;
  if (options.transport == nullptr && options.max_response_bytes == 0)
    return "ClientOptions::max_response_bytes must be positive";
  if (std::any_of(options.user_agent_suffix.begin(), options.user_agent_suffix.end(), control_character))
    return "ClientOptions::user_agent_suffix must not contain control characters";
  return {};
}

std::string_view problem(protocol::Endpoint const& endpoint, ClientOptions const& options) {
  if (endpoint.https || endpoint.loopback || options.allow_plain_http) return {};
  return "base_url is plain http: others on the network could read everything, including the credential; use "
         "https, or set ClientOptions::allow_plain_http (allow_plain_http in accounts.toml)";
}

Pacing resolved(Pacing const& wanted, Pacing const& documented) {
  auto const in_flight = documented.in_flight.value_or(Pacing::default_in_flight);
  return {.rate = wanted.rate ? wanted.rate : documented.rate,
          .in_flight = wanted.in_flight.value_or(in_flight)};
}

}  // namespace

Result<std::unique_ptr<CampaignClient>> make_client(Result<std::shared_ptr<Adapter const>> adapter,
                                                    ClientOptions options) {
  if (!adapter) return std::move(adapter).error();
  Error error{.code = ErrorCode::configuration};
  if (*adapter == nullptr) {
    error.message = "the adapter is null";
    return error;
  }
  error.provider = (*adapter)->capabilities().provider;
  error.message = problem(options);
  if (error.message.empty()) error.message = problem((*adapter)->endpoint(), options);
  if (!error.message.empty()) return error;

  auto const pacing = resolved(options.pacing, (*adapter)->capabilities().pacing);
  if (options.transport == nullptr) {
    auto transport = make_curl_transport({.ca_file = std::move(options.ca_file),
                                          .pinned_public_key = std::move(options.pinned_public_key),
                                          .allow_plain_http = options.allow_plain_http,
                                          .max_response_bytes = options.max_response_bytes,
                                          .max_connections_per_host = *pacing.in_flight});
    if (!transport) return protocol::named(error.provider, std::move(transport)).error();
    options.transport = *std::move(transport);
  }
  auto const& threads = options.callback_threads;
  return std::unique_ptr<CampaignClient>{std::make_unique<client::EngineClient>(
      engine::EngineOptions{.adapter = *std::move(adapter),
                            .transport = std::move(options.transport),
                            .pool = threads != nullptr ? threads->pool() : nullptr,
                            .timeout = options.timeout,
                            .connect_timeout = options.connect_timeout,
                            .retry = options.retry,
                            .pacing = pacing,
                            .user_agent_suffix = std::move(options.user_agent_suffix),
                            .log = std::move(options.log),
                            .executor = std::move(options.executor)})};
}

}  // namespace polycampaign::inline v1
