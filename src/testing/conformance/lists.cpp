// Lists: every campaign once, whatever the page size, the reader's pace, and the vendor's other users.
#include "testing/conformance/bench.hpp"
#include "testing/conformance/told.hpp"

#include <algorithm>
#include <map>
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
  auto const truths = site->simulator().campaigns();
  for (auto const& campaign : first ? first->campaigns : std::vector<Campaign>{})
    if (auto const so = std::ranges::find(truths, campaign.id, &SimulatedCampaign::id); so != truths.end())
      bench.expect(untruth(campaign, *so).empty(), "listed campaigns as they truly are",
                   campaign.id + ": " + untruth(campaign, *so));
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

namespace {

/// One filter with a value, and what it must give: `at_least` these, and nothing beyond `within`. Both are
/// the same unless the vendor's own rules decide.
struct Case {
  Filter part{};
  CampaignFilter filter{};
  std::set<std::string> at_least{};
  std::set<std::string> within{};
  bool may_refuse = false;  ///< the vendor need not know the value
};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

class Cases {
 public:
  Cases(Site& site, std::vector<Campaign> const& all, std::string const& sort_key)
      : site_{site}, all_{all}, truths_{site.simulator().campaigns()}, sort_key_{sort_key} {}

  std::vector<Case> of(Filter part) {
    std::vector<Case> cases;
    auto const add = [&](CampaignFilter filter, auto const& holds) {
      std::set<std::string> ids;
      for (auto const& campaign : all_)
        if (holds(campaign)) ids.insert(campaign.id);
      cases.push_back({part, std::move(filter), ids, ids});
    };
    auto const base = site_.everything();
    auto filter = base;
    switch (part) {
      case Filter::since:
      case Filter::until: {
        auto const bound = middle([](Campaign const& c) { return c.time(); });
        (part == Filter::since ? filter.since : filter.until) = bound;
        add(filter, [&](Campaign const& c) {
          return c.time() && (part == Filter::since ? c.time()->time >= bound : c.time()->time < bound);
        });
        break;
      }
      case Filter::planned_since:
      case Filter::planned_until: {
        auto const bound = middle([](Campaign const& c) { return c.scheduled_at; });
        (part == Filter::planned_since ? filter.planned_since : filter.planned_until) = bound;
        add(filter, [&](Campaign const& c) {
          if (!c.scheduled_at) return false;
          return part == Filter::planned_since ? c.scheduled_at->time >= bound : c.scheduled_at->time < bound;
        });
        break;
      }
      case Filter::statuses: {
        std::set<StatusCode> codes;
        for (auto const& campaign : all_) codes.insert(campaign.status.code);
        for (auto const code : codes) {
          filter.statuses = {code};
          add(filter, [&](Campaign const& c) { return c.status.code == code; });
        }
        break;
      }
      case Filter::channels:
        for (auto const channel : {Channel::sms, Channel::whatsapp, Channel::viber, Channel::rcs}) {
          filter.channels = {channel};
          auto const ids = site_.simulator().campaign_ids(channel);
          std::set<std::string> const known(ids.begin(), ids.end());
          cases.push_back({part, filter, known, known, true});
        }
        break;
      case Filter::search:
        if (auto const* const one = pick([](Campaign const& c) { return c.name && c.name->size() >= 3; })) {
          filter.search = *one->name;
          if (site_.capabilities().support(part) == Support::native)
            cases.push_back({part, filter, {one->id}, everything()});
          else
            add(filter, [&](Campaign const& c) {
              return c.name && lower(*c.name).find(lower(filter.search)) != std::string::npos;
            });
        }
        break;
      case Filter::text:
        if (auto const* const one = pick([](Campaign const& c) { return c.text && c.text->size() >= 8; })) {
          filter.text = one->text->substr(0, one->text->find_first_of("\r\n"));
          cases.push_back({part, filter, {one->id}, everything()});
        }
        break;
      case Filter::destination:
        if (!all_.empty()) {
          auto const& one = all_[all_.size() / 2];
          auto const truth = std::ranges::find(truths_, one.id, &SimulatedCampaign::id);
          if (truth == truths_.end() || truth->counters.recipients < 1) break;
          filter.destination = recipient_number(*truth, 0).substr(1);
          cases.push_back({part, filter, {one.id}, everything()});
        }
        break;
      case Filter::messages: {
        std::vector<std::int64_t> counts;
        for (auto const& campaign : all_)
          if (auto const count = messages(campaign)) counts.push_back(*count);
        std::ranges::sort(counts);
        if (counts.empty()) break;
        filter.min_messages = counts[counts.size() / 3];
        filter.max_messages = counts[counts.size() * 2 / 3];
        add(filter, [&](Campaign const& c) {
          auto const count = messages(c);
          return count && *count >= *filter.min_messages && *count <= *filter.max_messages;
        });
        // whether the bounds themselves count, and numbers removed before sending, is the vendor's choice
        if (site_.capabilities().support(part) == Support::native) {
          auto const inside = [&](std::int64_t count) {
            return count > *filter.min_messages && count < *filter.max_messages;
          };
          for (auto const& truth : truths_) {
            auto const& counters = truth.counters;
            if (!inside(counters.messages) || !inside(counters.recipients))
              cases.back().at_least.erase(truth.id);
            if (inside(counters.recipients) || counters.recipients == filter.min_messages ||
                counters.recipients == filter.max_messages)
              cases.back().within.insert(truth.id);
          }
        }
        break;
      }
      case Filter::sort:
        if (sort_key_.empty() && site_.capabilities().support(part) != Support::unsupported) break;
        for (auto const* const sign : {"", "-"}) {
          filter.sort = sign + (sort_key_.empty() ? std::string{"id"} : sort_key_);
          add(filter, [](Campaign const&) { return true; });
        }
        break;
    }
    return cases;
  }

