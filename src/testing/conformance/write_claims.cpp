// What the adapter declares about new campaigns, and the names that it makes up.
#include "testing/conformance/orders.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr Operation writing_operations[] = {
    CreateCampaign::operation, EstimateCampaign::operation, UpdateCampaign::operation,
    CancelCampaign::operation, DeleteCampaign::operation,   RetryCampaign::operation,
    GetBalance::operation,     GetSenders::operation,
};

constexpr Operation list_operations[] = {
    ListRecipientLists::operation, GetRecipientList::operation,    CreateRecipientList::operation,
    AddRecipients::operation,      DeleteRecipientList::operation, ListMessages::operation,
    ListReplies::operation,        ListOptOuts::operation,         ListStopList::operation,
};

bool supports_any(CampaignRules const& rules, std::initializer_list<Feature> features) {
  return std::ranges::any_of(features,
                             [&](Feature feature) { return rules.support(feature) != Support::unsupported; });
}

void expect_limit(Workbench& workbench, std::string const& name, Limit const& limit) {
  workbench.expect(limit.most >= 0 && limit.doubtful >= 0, "no negative limit for " + name,
                   std::to_string(limit.most) + ", " + std::to_string(limit.doubtful));
  workbench.expect(limit.most == 0 || limit.doubtful < limit.most,
                   "a doubtful limit of " + name + " below the certain one",
                   std::to_string(limit.doubtful) + ", " + std::to_string(limit.most));
  workbench.expect((limit.most == 0 && limit.doubtful == 0) || !limit.evidence.empty(),
                   "evidence for the limit of " + name, "none");
}

void expect_options(Workbench& workbench, CampaignRules const& rules) {
  std::set<std::string_view> names;
  for (auto const& option : rules.options) {
    std::string const name{option.name};
    workbench.expect(!name.empty() && names.insert(option.name).second, "options with distinct names", name);
    workbench.expect(!option.summary.empty(), "a summary for every option", "none for " + name);
    bool const range = option.least >= 0 && (option.most == 0 || option.least <= option.most);
    workbench.expect(range, "values from least to most for the option " + name,
                     std::to_string(option.least) + " to " + std::to_string(option.most));
    workbench.expect((option.kind == OptionKind::word) == !option.words.empty(),
                     "words for an option that takes one of them, and for no other: " + name,
                     std::to_string(option.words.size()));
    workbench.expect(option.kind != OptionKind::number || option.most > 0,
                     "a largest number for the option " + name, "0");
  }
  for (auto const& placeholder : rules.placeholders)
    workbench.expect(!placeholder.pattern.empty(), "placeholders with a pattern", "an empty one");
}

void expect_features(Workbench& workbench, CampaignRules const& rules, Adapter const& adapter) {
  std::set<std::string_view> seen;
  for (auto const& row : rules.features) {
    std::string const name{to_string(row.feature)};
    workbench.expect(seen.insert(to_string(row.feature)).second, "one row per feature", name);
    workbench.expect(!row.evidence.empty(), "evidence for every feature, or why it is not supported",
                     "none for " + name);
  }
  bool const creates = adapter.has(CreateCampaign::operation);
  workbench.expect(creates == supports_any(rules, {Feature::to_numbers, Feature::to_lists}),
                   "to_numbers or to_lists exactly if campaigns can be created",
                   creates ? "neither" : "a row, although they cannot");
  workbench.expect(!creates || !rules.channels.empty(), "the channels of new campaigns", "none");
  bool const updates = adapter.has(UpdateCampaign::operation);
  workbench.expect(
      updates == supports_any(rules, {Feature::update_name, Feature::update_text, Feature::update_start}),
      "update_name, update_text or update_start exactly if campaigns can be updated",
      updates ? "none of them" : "a row, although they cannot");
}

std::string call_text(protocol::Call const& call) {
  auto text = call.request.method + ' ' + call.request.url + '\n';
  for (auto const& header : call.request.headers) text += header.name + ": " + header.value + '\n';
  return text + call.request.body;
}

