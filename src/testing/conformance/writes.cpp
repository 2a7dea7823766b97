// Creating campaigns: what was requested is what the vendor stores, and whom it reaches.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/orders.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::size_t many_people = 1203;  // more than one page or chunk of any vendor

std::string shown_time(std::optional<std::chrono::sys_seconds> time) {
  return time ? to_rfc3339(*time) : std::string{"none"};
}

bool same_sender(std::string_view requested, std::string_view stored) {
  auto const bare = [](std::string_view text) {
    std::string kept;
    for (char const c : text)
      if (std::string_view{" +-./()"}.find(c) == std::string_view::npos) kept += c;
    return kept;
  };
  return requested == stored || bare(requested) == bare(stored);
}

/// Checks the campaign that the vendor stores.
void expect_stored(Workbench& workbench, WritingSite& site, Order const& order,
                   SimulatedCampaign const& truth) {
  auto const& what = order.name;
  auto const& asked = order.campaign;
  auto const people = Orders::people(order, site);
  auto const in_order = [](std::vector<SimulatedRecipient> all) {
    std::ranges::sort(all, {}, &SimulatedRecipient::number);
    return all;
  };
  auto const stored = in_order(truth.addressed);
  auto const wanted = in_order(people);
  bool const same_people =
      std::ranges::equal(stored, wanted, {}, &SimulatedRecipient::number, &SimulatedRecipient::number);
  workbench.expect(same_people, "the recipients of " + what + ": " + std::to_string(wanted.size()),
                   std::to_string(stored.size()) + (stored.empty() ? "" : ", such as " + stored[0].number));
  if (same_people)
    for (std::size_t i = 0; i < stored.size(); ++i) {
      if (order.to_list) break;
      workbench.expect(wanted[i].reference.empty() || stored[i].reference == wanted[i].reference,
                       "the reference of each recipient of " + what, '"' + stored[i].reference + '"');
      auto const& text = stored[i].text ? *stored[i].text : truth.text;
      workbench.expect(text == wanted[i].text.value_or(asked.text), "the text of each recipient of " + what,
                       '"' + text + '"');
    }
  if (!asked.text.empty() && (stored.empty() || !stored[0].text))
    workbench.expect(truth.text == asked.text, "the text of " + what + ": \"" + asked.text + '"',
                     '"' + truth.text + '"');
  if (!asked.name.empty())
    workbench.expect(truth.name == asked.name, "the name of " + what + ": \"" + asked.name + '"',
                     '"' + truth.name + '"');
  workbench.expect(truth.channel == asked.channel, "the channel of " + what,
                   std::string{to_string(truth.channel)});
  workbench.expect(asked.sender.empty() || same_sender(asked.sender, truth.sender),
                   "the sender of " + what + ": " + asked.sender, truth.sender);
  workbench.expect((truth.status == StatusCode::draft) == asked.draft,
                   asked.draft ? "a draft to be stored for " + what : "no draft for " + what,
                   std::string{to_string(truth.status)});
  if (asked.start_at)
    workbench.expect(truth.scheduled == asked.start_at && !truth.immediate,
                     "the start of " + what + ": " + to_rfc3339(*asked.start_at),
                     shown_time(truth.scheduled) + (truth.immediate ? ", at once" : ""));
  else
    workbench.expect(truth.immediate || asked.draft, what + " to start at once", shown_time(truth.scheduled));
  auto const list = Orders::at(order, site).lists;
  if (!list.empty())
    workbench.expect(truth.lists.empty() ||
                         std::ranges::find(truth.lists, list[0], &SimulatedList::id) != truth.lists.end(),
                     "the list of " + what + ": " + list[0], truth.lists.empty() ? "" : truth.lists[0].id);
}

