// Updating, canceling, deleting and retrying: what is reported took place, at that campaign alone.
#include "testing/conformance/write_tasks.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

/// Checks what people get after a change.
void expect_later(WritingSite& site, WriteTask const& task, std::string const& id,
                  std::chrono::sys_seconds changed_at) {
  auto& workbench = site.workbench();
  auto const* const update = task.change ? &*task.change : nullptr;
  site.advance_far();
  for (auto const& one : site.simulator().reached()) {
    if (one.campaign != id || one.at <= changed_at) continue;
    if (task.operation == CancelCampaign::operation || task.operation == DeleteCampaign::operation)
      workbench.expect(false, "nobody to be reached after " + task.name, one.number);
    if (update != nullptr && update->text)
      workbench.expect(one.text == *update->text, "the new text after " + task.name, '"' + one.text + '"');
    if (update != nullptr && update->start_at)
      workbench.expect(one.at >= *update->start_at,
                       "nobody to be reached before the new start after " + task.name, to_rfc3339(one.at));
  }
  expect_no_surprise(site, site.made(), task.name);
}

void try_change(Workbench& workbench, WriteTask const& task) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const id = task.prepare(*site);
  auto const before = site->simulator().account();
  auto const changed_at = site->now();
  site->begin();
  auto const outcome = task.run(*site, id);
  if (!workbench.expect(!outcome.error, task.name + " to succeed",
                        outcome.error ? to_string(*outcome.error) : ""))
    return;
  workbench.expect(task.done(before, site->simulator().account(), id),
                   task.name + " to do what was requested, and no more", "another change, or none");
  if (outcome.campaign) {
    auto const& campaign = *outcome.campaign;
    workbench.expect(campaign.id == id && campaign.provider == workbench.options().provider.name,
                     "the campaign " + id + " as the result of " + task.name, campaign.id);
    // What the vendor's detail shows, the result must show.
    auto const read = site->client().get(id);
    if (task.shows && task.shows(read))
      workbench.expect(
          task.shows(campaign), "a result that shows the change, for " + task.name,
          std::string{to_string(campaign.status.code)} + ", \"" + campaign.name.value_or("") + '"');
  }
  expect_later(*site, task, id, changed_at);
}

/// Tries the operation on a campaign that does not exist.
void try_missing(Workbench& workbench, WriteTask const& task) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const id = site->simulator().add_campaign();
  site->simulator().remove_campaign(id);
  auto const before = site->simulator().account();
  auto const outcome = task.run(*site, id);
  if (outcome.error) workbench.said(*outcome.error);
  workbench.expect(
      outcome.error && outcome.error->code == ErrorCode::not_found && outcome.error->effect == Effect::none,
      "`not_found` and effect `none` from " + task.name + " of a campaign that does not exist",
      outcome.error ? to_string(*outcome.error) : "a success");
  workbench.expect(same(before, site->simulator().account()),
                   "no change from " + task.name + " of a campaign that does not exist", "a change");
}

/// Tries the operation on a campaign of each status: it takes place, or an error says that it did not.
void try_statuses(Workbench& workbench, WriteTask const& task) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  std::vector<StatusCode> seen;
  auto const ids = site->simulator().campaign_ids();
  for (auto const& campaign : site->simulator().campaigns()) {
    if (std::ranges::find(ids, campaign.id) == ids.end() ||
        std::ranges::find(seen, campaign.status) != seen.end())
      continue;
    seen.push_back(campaign.status);
    auto const what = task.name + " of a campaign that is " + std::string{to_string(campaign.status)};
    auto const before = site->simulator().account();
    auto const outcome = task.run(*site, campaign.id);
    auto const after = site->simulator().account();
    if (!outcome.error) {
      workbench.expect(task.done(before, after, campaign.id), "a success only if it took place: " + what,
                       "a success");
      continue;
    }
    workbench.said(*outcome.error);
    workbench.expect(outcome.error->effect == Effect::none && same(before, after),
                     "an error with effect `none` if the vendor refuses: " + what, to_string(*outcome.error));
  }
}

}  // namespace

void check_changing(Workbench& workbench) {
  Orders const orders{workbench};
  for (auto const& task : write_tasks(workbench, orders)) {
    if (task.about != About::campaign) continue;
    try_change(workbench, task);
    try_missing(workbench, task);
    try_statuses(workbench, task);
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
