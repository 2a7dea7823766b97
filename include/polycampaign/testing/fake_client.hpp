#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/testing/export.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A CampaignClient in memory, for the tests of an application: lists, filters and gets the campaigns it was
/// given, in the order given. A list shows what was there when `list` was called, and ends with `unsupported`
/// when it is asked for a destination or an order.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT FakeCampaignClient final : public CampaignClient {
 public:
  /// Holds these campaigns.
  explicit FakeCampaignClient(std::vector<Campaign> campaigns = {});
  ~FakeCampaignClient() override;

  /// Adds a campaign behind the others, whatever its id.
  void add(Campaign campaign);
  /// Replaces the campaign with that id, adds it when there is none.
  void put(Campaign campaign);
  /// The next call that is not yet taken by an earlier `fail_next` ends with this error; a list before its
  /// first campaign.
  void fail_next(Error error);
  /// The next list ends with this error behind `after` campaigns.
  void fail_list_after(std::size_t after, Error error);
  /// Operations that were called, in order: `list`, `get ID`, `close`, the asynchronous ones by the same
  /// names. After `close` the others end with `cancelled`.
  [[nodiscard]] std::vector<std::string> calls() const;

  [[nodiscard]] Capabilities const& capabilities() const noexcept override;
  [[nodiscard]] Pager<Campaign> list(CampaignFilter filter = {}, ListOptions options = {}) override;
  [[nodiscard]] Result<Campaign> get(std::string_view id, GetOptions options = {}) override;
  Result<void> close(CallOptions options = {}) override;

  // Completions are called before these return.
  [[nodiscard]] AsyncPager<Campaign> async_list(CampaignFilter filter = {},
                                                ListOptions options = {}) override;
  void async_get(std::string id, GetOptions options, Completion<Campaign> done) override;
  void async_close(CallOptions options, Completion<void> done) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::testing
