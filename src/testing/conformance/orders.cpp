#include "testing/conformance/orders.hpp"

#include "polycampaign/plan.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::string_view numbers[] = {"+33601020304", "+33 601-020-305", "+33601020306"};
// Quotes, markup, line breaks and characters beyond GSM-7: what damages a text on its way.
constexpr std::string_view hostile_text = "Zkouška: žluťoučký kůň & <b>\"sleva\"</b> ]]> 🌷\nKód \\u0041 50%";

bool usable(Sender const& sender) {
  return !sender.text.empty() && sender.status.code == SenderStatusCode::active;
}

std::string e164(std::string_view number) {
  std::string digits;
  for (char const c : number)
    if (c == '+' || (c >= '0' && c <= '9')) digits += c;
  return digits;
}

}  // namespace

std::string Orders::plain_text() {
  return "Quiet sale on Saturday: bring the violet voucher";
}

Orders::Orders(Workbench& workbench) : workbench_{workbench} {
  auto const site = WritingSite::make(workbench);
  if (!site || !site->adapter()->has(CreateCampaign::operation)) return;
  if (site->adapter()->has(GetSenders::operation)) {
    auto senders = site->client().senders();
    if (!senders) workbench.said(senders.error());
    if (workbench.expect(senders.has_value(), "the account's senders", shown(senders)))
      senders_ = *std::move(senders);
  }
  Order order{.name = "a campaign"};
  auto& campaign = order.campaign;
  auto const& rules = workbench.capabilities().campaigns;
  campaign.channel = rules.channels.empty() ? Channel::sms : rules.channels.front();
  campaign.sender = sender(campaign.channel);
  campaign.options = workbench.options().campaign_options;
  if (rules.support(Feature::to_numbers) != Support::unsupported)
    for (auto const number : numbers) campaign.recipients.push_back({.number = std::string{number}});
  else
    order.to_list = true;
  bool const elsewhere = std::ranges::any_of(campaign.options, [&](CampaignOption const& option) {
    auto const rule = std::ranges::find(rules.options, std::string_view{option.name}, &OptionRule::name);
    return rule != rules.options.end() && rule->replaces_text;
  });
  if (!elsewhere) campaign.text = plain_text();
  auto checked = campaign;
  if (order.to_list) checked.lists.emplace_back("1");
  auto const planned = plan(workbench.capabilities(), checked);
  if (!workbench.expect(planned.has_value() && !elsewhere,
                        "a plan that accepts a short text to three numbers or to one list, from " +
                            (campaign.sender.empty() ? "no sender" : campaign.sender),
                        elsewhere ? "a text that an option replaces" : shown(planned)))
    return;
  basic_ = std::move(order);
  workbench.personal(plain_text());
  workbench.personal(hostile_text);
  for (auto const number : numbers) {
    workbench.personal(number);
    workbench.personal(e164(number).substr(1));
  }
}

std::string Orders::sender(Channel channel) const {
  if (auto const& given = workbench_.options().sender; !given.empty()) return given;
  auto const found = std::ranges::find_if(senders_, [&](Sender const& sender) {
    return usable(sender) && (!sender.channel || sender.channel == channel);
  });
  if (found != senders_.end()) return found->text;
  auto const any = std::ranges::find_if(senders_, &usable);
  return any == senders_.end() ? "ACME" : any->text;
}

bool Orders::has(Feature feature) const noexcept {
  auto const support = workbench_.capabilities().campaigns.support(feature);
  return support == Support::native || support == Support::emulated;
}

bool Orders::fits(NewCampaign const& campaign) const {
  return plan(workbench_.capabilities(), campaign).has_value();
}

std::chrono::sys_seconds Orders::soon() const {
  // In no zone with many people, a clock goes back at this time.
  return std::chrono::floor<std::chrono::days>(workbench_.now()) + std::chrono::days{2} +
         std::chrono::hours{12} + std::chrono::minutes{7};
}

std::chrono::days Orders::horizon() const {
  constexpr std::int64_t longest = 400;
  auto const most = workbench_.capabilities().campaigns.days_ahead.most;
  return std::chrono::days{most > 0 ? std::min(most, longest) : longest};
}

std::vector<Order> Orders::all() const {
  if (!any()) return {};
  std::vector<Order> orders{basic_};
  auto const& rules = workbench_.capabilities().campaigns;
  auto const add = [&](std::string name, auto&& change) {
    auto order = basic_;
    order.name = std::move(name);
    change(order);
    auto checked = order.campaign;
    if (order.to_list) checked.lists.emplace_back("1");
    if (fits(checked)) orders.push_back(std::move(order));
  };
  add("a campaign whose text has quotes, markup and an emoji",
      [](Order& order) { order.campaign.text = hostile_text; });
  if (has(Feature::to_lists))
    for (auto const list : {0, 1})
      add(list == 0 ? "a campaign to a list" : "a campaign to another list", [&](Order& order) {
        order.campaign.recipients.clear();
        order.to_list = true;
        order.list = static_cast<std::size_t>(list);
      });
  if (has(Feature::schedule))
    add("a campaign that starts later", [&](Order& order) { order.campaign.start_at = soon(); });
  if (has(Feature::draft)) add("a draft", [](Order& order) { order.campaign.draft = true; });
  if (has(Feature::name))
    add("a campaign with a name", [](Order& order) { order.campaign.name = "Spring sale"; });
  if (has(Feature::own_texts) && !basic_.to_list) {
    add("a campaign with a text for one recipient",
        [&](Order& order) { order.campaign.recipients[1].text = "Only for you: the amber voucher"; });
    add("a campaign whose recipients all have texts of their own", [&](Order& order) {
      order.campaign.text.clear();
      for (std::size_t i = 0; i < order.campaign.recipients.size(); ++i)
        order.campaign.recipients[i].text = "Only for you: amber voucher " + std::to_string(i);
    });
  }
  if (has(Feature::references) && !basic_.to_list)
    add("a campaign with references", [&](Order& order) {
      for (std::size_t i = 0; i < order.campaign.recipients.size(); ++i)
        order.campaign.recipients[i].reference = "ref" + std::to_string(i);
    });
  if (has(Feature::purpose))
    add("a transactional campaign", [](Order& order) { order.campaign.purpose = Purpose::transactional; });
  for (auto const channel : rules.channels)
    if (channel != basic_.campaign.channel)
      add("a campaign by " + std::string{to_string(channel)}, [&](Order& order) {
        order.campaign.channel = channel;
        order.campaign.sender = sender(channel);
      });
  return orders;
}

