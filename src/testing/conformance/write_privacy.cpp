// Message texts, phone numbers and secrets never appear in what the library reports, even if the vendor
// quotes them.
#include "polycampaign/protocol/url.hpp"

#include "testing/conformance/answer.hpp"
#include "testing/conformance/quoting.hpp"
#include "testing/conformance/write_tasks.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

namespace {

/// What a request contains that the vendor can quote.
struct Contents {
  std::vector<std::string> texts{};
  std::vector<std::string> numbers{};
};

Contents contents_of(WriteTask const& task, HttpRequest const& request) {
  Contents contents;
  auto const all =
      request.body + ' ' + protocol::unescape(request.url) + ' ' + protocol::unescape(request.body);
  auto const add = [&](std::string const& text) {
    if (text.size() >= telling_passage && all.find(text) != std::string::npos) contents.texts.push_back(text);
  };
  if (task.order) {
    add(task.order->campaign.text);
    for (auto const& recipient : task.order->campaign.recipients) {
      if (recipient.text) add(*recipient.text);
      contents.numbers.push_back(recipient.number);
    }
  }
  contents.numbers.insert(contents.numbers.end(), task.numbers.begin(), task.numbers.end());
  if (task.change && task.change->text) add(*task.change->text);
  return contents;
}

/// Returns what a vendor could say about a request, all of which is secret.
std::string words_about(Contents const& contents, std::vector<std::string> const& secrets) {
  std::string words = "not accepted: ";
  for (auto const& text : contents.texts) words += '"' + text + "\" ";
  for (auto const& number : contents.numbers) words += words_about_number(number);
  for (auto const& secret : secrets) words += secret + ' ';
  return words;
}

void expect_nothing_quoted(WritingSite& site, std::string_view report, Contents const& contents,
                           std::string const& what) {
  auto& workbench = site.workbench();
  for (auto const& text : contents.texts) {
    auto const found = quoted(report, text);
    workbench.expect(found.empty(), "no message text in what is reported about " + what, found);
  }
  for (auto const& number : contents.numbers)
    workbench.expect(!quotes_number(report, number), "no phone number in what is reported about " + what,
                     number);
  for (auto const& secret : site.secrets())
    workbench.expect(report.find(secret) == std::string_view::npos,
                     "no secret in what is reported about " + what, std::string{report.substr(0, 200)});
}

/// Returns everything that an outcome reports besides campaigns.
std::string report_of(WriteOutcome const& outcome) {
  std::string all;
  if (outcome.error) all = to_string(*outcome.error) + '\n' + outcome.error->message + '\n';
  for (auto const& note : outcome.notes) all += note + '\n';
  return all;
}

using Quote = std::function<HttpResponse(std::string const& words, HttpResponse const& answer)>;

struct Quoting {
  std::string_view name{};
  Quote how{};
};

std::vector<Quoting> quotings(HttpResponse const& refusal) {
  auto const vendors = [refusal](int status, std::string const& words) {
    auto response = refusal;
    response.status = status;
    if (auto const answer = Answer::parse(refusal.body)) response.body = answer->with_sentences(words);
    return response;
  };
  return {
      {"a text",
       [](std::string const& words, HttpResponse const&) {
         return HttpResponse{400, {{"Content-Type", "text/plain"}}, words};
       }},
      {"the vendor's refusal",
       [=](std::string const& words, HttpResponse const&) { return vendors(refusal.status, words); }},
      {"the vendor's refusal with 422",
       [=](std::string const& words, HttpResponse const&) { return vendors(422, words); }},
      {"the vendor's refusal with 500",
       [=](std::string const& words, HttpResponse const&) { return vendors(500, words); }},
      {"an answer with other words",
       [](std::string const& words, HttpResponse const& real) {
         auto response = real;
         if (auto const answer = Answer::parse(real.body)) response.body = answer->with_all_texts(words);
         return response;
       }},
  };
}

void try_quoting(Workbench& workbench, WriteTask const& task, Quoting const& quoting, std::size_t request) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const id = task.prepare ? task.prepare(*site) : std::string{};
  auto const said = workbench.everything_said().size();
  site->begin();
  std::size_t seen = 0;
  Contents contents;
  bool quoted_it = false;
  site->edit([&](Made const& made, HttpResponse& response) {
    if (seen++ != request) return false;
    contents = contents_of(task, made.request);
    response = quoting.how(words_about(contents, site->secrets()), response);
    return quoted_it = true;
  });
  auto const outcome = task.run(*site, id);
  site->edit({});
  if (!quoted_it) return;
  auto report = workbench.everything_said().substr(said);
  // The notes of a success belong to it, and can quote a malformed value.
  if (outcome.error) report += report_of(outcome);
  expect_nothing_quoted(*site, report, contents, task.name + ", answered by " + std::string{quoting.name});
}

/// A message has room for a part of the vendor's words. If it ends within a secret, the beginning of the
/// secret must not be visible either.
void try_long_words(Workbench& workbench) {
  auto const site = WritingSite::make(workbench);
  if (!site) return;
  auto const refusal = vendor_refusal(*site);
  auto const answer = Answer::parse(refusal.body);
  auto const secrets = site->secrets();
  if (!answer || secrets.empty()) return;
  auto const& secret = secrets.front();
  if (secret.size() < 2 * telling_passage) return;
  auto const half = secret.substr(0, telling_passage);
  for (std::size_t padding = 0; padding < 600; padding += secret.size() - telling_passage) {
    site->edit([&](Made const&, HttpResponse& response) {
      response = refusal;
      response.body = answer->with_sentences("no: " + std::string(padding, '.') + secret);
      return true;
    });
    auto const said = workbench.everything_said().size();
    auto const missing = site->client().get("1");
    auto report = workbench.everything_said().substr(said);
    if (!missing) report += to_string(missing.error());
    workbench.expect(report.find(half) == std::string::npos,
                     "no part of a secret at the end of a long message",
                     "the beginning of a secret after " + std::to_string(padding) + " other characters");
  }
}

}  // namespace

void check_writing_privacy(Workbench& workbench) {
  Orders const orders{workbench};
  auto const tasks = write_tasks(workbench, orders);
  if (tasks.empty()) return;
  auto const first = WritingSite::make(workbench);
  if (!first) return;
  try_long_words(workbench);
  auto const all = quotings(vendor_refusal(*first));
  for (auto const& task : tasks) {
    auto const site = WritingSite::make(workbench);
    if (!site) return;
    auto const id = task.prepare ? task.prepare(*site) : std::string{};
    site->begin();
    auto const said = workbench.everything_said().size();
    auto const outcome = task.run(*site, id);
    Contents contents;
    auto const made = site->made();
    for (auto const& one : made) {
      auto more = contents_of(task, one.request);
      contents.texts.insert(contents.texts.end(), more.texts.begin(), more.texts.end());
      contents.numbers = std::move(more.numbers);
    }
    expect_nothing_quoted(*site, workbench.everything_said().substr(said) + report_of(outcome), contents,
                          task.name);
    for (auto const& quoting : all)
      for (std::size_t request = 0; request < made.size(); ++request)
        try_quoting(workbench, task, quoting, request);
  }
}

}  // namespace polycampaign::inline v1::testing::conformance
