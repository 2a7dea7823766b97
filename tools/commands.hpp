#pragma once

#include "polycampaign/providers.hpp"

#include "account.hpp"
#include "console.hpp"
#include "interrupts.hpp"
#include "output.hpp"
#include "vendors.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What the command can do. Each function writes results to `output`, everything else to `console`, and gives
/// the exit status.
namespace polycampaign::inline v1::command {

enum class Format {
  table,
  json,
  ndjson,
  csv,
  markdown
};

/// What all commands share.
struct Context {
  Output& output;
  Console& console;
  Vendors const& vendors;
  LogLevel log_level = LogLevel::warn;
};

struct ListRequest {
  CampaignFilter filter{};
  ListOptions options{};
  Format format = Format::table;
};
int list(Context& context, Interrupts const& interrupts, std::vector<Account const*> const& accounts,
         ListRequest const& request);

struct GetRequest {
  std::string id{};
  Format format = Format::table;
};
int get(Context& context, Interrupts const& interrupts, Account const& account, GetRequest const& request);

struct DecodeRequest {
  Provider const* provider = nullptr;
  Document document = Document::list;
  std::string time_zone{};
  std::string file = "-";
};
int decode(Context& context, DecodeRequest const& request);

struct CapabilitiesRequest {
  /// Empty: all.
  std::vector<Provider const*> providers{};
  Format format = Format::table;
  bool evidence = false;
};
int capabilities(Context& context, CapabilitiesRequest const& request);

int accounts(Context& context, std::vector<Account const*> const& accounts, Format format);

struct SimulateRequest {
  /// Ports from this one on, in the order of `Vendors::simulated`; 0: free ones.
  std::uint16_t port_base = 0;
  std::size_t campaigns = 40;
  std::uint64_t seed = 1;
  /// By provider.
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> switches{};
};
int simulate(Context& context, Interrupts const& interrupts, SimulateRequest const& request);
int list_switches(Context& context);

int demo(Context& context, Interrupts const& interrupts);

/// Writes what is left and gives `status`. When results could not be written, says so, and gives no
/// `success`.
[[nodiscard]] int finish_output(Context& context, int status);

/// What a command that a signal has ended leaves with, after saying so.
[[nodiscard]] int interrupted(Context& context, Interrupts const& interrupts);

}  // namespace polycampaign::inline v1::command
