#include "polycampaign/plan.hpp"

#include "planning/plan_parts.hpp"
#include "text/phone_digits.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

using planning::Planner;
using planning::wrong;

/// The recipients by number, without strings: a campaign may have a million of them.
class Numbers {
 public:
  /// Errors: `invalid_argument`, naming the index.
  static Result<Numbers> read(std::vector<Recipient> const& recipients, std::int64_t least_digits) {
    Numbers all;
    all.digits_.reserve(recipients.size());
    for (auto const& recipient : recipients) {
      auto const place = "recipients[" + std::to_string(all.digits_.size()) + "]";
      auto const number = text::read_number(recipient.number);
      if (!number.fault.empty()) return wrong(place + ".number: " + std::string{number.fault});
      if (number.count < least_digits)
        return wrong(place + ".number: this vendor accepts no number with fewer than " +
                     std::to_string(least_digits) + " digits");
      all.digits_.push_back(number.digits);
    }
    all.find_repeated();
    return all;
  }

  [[nodiscard]] std::uint64_t digits(std::size_t index) const noexcept { return digits_[index]; }
  /// Returns the indexes whose number an earlier recipient has, in ascending order, each with the first index
  /// of that number.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> const& repeated() const noexcept {
    return repeated_;
  }

 private:
  void find_repeated() {
    std::vector<std::size_t> order(digits_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      return digits_[a] != digits_[b] ? digits_[a] < digits_[b] : a < b;
    });
    for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
      if (digits_[order[i]] != digits_[order[first]])
        first = i;
      else
        repeated_.emplace_back(order[i], order[first]);
    }
    std::ranges::sort(repeated_);
  }

  std::vector<std::uint64_t> digits_{};
  std::vector<std::pair<std::size_t, std::size_t>> repeated_{};
};

/// Calls `f(index)` for each recipient whose number no earlier one has.
template <class F>
Result<void> for_each_first(Numbers const& numbers, std::size_t count, F&& f) {
  auto next = numbers.repeated().begin();
  for (std::size_t i = 0; i < count; ++i) {
    if (next != numbers.repeated().end() && next->first == i) {
      ++next;
      continue;
    }
    if (auto done = f(i); !done) return done;
  }
  return {};
}

std::string people(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " recipient has" : " recipients have");
}

Result<void> plan_recipients(Planner& planner, NewCampaign const& campaign) {
  auto const& rules = planner.rules();
  auto const& recipients = campaign.recipients;
  auto const numbers = Numbers::read(recipients, rules.least_number_digits);
  if (!numbers) return numbers.error();
  auto& plan = planner.plan;

  bool const may_have_own = rules.support(Feature::own_texts) != Support::unsupported;
  std::int64_t total = 0;
  std::int64_t unstored = 0;
  std::optional<std::int64_t> parts_of_common;
  auto const checked = for_each_first(*numbers, recipients.size(), [&](std::size_t i) -> Result<void> {
    auto const& recipient = recipients[i];
    auto const place = [i] { return "recipients[" + std::to_string(i) + "]"; };
    if (!recipient.reference.empty()) {
      if (rules.support(Feature::references) == Support::unsupported) ++unstored;
      if (auto fits = planner.within(rules.reference, planning::characters(recipient.reference),
                                     place() + ".reference", "characters");
          !fits)
        return fits;
    }
    if (recipient.text && !may_have_own) return planner.lacks(Feature::own_texts, place() + ".text");
    if (recipient.text) {
      auto const parts = planner.read_text(*recipient.text, place() + ".text");
      if (!parts) return parts.error();
      total += *parts;
      return {};
    }
    if (!parts_of_common) {
      auto const parts = planner.read_text(campaign.text, "text");
      if (!parts) return parts.error();
      parts_of_common = *parts;
    }
    total += *parts_of_common;
    return {};
  });
  if (!checked) return checked;

  plan.duplicates = static_cast<std::int64_t>(numbers->repeated().size());
  auto const count = static_cast<std::int64_t>(recipients.size()) - plan.duplicates;
  plan.recipients = count;
  plan.total_parts = total;
  if (plan.duplicates > 0)
    plan.warnings.push_back(people(plan.duplicates) +
                            " a number that an earlier one has; each number is sent to once.");
  auto const other = std::ranges::count_if(numbers->repeated(), [&](auto const& pair) {
    return recipients[pair.first].text != recipients[pair.second].text;
  });
  if (other > 0)
    plan.warnings.push_back("Of these, " + people(other) +
                            " another text than the earlier one; it is not sent.");
  if (unstored > 0)
    plan.warnings.push_back(people(unstored) + " a reference, which " + planner.vendor() +
                            " does not store.");

  auto const most = rules.recipients.most;
  if (most > 0 && count > most) {
    plan.campaigns = (count + most - 1) / most;
    plan.warnings.push_back("One campaign can have " + std::to_string(most) + " recipients, so this takes " +
                            std::to_string(plan.campaigns) + " campaigns.");
  }
  planner.doubt(rules.recipients, count, "recipients", "recipients");
  return {};
}

