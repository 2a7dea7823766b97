#include "vendors/bsg/provider.hpp"

#include "polycampaign/bsg.hpp"
#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"

#include "vendors/bsg/adapter.hpp"
#include "vendors/bsg/answers.hpp"

#include <array>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

constexpr std::array setting_table{
    Setting{"api_key", true, true, "API key from the Integrations & API page (live_...)"},
    Setting{"base_url", false, false, "Base URL of the API (default: https://one-api.bsg.world)"},
    Setting{"time_zone", false, false,
            "IANA time zone of the account's times (default: UTC; BSG documents none)"},
};

Result<std::shared_ptr<Adapter const>> make_from_settings(Settings given) {
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("bsg", std::move(settings)).error();
  Config config{.api_key = protocol::take_secret(*settings, "api_key")};
  config.base_url = protocol::take_text(*settings, "base_url", config.base_url);
  config.time_zone = protocol::take_text(*settings, "time_zone");
  return make_adapter(std::move(config));
}

Result<std::vector<Campaign>> read(Document document, std::string body, DecodeOptions const& options) {
  auto const clock = protocol::clock_rule(options.time_zone);
  if (!clock) return clock.error();
  HttpResponse response{200, {}, std::move(body)};
  Reading const reading{.clock = *clock,
                        .form = document == Document::get ? Form::shown_by_record : Form::brief,
                        .channel = {},
                        .keep_raw = options.keep_raw};
  if (document == Document::get) return read_campaigns(std::move(response), reading);
  return read_page(std::move(response), reading).transform([](protocol::ListPage<Campaign>&& page) {
    return std::move(page.items);
  });
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("bsg", read(document, std::move(body), options));
}

Result<std::shared_ptr<Adapter const>> make(Config config) {
  if (auto key = protocol::check_secret("api_key", config.api_key); !key) return std::move(key).error();
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  auto const clock = protocol::clock_rule(config.time_zone);
  if (!clock) return clock.error();
  return std::shared_ptr<Adapter const>{
      std::make_shared<BsgAdapter const>(*std::move(endpoint), std::move(config.api_key), *clock)};
}

constexpr Provider constant{.name = "bsg",
                            .capabilities = &bsg::capabilities,
                            .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                            .make_adapter = &make_from_settings,
                            .decode = &decode};

}  // namespace

Provider const& provider() noexcept {
  return constant;
}

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("bsg", make(std::move(config)));
}

}  // namespace polycampaign::inline v1::bsg
