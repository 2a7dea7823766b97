#include "vendors/bsg/provider.hpp"

#include "polycampaign/bsg.hpp"

#include "vendors/bsg/bsg_vendor.hpp"
#include "vendors/bsg/decode.hpp"
#include "wire/url.hpp"
#include "wire/zone.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

constexpr std::array setting_table{
    Setting{"api_key", true, true, "API key of the Integrations & API page: live_..."},
    Setting{"base_url", false, false, "default https://one-api.bsg.world"},
    Setting{"time_zone", false, false, "IANA zone of the account's times; BSG documents none, default UTC"},
};

Error misconfigured(std::string message) {
  return {.code = ErrorCode::configuration, .provider = "bsg", .message = std::move(message)};
}

Error missing(std::string_view name, std::string const& problem) {
  return misconfigured(std::string{name} + ": " + (problem.empty() ? "missing" : problem));
}

Result<protocol::Endpoint> read_base_url(std::string_view text) {
  auto url = wire::parse_url(text);
  if (!url) return misconfigured("base_url: " + url.error().message);
  if (!url->query.empty()) return misconfigured("base_url: must not have a query");
  while (text.ends_with('/')) text.remove_suffix(1);
  return protocol::Endpoint{std::string{text}, url->scheme == "https", url->loopback()};
}

Result<wire::ClockRule> read_time_zone(std::string_view name) {
  if (name.empty()) return wire::ClockRule{wire::Zone{}, ZoneBasis::assumed};
  auto zone = wire::Zone::find(name);
  if (!zone) return misconfigured("time_zone: " + zone.error().message);
  return wire::ClockRule{*zone, ZoneBasis::configured};
}

bool is_setting(std::string_view name) {
  return std::any_of(setting_table.begin(), setting_table.end(),
                     [&](Setting const& known) { return known.name == name; });
}

Result<std::shared_ptr<Vendor const>> make_from_settings(Settings settings) {
  Config config;
  for (auto& [name, value] : settings) {
    if (!is_setting(name)) return misconfigured(name + ": no setting of BSG");
    if (name == "api_key") {
      config.api_key = std::move(value);
      continue;
    }
    if (value.empty()) return missing(name, value.problem());
    (name == "base_url" ? config.base_url : config.time_zone) = value.reveal();
  }
  return make_vendor(std::move(config));
}

Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  auto const clock = read_time_zone(options.time_zone);
  if (!clock) return clock.error();
  HttpResponse response{200, {}, std::move(body)};
  Reading const reading{.clock = *clock,
                        .form = document == Document::get ? Form::told_by_record : Form::brief,
                        .channel = {},
                        .keep_raw = options.keep_raw};
  auto campaigns = document == Document::get
                       ? decode_records(std::move(response), reading)
                       : decode_page(std::move(response), reading).transform([](protocol::ListPage&& page) {
                           return std::move(page.items);
                         });
  if (!campaigns) campaigns.error().provider = "bsg";
  return campaigns;
}

constexpr Provider constant{.name = "bsg",
                            .capabilities = &bsg::capabilities,
                            .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                            .make_vendor = &make_from_settings,
                            .decode = &decode};

}  // namespace

Provider const& provider() noexcept {
  return constant;
}

Result<std::shared_ptr<Vendor const>> make_vendor(Config config) {
  if (config.api_key.empty()) return missing("api_key", config.api_key.problem());
  if (config.base_url.empty()) return missing("base_url", {});
  auto endpoint = read_base_url(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  auto const clock = read_time_zone(config.time_zone);
  if (!clock) return clock.error();
  return std::shared_ptr<Vendor const>{
      std::make_shared<BsgVendor const>(*std::move(endpoint), std::move(config.api_key), *clock)};
}

}  // namespace polycampaign::inline v1::bsg
