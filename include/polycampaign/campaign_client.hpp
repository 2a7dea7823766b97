#pragma once

#include "polycampaign/async_pager.hpp"
#include "polycampaign/call_options.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/client_options.hpp"
#include "polycampaign/completion.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/pager.hpp"
#include "polycampaign/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1 {

/// The campaigns of one account at one vendor. Store it, share it, mock it.
///
/// `make_client` returns one that runs a vendor's adapter; `testing::FakeCampaignClient` is one in memory.
/// For a client of your own, derive from ClientBase. It is neither copied nor moved.
///
/// Everything that an account may ask is a struct of operations.hpp. `call` and `start` take those with one
/// answer, `list` and `async_list` those whose answer is a list. The most common ones have a short spelling.
///
/// Threads: every member may be called from several threads at once, on one client.
class POLYCAMPAIGN_EXPORT CampaignClient {
 public:
  CampaignClient();
  /// Ends what is in flight with `canceled`, makes no request (see `close`), and waits for callbacks that
  /// run on the client's own threads, unless it is called from inside one of them.
  virtual ~CampaignClient();
  CampaignClient(CampaignClient const&) = delete;
  CampaignClient& operator=(CampaignClient const&) = delete;

  /// What this vendor can do, as documented; no request is made. Valid as long as the client.
  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;

  /// Runs an operation and blocks until its answer is there: `client.call(GetCampaign{"7"})`.
  ///
  /// Errors: those that the operation's documentation names; `unsupported`, before any request, when this
  /// client has no such operation.
  /// Retried: by what the operation does (`Op::operation`): reads are, others only when nothing was sent.
  template <class Op>
  [[nodiscard]] Result<detail::AnswerOf<Op>> call(Op operation, CallOptions const& options = {}) {
    return detail::typed<detail::AnswerOf<Op>>(perform(detail::any(std::move(operation)), options));
  }

  /// `call` without a thread that waits, for thousands of calls at once: returns at once, and `done` is
  /// called exactly once: by `ClientOptions::executor`, else on one of the client's two callback threads,
  /// never on the one that moves bytes. Destroying the client completes what is in flight with `canceled`,
  /// and returns when the callbacks that run on its own threads have ended; inside of one of these it returns
  /// at once.
  ///
  /// Errors: as `call`, in `done`.
  /// Retried: as `call`.
  template <class Op>
  void start(Op operation, CallOptions const& options, Completion<detail::AnswerOf<Op>> done) {
    perform_async(detail::any(std::move(operation)), options,
                  [done = std::move(done)](Result<AnyAnswer> answer) {
                    done(detail::typed<detail::AnswerOf<Op>>(std::move(answer)));
                  });
  }

  /// Runs a list: a `Pager<Op::Item>`. Lazy: no request before the first element is asked for.
  ///
  /// Errors: `invalid_argument` (a resume token of another list), those that the operation's documentation
  /// names, and those of requests; `unsupported`, before any request, when this client has no such list. Each
  /// is the last element.
  /// Retried: yes, page by page.
  template <class Op>
  [[nodiscard]] auto list(Op operation, ListOptions const& options = {}) {
    using Item = detail::ItemOf<Op>;
    auto const any = detail::any(std::move(operation));
    auto source = open(any, options);
    if (source == nullptr)
      source = std::make_unique<detail::FailedList<Item>>(unsupported(capabilities(), any.what()));
    return Pager<Item>{detail::typed<PageSource<Item>>(std::move(source))};
  }

  /// Runs a list whose pages come to a callback: an `AsyncPager<Op::Item>`. One page at a time; no request
  /// before the first is asked for.
  ///
  /// Errors: as `list`; each ends the list.
  /// Retried: as `list`.
  template <class Op>
  [[nodiscard]] auto async_list(Op operation, ListOptions const& options = {}) {
    using Item = detail::ItemOf<Op>;
    auto const any = detail::any(std::move(operation));
    auto source = open_async(any, options);
    if (source == nullptr)
      source = std::make_unique<detail::ImmediatePages<Item>>(
          std::make_unique<detail::FailedList<Item>>(unsupported(capabilities(), any.what())));
    return AsyncPager<Item>{detail::typed<AsyncPageSource<Item>>(std::move(source))};
  }

