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
#include "polycampaign/plan.hpp"
#include "polycampaign/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1 {

/// The campaigns of one account at one vendor. Store it, share it, mock it.
///
/// `make_client` returns a client that runs a vendor's adapter; `testing::FakeCampaignClient` is a client in
/// memory. To write a client of your own, derive from ClientBase. A client can be neither copied nor moved.
///
/// Everything that an account can request is a struct in operations.hpp. `call` and `start` take the
/// operations with one result; `list` and `async_list` take those that return a list. The most common
/// operations have a shorthand.
///
/// Threads: every member may be called from several threads at once, on one client.
class POLYCAMPAIGN_EXPORT CampaignClient {
 public:
  CampaignClient();
  /// Ends calls in flight with `canceled` and makes no request (see `close`). Waits for callbacks that run on
  /// the client's own threads, unless it is called from inside one of them.
  virtual ~CampaignClient();
  CampaignClient(CampaignClient const&) = delete;
  CampaignClient& operator=(CampaignClient const&) = delete;

  /// Returns what this vendor supports, as documented. Makes no request. Valid as long as the client exists.
  [[nodiscard]] virtual Capabilities const& capabilities() const noexcept = 0;

  /// Runs an operation and blocks until its result arrives: `client.call(GetCampaign{"7"})`.
  ///
  /// Errors: those that the operation's documentation names; `unsupported`, before any request, if this
  /// client does not have the operation.
  /// Retried: depends on what the operation does (`Op::operation`). Reads are retried; other operations only
  /// if the vendor cannot have processed the request.
  template <class Op>
  [[nodiscard]] Result<detail::AnswerOf<Op>> call(Op operation, CallOptions const& options = {}) {
    return detail::typed<detail::AnswerOf<Op>>(perform(detail::any(std::move(operation)), options));
  }

  /// Starts an operation and returns immediately. No thread waits for the result, so thousands of calls can
  /// be in flight at once.
  ///
  /// `done` is called exactly once: by `ClientOptions::executor` if there is one, otherwise on one of the
  /// client's two callback threads, and never on the I/O thread. Destroying the client completes calls in
  /// flight with `canceled`. The destructor returns once the callbacks on the client's own threads have
  /// ended; inside one of these callbacks it returns immediately.
  ///
  /// Errors: as `call`, passed to `done`.
  /// Retried: as `call`.
  template <class Op>
  void start(Op operation, CallOptions const& options, Completion<detail::AnswerOf<Op>> done) {
    perform_async(detail::any(std::move(operation)), options,
                  [done = std::move(done)](Result<AnyAnswer> answer) {
                    done(detail::typed<detail::AnswerOf<Op>>(std::move(answer)));
                  });
  }

  /// Runs a list operation and returns a `Pager<Op::Item>`. The list is lazy: it makes no request until the
  /// first element is read.
  ///
  /// Errors: `invalid_argument` (a resume token of another list), those that the operation's documentation
  /// names, and those of requests; `unsupported`, before any request, if this client does not have the list.
  /// An error is the last element.
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

  /// Runs a list operation whose pages are passed to a callback, and returns an `AsyncPager<Op::Item>`. One
  /// page at a time; no request is made until you request the first page.
  ///
  /// Errors: as `list`; an error ends the list.
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

  /// Lists campaigns, newest first if the vendor supports that. Yeastar and Dexatel document no order; the
  /// library keeps theirs.
  ///
  /// Errors: as `list` of ListCampaigns. `unsupported`, before any request, for a filter that neither the
  /// vendor nor the client can apply.
  /// Retried: yes, page by page.
  [[nodiscard]] Pager<Campaign> list(CampaignFilter filter = {}, ListOptions const& options = {});
  /// Lists campaigns, and passes each page to a callback.
  ///
  /// Errors: as `list`.
  /// Retried: as `list`.
  [[nodiscard]] AsyncPager<Campaign> async_list(CampaignFilter filter = {}, ListOptions const& options = {});

