#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/capabilities.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::engine {

/// The client's share of a list's filters. Immutable.
class ListFilter {
 public:
  /// Nothing when the vendor and the client together can apply the filter. Errors: `unsupported`, naming the
  /// first part that they cannot; `invalid_argument`.
  [[nodiscard]] static std::optional<Error> refuse(CampaignFilter const& filter,
                                                   Capabilities const& capabilities);

  ListFilter(CampaignFilter filter, Capabilities const& capabilities);

  enum class Verdict {
    keep,
    drop,
    drop_without_time  ///< there is a bound, but no time to compare with it
  };
  /// `complete`: the campaign has all that it will ever have. Else what is absent may still come, and only
  /// what is known to be wrong is dropped.
  [[nodiscard]] Verdict judge(Campaign const& campaign, bool complete) const;

  /// Whether it can drop anything.
  [[nodiscard]] bool passive() const noexcept;
  /// Filters that the client applies instead of the vendor, by name.
  [[nodiscard]] std::vector<std::string> const& names() const noexcept { return names_; }

 private:
  CampaignFilter filter_;  // what the client applies; the rest is reset
  std::vector<std::string> names_;
};

/// Names one filter in every process: for resume tokens.
[[nodiscard]] std::uint64_t hash(CampaignFilter const& filter);

}  // namespace polycampaign::inline v1::engine
