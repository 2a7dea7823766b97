#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/export.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// The client's share of a list's filters: what the engine applies, and a fake client that lists as a real
/// one does.
///
/// Threads: immutable, so every member may be called from several threads at once.
class POLYCAMPAIGN_EXPORT ListFilter {
 public:
  /// Nothing when the vendor and the client together can apply the filter. Errors: `unsupported`, naming the
  /// first part that they cannot; `invalid_argument`.
  [[nodiscard]] static std::optional<Error> refuse(CampaignFilter const& filter,
                                                   Capabilities const& capabilities);

  /// The parts that `capabilities` calls emulated, and of the native ones those that are checked again.
  ListFilter(CampaignFilter filter, Capabilities const& capabilities);

  /// What becomes of a campaign.
  enum class Verdict {
    keep,              ///< it is delivered
    drop,              ///< it does not fit
    drop_without_time  ///< there is a bound, but no time to compare with it
  };
  /// Whether the campaign fits. `complete`: the campaign has all that it will ever have. Else what is absent
  /// may still come, and only what is known to be wrong is dropped.
  [[nodiscard]] Verdict judge(Campaign const& campaign, bool complete) const;

  /// Whether it can drop anything.
  [[nodiscard]] bool passive() const noexcept;
  /// Filters that the client applies instead of the vendor, by name.
  [[nodiscard]] std::vector<std::string> const& names() const noexcept { return names_; }

 private:
  CampaignFilter filter_;  // what the client applies; the rest is reset
  std::vector<std::string> names_;
};

}  // namespace polycampaign::inline v1::protocol
