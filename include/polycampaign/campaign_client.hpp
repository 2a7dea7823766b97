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

/// The campaigns of one account at one vendor. Store it, share it, mock it.
///
/// A vendor's `make_client` gives one (`bsg::make_client` and its like); `testing::FakeCampaignClient` is one
/// in memory. Only `capabilities` is pure: every other operation answers `unsupported` until it is
/// overridden, so that a new operation breaks no implementation. It is neither copied nor moved.
///
/// Threads: every member may be called from several threads at once, on one client.
class POLYCAMPAIGN_EXPORT CampaignClient {
 public:
  CampaignClient();
  /// Ends what is in flight with `cancelled`, makes no request (see `close`), and waits for callbacks that
  /// run on the client's own threads, unless it is called from inside one of them.
  virtual ~CampaignClient();
  CampaignClient(CampaignClient const&) = delete;
  CampaignClient& operator=(CampaignClient const&) = delete;

  /// What this vendor can do, as documented; no request is made. Valid as long as the client.
  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;

  /// Campaigns, newest first where the vendor can (Yeastar and Dexatel document no order: theirs is kept).
  /// Lazy: no request before the first element is asked for.
  ///
  /// Errors: `unsupported` (a filter, before any request), `invalid_argument` (a resume token of another
  /// list), and those of requests; each as the last element. Retried: yes, page by page.
  [[nodiscard]] virtual Pager<Campaign> list(CampaignFilter filter = {}, ListOptions options = {});

  /// Everything that the vendor tells about one campaign. Blocks until it is there.
  ///
  /// Errors: `not_found`, `invalid_argument` (an id that this vendor cannot have), and those of requests.
  /// Retried: yes.
  [[nodiscard]] virtual Result<Campaign> get(std::string_view id, GetOptions options = {});

  /// Ends the session at the vendor where there is one (Yeastar allows eight tokens, each lives 30 minutes).
  /// Calls in flight and later ones end with `cancelled`. The destructor does not do this: it makes no
  /// request.
  ///
  /// Errors: those of requests; the client is closed nevertheless.
  /// Retried: only when nothing reached the vendor.
  virtual Result<void> close(CallOptions options = {});

  // The same without a thread that waits, for thousands of calls at once: these return at once, and `done` is
  // called by `ClientOptions::executor`, else on one of the client's two callback threads, never on the one
  // that moves bytes. Destroying the client completes what is in flight with `cancelled`, and returns when
  // the callbacks that run on its own threads have ended; inside of one of these it returns at once. An
  // implementation without asynchronous operations calls `done` with `unsupported` before it returns.

  /// Pages of campaigns, asked for one at a time; no request before the first is asked for.
  ///
  /// Errors: as `list`; each ends the list.
  /// Retried: as `list`.
  [[nodiscard]] virtual AsyncPager<Campaign> async_list(CampaignFilter filter = {}, ListOptions options = {});
  /// `get` without a thread that waits: returns at once, `done` is called exactly once.
  ///
  /// Errors: as `get`, in `done`.
  /// Retried: as `get`.
  virtual void async_get(std::string id, GetOptions options, Completion<Campaign> done);
  /// `close` without a thread that waits: returns at once, `done` is called exactly once.
  ///
  /// Errors: as `close`, in `done`.
  /// Retried: as `close`.
  virtual void async_close(CallOptions options, Completion<void> done);
};

class Vendor;

/// A client over a vendor's adapter: what `bsg::make_client` and its like call. No request is made. An error
/// passed in is passed on.
///
/// Errors: `configuration`, naming the member of `ClientOptions` or the setting that is wrong; `unavailable`
/// when no file descriptor is free or no thread can be started.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::unique_ptr<CampaignClient>> make_client(
    Result<std::shared_ptr<Vendor const>> vendor, ClientOptions options = {});

}  // namespace polycampaign::inline v1
