#pragma once

#include <string_view>

/// What stands below the options in each `--help`.
namespace polycampaign::inline v1::command {

inline constexpr std::string_view main_footer = R"(Global options stand before or after the command.

Accounts are read from --config, else the file that POLYCAMPAIGN_CONFIG names, else
~/.config/polycampaign/accounts.toml:

  [accounts.promo]
  provider  = "bsg"
  api_key   = { env = "BSG_API_KEY" }     # a string, { env = "VARIABLE" } or { file = "PATH" }
  time_zone = "Europe/Kyiv"

  [accounts.shop]
  provider = "smsup"
  token    = { file = "/run/secrets/smsup" }

All accounts also know base_url, timeout ("30s"), ca_file, pinned_public_key, allow_plain_http, and the pace at which the
vendor is asked: requests_per_second (0.5: one in two seconds) and in_flight (requests at a time).
`polycampaign accounts` shows what was understood.

Environment: POLYCAMPAIGN_CONFIG, POLYCAMPAIGN_LOG (a log level), NO_COLOR.

Exit status: 0; 1 when some accounts failed or one ended early (what was received is printed), or when results could
not be written; 2 usage or configuration; 3 when no account returned data, or decode refused its input; 128 and the
signal's number after SIGINT, SIGTERM or SIGHUP.

Examples:
  polycampaign demo
  polycampaign list --since 30d
  polycampaign --account promo get 53651994 -o json)";

inline constexpr std::string_view list_footer =
    R"(TIME is RFC 3339 (2026-01-31T12:00:00+01:00), a date (00:00 UTC), or so long ago: 90m, 12h, 30d, 2w.
A campaign's time is its creation, else its planned, else its real start; ~ behind it: the vendor names no time zone,
one was assumed (set time_zone).
STATUS is draft, moderation, scheduled, queued, sending, retrying, paused, completed, canceled, interrupted, rejected,
failed or unknown.
table and json are sorted exactly; ndjson and csv stream in the order in which each vendor delivers. - in a table: the
vendor did not tell. A narrow terminal hides cost, recipients and failed, in this order.

Examples:
  polycampaign list --since 30d --status sending,paused
  polycampaign list --account promo --limit 20
  polycampaign list -o ndjson | jq -r 'select(.statistics.failed > 0) | .id'
  polycampaign list --since 2026-01-01 --until 2026-02-01 -o csv > january.csv)";

inline constexpr std::string_view get_footer = R"(Needs one account: --account, or only one configured.

Examples:
  polycampaign --account promo get 53651994
  polycampaign --account promo get 53651994 -o json | jq .statistics)";

inline constexpr std::string_view decode_footer =
    R"(One campaign a line, in the form of `list -o ndjson` with "account":null. Exit status 3 when the input is not what
this vendor answers.

Examples:
  polycampaign decode --provider smsup --operation list answer.xml
  curl ... | polycampaign decode --provider bsg --operation get --time-zone Europe/Kyiv)";

inline constexpr std::string_view capabilities_footer = R"(Examples:
  polycampaign capabilities
  polycampaign capabilities --provider dexatel --evidence
  polycampaign capabilities -o json | jq '.[].limits')";

inline constexpr std::string_view accounts_footer =
    R"(Shows where each secret comes from and whether it is there, never the secret.

Example:
  polycampaign --config accounts.toml accounts)";

inline constexpr std::string_view demo_footer =
    R"(Starts the simulated vendors inside the process and ends by itself.)";

inline constexpr std::string_view simulate_footer =
    R"(Standard output is an accounts.toml for these vendors; it is complete when "# ready" is printed.

Examples:
  polycampaign simulate > accounts.toml &
  polycampaign simulate --port-base 8080 --campaigns 10000 --switch dexatel.next=token)";

}  // namespace polycampaign::inline v1::command
