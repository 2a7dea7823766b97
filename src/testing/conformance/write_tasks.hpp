#pragma once

#include "polycampaign/operations.hpp"

#include "testing/conformance/orders.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// What an operation returned.
struct WriteOutcome {
  std::optional<Error> error{};
  std::vector<std::string> notes{};
  std::optional<Campaign> campaign{};
  std::optional<ListAddition> addition{};
};

/// What an operation needs to exist.
enum class About : std::uint8_t {
  nothing,
  campaign,
  list,  ///< of recipients
};

/// An operation that the adapter has, with everything that it needs.
struct WriteTask {
  std::string name{};  ///< for findings: `cancel`, `create: a draft`
  Operation operation{};
  About about = About::nothing;
  bool of_lists = false;  ///< whether it changes lists of recipients, and no campaign
  /// Prepares the account, and returns the id of the campaign or list that the operation is about. Empty if
  /// it fails. Null if the operation is about nothing.
  std::function<std::string(WritingSite& site)> prepare{};
  /// Runs the operation.
  std::function<WriteOutcome(WritingSite& site, std::string const& id)> run{};
  /// Returns whether the operation took place once, as requested, and nothing else.
  std::function<bool(SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id)>
      done{};
  /// Returns whether the campaign, as GetCampaign returns it, shows the change. Null: it cannot show it.
  std::function<bool(Result<Campaign> const& campaign)> shows{};
  /// Returns whether the vendor shows that the list has changed. Null: it cannot show it.
  std::function<bool(WritingSite& site, std::string const& id)> list_shows{};
  std::vector<std::string> numbers{};      ///< of a new list, or added to one
  std::optional<Order> order{};            ///< of a create
  std::optional<UpdateCampaign> change{};  ///< of an update

  [[nodiscard]] bool reads() const noexcept { return operation.action == Action::read; }
  [[nodiscard]] bool creates() const noexcept { return operation == CreateCampaign::operation; }
};

/// Returns a task for everything that the adapter can do, besides reading campaigns. Adds a finding for an
/// operation that works with no campaign of the simulator.
[[nodiscard]] std::vector<WriteTask> write_tasks(Workbench& workbench, Orders const& orders);

/// Finds something with which the operation works, and prepares the task with it. Adds a finding if there is
/// nothing.
[[nodiscard]] bool choose_target(Workbench& workbench, WriteTask& task,
                                 std::vector<std::function<std::string(WritingSite&)>> const& candidates);
/// Adds a task for everything that the adapter can do with lists of recipients.
void add_list_tasks(Workbench& workbench, WritingSite& site, std::vector<WriteTask>& tasks);
/// Returns whether all campaigns but one are the same.
[[nodiscard]] bool others_unchanged(SimulatedAccount const& before, SimulatedAccount const& after,
                                    std::string const& id);

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
  if constexpr (std::is_same_v<T, ListAddition>) outcome.addition = *std::move(result);
  return outcome;
}

}  // namespace polycampaign::inline v1::testing::conformance
