#pragma once

#include "polycampaign/testing/campaign_shape.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/http_message.hpp"
#include "polycampaign/testing/simulated_account.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// One vendor's API: what a simulator of a vendor derives from, to say how it answers a request. `Simulator`
/// owns it and does the rest: the request log, the faults, the transport in this process, HTTP. An
/// implementation must not call its `Simulator`.
///
/// Threads: one at a time. Every member is called with the simulator's mutex held, so an implementation needs
/// no lock.
class POLYCAMPAIGN_TESTING_EXPORT VendorSimulator {
 public:
  /// Generates the campaigns. `options.provider` is the vendor's name. `switches` are the vendor's own ones,
  /// those of `SimulatedVendor::switches`; they are at their defaults until `Simulator::create` has applied
  /// `options.switches`.
  VendorSimulator(SimulatorOptions options, std::span<Switch const> switches, CampaignShape const& shape);
  virtual ~VendorSimulator();
  VendorSimulator(VendorSimulator const&) = delete;
  VendorSimulator& operator=(VendorSimulator const&) = delete;

  /// The answer to any request, refused ones and unknown paths included; `target` is its URL, taken apart. An
  /// exception is answered as a 500.
  [[nodiscard]] virtual HttpResponse answer(HttpRequest const& request, RequestTarget const& target) = 0;
  /// Good credentials under the names of `Provider::settings`; `base_url` is added by the caller.
  [[nodiscard]] virtual std::map<std::string, std::string> credentials() const = 0;
  /// Ends every token that was given. Nothing to do for a vendor with a static key.
  virtual void expire_tokens();
  /// Whether a list shows it when no channel is asked for: all of them.
  [[nodiscard]] virtual bool lists_by_default(SimulatedCampaign const& campaign) const;
  /// Whether HTTP connections stay open after an answer: they do. Asked once, when it begins to serve.
  [[nodiscard]] virtual bool keeps_connections() const;
  /// Whether the log masks this query parameter's value: `access_token`, `api_key`, `password` and `token`.
  [[nodiscard]] virtual bool is_credential(std::string_view parameter) const;

  /// The status behind a campaign's own, once its time has come; its own where it stays as it is. Here:
  /// moderation, then scheduled, or sending when it was not planned; queued, then sending; scheduled, then
  /// sending; sending and retrying, then completed. A vendor with other states says its own.
  [[nodiscard]] virtual StatusCode next_status(SimulatedCampaign const& campaign) const;

  /// What the vendor keeps for the account.
  [[nodiscard]] SimulatedAccount const& account() const noexcept { return account_; }
  /// The same, to be changed.
  [[nodiscard]] SimulatedAccount& account() noexcept { return account_; }
  /// `SimulatedAccount::campaigns`.
  [[nodiscard]] std::vector<SimulatedCampaign> const& campaigns() const noexcept {
    return account_.campaigns();
  }
  /// `SimulatedAccount::find`.
  [[nodiscard]] SimulatedCampaign const* find(std::string_view id) const { return account_.find(id); }
  /// Brings the account to the present. Called before each request.
  void advance();

  /// Errors: `configuration`, naming the switch, or the values that it takes.
  Result<void> set_switch(std::string_view name, std::string_view value);
  /// A switch that does not exist is empty. Valid until it is set again.
  [[nodiscard]] std::string_view switch_value(std::string_view name) const;
  /// Whether the switch has that value.
  [[nodiscard]] bool is(std::string_view name, std::string_view value) const {
    return switch_value(name) == value;
  }
  /// 0 for a value that is not a number.
  [[nodiscard]] std::int64_t switch_number(std::string_view name) const;

  /// What it was made with.
  [[nodiscard]] SimulatorOptions const& options() const noexcept { return options_; }
  /// By the clock of the options.
  [[nodiscard]] std::chrono::sys_seconds now() const;
  /// Where this simulator is reached; for vendors that put links into their answers.
  [[nodiscard]] std::string const& base_url() const noexcept { return base_url_; }
  /// Called by `Simulator::serve`.
  void set_base_url(std::string url);

 private:
  SimulatorOptions options_;
  std::vector<Switch> switches_;
  std::map<std::string, std::string, std::less<>> values_;
  SimulatedAccount account_;
  std::string base_url_;
};

/// A page: at most `count` elements from the one with the index `first` on, fewer at the end, none behind it.
/// Any numbers may be asked for. Valid as long as `all` is unchanged.
template <class T>
[[nodiscard]] std::span<T const> page_of(std::vector<T> const& all, std::int64_t first, std::int64_t count) {
  auto const size = static_cast<std::int64_t>(all.size());
  auto const begin = first < 0 ? 0 : first < size ? first : size;
  auto const length = count < 0 ? 0 : count < size - begin ? count : size - begin;
  return std::span<T const>{all}.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(length));
}

}  // namespace polycampaign::inline v1::testing
