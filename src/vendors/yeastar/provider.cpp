#include "vendors/yeastar/provider.hpp"

#include "polycampaign/yeastar.hpp"

#include "vendors/yeastar/decode.hpp"
#include "vendors/yeastar/yeastar_vendor.hpp"
#include "wire/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::yeastar {
namespace {

constexpr std::array setting_table{
    Setting{"base_url", true, false, "URL of the PBX: https://pbx.example.com:8088"},
    Setting{"client_id", true, true, "Client ID of the API page of the PBX portal"},
    Setting{"client_secret", true, true, "Client Secret of the same page"},
};

Error misconfigured(std::string message) {
  return {.code = ErrorCode::configuration, .provider = "yeastar", .message = std::move(message)};
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

bool is_setting(std::string_view name) {
  return std::any_of(setting_table.begin(), setting_table.end(),
                     [&](Setting const& known) { return known.name == name; });
}

Result<std::shared_ptr<Vendor const>> make_from_settings(Settings settings) {
  for (auto const& [name, value] : settings) {
    if (name == "time_zone")
      return misconfigured("time_zone: not for Yeastar, whose times are Unix times: they need no zone");
    if (!is_setting(name)) return misconfigured(name + ": no setting of Yeastar");
  }
  auto& base_url = settings["base_url"];
  if (base_url.empty()) return missing("base_url", base_url.problem());
  return make_vendor({.base_url = std::string{base_url.reveal()},
                      .client_id = std::move(settings["client_id"]),
                      .client_secret = std::move(settings["client_secret"])});
}

// All times are Unix times, which no zone can change.
Result<std::vector<Campaign>> decode(Document document, std::string body, DecodeOptions const& options) {
  HttpResponse response{200, {}, std::move(body)};
  auto campaigns =
      document == Document::get
          ? decode_details(std::move(response), options.keep_raw)
          : decode_page(std::move(response), options.keep_raw).transform([](protocol::ListPage&& page) {
              return std::move(page.items);
            });
  if (!campaigns) campaigns.error().provider = "yeastar";
  return campaigns;
}

constexpr Provider constant{.name = "yeastar",
                            .capabilities = &yeastar::capabilities,
                            .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                            .make_vendor = &make_from_settings,
                            .decode = &decode};

}  // namespace

Provider const& provider() noexcept {
  return constant;
}

Result<std::shared_ptr<Vendor const>> make_vendor(Config config) {
  if (config.base_url.empty()) return missing("base_url", {});
  auto endpoint = read_base_url(config.base_url);
  if (!endpoint) return std::move(endpoint).error();
  if (config.client_id.empty()) return missing("client_id", config.client_id.problem());
  if (config.client_secret.empty()) return missing("client_secret", config.client_secret.problem());
  return std::shared_ptr<Vendor const>{std::make_shared<YeastarVendor const>(
      *std::move(endpoint), std::move(config.client_id), std::move(config.client_secret))};
}

}  // namespace polycampaign::inline v1::yeastar
