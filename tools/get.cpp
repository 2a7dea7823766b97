#include "polycampaign/json.hpp"

#include "account_lists.hpp"
#include "campaign_view.hpp"
#include "commands.hpp"
#include "csv_output.hpp"
#include "exit_status.hpp"
#include "terminal.hpp"

#include <unistd.h>

namespace polycampaign::inline v1::command {

namespace {

/// Writes the campaign. Returns false if its CSV has a formula that is refused.
bool show_campaign(Context& context, Listed const& listed, Format format) {
  if (format == Format::csv) {
    CsvOutput csv{context, csv_header()};
    csv.add(csv_line(listed.campaign, listed.account, context.csv.formulas), listed.account);
    return !csv.refused();
  }
  context.output.write(format == Format::table ? campaign_card(listed, look_of(STDOUT_FILENO))
                                               : to_json(listed.campaign, listed.account) + "\n");
  return true;
}

}  // namespace

int get(Context& context, Interrupts const& interrupts, Account const& account, GetRequest const& request) {
  auto client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) {
    context.console.error(client.error(), account.name);
    return client.error().code == ErrorCode::configuration ? usage : nothing;
  }
  auto campaign = (*client)->get(request.id, {.call = {.cancel = interrupts.token()}});
  bool const shown = campaign && show_campaign(context, {account.name, *campaign}, request.format);
  context.output.flush();
  end_session(**client, interrupts.token());
  if (campaign) return finish_output(context, shown ? success : incomplete);
  if (interrupts.signal() != 0) return interrupted(context, interrupts);
  context.console.error(campaign.error(), account.name);
  return campaign.error().code == ErrorCode::configuration ? usage : nothing;
}

}  // namespace polycampaign::inline v1::command
