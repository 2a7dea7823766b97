#include "polycampaign/campaign_client.hpp"

#include "client/vendor_client.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

using std::chrono::milliseconds;

bool control_character(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// What is wrong, naming the member; empty when nothing is.
std::string_view problem(ClientOptions const& options) {
  if (options.timeout <= milliseconds{0}) return "ClientOptions::timeout must be positive";
  if (options.connect_timeout <= milliseconds{0}) return "ClientOptions::connect_timeout must be positive";
  auto const& retry = options.retry;
  if (retry.max_attempts < 1) return "RetryPolicy::max_attempts must be at least 1 (1: never again)";
  if (retry.first_delay < milliseconds{0}) return "RetryPolicy::first_delay must not be negative";
  if (retry.max_delay < milliseconds{0}) return "RetryPolicy::max_delay must not be negative";
  if (!(retry.factor >= 1.0)) return "RetryPolicy::factor must be at least 1";
  if (retry.max_retry_after < milliseconds{0}) return "RetryPolicy::max_retry_after must not be negative";
  if (options.transport == nullptr && options.max_response_bytes == 0)
    return "ClientOptions::max_response_bytes must be positive";
  if (std::any_of(options.user_agent_suffix.begin(), options.user_agent_suffix.end(), control_character))
    return "ClientOptions::user_agent_suffix must not hold control characters";
  return {};
}

std::string_view problem(protocol::Endpoint const& endpoint, ClientOptions const& options) {
  if (endpoint.https || endpoint.loopback || options.allow_plain_http) return {};
  return "base_url is plain http: everything, the credential included, could be read on the way; use https, "
         "or set ClientOptions::allow_plain_http (allow_plain_http in accounts.toml)";
}

}  // namespace

Result<std::unique_ptr<CampaignClient>> make_client(Result<std::shared_ptr<Vendor const>> vendor,
                                                    ClientOptions options) {
  if (!vendor) return std::move(vendor).error();
  Error error{.code = ErrorCode::configuration};
  if (*vendor == nullptr) {
    error.message = "there is no vendor";
    return error;
  }
  error.provider = (*vendor)->capabilities().provider;
  error.message = problem(options);
  if (error.message.empty()) error.message = problem((*vendor)->endpoint(), options);
  if (!error.message.empty()) return error;

  if (options.transport == nullptr) {
    auto transport = make_curl_transport({.ca_file = std::move(options.ca_file),
                                          .pinned_public_key = std::move(options.pinned_public_key),
                                          .allow_plain_http = options.allow_plain_http,
                                          .max_response_bytes = options.max_response_bytes});
    if (!transport) {
      error.message = std::move(transport).error().message;
      return error;
    }
    options.transport = *std::move(transport);
  }
  return std::unique_ptr<CampaignClient>{std::make_unique<client::VendorClient>(
      engine::EngineOptions{.vendor = *std::move(vendor),
                            .transport = std::move(options.transport),
                            .timeout = options.timeout,
                            .connect_timeout = options.connect_timeout,
                            .retry = options.retry,
                            .user_agent_suffix = std::move(options.user_agent_suffix),
                            .log = std::move(options.log),
                            .executor = std::move(options.executor)})};
}

}  // namespace polycampaign::inline v1
