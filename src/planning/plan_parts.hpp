#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/plan.hpp"
#include "polycampaign/result.hpp"

#include <chrono>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The single checks of a plan.
namespace polycampaign::inline v1::planning {

/// Returns `invalid_argument` with a message that quotes neither number nor text.
[[nodiscard]] Error wrong(std::string message);
/// Returns the number of characters. A byte that is not UTF-8 counts as one.
[[nodiscard]] std::int64_t characters(std::string_view text) noexcept;

/// Checks options against a vendor's table. Errors: `invalid_argument`, naming the option: an unknown one,
/// with the nearest known name; a value that it does not take; one that occurs twice.
[[nodiscard]] Result<void> check_options(CampaignRules const& rules, std::span<CampaignOption const> options);
/// Returns whether one of the options names a text at the vendor.
[[nodiscard]] bool replaces_text(CampaignRules const& rules, std::span<CampaignOption const> options);

/// Builds a plan. A failed check ends it.
class Planner {
 public:
  Planner(Capabilities const& capabilities, PlanContext const& context);

  Plan plan{};
  bool text_is_elsewhere = false;  ///< an option names the text at the vendor

  [[nodiscard]] CampaignRules const& rules() const noexcept { return capabilities_.campaigns; }
  [[nodiscard]] std::string vendor() const { return std::string{capabilities_.display_name}; }

  /// Returns `unsupported` with the vendor's reason. `member` is what the caller set.
  [[nodiscard]] Error lacks(Feature feature, std::string_view member) const;
  [[nodiscard]] Error no_channel(Channel channel) const;
  /// Checks a limit. Errors: `invalid_argument`, naming the limit and its source. Warns if the documents
  /// disagree about it.
  [[nodiscard]] Result<void> within(Limit const& limit, std::int64_t value, std::string_view member,
                                    std::string_view unit);
  /// Checks the characters of a text that must be valid UTF-8. Errors: as `within`.
  [[nodiscard]] Result<void> within_text(Limit const& limit, std::string_view value, std::string_view member);
  /// Warns if the documents disagree about a limit.
  void doubt(Limit const& limit, std::int64_t value, std::string_view member, std::string_view unit);

  [[nodiscard]] Result<void> check_sender(std::string_view sender);
  [[nodiscard]] Result<void> check_start(std::chrono::sys_seconds start, Feature feature);
  /// Checks and counts a text; returns its parts. Errors: `invalid_argument`.
  [[nodiscard]] Result<std::int64_t> read_text(std::string_view text, std::string const& member);
  /// Warns of what the vendor will replace.
  void note_placeholders(NewCampaign const& campaign);

 private:
  Capabilities const& capabilities_;
  PlanContext const& context_;
  std::set<std::string, std::less<>> doubted_{};  // members that have a warning
};

}  // namespace polycampaign::inline v1::planning
