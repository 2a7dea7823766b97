#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/list_report.hpp"
#include "polycampaign/pager.hpp"
#include "polycampaign/protocol/list_filter.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Returns what the client in memory supports: everything.
Capabilities const& fake_capabilities();

Error fake_error(ErrorCode code, std::string message);

/// Returns the error of a call that was canceled or whose deadline has passed.
std::optional<Error> ended(CallOptions const& call);

/// Reads its own copy of the campaigns, so it needs neither the client nor a lock.
class FakeSource final : public PageSource<Campaign> {
 public:
  struct End {
    std::size_t after = 0;
    Error error{};
  };

  FakeSource(std::vector<Campaign> campaigns, CampaignFilter const& filter, ListOptions options,
             std::optional<End> end);

  Result<std::optional<Page<Campaign>>> next_page() override;
  ListReport report() const override { return report_; }
  std::string resume_token(std::size_t delivered) const override;

 private:
  std::optional<Error> resume();
  bool limit_reached() const { return limit_ && report_.delivered >= *limit_; }
  bool end_due() const { return end_ && report_.delivered >= static_cast<std::int64_t>(end_->after); }
  void take(Page<Campaign>& page);

  std::vector<Campaign> campaigns_;
  protocol::ListFilter filter_;
  std::optional<std::int64_t> limit_;
  ListOptions options_;
  std::optional<End> end_;
  ListReport report_{};
  bool resumed_ = false;
  std::size_t next_ = 0;
  std::size_t page_begin_ = 0;
  std::vector<std::size_t> places_{};  ///< where the list continues after each item of the page
};

}  // namespace polycampaign::inline v1::testing
