// Records: what a campaign reports in the list, in its detail, and as it was sent.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/truth.hpp"
#include "testing/conformance/workbench.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::size_t most_details = 60;

/// Returns some of the campaigns, spread over the whole list.
template <class T>
std::vector<T> sample(std::vector<T> const& all, std::size_t most) {
  std::vector<T> some;
  auto const step = std::max<std::size_t>(1, all.size() / most);
  for (std::size_t i = 0; i < all.size() && some.size() < most; i += step) some.push_back(all[i]);
  return some;
}

void check_filled(Workbench& workbench, std::vector<Campaign> const& campaigns, std::string_view where,
                  Support (Capabilities::*claim)(Field) const noexcept, Capabilities const& capabilities) {
  for (auto const field : all_fields()) {
    auto const support = (capabilities.*claim)(field);
    auto const filled =
        std::ranges::find_if(campaigns, [&](Campaign const& c) { return reported(c, field).has_value(); });
    auto const name = std::string{to_string(field)} + ' ' + std::string{where};
    if (support == Support::unsupported)
      workbench.expect(
          filled == campaigns.end(), "no " + name + ", which is unsupported",
          filled == campaigns.end() ? "" : filled->id + ": \"" + *reported(*filled, field) + '"');
    if (support == Support::native)
      workbench.expect(filled != campaigns.end(), name + " at least once, since it is native",
                       "none in " + std::to_string(campaigns.size()) + " campaigns");
  }
}

}  // namespace

void check_fields(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const listed = site->read_list(site->everything());
  check_filled(workbench, listed.campaigns, "in a list", &Capabilities::in_list, site->capabilities());
  std::vector<Campaign> details;
  for (auto const& campaign : sample(listed.campaigns, most_details))
    if (auto detail = site->get(campaign.id)) details.push_back(*std::move(detail));
  check_filled(workbench, details, "in a detail", &Capabilities::in_detail, site->capabilities());
}

void check_truth(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const truths = site->simulator().campaigns();
  auto const texts = [&] {
    std::set<std::string> all;
    for (auto const& one : site->traffic())
      if (auto const answer = Answer::parse(one.response.body)) answer->add_texts(all);
    return all;
  };
  auto const compare = [&](Campaign const& campaign, std::set<std::string> const& sent,
                           std::string_view expected) {
    auto const so = std::ranges::find(truths, campaign.id, &SimulatedCampaign::id);
    if (!workbench.expect(so != truths.end(), expected,
                          "the id \"" + campaign.id + "\", which no campaign has"))
      return;
    auto const difference = untruth(campaign, *so, sent);
    workbench.expect(difference.empty(), expected, campaign.id + ": " + difference);
  };
  auto const listed = site->read_list(site->everything());
  auto const sent = texts();
  for (auto const& campaign : listed.campaigns)
    compare(campaign, sent, "listed campaigns that match the simulated ones");
  for (auto const& truth : sample(truths, most_details)) {
    auto const detail = site->get(truth.id);
    if (workbench.expect(detail.has_value(), "the detail of " + truth.id, shown(detail)))
      compare(*detail, texts(), "details that match the simulated campaigns");
  }
}

void check_details(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const listed = site->read_list(site->everything());
  for (auto const& campaign : sample(listed.campaigns, most_details)) {
    auto const detail = site->get(campaign.id);
    if (!workbench.expect(detail.has_value(), "the detail of " + campaign.id, shown(detail))) continue;
    workbench.expect(disagreement(campaign, *detail).empty(), "a detail that agrees with the list",
                     campaign.id + ": " + disagreement(campaign, *detail));
    workbench.expect(detail->provider == workbench.options().provider.name, "Campaign::provider",
                     '"' + std::string{detail->provider} + '"');
  }
  auto const completed = site->read_list(site->everything(), {.fetch_details = true});
  workbench.expect(!completed.error && completed.ids() == listed.ids(), "the same list with details",
                   shown(completed));
}

