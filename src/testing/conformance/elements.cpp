// The lists around campaigns, whatever their elements are.
#include "testing/conformance/elements.hpp"

#include "testing/conformance/answer.hpp"
#include "testing/conformance/quoting.hpp"
#include "testing/conformance/writing_site.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr int most_requests_of_a_list = 1000;
constexpr std::size_t most_candidates = 8;
constexpr std::int64_t good_size = 40;

void put(Element& element, std::string name, std::optional<std::string> const& value) {
  if (value) element.values.emplace(std::move(name), *value);
}
void put(Element& element, std::string name, CompactOptional<Timestamp> const& time) {
  if (!time) return;
  if (time->zone == ZoneBasis::assumed) element.assumed.insert(name);
  element.values.emplace(std::move(name), to_rfc3339(time->time));
}
void put(Element& element, std::string name, Count const& count) {
  if (count) element.values.emplace(std::move(name), std::to_string(*count));
}

Element converted(Message const& message) {
  Element element{.id = message.id,
                  .notes = message.notes,
                  .raw = std::string{message.raw()},
                  .provider = std::string{message.provider}};
  put(element, "campaign", message.campaign);
  put(element, "reference", message.reference);
  put(element, "number", message.number);
  put(element, "sender", message.sender);
  put(element, "text", message.text);
  put(element, "status", std::string{to_string(message.status.code)});
  put(element, "status word", message.status.vendor_word);
  put(element, "created_at", message.created_at);
  put(element, "sent_at", message.sent_at);
  put(element, "reported_at", message.reported_at);
  put(element, "parts", message.parts);
  if (message.cost) put(element, "cost", message.cost->amount.text() + ' ' + message.cost->unit);
  put(element, "country", message.country);
  return element;
}

Element converted(RecipientList const& list) {
  return element_of(list);
}

/// Of a reply or an opt-out.
template <class Item>
requires(std::is_same_v<Item, Reply> || std::is_same_v<Item, OptOut>) Element converted(Item const& item) {
  Element element{.id = item.id, .notes = item.notes, .provider = std::string{item.provider}};
  put(element, "campaign", item.campaign);
  put(element, "number", item.number);
  put(element, "text", item.text);
  put(element, "at", item.at);
  put(element, "reference", item.reference);
  return element;
}

/// Leaves values behind in an element that was read. None of them may come back in a later element.
template <class Item>
void scribble(Item& item) {
  std::string const word = "left by the reader of another element";
  Timestamp const time{std::chrono::sys_days{std::chrono::year{1999} / 12 / 31}, ZoneBasis::configured};
  item.id = word;
  item.notes = {word};
  if constexpr (std::is_same_v<Item, RecipientList>) {
    item.name = word;
    item.size = 987'654'321;
    item.created_at = time;
  } else {
    item.provider = "scribble";
    item.campaign = item.number = item.text = item.reference = word;
  }
  if constexpr (std::is_same_v<Item, Message>) {
    item.sender = item.country = word;
    item.status = {MessageStatusCode::rejected, word};
    item.created_at = item.sent_at = item.reported_at = time;
    item.parts = 987'654'321;
    item.cost = Cost{.unit = word, .kind = CostKind::estimate};
    item.raw_record = word;
  }
  if constexpr (requires { item.at; }) item.at = time;
}

template <class Op>
ElementList read_elements(Site& site, CampaignClient& client, ElementQuery const& query) {
  Op op{};
  if constexpr (requires { op.campaign; }) op.campaign = query.campaign;
  if constexpr (requires { op.statuses; }) op.statuses = query.statuses;
  ElementList list;
  site.tap().allow(most_requests_of_a_list);
  static_cast<void>(site.take_infos());
  auto pager = client.list(std::move(op), query.options);
  for (auto& item : pager) {
    if (!item) {
      list.error = std::move(item).error();
      break;
    }
    list.elements.push_back(converted(*item));
    scribble(*item);
    if (query.most > 0 && list.elements.size() == query.most) break;
  }
  list.report = pager.report();
  list.infos = site.take_infos();
  site.say(list.error, list.report, pager.resume_token());
  if (query.token != nullptr) *query.token = pager.resume_token();
  return list;
}

template <class Op>
void add_kind(std::vector<ElementKind>& all, Adapter const& adapter) {
  if (adapter.has(Op::operation))
    all.push_back({Op::operation, requires(Op op) { op.campaign;
}
, &read_elements<Op>
});
}

}  // namespace

Element element_of(RecipientList const& list) {
  Element element{.id = list.id.value_or(""), .notes = list.notes};
  put(element, "name", list.name);
  put(element, "size", list.size);
  put(element, "created_at", list.created_at);
  return element;
}

std::string Element::value(std::string const& name) const {
  auto const found = values.find(name);
  return found == values.end() ? std::string{} : found->second;
}

bool Element::has_time(std::string const& name, std::optional<std::chrono::sys_seconds> so) const {
  auto const found = values.find(name);
  if (found == values.end()) return true;
  auto const time = parse_time(found->second);
  if (!time || !so) return false;
  auto const off = std::chrono::abs(*time - *so);
  return off == std::chrono::seconds{0} || (assumed.contains(name) && off == std::chrono::hours{1});
}

