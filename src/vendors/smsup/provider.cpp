#include "vendors/smsup/provider.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"
#include "polycampaign/smsup.hpp"

#include "vendors/smsup/answer.hpp"

#include <array>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

constexpr std::array<Setting, 4> setting_table{{
    {"token", true, true, "API token (a JWT), made on the platform or with POST /token"},
    {"base_url", false, false, "https://api.smsup.ch, or https://api.smsfactor.com for SMSFactor"},
    {"format", false, false, "json or xml: what is asked for"},
    {"time_zone", false, false, "IANA name of the zone of campaign times, Europe/Paris by assumption"},
}};

std::span<Setting const> settings() noexcept {
  return setting_table;
}

Result<std::shared_ptr<Adapter const>> make(Settings given) {
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("smsup", std::move(settings)).error();
  Config config{.token = protocol::take_secret(*settings, "token")};
  config.base_url = protocol::take_text(*settings, "base_url", config.base_url);
  config.time_zone = protocol::take_text(*settings, "time_zone");
  auto const format = protocol::take_text(*settings, "format", "json");
  if (format != "json" && format != "xml") {
    auto error = protocol::failure(ErrorCode::configuration, "format: must be json or xml");
    error.provider = "smsup";
    return error;
  }
  config.format = format == "xml" ? Format::xml : Format::json;
  return make_adapter(std::move(config));
}

Result<std::vector<Campaign>> read(Document document, std::string body, DecodeOptions const& options) {
  auto clock = protocol::clock_rule(options.time_zone, assumed_zone);
  if (!clock) return std::move(clock).error();
  auto answer = read_answer({.status = 200, .body = std::move(body)}, {document, *clock, options.keep_raw});
  if (!answer) return std::move(answer).error();
  if (document == Document::get && answer->campaigns.empty())
    return protocol::failure(ErrorCode::not_found, "the answer holds no campaign");
  return std::move(answer->campaigns);
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("smsup", read(document, std::move(body), options));
}

constexpr Provider entry{"smsup", &capabilities, &settings, &make, &decode};

}  // namespace

Provider const& provider() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::smsup
