#include "vendors/smsup/provider.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"
#include "polycampaign/smsup.hpp"

#include "vendors/smsup/adapter.hpp"
#include "vendors/smsup/answers.hpp"

#include <array>
#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

constexpr std::array setting_table{
    Setting{"token", true, true, "API token (a JWT), created on the platform or with POST /token"},
    Setting{"base_url", false, false,
            "Base URL of the API (default: https://api.smsup.ch; for SMSFactor: https://api.smsfactor.com)"},
    Setting{"format", false, false, "Response format to request: json or xml (default: json)"},
    Setting{"time_zone", false, false,
            "IANA time zone of campaign times (default: Europe/Paris, an assumption)"},
};

Result<std::shared_ptr<Adapter const>> make_from_settings(Settings given) {
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("smsup", std::move(settings)).error();
  Config config{.token = protocol::take_secret(*settings, "token")};
  config.base_url = protocol::take_text(*settings, "base_url", config.base_url);
  config.time_zone = protocol::take_text(*settings, "time_zone");
  auto const format = protocol::take_text(*settings, "format", "json");
  if (format != "json" && format != "xml") {
    auto error = protocol::failure(ErrorCode::configuration, "format: the value must be json or xml");
    error.provider = "smsup";
    return error;
  }
  config.format = format == "xml" ? Format::xml : Format::json;
  return make_adapter(std::move(config));
}

Result<std::vector<Campaign>> read(Document document, std::string body, DecodeOptions const& options) {
  auto const clock = protocol::clock_rule(options.time_zone, assumed_zone);
  if (!clock) return clock.error();
  HttpResponse response{.status = 200, .body = std::move(body)};
  Reading const reading{*clock, options.keep_raw, {}};
  if (document == Document::list) return read_listed(std::move(response), reading);
  auto campaigns = read_campaigns(std::move(response), reading);
  if (campaigns && campaigns->empty())
    return protocol::failure(ErrorCode::not_found, "the response contains no campaign");
  return campaigns;
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("smsup", read(document, std::move(body), options));
}

Result<std::shared_ptr<Adapter const>> make(Config config) {
  if (auto token = protocol::check_header_secret("token", config.token); !token)
    return std::move(token).error();
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  auto const clock = protocol::clock_rule(config.time_zone, assumed_zone);
  if (!clock) return clock.error();
  auto const paris = protocol::Zone::find(assumed_zone);
  if (!paris) return paris.error();
  return std::shared_ptr<Adapter const>{
      std::make_shared<SmsupAdapter const>(*std::move(endpoint), std::move(config.token), config.format,
                                           *clock, protocol::ClockRule{.zone = *paris})};
}

constexpr Provider constant{.name = "smsup",
                            .capabilities = &smsup::capabilities,
                            .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                            .make_adapter = &make_from_settings,
                            .decode = &decode};

}  // namespace

Provider const& provider() noexcept {
  return constant;
}

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("smsup", make(std::move(config)));
}

}  // namespace polycampaign::inline v1::smsup
