#pragma once

#include "polycampaign/operation.hpp"
#include "polycampaign/plan.hpp"
#include "polycampaign/protocol/adapter.hpp"

#include "runtime/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace polycampaign::inline v1::client {

/// Checks an operation before its first request, and completes its answer. Operations that create or change
/// nothing pass unchanged. A plain value.
class Preparation {
 public:
  /// Returns the operation as the adapter receives it: checked, and a new campaign `normalized` and with a
  /// token. Errors: those of `plan`.
  [[nodiscard]] static Result<Preparation> of(AnyOperation operation, Adapter const& adapter,
                                              runtime::Clock& clock);

  [[nodiscard]] AnyOperation const& operation() const noexcept { return operation_; }
  /// Adds what the plan knows to the answer: warnings, the start, and how many numbers were submitted.
  void complete(AnyAnswer const& answer) const;

 private:
  /// Makes `operation`, with its numbers as the adapter receives them, the operation.
  template <class Op>
  [[nodiscard]] std::optional<Error> read_numbers(Op const& operation, Adapter const& adapter);

  AnyOperation operation_{};
  Plan plan_{};
  std::int64_t repeated_ = 0;  ///< numbers for a list that were given more than once
  ZoneBasis start_basis_ = ZoneBasis::documented;
};

/// Returns the plan of a campaign, with everything that the adapter knows. Errors: those of `plan`.
[[nodiscard]] Result<Plan> plan_for(Adapter const& adapter, NewCampaign const& campaign,
                                    std::chrono::sys_seconds now);

}  // namespace polycampaign::inline v1::client
