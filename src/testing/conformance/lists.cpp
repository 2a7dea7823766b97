// Lists: every campaign exactly once, at any page size and prefetch, and while others change the list.
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::ranges::sort(ids);
  return ids;
}

/// Returns the page sizes that are worth a test: the limits, and sizes that give several pages.
std::vector<int> page_sizes(Site& site) {
  auto const& c = site.capabilities();
  auto const count = static_cast<int>(site.simulator().campaign_ids().size());
  std::vector<int> sizes;
  for (auto const wanted : {c.min_page_size, 7, count / 3, count, c.default_page_size, c.max_page_size})
    sizes.push_back(std::clamp(wanted, c.min_page_size, c.max_page_size));
  std::ranges::sort(sizes);
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

int several_pages(Site& site) {
  auto const& c = site.capabilities();
  return std::clamp(8, c.min_page_size, c.max_page_size);
}

/// Checks that the list is complete even if the vendor's pages are smaller than requested. Needs the
/// simulator's switch `page_cap`; without it, there is nothing to check.
void check_capped_pages(Workbench& workbench) {
  auto const switches = switches_of(workbench.options().simulator);
  if (std::ranges::find(switches, "page_cap", &Switch::name) == switches.end()) return;
  auto const site = workbench.site();
  if (!site) return;
  auto const& c = site->capabilities();
  auto const asked = std::clamp(60, c.min_page_size, c.max_page_size);
  auto const cap = std::to_string(std::max(1, asked / 4));
  auto const set = site->simulator().set_switch("page_cap", cap);
  if (!workbench.expect(set.has_value(), "a switch page_cap that accepts any number", shown(set))) return;
  for (int const prefetch : {1, 2}) {
    auto const read_list = site->read_list(site->everything(), {.page_size = asked, .prefetch = prefetch});
    workbench.expect(
        !read_list.error && sorted(read_list.ids()) == sorted(site->simulator().campaign_ids()),
        "every campaign when the vendor shortens pages of " + std::to_string(asked) + " to " + cap,
        shown(read_list));
  }
}

}  // namespace

void check_lists(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const truth = site->simulator().campaign_ids();
  std::optional<ReadList> first;
  for (auto const size : page_sizes(*site)) {
    for (int const prefetch : {1, 2, 4}) {
      auto read_list = site->read_list(site->everything(), {.page_size = size, .prefetch = prefetch});
      auto const where =
          " (page_size " + std::to_string(size) + ", prefetch " + std::to_string(prefetch) + ')';
      auto const ids = read_list.ids();
      if (!workbench.expect(!read_list.error && sorted(ids) == sorted(truth),
                            "each of " + shown(truth) + " exactly once" + where, shown(read_list)))
        continue;
      auto const& report = read_list.report;
      workbench.expect(report.complete && report.missed.empty() && report.duplicates == 0 &&
                           report.records >= report.delivered,
                       "the report of a complete list without anomalies" + where,
                       "complete " + std::to_string(report.complete) + ", " +
                           std::to_string(report.missed.size()) + " missed, " +
                           std::to_string(report.duplicates) + " duplicates, " +
                           std::to_string(report.records) + " records");
      if (first) workbench.expect(ids == first->ids(), "the same order every time" + where, shown(ids));
      for (auto const& campaign : read_list.campaigns)
        workbench.expect(campaign.provider == workbench.options().provider.name, "Campaign::provider",
                         '"' + std::string{campaign.provider} + '"');
      if (!first) first = std::move(read_list);
    }
  }
  check_capped_pages(workbench);
}

void check_moving_lists(Workbench& workbench) {
  for (int const prefetch : {1, 2}) {
    for (bool const removes : {false, true}) {
      auto const site = workbench.site();
      if (!site) return;
      auto& simulator = site->simulator();
      auto const before = simulator.campaign_ids();
      std::set<std::string> throughout(before.begin(), before.end());
      std::vector<std::string> read;
      std::optional<Error> error;
      auto pager =
          site->client().list(site->everything(), {.page_size = several_pages(*site), .prefetch = prefetch});
      for (int pages = 0;; ++pages) {
        auto page = pager.next_page();
        if (!page) error = page.error();
        if (!page || !*page) break;
        for (auto const& campaign : (*page)->items) read.push_back(campaign.id);
        if (pages >= 5 || read.empty()) continue;
        if (removes) {
          auto const gone = read[static_cast<std::size_t>(pages) % read.size()];
          simulator.remove_campaign(gone);
          throughout.erase(gone);
        } else {
          simulator.add_campaign();
        }
      }
      auto const what = std::string{removes ? "deletions" : "insertions"} + " between pages (prefetch " +
                        std::to_string(prefetch) + ')';
      if (error) workbench.said(*error);
      workbench.expect(!error, "a list that survives " + what, error ? to_string(*error) : "");
      std::set<std::string> const once(read.begin(), read.end());
      workbench.expect(once.size() == read.size(), "no campaign twice with " + what, shown(read));
      for (auto const& id : throughout)
        workbench.expect(once.contains(id), "every campaign that existed throughout, with " + what,
                         id + " missing");
    }
  }
}

void check_resuming(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const options = ListOptions{.page_size = several_pages(*site), .prefetch = 2};
  auto const whole = site->read_list(site->everything(), options).ids();
  auto pager = site->client().list(site->everything(), options);
  std::size_t read = 0;
  for (;;) {
    auto const page = pager.next_page();
    if (!page || !*page) break;
    read += (*page)->items.size();
    auto resumed = options;
    resumed.resume_token = pager.resume_token();
    workbench.said(resumed.resume_token);
    auto const other = site->another_client();
    if (!other) return;
    auto const rest = site->read_list(*other, site->everything(), resumed);
    auto const expected = std::vector<std::string>(
        whole.begin() + static_cast<std::ptrdiff_t>(std::min(read, whole.size())), whole.end());
    workbench.expect(!rest.error && rest.ids() == expected,
                     "the rest of the list, after " + std::to_string(read) + " campaigns: " + shown(expected),
                     shown(rest));
    // the vendor may allow only a few sessions
    if (workbench.capabilities().support(EndSession::operation) != Support::unsupported)
      workbench.expect(other->close().has_value(), "a session that can be closed", "an error");
  }
  workbench.expect(read == whole.size(), "the whole list in pages", std::to_string(read) + " campaigns");
}

}  // namespace polycampaign::inline v1::testing::conformance
