#pragma once

#include "polycampaign/operations.hpp"

#include "testing/conformance/orders.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// What an operation returned.
struct WriteOutcome {
  std::optional<Error> error{};
  std::vector<std::string> notes{};
  std::optional<Campaign> campaign{};
};

/// An operation that the adapter has, with everything that it needs.
struct WriteTask {
  std::string name{};  ///< for findings: `cancel`, `create: a draft`
  Operation operation{};
  /// Prepares the account, and returns the id of the campaign that the operation is about. Empty if it fails,
  /// or if the operation is about no campaign.
  std::function<std::string(WritingSite& site)> prepare{};
  /// Runs the operation.
  std::function<WriteOutcome(WritingSite& site, std::string const& id)> run{};
  /// Returns whether the operation took place once, as requested, and nothing else.
  std::function<bool(SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id)>
      done{};
  /// Returns whether the campaign, as GetCampaign returns it, shows the change. Null: it cannot show it.
  std::function<bool(Result<Campaign> const& campaign)> shows{};
  std::optional<Order> order{};            ///< of a create
  std::optional<UpdateCampaign> change{};  ///< of an update

  [[nodiscard]] bool reads() const noexcept { return operation.action == Action::read; }
  [[nodiscard]] bool creates() const noexcept { return operation == CreateCampaign::operation; }
};

/// Returns a task for everything that the adapter can do, besides reading campaigns. Adds a finding for an
/// operation that works with no campaign of the simulator.
[[nodiscard]] std::vector<WriteTask> write_tasks(Workbench& workbench, Orders const& orders);

/// Returns the body of the vendor's answer to a request for a campaign that does not exist, and its HTTP
/// status.
[[nodiscard]] HttpResponse vendor_refusal(WritingSite& site);

/// Returns the changes that the adapter supports: of each member alone, and of all together.
[[nodiscard]] std::vector<UpdateCampaign> changes(Workbench& workbench, Orders const& orders);
/// Returns whether only these members of the campaign have changed.
[[nodiscard]] bool is_changed_as(UpdateCampaign const& change, SimulatedCampaign const& before,
                                 SimulatedCampaign const& after);

/// Returns the outcome of any operation.
template <class T>
[[nodiscard]] WriteOutcome outcome_of(Result<T> result) {
  WriteOutcome outcome;
  if (!result) {
    outcome.error = std::move(result).error();
    return outcome;
  }
  if constexpr (requires { result->notes; }) outcome.notes = result->notes;
  if constexpr (std::is_same_v<T, Campaign>) outcome.campaign = *std::move(result);
  return outcome;
}

}  // namespace polycampaign::inline v1::testing::conformance
