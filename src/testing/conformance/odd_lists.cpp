// Lists that no vendor should send: other values among the records, something that is not a list, no end.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::size_t few = 24;

using Change = std::function<std::optional<std::string>(Answer const&, std::string const& id)>;

/// Returns the list when the response that holds the campaign is changed, or nothing if it cannot be changed.
std::optional<ReadList> changed(Site& site, std::string const& id, Change const& change) {
  bool done = false;
  site.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    auto const answer = site.of_session(request) ? nullptr : Answer::parse(response.body);
    if (!answer || answer->members(id).empty()) return;
    if (auto body = change(*answer, id)) {
      response.body = *std::move(body);
      done = true;
    }
  });
  auto read_list = site.read_list({});
  site.tap().damage({});
  static_cast<void>(site.traffic());
  return done ? std::optional{std::move(read_list)} : std::nullopt;
}

/// Compares without notes: a campaign may have a note about a neighbor that was left out.
bool alike(std::vector<Campaign> some, std::vector<Campaign> others) {
  for (auto* const all : {&some, &others})
    for (auto& campaign : *all) campaign.notes.clear();
  return some == others;
}

void try_strangers(Workbench& workbench, Site& site, ReadList healthy, std::string const& id) {
  std::erase_if(healthy.campaigns, [&](Campaign const& campaign) { return campaign.id == id; });
  for (auto const* const stranger : {"null", "42", "\"text\"", "[]", "{}"}) {
    auto const read_list = changed(site, id, [&](Answer const& answer, std::string const& at) {
      return answer.with_stranger(at, stranger);
    });
    if (!read_list) continue;
    auto const where = std::string{" when "} + stranger + " replaces a record";
    std::vector<Campaign> known;
    for (auto campaign : read_list->campaigns) {
      if (campaign.id.empty())
        workbench.expect(!campaign.notes.empty(), "a note on the entry that is not a campaign" + where,
                         "none");
      else
        known.push_back(std::move(campaign));
    }
    workbench.expect(!read_list->error && alike(known, healthy.campaigns),
                     "every other campaign unchanged" + where, shown(*read_list));
  }
}

void try_no_lists(Workbench& workbench, Site& site, std::string const& id) {
  // what vendors send for an empty list
  for (auto const* const empty : {"null", "[]", "{}"}) {
    auto const read_list = changed(
        site, id, [&](Answer const& answer, std::string const& at) { return answer.with_list(at, empty); });
    if (read_list)
      workbench.expect(read_list->campaigns.empty() &&
                           (!read_list->error || read_list->error->code == ErrorCode::protocol),
                       std::string{"no campaign, or `protocol`, for the list "} + empty, shown(*read_list));
  }
  for (auto const* const odd :
       {"42", "true", "\"text\"", "[42]", "[null]", "[\"text\"]", "[{}]", "[[]]", R"({"stranger":true})"}) {
    auto const read_list = changed(
        site, id, [&](Answer const& answer, std::string const& at) { return answer.with_list(at, odd); });
    if (read_list)
      workbench.expect(
          read_list->campaigns.empty() && read_list->error && read_list->error->code == ErrorCode::protocol,
          std::string{"`protocol` and no campaign for the list "} + odd, shown(*read_list));
  }
}

}  // namespace

void check_odd_lists(Workbench& workbench) {
  auto const site = workbench.site({}, few);
  if (!site) return;
  auto const healthy = site->read_list({});
  if (healthy.campaigns.size() < 2) return;
  auto const id = healthy.campaigns[1].id;
  // Compare with a copy that was only serialized again: its numbers may lose trailing zeros.
  auto const same =
      changed(*site, id, [](Answer const& answer, std::string const& at) { return answer.edited(at, {}); });
  if (!workbench.expect(same && same->ids() == healthy.ids(),
                        "the same campaigns when a response is only serialized again",
                        same ? shown(*same) : "no response with " + id))
    return;
  try_strangers(workbench, *site, *same, id);
  try_no_lists(workbench, *site, id);

  for (auto const& one : site->simulator().campaigns()) site->simulator().remove_campaign(one.id);
  auto const none = site->read_list({});
  workbench.expect(!none.error && none.campaigns.empty(), "an empty list for an account without campaigns",
                   shown(none));
}

void check_endless_lists(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const& c = site->capabilities();
  ListOptions const options{.page_size = std::clamp(8, c.min_page_size, c.max_page_size), .prefetch = 2};
  auto const healthy = site->read_list(site->everything(), options);
  workbench.expect(!site->tap().exhausted(), "a list that ends", "a thousand requests");
  std::optional<HttpResponse> first;
  site->tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    if (site->of_session(request)) return;
    if (!first) first = response;
    response = *first;
  });
  auto const read_list = site->read_list(site->everything(), options);
  site->tap().damage({});
  static_cast<void>(site->traffic());
  workbench.expect(!site->tap().exhausted(), "the list to end when every page is the first one",
                   "a thousand requests");
  auto ids = read_list.ids();
  std::ranges::sort(ids);
  workbench.expect(std::ranges::adjacent_find(ids) == ids.end(),
                   "each campaign once when every page is the first one", shown(read_list));
  if (healthy.report.pages > 1 && read_list.campaigns.size() < healthy.campaigns.size())
    workbench.expect(read_list.error || !read_list.report.missed.empty(),
                     "an error, or missed campaigns in the report, when every page is the first one",
                     shown(read_list));
}

}  // namespace polycampaign::inline v1::testing::conformance
