#pragma once

#include <string_view>

/// The text below the options in the `--help` of the commands around a campaign.
namespace polycampaign::inline v1::command {

inline constexpr std::string_view lists_footer =
    R"(Accounts whose vendor has no lists are named on standard error. ndjson and csv print the lists as they are
received. A - in a table means that the vendor did not report the value.

Examples:
  polycampaign lists
  polycampaign --account promo lists -o ndjson | jq -r 'select(.size == 0) | .id')";

inline constexpr std::string_view list_create_footer =
    R"(Needs exactly one account. Reaches nobody. The CSV file is that of create, but only the numbers are used.
It is checked before any request; a list takes any quantity of numbers, in several requests.

If the upload ends early (Ctrl-C, or an error), the command that continues it is printed on standard error.
Exit status 3: the request was refused; 4: the list may have been made, or numbers may have been added.

Example:
  polycampaign --account promo list-create --name Customers --recipients people.csv -o json | jq -r .list.id)";

inline constexpr std::string_view list_add_footer =
    R"(Needs exactly one account. Reaches nobody. A failed upload can be repeated: vendors count a number that
the list has already as a duplicate, but SMSUP does not document it. Ctrl-C stops after the request in
flight. TOKEN belongs to one list and one file, which must not change; it contains no phone number.

Exit status 3: the request was refused; 4: some of the numbers may have been added.

Example:
  polycampaign --account promo list-add 12 --recipients people.csv)";

inline constexpr std::string_view list_delete_footer =
    R"(Asks on a terminal; needs --yes without one. Exit status 4: the list may have been deleted.

Example:
  polycampaign --account promo list-delete 12 --yes)";

inline constexpr std::string_view messages_footer =
    R"(Needs exactly one account. STATUS is scheduled, moderation, queued, sending, submitted, delivered, read,
undelivered, expired, failed, rejected, unreported, received or unknown. ndjson and csv print the messages as
they are received and need little memory. Standard error says if messages may be missing.

Examples:
  polycampaign --account promo messages 53651994 --status failed,undelivered
  polycampaign --account promo messages 53651994 -o csv --csv-bom > messages.csv)";

inline constexpr std::string_view replies_footer =
    R"(Needs exactly one account.

Example:
  polycampaign --account shop replies 18969398 -o ndjson | jq -r .text)";

inline constexpr std::string_view opt_outs_footer =
    R"(Needs exactly one account. With the id of a campaign: the recipients of that campaign who asked to receive
no more. Without an id: all numbers to which the vendor sends nothing for this account.

Examples:
  polycampaign --account shop opt-outs 18969398
  polycampaign --account promo opt-outs -o csv > stop-list.csv)";

inline constexpr std::string_view csv_footer =
    R"(CSV for spreadsheets: --csv-bom lets Excel read UTF-8. With --csv-formulas mark, a cell that begins with =,
+, -, @, a tab or a carriage return gets an apostrophe before it; with refuse, the output ends before its row
and the exit status is 1. Phone numbers and plain numbers are no formulas (+33639980002, -50.25).)";

}  // namespace polycampaign::inline v1::command
