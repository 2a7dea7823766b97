#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/secret.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// A setting of a vendor's account, as configuration files name it.
struct Setting {
  std::string_view name{};
  bool required = false;
  bool secret = false;
  std::string_view summary{};
};

/// An account's settings by name. Secret: it may hold credentials.
using Settings = std::map<std::string, Secret, std::less<>>;

enum class Document : std::uint8_t {
  list,
  get
};

struct DecodeOptions {
  /// Replaces a zone that is only assumed, never a documented one; empty: the vendor's assumption.
  std::string time_zone{};
  bool keep_raw = false;
};

/// One vendor by name: for applications and tools that choose it at run time. Constant data.
struct Provider {
  std::string_view name{};
  Capabilities const& (*capabilities)() noexcept = nullptr;
  std::span<Setting const> (*settings)() noexcept = nullptr;
  /// Errors: `configuration` (missing, unknown or malformed setting, named in the message).
  Result<std::shared_ptr<Vendor const>> (*make_vendor)(Settings settings) = nullptr;
  /// A response body that was kept, as campaigns. Errors: `protocol`, the vendor's own error in the body,
  /// `configuration` (zone).
  Result<std::vector<Campaign>> (*decode)(Document document, std::string body,
                                          DecodeOptions const& options) = nullptr;
};

/// All vendors, in alphabetical order of their names.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Provider const> providers() noexcept;
/// Null when there is none of that name.
[[nodiscard]] POLYCAMPAIGN_EXPORT Provider const* find_provider(std::string_view name) noexcept;

}  // namespace polycampaign::inline v1
