// Lists: every campaign once, whatever the page size, the reader's pace, and the vendor's other users.
#include "testing/conformance/bench.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::ranges::sort(ids);
  return ids;
}

/// The page sizes that tell something: the ends of what is allowed, and such that make several pages.
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

/// The vendor's pages may be smaller than what was asked for. By the switch `page_cap`, where the simulator
/// has it.
void check_capped_pages(Bench& bench) {
  auto const switches = switches_of(bench.options().simulator);
  if (std::ranges::find(switches, "page_cap", &Switch::name) == switches.end()) return;
  auto const site = bench.site();
  if (!site) return;
  auto const& c = site->capabilities();
  auto const asked = std::clamp(60, c.min_page_size, c.max_page_size);
  auto const cap = std::to_string(std::max(1, asked / 4));
  auto const set = site->simulator().set_switch("page_cap", cap);
  if (!bench.expect(set.has_value(), "a switch page_cap that takes any number", shown(set))) return;
  for (int const prefetch : {1, 2}) {
    auto const walk = site->walk(site->everything(), {.page_size = asked, .prefetch = prefetch});
    bench.expect(!walk.error && sorted(walk.ids()) == sorted(site->simulator().campaign_ids()),
                 "every campaign when the vendor cuts pages of " + std::to_string(asked) + " to " + cap,
                 shown(walk));
  }
}

}  // namespace

void check_walks(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const truth = site->simulator().campaign_ids();
  std::optional<Walk> first;
  for (auto const size : page_sizes(*site)) {
    for (int const prefetch : {1, 2, 4}) {
      auto walk = site->walk(site->everything(), {.page_size = size, .prefetch = prefetch});
      auto const where =
          " (page_size " + std::to_string(size) + ", prefetch " + std::to_string(prefetch) + ')';
      auto const ids = walk.ids();
      if (!bench.expect(!walk.error && sorted(ids) == sorted(truth),
                        "each of " + shown(truth) + " exactly once" + where, shown(walk)))
        continue;
      auto const& report = walk.report;
      bench.expect(report.complete && report.missed.empty() && report.duplicates == 0 &&
                       report.records >= report.delivered,
                   "a report of a clean walk" + where,
                   "complete " + std::to_string(report.complete) + ", " +
                       std::to_string(report.missed.size()) + " missed, " +
                       std::to_string(report.duplicates) + " duplicates, " + std::to_string(report.records) +
                       " records");
      if (first) bench.expect(ids == first->ids(), "always the same order" + where, shown(ids));
      for (auto const& campaign : walk.campaigns)
        bench.expect(campaign.provider == bench.options().provider.name, "Campaign::provider",
                     '"' + campaign.provider + '"');
      if (!first) first = std::move(walk);
    }
  }
  check_capped_pages(bench);
}

void check_moving_lists(Bench& bench) {
  for (int const prefetch : {1, 2}) {
    for (bool const removes : {false, true}) {
      auto const site = bench.site();
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
      if (error) bench.said(*error);
      bench.expect(!error, "a walk that stands " + what, error ? to_string(*error) : "");
      std::set<std::string> const once(read.begin(), read.end());
      bench.expect(once.size() == read.size(), "no campaign twice with " + what, shown(read));
      for (auto const& id : throughout)
        bench.expect(once.contains(id), "every campaign that was there throughout, with " + what,
                     id + " missing");
    }
  }
}

void check_resuming(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const options = ListOptions{.page_size = several_pages(*site), .prefetch = 2};
  auto const whole = site->walk(site->everything(), options).ids();
  auto pager = site->client().list(site->everything(), options);
  std::size_t read = 0;
  for (;;) {
    auto const page = pager.next_page();
    if (!page || !*page) break;
    read += (*page)->items.size();
    auto resumed = options;
    resumed.resume_token = pager.resume_token();
    bench.said(resumed.resume_token);
    auto const other = site->another_client();
    if (!other) return;
    auto const rest = site->walk(*other, site->everything(), resumed);
    auto const expected = std::vector<std::string>(
        whole.begin() + static_cast<std::ptrdiff_t>(std::min(read, whole.size())), whole.end());
    bench.expect(!rest.error && rest.ids() == expected,
                 "the rest of the list, after " + std::to_string(read) + " campaigns: " + shown(expected),
                 shown(rest));
    // the vendor may allow few sessions
    if (bench.capabilities().support(Operation::revoke) != Support::unsupported)
      bench.expect(other->close().has_value(), "a session that can be closed", "an error");
  }
  bench.expect(read == whole.size(), "the whole list in pages", std::to_string(read) + " campaigns");
}

}  // namespace polycampaign::inline v1::testing::conformance
