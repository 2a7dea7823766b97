#include "vendors/dexatel/provider.hpp"

#include "polycampaign/dexatel.hpp"

#include "vendors/dexatel/answer.hpp"

#include <array>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

constexpr std::array<Setting, 3> setting_table{{
    {"api_key", true, true, "API key, made in the dashboard"},
    {"base_url", false, false, "https://api.dexatel.com"},
    {"time_zone", false, false, "IANA name of the zone of schedule, UTC by assumption"},
}};

Error failure(ErrorCode code, std::string message) {
  Error error;
  error.code = code;
  error.provider = "dexatel";
  error.message = std::move(message);
  return error;
}

std::span<Setting const> settings() noexcept {
  return setting_table;
}

Result<std::shared_ptr<Vendor const>> make(Settings given) {
  Config config;
  for (auto& [name, value] : given) {
    if (name == "api_key") {
      config.api_key = std::move(value);
      continue;
    }
    if (name != "base_url" && name != "time_zone")
      return failure(ErrorCode::configuration,
                     name + ": no setting of dexatel; known are api_key, base_url, time_zone");
    if (value.empty())
      return failure(ErrorCode::configuration,
                     name + ": " + (value.problem().empty() ? "is empty" : value.problem()));
    (name == "base_url" ? config.base_url : config.time_zone) = value.reveal();
  }
  return make_vendor(std::move(config));
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  auto schedule = schedule_clock(options.time_zone);
  if (!schedule) return std::move(schedule).error();
  HttpResponse response;
  response.status = 200;
  response.body = std::move(body);
  // the link to the next page cannot be judged: where the body came from is not known
  auto answer = read_answer(std::move(response), {*schedule, options.keep_raw, {}});
  if (!answer) {
    // there was no HTTP here
    answer.error().http_status = 0;
    answer.error().provider = "dexatel";
    return std::move(answer).error();
  }
  if (document == Document::get && answer->campaigns.empty())
    return failure(ErrorCode::not_found, "the answer holds no campaign");
  return std::move(answer->campaigns);
}

constexpr Provider entry{"dexatel", &capabilities, &settings, &make, &decode};

}  // namespace

Provider const& provider() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::dexatel
