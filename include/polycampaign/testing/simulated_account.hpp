#pragma once

#include "polycampaign/testing/campaign_shape.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/simulated_campaign.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// What a simulated vendor stores for one account. It changes when the account makes requests, and as time
/// passes: campaigns begin and end.
///
/// Threads: use from one thread at a time.
class POLYCAMPAIGN_TESTING_EXPORT SimulatedAccount {
 public:
  /// A function that returns the status that follows a campaign's current one once its time has come, or the
  /// current one if the campaign stays as it is.
  using Next = std::function<StatusCode(SimulatedCampaign const& campaign)>;

  /// Creates an account with the `count` campaigns that were requested. If lists contain only one channel, an
  /// eighth as many campaigns of other channels are added. The same provider, seed and `now` give the same
  /// campaigns.
  SimulatedAccount(CampaignShape const& shape, std::string provider, std::uint64_t seed, std::size_t count,
                   std::chrono::sys_seconds now);

  /// Returns the campaigns, newest first. Valid until one is added or removed.
  [[nodiscard]] std::vector<SimulatedCampaign> const& campaigns() const noexcept { return campaigns_; }
  /// Returns the campaign with that id, or null if there is none.
  [[nodiscard]] SimulatedCampaign const* find(std::string_view id) const;
  /// Adds a campaign that is created at `now` and waits to be sent. Valid as long as the result of
  /// `campaigns`.
  SimulatedCampaign const& add(std::chrono::sys_seconds now);
  /// Creates what a request asks for. Its recipients are reached as it is sent. Valid as long as the result
  /// of `campaigns`.
  SimulatedCampaign const& create(SimulatedOrder order, std::chrono::sys_seconds now, std::int64_t request);
  /// Changes a campaign. The next changes of its status follow from the changed one. Returns false if there
  /// is none with that id.
  bool change(std::string_view id, std::function<void(SimulatedCampaign& campaign)> const& how);
  /// Sends the failed messages of a campaign again. Returns false if there is none with that id.
  bool retry(std::string_view id, std::chrono::sys_seconds now, std::int64_t request);
  /// Returns every message that was handed over to a person so far, in order. Generated campaigns reach
  /// nobody.
  [[nodiscard]] std::vector<Reached> const& reached() const noexcept { return reached_; }

  /// Returns the lists of recipients: some that were generated, and those that were added. Valid until one is
  /// added or removed.
  [[nodiscard]] std::vector<SimulatedAddressBook> const& lists() const noexcept { return lists_; }
  /// Returns the list with that id, or null if there is none.
  [[nodiscard]] SimulatedAddressBook* find_list(std::string_view id);
  /// Adds a list. Valid as long as the result of `lists`.
  SimulatedAddressBook& add_list(std::string name, std::vector<SimulatedRecipient> members,
                                 std::chrono::sys_seconds now);

  /// Removes the list with that id. Returns false if there is none. Its id is not used again.
  bool remove_list(std::string_view id);

  std::vector<SimulatedTemplate> templates{};  ///< those that requests created
  std::vector<SimulatedSender> senders{};      ///< set by the vendor's simulator
  /// What the account has left, in thousandths of its unit.
  std::int64_t balance = 100'000'000;

  /// Removes the campaign with that id. Returns false if there is none.
  bool remove(std::string_view id);
  /// Puts the campaign with that id into a status; its times, counters and cost follow. Returns false if
  /// there is none.
  bool enter(std::string_view id, StatusCode status, std::chrono::sys_seconds now);

  /// Performs everything that happens until `now`, in order. A scheduled campaign changes at its start time,
  /// any other when it has been in its status for `stage`. Time never goes back: an earlier `now` changes
  /// nothing.
  void advance(std::chrono::sys_seconds now, std::chrono::seconds stage, Next const& next);

 private:
  void enter_now(SimulatedCampaign& campaign, StatusCode status, std::chrono::sys_seconds now);

  CampaignShape shape_;
  std::string provider_;
  std::uint64_t seed_;
  std::vector<SimulatedCampaign> campaigns_;
  std::vector<SimulatedAddressBook> lists_;
  std::int64_t list_ordinal_;  // how many lists there ever were
  std::vector<Reached> reached_{};
  std::int64_t ordinal_;                                   // of the newest campaign ever created
  std::optional<std::chrono::sys_seconds> advanced_{};     // everything until then has happened
  std::optional<std::chrono::sys_seconds> quiet_until_{};  // nothing happens before then
  std::chrono::seconds stage_{};                           // as last passed to `advance`
};

}  // namespace polycampaign::inline v1::testing
