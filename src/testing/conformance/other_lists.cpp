// Lists around campaigns: every element exactly once, at any page size and prefetch, as it really is.
#include "testing/conformance/elements.hpp"
#include "testing/conformance/ids.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

/// Compares elements with what the simulator says that they are. Every value that is reported must be true.
class ElementTruth {
 public:
  explicit ElementTruth(std::vector<SimulatedRecord> records) : records_{std::move(records)} {}

  /// Returns what is not true of any record that is left, or an empty string.
  std::string take(Element const& element) {
    std::string why = "the number \"" + element.value("number") + "\", which none of the records has";
    for (auto record = records_.begin(); record != records_.end(); ++record) {
      if (record->number != element.value("number")) continue;
      why = untruth_of(element, *record);
      if (!why.empty()) continue;
      records_.erase(record);
      return {};
    }
    return why;
  }

 private:
  static std::string untruth_of(Element const& element, SimulatedRecord const& record) {
    auto const compare = [&](std::string const& name, std::string const& so) {
      auto const value = element.values.find(name);
      if (value == element.values.end() || value->second == so) return std::string{};
      return name + " \"" + value->second + "\" instead of \"" + so + '"';
    };
    auto why = compare("text", record.text);
    if (why.empty() && !record.reference.empty()) why = compare("reference", record.reference);
    for (auto const* const name : {"at", "sent_at"})
      if (why.empty() && !element.has_time(name, record.at))
        why = std::string{name} + " \"" + element.value(name) + "\" instead of \"" +
              (record.at ? to_rfc3339(*record.at) : "never") + '"';
    if (why.empty() && record.status != MessageStatusCode::received)
      why = compare("status", std::string{to_string(record.status)});
    return why;
  }

  std::vector<SimulatedRecord> records_;
};

class ElementTrials {
 public:
  ElementTrials(Workbench& workbench, Site& site, ElementKind const& kind, Subject subject)
      : workbench_{workbench}, site_{site}, kind_{kind}, subject_{std::move(subject)} {}

  void run() {
    check_healthy();
    check_pages();
    check_truth_of_elements();
    check_raw_texts();
    check_resuming_elements();
    if (kind_.operation == ListMessages::operation) check_statuses();
    if (kind_.of_campaign) check_campaigns();
  }

 private:
  [[nodiscard]] ElementList read(ElementQuery query) {
    if (query.campaign.empty()) query.campaign = subject_.campaign;
    return kind_.read(site_, site_.client(), query);
  }
  [[nodiscard]] std::string in_list(std::string_view more = {}) const {
    return " in the list `" + kind_.name() + '`' + std::string{more};
  }
  [[nodiscard]] int page_size(int wanted) const {
    auto const& c = site_.capabilities();
    return std::clamp(wanted, c.min_page_size, c.max_page_size);
  }

  void check_healthy() {
    auto const healthy = read({});
    workbench_.expect(!healthy.error && healthy.report.complete, "a list that ends" + in_list(),
                      shown(healthy));
    for (auto const& element : healthy.elements) {
      if (kind_.operation != ListRecipientLists::operation)
        workbench_.expect(element.provider == workbench_.options().provider.name,
                          "the provider's name" + in_list(), '"' + element.provider + '"');
      if (kind_.of_campaign)
        workbench_.expect(element.value("campaign") == subject_.campaign,
                          "the id of the campaign, " + subject_.campaign + ',' + in_list(),
                          '"' + element.value("campaign") + '"');
      workbench_.expect(element.notes.empty(), "no notes on a record that is as documented" + in_list(),
                        element.notes.empty() ? "" : element.notes.front());
    }
    for (auto const& one : site_.traffic()) {
      if (site_.of_session(one.request)) continue;
      workbench_.expect(one.request.action == Action::read, "requests that are declared `read`" + in_list(),
                        one.request.url);
      workbench_.expect(one.request.url.starts_with(site_.adapter().endpoint().base_url),
                        "requests below base_url" + in_list(), one.request.url);
    }
    for (auto const& info : healthy.infos)
      workbench_.expect(
          info.records >= 0 && (!info.total || *info.total >= 0) && (!info.expected || *info.expected >= 0),
          "no negative number in PageInfo" + in_list(), std::to_string(info.records));
  }

  /// Checks that the list is the same whatever its pages are.
  void check_pages() {
    for (auto const size : {page_size(1), page_size(7), page_size(1000)})
      for (int const prefetch : {1, 3}) {
        // A vendor that lists the messages of a period can need many pages for those of one campaign.
        if (subject_.healthy.report.records > 100 * size) continue;
        auto const list = read({.options = {.page_size = size, .prefetch = prefetch}});
        auto const where =
            in_list(" (page_size " + std::to_string(size) + ", prefetch " + std::to_string(prefetch) + ')');
        workbench_.expect(!list.error && same(list.elements, subject_.healthy.elements),
                          "the same elements" + where, shown(list));
        workbench_.expect(list.report.missed == subject_.healthy.report.missed && list.report.duplicates == 0,
                          "the report of a complete list without anomalies" + where, shown(list));
      }
    static_cast<void>(site_.traffic());
  }

  void check_truth_of_elements() {
    auto const records = site_.simulator().records(kind_.operation, subject_.campaign);
    if (!records) return;
    auto const& elements = subject_.healthy.elements;
    workbench_.expect(elements.size() == records->size(),
                      "each of " + std::to_string(records->size()) + " elements exactly once" + in_list(),
                      shown(subject_.healthy));
    ElementTruth truth{*records};
    for (auto const& element : elements) {
      auto const why = truth.take(element);
      workbench_.expect(why.empty(), "every element as it really is" + in_list(), why);
    }
    if (auto const expected = subject_.healthy.expected())
      workbench_.expect(*expected == std::ssize(*records) && subject_.healthy.report.missed.empty(),
                        "PageInfo::expected to be the number of elements, " +
                            std::to_string(records->size()) + ',' + in_list(),
                        std::to_string(*expected));
  }

