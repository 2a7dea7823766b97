// Failures while something is changed: what an error says about the effect is true, and nobody is reached
// twice.
#include "testing/conformance/write_tasks.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

constexpr std::string_view empty_before = "an empty 200 before the vendor";

using Instead = std::function<Result<HttpResponse>(HttpResponse const&)>;

Instead respond_with(int status, std::string body, std::vector<Header> headers = {}) {
  return [=](HttpResponse const&) { return HttpResponse{status, headers, body}; };
}
Instead no_response(Effect effect) {
  return [effect](HttpResponse const&) {
    return Error{.code = ErrorCode::network, .effect = effect, .transient = true, .message = "no response"};
  };
}

/// `refusal` is the body of one of the vendor's error responses.
std::vector<WriteFault> write_faults(std::string const& refusal, bool sessions) {
  std::vector<Header> const html{{"Content-Type", "text/html"}};
  std::string const page = "<html><body>Maintenance</body></html>";
  std::vector<Header> const elsewhere{{"Location", "https://elsewhere.example.com/"}};
  std::vector<WriteFault> faults{
      {"a refused connection", false, no_response(Effect::none)},
      {"a proxy's 502 before the vendor", false, respond_with(502, page, html)},
      {.name = "a proxy's 502 before the vendor and no connection afterwards",
       .instead = respond_with(502, page, html),
       .is_last = true},
      {"a proxy's 429 before the vendor", false, respond_with(429, page, {{"Retry-After", "0"}})},
      {empty_before, false, respond_with(200, "")},
      {"an HTML page with 200 before the vendor", false, respond_with(200, page, html)},
      {"a redirect before the vendor", false, respond_with(302, "", elsewhere)},
      {"a lost answer", true, no_response(Effect::unknown)},
      {.name = "a lost answer and no connection afterwards",
       .acted = true,
       .instead = no_response(Effect::unknown),
       .is_last = true},
      {"half of the answer", true,
       [](HttpResponse const& answer) {
         auto cut = answer;
         cut.body.resize(cut.body.size() / 2);
         return cut;
       }},
      {"a proxy's 502 instead of the answer", true, respond_with(502, page, html)},
      {"a proxy's 504 instead of the answer", true, respond_with(504, page, html)},
      {"a 500 with the vendor's words instead of the answer", true, respond_with(500, refusal)},
      {"an empty 200 instead of the answer", true, respond_with(200, "")},
      {"an HTML page with 200 instead of the answer", true, respond_with(200, page, html)},
      {"a redirect instead of the answer", true, respond_with(302, "", elsewhere)},
  };
  if (sessions)
    faults.push_back({.name = "an expired session", .acted = true, .ends_sessions = true});
  else
    faults.push_back({"a 401 before the vendor", false, respond_with(401, "")});
  return faults;
}

/// An operation without a fault.
struct Healthy {
  std::vector<Made> made{};
  std::optional<std::size_t> decisive{};  ///< the last request besides reads
};

/// One operation with one fault.
class Trial {
 public:
  Trial(WritingSite& site, WriteTask const& task, Healthy const& healthy, WriteFault const& fault,
        std::size_t request)
      : site_{site},
        workbench_{site.workbench()},
        task_{task},
        healthy_{healthy},
        fault_{fault},
        request_{request},
        what_{task.name + ", with " + std::string{fault.name} + " at " +
              shown_request(healthy.made[request].request)} {}

  void run() {
    auto const id = task_.prepare ? task_.prepare(site_) : std::string{};
    if (task_.prepare && id.empty()) return;
    auto const before = site_.simulator().account();
    site_.begin();
    site_.disturb(request_, fault_);
    auto const outcome = task_.run(site_, id);
    auto const made = site_.made();
    if (std::ranges::none_of(made, &Made::disturbed)) return;
    if (outcome.error) workbench_.said(*outcome.error);
    workbench_.said(outcome.notes);
    auto const after = site_.simulator().account();
    bool const untouched =
        before.campaigns() == after.campaigns() && (!task_.of_lists || before.lists() == after.lists());
    if (task_.creates())
      workbench_.expect(created(before, after).size() <= 1, "at most one new campaign after " + what_,
                        std::to_string(created(before, after).size()));
    if (outcome.error)
      check_error(*outcome.error, before, after, untouched);
    else
      workbench_.expect(task_.done(before, after, id), "a success only if it took place: " + what_,
                        untouched ? "a success, although nothing changed" : "another change");
    check_recovery(outcome, id, untouched);
    if (task_.reads() && outcome.error == std::nullopt) check_invention();
    expect_no_surprise(site_, made, what_);
    if (task_.creates() && outcome.error && outcome.error->effect == Effect::none)
      workbench_.expect(site_.simulator().reached().empty(), "nobody reached if the effect is none: " + what_,
                        "some people");
  }

