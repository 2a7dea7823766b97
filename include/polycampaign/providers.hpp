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

/// Which answer a kept response body is.
enum class Document : std::uint8_t {
  list,  ///< a page of a list
  get,   ///< the answer to a get, in its short or long form
};

/// How a kept response body is read.
struct DecodeOptions {
  /// Replaces a zone that is only assumed, never a documented one; empty: the vendor's assumption.
  std::string time_zone{};
  /// Keep each vendor record's text in `Campaign::raw()`.
  bool keep_raw = false;
};

/// One vendor by name: for applications and tools that choose it at run time. Constant data.
struct Provider {
  std::string_view name{};  ///< `bsg`: the namespace of its factory, and `provider` in configuration files
  /// What this vendor can do, as documented; never null in `providers`.
  Capabilities const& (*capabilities)() noexcept = nullptr;
  /// What `make_adapter` takes, besides what every account has (`timeout`, `ca_file`, ...).
  std::span<Setting const> (*settings)() noexcept = nullptr;
  /// The adapter for an account, for `polycampaign::make_client`.
  ///
  /// Errors: `configuration` (missing, unknown or malformed setting, named in the message).
  Result<std::shared_ptr<Adapter const>> (*make_adapter)(Settings settings) = nullptr;
  /// A response body that was kept, as campaigns. Makes no request.
  ///
  /// Errors: `protocol`, the vendor's own error in the body, `configuration` (zone).
  Result<std::vector<Campaign>> (*decode)(Document document, std::string body,
                                          DecodeOptions const& options) = nullptr;
};

/// All vendors, in alphabetical order of their names. Lives as long as the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Provider const> providers() noexcept;
/// The vendor of exactly this name; null when there is none.
[[nodiscard]] POLYCAMPAIGN_EXPORT Provider const* find_provider(std::string_view name) noexcept;

}  // namespace polycampaign::inline v1
