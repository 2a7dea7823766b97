#include "vendors/dexatel/provider.hpp"

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"

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

std::span<Setting const> settings() noexcept {
  return setting_table;
}

Result<std::shared_ptr<Adapter const>> make(Settings given) {
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("dexatel", std::move(settings)).error();
  Config config{.api_key = protocol::take_secret(*settings, "api_key")};
  config.base_url = protocol::take_text(*settings, "base_url", config.base_url);
  config.time_zone = protocol::take_text(*settings, "time_zone");
  return make_adapter(std::move(config));
}

Result<std::vector<Campaign>> read(Document document, std::string body, DecodeOptions const& options) {
  auto schedule = protocol::clock_rule(options.time_zone);
  if (!schedule) return std::move(schedule).error();
  // the link to the next page cannot be judged: where the body came from is not known
  auto answer =
      read_answer({.status = 200, .body = std::move(body)}, {*schedule, options.keep_raw, {}, document});
  if (!answer) return std::move(answer).error();
  if (document == Document::get && answer->campaigns.empty())
    return protocol::failure(ErrorCode::not_found, "the answer holds no campaign");
  return std::move(answer->campaigns);
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("dexatel", read(document, std::move(body), options));
}

constexpr Provider entry{"dexatel", &capabilities, &settings, &make, &decode};

}  // namespace

Provider const& provider() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::dexatel
