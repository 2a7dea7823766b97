#include "polycampaign/protocol/settings.hpp"

#include "polycampaign/protocol/failure.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::protocol {

namespace {

Error wrong(std::string_view name, std::string_view what) {
  return failure(ErrorCode::configuration, std::string{name}.append(": ").append(what));
}

Error nothing_in(std::string_view name, Secret const& secret) {
  return wrong(name, secret.problem().empty() ? "the value is empty" : std::string_view{secret.problem()});
}

std::string known_names(std::span<Setting const> known) {
  std::string names;
  for (auto const& setting : known) {
    if (!names.empty()) names += ", ";
    names += setting.name;
  }
  return names;
}

}  // namespace

Result<Settings> check_settings(std::span<Setting const> known, Settings settings) {
  for (auto const& [name, value] : settings) {
    if (std::ranges::find(known, name, &Setting::name) == known.end())
      return wrong(name, "this provider has no such setting; its settings are " + known_names(known));
    if (value.empty()) return nothing_in(name, value);
  }
  for (auto const& setting : known)
    if (setting.required && !settings.contains(setting.name))
      return wrong(setting.name, "this setting is missing");
  return settings;
}

Secret take_secret(Settings& settings, std::string_view name) {
  auto const found = settings.find(name);
  return found == settings.end() ? Secret{} : std::move(found->second);
}

std::string take_text(Settings& settings, std::string_view name, std::string_view otherwise) {
  auto const found = settings.find(name);
  return std::string{found == settings.end() ? otherwise : found->second.reveal()};
}

Result<void> check_secret(std::string_view name, Secret const& secret) {
  if (!secret.empty()) return {};
  if (secret.problem().empty()) return wrong(name, "this setting is missing");
  return nothing_in(name, secret);
}

Result<void> check_header_secret(std::string_view name, Secret const& secret) {
  constexpr char const* cannot_carry = "contains a character that an HTTP header cannot carry";
  if (auto given = check_secret(name, secret); !given) return given;
  if (!std::ranges::all_of(secret.reveal(), [](char c) { return c > ' ' && c < '\x7F'; }))
    return wrong(name,
                 (secret.source().empty() ? std::string{"the value"} : secret.source()) + ' ' + cannot_carry);
  return {};
}

}  // namespace polycampaign::inline v1::protocol
