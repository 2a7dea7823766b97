// The operations that an adapter has, as the checks of writing run them.
#include "testing/conformance/write_tasks.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

using Prepare = std::function<std::string(WritingSite&)>;

/// Creates a campaign and returns its id.
std::string place_order(WritingSite& site, Order const& order) {
  auto const before = site.simulator().account();
  static_cast<void>(site.client().create(Orders::at(order, site)));
  auto const campaigns = created(before, site.simulator().account());
  return campaigns.size() == 1 ? campaigns.front().id : std::string{};
}

/// Returns ways to get a campaign: those that the adapter can create, and one of each status that the
/// simulator generates.
std::vector<Prepare> targets(Workbench& workbench, Orders const& orders) {
  std::vector<Prepare> all;
  if (orders.any()) {
    // A draft first: a new start makes it reach people.
    if (orders.has(Feature::draft)) {
      auto draft = orders.basic();
      draft.campaign.draft = true;
      all.emplace_back([draft](WritingSite& site) { return place_order(site, draft); });
    }
    if (orders.has(Feature::schedule))
      all.emplace_back(
          [order = orders.starting(orders.soon())](WritingSite& site) { return place_order(site, order); });
    auto const order = orders.basic().to_list ? orders.basic() : orders.to_many(61);
    all.emplace_back([order](WritingSite& site) { return place_order(site, order); });
    // One that has ended: of so many messages, some failed.
    all.emplace_back([order](WritingSite& site) {
      auto const id = place_order(site, order);
      site.advance(std::chrono::days{1});
      if (!id.empty()) static_cast<void>(site.client().get(id));  // the session may have ended, too
      return id;
    });
  }
  auto const site = WritingSite::make(workbench);
  if (!site) return all;
  std::vector<StatusCode> seen;
  auto const ids = site->simulator().campaign_ids();
  for (auto const& campaign : site->simulator().campaigns()) {
    if (std::ranges::find(ids, campaign.id) == ids.end() ||
        std::ranges::find(seen, campaign.status) != seen.end())
      continue;
    seen.push_back(campaign.status);
    all.emplace_back([id = campaign.id](WritingSite& at) {
      return at.simulator().account().find(id) == nullptr ? std::string{} : id;
    });
  }
  return all;
}

WriteTask create_task(Order order) {
  WriteTask task{.name = "create: " + order.name, .operation = CreateCampaign::operation, .order = order};
  task.run = [order](WritingSite& site, std::string const&) {
    return outcome_of(site.client().create(Orders::at(order, site)));
  };
  task.done = [](SimulatedAccount const& before, SimulatedAccount const& after, std::string const&) {
    auto const campaigns = created(before, after);
    return campaigns.size() == 1 && others_unchanged(before, after, campaigns.front().id);
  };
  return task;
}

/// A task that changes nothing.
template <class F>
WriteTask reading_task(std::string name, Operation operation, F&& run) {
  return {.name = std::move(name),
          .operation = operation,
          .run = [run = std::forward<F>(run)](WritingSite& site, std::string const&) { return run(site); },
          .done = [](SimulatedAccount const& before, SimulatedAccount const& after,
                     std::string const&) { return same(before, after); }};
}

WriteTask update_task(UpdateCampaign change, std::string name) {
  WriteTask task{.name = std::move(name),
                 .operation = UpdateCampaign::operation,
                 .about = About::campaign,
                 .change = change};
  task.run = [change](WritingSite& site, std::string const& id) {
    auto with_id = change;
    with_id.id = id;
    return outcome_of(site.client().update(std::move(with_id)));
  };
  task.done = [change](SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
    auto const* const old = before.find(id);
    auto const* const changed = after.find(id);
    return old != nullptr && changed != nullptr && is_changed_as(change, *old, *changed) &&
           others_unchanged(before, after, id);
  };
  task.shows = [change](Result<Campaign> const& campaign) {
    return campaign && (!change.name || campaign->name == *change.name) &&
           (!change.text || campaign->text == *change.text) &&
           (!change.start_at || (campaign->scheduled_at && campaign->scheduled_at->time == *change.start_at));
  };
  return task;
}

WriteTask cancel_task() {
  WriteTask task{.name = "cancel", .operation = CancelCampaign::operation, .about = About::campaign};
  task.run = [](WritingSite& site, std::string const& id) { return outcome_of(site.client().cancel(id)); };
  task.done = [](SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
    auto const* const campaign = after.find(id);
    return (campaign == nullptr || campaign->status == StatusCode::canceled) &&
           others_unchanged(before, after, id);
  };
  task.shows = [](Result<Campaign> const& campaign) {
    return campaign && campaign->status.code == StatusCode::canceled;
  };
  return task;
}

WriteTask delete_task() {
  WriteTask task{.name = "delete", .operation = DeleteCampaign::operation, .about = About::campaign};
  task.run = [](WritingSite& site, std::string const& id) { return outcome_of(site.client().remove(id)); };
  task.done = [](SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
    return before.find(id) != nullptr && after.find(id) == nullptr && others_unchanged(before, after, id);
  };
  task.shows = [](Result<Campaign> const& campaign) {
    return !campaign && campaign.error().code == ErrorCode::not_found;
  };
  return task;
}

