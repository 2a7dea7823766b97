#include "testing/conformance/source.hpp"

#include "testing/conformance/truth.hpp"

#include <algorithm>
#include <span>

namespace polycampaign::inline v1::testing::conformance {

Reported Outcome::values() const {
  return campaign ? reported(*campaign) : Reported{};
}

bool Source::choose(std::size_t most) {
  healthy_ = site_.read_list({}).campaigns;
  if (healthy_.size() > most) healthy_.resize(most);
  if (!list_)
    for (auto& campaign : healthy_)
      if (auto detail = site_.get(campaign.id)) campaign = *std::move(detail);
  auto const worth = [](Campaign const& campaign) {
    std::size_t points = 0;
    for (auto const& [name, value] : reported(campaign)) points += value.empty() || value == "0" ? 1 : 3;
    return points;
  };
  auto const best = std::ranges::max_element(healthy_, {}, worth);
  if (best == healthy_.end()) return false;
  id_ = best->id;
  base_ = ask({});
  return base_.campaign.has_value();
}

std::vector<std::pair<std::size_t, std::vector<Member>>> Source::answers(std::string const& id) {
  std::vector<std::pair<std::size_t, std::vector<Member>>> all;
  std::size_t seen = 0;
  site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    if (site_.of_session(request)) return;
    auto const answer = Answer::parse(response.body);
    auto members = answer ? answer->members(id) : std::vector<Member>{};
    if (!members.empty()) all.emplace_back(seen, std::move(members));
    ++seen;
  });
  if (list_)
    static_cast<void>(site_.read_list({}));
  else
    static_cast<void>(site_.get(id));
  finish();
  return all;
}

Outcome Source::ask(Edits const& edits) {
  Outcome outcome;
  std::size_t seen = 0;
  site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    if (site_.of_session(request)) return;
    auto const mine = edits.find(seen++);
    auto const answer = Answer::parse(response.body);
    if (!answer || answer->members(id_).empty()) return;
    // Rewritten even without an edit, so that only the edit can make a difference.
    if (auto body = answer->edited(id_, mine == edits.end() ? std::span<Edit const>{} : mine->second))
      response.body = *std::move(body);
    else
      outcome.rewritten = false;
  });
  if (list_)
    ask_list(outcome);
  else
    ask_detail(outcome);
  finish();
  return outcome;
}

void Source::finish() {
  site_.tap().damage({});
  static_cast<void>(site_.traffic());
}

void Source::ask_list(Outcome& outcome) {
  auto read_list = site_.read_list({});
  if (read_list.error) outcome.trouble = to_string(*read_list.error);
  if (others_.empty() && outcome.trouble.empty())
    for (auto const& campaign : read_list.campaigns)
      if (campaign.id != id_) others_.push_back(campaign);
  std::size_t found = 0;
  for (auto& campaign : read_list.campaigns) {
    if (found < others_.size() && campaign == others_[found])
      ++found;
    else if (!outcome.campaign)
      outcome.campaign = std::move(campaign);
    else if (outcome.trouble.empty())
      outcome.trouble = "an additional campaign: \"" + campaign.id + '"';
  }
  if (outcome.trouble.empty() && found < others_.size())
    outcome.trouble = "another campaign has changed: \"" + others_[found].id + '"';
}

void Source::ask_detail(Outcome& outcome) {
  auto detail = site_.get(id_);
  if (detail)
    outcome.campaign = *std::move(detail);
  else
    outcome.trouble = to_string(detail.error());
}

}  // namespace polycampaign::inline v1::testing::conformance
