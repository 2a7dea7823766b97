#pragma once

#include <string_view>

/// The text below the options in each `--help`.
namespace polycampaign::inline v1::command {

inline constexpr std::string_view main_footer = R"(Global options can stand before or after the command.

The accounts are read from the file given with --config. Without it, they are read from the file that
POLYCAMPAIGN_CONFIG names, or else from ~/.config/polycampaign/accounts.toml:

  [accounts.promo]
  provider  = "bsg"
  api_key   = { env = "BSG_API_KEY" }     # a string, { env = "VARIABLE" } or { file = "PATH" }
  time_zone = "Europe/Kyiv"

  [accounts.shop]
  provider = "smsup"
  token    = { file = "/run/secrets/smsup" }

Every account can also set base_url, timeout ("30s"), ca_file, pinned_public_key and allow_plain_http. Two
more settings limit the requests to the vendor: requests_per_second (0.5: one every two seconds) and
in_flight (concurrent requests). `polycampaign accounts` shows the accounts as they were read.

Environment: POLYCAMPAIGN_CONFIG, POLYCAMPAIGN_LOG (a log level), NO_COLOR.

Exit status:
  0      success
  1      some accounts failed, or one ended early (everything received is printed), or the results could not
         be written
  2      wrong usage or configuration
  3      no account returned data, the vendor refused, or decode rejected its input
  4      the vendor may have carried out what was requested: look before you repeat it
  128+N  ended by signal N (SIGINT, SIGTERM or SIGHUP)

Examples:
  polycampaign demo
  polycampaign list --since 30d
  polycampaign --account promo get 53651994 -o json
  polycampaign --account promo messages 53651994 -o csv --csv-bom > messages.csv)";

inline constexpr std::string_view list_footer =
    R"(TIME is an RFC 3339 time (2026-01-31T12:00:00+01:00), a date (00:00 UTC), or an age: 90m, 12h, 30d, 2w.
STATUS is draft, moderation, scheduled, queued, sending, retrying, paused, completed, canceled, interrupted,
rejected, failed or unknown.

The time of a campaign is its creation time, or else its scheduled time, or else its actual start. A ~ after
a time means that the vendor does not name a time zone, so one was assumed (set time_zone). A - in a table
means that the vendor did not report the value. A narrow terminal hides cost, recipients and failed, in this
order.

table and json are sorted exactly. ndjson and csv stream the campaigns in the order in which each vendor
delivers them.

Examples:
  polycampaign list --since 30d --status sending,paused
  polycampaign list --account promo --limit 20
  polycampaign list -o ndjson | jq -r 'select(.statistics.failed > 0) | .id'
  polycampaign list --since 2026-01-01 --until 2026-02-01 -o csv > january.csv)";

inline constexpr std::string_view get_footer =
    R"(Needs exactly one account: set --account unless only one is configured.

Examples:
  polycampaign --account promo get 53651994
  polycampaign --account promo get 53651994 -o json | jq .statistics)";

inline constexpr std::string_view decode_footer =
    R"(Prints one campaign per line, in the form of `list -o ndjson` with "account":null. The exit status is 3 when
the input is not a response of this vendor.

Examples:
  polycampaign decode --provider smsup --operation list answer.xml
  curl ... | polycampaign decode --provider bsg --operation get --time-zone Europe/Kyiv)";

inline constexpr std::string_view capabilities_footer = R"(Examples:
  polycampaign capabilities
  polycampaign capabilities --provider dexatel --evidence
  polycampaign capabilities -o json | jq '.[].limits')";

inline constexpr std::string_view accounts_footer =
    R"(Shows where each secret comes from and whether it is available. Never shows the secret itself.

Example:
  polycampaign --config accounts.toml accounts)";

inline constexpr std::string_view demo_footer =
    R"(Starts the simulated vendors inside the process and exits when it has finished.)";

inline constexpr std::string_view simulate_footer =
    R"(Standard output is an accounts.toml for these vendors. It is complete when "# ready" is printed.

Examples:
  polycampaign simulate > accounts.toml &
  polycampaign simulate --port-base 8080 --campaigns 10000 --switch dexatel.next=token)";

}  // namespace polycampaign::inline v1::command
