#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/common_switches.hpp"
#include "testing/configuration_error.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

std::string_view first_word(std::string_view values) {
  return values.substr(0, values.find('|'));
}

bool allows(std::string_view values, std::string_view value) {
  auto numbers = true;
  while (true) {
    auto const word = first_word(values);
    numbers = numbers && whole_number(word);
    if (word == value) return true;
    if (word.size() == values.size()) break;
    values.remove_prefix(word.size() + 1);
  }
  auto const number = whole_number(value);
  return numbers && number && *number >= 0;
}

}  // namespace

std::vector<Switch> with_common(std::span<Switch const> own) {
  std::vector<Switch> all{own.begin(), own.end()};
  all.insert(all.end(), std::begin(common_switches), std::end(common_switches));
  return all;
}

VendorSimulator::VendorSimulator(SimulatorOptions options, std::span<Switch const> switches,
                                 CampaignShape const& shape)
    : options_{std::move(options)},
      switches_{with_common(switches)},
      account_{shape, options_.provider, options_.seed, options_.campaigns, now()},
      base_url_{"https://" + options_.provider + ".simulator.invalid"} {
  for (auto const& item : switches_) values_.emplace(item.name, first_word(item.values));
}

VendorSimulator::~VendorSimulator() = default;

void VendorSimulator::expire_tokens() {}
bool VendorSimulator::lists_by_default(SimulatedCampaign const&) const {
  return true;
}
bool VendorSimulator::keeps_connections() const {
  return true;
}
bool VendorSimulator::is_credential(std::string_view parameter) const {
  return parameter == "access_token" || parameter == "api_key" || parameter == "password" ||
         parameter == "token";
}
void VendorSimulator::set_base_url(std::string url) {
  base_url_ = std::move(url);
}

std::optional<std::vector<SimulatedRecord>> VendorSimulator::records(Operation, std::string_view) const {
  return std::nullopt;
}

StatusCode VendorSimulator::next_status(SimulatedCampaign const& campaign) const {
  switch (campaign.status) {
    case StatusCode::moderation: return campaign.immediate ? StatusCode::sending : StatusCode::scheduled;
    case StatusCode::queued:
    case StatusCode::scheduled: return StatusCode::sending;
    case StatusCode::sending:
    case StatusCode::retrying: return StatusCode::completed;
    default: return campaign.status;
  }
}

void VendorSimulator::advance() {
  account_.advance(now(), std::chrono::seconds{std::max<std::int64_t>(switch_number("stage"), 1)},
                   [this](SimulatedCampaign const& campaign) { return next_status(campaign); });
}

Result<void> VendorSimulator::set_switch(std::string_view name, std::string_view value) {
  auto const item = std::ranges::find(switches_, name, &Switch::name);
  if (item == switches_.end())
    return configuration_error("the " + options_.provider + " simulator has no switch '" + std::string{name} +
                               "'");
  if (!allows(item->values, value))
    return configuration_error("switch '" + std::string{name} + "' of the " + options_.provider +
                               " simulator takes " + std::string{item->values} + ", not '" +
                               std::string{value} + "'");
  values_.find(name)->second = value;
  return {};
}

std::string_view VendorSimulator::switch_value(std::string_view name) const {
  auto const found = values_.find(name);
  return found == values_.end() ? std::string_view{} : found->second;
}

std::int64_t VendorSimulator::switch_number(std::string_view name) const {
  return whole_number(switch_value(name)).value_or(0);
}

std::chrono::sys_seconds VendorSimulator::now() const {
  return options_.clock ? options_.clock()
                        : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace polycampaign::inline v1::testing
