#pragma once

#include "polycampaign/new_campaign.hpp"
#include "polycampaign/testing/simulated_account.hpp"

#include "testing/conformance/writing_site.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// A campaign that the suite creates. `Orders::at` fills in the id of a list.
struct Order {
  std::string name{};      ///< for findings: `a draft`
  NewCampaign campaign{};  ///< what is requested
  std::size_t list = 0;    ///< with `to_list`: which of the account's lists
  bool to_list = false;    ///< whether it is sent to a list
};

/// The campaigns that an adapter says it can create, with texts and numbers that nothing else contains.
class Orders {
 public:
  /// Finds a sender. Adds a finding if the adapter cannot send anything.
  explicit Orders(Workbench& workbench);

  /// Returns whether campaigns can be created at all.
  [[nodiscard]] bool any() const noexcept { return !basic_.campaign.text.empty(); }
  /// Returns whether the feature is said to work. One that is `unverified` need not.
  [[nodiscard]] bool has(Feature feature) const noexcept;
  /// Returns the campaign that takes least: to three numbers if possible, at once.
  [[nodiscard]] Order const& basic() const noexcept { return basic_; }
  /// Returns one campaign for each form that the adapter supports, the basic one first.
  [[nodiscard]] std::vector<Order> all() const;
  /// Returns the basic campaign to that many numbers.
  [[nodiscard]] Order to_many(std::size_t count) const;
  /// Returns the basic campaign, which starts later.
  [[nodiscard]] Order starting(std::chrono::sys_seconds start) const;
  /// Returns a start in about two days.
  [[nodiscard]] std::chrono::sys_seconds soon() const;
  /// Returns how far ahead a campaign may start by the vendor's rules; at most 400 days.
  [[nodiscard]] std::chrono::days horizon() const;
  /// Returns a sender for that channel; never empty.
  [[nodiscard]] std::string sender(Channel channel) const;
  /// Returns a message text that nothing else contains, plain GSM-7.
  [[nodiscard]] static std::string plain_text();

  /// Returns the campaign with the id of the account's list.
  [[nodiscard]] static NewCampaign at(Order const& order, WritingSite& site);
  /// Returns who must be reached, in the order in which the vendor gets to know them.
  [[nodiscard]] static std::vector<SimulatedRecipient> people(Order const& order, WritingSite& site);

 private:
  [[nodiscard]] bool fits(NewCampaign const& campaign) const;

  Workbench& workbench_;
  std::vector<Sender> senders_{};
  Order basic_{};
};

/// Returns the campaigns of `after` that `before` does not have.
[[nodiscard]] std::vector<SimulatedCampaign> created(SimulatedAccount const& before,
                                                     SimulatedAccount const& after);

/// Checks that exactly the people of an order are reached, once each, with the right text and not before the
/// start. Moves the clock. `made` are the requests of the operation.
void expect_reached(WritingSite& site, Order const& order, std::vector<Made> const& made,
                    std::string const& what);
/// Checks that nobody has been reached twice by one campaign, and that `made` contains no request that
/// reached people without `Action::sends`. Moves the clock.
void expect_no_surprise(WritingSite& site, std::vector<Made> const& made, std::string const& what);

/// Returns `METHOD path`, for findings.
[[nodiscard]] std::string shown_request(HttpRequest const& request);

}  // namespace polycampaign::inline v1::testing::conformance