  void check_raw_texts() {
    bool const has_raw = kind_.operation == ListMessages::operation;
    for (auto const& element : subject_.healthy.elements)
      workbench_.expect(element.raw.empty(), "no raw record unless keep_raw is set" + in_list(), element.raw);
    if (!has_raw) return;
    auto const list = read({.options = {.keep_raw = true}});
    auto const traffic = site_.traffic();
    for (auto const& element : list.elements) {
      auto const sent = [&](Exchanged const& one) {
        return one.response.body.find(element.raw) != std::string::npos;
      };
      workbench_.expect(!element.raw.empty() && std::ranges::any_of(traffic, sent),
                        "the record as it was sent, in raw(), with keep_raw" + in_list(),
                        '"' + element.raw.substr(0, 60) + '"');
    }
  }

  void check_resuming_elements() {
    auto const& all = subject_.healthy.elements;
    auto const size = page_size(7);
    for (auto const stop : std::set<std::size_t>{1, all.size() / 3, all.size() / 2, all.size() - 1}) {
      if (stop == 0 || stop >= all.size()) continue;
      std::string token;
      auto begun = read({.options = {.page_size = size}, .most = stop, .token = &token});
      auto const other = site_.another_client();
      if (!other) return;
      auto rest =
          kind_.read(site_, *other,
                     {.campaign = subject_.campaign, .options = {.page_size = size, .resume_token = token}});
      auto const where = in_list(" when it is resumed after " + std::to_string(stop));
      if (rest.error) workbench_.said(*rest.error);
      auto joined = std::move(begun.elements);
      joined.insert(joined.end(), rest.elements.begin(), rest.elements.end());
      // Replies that a vendor lists twice may be repeated, and the report says so.
      auto const all_there = [&] {
        return std::ranges::all_of(all, [&](Element const& one) {
          return std::ranges::any_of(joined, [&](Element const& there) { return one.same(there); });
        });
      };
      bool const repeats = kind_.operation == ListReplies::operation && !rest.report.missed.empty();
      workbench_.expect(!rest.error && (repeats ? all_there() : same(joined, all)),
                        "the other elements" + where, shown(rest));
      if (!kind_.of_campaign) continue;
      auto const wrong =
          read({.campaign = subject_.campaign + '0', .options = {.page_size = size, .resume_token = token}});
      workbench_.expect(
          wrong.elements.empty() && wrong.error && wrong.error->code == ErrorCode::invalid_argument,
          "`invalid_argument` for the resume token of another campaign" + in_list(), shown(wrong));
    }
    static_cast<void>(site_.traffic());
  }

  void check_statuses() {
    for (auto const code : all_message_status_codes()) {
      auto expected = subject_.healthy.elements;
      std::erase_if(expected, [&](Element const& one) { return one.value("status") != to_string(code); });
      auto const list = read({.statuses = {code}});
      workbench_.expect(!list.error && same(list.elements, expected),
                        std::to_string(expected.size()) + " messages with the status " +
                            std::string{to_string(code)} + in_list(),
                        shown(list));
    }
    static_cast<void>(site_.traffic());
  }

  /// Checks that no other campaign's records are returned, whatever the id is.
  void check_campaigns() {
    auto const odd_list = [&](std::string const& id, std::string const& what) {
      auto const list = kind_.read(site_, site_.client(), {.campaign = id});
      workbench_.expect(
          list.elements.empty() && (!list.error || (list.error->effect == Effect::none &&
                                                    (list.error->code == ErrorCode::not_found ||
                                                     list.error->code == ErrorCode::invalid_argument))),
          "no elements, `not_found` or `invalid_argument` for " + what + in_list(), shown(list));
      return list.error.has_value();
    };
    static_cast<void>(read({}));
    std::vector<UrlFrame> frames;
    for (auto const& one : site_.traffic())
      if (!site_.of_session(one.request)) frames.emplace_back(one.request.url, subject_.campaign);
    for (auto const& odd : odd_ids(subject_.campaign)) {
      odd_list(odd, "the id \"" + odd + '"');
      std::size_t which = 0;
      for (auto const& one : site_.traffic()) {
        if (site_.of_session(one.request)) continue;
        workbench_.expect(fit(one.request),
                          "no control character in a request for the id \"" + odd + '"' + in_list(),
                          one.request.url);
        if (which == 0 && !frames.empty())
          workbench_.expect(
              frames.front().contains(one.request.url),
              "the id in a single part of the URL, as in " + frames.front().pattern() + ',' + in_list(),
              one.request.url);
        ++which;
      }
    }
    auto const gone = site_.simulator().add_campaign();
    site_.simulator().remove_campaign(gone);
    odd_list(gone, "a campaign that was deleted");
    static_cast<void>(site_.traffic());
  }

  Workbench& workbench_;
  Site& site_;
  ElementKind const& kind_;
  Subject subject_;
};

}  // namespace

void check_other_lists(Workbench& workbench) {
  auto const first = workbench.site();
  if (!first) return;
  for (auto const& kind : element_kinds(first->adapter())) {
    auto const site = workbench.site();
    if (!site) return;
    if (auto subject = choose_subject(workbench, *site, kind))
      ElementTrials{workbench, *site, kind, *std::move(subject)}.run();
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
