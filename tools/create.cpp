#include "polycampaign/json.hpp"

#include "account_lists.hpp"
#include "commands.hpp"
#include "confirm.hpp"
#include "exit_status.hpp"
#include "input.hpp"
#include "recipients_file.hpp"
#include "submission_view.hpp"
#include "write_end.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::command {

namespace {

/// Reads the files that the command line names. Errors: `invalid_argument`, naming the file.
Result<NewCampaign> complete(Context& context, CampaignWords const& words) {
  auto campaign = words.campaign;
  if (!words.text_file.empty()) {
    auto text = read_file(words.text_file, true);
    if (!text)
      return Error{.code = ErrorCode::invalid_argument,
                   .message = "--text-file " + words.text_file + ": " + text.error().message};
    // a text editor ends the last line
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    campaign.text = *std::move(text);
  }
  if (words.recipients_file.empty()) return campaign;
  auto csv = read_file(words.recipients_file, true);
  if (!csv)
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "--recipients " + words.recipients_file + ": " + csv.error().message};
  auto file = read_recipients(*csv, words.recipients_file == "-" ? "standard input" : words.recipients_file);
  if (!file) return std::move(file).error();
  if (!file->note.empty()) context.console.note(file->note);
  campaign.recipients = std::move(file->recipients);
  return campaign;
}

/// Asks for the price. It may be missing: that is a warning and stops nothing.
std::optional<Estimate> price(CampaignClient& client, NewCampaign const& campaign, Plan& plan,
                              Interrupts const& interrupts) {
  auto estimate = client.estimate(campaign, {.cancel = interrupts.token()});
  if (!estimate) {
    plan.warnings.push_back("The price could not be requested: " + to_string(estimate.error()));
    return std::nullopt;
  }
  // what the plan shows already
  std::erase_if(estimate->notes, [&](std::string const& note) {
    return std::ranges::find(plan.warnings, note) != plan.warnings.end();
  });
  for (auto const& note : estimate->notes) plan.warnings.push_back(note);
  return *std::move(estimate);
}

void show(Context& context, CreateReport const& report, Format format) {
  context.output.write(format == Format::json ? report_json(report) + "\n" : report_text(report));
}

}  // namespace

int create(Context& context, Interrupts const& interrupts, Account const& account,
           CreateRequest const& request) {
  CreateReport report{.account = account.name,
                      .provider = account.provider->name,
                      .key = request.words.campaign.reference,
                      .draft = request.words.campaign.draft};
  auto const refused = [&](Error const& error) {
    if (request.format == Format::json) show(context, report, request.format);
    context.console.error(error, account.name);
    return finish_output(context, status_of(error));
  };
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) return refused(client.error());
  auto campaign = complete(context, request.words);
  if (!campaign) return refused(campaign.error());
  auto plan = (*client)->plan(*campaign);
  if (!plan) return refused(plan.error());
  report.plan = *std::move(plan);

  if (request.dry_run || !request.yes) report.estimate = price(**client, *campaign, *report.plan, interrupts);
  if (request.dry_run) {
    report.outcome = CreateOutcome::planned;
    context.output.write(request.format == Format::json ? report_json(report) + "\n" : plan_text(report));
    end_session(**client, interrupts.token());
    return interrupts.signal() != 0 ? interrupted(context, interrupts) : finish_output(context, success);
  }
  auto const question = campaign->draft ? "Store this draft?" : "Send this campaign?";
  if (!confirmed(context, interrupts, plan_text(report), question, request.yes)) {
    report.estimate.reset();
    if (request.format == Format::json) show(context, report, request.format);
    end_session(**client, interrupts.token());
    return interrupts.signal() != 0 ? interrupted(context, interrupts) : finish_output(context, usage);
  }
  report.estimate.reset();

  auto submission = (*client)->create(*std::move(campaign), {.cancel = interrupts.token()});
  if (submission) {
    report.outcome = CreateOutcome::accepted;
    report.submission = *std::move(submission);
  } else if (submission.error().effect == Effect::unknown) {
    report.outcome = CreateOutcome::unresolved;
  }
  if (submission || request.format == Format::json) show(context, report, request.format);
  auto const shown = context.output.flush();
  end_session(**client, interrupts.token());
  if (submission) {
    if (!shown)
      context.console.note("the vendor accepted the campaign, id " +
                               report.submission->id.value_or("unknown") + "; do not create it again",
                           account.name);
    return finish_output(context, success);
  }
  context.console.error(submission.error(), account.name);
  if (report.outcome == CreateOutcome::unresolved)
    context.console.note("the campaign may have been created; look for it with `polycampaign --account " +
                             account.name + " list` before you create it again",
                         account.name);
  return finish_failed(context, interrupts, submission.error());
}

int estimate(Context& context, Interrupts const& interrupts, Account const& account,
             EstimateRequest const& request) {
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) return failed(context, client.error(), account);
  auto const campaign = complete(context, request.words);
  if (!campaign) return failed(context, campaign.error(), account);
  auto const estimate = (*client)->estimate(*campaign, {.cancel = interrupts.token()});
  if (estimate)
    context.output.write(request.format == Format::json ? to_json(*estimate, account.name) + "\n"
                                                        : estimate_text(*estimate, account.name));
  context.output.flush();
  end_session(**client, interrupts.token());
  if (estimate) return finish_output(context, success);
  context.console.error(estimate.error(), account.name);
  return finish_failed(context, interrupts, estimate.error());
}

}  // namespace polycampaign::inline v1::command
