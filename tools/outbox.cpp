#include "polycampaign/outbox.hpp"

#include "account_lists.hpp"
#include "cells.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "journal.hpp"
#include "rows.hpp"
#include "write_end.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the journal knows of campaigns that may have been sent.
namespace polycampaign::inline v1::command {

namespace {

std::string time_text(std::optional<std::chrono::sys_seconds> const& time) {
  return time ? to_rfc3339(*time) : std::string{};
}

/// Opens the journal, or reports why that is not possible.
std::unique_ptr<SendJournal> journal_of(Context& context, std::optional<std::string> const& word,
                                        int& status) {
  auto const report = [&](Error const& error) {
    context.console.error(error);
    status = status_of(error);
    return nullptr;
  };
  auto const place = journal_place(word);
  if (!place) return report(place.error());
  if (*place == no_journal)
    return report(
        {.code = ErrorCode::configuration, .message = "the journal is none; set --journal to a file"});
  auto journal = open_journal(*place);
  if (!journal) return report(journal.error());
  return *std::move(journal);
}

/// Prints the records of one account, page by page. Errors: the journal's.
std::optional<Error> print_records(SendJournal& journal, Account const& account, bool all,
                                   RowPrinter& printer) {
  JournalFilter filter{.account = account.name, .unsettled_only = !all};
  for (;;) {
    auto records = journal.list(filter);
    if (!records) return std::move(records).error();
    for (auto& record : *records) {
      filter.after = record;
      if (!printer.add(OutboxRow{.record = std::move(record), .verdict = {}}, account)) return std::nullopt;
    }
    if (records->size() < filter.limit) return std::nullopt;
  }
}

}  // namespace

std::string to_json(OutboxRow const& row, std::string_view account) {
  auto const& record = row.record;
  auto const or_null = [](std::string const& text) {
    return text.empty() ? nlohmann::ordered_json{} : nlohmann::ordered_json(text);
  };
  nlohmann::ordered_json json{{"key", record.key},
                              {"account", account},
                              {"provider", record.provider},
                              {"part", record.part},
                              {"state", to_string(record.state)},
                              {"campaign_id", or_null(record.campaign_id)},
                              {"recipients", record.recipients},
                              {"created_at", to_rfc3339(record.created_at)},
                              {"settled_at", or_null(time_text(record.settled_at))}};
  if (row.verdict) json["verdict"] = to_string(*row.verdict);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

template <>
RowShape shape_of<OutboxRow>() {
  return {
      .columns = {{.title = "ACCOUNT", .least = 8},
                  {.title = "KEY", .least = 12},
                  {.title = "PART", .right = true},
                  {.title = "STATE"},
                  {.title = "VERDICT", .dispensable = 2},
                  {.title = "CAMPAIGN", .least = 8},
                  {.title = "CREATED (UTC)", .dispensable = 1}},
      .csv_header = "account,provider,key,part,state,verdict,campaign_id,recipients,created_at,settled_at"};
}

CsvLine csv_row(OutboxRow const& row, Account const& account, Formulas formulas) {
  auto const& record = row.record;
  CsvLine line{formulas};
  line.add(account.name);
  line.add(record.provider);
  line.add(record.key);
  line.add(std::to_string(record.part));
  line.add(to_string(record.state));
  line.add_or_absent(row.verdict ? to_string(*row.verdict) : std::string_view{});
  line.add_or_absent(record.campaign_id);
  line.add(std::to_string(record.recipients));
  line.add(to_rfc3339(record.created_at));
  line.add_or_absent(time_text(record.settled_at));
  return line;
}

std::vector<std::string> cells_of(OutboxRow const& row, Account const& account) {
  auto const& record = row.record;
  return {account.name,
          record.key,
          std::to_string(record.part),
          std::string{to_string(record.state)},
          std::string{row.verdict ? to_string(*row.verdict) : absent},
          record.campaign_id.empty() ? std::string{absent} : record.campaign_id,
          minute(Timestamp{record.created_at})};
}

int outbox_list(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
                OutboxListRequest const& request) {
  int status = success;
  auto const journal = journal_of(context, request.journal, status);
  if (journal == nullptr) return finish_output(context, status);
  RowPrinter printer{context, request.format, shape_of<OutboxRow>()};
  for (auto const* account : accounts) {
    if (auto error = print_records(*journal, *account, request.all, printer)) {
      context.console.error(*error, account->name);
      return finish_output(context, nothing);
    }
    if (interrupts.signal() != 0) return interrupted(context, interrupts);
  }
  printer.finish();
  return finish_output(context, printer.refused() ? incomplete : success);
}

int outbox_reconcile(Context& context, Interrupts const& interrupts,
                     std::vector<Account const*> const& accounts, OutboxReconcileRequest const& request) {
  int status = success;
  auto const journal = journal_of(context, request.journal, status);
  if (journal == nullptr) return finish_output(context, status);
  RowPrinter printer{context, request.format, shape_of<OutboxRow>()};
  bool failed_somewhere = false;
  for (auto const* account : accounts) {
    auto client = connect(*account, context.console.log_sink(account->name, context.log_level));
    auto found = client ? Outbox{**client, *journal, {.account = account->name, .clock = {}}}.reconcile(
                              {.cancel = interrupts.token()})
                        : Result<std::vector<Reconciliation>>{client.error()};
    if (client) end_session(**client, interrupts.token());
    if (interrupts.signal() != 0) return interrupted(context, interrupts);
    if (!found) {
      context.console.error(found.error(), account->name);
      failed_somewhere = true;
      continue;
    }
    for (auto const& one : *found) {
      if (one.verdict == Verdict::undecided) {
        status = unresolved;
        context.console.note(one.record.key + ": " + one.why, account->name);
      }
      if (!printer.add(OutboxRow{.record = one.record, .verdict = one.verdict}, *account)) break;
    }
  }
  printer.finish();
  if (status == success && failed_somewhere) status = nothing;
  return finish_output(context, status == success && printer.refused() ? incomplete : status);
}

int outbox_resolve(Context& context, Interrupts const&, Account const& account,
                   OutboxResolveRequest const& request) {
  int status = success;
  auto const journal = journal_of(context, request.journal, status);
  if (journal == nullptr) return finish_output(context, status);
  auto const client = connect(account, context.console.log_sink(account.name, context.log_level));
  if (!client) return failed(context, client.error(), account);
  Outbox outbox{**client, *journal, {.account = account.name, .clock = {}}};
  auto record = request.sent ? outbox.resolve_sent(request.key, request.campaign_id)
                             : outbox.resolve_not_sent(request.key);
  if (!record) {
    context.console.error(record.error(), account.name);
    auto const own = record.error().code == ErrorCode::not_found;
    return finish_output(context, own ? static_cast<int>(usage) : status_of(record.error()));
  }
  RowPrinter printer{context, request.format, shape_of<OutboxRow>()};
  printer.add(OutboxRow{.record = *std::move(record), .verdict = {}}, account);
  printer.finish();
  return finish_output(context, printer.refused() ? incomplete : success);
}

}  // namespace polycampaign::inline v1::command