 private:
  std::set<std::string> everything() const {
    std::set<std::string> ids;
    for (auto const& campaign : all_) ids.insert(campaign.id);
    return ids;
  }
  template <class Time>
  std::chrono::sys_seconds middle(Time const& time_of) const {
    std::vector<std::chrono::sys_seconds> times;
    for (auto const& campaign : all_)
      if (auto const& time = time_of(campaign)) times.push_back(time->time);
    std::ranges::sort(times);
    return times.empty() ? std::chrono::sys_seconds{} : times[times.size() / 2];
  }
  template <class Holds>
  Campaign const* pick(Holds const& holds) const {
    auto const found = std::ranges::find_if(all_, holds);
    return found == all_.end() ? nullptr : &*found;
  }
  /// What the vendor's list tells, else what is so.
  Count messages(Campaign const& campaign) const {
    if (campaign.statistics.messages) return campaign.statistics.messages;
    auto const truth = std::ranges::find(truths_, campaign.id, &SimulatedCampaign::id);
    return truth == truths_.end() ? Count{} : Count{truth->counters.messages};
  }

  Site& site_;
  std::vector<Campaign> const& all_;
  std::vector<SimulatedCampaign> const truths_;
  std::string const& sort_key_;
};

constexpr Filter all_filters[] = {Filter::since,         Filter::until,    Filter::planned_since,
                                  Filter::planned_until, Filter::statuses, Filter::channels,
                                  Filter::search,        Filter::text,     Filter::destination,
                                  Filter::messages,      Filter::sort};

/// A filter of that part that any vendor could be asked with.
CampaignFilter probe(Filter part) {
  CampaignFilter filter;
  switch (part) {
    case Filter::since: filter.since.emplace(); break;
    case Filter::until: filter.until.emplace(std::chrono::hours{1}); break;
    case Filter::planned_since: filter.planned_since.emplace(); break;
    case Filter::planned_until: filter.planned_until.emplace(std::chrono::hours{1}); break;
    case Filter::statuses: filter.statuses = {StatusCode::completed}; break;
    case Filter::channels: filter.channels = {Channel::sms}; break;
    case Filter::search: filter.search = "a"; break;
    case Filter::text: filter.text = "a"; break;
    case Filter::destination: filter.destination = "33612345678"; break;
    case Filter::messages: filter.min_messages = 1; break;
    case Filter::sort: filter.sort = "id"; break;
  }
  return filter;
}

}  // namespace

void check_filters(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const all = site->walk(site->everything());
  static_cast<void>(site->traffic());
  Cases cases{*site, all.campaigns, bench.options().sort_key};
  for (auto const part : all_filters) {
    std::string const name{to_string(part)};
    if (site->capabilities().support(part) == Support::unsupported) {
      auto const walk = site->walk(probe(part));
      bench.expect(walk.error && walk.error->code == ErrorCode::unsupported && walk.campaigns.empty() &&
                       site->traffic().empty(),
                   name + " refused before any request", shown(walk));
      continue;
    }
    bool applied = false;
    for (auto const& one : cases.of(part)) {
      auto const walk = site->walk(one.filter);
      static_cast<void>(site->traffic());
      if (one.may_refuse && walk.error && walk.error->code == ErrorCode::invalid_argument) continue;
      applied = true;
      auto const ids = walk.ids();
      std::set<std::string> const given(ids.begin(), ids.end());
      auto const wanted = shown({one.at_least.begin(), one.at_least.end()});
      bench.expect(!walk.error && std::ranges::includes(given, one.at_least),
                   name + " to give at least " + wanted, shown(walk));
      bench.expect(std::ranges::includes(one.within, given),
                   name + " to give none but " + shown({one.within.begin(), one.within.end()}), shown(walk));
    }
    if (part != Filter::sort)
      bench.expect(applied, "campaigns to try " + name + " with: what it compares must be listed or known",
                   "none");
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
