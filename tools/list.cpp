#include "polycampaign/json.hpp"

#include "account_lists.hpp"
#include "commands.hpp"
#include "csv_output.hpp"
#include "exit_status.hpp"
#include "progress.hpp"
#include "terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <limits>

namespace polycampaign::inline v1::command {

namespace {

/// How many campaigns of one account are queued while other accounts are slower: a few pages, so that memory
/// use stays constant.
constexpr std::size_t stream_ahead = 512;

bool streams(Format format) noexcept {
  return format == Format::ndjson || format == Format::csv;
}

/// Returns the plan for one account. A streaming list takes at most `limit` campaigns from each account. A
/// sorted list can do so only if the vendor delivers the newest campaigns first.
ListPlan plan_of(Context& context, Account const& account, ListRequest const& request) {
  auto plan =
      ListPlan{.account = account.name,
               .connect =
                   [&context, &account] {
                     return connect(account, context.console.log_sink(account.name, context.log_level));
                   },
               .filter = request.filter,
               .options = request.options};
  if (!streams(request.format) && account.provider->capabilities().support(Filter::sort) != Support::native)
    plan.filter.limit.reset();
  return plan;
}

std::string progress_text(AccountLists const& lists, std::size_t accounts) {
  auto const [campaigns, ended] = lists.received();
  return std::to_string(campaigns) + " campaigns, " + std::to_string(ended) + " of " +
         std::to_string(accounts) + (accounts == 1 ? " account" : " accounts") + " read";
}

void stream(AccountLists& lists, Context& context, CsvOutput& csv, ListRequest const& request,
            std::function<void()> const& tick) {
  auto left = request.filter.limit.value_or(std::numeric_limits<std::int64_t>::max());
  while (auto listed = lists.next()) {
    auto const& [account, campaign] = *listed;
    bool const written = request.format == Format::csv
                             ? csv.add(csv_line(campaign, account, context.csv.formulas), account)
                             : context.output.write(to_json(campaign, account) + "\n");
    if (!written || --left == 0) break;
    tick();
  }
  lists.stop();
}

/// Returns the output for no campaigns. Not for a list that failed: no data is not the same as no campaigns.
std::string empty_list(Format format) {
  switch (format) {
    case Format::json: return "[]\n";
    case Format::table: return campaign_table({}, look_of(STDOUT_FILENO));
    default: return {};
  }
}

void print(Output& output, std::vector<Listed> campaigns, ListRequest const& request) {
  auto const limit = static_cast<std::size_t>(request.filter.limit.value_or(0));
  if (limit != 0 && limit < campaigns.size())
    campaigns.erase(campaigns.begin() + static_cast<std::ptrdiff_t>(limit), campaigns.end());
  if (request.format == Format::table) {
    output.write(campaign_table(campaigns, look_of(STDOUT_FILENO)));
    return;
  }
  std::string_view separator{"[\n"};
  for (auto const& [account, campaign] : campaigns) {
    output.write(separator);
    output.write(to_json(campaign, account));
    separator = ",\n";
  }
  output.write("\n]\n");
}

std::string campaigns_text(std::int64_t count) {
  return counted(count, "campaign", "campaigns");
}

/// Prints what the campaigns alone do not show.
void tell(Context& context, Account const& account, ListEnd const& end, ListRequest const& request) {
  tell_missed(context, end.report, "campaigns", end.account);
  if (context.log_level < LogLevel::warn) return;
  auto const& capabilities = account.provider->capabilities();
  if (end.report.complete && capabilities.window_days && !request.filter.since) {
    auto const days = std::to_string(*capabilities.window_days) + " days";
    context.console.note(
        "lists at most " + days + " per request: without --since, only the last " + days + " are listed",
        end.account);
  }
  if (end.report.without_time != 0)
    context.console.note("left out " + campaigns_text(end.report.without_time) +
                             " without a time, because --since or --until was given",
                         end.account);
  tell_unseen(context, end.report, end.account);
}

int status_after(std::vector<ListEnd> const& ends) {
  auto const failed =
      std::count_if(ends.begin(), ends.end(), [](ListEnd const& end) { return end.error.has_value(); });
  if (failed == 0) return success;
  bool const any =
      static_cast<std::size_t>(failed) < ends.size() ||
      std::any_of(ends.begin(), ends.end(), [](ListEnd const& end) { return end.delivered != 0; });
  if (any) return incomplete;
  bool const tried = std::any_of(ends.begin(), ends.end(), [](ListEnd const& end) {
    return end.error->code != ErrorCode::configuration;
  });
  return tried ? nothing : usage;
}

}  // namespace

int list(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
         ListRequest const& request) {
  bool const streaming = streams(request.format);
  // A progress line would mix with results on the same terminal.
  Progress progress{context.console, !(streaming && is_terminal(STDOUT_FILENO))};
  CsvOutput csv{context, csv_header()};
  std::vector<ListPlan> plans;
  plans.reserve(accounts.size());
  for (auto const* account : accounts) plans.push_back(plan_of(context, *account, request));

  AccountLists lists{std::move(plans), streaming ? stream_ahead : std::numeric_limits<std::size_t>::max(),
                     interrupts.token(), [&](AccountLists& self) {
                       if (!context.output.flush()) self.stop();
                       progress.tick([&] { return progress_text(self, accounts.size()); });
                     }};
  if (streaming) {
    stream(lists, context, csv, request,
           [&] { progress.tick([&] { return progress_text(lists, accounts.size()); }); });
  } else {
    auto campaigns = lists.all();
    context.console.progress({});
    if (interrupts.signal() == 0 && !campaigns.empty()) print(context.output, std::move(campaigns), request);
  }
  context.output.flush();
  auto const ends = lists.finish();
  context.console.progress({});
  if (interrupts.signal() != 0) return interrupted(context, interrupts);
  auto const status = status_after(ends);
  bool const none =
      std::all_of(ends.begin(), ends.end(), [](ListEnd const& end) { return end.delivered == 0; });
  if (none && (status == success || status == incomplete)) {
    if (request.format == Format::csv)
      csv.begin();
    else
      context.output.write(empty_list(request.format));
  }
  if (!context.output.flush()) return finish_output(context, success);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (ends[i].error) context.console.error(*ends[i].error, ends[i].account);
    if (ends[i].error && ends[i].delivered != 0)
      context.console.note("the list ended early, after " + campaigns_text(ends[i].delivered),
                           ends[i].account);
    tell(context, *accounts[i], ends[i], request);
  }
  if (csv.refused() && status == success) return finish_output(context, incomplete);
  return finish_output(context, status);
}

}  // namespace polycampaign::inline v1::command
