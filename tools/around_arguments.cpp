#include "around_arguments.hpp"

#include "around_help.hpp"

#include <CLI/CLI.hpp>

namespace polycampaign::inline v1::command {

void AroundWords::add_commands(CLI::App& app, OutputWords& output) {
  auto const with_campaign = [&](CLI::App& command) {
    command.add_option("ID", id_, "The campaign's id, as shown by list")->required();
    add_output(command, output, "table, json, ndjson, csv");
  };
  auto const with_list = [&](CLI::App& command) {
    command.add_option("ID", id_, "The list's id, as shown by lists")->required();
  };
  constexpr auto recipients = "A CSV file of numbers; - is standard input";

  lists_ = add_command(app, "lists", "Show the recipient lists of the selected accounts", lists_footer);
  add_output(*lists_, output, "table, json, ndjson, csv");

  list_create_ = add_command(app, "list-create", "Make a recipient list, with or without numbers in it",
                             list_create_footer);
  list_create_->add_option("--name", name_, "The new list's name")->required()->type_name("NAME");
  list_create_->add_option("--recipients", recipients_, recipients)->type_name("FILE");
  add_output(*list_create_, output, "table, json");

  list_add_ = add_command(app, "list-add", "Add numbers to a recipient list", list_add_footer);
  with_list(*list_add_);
  list_add_->add_option("--recipients", recipients_, recipients)->required()->type_name("FILE");
  list_add_->add_option("--resume", resume_, "Continue an upload that ended early: the token that it printed")
      ->type_name("TOKEN");
  add_output(*list_add_, output, "table, json");

  list_delete_ = add_command(app, "list-delete", "Delete a recipient list", list_delete_footer);
  with_list(*list_delete_);
  list_delete_->add_flag("--yes", yes_, "Do not ask; needed without a terminal")->disable_flag_override();
  add_output(*list_delete_, output, "table, json");

  messages_ = add_command(app, "messages", "Show the messages of a campaign, one for each recipient",
                          messages_footer);
  with_campaign(*messages_);
  messages_
      ->add_option("--status", statuses_, "Only messages with this status; repeat, or separate with commas")
      ->type_name("STATUS")
      ->allow_extra_args(false);

  replies_ = add_command(app, "replies", "Show what the recipients of a campaign answered", replies_footer);
  with_campaign(*replies_);

  opt_outs_ = add_command(
      app, "opt-outs", "Show the numbers that want no more messages: of a campaign, or all", opt_outs_footer);
  opt_outs_->add_option("ID", campaign_,
                        "The campaign's id; without it, all numbers to which the vendor sends nothing");
  add_output(*opt_outs_, output, "table, json, ndjson, csv");
}

std::optional<AroundRequest> AroundWords::request(OutputWords const& output) const {
  auto const one = [&] { return format_of(output, {"table", "json"}); };
  auto const all = [&] { return format_of(output, {"table", "json", "ndjson", "csv"}); };
  if (lists_->parsed()) return ListsRequest{all()};
  if (list_create_->parsed())
    return ListCreateRequest{.name = name_, .recipients_file = recipients_, .format = one()};
  if (list_add_->parsed())
    return ListAddRequest{
        .id = id_, .recipients_file = recipients_, .resume_token = resume_, .format = one()};
  if (list_delete_->parsed()) return ListDeleteRequest{.id = id_, .yes = yes_, .format = one()};
  if (messages_->parsed())
    return MessagesRequest{
        .list = {.campaign = id_,
                 .statuses = codes_of(statuses_, all_message_status_codes(), &parse_message_status_code)},
        .format = all()};
  if (replies_->parsed()) return RepliesRequest{.campaign = id_, .format = all()};
  if (opt_outs_->parsed()) return OptOutsRequest{.campaign = campaign_, .format = all()};
  return std::nullopt;
}

}  // namespace polycampaign::inline v1::command
