#include "write_arguments.hpp"

#include "moment.hpp"
#include "text/nearest.hpp"
#include "words.hpp"
#include "write_help.hpp"

#include <CLI/CLI.hpp>

#include <utility>

namespace polycampaign::inline v1::command {

namespace {

constexpr auto journal_summary = "Where sent campaigns are remembered: a file, postgresql://..., or none";

std::optional<std::chrono::sys_seconds> start_of(std::optional<std::string> const& word,
                                                 std::chrono::sys_seconds now) {
  if (!word) return std::nullopt;
  auto const start = parse_start(*word, now);
  if (!start) throw Refused{"--at: " + start.error().message};
  return *start;
}

Purpose purpose_of(std::optional<std::string> const& word) {
  if (!word || *word == "marketing") return Purpose::marketing;
  if (*word == "transactional") return Purpose::transactional;
  throw Refused{"--purpose: " + text::unknown_word("purpose", *word, {"marketing", "transactional"})};
}

std::vector<CampaignOption> options_of(std::vector<std::string> const& words) {
  std::vector<CampaignOption> options;
  for (auto const& word : words) {
    auto const equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Refused{"--set: \"" + word + "\" is not NAME=VALUE; see polycampaign capabilities"};
    options.push_back({word.substr(0, equals), word.substr(equals + 1)});
  }
  return options;
}

}  // namespace

void WriteWords::add_campaign_options(CLI::App& command) {
  command.add_option("--sender", sender_, "What the phone shows: a word or a phone number")
      ->type_name("SENDER");
  command.add_option("--text", text_, "The message")->type_name("TEXT");
  command.add_option("--text-file", text_file_, "A file with the message in UTF-8; - is standard input")
      ->type_name("FILE");
  command.add_option("--to", to_, "A phone number, such as +33601020304; repeat for more")
      ->type_name("NUMBER");
  command.add_option("--recipients", recipients_, "A CSV file of recipients; - is standard input")
      ->type_name("FILE");
  command.add_option("--list", lists_, "The vendor's id of a list; repeat for more")->type_name("ID");
  command.add_option("--name", name_, "The campaign's name")->type_name("NAME");
  command.add_option("--at", at_, "When it starts; at once otherwise")->type_name("TIME");
  command.add_flag("--draft", draft_, "Only store it at the vendor")->disable_flag_override();
  command.add_option("--purpose", purpose_, "marketing (default) or transactional")->type_name("PURPOSE");
  command.add_option("--set", options_, "Something that only this vendor has; repeat for more")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

void WriteWords::add_commands(CLI::App& app, OutputWords& output) {
  constexpr auto answer_yes = "Do not ask; needed without a terminal";
  auto const with_id = [&](CLI::App& command) {
    command.add_option("ID", id_, "The campaign's id, as shown by list")->required();
    add_output(command, output, "table, json");
  };
  auto const with_yes = [&](CLI::App& command) {
    command.add_flag("--yes", yes_, answer_yes)->disable_flag_override();
  };
  create_ = add_command(app, "create", "Create a campaign: it reaches people and costs money", create_footer);
  add_campaign_options(*create_);
  create_->add_option("--reference", reference_, "Your own key for this campaign")->type_name("KEY");
  create_->add_flag("--again", again_, "Send once more what was sent without --reference today")
      ->disable_flag_override();
  create_->add_option("--journal", journal_, journal_summary)->type_name("JOURNAL");
  create_->add_flag("--dry-run", dry_run_, "Show the plan and the price; create nothing")
      ->disable_flag_override();
  with_yes(*create_);
  add_output(*create_, output, "table, json");

  estimate_ = add_command(app, "estimate", "Show what a campaign would reach and cost", estimate_footer);
  add_campaign_options(*estimate_);
  add_output(*estimate_, output, "table, json");

  update_ = add_command(app, "update", "Change a campaign that has not started", update_footer);
  with_id(*update_);
  update_->add_option("--name", name_, "The new name")->type_name("NAME");
  update_->add_option("--text", text_, "The new message")->type_name("TEXT");
  update_->add_option("--at", at_, "The new start; a draft gets its start")->type_name("TIME");
  with_yes(*update_);

  cancel_ = add_command(app, "cancel", "Stop a campaign for good", cancel_footer);
  with_id(*cancel_);

  delete_ = add_command(app, "delete", "Delete a campaign from the vendor's lists", delete_footer);
  with_id(*delete_);
  with_yes(*delete_);

  retry_ = add_command(app, "retry", "Send the failed messages of a campaign again", retry_footer);
  with_id(*retry_);
  with_yes(*retry_);

  balance_ = add_command(app, "balance", "Show what the selected accounts have left", balance_footer);
  add_output(*balance_, output, "table, json, ndjson, csv");
  senders_ = add_command(app, "senders", "Show the senders of the selected accounts", senders_footer);
  add_output(*senders_, output, "table, json, ndjson, csv");
  add_outbox(app, output);
}

void WriteWords::add_outbox(CLI::App& app, OutputWords& output) {
  auto const complete = [&](CLI::App& command) {
    command.add_option("--journal", journal_, journal_summary)->type_name("JOURNAL");
    add_output(command, output, "table, json, ndjson, csv");
  };
  outbox_ = add_command(app, "outbox", "Show what may have been sent, and find out", outbox_footer);
  outbox_->require_subcommand(0, 1);
  outbox_->add_flag("--all", all_, "Also what is settled")->disable_flag_override();
  complete(*outbox_);
  outbox_list_ = add_command(*outbox_, "list", "Show what is not settled", outbox_footer);
  outbox_list_->add_flag("--all", all_, "Also what is settled")->disable_flag_override();
  complete(*outbox_list_);
  reconcile_ =
      add_command(*outbox_, "reconcile", "Look at the vendor for what is not settled", outbox_footer);
  complete(*reconcile_);
  resolve_ = add_command(*outbox_, "resolve", "Record what you know about an unresolved key", outbox_footer);
  resolve_->add_option("KEY", key_, "The key, as shown by outbox list")->required();
  sent_option_ = resolve_->add_option("--sent", sent_, "It was sent; ID is the campaign's id, if you know it")
                     ->type_name("ID")
                     ->expected(0, 1);
  resolve_->add_flag("--not-sent", not_sent_, "It was not sent: the next create with the key sends it")
      ->disable_flag_override();
  complete(*resolve_);
}

OutboxResolveRequest WriteWords::resolution(Format format) const {
  auto const sent = sent_option_->count() > 0;
  if (sent == not_sent_) throw Refused{"outbox resolve needs either --sent or --not-sent"};
  return {
      .journal = journal_, .key = key_, .sent = sent, .campaign_id = sent_.value_or(""), .format = format};
}

CampaignWords WriteWords::campaign(std::chrono::sys_seconds now) const {
  if (text_ && text_file_) throw Refused{"--text and --text-file exclude each other"};
  int const kinds = (to_.empty() ? 0 : 1) + (recipients_ ? 1 : 0) + (lists_.empty() ? 0 : 1);
  if (kinds != 1) throw Refused{"recipients: give either --to, or --recipients, or --list"};
  if (text_file_ == "-" && recipients_ == "-")
    throw Refused{"--text-file and --recipients cannot both read standard input"};
  CampaignWords words{.text_file = text_file_.value_or(""), .recipients_file = recipients_.value_or("")};
  auto& campaign = words.campaign;
  campaign.sender = sender_.value_or("");
  campaign.text = text_.value_or("");
  campaign.name = name_.value_or("");
  campaign.lists = lists_;
  campaign.start_at = start_of(at_, now);
  campaign.draft = draft_;
  campaign.purpose = purpose_of(purpose_);
  campaign.reference = reference_.value_or("");
  campaign.options = options_of(options_);
  for (auto const& number : to_) campaign.recipients.push_back({.number = number});
  return words;
}

std::optional<WriteRequest> WriteWords::request(OutputWords const& output,
                                                std::chrono::sys_seconds now) const {
  auto const one = [&] { return format_of(output, {"table", "json"}); };
  auto const all = [&] { return format_of(output, {"table", "json", "ndjson", "csv"}); };
  if (create_->parsed())
    return CreateRequest{.words = campaign(now),
                         .journal = journal_,
                         .again = again_,
                         .dry_run = dry_run_,
                         .yes = yes_,
                         .format = one()};
  if (estimate_->parsed()) return EstimateRequest{.words = campaign(now), .format = one()};
  if (update_->parsed())
    return UpdateRequest{.change = {.id = id_, .name = name_, .text = text_, .start_at = start_of(at_, now)},
                         .yes = yes_,
                         .format = one()};
  if (cancel_->parsed()) return CancelRequest{.id = id_, .format = one()};
  if (delete_->parsed()) return DeleteRequest{.id = id_, .yes = yes_, .format = one()};
  if (retry_->parsed()) return RetryRequest{.id = id_, .yes = yes_, .format = one()};
  if (balance_->parsed()) return BalanceRequest{all()};
  if (senders_->parsed()) return SendersRequest{all()};
  if (reconcile_->parsed()) return OutboxReconcileRequest{.journal = journal_, .format = all()};
  if (resolve_->parsed()) return resolution(all());
  if (outbox_->parsed()) return OutboxListRequest{.journal = journal_, .all = all_, .format = all()};
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::command
