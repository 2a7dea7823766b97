#include "vendors/dexatel/provider.hpp"

#include "polycampaign/dexatel.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"

#include "vendors/dexatel/adapter.hpp"
#include "vendors/dexatel/answers.hpp"

#include <array>
#include <string>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

constexpr std::array setting_table{
    Setting{"api_key", true, true, "API key, created in the dashboard"},
    Setting{"base_url", false, false, "Base URL of the API (default: https://api.dexatel.com)"},
    Setting{"time_zone", false, false, "IANA time zone of `schedule` (default: UTC, an assumption)"},
};

Result<std::shared_ptr<Adapter const>> make_from_settings(Settings given) {
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
  HttpResponse response{.status = 200, .body = std::move(body)};
  // The link to the next page cannot be checked, because the origin of the body is unknown.
  Reading const reading{*schedule, options.keep_raw, {}, {}};
  if (document == Document::list)
    return read_page(std::move(response), reading).transform([](protocol::ListPage<Campaign>&& page) {
      return std::move(page.items);
    });
  auto campaigns = read_campaigns(std::move(response), reading);
  if (campaigns && campaigns->empty())
    return protocol::failure(ErrorCode::not_found, "the response contains no campaign");
  return campaigns;
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("dexatel", read(document, std::move(body), options));
}

Result<std::shared_ptr<Adapter const>> make(Config config) {
  if (auto key = protocol::check_header_secret("api_key", config.api_key); !key)
    return std::move(key).error();
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  auto base = protocol::parse_url(endpoint->base_url);
  if (!base) return std::move(base).error();
  auto const schedule = protocol::clock_rule(config.time_zone);
  if (!schedule) return schedule.error();
  return std::shared_ptr<Adapter const>{std::make_shared<DexatelAdapter const>(
      *std::move(endpoint), std::move(config.api_key), *std::move(base), *schedule)};
}

constexpr Provider constant{.name = "dexatel",
                            .capabilities = &dexatel::capabilities,
                            .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                            .make_adapter = &make_from_settings,
                            .decode = &decode};

}  // namespace

Provider const& provider() noexcept {
  return constant;
}

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("dexatel", make(std::move(config)));
}

}  // namespace polycampaign::inline v1::dexatel
