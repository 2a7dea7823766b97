#include "testing/simulator_base.hpp"

#include <algorithm>

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

Error configuration(std::string message) {
  return {.code = ErrorCode::configuration, .message = std::move(message)};
}

}  // namespace

VendorSimulator::VendorSimulator(SimulatorOptions options, std::span<Switch const> table)
    : options_{std::move(options)},
      table_{table},
      campaigns_{generate(options_.provider, options_.campaigns, options_.seed, now())},
      base_url_{"https://" + options_.provider + ".simulator.invalid"} {
  for (auto const& item : table_) values_.emplace(item.name, first_word(item.values));
}

VendorSimulator::~VendorSimulator() = default;

std::string VendorSimulator::add_campaign() {
  auto campaign = generate_new(options_.provider, ++ordinal_, options_.seed, now());
  auto id = campaign.id;
  campaigns_.insert(campaigns_.begin(), std::move(campaign));
  return id;
}

bool VendorSimulator::remove_campaign(std::string_view id) {
  return std::erase_if(campaigns_, [&](auto const& campaign) { return campaign.id == id; }) != 0;
}

SimulatedCampaign const* VendorSimulator::find(std::string_view id) const {
  auto const found = std::ranges::find(campaigns_, id, &SimulatedCampaign::id);
  return found == campaigns_.end() ? nullptr : &*found;
}

Result<void> VendorSimulator::set_switch(std::string_view name, std::string_view value) {
  auto const item = std::ranges::find(table_, name, &Switch::name);
  if (item == table_.end())
    return configuration("the " + options_.provider + " simulator has no switch '" + std::string{name} + "'");
  if (!allows(item->values, value))
    return configuration("switch '" + std::string{name} + "' of the " + options_.provider +
                         " simulator takes " + std::string{item->values} + ", not '" + std::string{value} +
                         "'");
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
