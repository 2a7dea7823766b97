// Records: what a campaign tells, in the list, in its detail, and as it was sent.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/bench.hpp"
#include "testing/conformance/told.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::size_t most_details = 60;

/// Some of the campaigns, from all of the list.
template <class T>
std::vector<T> sample(std::vector<T> const& all, std::size_t most) {
  std::vector<T> some;
  auto const step = std::max<std::size_t>(1, all.size() / most);
  for (std::size_t i = 0; i < all.size() && some.size() < most; i += step) some.push_back(all[i]);
  return some;
}

void check_filled(Bench& bench, std::vector<Campaign> const& campaigns, std::string_view where,
                  Support (Capabilities::*claim)(Field) const noexcept, Capabilities const& capabilities) {
  for (auto const field : all_fields()) {
    auto const support = (capabilities.*claim)(field);
    auto const filled =
        std::ranges::find_if(campaigns, [&](Campaign const& c) { return told(c, field).has_value(); });
    auto const name = std::string{to_string(field)} + ' ' + std::string{where};
    if (support == Support::unsupported)
      bench.expect(filled == campaigns.end(), "no " + name + ", which is unsupported",
                   filled == campaigns.end() ? "" : filled->id + ": \"" + *told(*filled, field) + '"');
    if (support == Support::native)
      bench.expect(filled != campaigns.end(), name + " at least once, since it is native",
                   "none in " + std::to_string(campaigns.size()) + " campaigns");
  }
}

}  // namespace

void check_fields(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const listed = site->walk(site->everything());
  check_filled(bench, listed.campaigns, "in a list", &Capabilities::in_list, site->capabilities());
  std::vector<Campaign> details;
  for (auto const& campaign : sample(listed.campaigns, most_details))
    if (auto detail = site->get(campaign.id)) details.push_back(*std::move(detail));
  check_filled(bench, details, "in a detail", &Capabilities::in_detail, site->capabilities());
}

void check_truth(Bench& bench) {
  auto const site = bench.site();
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
    if (!bench.expect(so != truths.end(), expected, "the id \"" + campaign.id + "\", which no campaign has"))
      return;
    auto const difference = untruth(campaign, *so, sent);
    bench.expect(difference.empty(), expected, campaign.id + ": " + difference);
  };
  auto const listed = site->walk(site->everything());
  auto const sent = texts();
  for (auto const& campaign : listed.campaigns) compare(campaign, sent, "listed campaigns as they truly are");
  for (auto const& truth : sample(truths, most_details)) {
    auto const detail = site->get(truth.id);
    if (bench.expect(detail.has_value(), "the detail of " + truth.id, shown(detail)))
      compare(*detail, texts(), "details as campaigns truly are");
  }
}

void check_details(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const listed = site->walk(site->everything());
  for (auto const& campaign : sample(listed.campaigns, most_details)) {
    auto const detail = site->get(campaign.id);
    if (!bench.expect(detail.has_value(), "the detail of " + campaign.id, shown(detail))) continue;
    bench.expect(disagreement(campaign, *detail).empty(), "a detail that agrees with the list",
                 campaign.id + ": " + disagreement(campaign, *detail));
    bench.expect(detail->provider == bench.options().provider.name, "Campaign::provider",
                 '"' + detail->provider + '"');
  }
  auto const completed = site->walk(site->everything(), {.fetch_details = true});
  bench.expect(!completed.error && completed.ids() == listed.ids(), "the same list with details",
               shown(completed));
}

void check_raw(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const walk = site->walk(site->everything(), {.keep_raw = true});
  std::string bodies;
  for (auto const& one : site->traffic()) bodies += one.response.body;
  for (auto const& campaign : walk.campaigns)
    bench.expect(!campaign.raw_record.empty() && bodies.find(campaign.raw_record) != std::string::npos,
                 "the vendor's own record, byte for byte, with keep_raw",
                 campaign.id + ": \"" + campaign.raw_record.substr(0, 80) + '"');
  for (auto const& campaign : sample(walk.campaigns, 5)) {
    auto const detail = site->get(campaign.id, {.keep_raw = true});
    bodies.clear();
    for (auto const& one : site->traffic()) bodies += one.response.body;
    if (detail)
      bench.expect(!detail->raw_record.empty() && bodies.find(detail->raw_record) != std::string::npos,
                   "a detail's own record, byte for byte, with keep_raw",
                   campaign.id + ": \"" + detail->raw_record.substr(0, 80) + '"');
  }
  for (auto const& campaign : site->walk(site->everything()).campaigns)
    bench.expect(campaign.raw_record.empty(), "no record without keep_raw",
                 campaign.raw_record.substr(0, 80));
}

void check_decode(Bench& bench) {
  auto const site = bench.site();
  if (!site) return;
  auto const& provider = bench.options().provider;
  auto const zone = bench.options().settings.find("time_zone");
  DecodeOptions options;
  if (zone != bench.options().settings.end()) options.time_zone = zone->second;
  auto const decoded = [&](Document document, std::string body) {
    auto campaigns = provider.decode(document, std::move(body), options);
    if (!campaigns) bench.said(campaigns.error());
    return campaigns;
  };

  auto const walk = site->walk(site->everything());
  std::vector<Campaign> all;
  for (auto const& one : site->traffic()) {
    if (site->of_session(one.request)) continue;
    auto campaigns = decoded(Document::list, one.response.body);
    if (bench.expect(campaigns.has_value(), "a list's body that `decode` reads", shown(campaigns)))
      for (auto& campaign : *campaigns)  // a page may begin with what the page before ended with
        if (std::ranges::find(all, campaign.id, &Campaign::id) == all.end())
          all.push_back(std::move(campaign));
  }
  bench.expect(all.size() == walk.campaigns.size(), "`decode` to give what the walk gives: " + shown(walk),
               std::to_string(all.size()) + " campaigns");
  for (std::size_t i = 0; i < all.size() && i < walk.campaigns.size(); ++i)
    bench.expect(disagreement(all[i], walk.campaigns[i]).empty() && all[i].provider == provider.name,
                 "`decode` to agree with the walk", disagreement(all[i], walk.campaigns[i]));

  for (auto const& campaign : sample(walk.campaigns, 5)) {
    auto const detail = site->get(campaign.id);
    auto const traffic = site->traffic();
    if (!detail || traffic.empty()) continue;
    auto const campaigns = decoded(Document::get, traffic.front().response.body);
    if (bench.expect(campaigns && campaigns->size() == 1, "a detail's body that `decode` reads",
                     shown(campaigns)))
      bench.expect(disagreement(campaigns->front(), *detail).empty(), "`decode` to agree with `get`",
                   disagreement(campaigns->front(), *detail));
  }

  for (auto const document : {Document::list, Document::get})
    for (auto const* const body : {"", "<html>no</html>", "{\"", "\xFF\xFE"}) {
      auto const campaigns = decoded(document, body);
      bench.expect(!campaigns && campaigns.error().provider == provider.name &&
                       campaigns.error().effect == Effect::none && campaigns.error().http_status == 0,
                   "an error of `decode`, with the provider and without an HTTP status", shown(campaigns));
    }
  if (std::ranges::find(bench.settings(), "time_zone", &Setting::name) != bench.settings().end()) {
    auto const campaigns = provider.decode(Document::list, "{}", {.time_zone = "Nowhere/At_All"});
    bench.expect(!campaigns && campaigns.error().code == ErrorCode::configuration,
                 "`configuration` for a zone that is none", shown(campaigns));
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
