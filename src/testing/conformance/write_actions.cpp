// What the requests of an operation declare, compared with what they do.
#include "testing/conformance/write_tasks.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

std::string_view name_of(Action action) noexcept {
  switch (action) {
    case Action::read: return "read";
    case Action::idempotent_write: return "idempotent_write";
    case Action::write: return "write";
    case Action::sends: return "sends";
  }
  return "?";
}

void expect_declared(Workbench& workbench, WritingSite& site, WriteTask const& task) {
  auto const all = site.made();
  std::optional<std::size_t> sends;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const& one = all[i];
    auto const call = site.call(one);
    auto const which = shown_request(one.request) + " of " + task.name;
    workbench.expect(
        call.request.action <= task.operation.action,
        which + " to do no more than the operation: " + std::string{name_of(task.operation.action)},
        std::string{name_of(call.request.action)});
    workbench.expect(call.request.action != Action::read || !one.changed,
                     which + ", declared `read`, to change nothing", "a change of the account");
    workbench.expect(!one.repeats, which + ", declared `idempotent_write`, to change nothing when repeated",
                     "another change of the account");
    workbench.expect(!call.preparation || call.request.action < Action::sends,
                     which + ", a preparation, to be declared less than `sends`", "sends");
    workbench.expect(!call.operation.empty() && call.authenticated,
                     "a call with an operation name and `authenticated` for " + which,
                     '"' + std::string{call.operation} + '"');
    workbench.expect(one.request.url.starts_with(site.adapter()->endpoint().base_url),
                     "requests below base_url", one.request.url);
    if (sends && call.request.action != Action::read)
      workbench.expect(false,
                       "the request of " + task.name + " that `sends` to be the last one besides reads",
                       "then " + shown_request(one.request));
    if (call.request.action == Action::sends && !sends) sends = i;
  }
}

}  // namespace

void check_writing_actions(Workbench& workbench) {
  Orders const orders{workbench};
  for (auto const& task : write_tasks(workbench, orders)) {
    auto const site = WritingSite::make(workbench, {.watches = true});
    if (!site) return;
    auto const id = task.prepare ? task.prepare(*site) : std::string{};
    auto const before = site->simulator().account();
    site->begin();
    auto const outcome = task.run(*site, id);
    if (outcome.error) workbench.said(*outcome.error);
    workbench.said(outcome.notes);
    expect_declared(workbench, *site, task);
    // The engine refuses a call that declares more than its operation.
    if (workbench.expect(!outcome.error, task.name + " to succeed",
                         outcome.error ? to_string(*outcome.error) : "")) {
      auto const after = site->simulator().account();
      workbench.expect(task.done(before, after, id), task.name + " to do what was requested, and no more",
                       "another change, or none");
    }
    expect_no_surprise(*site, site->made(), task.name);
  }
}

namespace {

/// What an operation requested, without queries, which can contain new names.
std::vector<std::string> paths_of(WritingSite const& site) {
  std::vector<std::string> paths;
  for (auto const& one : site.made()) paths.push_back(shown_request(one.request));
  return paths;
}

}  // namespace

void check_asynchronous_writing(Workbench& workbench) {
  Orders const orders{workbench};
  for (auto const& task : write_tasks(workbench, orders)) {
    std::vector<std::string> paths[2];
    for (bool const asynchronous : {false, true}) {
      auto const site = WritingSite::make(workbench, {.asynchronous = asynchronous});
      if (!site) return;
      auto const id = task.prepare ? task.prepare(*site) : std::string{};
      auto const before = site->simulator().account();
      site->begin();
      auto const outcome = task.run(*site, id);
      paths[asynchronous ? 1 : 0] = paths_of(*site);
      auto const what = task.name + (asynchronous ? ", asynchronous" : "");
      if (outcome.error) workbench.said(*outcome.error);
      if (workbench.expect(!outcome.error, what + ", to succeed",
                           outcome.error ? to_string(*outcome.error) : ""))
        workbench.expect(task.done(before, site->simulator().account(), id),
                         what + ", to do what was requested, and no more", "another change, or none");
    }
    workbench.expect(paths[0] == paths[1], "the same requests from " + task.name + " if it is asynchronous",
                     paths[1].empty() ? "none" : paths[1].back());
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
