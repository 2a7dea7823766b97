#pragma once

#include "polycampaign/testing/simulator.hpp"

#include "testing/generator.hpp"
#include "testing/http_message.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// One vendor's API: what a simulator of a vendor derives from. Every member is called with the simulator's
/// mutex held, so it needs no lock of its own. `Simulator` does the rest: the request log, the `fault`
/// switches, the in-process transport, HTTP.
class VendorSimulator {
 public:
  /// `table` holds the vendor's switches and the common ones (see `with_common`). Generates the campaigns.
  VendorSimulator(SimulatorOptions options, std::span<Switch const> table);
  virtual ~VendorSimulator();
  VendorSimulator(VendorSimulator const&) = delete;
  VendorSimulator& operator=(VendorSimulator const&) = delete;

  [[nodiscard]] virtual HttpResponse answer(HttpRequest const& request, Target const& target) = 0;
  /// Good credentials under the names of `Provider::settings`; `base_url` is added by the caller.
  [[nodiscard]] virtual Settings credentials() const = 0;
  /// Nothing to do for a vendor with a static key.
  virtual void expire_tokens() {}
  /// Whether a list shows it when no channel is asked for.
  [[nodiscard]] virtual bool lists_by_default(SimulatedCampaign const&) const { return true; }
  /// Whether HTTP connections stay open after an answer.
  [[nodiscard]] virtual bool keeps_connections() const { return true; }

  /// Adds one, created now. Its id.
  std::string add_campaign();
  bool remove_campaign(std::string_view id);
  /// Null when there is none.
  [[nodiscard]] SimulatedCampaign const* find(std::string_view id) const;

  /// Errors: `configuration`, naming the switch.
  Result<void> set_switch(std::string_view name, std::string_view value);
  /// A switch that is not in the table is empty.
  [[nodiscard]] std::string_view switch_value(std::string_view name) const;
  [[nodiscard]] bool is(std::string_view name, std::string_view value) const {
    return switch_value(name) == value;
  }
  [[nodiscard]] std::int64_t switch_number(std::string_view name) const;

  [[nodiscard]] SimulatorOptions const& options() const noexcept { return options_; }
  [[nodiscard]] std::chrono::sys_seconds now() const;
  /// Newest first.
  [[nodiscard]] std::vector<SimulatedCampaign> const& campaigns() const noexcept { return campaigns_; }
  /// Where this simulator is reached; for vendors that put links into their answers.
  [[nodiscard]] std::string const& base_url() const noexcept { return base_url_; }
  void set_base_url(std::string url) { base_url_ = std::move(url); }

 private:
  SimulatorOptions options_;
  std::span<Switch const> table_;
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<SimulatedCampaign> campaigns_;
  std::int64_t ordinal_ = static_cast<std::int64_t>(campaigns_.size());  ///< of the newest ever
  std::string base_url_;
};

class LoopbackServer;

/// What the public object owns; the in-process transports share it.
struct Simulator::Shared {
  std::string provider{};
  std::uint16_t port = 0;
  mutable std::mutex mutex{};  ///< guards everything below but the server
  std::unique_ptr<VendorSimulator> vendor{};
  std::vector<std::string> log{};
  std::int64_t seen = 0;  ///< requests, for `fault_every`
  std::mutex server_mutex{};
  std::unique_ptr<LoopbackServer> server{};

  [[nodiscard]] HttpResponse handle(HttpRequest const& request);
};

/// Switches that every vendor has, handled before the vendor sees the request.
inline constexpr std::array<Switch, 2> common_switches{{
    {"fault", "none|html502|http500|http429|http429_retry_after|truncated",
     "what goes wrong: a proxy's HTML page, an empty 500, a 429 without and with Retry-After, half a body"},
    {"fault_every", "1|3|10", "the fault hits every Nth request"},
}};

/// A vendor's own switches with the common ones behind them, for a constexpr table.
template <std::size_t N>
[[nodiscard]] constexpr std::array<Switch, N + common_switches.size()> with_common(Switch const (&own)[N]) {
  std::array<Switch, N + common_switches.size()> all{};
  std::size_t i = 0;
  for (auto const& item : own) all[i++] = item;
  for (auto const& item : common_switches) all[i++] = item;
  return all;
}

[[nodiscard]] std::span<Switch const> yeastar_switches() noexcept;
[[nodiscard]] std::span<Switch const> bsg_switches() noexcept;
[[nodiscard]] std::span<Switch const> smsup_switches() noexcept;
[[nodiscard]] std::span<Switch const> dexatel_switches() noexcept;

// The options' switches are not yet applied: `Simulator::create` does that.
[[nodiscard]] std::unique_ptr<VendorSimulator> make_yeastar_simulator(SimulatorOptions options);
[[nodiscard]] std::unique_ptr<VendorSimulator> make_bsg_simulator(SimulatorOptions options);
[[nodiscard]] std::unique_ptr<VendorSimulator> make_smsup_simulator(SimulatorOptions options);
[[nodiscard]] std::unique_ptr<VendorSimulator> make_dexatel_simulator(SimulatorOptions options);

}  // namespace polycampaign::inline v1::testing
