#pragma once

#include <string_view>

/// The text below the options in the `--help` of each command that creates or changes something.
namespace polycampaign::inline v1::command {

inline constexpr std::string_view create_footer =
    R"(Needs exactly one account: set --account unless only one is configured.

Numbers begin with + and the country code. The CSV file (RFC 4180, UTF-8) has a header with the columns
number, reference and text in any order; without a header, the first column is the number. TIME is an RFC
3339 time, a date (00:00 UTC), or a wait such as +2h or +3d. `polycampaign capabilities --evidence` shows
what each vendor can send, its limits and its options for --set.

The plan is shown before anything is sent, and the command asks on a terminal. Without a terminal, it needs
--yes. One line break at the end of a text file is left out.

A campaign is sent once. The journal remembers it by its --reference, or for a day by its contents; the same
command then prints the stored outcome and sends nothing. JOURNAL is also read from POLYCAMPAIGN_JOURNAL; by
default it is polycampaign/journal.db in $XDG_STATE_HOME or ~/.local/state.

Exit status: 0 created, also if that was earlier; 1 only some parts of a large campaign were sent; 2 refused
before any request, or not confirmed; 3 refused by the vendor, nothing was sent; 4 the campaign may have been
created: `polycampaign outbox reconcile` finds out.

Examples:
  polycampaign create --sender Shop24 --text "Open on Saturday" --to +33601020304 --dry-run
  polycampaign create --sender Shop24 --text-file news.txt --recipients people.csv --at 2026-12-01T09:00:00+01:00
  polycampaign --account pbx create --sender +41791234567 --text Hello --list 12 --set recipient_num_type=business_number)";

inline constexpr std::string_view estimate_footer =
    R"(Takes the options of create, and creates nothing. A vendor without an estimate leaves the price absent; the
library then counts recipients and parts.

Example:
  polycampaign --account promo estimate --sender Shop24 --text Hello --recipients people.csv -o json | jq .cost)";

inline constexpr std::string_view update_footer =
    R"(Prints the campaign as it is afterwards. Exit status 4: the change may have been made.

Example:
  polycampaign --account viber-desk update 48e200b7-be98-4360-b5c7-5dfac16b06f9 --at +1d --yes)";

inline constexpr std::string_view cancel_footer =
    R"(Prints the campaign as it is afterwards. Exit status 4: it may have been canceled.

Example:
  polycampaign --account promo cancel 53651994)";

inline constexpr std::string_view delete_footer =
    R"(Exit status 4: it may have been deleted.

Example:
  polycampaign --account office-pbx delete 12 --yes)";

inline constexpr std::string_view retry_footer =
    R"(Reaches people and costs money. Prints the campaign as it is afterwards. Exit status 4: the messages may
have been sent.

Example:
  polycampaign --account office-pbx retry 12 --yes)";

inline constexpr std::string_view outbox_footer =
    R"(The journal remembers what create has sent. What may have been sent blocks its key until it is settled:

list       shows what is not settled, of the selected accounts; --all shows everything. Parts count from 1.
reconcile  looks for it at the vendor. found: it was sent; absent: it was not, and the next create with the key
           sends it; undecided: try again later, or decide. Exit status 4 if something is undecided.
resolve    records what you know: --sent [ID] or --not-sent. Needs exactly one account.

Examples:
  polycampaign outbox
  polycampaign outbox reconcile -o json | jq -r '.[] | select(.verdict == "undecided") | .key'
  polycampaign --account promo outbox resolve spring-1 --sent 53651994)";

inline constexpr std::string_view balance_footer =
    R"(Accounts whose vendor has no balance are named on standard error.

Example:
  polycampaign balance -o json | jq -c '.[] | [.account, .amount, .unit]')";

inline constexpr std::string_view senders_footer =
    R"(Example:
  polycampaign --account promo senders)";

}  // namespace polycampaign::inline v1::command
