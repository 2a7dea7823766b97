#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/setting.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// The kind of response that a stored body is.
enum class Document : std::uint8_t {
  list,  ///< a page of a list
  get,   ///< the response to a get, in its short or long form
};

/// How to read a stored response body.
struct DecodeOptions {
  /// Replaces a time zone that is only assumed, never a documented one. Empty: the zone that the library
  /// assumes for the vendor.
  std::string time_zone{};
  /// Keep the text of each vendor record in `Campaign::raw()`.
  bool keep_raw = false;
};

/// One vendor, found by name: for applications and tools that choose the vendor at run time. Constant data.
struct Provider {
  std::string_view name{};  ///< `bsg`: the namespace of its factory, and `provider` in configuration files
  /// Returns what this vendor supports, as documented. Never null in `providers`.
  Capabilities const& (*capabilities)() noexcept = nullptr;
  /// Returns the settings that `make_adapter` accepts, in addition to those of every account (`timeout`,
  /// `ca_file`, ...).
  std::span<Setting const> (*settings)() noexcept = nullptr;
  /// Returns the adapter for an account, to pass to `polycampaign::make_client`.
  ///
  /// Errors: `configuration` (a missing, unknown or malformed setting, which the message names).
  Result<std::shared_ptr<Adapter const>> (*make_adapter)(Settings settings) = nullptr;
  /// Decodes a stored response body into campaigns. Makes no request.
  ///
  /// Errors: `protocol`, the vendor's own error in the body, `configuration` (time zone).
  Result<std::vector<Campaign>> (*decode)(Document document, std::string body,
                                          DecodeOptions const& options) = nullptr;
};

/// Returns all vendors, in alphabetical order of their names. Valid for the lifetime of the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Provider const> providers() noexcept;
/// Returns the vendor with exactly this name, or null if there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT Provider const* find_provider(std::string_view name) noexcept;

}  // namespace polycampaign::inline v1
