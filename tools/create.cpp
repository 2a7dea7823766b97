#include "polycampaign/json.hpp"
#include "polycampaign/outbox.hpp"

#include "account_lists.hpp"
#include "commands.hpp"
#include "confirm.hpp"
#include "exit_status.hpp"
#include "input.hpp"
#include "journal.hpp"
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
  auto file = load_recipients(words.recipients_file);
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

/// Creates one campaign: a run of the command.
class Creation {
 public:
  Creation(Context& context, Interrupts const& interrupts, Account const& account,
           CreateRequest const& request)
      : context_{context}, interrupts_{interrupts}, account_{account}, request_{request} {
    report_.account = account.name;
    report_.provider = account.provider->name;
    report_.key = request.words.campaign.reference;
    report_.draft = request.words.campaign.draft;
  }

  int run() {
    auto client = connect(account_, context_.console.log_sink(account_.name, context_.log_level));
    if (!client) return refused(client.error());
    client_ = client->get();
    auto campaign = complete(context_, request_.words);
    if (!campaign) return refused(campaign.error());
    auto plan = client_->plan(*campaign);
    if (plan) report_.plan = *plan;
    if (request_.dry_run) return plan ? show_plan(*campaign) : refused(plan.error());

    auto const place = journal_place(request_.journal);
    if (!place) return refused(place.error());
    if (*place == no_journal) {
      if (request_.again) return refused(needs_journal());
      return plan ? send_without(*std::move(campaign)) : refused(plan.error());
    }
    // What was sent before need not be possible now, such as a start that has passed: the outbox decides.
    auto journal = open_journal(*place);
    if (!journal) return refused(journal.error());
    return send_through(**journal, *std::move(campaign));
  }

 private:
  static Error needs_journal() {
    return {.code = ErrorCode::configuration, .message = "--again needs a journal, and --journal is none"};
  }

  int refused(Error const& error) {
    if (request_.format == Format::json) show(context_, report_, request_.format);
    context_.console.error(error, account_.name);
    return finish_output(context_, status_of(error));
  }

  int show_plan(NewCampaign const& campaign) {
    report_.estimate = price(*client_, campaign, *report_.plan, interrupts_);
    report_.planned = true;
    context_.output.write(request_.format == Format::json ? report_json(report_) + "\n" : plan_text(report_));
    end_session(*client_, interrupts_.token());
    return interrupts_.signal() != 0 ? interrupted(context_, interrupts_) : finish_output(context_, success);
  }

  int send_without(NewCampaign campaign) {
    if (!agreed(campaign)) return declined();
    report_.dispatch =
        dispatch_of(client_->create(std::move(campaign), {.cancel = interrupts_.token()}), report_);
    return finish(false);
  }

  int send_through(SendJournal& journal, NewCampaign campaign) {
    Outbox outbox{*client_, journal, {.account = account_.name, .clock = {}}};
    SendOptions const options{.again = request_.again, .call = {.cancel = interrupts_.token()}};
    auto known = outbox.recall(campaign, options);
    if (!known) return refused(known.error());
    if (*known) {
      report_.dispatch = **std::move(known);
    } else {
      if (!report_.plan) {
        auto plan = client_->plan(campaign);
        if (!plan) return refused(plan.error());
        report_.plan = *std::move(plan);
      }
      if (!agreed(campaign)) return declined();
      auto sent = outbox.send(std::move(campaign), options);
      if (!sent) return refused(sent.error());
      report_.dispatch = *std::move(sent);
    }
    report_.key = report_.dispatch->key;
    return finish(true);
  }

  /// Asks, unless `--yes` was given.
  bool agreed(NewCampaign const& campaign) {
    if (!request_.yes) report_.estimate = price(*client_, campaign, *report_.plan, interrupts_);
    auto const question = campaign.draft ? "Store this draft?" : "Send this campaign?";
    auto const yes = confirmed(context_, interrupts_, plan_text(report_), question, request_.yes);
    report_.estimate.reset();
    return yes;
  }

  int declined() {
    if (request_.format == Format::json) show(context_, report_, request_.format);
    end_session(*client_, interrupts_.token());
    return interrupts_.signal() != 0 ? interrupted(context_, interrupts_) : finish_output(context_, usage);
  }

  /// Shows what became of the campaign. `remembered`: in a journal.
  int finish(bool remembered) {
    auto const& dispatch = *report_.dispatch;
    auto const some =
        dispatch.outcome == DispatchOutcome::accepted || dispatch.outcome == DispatchOutcome::partial;
    if (some || request_.format == Format::json) show(context_, report_, request_.format);
    auto const shown = context_.output.flush();
    end_session(*client_, interrupts_.token());
    Error const* failure = nullptr;
    for (auto const& part : dispatch.parts) {
      if (part.submission && !shown)
        context_.console.note("the vendor accepted the campaign, id " +
                                  part.submission->id.value_or("unknown") + "; do not create it again",
                              account_.name);
      if (!part.error) continue;
      failure = &*part.error;
      context_.console.error(*failure, account_.name);
    }
    switch (dispatch.outcome) {
      case DispatchOutcome::accepted: return finish_output(context_, success);
      case DispatchOutcome::partial: return finish_output(context_, incomplete);
      case DispatchOutcome::unresolved: note_unresolved(remembered); break;
      default: break;
    }
    if (failure == nullptr) return finish_output(context_, nothing);
    return finish_failed(context_, interrupts_, *failure);
  }

  void note_unresolved(bool remembered) {
    auto const command = command_for(context_, account_);
    auto const journal =
        request_.journal ? " --journal " + shell_word(shown_place(*request_.journal)) : std::string{};
    if (remembered)
      context_.console.note("the campaign may have been created, key " + report_.key + "; find out with `" +
                                command + " outbox reconcile" + journal + "`",
                            account_.name);
    else
      context_.console.note("the campaign may have been created; look for it with `" + command +
                                " list` before you create it again",
                            account_.name);
  }

  /// A connection string may contain a password.
  static std::string shown_place(std::string const& place) {
    return place.find("://") == std::string::npos ? place : "JOURNAL";
  }

  Context& context_;
  Interrupts const& interrupts_;
  Account const& account_;
  CreateRequest const& request_;
  CampaignClient* client_ = nullptr;
  CreateReport report_{};
};

}  // namespace

int create(Context& context, Interrupts const& interrupts, Account const& account,
           CreateRequest const& request) {
  return Creation{context, interrupts, account, request}.run();
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
