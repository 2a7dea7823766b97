// Filters: each one returns what filtering the whole list returns, or is refused before any request.
#include "testing/conformance/workbench.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

/// One filter with a value, and what it must return: at least `at_least`, and nothing outside `within`. The
/// two are the same unless the vendor's own rules decide.
struct Case {
  Filter part{};
  CampaignFilter filter{};
  std::set<std::string> at_least{};
  std::set<std::string> within{};
  bool may_refuse = false;  ///< the vendor need not support the value
};

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
              return c.name && text::contains_ignoring_case(*c.name, filter.search);
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
        // The vendor decides whether the bounds themselves count, and whether numbers removed before sending
        // do.
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
  /// Returns the number of messages that the vendor's list reports, otherwise the true number.
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

/// Returns a filter of that part with a plausible value.
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

/// Returns a filter of that part that no campaign passes, or nothing if there is none.
std::optional<CampaignFilter> nothing(Site& site, Filter part, std::vector<Campaign> const& all) {
  auto filter = site.everything();
  auto first = std::chrono::sys_seconds::max();
  auto last = std::chrono::sys_seconds::min();
  std::set<StatusCode> codes;
  for (auto const& campaign : all) {
    for (auto const& time : {campaign.time(), campaign.scheduled_at})
      if (time) {
        first = std::min(first, time->time);
        last = std::max(last, time->time);
      }
    codes.insert(campaign.status.code);
  }
  if (first > last) return std::nullopt;
  switch (part) {
    case Filter::since: filter.since = last + std::chrono::hours{24}; break;
    case Filter::until: filter.until = first - std::chrono::hours{24}; break;
    case Filter::planned_since: filter.planned_since = last + std::chrono::hours{24}; break;
    case Filter::planned_until: filter.planned_until = first - std::chrono::hours{24}; break;
    case Filter::statuses:
      for (int code = 0; code <= static_cast<int>(StatusCode::failed) && filter.statuses.empty(); ++code)
        if (!codes.contains(static_cast<StatusCode>(code))) filter.statuses = {static_cast<StatusCode>(code)};
      if (filter.statuses.empty()) return std::nullopt;
      break;
    case Filter::channels:
      for (auto const channel : {Channel::rcs, Channel::viber, Channel::whatsapp, Channel::sms})
        if (filter.channels.empty() && site.simulator().campaign_ids(channel).empty())
          filter.channels = {channel};
      if (filter.channels.empty()) return std::nullopt;
      break;
    case Filter::search: filter.search = "no campaign has this name"; break;
    case Filter::text: filter.text = "no campaign has this text"; break;
    case Filter::destination: filter.destination = "41990000000"; break;
    case Filter::messages: filter.min_messages = std::int64_t{1} << 40; break;
    case Filter::sort: return std::nullopt;
  }
  return filter;
}

/// Checks that the key sorts both ways: the two orders differ, and ids are sorted as numbers.
void check_sort(Workbench& workbench, Site& site, std::string const& key) {
  auto filter = site.everything();
  filter.sort = key;
  auto const upwards = site.read_list(filter).ids();
  filter.sort = '-' + key;
  auto const downwards = site.read_list(filter).ids();
  static_cast<void>(site.traffic());
  workbench.expect(upwards != downwards, "a different order by -" + key + " than by " + key, shown(upwards));
  if (key != "id") return;
  std::map<std::string, std::int64_t> numbers;
  for (auto const& truth : site.simulator().campaigns()) numbers.emplace(truth.id, truth.number);
  auto const number = [&](std::string const& id) { return numbers[id]; };
  workbench.expect(std::ranges::is_sorted(upwards, {}, number), "ascending ids when sorted by id",
                   shown(upwards));
  workbench.expect(std::ranges::is_sorted(downwards, std::greater{}, number),
                   "descending ids when sorted by -id", shown(downwards));
}

}  // namespace

void check_filters(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const all = site->read_list(site->everything());
  static_cast<void>(site->traffic());
  Cases cases{*site, all.campaigns, workbench.options().sort_key};
  for (auto const part : all_filters) {
    std::string const name{to_string(part)};
    if (site->capabilities().support(part) == Support::unsupported) {
      auto const read_list = site->read_list(probe(part));
      workbench.expect(read_list.error && read_list.error->code == ErrorCode::unsupported &&
                           read_list.campaigns.empty() && site->traffic().empty(),
                       name + " to be refused before any request", shown(read_list));
      continue;
    }
    bool applied = false;
    for (auto const& one : cases.of(part)) {
      auto const read_list = site->read_list(one.filter);
      static_cast<void>(site->traffic());
      if (one.may_refuse && read_list.error && read_list.error->code == ErrorCode::invalid_argument) continue;
      applied = true;
      auto const ids = read_list.ids();
      std::set<std::string> const given(ids.begin(), ids.end());
      auto const wanted = shown({one.at_least.begin(), one.at_least.end()});
      workbench.expect(!read_list.error && std::ranges::includes(given, one.at_least),
                       name + " to return at least " + wanted, shown(read_list));
      workbench.expect(std::ranges::includes(one.within, given),
                       name + " to return nothing but " + shown({one.within.begin(), one.within.end()}),
                       shown(read_list));
    }
    if (auto const filter = nothing(*site, part, all.campaigns)) {
      auto const read_list = site->read_list(*filter);
      static_cast<void>(site->traffic());
      workbench.expect(read_list.campaigns.empty() &&
                           (!read_list.error || read_list.error->code == ErrorCode::invalid_argument),
                       name + " to return nothing when no campaign matches", shown(read_list));
    }
    auto const& key = workbench.options().sort_key;
    if (part == Filter::sort && !key.empty()) check_sort(workbench, *site, key);
    if (part != Filter::sort)
      workbench.expect(applied,
                       "campaigns to test " + name +
                           " with: the field that it compares must be in the list or in the detail",
                       "none");
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
