#pragma once

#include <cstdint>
#include <string>

/// What the benchmark program measures, by the names that benchmarks/run.py makes its rows of.
namespace bench {

struct Settings {
  std::string server{};    ///< `http://127.0.0.1:PORT` of polycampaign_bench_server
  std::string folder{};    ///< an empty one on a disk, for databases; empty: the outbox is not measured
  std::string postgres{};  ///< a connection string; empty: PostgreSQL is not measured
  bool quick = false;      ///< each benchmark a few times: shows that it runs, not how fast
};

/// Whole lists: with default settings and no delay, and with a delay and pages ahead.
void register_lists(Settings const& settings);
/// Single requests and calls: the library's own CPU, and how soon a canceled call returns.
void register_calls(Settings const& settings);
/// A RecipientUpload, and a loop by hand that sends the same bodies. The counter `requests` is how many there
/// were over the fewest possible.
void register_upload(Settings const& settings);
/// Sends through an outbox to a vendor in memory that answers at once, and the two commits alone. The counter
/// `syncs` is how often one send waits for the disk.
void register_outbox(Settings const& settings);

/// Reads the whole list of a SMSUP account and prints the largest resident set that this process ever had, in
/// KiB. Returns the exit status.
int stream(std::string const& base_url);
/// Does the same with the messages of a campaign.
int stream_messages(std::string const& base_url);
/// Does the same with an upload of so many numbers.
int upload(std::string const& base_url, std::int64_t count);
/// Prints the largest resident set. Returns the exit status.
int print_peak();

}