  /// Campaigns, newest first where the vendor can (Yeastar and Dexatel document no order: theirs is kept).
  ///
  /// Errors: as `list` of ListCampaigns, with `unsupported` for a filter that neither the vendor nor the
  /// client can apply, before any request.
  /// Retried: yes, page by page.
  [[nodiscard]] Pager<Campaign> list(CampaignFilter filter = {}, ListOptions const& options = {}) {
    return list(ListCampaigns{std::move(filter)}, options);
  }
  /// `list` with pages that come to a callback.
  ///
  /// Errors: as `list`.
  /// Retried: as `list`.
  [[nodiscard]] AsyncPager<Campaign> async_list(CampaignFilter filter = {}, ListOptions const& options = {}) {
    return async_list(ListCampaigns{std::move(filter)}, options);
  }

  /// Everything that the vendor reports about one campaign. Blocks until it is there.
  ///
  /// Errors: `not_found`, `invalid_argument` (an id that this vendor cannot have), and those of requests.
  /// Retried: yes.
  [[nodiscard]] Result<Campaign> get(std::string_view id, GetOptions const& options = {}) {
    return call(GetCampaign{std::string{id}, options.keep_raw, options.brief}, options.call);
  }
  /// `get` without a thread that waits.
  ///
  /// Errors: as `get`, in `done`.
  /// Retried: as `get`.
  void async_get(std::string id, GetOptions const& options, Completion<Campaign> done) {
    start(GetCampaign{std::move(id), options.keep_raw, options.brief}, options.call, std::move(done));
  }

  /// Ends the session at the vendor where there is one (Yeastar allows eight tokens, each lives 30 minutes).
  /// Calls in flight and later ones end with `canceled`. The destructor does not do this: it makes no
  /// request.
  ///
  /// Errors: those of requests; the client is closed nevertheless.
  /// Retried: only when nothing reached the vendor.
  Result<void> close(CallOptions const& options = {}) { return call(EndSession{}, options); }
  /// `close` without a thread that waits.
  ///
  /// Errors: as `close`, in `done`.
  /// Retried: as `close`.
  void async_close(CallOptions const& options, Completion<void> done) {
    start(EndSession{}, options, std::move(done));
  }

  // What the members above rest on: for clients that pass every operation on, such as one that counts calls.
  // For a client that has operations of its own, ClientBase is simpler. Here, nothing is supported.

  /// Runs an operation with one answer. The answer is an `Op::Answer`, or null where that is `void`.
  ///
  /// Errors: as `call`.
  /// Retried: as `call`.
  [[nodiscard]] virtual Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options);
  /// `perform` without a thread that waits; `done` is called exactly once. Here: with what `perform` returns,
  /// before this returns.
  ///
  /// Errors: as `call`, in `done`.
  /// Retried: as `call`.
  virtual void perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done);
  /// The pages of a list: a `PageSource<Op::Item>`, or null when there is no such list.
  ///
  /// Errors: none; those of the list come with its pages.
  /// Retried: as `list`.
  [[nodiscard]] virtual std::unique_ptr<AnyPageSource> open(AnyOperation const& operation,
                                                            ListOptions options);
  /// The same as an `AsyncPageSource<Op::Item>`.
  ///
  /// Errors: none; those of the list come with its pages.
  /// Retried: as `list`.
  [[nodiscard]] virtual std::unique_ptr<AnyPageSource> open_async(AnyOperation const& operation,
                                                                  ListOptions options);
};

class Adapter;

/// A client that runs an adapter: what `bsg::make_client` and the others call. No request is made. An error
/// passed in is passed on.
///
/// Errors: `configuration`, naming the member of `ClientOptions` or the setting that is wrong; `unavailable`
/// when no file descriptor is free or no thread can be started.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::unique_ptr<CampaignClient>> make_client(
    Result<std::shared_ptr<Adapter const>> adapter, ClientOptions options = {});

}  // namespace polycampaign::inline v1