/// Checks what the caller gets to know.
void expect_submission(WritingSite& site, Order const& order, Submission const& submission,
                       SimulatedCampaign const& truth) {
  auto& workbench = site.workbench();
  auto const& what = order.name;
  auto const& asked = order.campaign;
  workbench.said(submission.notes);
  workbench.expect(submission.provider == workbench.options().provider.name,
                   "the provider's name in the submission of " + what, std::string{submission.provider});
  if (submission.id) {
    workbench.expect(*submission.id == truth.id, "the id of " + what + ": " + truth.id, *submission.id);
  } else {
    std::set<std::string> values;
    for (auto const& one : site.made())
      if (auto const answer = Answer::parse(one.body)) answer->add_texts(values);
    workbench.expect(!values.contains(truth.id), "the id of " + what + ", which the vendor reported", "none");
    workbench.expect(!submission.notes.empty(), "a note that says why " + what + " has no id", "none");
  }
  auto const code = submission.status.code;
  workbench.expect(code != StatusCode::completed, "no status `completed` on creation of " + what,
                   "completed");
  workbench.expect((code == StatusCode::draft) == asked.draft,
                   asked.draft ? "the status `draft` for " + what : "no status `draft` for " + what,
                   std::string{to_string(code)});
  auto const start = submission.scheduled_at ? std::optional{submission.scheduled_at->time} : std::nullopt;
  workbench.expect(start == asked.start_at, "scheduled_at of " + what + ": " + shown_time(asked.start_at),
                   shown_time(start));
  auto const people = static_cast<std::int64_t>(Orders::people(order, site).size());
  workbench.expect(order.to_list ? !submission.recipients || submission.recipients == people
                                 : submission.recipients == people,
                   "the number of recipients of " + what + ": " + std::to_string(people),
                   submission.recipients ? std::to_string(*submission.recipients) : "none");
}

/// Checks that what was created on the way, and stays at the vendor, is named.
void expect_named(Workbench& workbench, SimulatedAccount const& before, SimulatedAccount const& after,
                  std::vector<std::string> const& notes, std::string const& what) {
  auto const named = [&](std::string const& id, std::string const& name) {
    return std::ranges::any_of(notes, [&](std::string const& note) {
      return note.find(id) != std::string::npos || (!name.empty() && note.find(name) != std::string::npos);
    });
  };
  for (auto i = before.lists().size(); i < after.lists().size(); ++i)
    workbench.expect(named(after.lists()[i].id, after.lists()[i].name),
                     "a note that names the list created for " + what, after.lists()[i].name);
  for (auto i = before.templates.size(); i < after.templates.size(); ++i)
    workbench.expect(named(after.templates[i].id, after.templates[i].name),
                     "a note that names the template created for " + what, after.templates[i].name);
}

bool is_other_channel(Orders const& orders, Order const& order) {
  return order.campaign.channel != orders.basic().campaign.channel;
}

void try_order(Workbench& workbench, Orders const& orders, Order const& order) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const before = site->simulator().account();
  site->begin();
  auto const submission = site->client().create(Orders::at(order, *site));
  if (!submission) workbench.said(submission.error());
  // A channel can need more than a text, such as a template that was approved.
  if (!submission && is_other_channel(orders, order) && submission.error().attempts == 0) return;
  if (!workbench.expect(submission.has_value(), order.name + " to be created", shown(submission))) return;
  auto const after = site->simulator().account();
  auto const campaigns = created(before, after);
  if (!workbench.expect(campaigns.size() == 1, "one new campaign for " + order.name,
                        std::to_string(campaigns.size())))
    return;
  expect_stored(workbench, *site, order, campaigns.front());
  expect_submission(*site, order, *submission, campaigns.front());
  expect_named(workbench, before, after, submission->notes, order.name);
  expect_reached(*site, order, site->made(), order.name);
}

}  // namespace

void check_creating(Workbench& workbench) {
  Orders const orders{workbench};
  for (auto const& order : orders.all()) try_order(workbench, orders, order);
  if (!orders.any() || orders.basic().to_list) return;
  auto const most = workbench.capabilities().campaigns.recipients.most;
  auto const count = most > 0 ? std::min(many_people, static_cast<std::size_t>(most)) : many_people;
  try_order(workbench, orders, orders.to_many(count));
}

namespace {

/// Returns the days around which clocks change: in the EU, in America, and in between.
std::vector<std::chrono::sys_days> days_of_clock_changes(std::chrono::sys_seconds now) {
  using namespace std::chrono;
  std::vector<sys_days> days;
  auto const today = floor<std::chrono::days>(now);
  auto const year = year_month_day{today}.year();
  for (auto const y : {year, year + years{1}})
    for (auto const& change : {sys_days{y / March / Sunday[2]}, sys_days{y / March / Sunday[last]},
                               sys_days{y / October / Sunday[last]}, sys_days{y / November / Sunday[1]}})
      if (change > today + std::chrono::days{1}) days.push_back(change);
  days.resize(std::min<std::size_t>(days.size(), 4));
  return days;
}

}  // namespace

