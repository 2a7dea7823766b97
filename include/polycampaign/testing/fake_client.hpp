#pragma once

#include "polycampaign/client_base.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/testing/export.hpp"
#include "polycampaign/testing/pager_of.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A CampaignClient in memory, for the tests of an application. It lists, filters and gets the campaigns that
/// it was given, in the order given, and creates, changes and deletes them. It sends nothing: a created
/// campaign stays as it is until the test replaces it with `put`. It keeps lists of recipients in the same
/// way. A list contains what existed when it was opened. If the filter asks for a destination or a sort
/// order, the list ends with `unsupported`.
///
/// Threads: every member may be called from several threads at once.
class POLYCAMPAIGN_TESTING_EXPORT FakeCampaignClient final : public ClientBase<FakeCampaignClient> {
 public:
  /// Creates a client that holds these campaigns.
  explicit FakeCampaignClient(std::vector<Campaign> campaigns = {});
  ~FakeCampaignClient() override;

  /// Adds a campaign after the others, whatever its id.
  void add(Campaign campaign);
  /// Replaces the campaign with that id, or adds it if there is none.
  void put(Campaign campaign);
  /// Sets a handler that answers an operation from now on:
  /// `fake.on<GetCampaign>([](GetCampaign const& get) { return ...; })`. The handler returns a
  /// `Result<Op::Answer>` or, for a list, a `Result<std::vector<Op::Item>>`. It runs on the thread of the
  /// call, possibly on several threads at once, and must not call this client.
  template <class Op, class Handler>
  void on(Handler handler) {
    static_assert(!detail::takes_a_name<Op>(Operations{}),
                  "another operation already has this name: see polycampaign/operations.hpp");
    if constexpr (ListOperation<Op>) {
      set_list(Op::operation, [handler = std::move(handler)](AnyOperation const& list, bool async,
                                                             std::optional<Error> error) {
        using Item = typename Op::Item;
        std::vector<Item> all;
        if (!error) {
          Result<std::vector<Item>> items = handler(*list.as<Op>());
          if (items)
            all = *std::move(items);
          else
            error = std::move(items).error();
        }
        std::unique_ptr<PageSource<Item>> source =
            std::make_unique<ItemSource<Item>>(std::move(all), std::move(error));
        if (!async) return std::unique_ptr<AnyPageSource>{std::move(source)};
        return std::unique_ptr<AnyPageSource>{
            std::make_unique<detail::ImmediatePages<Item>>(std::move(source))};
      });
    } else {
      set_answer(Op::operation, [handler = std::move(handler)](AnyOperation const& call) {
        Result<detail::AnswerOf<Op>> answer = handler(*call.as<Op>());
        return detail::erased(std::move(answer));
      });
    }
  }
  /// Makes the next call end with this error. Errors from several `fail_next` calls apply to the following
  /// calls in order. A list ends before its first element.
  void fail_next(Error error);
  /// Makes the next list of campaigns end with this error after `after` campaigns.
  void fail_list_after(std::size_t after, Error error);
  /// Returns the campaigns that were created, in order, each `normalized`. The last one has the id
  /// `created-N`, where N is the size of this list.
  [[nodiscard]] std::vector<NewCampaign> created() const;
  /// Sets what `balance` returns. Until then it is `unsupported`.
  void set_balance(Balance balance);
  /// Sets what `senders` returns. Until then there are none.
  void set_senders(std::vector<Sender> senders);
  /// Adds a list of recipients with these numbers, which are taken as they are. Sets its size.
  void add_list(RecipientList list, std::vector<std::string> numbers = {});
  /// Returns the numbers of the list with that id, in the order in which they were added. Empty if there is
  /// no such list.
  [[nodiscard]] std::vector<std::string> numbers(std::string const& list) const;
  /// Sets the messages of all campaigns. A list contains those whose `Message::campaign` is the campaign.
  void set_messages(std::vector<Message> messages);
  /// Sets the replies to all campaigns, in the same way.
  void set_replies(std::vector<Reply> replies);
  /// Sets the opt-outs of all campaigns, in the same way.
  void set_opt_outs(std::vector<OptOut> opt_outs);
  /// Sets what `stop_list` returns.
  void set_stop_list(std::vector<OptOut> stop_list);
  /// Returns the operations that were called, in order: `list`, `get ID`, `close`, and others by their name,
  /// followed by the id of their campaign or list if they have one. Asynchronous calls have the same names.
  /// After `close`, all other calls end with `canceled`.
  [[nodiscard]] std::vector<std::string> calls() const;

