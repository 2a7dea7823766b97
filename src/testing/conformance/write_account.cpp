// What is asked before a campaign: estimates, the balance, the senders.
#include "polycampaign/text.hpp"

#include "testing/conformance/orders.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

std::string shown_count(Count const& count) {
  return count ? std::to_string(*count) : "none";
}

void expect_estimate(WritingSite& site, Order const& order, Estimate const& estimate) {
  auto& workbench = site.workbench();
  auto const what = "the estimate of " + order.name;
  workbench.said(estimate.notes);
  workbench.expect(estimate.provider == workbench.options().provider.name, "the provider's name in " + what,
                   std::string{estimate.provider});
  auto const people = static_cast<std::int64_t>(Orders::people(order, site).size());
  bool const counted =
      order.to_list ? !estimate.recipients || estimate.recipients == people : estimate.recipients == people;
  workbench.expect(counted, "the number of recipients in " + what + ": " + std::to_string(people),
                   shown_count(estimate.recipients));
  if (estimate.messages)
    workbench.expect(*estimate.messages == people - estimate.filtered.value_or(0),
                     "a message for each recipient in " + what, shown_count(estimate.messages));
  std::int64_t parts = 0;
  if (auto const text = analyze(order.campaign.text)) parts = text->parts;
  workbench.expect(!estimate.parts || *estimate.parts == parts, "the parts of the text in " + what,
                   shown_count(estimate.parts));
  bool const asked = !site.made().empty();
  workbench.expect(asked || estimate.counted_by == CountedBy::library,
                   "counted_by `library` in " + what + ", for which the vendor was not asked", "vendor");
  workbench.expect(!estimate.cost || estimate.cost->kind == CostKind::estimate,
                   "a cost that is an estimate in " + what, "another cost");
  workbench.expect(!estimate.cost || estimate.counted_by == CountedBy::vendor,
                   "counted_by `vendor` in " + what + ", which has a cost", "library");
}

void check_estimates(Workbench& workbench, Orders const& orders) {
  std::vector<Order> all = orders.all();
  if (!all.empty()) {
    auto long_text = orders.basic();
    long_text.name = "a campaign of several parts";
    long_text.campaign.text = Orders::plain_text() + std::string(160, '.');
    all.push_back(long_text);
  }
  for (auto const& order : all) {
    if (order.campaign.channel != orders.basic().campaign.channel || order.campaign.text.empty()) continue;
    if (std::ranges::any_of(order.campaign.recipients, [](Recipient const& r) { return r.text.has_value(); }))
      continue;
    auto const site = WritingSite::make(workbench, {.watches = true});
    if (!site) return;
    auto const before = site->simulator().account();
    site->begin();
    auto const estimate = site->client().estimate(Orders::at(order, *site));
    if (!estimate) workbench.said(estimate.error());
    // The plan can refuse a long text.
    if (!estimate && estimate.error().attempts == 0 && &order == &all.back()) continue;
    if (workbench.expect(estimate.has_value(), "an estimate of " + order.name, shown(estimate)))
      expect_estimate(*site, order, *estimate);
    workbench.expect(same(before, site->simulator().account()), "an estimate to change nothing",
                     "a change of the account");
    expect_no_surprise(*site, site->made(), "the estimate of " + order.name);
    workbench.expect(site->simulator().reached().empty(), "nobody to be reached by an estimate", "somebody");
  }
}

void check_balance(Workbench& workbench, WritingSite& site) {
  auto const balance = site.client().balance();
  if (!balance) workbench.said(balance.error());
  if (!workbench.expect(balance.has_value(), "the balance", shown(balance))) return;
  workbench.said(balance->notes);
  workbench.expect(balance->provider == workbench.options().provider.name,
                   "the provider's name in the balance", std::string{balance->provider});
  workbench.expect(!balance->unit.empty(), "the unit of the balance", "none");
  // A vendor may show fewer decimals than the account has.
  auto const truth = std::to_string(site.simulator().account().balance / 1000);
  auto const amount = balance->amount.text();
  workbench.expect(std::string_view{amount}.substr(0, amount.find('.')) == truth,
                   "the account's balance: " + truth, amount);
}

void check_senders(Workbench& workbench, WritingSite& site) {
  auto const senders = site.client().senders();
  if (!senders) workbench.said(senders.error());
  if (!workbench.expect(senders.has_value(), "the senders", shown(senders))) return;
  for (auto const& sender : *senders)
    workbench.expect(sender.provider == workbench.options().provider.name && !sender.text.empty(),
                     "a provider and a text for every sender",
                     std::string{sender.provider} + ", \"" + sender.text + '"');
  auto const account = site.simulator().account();
  for (auto const& known : account.senders)
    workbench.expect(std::ranges::find(*senders, known.text, &Sender::text) != senders->end(),
                     "every sender of the account: " + known.text,
                     "not among " + std::to_string(senders->size()));
  for (auto const& sender : *senders)
    workbench.expect(
        std::ranges::find(account.senders, sender.text, &SimulatedSender::text) != account.senders.end(),
        "only senders of the account", sender.text);
}

}  // namespace

void check_account(Workbench& workbench) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const has = [&](Operation operation) { return site->adapter()->has(operation); };
  if (has(EstimateCampaign::operation)) check_estimates(workbench, Orders{workbench});
  if (has(GetBalance::operation)) check_balance(workbench, *site);
  if (has(GetSenders::operation)) check_senders(workbench, *site);
}

}  // namespace polycampaign::inline v1::testing::conformance
