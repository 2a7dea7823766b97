#pragma once

#include "polycampaign/operation.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulated_account.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"
#include "polycampaign/testing/simulated_record.hpp"
#include "polycampaign/transport.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A variant of a vendor's behavior that can be turned on, taken from the contradictions in the vendor's
/// documentation.
struct Switch {
  std::string_view name{};  ///< `next`
  /// `absolute|relative|token`; the first one is the default. If all values are numbers, they are examples:
  /// any whole number from 0 is accepted.
  std::string_view values{};
  std::string_view summary{};  ///< what it changes, as half a sentence
};

/// What goes wrong with one request.
enum class SimulatedFault : std::uint8_t {
  // the vendor does not see the request
  refused,       ///< the connection is refused
  unavailable,   ///< a proxy answers with HTTP 502
  rate_limited,  ///< HTTP 429 from a proxy, with `Retry-After: 0`
  // the vendor carries the request out, and its answer does not arrive
  lost,       ///< the connection ends without an answer
  cut,        ///< half of the answer's body is missing
  replaced,   ///< a proxy answers with HTTP 502 instead
  timed_out,  ///< a proxy answers with HTTP 504 instead
};

/// The initial state of a simulator. A plain value.
struct SimulatorOptions {
  /// The vendor's name: `bsg`, `dexatel`, `smsup` or `yeastar`. Ignored if a SimulatedVendor is given.
  std::string provider{};
  /// Number of generated campaigns. BSG's lists contain only one channel: there, these are SMS campaigns, and
  /// an eighth as many campaigns of other channels are added.
  std::size_t campaigns = 40;
  std::uint64_t seed = 1;  ///< the same seed, options and clock generate the same campaigns
  std::uint16_t port = 0;  ///< port on 127.0.0.1; 0: any free port
  /// Values by switch name, for the vendor's own switches and the common ones.
  std::map<std::string, std::string, std::less<>> switches{};
  /// Returns the current time. It is called with a lock held, so it must not call the simulator. Null: the
  /// system clock.
  std::function<std::chrono::sys_seconds()> clock{};
};

class VendorSimulator;

/// A vendor that can be simulated: one of `simulated_vendors()`, or one of your own. Constant data.
struct SimulatedVendor {
  /// The vendor's name, as in `Provider::name`: lower-case letters, digits, `-` and `_`.
  std::string_view name{};
  /// Creates the vendor's simulator. Must not be null, and must not return null.
  std::unique_ptr<VendorSimulator> (*make)(SimulatorOptions options) = nullptr;
  /// Returns the vendor's own switches, without the common ones. They must stay valid as long as its
  /// simulators. Must not be null.
  std::span<Switch const> (*switches)() noexcept = nullptr;
};

/// Returns the vendors of this library, in alphabetical order of their names.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::span<SimulatedVendor const> simulated_vendors() noexcept;
/// Returns the vendor with that name, or null if there is none.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT SimulatedVendor const* find_simulated_vendor(
    std::string_view name) noexcept;
/// Returns the switches of the vendor's simulator: its own, followed by `fault`, `fault_every`, `rate_limit`,
/// `rate_limit_answer` and `stage`, which every simulator has. `Simulator` itself handles all of these except
/// `stage`.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<Switch> switches_of(SimulatedVendor const& vendor);

/// A vendor's API as its documentation describes it, in this process: state, validation, pagination, errors
/// in the vendor's own form, and tokens that expire.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT Simulator final {
 public:
  /// Creates a simulator of one of `simulated_vendors()`. Errors: `configuration` (unknown provider, switch
  /// or value).
  [[nodiscard]] static Result<std::unique_ptr<Simulator>> create(SimulatorOptions options);
  /// Creates a simulator of any vendor. Errors: `configuration` (a malformed name, a null function, a switch
  /// with the name of a common one, an unknown switch or value).
  [[nodiscard]] static Result<std::unique_ptr<Simulator>> create(SimulatedVendor const& vendor,
                                                                 SimulatorOptions options);
  /// Stops serving, after finishing the responses in flight.
  ~Simulator();
  Simulator(Simulator const&) = delete;
  Simulator& operator=(Simulator const&) = delete;

  /// Returns the response to one request, without a network. The host in the URL is ignored.
  [[nodiscard]] HttpResponse handle(HttpRequest const& request);
  /// Returns a transport to `handle`, in this process. It may outlive the simulator.
  [[nodiscard]] std::shared_ptr<Transport> transport();

  /// Starts to serve over HTTP on 127.0.0.1, until this object is destroyed. Errors: `network` (the port is
  /// taken), `conflict` (it is already serving).
  [[nodiscard]] Result<void> serve();
  /// Returns `http://127.0.0.1:PORT` once it serves. Before that, returns an address that only works with
  /// `transport()`.
  [[nodiscard]] std::string base_url() const;
  /// Returns settings for `Provider::make_adapter`: base_url and a valid credential.
  [[nodiscard]] Settings settings() const;

  /// Returns all campaigns as they really are now, newest first. They begin and end as the clock advances.
  [[nodiscard]] std::vector<SimulatedCampaign> campaigns() const;
  /// Returns the ids of the campaigns that the vendor lists by default, without a channel filter (BSG: SMS
  /// only), newest first.
  [[nodiscard]] std::vector<std::string> campaign_ids() const;
  /// Returns the ids of the campaigns of one channel, newest first.
  [[nodiscard]] std::vector<std::string> campaign_ids(Channel channel) const;
  /// Adds one newly created campaign, for example between two pages of a list. Returns its id.
  std::string add_campaign();
  /// Removes the campaign with that id. Returns false if there is none.
  bool remove_campaign(std::string_view id);
  /// Returns who was really reached, when, and by which request, in order. Move the clock to see what a
  /// scheduled campaign, or one that has just begun, does.
  [[nodiscard]] std::vector<Reached> reached() const;
  /// Returns a copy of everything that the vendor stores for the account, as it really is now. Compare two
  /// copies to see what a request has changed.
  [[nodiscard]] SimulatedAccount account() const;
  /// Returns the lists of recipients as they really are now.
  [[nodiscard]] std::vector<SimulatedAddressBook> lists() const;
  /// Returns what a list around a campaign really contains: `VendorSimulator::records`.
  [[nodiscard]] std::optional<std::vector<SimulatedRecord>> records(Operation list,
                                                                    std::string_view campaign) const;
  /// Makes something go wrong with the next request whose entry in `requests` contains `part`. Several calls
  /// apply in order.
  void fail_next(std::string part, SimulatedFault fault);
  /// Expires all current tokens; a login returns new ones. No effect for vendors with a static key.
  void expire_tokens();
  /// Sets a switch. Errors: `configuration` (unknown switch or value).
  [[nodiscard]] Result<void> set_switch(std::string_view name, std::string_view value);

  /// Returns the requests so far: `METHOD path?query` as sent, with credentials in the query masked.
  [[nodiscard]] std::vector<std::string> requests() const;
  /// Returns how many of the requests contain this string.
  [[nodiscard]] std::size_t count(std::string_view part) const;

  struct Shared;

 private:
  explicit Simulator(std::shared_ptr<Shared> shared);
  std::shared_ptr<Shared> shared_;
};

}  // namespace polycampaign::inline v1::testing