WriteTask retry_task() {
  WriteTask task{.name = "retry", .operation = RetryCampaign::operation, .about = About::campaign};
  task.run = [](WritingSite& site, std::string const& id) { return outcome_of(site.client().retry(id)); };
  task.done = [](SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
    auto const* const old = before.find(id);
    auto const* const retried = after.find(id);
    return old != nullptr && retried != nullptr && old->counters.failed > 0 &&
           retried->counters.failed == 0 && retried->counters.messages == old->counters.messages &&
           others_unchanged(before, after, id);
  };
  return task;
}

}  // namespace

bool others_unchanged(SimulatedAccount const& before, SimulatedAccount const& after, std::string const& id) {
  auto const others = [&](SimulatedAccount const& account) {
    auto campaigns = account.campaigns();
    std::erase_if(campaigns, [&](SimulatedCampaign const& campaign) { return campaign.id == id; });
    return campaigns;
  };
  return others(before) == others(after);
}

bool choose_target(Workbench& workbench, WriteTask& task,
                   std::vector<std::function<std::string(WritingSite&)>> const& candidates) {
  std::string last = "nothing";
  for (auto const& prepare : candidates) {
    auto const site = WritingSite::make(workbench);
    if (!site) return false;
    auto const id = prepare(*site);
    if (id.empty()) continue;
    auto const before = site->simulator().account();
    auto const outcome = task.run(*site, id);
    if (outcome.error) workbench.said(*outcome.error);
    if (outcome.error)
      last = to_string(*outcome.error);
    else if (auto const after = site->simulator().account();
             task.done(before, after, id) && !same(before, after)) {
      task.prepare = prepare;
      return true;
    } else {
      last = "a success, although the simulator shows no such change, or another one";
    }
  }
  return workbench.expect(false, task.name + " to work with something that the simulator has", last);
}

HttpResponse vendor_refusal(WritingSite& site) {
  auto const id = site.simulator().add_campaign();
  site.simulator().remove_campaign(id);
  site.begin();
  static_cast<void>(site.client().get(id));
  auto const made = site.made();
  if (made.empty()) return {.status = 404};
  return {.status = made.back().status, .body = made.back().body};
}

std::vector<UpdateCampaign> changes(Workbench& workbench, Orders const& orders) {
  auto const& rules = workbench.capabilities().campaigns;
  auto const has = [&](Feature feature) {
    auto const support = rules.support(feature);
    return support == Support::native || support == Support::emulated;
  };
  UpdateCampaign name;
  UpdateCampaign text;
  UpdateCampaign start;
  UpdateCampaign all;
  std::vector<UpdateCampaign> changes;
  int members = 0;
  if (has(Feature::update_name)) {
    all.name = name.name = "Autumn sale";
    changes.push_back(name);
    ++members;
  }
  if (has(Feature::update_text)) {
    all.text = text.text = "Moved to Sunday: bring the violet voucher";
    workbench.personal(*text.text);
    changes.push_back(text);
    ++members;
  }
  if (has(Feature::update_start)) {
    all.start_at = start.start_at = orders.soon() + std::chrono::hours{3};
    changes.push_back(start);
    ++members;
  }
  if (members > 1) changes.push_back(all);
  return changes;
}

bool is_changed_as(UpdateCampaign const& change, SimulatedCampaign const& before,
                   SimulatedCampaign const& after) {
  auto expected = before;
  if (change.name) expected.name = *change.name;
  if (change.text) {
    expected.text = *change.text;
    expected.parts = after.parts;
    expected.cost = after.cost;
  }
  if (change.start_at) {
    expected.scheduled = change.start_at;
    expected.status = StatusCode::scheduled;
    expected.immediate = false;
    expected.since = after.since;
    expected.request = after.request;
  }
  expected.updated = after.updated;
  return expected == after;
}

std::vector<WriteTask> write_tasks(Workbench& workbench, Orders const& orders) {
  std::vector<WriteTask> tasks;
  auto const site = WritingSite::make(workbench);
  if (!site) return tasks;
  auto const has = [&](Operation operation) { return site->adapter()->has(operation); };
  for (auto const& order : orders.all())
    if (order.campaign.channel == orders.basic().campaign.channel) tasks.push_back(create_task(order));
  if (has(EstimateCampaign::operation))
    for (auto const& order : orders.all())
      if (order.name == orders.basic().name || order.to_list)
        tasks.push_back(reading_task(
            "estimate: " + order.name, EstimateCampaign::operation,
            [order](WritingSite& at) { return outcome_of(at.client().estimate(Orders::at(order, at))); }));
  if (has(GetBalance::operation))
    tasks.push_back(reading_task("balance", GetBalance::operation,
                                 [](WritingSite& at) { return outcome_of(at.client().balance()); }));
  if (has(GetSenders::operation))
    tasks.push_back(reading_task("senders", GetSenders::operation,
                                 [](WritingSite& at) { return outcome_of(at.client().senders()); }));

  auto const candidates = targets(workbench, orders);
  auto const add = [&](WriteTask task) {
    if (choose_target(workbench, task, candidates)) tasks.push_back(std::move(task));
  };
  if (has(UpdateCampaign::operation))
    for (auto const& change : changes(workbench, orders)) {
      std::string name = "update of";
      if (change.name) name += " name";
      if (change.text) name += " text";
      if (change.start_at) name += " start";
      add(update_task(change, std::move(name)));
    }
  if (has(CancelCampaign::operation)) add(cancel_task());
  if (has(DeleteCampaign::operation)) add(delete_task());
  if (has(RetryCampaign::operation)) add(retry_task());
  add_list_tasks(workbench, *site, tasks);
  return tasks;
}

}  // namespace polycampaign::inline v1::testing::conformance
