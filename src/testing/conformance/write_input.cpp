// Bad input: refused before any request, or contained in one part of a request.
#include "testing/conformance/ids.hpp"
#include "testing/conformance/write_tasks.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

struct BadCampaign {
  std::string name{};
  NewCampaign campaign{};
  bool unsupported = false;  ///< whether `unsupported` is the right code
};

/// Returns a text of that many GSM-7 units.
std::string long_text(std::int64_t units) {
  return std::string(static_cast<std::size_t>(units), 'x');
}

class BadCampaigns {
 public:
  BadCampaigns(Workbench& workbench, Orders const& orders)
      : workbench_{workbench}, orders_{orders}, rules_{workbench.capabilities().campaigns} {}

  std::vector<BadCampaign> all(NewCampaign const& good) {
    good_ = good;
    add_numbers();
    add_texts();
    add_members();
    add_unsupported();
    return std::move(all_);
  }

 private:
  template <class F>
  void add(std::string name, F&& change, bool unsupported = false) {
    auto campaign = good_;
    change(campaign);
    all_.push_back({std::move(name), std::move(campaign), unsupported});
  }

  void add_numbers() {
    if (good_.recipients.empty()) return;
    for (char const* const number :
         {"0601020304", "+33(0)601020304", "+336", "+336010203040506070", "+33601o20304", "", "+0601020304"})
      add("the number \"" + std::string{number} + '"',
          [&](NewCampaign& campaign) { campaign.recipients.back().number = number; });
    add("recipients and lists", [](NewCampaign& campaign) { campaign.lists.emplace_back("1"); });
    add("neither recipients nor lists", [](NewCampaign& campaign) { campaign.recipients.clear(); });
    if (auto const most = rules_.recipients.most; most > 0)
      add("more recipients than " + std::to_string(most), [&](NewCampaign& campaign) {
        campaign.recipients = orders_.to_many(static_cast<std::size_t>(most) + 1).campaign.recipients;
      });
    if (auto const most = rules_.reference.most; most > 0)
      add("a reference of more than " + std::to_string(most) + " characters",
          [&](NewCampaign& campaign) { campaign.recipients.front().reference = long_text(most + 1); });
  }

  void add_texts() {
    add("an empty text", [](NewCampaign& campaign) { campaign.text.clear(); });
    add("a text that is not UTF-8", [](NewCampaign& campaign) { campaign.text = "caf\xE9 \xFF"; });
    constexpr std::int64_t most_units = 255 * 153;
    auto most = most_units;
    for (auto const& limit : {rules_.gsm7_units, rules_.characters})
      if (limit.most > 0) most = std::min(most, limit.most);
    add("a text of " + std::to_string(most + 1) + " characters",
        [&](NewCampaign& campaign) { campaign.text = long_text(most + 1); });
    if (auto const units = rules_.ucs2_units.most; units > 0)
      add("a text of more than " + std::to_string(units) + " UCS-2 units",
          [&](NewCampaign& campaign) { campaign.text = "\xC5\xBE" + long_text(units); });
    if (auto const longest = rules_.name.most; longest > 0)
      add("a name of more than " + std::to_string(longest) + " characters",
          [&](NewCampaign& campaign) { campaign.name = long_text(longest + 1); });
  }

  void add_members() {
    add("an unknown option", [](NewCampaign& campaign) {
      campaign.options.push_back({"no_such_option", "1"});
    });
    if (rules_.sender.required) add("no sender", [](NewCampaign& campaign) { campaign.sender.clear(); });
    if (auto const most = rules_.sender.letters.most; most > 0)
      add("a sender of more than " + std::to_string(most) + " characters",
          [&](NewCampaign& campaign) { campaign.sender = long_text(most + 1); });
    if (orders_.has(Feature::schedule)) {
      add("a start in the past",
          [&](NewCampaign& campaign) { campaign.start_at = workbench_.now() - std::chrono::hours{1}; });
      if (auto const most = rules_.days_ahead.most; most > 0)
        add("a start more than " + std::to_string(most) + " days ahead", [&](NewCampaign& campaign) {
          campaign.start_at = workbench_.now() + std::chrono::days{most + 2};
        });
      if (orders_.has(Feature::draft))
        add("a draft with a start", [&](NewCampaign& campaign) {
          campaign.draft = true;
          campaign.start_at = orders_.soon();
        });
    }
  }