  /// Gets everything that the vendor reports about one campaign. Blocks until the result arrives.
  ///
  /// Errors: `not_found`, `invalid_argument` (an id that this vendor cannot have), and those of requests.
  /// Retried: yes.
  [[nodiscard]] Result<Campaign> get(std::string_view id, GetOptions const& options = {});
  /// Gets one campaign as `get` does, without a thread that waits.
  ///
  /// Errors: as `get`, passed to `done`.
  /// Retried: as `get`.
  void async_get(std::string id, GetOptions const& options, Completion<Campaign> done);

  /// Checks a campaign and counts it, as `create` will do, without any request: recipients, parts, the
  /// vendor's limits, and when it starts in the vendor's time zone. This implementation calls
  /// `polycampaign::plan` with the current time and without a time zone.
  ///
  /// Errors: those of `polycampaign::plan`; those of the vendor's own rules.
  /// Retried: no, it makes no request.
  [[nodiscard]] virtual Result<Plan> plan(NewCampaign const& campaign) const;
  /// Creates a campaign: it reaches people and costs money. Blocks until the vendor has answered. At most one
  /// request is made that can reach people, after everything else that can fail.
  ///
  /// Errors: those of `plan`, before any request; `invalid_argument` or `not_found` (the vendor does not know
  /// the sender or a list), `insufficient_funds`, `rejected`, and those of requests. If `effect` is `none`,
  /// nobody was or will be reached; the message names what was created on the way and stays at the vendor. If
  /// it is `unknown`, the campaign may exist: look for it before you create it again. Retried: only if the
  /// vendor cannot have processed the request.
  [[nodiscard]] Result<Submission> create(NewCampaign campaign, CallOptions const& options = {});
  /// Asks what a campaign would reach and cost. Creates nothing. The library counts where the vendor has no
  /// estimate (`Estimate::counted_by`).
  ///
  /// Errors: those of `plan`, before any request; those of requests.
  /// Retried: yes.
  [[nodiscard]] Result<Estimate> estimate(NewCampaign campaign, CallOptions const& options = {});
  /// Changes a campaign that has not started, and returns it as it is afterwards. A start makes a draft a
  /// scheduled campaign.
  ///
  /// Errors: `invalid_argument` (nothing to change, a start in the past), `unsupported` (a member that this
  /// vendor cannot change), `not_found`, `conflict` (its status does not allow this), and those of requests.
  /// If the vendor's answer is lost, the campaign is read; `effect` is `unknown` if it does not show the
  /// change.
  /// Retried: only if the vendor cannot have processed the request.
  [[nodiscard]] Result<Campaign> update(UpdateCampaign change, CallOptions const& options = {});
  /// Stops a campaign for good, and returns it as it is afterwards. Messages that were handed over are not
  /// called back.
  ///
  /// Errors: `not_found`, `conflict` (its status does not allow this), and those of requests; a lost answer
  /// as for `update`.
  /// Retried: only if the vendor cannot have processed the request.
  [[nodiscard]] Result<Campaign> cancel(std::string_view id, CallOptions const& options = {});
  /// Deletes a campaign from the vendor's lists.
  ///
  /// Errors: `not_found`, `conflict` (its status does not allow this), and those of requests; a lost answer
  /// as for `update`.
  /// Retried: only if the vendor cannot have processed the request.
  Result<void> remove(std::string_view id, CallOptions const& options = {});
  /// Sends the failed messages of a campaign again, which reaches people and costs money. Returns the
  /// campaign as it is afterwards.
  ///
  /// Errors: `not_found`, `conflict` (its status does not allow this), and those of requests. A lost answer
  /// leaves `effect` `unknown`, unless the campaign shows that it is being sent again.
  /// Retried: only if the vendor cannot have processed the request.
  [[nodiscard]] Result<Campaign> retry(std::string_view id, CallOptions const& options = {});
  /// Gets what the account has left.
  ///
  /// Errors: those of requests.
  /// Retried: yes.
  [[nodiscard]] Result<Balance> balance(CallOptions const& options = {});
  /// Gets the senders of the account, in the vendor's order.
  ///
  /// Errors: those of requests.
  /// Retried: yes.
  [[nodiscard]] Result<std::vector<Sender>> senders(CallOptions const& options = {});

