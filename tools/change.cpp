#include "polycampaign/json.hpp"

#include "account_lists.hpp"
#include "campaign_view.hpp"
#include "commands.hpp"
#include "confirm.hpp"
#include "exit_status.hpp"
#include "terminal.hpp"
#include "write_end.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <functional>
#include <utility>

namespace polycampaign::inline v1::command {

namespace {

/// What one change needs to know.
struct Change {
  std::string look{};       ///< the command that finds out what became of a change whose answer was lost
  std::string_view verb{};  ///< `cancel`, for the note about a lost answer
  std::string question{};   ///< empty: nothing is asked
  bool yes = false;
};

std::string shown(Account const& account, Campaign const& campaign, Format format) {
  if (format == Format::json) return to_json(campaign, account.name) + "\n";
  return campaign_card({account.name, campaign}, look_of(STDOUT_FILENO));
}

std::string deleted(Account const& account, std::string const& id, Format format) {
  if (format != Format::json) return "deleted " + id + "\n";
  nlohmann::ordered_json const json{
      {"account", account.name}, {"provider", account.provider->name}, {"id", id}, {"deleted", true}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// Runs a change and prints what `run` returns, or its error.
int change(
    Context& context, Interrupts const& interrupts, Account const& account, Change const& change,
    std::function<Result<std::string>(CampaignClient& client, CallOptions const& options)> const& run) {
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) return failed(context, client.error(), account);
  if (!change.question.empty() && !confirmed(context, interrupts, {}, change.question, change.yes))
    return interrupts.signal() != 0 ? interrupted(context, interrupts) : finish_output(context, usage);
  auto const text = run(**client, {.cancel = interrupts.token()});
  if (text) context.output.write(*text);
  auto const shown = context.output.flush();
  end_session(**client, interrupts.token());
  if (text) {
    if (!shown) context.console.note("it was carried out", account.name);
    return finish_output(context, success);
  }
  context.console.error(text.error(), account.name);
  if (text.error().effect == Effect::unknown)
    context.console.note("it may have been carried out; look with `" + command_for(context, account) + " " +
                             change.look + "` before you " + std::string{change.verb} + " again",
                         account.name);
  return finish_failed(context, interrupts, text.error());
}

/// Returns `run` for an operation that returns the campaign as it is afterwards.
template <class F>
auto showing(Account const& account, Format format, F run) {
  return [&account, format, run = std::move(run)](CampaignClient& client, CallOptions const& options) {
    return run(client, options).transform([&](Campaign const& campaign) {
      return shown(account, campaign, format);
    });
  };
}

}  // namespace

int update(Context& context, Interrupts const& interrupts, Account const& account,
           UpdateRequest const& request) {
  auto const question = "Change campaign " + request.change.id + "?";
  return change(context, interrupts, account, {"get " + request.change.id, "update", question, request.yes},
                showing(account, request.format, [&](CampaignClient& client, CallOptions const& options) {
                  return client.update(request.change, options);
                }));
}

int cancel(Context& context, Interrupts const& interrupts, Account const& account,
           CancelRequest const& request) {
  return change(context, interrupts, account, {"get " + request.id, "cancel", {}, true},
                showing(account, request.format, [&](CampaignClient& client, CallOptions const& options) {
                  return client.cancel(request.id, options);
                }));
}

int remove(Context& context, Interrupts const& interrupts, Account const& account,
           DeleteRequest const& request) {
  auto const question = "Delete campaign " + request.id + "?";
  return change(context, interrupts, account, {"get " + request.id, "delete", question, request.yes},
                [&](CampaignClient& client, CallOptions const& options) -> Result<std::string> {
                  if (auto done = client.remove(request.id, options); !done) return std::move(done).error();
                  return deleted(account, request.id, request.format);
                });
}

int list_delete(Context& context, Interrupts const& interrupts, Account const& account,
                ListDeleteRequest const& request) {
  auto const question = "Delete recipient list " + request.id + "?";
  return change(context, interrupts, account, {"lists", "delete the list", question, request.yes},
                [&](CampaignClient& client, CallOptions const& options) -> Result<std::string> {
                  auto done = client.call(DeleteRecipientList{request.id}, options);
                  if (!done) return std::move(done).error();
                  return deleted(account, request.id, request.format);
                });
}

int retry(Context& context, Interrupts const& interrupts, Account const& account,
          RetryRequest const& request) {
  auto const question = "Send the failed messages of campaign " + request.id + " again?";
  return change(context, interrupts, account, {"get " + request.id, "retry", question, request.yes},
                showing(account, request.format, [&](CampaignClient& client, CallOptions const& options) {
                  return client.retry(request.id, options);
                }));
}

}  // namespace polycampaign::inline v1::command