std::optional<std::int64_t> ElementList::expected() const {
  for (auto const& info : infos)
    if (info.expected) return info.expected;
  return std::nullopt;
}

std::string shown(ElementList const& list) {
  auto text = std::to_string(list.elements.size()) + " elements";
  for (auto const& sentence : list.report.missed) text += ", missed: " + sentence;
  return list.error ? text + ", then " + to_string(*list.error) : text;
}

bool same(std::vector<Element> const& one, std::vector<Element> const& other) {
  return std::ranges::equal(one, other, [](Element const& a, Element const& b) { return a.same(b); });
}

std::string difference(Element const& one, Element const& other) {
  if (one.id != other.id) return "id: \"" + one.id + "\", \"" + other.id + '"';
  for (auto const* const side : {&one, &other})
    for (auto const& [name, value] : side->values)
      if (one.value(name) != other.value(name))
        return name + ": \"" + one.value(name) + "\", \"" + other.value(name) + '"';
  return {};
}

std::vector<ElementKind> element_kinds(Adapter const& adapter) {
  std::vector<ElementKind> all;
  add_kind<ListRecipientLists>(all, adapter);
  add_kind<ListMessages>(all, adapter);
  add_kind<ListReplies>(all, adapter);
  add_kind<ListOptOuts>(all, adapter);
  add_kind<ListStopList>(all, adapter);
  return all;
}

namespace {

/// Returns how many elements the list of a campaign should have.
std::int64_t size_of(ElementKind const& kind, SimulatedCampaign const& campaign) {
  if (kind.operation == ListReplies::operation) return campaign.counters.replies;
  if (kind.operation == ListOptOuts::operation) return campaign.counters.opt_outs;
  return campaign.counters.messages;
}

/// Returns the campaigns whose lists are worth a test, the best one first.
std::vector<std::string> candidates_for(Site& site, ElementKind const& kind) {
  if (!kind.of_campaign) return {std::string{}};
  auto const ids = site.simulator().campaign_ids();
  std::vector<std::pair<std::int64_t, std::string>> all;
  for (auto const& campaign : site.simulator().campaigns()) {
    auto const size = size_of(kind, campaign);
    if (size > 0 && std::ranges::find(ids, campaign.id) != ids.end())
      all.emplace_back(std::abs(size - good_size), campaign.id);
  }
  std::ranges::sort(all);
  if (all.size() > most_candidates) all.resize(most_candidates);
  std::vector<std::string> campaigns;
  for (auto& [distance, id] : all) campaigns.push_back(std::move(id));
  return campaigns;
}

}  // namespace

std::optional<Subject> choose_subject(Workbench& workbench, Site& site, ElementKind const& kind) {
  Subject best;
  std::string seen = "none";
  auto const candidates = candidates_for(site, kind);
  for (auto const& campaign : candidates) {
    auto list = kind.read(site, site.client(), {.campaign = campaign});
    if (list.error) seen = to_string(*list.error);
    if (list.elements.size() > best.healthy.elements.size()) best = {campaign, std::move(list)};
    if (best.healthy.elements.size() >= 4) break;
  }
  static_cast<void>(site.traffic());
  if (!best.healthy.elements.empty()) return best;
  auto const records = site.simulator().records(kind.operation, "");
  if (!kind.of_campaign && records && records->empty()) return std::nullopt;
  if (kind.of_campaign && candidates.empty()) return std::nullopt;
  workbench.expect(false, "elements in the list `" + kind.name() + "` of one of the simulator's campaigns",
                   seen);
  return std::nullopt;
}

std::optional<Spot> find_spot(Workbench& workbench, Site& site, ElementKind const& kind,
                              Subject const& subject) {
  std::vector<std::unique_ptr<Answer>> answers;
  site.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
    if (site.of_session(request)) return;
    if (auto answer = Answer::parse(response.body)) answers.push_back(std::move(answer));
  });
  static_cast<void>(kind.read(site, site.client(), {.campaign = subject.campaign}));
  site.tap().damage({});
  static_cast<void>(site.traffic());
  auto const& all = subject.healthy.elements;
  auto const number_of = [](Element const& element) { return element.value("number"); };
  for (std::size_t step = 0; step < all.size(); ++step) {
    auto const index = (all.size() / 2 + step) % all.size();
    auto const number = number_of(all[index]);
    std::vector<std::string> keys;
    if (!all[index].id.empty() && std::ranges::count(all, all[index].id, &Element::id) == 1)
      keys.push_back(all[index].id);
    if (!number.empty() && std::ranges::count(all, number, number_of) == 1) {
      keys.push_back(number);
      keys.push_back(number.substr(1));
    }
    auto const digits = only_digits(number);
    for (auto& key : keys) {
      auto const has = [](auto const& answer, std::string const& text) {
        return !answer->members(text).empty();
      };
      if (std::ranges::none_of(answers, [&](auto const& answer) { return has(answer, key); })) continue;
      bool const twice = !digits.empty() && std::ranges::any_of(answers, [&](auto const& answer) {
        return !has(answer, key) && (has(answer, number) || has(answer, digits));
      });
      return Spot{index, std::move(key), twice};
    }
  }
  workbench.expect(false,
                   "an element of `" + kind.name() + "` with an id or a number that the response contains",
                   "none of " + std::to_string(all.size()));
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::testing::conformance
