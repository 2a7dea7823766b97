// Records of the lists around campaigns that are odd or damaged: no other record changes, nothing is
// invented, and nothing personal is reported.
#include "testing/conformance/answer.hpp"
#include "testing/conformance/element_edits.hpp"
#include "testing/conformance/quoting.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::size_t few_campaigns = 24;

/// A list whose responses are changed on their way.
class OddElements {
 public:
  OddElements(Workbench& workbench, Site& site, ElementKind const& kind, Subject const& subject, Spot spot)
      : workbench_{workbench}, site_{site}, kind_{kind}, subject_{subject}, spot_{std::move(spot)} {
    others_ = subject_.healthy.elements;
    others_.erase(others_.begin() + static_cast<std::ptrdiff_t>(spot_.index));
  }

  void run() {
    auto const said = workbench_.everything_said().size();
    try_edits();
    try_strangers();
    try_no_lists();
    try_missing_record();
    try_damage();
    expect_private(said);
  }

 private:
  using Change = std::function<std::optional<std::string>(Answer const&)>;

  [[nodiscard]] std::string in_list() const { return " in the list `" + kind_.name() + '`'; }

  /// Reads the list when the response that holds the record is changed. Returns nothing if it cannot be.
  std::optional<ElementList> changed(Change const& change) {
    bool done = false;
    site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
      auto const answer = site_.of_session(request) ? nullptr : Answer::parse(response.body);
      if (!answer || answer->members(spot_.key).empty()) return;
      if (auto body = change(*answer)) {
        response.body = *std::move(body);
        done = true;
      }
    });
    auto list = kind_.read(site_, site_.client(), {.campaign = subject_.campaign});
    site_.tap().damage({});
    static_cast<void>(site_.traffic());
    return done ? std::optional{std::move(list)} : std::nullopt;
  }

  /// Returns whether this is the element as another response shows it. A vendor can list elements twice: in
  /// full, and with only some of their values. When the first record is damaged, the second one cannot be
  /// taken for the same element.
  [[nodiscard]] bool from_second_record(Element const& element) const {
    auto const& values = subject_.healthy.elements[spot_.index].values;
    return spot_.twice && element.id.empty() && !element.notes.empty() &&
           std::ranges::includes(values, element.values);
  }

  /// Returns the element that the list has besides the others. Adds a finding if one of those has changed.
  std::optional<Element> besides(ElementList const& list, std::string const& how) {
    std::optional<Element> mine;
    std::size_t found = 0;
    std::size_t more = 0;
    bool second = false;
    for (auto const& element : list.elements) {
      if (found < others_.size() && element.same(others_[found]))
        ++found;
      else if (!mine)
        mine = element;
      else if (!second && from_second_record(element))
        second = true;
      else
        ++more;
    }
    workbench_.expect(!list.error && found == others_.size() && more == 0,
                      "every other element unchanged" + in_list() + how, shown(list));
    return mine;
  }

  void try_edits() {
    auto const base = subject_.healthy.elements[spot_.index];
    ElementEdits edits{workbench_, "an element of the list `" + kind_.name() + '`', base,
                       kind_.of_campaign ? subject_.campaign : std::string{}};
    std::vector<Member> members;
    static_cast<void>(changed([&](Answer const& answer) {
      members = answer.members(spot_.key);
      return std::optional<std::string>{};
    }));
    for (auto const& member : members)
      edits.try_member(member, [&](Edit const& edit) -> std::optional<EditedElement> {
        auto list = changed([&](Answer const& answer) { return answer.edited(spot_.key, {&edit, 1}); });
        if (!list) return std::nullopt;
        EditedElement result{.left_out = !list->report.missed.empty()};
        result.element = besides(*list, " when " + edit.path + " is changed");
        result.error = list->error;
        return result;
      });
  }

  void try_strangers() {
    for (auto const* const stranger : {"null", "42", "\"text\"", "[]", "{}"}) {
      auto const list =
          changed([&](Answer const& answer) { return answer.with_stranger(spot_.key, stranger); });
      if (!list) continue;
      auto const how = std::string{" when "} + stranger + " replaces a record";
      if (auto const mine = besides(*list, how); mine && !from_second_record(*mine))
        workbench_.expect(mine->id.empty() && mine->value("number").empty() && !mine->notes.empty(),
                          "nothing but a note for a value that is not a record" + in_list() + how,
                          '"' + mine->value("number") + '"');
    }
  }

  void try_no_lists() {
    for (auto const* const empty : {"null", "[]", "{}"}) {
      auto const list = changed([&](Answer const& answer) { return answer.with_list(spot_.key, empty); });
      if (list)
        workbench_.expect(!list->error || list->error->code == ErrorCode::protocol,
                          std::string{"an empty list, or `protocol`, for the list "} + empty + in_list(),
                          shown(*list));
    }
    for (auto const* const odd :
         {"42", "true", "\"text\"", "[42]", "[null]", "[\"text\"]", R"([{"stranger":true}])"}) {
      auto const list = changed([&](Answer const& answer) { return answer.with_list(spot_.key, odd); });
      if (list)
        workbench_.expect(list->error && list->error->code == ErrorCode::protocol,
                          std::string{"`protocol` for the list "} + odd + in_list(), shown(*list));
    }
  }

  /// Checks that the report says so if there are fewer elements than the vendor counts.
  void try_missing_record() {
    if (!subject_.healthy.expected() || !subject_.healthy.report.missed.empty()) return;
    auto const list = changed([&](Answer const& answer) { return answer.with_stranger(spot_.key, "null"); });
    if (list && !list->error)
      workbench_.expect(!list->report.missed.empty(),
                        "a sentence in ListReport::missed if an element is missing" + in_list(),
                        shown(*list));
  }

  struct ListDamage {
    std::string name{};
    std::function<void(HttpResponse& response)> how{};
    std::optional<ErrorCode> code{};  ///< absent: `protocol` or a refusal
  };

  static std::vector<ListDamage> damages(std::string const& words) {
    auto const replace = [](int status, std::string body) {
      return [=](HttpResponse& response) { response = {.status = status, .headers = {}, .body = body}; };
    };
    auto const cut = [](std::size_t thirds) {
      return [=](HttpResponse& response) { response.body.resize(response.body.size() * thirds / 3); };
    };
    std::string const page = "<html><body>Maintenance</body></html>";
    std::vector<ListDamage> all{
        {"a third of a response", cut(1), ErrorCode::protocol},
        {"two thirds of a response", cut(2), ErrorCode::protocol},
        {"an empty response", replace(200, ""), ErrorCode::protocol},
        {"an HTML page", replace(200, page), ErrorCode::protocol},
        {"HTTP 500", replace(500, page), ErrorCode::unavailable},
        {"HTTP 502", replace(502, page), ErrorCode::unavailable},
        {"a text that quotes a number", replace(400, words), std::nullopt},
    };
    all.push_back({"HTTP 429",
                   [](HttpResponse& response) {
                     response = {429, {{"Retry-After", "7"}}, "too many"};
                   },
                   ErrorCode::rate_limited});
    return all;
  }

  /// Damages each response of the list, in every way.
  void try_damage() {
    auto const number = subject_.healthy.elements[spot_.index].value("number");
    auto all = damages("not accepted: " + words_about_number(number.empty() ? "+33601020304" : number));
    std::size_t requests = 0;
    site_.tap().damage(
        [&](HttpRequest const& request, HttpResponse&) { requests += site_.of_session(request) ? 0 : 1; });
    static_cast<void>(kind_.read(site_, site_.client(), {.campaign = subject_.campaign}));
    constexpr std::size_t most_requests_to_damage = 4;
    for (std::size_t which = 0; which < std::min(requests, most_requests_to_damage); ++which)
      for (auto const& damage : all) {
        std::size_t seen = 0;
        site_.tap().damage([&](HttpRequest const& request, HttpResponse& response) {
          if (!site_.of_session(request) && seen++ == which) damage.how(response);
        });
        auto const list =
            kind_.read(site_, site_.client(), {.campaign = subject_.campaign, .options = {.prefetch = 1}});
        expect_error(list, damage, which);
      }
    site_.tap().damage({});
    static_cast<void>(site_.traffic());
  }

  void expect_error(ElementList const& list, ListDamage const& damage, std::size_t which) {
    auto const what = " for " + damage.name + " (response " + std::to_string(which + 1) + ')' + in_list();
    if (!workbench_.expect(list.error.has_value(), "an error" + what, shown(list))) return;
    auto const& error = *list.error;
    workbench_.expect(error.effect == Effect::none && !error.message.empty() &&
                          error.provider == workbench_.options().provider.name,
                      "a provider, a message and effect `none`" + what, to_string(error));
    if (damage.code)
      workbench_.expect(error.code == *damage.code, '`' + std::string{to_string(*damage.code)} + '`' + what,
                        to_string(error));
    if (damage.code == ErrorCode::rate_limited)
      workbench_.expect(error.retry_after == std::chrono::seconds{7}, "the wait of 7 seconds" + what,
                        to_string(error));
    auto const& healthy = subject_.healthy.elements;
    workbench_.expect(list.elements.size() <= healthy.size() &&
                          std::ranges::equal(list.elements, std::span{healthy}.first(list.elements.size()),
                                             [](auto const& a, auto const& b) { return a.same(b); }),
                      "only elements of the list before the error" + what, shown(list));
  }

  /// Checks that no number and no text was reported.
  void expect_private(std::size_t said) {
    auto const report = workbench_.everything_said().substr(said);
    for (auto const& element : subject_.healthy.elements) {
      auto const number = element.value("number");
      workbench_.expect(number.empty() || !quotes_number(report, number),
                        "no phone number in an error, a log line or a report" + in_list(), number);
      auto const text = element.value("text");
      workbench_.expect(quoted(report, text).empty(),
                        "no message text in an error, a log line or a report" + in_list(),
                        quoted(report, text));
      if (&element - subject_.healthy.elements.data() > 20) break;
    }
  }

  Workbench& workbench_;
  Site& site_;
  ElementKind const& kind_;
  Subject const& subject_;
  Spot spot_;
  std::vector<Element> others_{};
};

}  // namespace

void check_other_records(Workbench& workbench) {
  auto const first = workbench.site();
  if (!first) return;
  for (auto const& kind : element_kinds(first->adapter())) {
    auto const site = workbench.site({}, few_campaigns);
    if (!site) return;
    auto const subject = choose_subject(workbench, *site, kind);
    if (!subject || subject->healthy.error || subject->healthy.elements.size() < 2) continue;
    if (auto spot = find_spot(workbench, *site, kind, *subject))
      OddElements{workbench, *site, kind, *subject, *std::move(spot)}.run();
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
