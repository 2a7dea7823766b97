#pragma once

#include "polycampaign/async_pager.hpp"
#include "polycampaign/call_options.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/client_options.hpp"
#include "polycampaign/completion.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/pager.hpp"
#include "polycampaign/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// The campaigns of one account at one vendor. Store it, share it, mock it: every member may be called from
/// several threads at once. Only `capabilities` is pure, so a new operation breaks no implementation.
class POLYCAMPAIGN_EXPORT CampaignClient {
 public:
  CampaignClient();
  virtual ~CampaignClient();
  CampaignClient(CampaignClient const&) = delete;
  CampaignClient& operator=(CampaignClient const&) = delete;

  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;

  /// Campaigns, newest first where the vendor can (Yeastar and Dexatel document no order: theirs is kept).
  /// Errors come as the last element: `unsupported` (a filter, before any request), `invalid_argument` (a
  /// resume token of another list), and those of the requests. Reads are retried.
  [[nodiscard]] virtual Pager<Campaign> list(CampaignFilter filter = {}, ListOptions options = {});

  /// Everything that the vendor tells about one campaign.
  /// Errors: `not_found`, `invalid_argument` (an id that this vendor cannot have), and those of the requests.
  /// Retried.
  [[nodiscard]] virtual Result<Campaign> get(std::string_view id, GetOptions options = {});

  /// Ends the session at the vendor where there is one (Yeastar allows eight tokens, each lives 30 minutes).
  /// Calls in flight and later ones end with `cancelled`. The destructor does not do this: it makes no
  /// request.
  virtual Result<void> close(CallOptions options = {});

  // The same without a thread that waits, for thousands of calls at once: these return at once, and `done` is
  // called by `ClientOptions::executor`, else on one of the client's two callback threads, never on the one
  // that moves bytes. Destroying the client completes what is in flight with `cancelled`, and returns when
  // the callbacks that run on its own threads have ended; inside of one of these it returns at once. An
  // implementation without asynchronous operations calls `done` with `unsupported` before it returns.

  /// Pages of campaigns, asked for one at a time. Errors as `list`; nothing is asked for before the first.
  [[nodiscard]] virtual AsyncPager<Campaign> async_list(CampaignFilter filter = {}, ListOptions options = {});
  /// As `get`.
  virtual void async_get(std::string id, GetOptions options, Completion<Campaign> done);
  /// As `close`.
  virtual void async_close(CallOptions options, Completion<void> done);
};

class Vendor;

/// A client over a vendor's adapter: what `bsg::make_client` and its like call. An error passed in is passed
/// on. Errors: `configuration`, naming what is wrong; no request is made.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::unique_ptr<CampaignClient>> make_client(
    Result<std::shared_ptr<Vendor const>> vendor, ClientOptions options = {});

}  // namespace polycampaign::inline v1