void check_raw(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const read_list = site->read_list(site->everything(), {.keep_raw = true});
  std::string bodies;
  for (auto const& one : site->traffic()) bodies += one.response.body;
  for (auto const& campaign : read_list.campaigns)
    workbench.expect(!campaign.raw().empty() && bodies.find(campaign.raw()) != std::string::npos,
                     "the vendor's own record, byte for byte, with keep_raw",
                     campaign.id + ": \"" + std::string{campaign.raw().substr(0, 80)} + '"');
  for (auto const& campaign : sample(read_list.campaigns, 5)) {
    auto const detail = site->get(campaign.id, {.keep_raw = true});
    bodies.clear();
    for (auto const& one : site->traffic()) bodies += one.response.body;
    if (detail)
      workbench.expect(!detail->raw().empty() && bodies.find(detail->raw()) != std::string::npos,
                       "a detail's own record, byte for byte, with keep_raw",
                       campaign.id + ": \"" + std::string{detail->raw().substr(0, 80)} + '"');
  }
  for (auto const& campaign : site->read_list(site->everything()).campaigns)
    workbench.expect(campaign.raw().empty(), "no record without keep_raw",
                     std::string{campaign.raw().substr(0, 80)});
}

void check_decode(Workbench& workbench) {
  auto const site = workbench.site();
  if (!site) return;
  auto const& provider = workbench.options().provider;
  auto const zone = workbench.options().settings.find("time_zone");
  DecodeOptions options;
  if (zone != workbench.options().settings.end()) options.time_zone = zone->second;
  auto const decoded = [&](Document document, std::string body) {
    auto campaigns = provider.decode(document, std::move(body), options);
    if (!campaigns) workbench.said(campaigns.error());
    return campaigns;
  };

  auto const read_list = site->read_list(site->everything());
  std::vector<Campaign> all;
  for (auto const& one : site->traffic()) {
    if (site->of_session(one.request)) continue;
    auto campaigns = decoded(Document::list, one.response.body);
    if (workbench.expect(campaigns.has_value(), "`decode` to read the body of a list", shown(campaigns)))
      for (auto& campaign : *campaigns)  // a page may begin with the last record of the previous page
        if (std::ranges::find(all, campaign.id, &Campaign::id) == all.end())
          all.push_back(std::move(campaign));
  }
  workbench.expect(all.size() == read_list.campaigns.size(),
                   "`decode` to return the campaigns of the list: " + shown(read_list),
                   std::to_string(all.size()) + " campaigns");
  for (std::size_t i = 0; i < all.size() && i < read_list.campaigns.size(); ++i)
    workbench.expect(disagreement(all[i], read_list.campaigns[i]).empty() && all[i].provider == provider.name,
                     "`decode` to agree with the list", disagreement(all[i], read_list.campaigns[i]));

  for (auto const& campaign : sample(read_list.campaigns, 5)) {
    auto const detail = site->get(campaign.id);
    auto const traffic = site->traffic();
    if (!detail || traffic.empty()) continue;
    auto const campaigns = decoded(Document::get, traffic.front().response.body);
    if (workbench.expect(campaigns && campaigns->size() == 1, "`decode` to read the body of a detail",
                         shown(campaigns)))
      workbench.expect(disagreement(campaigns->front(), *detail).empty(), "`decode` to agree with `get`",
                       disagreement(campaigns->front(), *detail));
  }

  for (auto const document : {Document::list, Document::get})
    for (auto const* const body : {"", "<html>no</html>", "{\"", "\xFF\xFE"}) {
      auto const campaigns = decoded(document, body);
      workbench.expect(!campaigns && campaigns.error().provider == provider.name &&
                           campaigns.error().effect == Effect::none && campaigns.error().http_status == 0,
                       "an error from `decode` with the provider and without an HTTP status",
                       shown(campaigns));
    }
  if (std::ranges::find(workbench.settings(), "time_zone", &Setting::name) != workbench.settings().end()) {
    auto const campaigns = provider.decode(Document::list, "{}", {.time_zone = "Nowhere/At_All"});
    workbench.expect(!campaigns && campaigns.error().code == ErrorCode::configuration,
                     "`configuration` for an unknown time zone", shown(campaigns));
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
