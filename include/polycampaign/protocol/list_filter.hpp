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

/// The part of a list's filter that the client applies. The engine uses it; a fake client can use it to list
/// as a real client does.
///
/// Threads: immutable, so every member may be called from several threads at once.
class POLYCAMPAIGN_EXPORT ListFilter {
 public:
  /// Returns nothing if the vendor and the client together can apply the filter, otherwise the error. Errors:
  /// `unsupported`, naming the first part that neither can apply; `invalid_argument`.
  [[nodiscard]] static std::optional<Error> refuse(CampaignFilter const& filter,
                                                   Capabilities const& capabilities);

  /// Keeps the parts that `capabilities` declares emulated, and those native parts that the client checks
  /// again.
  ListFilter(CampaignFilter filter, Capabilities const& capabilities);

  /// What happens to a campaign.
  enum class Verdict {
    keep,              ///< it is delivered
    drop,              ///< it does not match
    drop_without_time  ///< the filter has a bound, but the campaign has no time to compare with it
  };
  /// Returns whether the campaign matches. `complete`: the campaign has all the data that it will ever have.
  /// Otherwise absent values may still arrive, and a campaign is dropped only if it is known not to match.
  [[nodiscard]] Verdict judge(Campaign const& campaign, bool complete) const;

  /// Returns whether the filter can drop nothing.
  [[nodiscard]] bool passive() const noexcept;
  /// Returns the names of the filters that the client applies instead of the vendor.
  [[nodiscard]] std::vector<std::string> const& names() const noexcept { return names_; }

 private:
  CampaignFilter filter_;  // what the client applies; everything else is reset
  std::vector<std::string> names_;
};

}  // namespace polycampaign::inline v1::protocol