  void add_unsupported() {
    auto const lacks = [&](Feature feature) { return rules_.support(feature) == Support::unsupported; };
    if (lacks(Feature::draft))
      add(
          "a draft", [](NewCampaign& campaign) { campaign.draft = true; }, true);
    if (lacks(Feature::schedule))
      add(
          "a start", [&](NewCampaign& campaign) { campaign.start_at = orders_.soon(); }, true);
    if (lacks(Feature::own_texts) && !good_.recipients.empty())
      add(
          "a text of a recipient's own",
          [](NewCampaign& campaign) { campaign.recipients.front().text = "Only for you"; }, true);
    if (lacks(Feature::to_lists))
      add(
          "a list",
          [](NewCampaign& campaign) {
            campaign.recipients.clear();
            campaign.lists = {"1"};
          },
          true);
    constexpr Channel channels[] = {Channel::sms, Channel::rcs, Channel::viber, Channel::whatsapp};
    for (auto const channel : channels)
      if (std::ranges::find(rules_.channels, channel) == rules_.channels.end())
        add(
            "the channel " + std::string{to_string(channel)},
            [&](NewCampaign& campaign) { campaign.channel = channel; }, true);
  }

  Workbench& workbench_;
  Orders const& orders_;
  CampaignRules const& rules_;
  NewCampaign good_{};
  std::vector<BadCampaign> all_{};
};

/// Expects an error that was found before any request.
void expect_refused(WritingSite& site, std::optional<Error> const& error, bool unsupported,
                    std::string const& what) {
  auto& workbench = site.workbench();
  auto const requests = site.simulator().requests();
  workbench.expect(requests.empty(), "no request for " + what, requests.empty() ? "" : requests.front());
  if (!workbench.expect(error.has_value(), what + " to be refused", "a success")) return;
  workbench.said(*error);
  workbench.expect((error->code == ErrorCode::invalid_argument ||
                    (unsupported && error->code == ErrorCode::unsupported)) &&
                       error->effect == Effect::none && error->attempts == 0,
                   std::string{unsupported ? "`unsupported`" : "`invalid_argument`"} +
                       " and effect `none` without attempts for " + what,
                   to_string(*error));
}

void try_campaigns(Workbench& workbench, Orders const& orders) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  bool const estimates = site->adapter()->has(EstimateCampaign::operation);
  for (auto const& bad : BadCampaigns{workbench, orders}.all(Orders::at(orders.basic(), *site))) {
    auto const submission = site->client().create(bad.campaign);
    expect_refused(*site, submission ? std::nullopt : std::optional{submission.error()}, bad.unsupported,
                   "a new campaign with " + bad.name);
    if (!estimates || bad.name.starts_with("more recipients")) continue;
    auto const estimated = site->client().estimate(bad.campaign);
    expect_refused(*site, estimated ? std::nullopt : std::optional{estimated.error()}, bad.unsupported,
                   "an estimate with " + bad.name);
  }
}

/// Tries ids of lists that name something else when they are not escaped.
void try_lists(Workbench& workbench, Orders const& orders) {
  if (!orders.has(Feature::to_lists)) return;
  for (std::string const& odd :
       {std::string{}, std::string{".."}, std::string{"a/b"}, std::string{"1&x=1"}, std::string{"1?x"},
        std::string{"\r\nX-Odd: 1"}, std::string{"no such list"}, std::string{"caf\xE9 \xFF"}}) {
    auto const site = WritingSite::make(workbench);
    if (!site) return;
    auto campaign = orders.basic().campaign;
    campaign.recipients.clear();
    campaign.lists = {odd};
    auto const before = site->simulator().account();
    auto const result = site->client().create(campaign);
    auto const what = "a new campaign to the list \"" + odd + '"';
    if (!workbench.expect(!result, what + " to be refused", "a success")) continue;
    workbench.said(result.error());
    workbench.expect(result.error().effect == Effect::none, "effect `none` for " + what, shown(result));
    workbench.expect(before.campaigns() == site->simulator().account().campaigns(),
                     "no new campaign for " + what, "one");
    for (auto const& one : site->made())
      workbench.expect(fit(one.request), "no control character in a header or URL for " + what,
                       one.request.url);
  }
}

