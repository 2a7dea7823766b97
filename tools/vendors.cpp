#include "vendors.hpp"

#include "account.hpp"

#include <algorithm>
#include <string>

namespace polycampaign::inline v1::command {

namespace {

bool well_formed(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// Returns what is wrong with the provider, or an empty string.
std::string problem_of(Provider const& provider) {
  if (!well_formed(provider.name)) return "its name must consist of lowercase letters, digits, - and _";
  if (!provider.capabilities || !provider.settings || !provider.make_adapter || !provider.decode)
    return "one of its functions is missing";
  for (auto const& setting : provider.settings()) {
    std::string const name{setting.name};
    if (!well_formed(name))
      return "its setting \"" + name + "\" must consist of lowercase letters, digits, - and _";
    if (is_commands_own(name))
      return "its setting \"" + name + "\" has the name of a setting that every account has";
  }
  return {};
}

Error refused(Provider const& provider, std::string_view problem) {
  return {.code = ErrorCode::configuration,
          .message = "vendor \"" + std::string{provider.name}.append("\": ").append(problem)};
}

}  // namespace

Result<Vendors> Vendors::with(std::span<CommandVendor const> more) {
  std::vector<CommandVendor> all;
  for (auto const& provider : providers())
    all.push_back({provider, testing::find_simulated_vendor(provider.name)});
  for (auto const& vendor : more) {
    if (auto const problem = problem_of(vendor.provider); !problem.empty())
      return refused(vendor.provider, problem);
    auto const same = [&](CommandVendor const& other) { return other.provider.name == vendor.provider.name; };
    if (std::any_of(all.begin(), all.end(), same))
      return refused(vendor.provider, "another vendor already has this name");
    all.push_back(vendor);
  }
  std::sort(all.begin(), all.end(),
            [](CommandVendor const& a, CommandVendor const& b) { return a.provider.name < b.provider.name; });
  return Vendors{std::move(all)};
}

CommandVendor const* Vendors::find(std::string_view name) const noexcept {
  auto const found = std::find_if(all_.begin(), all_.end(),
                                  [&](CommandVendor const& vendor) { return vendor.provider.name == name; });
  return found == all_.end() ? nullptr : &*found;
}

std::vector<std::string_view> Vendors::names() const {
  std::vector<std::string_view> names;
  for (auto const& vendor : all_) names.push_back(vendor.provider.name);
  return names;
}

std::vector<CommandVendor const*> Vendors::simulated() const {
  std::vector<CommandVendor const*> found;
  for (auto const& vendor : all_)
    if (vendor.simulator) found.push_back(&vendor);
  return found;
}

}  // namespace polycampaign::inline v1::command