Order Orders::to_many(std::size_t count) const {
  auto order = basic_;
  order.name = "a campaign to " + std::to_string(count) + " numbers";
  order.campaign.recipients.clear();
  for (std::size_t i = 0; i < count; ++i)
    order.campaign.recipients.push_back({.number = "+336" + std::to_string(20'000'000 + i)});
  return order;
}

Order Orders::starting(std::chrono::sys_seconds start) const {
  auto order = basic_;
  order.name = "a campaign that starts at " + to_rfc3339(start);
  order.campaign.start_at = start;
  return order;
}

NewCampaign Orders::at(Order const& order, WritingSite& site) {
  auto campaign = order.campaign;
  auto const lists = site.simulator().lists();
  if (order.to_list && order.list < lists.size()) campaign.lists.push_back(lists[order.list].id);
  return campaign;
}

std::vector<SimulatedRecipient> Orders::people(Order const& order, WritingSite& site) {
  if (order.to_list) {
    auto const lists = site.simulator().lists();
    return order.list < lists.size() ? lists[order.list].members : std::vector<SimulatedRecipient>{};
  }
  std::vector<SimulatedRecipient> people;
  for (auto const& recipient : order.campaign.recipients)
    people.push_back({e164(recipient.number), recipient.reference, recipient.text});
  return people;
}

std::vector<SimulatedCampaign> created(SimulatedAccount const& before, SimulatedAccount const& after) {
  std::vector<SimulatedCampaign> campaigns;
  for (auto const& campaign : after.campaigns())
    if (before.find(campaign.id) == nullptr) campaigns.push_back(campaign);
  return campaigns;
}

std::string shown_request(HttpRequest const& request) {
  return request.method + ' ' + request.url.substr(0, request.url.find('?'));
}

void expect_no_surprise(WritingSite& site, std::vector<Made> const& made, std::string const& what) {
  auto& workbench = site.workbench();
  site.advance_far();
  std::map<std::pair<std::string, std::string>, int> messages;
  std::map<std::string, int> people;
  auto const reached = site.simulator().reached();
  for (auto const& one : reached) {
    ++messages[{one.campaign, one.number}];
    ++people[one.number];
  }
  auto const twice = std::ranges::find_if(people, [](auto const& one) { return one.second > 1; });
  workbench.expect(twice == people.end(), "nobody to be reached twice by " + what,
                   twice == people.end() ? "" : twice->first);
  for (auto const& one : made) {
    bool const cause = std::ranges::any_of(
        reached, [&](Reached const& each) { return each.request == one.number && one.number != 0; });
    if (!cause) continue;
    workbench.expect(one.request.action == Action::sends,
                     "each request of " + what + " that reaches people to be declared `sends`",
                     shown_request(one.request));
    workbench.expect(!site.call(one).preparation,
                     "no request of " + what + " that reaches people to be a preparation",
                     shown_request(one.request));
  }
}

void expect_reached(WritingSite& site, Order const& order, std::vector<Made> const& made,
                    std::string const& what) {
  auto& workbench = site.workbench();
  auto const people = Orders::people(order, site);
  auto const& start = order.campaign.start_at;
  if (start && *start > site.now()) {
    site.advance(*start - site.now() - std::chrono::seconds{1});
    workbench.expect(site.simulator().reached().empty(), "nobody to be reached before the start of " + what,
                     std::to_string(site.simulator().reached().size()) + " people");
  }
  expect_no_surprise(site, made, what);
  auto const reached = site.simulator().reached();
  std::map<std::string, Reached const*> by_number;
  for (auto const& one : reached) by_number[one.number] = &one;
  if (order.campaign.draft) {
    workbench.expect(reached.empty(), "nobody to be reached by " + what,
                     std::to_string(reached.size()) + " people");
    return;
  }
  std::size_t missing = 0;
  for (auto const& person : people) {
    auto const found = by_number.find(person.number);
    if (found == by_number.end()) {
      ++missing;
      continue;
    }
    auto const& text = person.text ? *person.text : order.campaign.text;
    workbench.expect(found->second->text == text, "the text of " + what + " as requested: \"" + text + '"',
                     '"' + found->second->text + '"');
    by_number.erase(found);
  }
  // In a simulated account, the network fails to deliver one message in twenty.
  workbench.expect(missing <= people.size() / 10,
                   "all people of " + what + " to be reached: " + std::to_string(people.size()),
                   std::to_string(people.size() - missing));
  workbench.expect(by_number.empty(), "only people of " + what + " to be reached",
                   by_number.empty() ? "" : by_number.begin()->first);
}

}  // namespace polycampaign::inline v1::testing::conformance
