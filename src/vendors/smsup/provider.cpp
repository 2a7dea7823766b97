#include "vendors/smsup/provider.hpp"

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

Error configuration(std::string message) {
  Error error;
  error.code = ErrorCode::configuration;
  error.provider = "smsup";
  error.message = std::move(message);
  return error;
}

std::span<Setting const> settings() noexcept {
  return setting_table;
}

Result<std::shared_ptr<Vendor const>> make(Settings given) {
  Config config;
  for (auto& [name, value] : given) {
    auto const text = value.reveal();
    if (name == "token") {
      config.token = std::move(value);
      continue;
    }
    if (name != "base_url" && name != "format" && name != "time_zone")
      return configuration(name + ": no setting of smsup; known are token, base_url, format, time_zone");
    if (text.empty())
      return configuration(name + ": " + (value.problem().empty() ? "is empty" : value.problem()));
    if (name == "base_url")
      config.base_url = text;
    else if (name == "time_zone")
      config.time_zone = text;
    else if (text == "json" || text == "xml")
      config.format = text == "xml" ? Format::xml : Format::json;
    else
      return configuration("format: must be json or xml");
  }
  return make_vendor(std::move(config));
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  auto clock = clock_of(options.time_zone);
  if (!clock) return std::move(clock).error();
  HttpResponse response;
  response.status = 200;
  response.body = std::move(body);
  auto answer = read_answer(std::move(response), {document, *clock, options.keep_raw});
  if (!answer) {
    // there was no HTTP here
    answer.error().http_status = 0;
    answer.error().provider = "smsup";
    return std::move(answer).error();
  }
  if (document == Document::get && answer->campaigns.empty()) {
    auto error = configuration("the answer holds no campaign");
    error.code = ErrorCode::not_found;
    return error;
  }
  return std::move(answer->campaigns);
}

constexpr Provider entry{"smsup", &capabilities, &settings, &make, &decode};

}  // namespace

Provider const& provider() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::smsup