/// Tries references that are not text, which the plan does not check.
void try_references(Workbench& workbench, Orders const& orders) {
  if (!orders.has(Feature::references) || orders.basic().to_list) return;
  for (std::string const odd : {"caf\xE9 \xFF", "\x01\r\n", "<&\">"}) {
    auto const site = WritingSite::make(workbench);
    if (!site) return;
    auto order = orders.basic();
    order.name = "a campaign with an odd reference";
    order.campaign.recipients.front().reference = odd;
    auto const result = site->client().create(order.campaign);
    if (result) {
      expect_reached(*site, order, site->made(), order.name);
      continue;
    }
    workbench.said(result.error());
    workbench.expect(result.error().effect == Effect::none && site->simulator().reached().empty(),
                     "an odd reference to be refused with effect `none`", shown(result));
  }
}

void try_ids(Workbench& workbench, WriteTask const& task) {
  auto const first = WritingSite::make(workbench);
  if (!first) return;
  auto const known = task.prepare(*first);
  first->begin();
  static_cast<void>(task.run(*first, known));
  std::vector<UrlFrame> frames;
  for (auto const& call : first->calls()) frames.emplace_back(call.request.url, known);

  for (auto const& odd : odd_ids(known)) {
    auto const site = WritingSite::make(workbench);
    if (!site) return;
    static_cast<void>(task.prepare(*site));
    auto const before = site->simulator().account();
    site->begin();
    auto const outcome = task.run(*site, odd);
    auto const what = task.name + " of the id \"" + odd + '"';
    if (outcome.error) workbench.said(*outcome.error);
    workbench.expect(outcome.error && outcome.error->effect == Effect::none &&
                         (outcome.error->code == ErrorCode::not_found ||
                          outcome.error->code == ErrorCode::invalid_argument),
                     "`not_found` or `invalid_argument`, and effect `none`, for " + what,
                     outcome.error ? to_string(*outcome.error) : "a success");
    workbench.expect(same(before, site->simulator().account()), "no change from " + what, "a change");
    auto const calls = site->calls();
    // These ids name nothing, or another resource, wherever they are written.
    if (odd.empty() || odd == "." || odd == "..")
      workbench.expect(calls.empty(), "no request for " + what,
                       calls.empty() ? "" : shown_request(calls[0].request));
    for (std::size_t i = 0; i < calls.size() && i < frames.size(); ++i)
      workbench.expect(frames[i].contains(calls[i].request.url),
                       "the id in a single part of the URL, as in " + frames[i].pattern() + ", for " + what,
                       calls[i].request.url);
  }
}

void try_updates(Workbench& workbench, Orders const& orders) {
  auto const& rules = workbench.capabilities().campaigns;
  auto const lacks = [&](Feature feature) { return rules.support(feature) == Support::unsupported; };
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const id = site->simulator().campaigns().front().id;
  auto const refuse = [&](UpdateCampaign change, bool unsupported, std::string const& what) {
    change.id = id;
    auto const result = site->client().update(std::move(change));
    expect_refused(*site, result ? std::nullopt : std::optional{result.error()}, unsupported, what);
  };
  refuse({}, false, "an update of nothing");
  refuse({.name = ""}, lacks(Feature::update_name), "an update with an empty name");
  if (auto const most = rules.name.most; most > 0)
    refuse({.name = long_text(most + 1)}, lacks(Feature::update_name), "an update with a long name");
  else if (lacks(Feature::update_name))
    refuse({.name = "Autumn sale"}, true, "an update of the name");
  refuse({.text = ""}, lacks(Feature::update_text), "an update with an empty text");
  refuse({.text = long_text(255 * 153 + 1)}, lacks(Feature::update_text), "an update with a long text");
  refuse({.start_at = workbench.now() - std::chrono::hours{1}}, lacks(Feature::update_start),
         "an update with a start in the past");
  if (lacks(Feature::update_start)) refuse({.start_at = orders.soon()}, true, "an update of the start");
}

}  // namespace

void check_writing_input(Workbench& workbench) {
  Orders const orders{workbench};
  if (orders.any()) {
    try_campaigns(workbench, orders);
    try_lists(workbench, orders);
    try_references(workbench, orders);
  }
  for (auto const& task : write_tasks(workbench, orders))
    if (task.prepare) try_ids(workbench, task);
  auto const site = WritingSite::make(workbench);
  if (site && site->adapter()->has(UpdateCampaign::operation)) try_updates(workbench, orders);
}

}  // namespace polycampaign::inline v1::testing::conformance
