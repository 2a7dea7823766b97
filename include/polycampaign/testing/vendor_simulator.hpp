#pragma once

#include "polycampaign/operation.hpp"
#include "polycampaign/testing/campaign_shape.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/http_message.hpp"
#include "polycampaign/testing/simulated_account.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"
#include "polycampaign/testing/simulated_record.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Base class for the simulator of one vendor's API. It decides how the vendor responds to a request.
/// `Simulator` owns it and does the rest: the request log, the faults, the transport in this process, and
/// HTTP. An implementation must not call its `Simulator`.
///
/// Threads: use from one thread at a time. Every member is called with the simulator's mutex held, so an
/// implementation needs no lock.
class POLYCAMPAIGN_TESTING_EXPORT VendorSimulator {
 public:
  /// Generates the campaigns. `options.provider` is the vendor's name. `switches` are the vendor's own
  /// switches, the same as `SimulatedVendor::switches`. They have their default values until
  /// `Simulator::create` has applied `options.switches`.
  VendorSimulator(SimulatorOptions options, std::span<Switch const> switches, CampaignShape const& shape);
  virtual ~VendorSimulator();
  VendorSimulator(VendorSimulator const&) = delete;
  VendorSimulator& operator=(VendorSimulator const&) = delete;

  /// Returns the response to any request, including rejected ones and unknown paths. `target` is the
  /// request's URL, parsed. If it throws, the response is a 500.
  [[nodiscard]] virtual HttpResponse answer(HttpRequest const& request, RequestTarget const& target) = 0;
  /// Returns valid credentials under the names of `Provider::settings`. The caller adds `base_url`.
  [[nodiscard]] virtual std::map<std::string, std::string> credentials() const = 0;
  /// Expires every token that was issued. There is nothing to do for a vendor with a static key.
  virtual void expire_tokens();
  /// Returns whether a list without a channel filter contains the campaign. This implementation returns true.
  [[nodiscard]] virtual bool lists_by_default(SimulatedCampaign const& campaign) const;
  /// Returns whether HTTP connections stay open after a response. This implementation returns true. Called
  /// once, when the simulator starts to serve.
  [[nodiscard]] virtual bool keeps_connections() const;
  /// Returns whether the request log masks the value of this query parameter. This implementation masks
  /// `access_token`, `api_key`, `password` and `token`.
  [[nodiscard]] virtual bool is_credential(std::string_view parameter) const;

  /// Returns the status that follows a campaign's current one once its time has come, or the current one if
  /// it stays as it is. In this implementation, moderation leads to scheduled, or to sending if the campaign
  /// is immediate; queued and scheduled lead to sending; sending and retrying lead to completed. A vendor
  /// with other statuses overrides this.
  [[nodiscard]] virtual StatusCode next_status(SimulatedCampaign const& campaign) const;

  /// Returns what a list around a campaign really contains, in any order, so that the conformance suite can
  /// compare it with what the adapter returns: the messages, replies or opt-outs of a campaign, or the stop
  /// list, for which `campaign` is empty. This implementation returns nothing: there is nothing to compare
  /// with.
  [[nodiscard]] virtual std::optional<std::vector<SimulatedRecord>> records(Operation list,
                                                                            std::string_view campaign) const;

  /// Returns what the vendor stores for the account.
  [[nodiscard]] SimulatedAccount const& account() const noexcept { return account_; }
  /// Returns what the vendor stores for the account, to change it.
  [[nodiscard]] SimulatedAccount& account() noexcept { return account_; }
  /// Returns `SimulatedAccount::campaigns`.
  [[nodiscard]] std::vector<SimulatedCampaign> const& campaigns() const noexcept {
    return account_.campaigns();
  }
  /// Calls `SimulatedAccount::find`.
  [[nodiscard]] SimulatedCampaign const* find(std::string_view id) const { return account_.find(id); }
  /// Brings the account up to date. Called before each request.
  void advance();
  /// Returns the place of the current request among `Simulator::requests`, from 1: `Reached::request`.
  [[nodiscard]] std::int64_t request_number() const noexcept { return request_number_; }
  /// Sets that place. `Simulator` calls it before each request.
  void begin_request(std::int64_t number) noexcept { request_number_ = number; }

  /// Sets a switch. Errors: `configuration`, naming the switch, or the values that it takes.
  Result<void> set_switch(std::string_view name, std::string_view value);
  /// Returns the value of a switch, or an empty string if there is no such switch. Valid until the switch is
  /// set again.
  [[nodiscard]] std::string_view switch_value(std::string_view name) const;
  /// Returns whether the switch has that value.
  [[nodiscard]] bool is(std::string_view name, std::string_view value) const {
    return switch_value(name) == value;
  }
  /// Returns the value of a switch as a number, or 0 if it is not a number.
  [[nodiscard]] std::int64_t switch_number(std::string_view name) const;

  /// Returns the options that the simulator was created with.
  [[nodiscard]] SimulatorOptions const& options() const noexcept { return options_; }
  /// Returns the current time by the clock of the options.
  [[nodiscard]] std::chrono::sys_seconds now() const;
  /// Returns where this simulator can be reached, for vendors that put links into their responses.
  [[nodiscard]] std::string const& base_url() const noexcept { return base_url_; }
  /// Sets where this simulator can be reached. `Simulator::serve` calls it.
  void set_base_url(std::string url);

 private:
  SimulatorOptions options_;
  std::vector<Switch> switches_;
  std::map<std::string, std::string, std::less<>> values_;
  SimulatedAccount account_;
  std::string base_url_;
  std::int64_t request_number_ = 0;
};

/// Returns one page: at most `count` elements, starting with the one at index `first`. There are fewer at the
/// end and none after it. Any numbers are accepted. Valid as long as `all` is unchanged.
template <class T>
[[nodiscard]] std::span<T const> page_of(std::vector<T> const& all, std::int64_t first, std::int64_t count) {
  auto const size = static_cast<std::int64_t>(all.size());
  auto const begin = first < 0 ? 0 : first < size ? first : size;
  auto const length = count < 0 ? 0 : count < size - begin ? count : size - begin;
  return std::span<T const>{all}.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(length));
}

}  // namespace polycampaign::inline v1::testing