void check_start_times(Workbench& workbench) {
  Orders const orders{workbench};
  if (!orders.any() || !orders.has(Feature::schedule)) return;
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  std::vector<std::chrono::sys_seconds> starts;
  auto const today = std::chrono::floor<std::chrono::days>(workbench.now());
  // Half a year ahead, a clock with summer time shows another offset than today.
  for (auto const ahead : {3, 29, 182, 364})
    starts.emplace_back(today + std::chrono::days{ahead} + std::chrono::hours{12});
  for (auto const day : days_of_clock_changes(workbench.now()))
    for (int hour = 0; hour < 24; ++hour) starts.emplace_back(day + std::chrono::hours{hour});
  int refusals = 0;
  for (auto const start : starts) {
    if (std::chrono::floor<std::chrono::days>(start) - today >= orders.horizon()) continue;
    auto const before = site->simulator().account();
    auto const order = orders.starting(start);
    auto const submission = site->client().create(Orders::at(order, *site));
    site->advance(std::chrono::seconds{61});  // some vendors refuse equal requests within a short time
    auto const campaigns = created(before, site->simulator().account());
    if (!submission) {
      // A clock shows one hour of a year twice, and a time in its second one cannot be expressed.
      ++refusals;
      workbench.said(submission.error());
      workbench.expect(submission.error().attempts == 0 && campaigns.empty(),
                       "a start to be refused before any request, or accepted: " + to_rfc3339(start),
                       shown(submission));
      continue;
    }
    if (!workbench.expect(campaigns.size() == 1, "one new campaign for " + order.name,
                          std::to_string(campaigns.size())))
      continue;
    workbench.expect(campaigns[0].scheduled == start,
                     "the start of " + order.name + ", or an error if the vendor's clock cannot express it",
                     shown_time(campaigns[0].scheduled));
    auto const reported =
        submission->scheduled_at ? std::optional{submission->scheduled_at->time} : std::nullopt;
    workbench.expect(reported == start, "scheduled_at of " + order.name, shown_time(reported));
  }
  workbench.expect(refusals <= 2, "at most two starts that cannot be expressed", std::to_string(refusals));
}

namespace {

/// Removes the id from an answer that contains it. Returns whether it did.
bool remove_id(HttpResponse& response, std::string const& id) {
  bool removed = false;
  for (int left = 8; left > 0; --left) {
    auto const answer = Answer::parse(response.body);
    if (!answer) break;
    std::vector<Edit> edits;
    for (auto const& member : answer->members(id))
      if (member.text == id && edits.empty()) edits.push_back({member.path, Rewrite::remove, {}});
    auto body = edits.empty() ? std::nullopt : answer->edited(id, edits);
    if (!body) break;
    response.body = *std::move(body);
    removed = true;
  }
  return removed;
}

/// Creates a campaign, and takes its id out of the answer. Meanwhile the account gets another campaign.
void try_without_id(Workbench& workbench, Order const& order) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const campaign = Orders::at(order, *site);
  if (!campaign.name.empty()) {
    // A name that is taken. Some vendors refuse that.
    static_cast<void>(site->client().create(campaign));
    site->advance(std::chrono::seconds{61});
  }
  auto const before = site->simulator().account();
  std::string id;
  std::string decoy;
  bool removed = false;
  site->begin();
  site->edit([&](Made const&, HttpResponse& response) {
    if (id.empty()) {
      auto const campaigns = created(before, site->simulator().account());
      if (campaigns.empty()) return false;
      id = campaigns.front().id;
      removed = remove_id(response, id);
      decoy = site->simulator().add_campaign();
      return removed;
    }
    return false;
  });
  auto const submission = site->client().create(campaign);
  site->edit({});
  if (id.empty()) {
    workbench.expect(!submission, "no success without a new campaign for " + order.name, "a success");
    return;
  }
  if (!removed) return;
  if (!submission) workbench.said(submission.error());
  if (!workbench.expect(submission.has_value(),
                        "a success for " + order.name + " whose answer contains no id", shown(submission)))
    return;
  workbench.said(submission->notes);
  if (submission->id)
    workbench.expect(*submission->id == id, "no id, or that of the new campaign, for " + order.name,
                     *submission->id == decoy ? "the newest campaign: " + decoy : *submission->id);
  else
    workbench.expect(!submission->notes.empty(), "a note that says why " + order.name + " has no id", "none");
  workbench.expect(submission->status.code != StatusCode::completed,
                   "no status `completed` on creation of " + order.name, "completed");
}

}  // namespace

void check_new_ids(Workbench& workbench) {
  Orders const orders{workbench};
  for (auto const& order : orders.all())
    if (!is_other_channel(orders, order)) try_without_id(workbench, order);
}

}  // namespace polycampaign::inline v1::testing::conformance