  [[nodiscard]] Capabilities const& capabilities() const noexcept override;
  [[nodiscard]] Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options) override;
  [[nodiscard]] std::unique_ptr<AnyPageSource> open(AnyOperation const& operation,
                                                    ListOptions options) override;
  [[nodiscard]] std::unique_ptr<AnyPageSource> open_async(AnyOperation const& operation,
                                                          ListOptions options) override;

  // What the client does if there is no handler.

  /// Returns the campaign with that id.
  ///
  /// Errors: `not_found`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<Campaign> run(GetCampaign const& get, CallOptions const& options);
  /// Adds a campaign that is a draft, scheduled or queued.
  ///
  /// Errors: those of `polycampaign::plan` for a vendor that supports everything; those that the test
  /// requested.
  /// Retried: never.
  [[nodiscard]] Result<Submission> run(CreateCampaign const& create, CallOptions const& options);
  /// Counts recipients and parts.
  ///
  /// Errors: as for CreateCampaign.
  /// Retried: never.
  [[nodiscard]] Result<Estimate> run(EstimateCampaign const& estimate, CallOptions const& options);
  /// Changes a draft or a scheduled campaign; a start makes a draft a scheduled campaign.
  ///
  /// Errors: `not_found`, `conflict`; as for CreateCampaign.
  /// Retried: never.
  [[nodiscard]] Result<Campaign> run(UpdateCampaign const& update, CallOptions const& options);
  /// Cancels a campaign that has not ended.
  ///
  /// Errors: `not_found`, `conflict`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<Campaign> run(CancelCampaign const& cancel, CallOptions const& options);
  /// Removes the campaign.
  ///
  /// Errors: `not_found`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<void> run(DeleteCampaign const& deletion, CallOptions const& options);
  /// Lets an ended campaign be `retrying`.
  ///
  /// Errors: `not_found`, `conflict`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<Campaign> run(RetryCampaign const& retry, CallOptions const& options);
  /// Returns what `set_balance` was given.
  ///
  /// Errors: `unsupported`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<Balance> run(GetBalance const& get, CallOptions const& options);
  /// Returns what `set_senders` was given.
  ///
  /// Errors: those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<std::vector<Sender>> run(GetSenders const& get, CallOptions const& options);
  /// Returns the list of recipients with that id.
  ///
  /// Errors: `not_found`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<RecipientList> run(GetRecipientList const& get, CallOptions const& options);
  /// Adds a list of recipients with the id `list-N`, where N counts from 1.
  ///
  /// Errors: `conflict` (the name is taken); those of `normalized`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<ListAddition> run(CreateRecipientList const& create, CallOptions const& options);
  /// Adds numbers to a list, and counts those that are in it already or were given twice.
  ///
  /// Errors: `not_found`; those of `normalized`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<ListAddition> run(AddRecipients const& add, CallOptions const& options);
  /// Removes the list of recipients.
  ///
  /// Errors: `not_found`; those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<void> run(DeleteRecipientList const& deletion, CallOptions const& options);
  /// Closes the client: later calls end with `canceled`.
  ///
  /// Errors: those that the test requested.
  /// Retried: never.
  [[nodiscard]] Result<void> run(EndSession const& end, CallOptions const& options);
  /// Returns the campaigns that pass the filter.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: never.
  [[nodiscard]] std::unique_ptr<PageSource<Campaign>> pages(ListCampaigns const& list, ListOptions options);
  /// Returns the lists of recipients, in the order in which they were added.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: never.
  [[nodiscard]] std::unique_ptr<PageSource<RecipientList>> pages(ListRecipientLists const& list,
                                                                 ListOptions options);
  /// Returns what the test has set for the campaign; none for a campaign that does not exist.
  ///
  /// Errors: none; the list's errors arrive with its pages: `invalid_argument` (no id), and those that the
  /// test requested.
  /// Retried: never.
  /// @{
  [[nodiscard]] std::unique_ptr<PageSource<Message>> pages(ListMessages const& list, ListOptions options);
  [[nodiscard]] std::unique_ptr<PageSource<Reply>> pages(ListReplies const& list, ListOptions options);
  [[nodiscard]] std::unique_ptr<PageSource<OptOut>> pages(ListOptOuts const& list, ListOptions options);
  /// @}
  /// Returns what `set_stop_list` was given.
  ///
  /// Errors: none; the list's errors arrive with its pages.
  /// Retried: never.
  [[nodiscard]] std::unique_ptr<PageSource<OptOut>> pages(ListStopList const& list, ListOptions options);

 private:
  using AnswerHandler = std::function<Result<AnyAnswer>(AnyOperation const&)>;
  using ListHandler =
      std::function<std::unique_ptr<AnyPageSource>(AnyOperation const&, bool async, std::optional<Error>)>;
  void set_answer(Operation operation, AnswerHandler handler);
  void set_list(Operation operation, ListHandler handler);
  [[nodiscard]] std::unique_ptr<AnyPageSource> handled(AnyOperation const& operation,
                                                       ListOptions const& options, bool async);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1::testing
