#include "polycampaign/json.hpp"

#include "account_lists.hpp"
#include "campaign_view.hpp"
#include "commands.hpp"
#include "csv.hpp"
#include "exit_status.hpp"
#include "terminal.hpp"

#include <unistd.h>

namespace polycampaign::inline v1::command {

namespace {

std::string shown(Listed const& listed, Format format) {
  switch (format) {
    case Format::csv: return csv_header() + csv_line(listed.campaign, listed.account);
    case Format::json:
    case Format::ndjson: return to_json(listed.campaign, listed.account) + "\n";
    default: return campaign_card(listed, look_of(STDOUT_FILENO));
  }
}

}  // namespace

int get(Context& context, Interrupts const& interrupts, Account const& account, GetRequest const& request) {
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) {
    context.console.error(client.error(), account.name);
    return client.error().code == ErrorCode::configuration ? usage : nothing;
  }
  auto campaign = (*client)->get(request.id, {.call = {.cancel = interrupts.token()}});
  if (campaign) context.output.write(shown({account.name, *campaign}, request.format));
  context.output.flush();
  end_session(**client, interrupts.token());
  if (campaign) return finish_output(context, success);
  if (interrupts.signal() != 0) return interrupted(context, interrupts);
  context.console.error(campaign.error(), account.name);
  return campaign.error().code == ErrorCode::configuration ? usage : nothing;
}

}  // namespace polycampaign::inline v1::command