  /// Lists the recipient lists of the account: lists, groups, phonebooks or audiences. For one list, and to
  /// make, fill or delete one, see GetRecipientList, CreateRecipientList, AddRecipients, RecipientUpload and
  /// DeleteRecipientList.
  ///
  /// Errors: as `list`.
  /// Retried: yes, page by page.
  [[nodiscard]] Pager<RecipientList> recipient_lists(ListOptions const& options = {});
  /// Lists the messages of a campaign, one for each recipient. `ListReport` says what was read, what was left
  /// out, and whether the campaign itself counts more messages than the list contained.
  ///
  /// Errors: as `list`; `not_found` (the campaign), `invalid_argument` (an id that this vendor cannot have).
  /// Retried: yes, page by page.
  [[nodiscard]] Pager<Message> messages(std::string_view campaign, ListOptions const& options = {});
  /// Lists what the recipients of a campaign answered.
  ///
  /// Errors: as `messages`.
  /// Retried: as `messages`.
  [[nodiscard]] Pager<Reply> replies(std::string_view campaign, ListOptions const& options = {});
  /// Lists the recipients of a campaign who asked to receive no more.
  ///
  /// Errors: as `messages`.
  /// Retried: as `messages`.
  [[nodiscard]] Pager<OptOut> opt_outs(std::string_view campaign, ListOptions const& options = {});
  /// Lists all numbers to which the vendor sends nothing for this account.
  ///
  /// Errors: as `list`.
  /// Retried: yes, page by page.
  [[nodiscard]] Pager<OptOut> stop_list(ListOptions const& options = {});

  /// Closes the client. It revokes the session at the vendor if there is one (Yeastar allows eight tokens,
  /// and each is valid for 30 minutes). Calls in flight and later calls end with `canceled`. The destructor
  /// does not do this: it makes no request.
  ///
  /// Errors: those of requests. The client is closed even if this fails.
  /// Retried: only if the vendor cannot have processed the request.
  Result<void> close(CallOptions const& options = {});
  /// Closes the client as `close` does, without a thread that waits.
  ///
  /// Errors: as `close`, passed to `done`.
  /// Retried: as `close`.
  void async_close(CallOptions const& options, Completion<void> done);

  // The virtual functions below carry all the members above. Override them in a client that passes every
  // operation on, such as one that counts calls. For a client with operations of its own, ClientBase is
  // simpler. In this class, they support nothing.

  /// Runs an operation with one result. It points to an `Op::Answer`, or is null if that type is `void`.
  ///
  /// Errors: as `call`.
  /// Retried: as `call`.
  [[nodiscard]] virtual Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options);
  /// Starts an operation with one result; calls `done` exactly once. This implementation calls `done` with
  /// the result of `perform`, before it returns.
  ///
  /// Errors: as `call`, passed to `done`.
  /// Retried: as `call`.
  virtual void perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done);
  /// Returns the pages of a list as a `PageSource<Op::Item>`, or null if there is no such list.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: as `list`.
  [[nodiscard]] virtual std::unique_ptr<AnyPageSource> open(AnyOperation const& operation,
                                                            ListOptions options);
  /// Returns the pages of a list as an `AsyncPageSource<Op::Item>`, or null if there is no such list.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: as `list`.
  [[nodiscard]] virtual std::unique_ptr<AnyPageSource> open_async(AnyOperation const& operation,
                                                                  ListOptions options);
};

class Adapter;

/// Returns a client that runs an adapter. `bsg::make_client` and the other vendors' factories call it. It
/// makes no request. If `adapter` is an error, it returns that error.
///
/// Errors: `configuration`, naming the member of `ClientOptions` or the setting that is wrong; `unavailable`
/// if no file descriptor is free or no thread can be started.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<std::unique_ptr<CampaignClient>> make_client(
    Result<std::shared_ptr<Adapter const>> adapter, ClientOptions options = {});

}  // namespace polycampaign::inline v1