 private:
  void check_error(Error const& error, SimulatedAccount const& before, SimulatedAccount const& after,
                   bool untouched) {
    workbench_.expect(!error.message.empty() && error.provider == workbench_.options().provider.name,
                      "a provider and a message for " + what_, to_string(error));
    if (error.effect == Effect::none)
      workbench_.expect(untouched, "effect `unknown` if the vendor has processed the request: " + what_,
                        to_string(error));
    if (task_.reads())
      workbench_.expect(error.effect == Effect::none, "effect `none` of a read: " + what_, to_string(error));
    bool const sent = std::ranges::any_of(
        site_.calls(), [](protocol::Call const& call) { return call.request.action == Action::sends; });
    if (task_.creates() && !sent)
      workbench_.expect(error.effect == Effect::none,
                        "effect `none` if the request that sends was not made: " + what_, to_string(error));
    if (!task_.creates()) return;
    auto const named = [&](std::string const& id, std::string const& name) {
      return error.message.find(id) != std::string::npos ||
             (!name.empty() && error.message.find(name) != std::string::npos);
    };
    for (auto i = before.lists().size(); i < after.lists().size(); ++i)
      workbench_.expect(named(after.lists()[i].id, after.lists()[i].name),
                        "the list that stays at the vendor in the error for " + what_, error.message);
    for (auto i = before.templates.size(); i < after.templates.size(); ++i)
      workbench_.expect(named(after.templates[i].id, after.templates[i].name),
                        "the template that stays at the vendor in the error for " + what_, error.message);
  }

  /// Checks that a success stays one, whatever happens to the reads after it.
  void check_recovery(WriteOutcome const& outcome, std::string const& id, bool untouched) {
    auto const seen = outcome.error ? to_string(*outcome.error) : std::string{"a success"};
    if (fault_.ends_sessions)
      workbench_.expect(!outcome.error || (outcome.error->effect == Effect::none && untouched),
                        "a success, or effect `none`, for " + what_, seen);
    if (!healthy_.decisive) return;
    if (request_ > *healthy_.decisive)
      workbench_.expect(!outcome.error, "a success, because the vendor has reported it before: " + what_,
                        seen);
    bool const can_look = request_ == *healthy_.decisive && fault_.acted && !fault_.is_last;
    if (!can_look || untouched) return;
    if (task_.shows && task_.shows(site_.client().get(id)))
      workbench_.expect(!outcome.error, "a success, because the campaign shows the change: " + what_, seen);
    if (task_.list_shows && task_.list_shows(site_, id))
      workbench_.expect(!outcome.error, "a success, because the list shows the change: " + what_, seen);
  }

  /// Checks that damage does not become a balance, a price or a list of senders.
  void check_invention() {
    auto const damaged = !fault_.ends_sessions && healthy_.made.size() == 1;
    workbench_.expect(!damaged, "an error for " + what_, "a success");
  }

  WritingSite& site_;
  Workbench& workbench_;
  WriteTask const& task_;
  Healthy const& healthy_;
  WriteFault const& fault_;
  std::size_t request_;
  std::string what_;
};

std::optional<Healthy> run_healthy(Workbench& workbench, WriteTask const& task) {
  auto const site = WritingSite::make(workbench);
  if (!site) return std::nullopt;
  auto const id = task.prepare ? task.prepare(*site) : std::string{};
  site->begin();
  auto const outcome = task.run(*site, id);
  if (!workbench.expect(!outcome.error, task.name + " to succeed",
                        outcome.error ? to_string(*outcome.error) : ""))
    return std::nullopt;
  Healthy all{.made = site->made()};
  for (std::size_t i = 0; i < all.made.size(); ++i)
    if (all.made[i].request.action != Action::read) all.decisive = i;
  return all;
}

}  // namespace

void check_writing_faults(Workbench& workbench) {
  Orders const orders{workbench};
  auto const tasks = write_tasks(workbench, orders);
  if (tasks.empty()) return;
  auto const first = WritingSite::make(workbench);
  if (!first) return;
  auto const faults = write_faults(vendor_refusal(*first).body, first->adapter()->log_in().has_value());
  for (auto const& task : tasks) {
    auto const good = run_healthy(workbench, task);
    if (!good) continue;
    for (auto const& fault : faults)
      for (std::size_t request = 0; request < good->made.size(); ++request) {
        // An answer without a body can be all that the vendor documents.
        if (fault.name == empty_before && good->made[request].body.empty()) continue;
        for (bool const retries : {false, true}) {
          if (retries && task.reads()) continue;
          auto const site = WritingSite::make(workbench, {.retries = retries});
          if (!site) return;
          Trial{*site, task, *good, fault, request}.run();
        }
      }
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
