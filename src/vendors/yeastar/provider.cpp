#include "vendors/yeastar/provider.hpp"

#include "polycampaign/protocol/failure.hpp"
#include "polycampaign/protocol/settings.hpp"
#include "polycampaign/yeastar.hpp"

#include "vendors/yeastar/adapter.hpp"
#include "vendors/yeastar/answers.hpp"

#include <array>
#include <string>
#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

constexpr std::array setting_table{
    Setting{"base_url", true, false, "Base URL of the PBX, such as https://pbx.example.com:8088"},
    Setting{"client_id", true, true, "Client ID from the API page of the PBX portal"},
    Setting{"client_secret", true, true, "Client Secret from the same page"},
};

Error misconfigured(std::string message) {
  return {.code = ErrorCode::configuration, .provider = "yeastar", .message = std::move(message)};
}

Result<std::shared_ptr<Adapter const>> make_from_settings(Settings given) {
  if (given.contains("time_zone"))
    return misconfigured(
        "time_zone: Yeastar has no such setting, because it reports Unix times, which need no time zone");
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("yeastar", std::move(settings)).error();
  return make_adapter({.base_url = protocol::take_text(*settings, "base_url"),
                       .client_id = protocol::take_secret(*settings, "client_id"),
                       .client_secret = protocol::take_secret(*settings, "client_secret")});
}

// All times are Unix times, so no time zone is needed.
Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  HttpResponse response{200, {}, std::move(body)};
  auto campaigns =
      document == Document::get
          ? read_campaigns(std::move(response), Reading{options.keep_raw, {}})
          : read_page(std::move(response), Reading{options.keep_raw, {}})
                .transform([](protocol::ListPage<Campaign>&& page) { return std::move(page.items); });
  return protocol::decoded("yeastar", std::move(campaigns));
}

Result<std::shared_ptr<Adapter const>> make(Config config) {
  auto endpoint = protocol::parse_endpoint(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  if (auto id = protocol::check_secret("client_id", config.client_id); !id) return std::move(id).error();
  if (auto secret = protocol::check_secret("client_secret", config.client_secret); !secret)
    return std::move(secret).error();
  return std::shared_ptr<Adapter const>{std::make_shared<YeastarAdapter const>(
      *std::move(endpoint), std::move(config.client_id), std::move(config.client_secret))};
}

constexpr Provider constant{.name = "yeastar",
                            .capabilities = &yeastar::capabilities,
                            .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                            .make_adapter = &make_from_settings,
                            .decode = &decode};

}  // namespace

Provider const& provider() noexcept {
  return constant;
}

Result<std::shared_ptr<Adapter const>> make_adapter(Config config) {
  return protocol::named("yeastar", make(std::move(config)));
}

}  // namespace polycampaign::inline v1::yeastar