/// Returns what a create requests, whether or not the vendor accepts it. Returns nothing if it is refused
/// before any request.
std::optional<std::vector<std::string>> requests_of(Workbench& workbench, Order const& order) {
  auto const site = WritingSite::make(workbench);
  if (!site) return std::nullopt;
  site->begin();
  auto const submission =
      site->client().call(CreateCampaign{.campaign = Orders::at(order, *site), .token = "claims"});
  if (!submission) workbench.said(submission.error());
  std::vector<std::string> requests;
  for (auto const& call : site->calls()) requests.push_back(call_text(call));
  return requests.empty() ? std::nullopt : std::optional{std::move(requests)};
}

/// Returns values that an option takes.
std::vector<std::string> values_of(OptionRule const& option) {
  switch (option.kind) {
    case OptionKind::flag: return {"true", "false"};
    case OptionKind::word: return {option.words.begin(), option.words.end()};
    case OptionKind::number: return {std::to_string(option.least), std::to_string(option.most)};
    case OptionKind::text:
      return {std::string(static_cast<std::size_t>(std::max<std::int64_t>(option.least, 1)), 'x')};
  }
  return {};
}

/// Checks that a purpose and the options reach the vendor.
void expect_effective(Workbench& workbench, CampaignRules const& rules) {
  Orders const orders{workbench};
  if (!orders.any()) return;
  std::vector<Order> bases{orders.basic()};
  for (auto const& order : orders.all())
    if (order.to_list && !bases.back().to_list) bases.push_back(order);
  std::vector<std::optional<std::vector<std::string>>> plain;
  for (auto const& base : bases) plain.push_back(requests_of(workbench, base));
  if (orders.has(Feature::purpose)) {
    auto order = orders.basic();
    order.campaign.purpose = Purpose::transactional;
    workbench.expect(requests_of(workbench, order) != plain.front(),
                     "another request for another purpose, which is said to be supported", "the same");
  }
  for (auto const& option : rules.options) {
    bool refused = false;
    bool changes = false;
    for (std::size_t i = 0; i < bases.size(); ++i)
      for (auto const& value : values_of(option)) {
        auto order = bases[i];
        std::erase_if(order.campaign.options,
                      [&](CampaignOption const& each) { return each.name == option.name; });
        order.campaign.options.push_back({std::string{option.name}, value});
        auto const requests = requests_of(workbench, order);
        refused = refused || !requests;
        changes = changes || (requests && requests != plain[i]);
      }
    // A value that is only accepted together with other options cannot be tried.
    workbench.expect(changes || refused, "other requests with the option " + std::string{option.name},
                     "the same for every value");
  }
}

}  // namespace

void check_writing_claims(Workbench& workbench) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const& adapter = *site->adapter();
  auto const& capabilities = workbench.capabilities();
  auto const writes = [&](Operation operation) {
    return operation.action != Action::read && adapter.has(operation);
  };
  auto const expect_row = [&](Operation operation) {
    auto const row = std::ranges::find(capabilities.operations, operation, &OperationSupport::operation);
    workbench.expect(row != capabilities.operations.end() && !row->evidence.empty(),
                     "a row with the reason for an operation that the vendor does not have",
                     "none for " + std::string{to_string(operation)});
  };
  if (std::ranges::any_of(list_operations, [&](Operation operation) { return adapter.has(operation); }))
    for (auto const operation : list_operations) expect_row(operation);
  expect_limit(workbench, "lists.numbers", capabilities.lists.numbers);
  expect_limit(workbench, "lists.name", capabilities.lists.name);
  auto const& [numbers, name, least_name, plain_name, needs_numbers] = capabilities.lists;
  workbench.expect(least_name >= 1 && (name.most == 0 || least_name <= name.most),
                   "lists.least_name from 1 to the limit of lists.name", std::to_string(least_name));
  bool const makes = adapter.has(CreateRecipientList::operation);
  workbench.expect(makes || (name.most == 0 && !plain_name && !needs_numbers),
                   "no rules for the names of lists that cannot be made", "some");
  workbench.expect(makes || adapter.has(AddRecipients::operation) || numbers.most == 0,
                   "no limit for the numbers of lists to which none can be added",
                   std::to_string(numbers.most));
  auto const& reports = capabilities.reports;
  workbench.expect(reports.validity_hours >= 0 && (reports.validity_hours == 0 || !reports.evidence.empty()),
                   "reports.validity_hours of 0 or more, with evidence",
                   std::to_string(reports.validity_hours));
  workbench.expect(reports.delivery_reports || reports.validity_hours == 0,
                   "no validity_hours for a vendor without delivery reports",
                   std::to_string(reports.validity_hours));
  if (!std::ranges::any_of(writing_operations, writes)) return;
  for (auto const operation : writing_operations) expect_row(operation);
  auto const& rules = capabilities.campaigns;
  expect_features(workbench, rules, adapter);
  expect_options(workbench, rules);
  expect_limit(workbench, "recipients", rules.recipients);
  expect_limit(workbench, "lists", rules.lists);
  expect_limit(workbench, "name", rules.name);
  expect_limit(workbench, "reference", rules.reference);
  expect_limit(workbench, "gsm7_units", rules.gsm7_units);
  expect_limit(workbench, "ucs2_units", rules.ucs2_units);
  expect_limit(workbench, "characters", rules.characters);
  expect_limit(workbench, "days_ahead", rules.days_ahead);
  expect_limit(workbench, "sender.letters", rules.sender.letters);
  expect_limit(workbench, "sender.digits", rules.sender.digits);
  workbench.expect(rules.least_number_digits >= 1 && rules.least_number_digits <= 15,
                   "least_number_digits from 1 to 15", std::to_string(rules.least_number_digits));
  expect_effective(workbench, rules);
}

