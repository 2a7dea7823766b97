#pragma once

#include "polycampaign/providers.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A variant of a vendor's behaviour that can be turned on, from the contradictions in its documents.
struct Switch {
  std::string_view name{};  ///< `next`
  /// `absolute|relative|token`, the first being the default. Where all of them are numbers they are examples:
  /// any whole number from 0 is taken.
  std::string_view values{};
  std::string_view summary{};  ///< what it changes, half a sentence
};

/// What a simulator starts with. A plain value.
struct SimulatorOptions {
  /// The vendor's name: `bsg`, `dexatel`, `smsup` or `yeastar`. Not looked at where a SimulatedVendor is
  /// given.
  std::string provider{};
  /// Generated ones; at BSG, whose lists are of one channel, SMS: an eighth as many of others is added.
  std::size_t campaigns = 40;
  std::uint64_t seed = 1;  ///< the same seed, options and clock give the same campaigns
  std::uint16_t port = 0;  ///< of 127.0.0.1; 0: a free one
  /// Values by name: the vendor's own switches and the common ones.
  std::map<std::string, std::string, std::less<>> switches{};
  /// Now, called with a lock held: it must not call the simulator. Null: the system's clock.
  std::function<std::chrono::sys_seconds()> clock{};
};

class VendorSimulator;

/// A vendor that can be simulated: one of `simulated_vendors()`, or anybody's own. Constant data.
struct SimulatedVendor {
  /// As `Provider::name`: lower-case letters, digits, `-` and `_`.
  std::string_view name{};
  /// Not null, and gives no null.
  std::unique_ptr<VendorSimulator> (*make)(SimulatorOptions options) = nullptr;
  /// The vendor's own switches, which must live as long as its simulators, without the common ones. Not null.
  std::span<Switch const> (*switches)() noexcept = nullptr;
};

/// The vendors of this library, in alphabetical order of their names.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::span<SimulatedVendor const> simulated_vendors() noexcept;
/// Null when there is none of that name.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT SimulatedVendor const* find_simulated_vendor(
    std::string_view name) noexcept;
/// The switches of the vendor's simulator: its own, and behind them `fault`, `fault_every`, `rate_limit`,
/// `rate_limit_answer` and `stage`, which every simulator has. All but the last are handled before the vendor
/// sees the request.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<Switch> switches_of(SimulatedVendor const& vendor);

/// A vendor's API as its documents describe it, in this process: state, validation, paging, errors in the
/// vendor's own form, tokens that expire.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT Simulator final {
 public:
  /// One of `simulated_vendors()`. Errors: `configuration` (unknown provider, switch or value).
  [[nodiscard]] static Result<std::unique_ptr<Simulator>> create(SimulatorOptions options);
  /// Any vendor. Errors: `configuration` (a malformed name, a null function, a switch of a common one's name,
  /// an unknown switch or value).
  [[nodiscard]] static Result<std::unique_ptr<Simulator>> create(SimulatedVendor const& vendor,
                                                                 SimulatorOptions options);
  /// Stops serving; answers in flight are finished first.
  ~Simulator();
  Simulator(Simulator const&) = delete;
  Simulator& operator=(Simulator const&) = delete;

  /// The answer to one request, without any network. The host in the URL is not looked at.
  [[nodiscard]] HttpResponse handle(HttpRequest const& request);
  /// A transport to `handle`, in this process; may outlive the simulator.
  [[nodiscard]] std::shared_ptr<Transport> transport();

  /// Serves over HTTP on 127.0.0.1 until this dies. Errors: `network` (the port is taken), `conflict` (serves
  /// already).
  [[nodiscard]] Result<void> serve();
  /// `http://127.0.0.1:PORT` once served; before, an address that is good for `transport()` only.
  [[nodiscard]] std::string base_url() const;
  /// Settings that `Provider::make_adapter` takes: base_url and a good credential.
  [[nodiscard]] Settings settings() const;

  /// All campaigns as they truly are now, newest first: they begin and end as the clock moves on.
  [[nodiscard]] std::vector<SimulatedCampaign> campaigns() const;
  /// Those that the vendor lists when no channel is asked for (BSG: SMS only), newest first.
  [[nodiscard]] std::vector<std::string> campaign_ids() const;
  /// Those of one channel, newest first.
  [[nodiscard]] std::vector<std::string> campaign_ids(Channel channel) const;
  /// Adds one newly created campaign, between two pages of a list for instance. Its id.
  std::string add_campaign();
  /// False when there is none of that id.
  bool remove_campaign(std::string_view id);
  /// All tokens are expired from now on; log-in gives new ones. No effect for vendors with a static key.
  void expire_tokens();
  /// Errors: `configuration`.
  [[nodiscard]] Result<void> set_switch(std::string_view name, std::string_view value);

  /// Requests seen so far: `METHOD path?query` as sent, credentials in the query masked.
  [[nodiscard]] std::vector<std::string> requests() const;
  /// How many of them contain this text.
  [[nodiscard]] std::size_t count(std::string_view part) const;

  struct Shared;

 private:
  explicit Simulator(std::shared_ptr<Shared> shared);
  std::shared_ptr<Shared> shared_;
};

}  // namespace polycampaign::inline v1::testing
