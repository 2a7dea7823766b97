#pragma once

#include <string>

/// What the benchmark program measures, by the names that benchmarks/run.py makes its rows of.
namespace bench {

struct Settings {
  std::string server{};  ///< `http://127.0.0.1:PORT` of polycampaign_bench_server
  bool quick = false;    ///< each benchmark a few times: shows that it runs, not how fast
};

/// Whole lists: with default settings and no delay, and with a delay and pages ahead.
void register_lists(Settings const& settings);
/// Single requests and calls: the library's own CPU, and how soon a canceled call returns.
void register_calls(Settings const& settings);

/// Reads the whole list of a SMSUP account and prints the largest resident set that this process ever had, in
/// KiB. Returns the exit status.
int stream(std::string const& base_url);

}