Result<void> plan_lists(Planner& planner, NewCampaign const& campaign) {
  auto const count = static_cast<std::int64_t>(campaign.lists.size());
  if (planner.rules().support(Feature::to_lists) == Support::unsupported)
    return planner.lacks(Feature::to_lists, "lists");
  if (auto fits = planner.within(planner.rules().lists, count, "lists", "lists"); !fits) return fits;
  for (auto const& id : campaign.lists) {
    if (id.empty()) return wrong("lists: an id is empty");
    if (std::ranges::count(campaign.lists, id) > 1) return wrong("lists: an id occurs twice");
  }
  planner.plan.lists = count;
  auto const parts = planner.read_text(campaign.text, "text");
  return parts ? Result<void>{} : Result<void>{parts.error()};
}

Result<void> plan_name(Planner& planner, std::string const& name) {
  if (name.empty()) return {};
  if (planner.rules().support(Feature::name) == Support::unsupported)
    planner.plan.warnings.push_back(planner.vendor() + " cannot store a name, so `name` is not sent.");
  return planner.within_text(planner.rules().name, name, "name");
}

}  // namespace

Result<Plan> plan(Capabilities const& capabilities, NewCampaign const& campaign, PlanContext const& context) {
  Planner planner{capabilities, context};
  auto const& rules = capabilities.campaigns;
  if (capabilities.support(CreateCampaign::operation) == Support::unsupported)
    return unsupported(capabilities, CreateCampaign::operation);
  if (!campaign.recipients.empty() && !campaign.lists.empty())
    return wrong("a campaign is sent either to `recipients` or to `lists`, not to both");
  if (campaign.recipients.empty() && campaign.lists.empty())
    return wrong("the campaign has neither `recipients` nor `lists`");
  if (std::ranges::find(rules.channels, campaign.channel) == rules.channels.end())
    return planner.no_channel(campaign.channel);
  if (campaign.draft && rules.support(Feature::draft) == Support::unsupported)
    return planner.lacks(Feature::draft, "draft");
  if (campaign.draft && campaign.start_at)
    return wrong("a draft has no start: leave out `start_at` or `draft`");

  planner.text_is_elsewhere = planning::replaces_text(rules, campaign.options);
  for (auto const& check : {
           planning::check_options(rules, campaign.options),
           plan_name(planner, campaign.name),
           planner.check_sender(campaign.sender),
           campaign.lists.empty() ? plan_recipients(planner, campaign) : plan_lists(planner, campaign),
           campaign.start_at ? planner.check_start(*campaign.start_at, Feature::schedule) : Result<void>{},
       })
    if (!check) return check.error();
  planner.note_placeholders(campaign);
  return std::move(planner.plan);
}

Result<Plan> plan(Capabilities const& capabilities, UpdateCampaign const& change,
                  PlanContext const& context) {
  Planner planner{capabilities, context};
  if (capabilities.support(UpdateCampaign::operation) == Support::unsupported)
    return unsupported(capabilities, UpdateCampaign::operation);
  if (!change.name && !change.text && !change.start_at)
    return wrong("there is nothing to change: set `name`, `text` or `start_at`");
  auto const& rules = capabilities.campaigns;
  if (change.name) {
    if (rules.support(Feature::update_name) == Support::unsupported)
      return planner.lacks(Feature::update_name, "name");
    if (change.name->empty()) return wrong("name: it is empty");
    if (auto fits = planner.within_text(rules.name, *change.name, "name"); !fits) return fits.error();
  }
  if (change.text) {
    if (rules.support(Feature::update_text) == Support::unsupported)
      return planner.lacks(Feature::update_text, "text");
    if (auto const parts = planner.read_text(*change.text, "text"); !parts) return parts.error();
  }
  if (change.start_at)
    if (auto fits = planner.check_start(*change.start_at, Feature::update_start); !fits) return fits.error();
  return std::move(planner.plan);
}

Result<NewCampaign> normalized(NewCampaign campaign) {
  auto& recipients = campaign.recipients;
  auto const numbers = Numbers::read(recipients, 0);
  if (!numbers) return numbers.error();
  std::size_t kept = 0;
  auto const moved = for_each_first(*numbers, recipients.size(), [&](std::size_t i) -> Result<void> {
    if (kept != i) recipients[kept] = std::move(recipients[i]);
    recipients[kept++].number = text::written_number(numbers->digits(i));
    return {};
  });
  if (!moved) return moved.error();
  recipients.resize(kept);
  return campaign;
}

Result<Estimate> local_estimate(Capabilities const& capabilities, NewCampaign const& campaign) {
  Estimate estimate{.provider = capabilities.provider};
  std::int64_t parts = 0;
  auto const read = [&](std::string const& text) -> std::optional<Error> {
    auto const analysis = analyze(text);
    if (!analysis) return analysis.error();
    parts = std::max(parts, analysis->parts);
    return std::nullopt;
  };
  bool common = campaign.recipients.empty();
  for (auto const& recipient : campaign.recipients) {
    common = common || !recipient.text;
    if (recipient.text)
      if (auto error = read(*recipient.text)) return *std::move(error);
  }
  if (common && !campaign.text.empty())
    if (auto error = read(campaign.text)) return *std::move(error);
  if (parts > 0) estimate.parts = parts;
  if (campaign.lists.empty()) {
    estimate.recipients = static_cast<std::int64_t>(campaign.recipients.size());
    estimate.messages = estimate.recipients;
  }
  return estimate;
}

}  // namespace polycampaign::inline v1
