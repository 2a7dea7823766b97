#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/outbox.hpp"
#include "polycampaign/plan.hpp"
#include "polycampaign/submission.hpp"

#include "commands.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::command {

/// Everything that is shown about a create.
struct CreateReport {
  std::string account{};
  std::string_view provider{};
  std::string key{};
  bool draft = false;
  bool planned = false;  ///< --dry-run
  std::optional<Plan> plan{};
  std::optional<Estimate> estimate{};
  /// What became of it. Absent: nothing was sent, because it was refused earlier.
  std::optional<Dispatch> dispatch{};
};

/// Returns the outcome of a create without an outbox, as an outbox would say it.
[[nodiscard]] Dispatch dispatch_of(Result<Submission> submission, CreateReport const& report);

/// Returns the report as one line of JSON.
[[nodiscard]] std::string report_json(CreateReport const& report);
/// Returns the report for people, one line per value.
[[nodiscard]] std::string report_text(CreateReport const& report);
/// Returns the report's plan for people: what will happen, and what it costs if that is known.
[[nodiscard]] std::string plan_text(CreateReport const& report);
/// Returns an estimate for people.
[[nodiscard]] std::string estimate_text(Estimate const& estimate, std::string_view account);

}  // namespace polycampaign::inline v1::command
