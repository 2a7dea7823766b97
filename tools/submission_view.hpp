#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/plan.hpp"
#include "polycampaign/submission.hpp"

#include "commands.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::command {

/// How a create ended.
enum class CreateOutcome {
  planned,     ///< --dry-run
  accepted,    ///< the vendor accepted the campaign
  refused,     ///< nothing was sent
  unresolved,  ///< the campaign may exist
};

/// Everything that is shown about a create.
struct CreateReport {
  std::string account{};
  std::string_view provider{};
  std::string key{};
  bool draft = false;
  CreateOutcome outcome = CreateOutcome::refused;
  std::optional<Plan> plan{};
  std::optional<Estimate> estimate{};
  std::optional<Submission> submission{};
};

/// Returns the report as one line of JSON.
[[nodiscard]] std::string report_json(CreateReport const& report);
/// Returns the report for people, one line per value.
[[nodiscard]] std::string report_text(CreateReport const& report);
/// Returns the report's plan for people: what will happen, and what it costs if that is known.
[[nodiscard]] std::string plan_text(CreateReport const& report);
/// Returns an estimate for people.
[[nodiscard]] std::string estimate_text(Estimate const& estimate, std::string_view account);

}  // namespace polycampaign::inline v1::command