namespace {

/// What a create requested, and the names that the vendor stored.
struct Creation {
  std::vector<std::string> requests{};
  std::vector<std::string> names{};
};

std::optional<Creation> create_with(Workbench& workbench, Order const& order, std::string const& token) {
  auto const site = WritingSite::make(workbench);
  if (!site) return std::nullopt;
  auto const before = site->simulator().account();
  site->begin();
  auto const submission =
      site->client().call(CreateCampaign{.campaign = Orders::at(order, *site), .token = token});
  if (!submission) workbench.said(submission.error());
  if (!workbench.expect(submission.has_value(), order.name + " with the token " + token + " to be created",
                        shown(submission)))
    return std::nullopt;
  Creation creation;
  std::string all;
  for (auto const& call : site->calls()) {
    creation.requests.push_back(call_text(call));
    all += creation.requests.back();
  }
  // A name that is in no request is the vendor's.
  auto const after = site->simulator().account();
  auto const add = [&](std::string const& name) {
    if (!name.empty() && all.find(name) != std::string::npos) creation.names.push_back(name);
  };
  for (auto const& campaign : created(before, after)) add(campaign.name);
  for (auto i = before.lists().size(); i < after.lists().size(); ++i) add(after.lists()[i].name);
  for (auto i = before.templates.size(); i < after.templates.size(); ++i) add(after.templates[i].name);
  return creation;
}

std::int64_t characters_of(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

void check_new_names(Workbench& workbench) {
  Orders const orders{workbench};
  if (!orders.any()) return;
  // as long as a token can be
  std::string const token = "abcdefghijklmnopqrstuvw1";
  std::string const another = "abcdefghijklmnopqrstuvw2";
  auto const& order = orders.basic();
  auto const first = create_with(workbench, order, token);
  auto const second = create_with(workbench, order, token);
  auto const other = create_with(workbench, order, another);
  if (!first || !second || !other) return;
  workbench.expect(first->requests == second->requests, "the same requests for the same token",
                   "other requests");
  if (first->requests.size() == second->requests.size())
    for (std::size_t i = 0; i < first->requests.size(); ++i)
      if (first->requests[i] != second->requests[i])
        workbench.expect(false, "the same request for the same token", second->requests[i]);
  for (auto const& name : first->names) {
    workbench.expect(std::ranges::find(other->names, name) == other->names.end(),
                     "other names for another token", name);
    auto const most = workbench.capabilities().campaigns.name.most;
    workbench.expect(most == 0 || characters_of(name) <= most,
                     "a name of at most " + std::to_string(most) + " characters", name);
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
