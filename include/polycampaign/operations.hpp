#pragma once

#include "polycampaign/balance.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/message.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/operation.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/reply.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/submission.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// The operations that an account can request from a vendor, as values:
/// `client->call(GetCampaign{"53651994"})`. If a vendor does not have an operation, the call returns
/// `unsupported` without any request. `Capabilities::operations` lists the operations that a vendor has.
namespace polycampaign::inline v1 {

/// Lists the account's campaigns: `CampaignClient::list`, with its errors.
struct ListCampaigns {
  using Item = Campaign;                                       ///< see ListOperation
  static constexpr Operation operation{"list", Action::read};  ///< see Operation
  CampaignFilter filter{};                                     ///< which campaigns, and in which order
};

/// Gets everything that the vendor reports about one campaign: `CampaignClient::get`, with its errors.
struct GetCampaign {
  using Answer = Campaign;                                    ///< see CallOperation
  static constexpr Operation operation{"get", Action::read};  ///< see Operation
  std::string id{};                                           ///< the vendor's id; any string
  bool keep_raw = false;  ///< keep the text of the vendor's record in `Campaign::raw()`
  bool brief = false;     ///< request the short form if the vendor has two (BSG)
};

/// Obtains a token for the credential. The client does this itself; applications cannot call it.
struct LogIn {
  static constexpr Operation operation{"log_in", Action::idempotent_write};  ///< see Operation
};

/// Renews a token without the credential. The client does this itself; applications cannot call it.
struct RefreshSession {
  static constexpr Operation operation{"refresh", Action::idempotent_write};  ///< see Operation
};

/// Revokes the token and closes the client: `CampaignClient::close`, with its errors.
struct EndSession {
  using Answer = void;                                            ///< see CallOperation
  static constexpr Operation operation{"revoke", Action::write};  ///< see Operation
};

/// Creates a campaign, which reaches people and costs money: `CampaignClient::create`, with its errors.
struct CreateCampaign {
  using Answer = Submission;                                      ///< see CallOperation
  static constexpr Operation operation{"create", Action::sends};  ///< see Operation
  NewCampaign campaign{};                                         ///< what to send, and to whom
  /// Letters and digits that make names unique, where the vendor needs a name and the campaign has none.
  /// Empty: the client chooses 12 random ones. The same token gives the same names.
  std::string token{};
};

/// Asks what a campaign would reach and cost: `CampaignClient::estimate`, with its errors.
struct EstimateCampaign {
  using Answer = Estimate;                                         ///< see CallOperation
  static constexpr Operation operation{"estimate", Action::read};  ///< see Operation
  NewCampaign campaign{};                                          ///< as for CreateCampaign
};

/// Changes a campaign that has not started: `CampaignClient::update`, with its errors. Absent members stay as
/// they are.
struct UpdateCampaign {
  using Answer = Campaign;  ///< see CallOperation
  /// A new start can make a draft reach people.
  static constexpr Operation operation{"update", Action::sends};
  std::string id{};                                    ///< the vendor's id
  std::optional<std::string> name{};                   ///< the new name
  std::optional<std::string> text{};                   ///< the new message in UTF-8
  std::optional<std::chrono::sys_seconds> start_at{};  ///< the new start, in UTC
};

/// Stops a campaign for good: `CampaignClient::cancel`, with its errors.
struct CancelCampaign {
  using Answer = Campaign;                                        ///< see CallOperation
  static constexpr Operation operation{"cancel", Action::write};  ///< see Operation
  std::string id{};                                               ///< the vendor's id
};

/// Deletes a campaign from the vendor's lists: `CampaignClient::remove`, with its errors.
struct DeleteCampaign {
  using Answer = void;                                            ///< see CallOperation
  static constexpr Operation operation{"delete", Action::write};  ///< see Operation
  std::string id{};                                               ///< the vendor's id
};

/// Sends the failed messages of a campaign again: `CampaignClient::retry`, with its errors.
struct RetryCampaign {
  using Answer = Campaign;                                       ///< see CallOperation
  static constexpr Operation operation{"retry", Action::sends};  ///< see Operation
  std::string id{};                                              ///< the vendor's id
};

/// Gets what the account has left: `CampaignClient::balance`, with its errors.
struct GetBalance {
  using Answer = Balance;                                         ///< see CallOperation
  static constexpr Operation operation{"balance", Action::read};  ///< see Operation
};

/// Gets the senders of the account: `CampaignClient::senders`, with its errors.
struct GetSenders {
  using Answer = std::vector<Sender>;                             ///< see CallOperation
  static constexpr Operation operation{"senders", Action::read};  ///< see Operation
};

/// Lists the recipient lists of the account: `CampaignClient::recipient_lists`, with its errors.
struct ListRecipientLists {
  using Item = RecipientList;                                   ///< see ListOperation
  static constexpr Operation operation{"lists", Action::read};  ///< see Operation
};

/// Gets one recipient list, without its numbers.
///
/// Errors: `not_found`, `invalid_argument` (an id that this vendor cannot have), and those of requests.
/// Retried: yes.
struct GetRecipientList {
  using Answer = RecipientList;                                    ///< see CallOperation
  static constexpr Operation operation{"get_list", Action::read};  ///< see Operation
  std::string id{};                                                ///< the vendor's id
};

/// Makes a recipient list, with the first numbers in it.
///
/// Errors: `invalid_argument` before any request (a name that breaks `RecipientListRules`, a number that is
/// not E.164, more numbers than one request takes, none where the vendor needs one); `conflict` (the name is
/// taken), and those of requests. If `effect` is `unknown`, the list may exist: look for its name.
/// Retried: only if the vendor cannot have processed the request.
struct CreateRecipientList {
  using Answer = ListAddition;                                         ///< see CallOperation
  static constexpr Operation operation{"create_list", Action::write};  ///< see Operation
  std::string name{};                                                  ///< the new list's name
  /// In E.164, as `Recipient::number`; at most `RecipientListRules::numbers`. One that occurs twice is sent
  /// once.
  std::vector<std::string> numbers{};
};

/// Adds numbers to a recipient list, in one step. RecipientUpload adds any quantity, step by step.
///
/// Errors: `invalid_argument` before any request (a number that is not E.164, no number, or more than one
/// step takes); `not_found`, and those of requests. If `effect` is `unknown`, some of the numbers may be in
/// the list. If you add them again, BSG and Dexatel count those that they have as duplicates. No page of
/// SMSUP says whether it does, so its list may then contain them twice.
/// Retried: only if the vendor cannot have processed the request.
struct AddRecipients {
  using Answer = ListAddition;                                         ///< see CallOperation
  static constexpr Operation operation{"add_to_list", Action::write};  ///< see Operation
  std::string list{};                                                  ///< the vendor's id of the list
  std::vector<std::string> numbers{};                                  ///< as in CreateRecipientList
};

/// Deletes a recipient list.
///
/// Errors: `not_found`, `conflict`, and those of requests. If the vendor's answer is lost, the list is read;
/// the operation was successful if it is gone, else `effect` is `unknown`.
/// Retried: only if the vendor cannot have processed the request.
struct DeleteRecipientList {
  using Answer = void;                                                 ///< see CallOperation
  static constexpr Operation operation{"delete_list", Action::write};  ///< see Operation
  std::string id{};                                                    ///< the vendor's id
};

/// Lists the messages of a campaign, one for each recipient: `CampaignClient::messages`, with its errors.
struct ListMessages {
  using Item = Message;                                            ///< see ListOperation
  static constexpr Operation operation{"messages", Action::read};  ///< see Operation
  std::string campaign{};                                          ///< the vendor's id of the campaign
  std::vector<MessageStatusCode> statuses{};  ///< any of these; empty: all. The client applies it.
};

/// Lists what the recipients of a campaign answered: `CampaignClient::replies`, with its errors.
struct ListReplies {
  using Item = Reply;                                             ///< see ListOperation
  static constexpr Operation operation{"replies", Action::read};  ///< see Operation
  std::string campaign{};                                         ///< the vendor's id of the campaign
};

/// Lists the recipients of a campaign who asked to receive no more: `CampaignClient::opt_outs`, with its
/// errors.
struct ListOptOuts {
  using Item = OptOut;                                             ///< see ListOperation
  static constexpr Operation operation{"opt_outs", Action::read};  ///< see Operation
  std::string campaign{};                                          ///< the vendor's id of the campaign
};

/// Lists all numbers to which the vendor sends nothing for this account, whatever the campaign:
/// `CampaignClient::stop_list`, with its errors.
struct ListStopList {
  using Item = OptOut;                                              ///< see ListOperation
  static constexpr Operation operation{"stop_list", Action::read};  ///< see Operation
};

/// Lists the messages that carry a recipient's reference, whatever their campaign. It finds out what became
/// of a campaign whose answer was lost; the Outbox uses it.
///
/// Errors: as `CampaignClient::list`; `invalid_argument` (an empty reference).
/// Retried: yes, page by page.
struct FindMessages {
  using Item = Message;                                                 ///< see ListOperation
  static constexpr Operation operation{"find_messages", Action::read};  ///< see Operation
  std::string reference{};           ///< `Recipient::reference`, compared exactly
  std::chrono::sys_seconds since{};  ///< the earliest time of the messages
  std::chrono::sys_seconds until{};  ///< the latest time of the messages
};

/// All operations, in the order in which tables show them. New ones are added at the end.
using Operations =
    OperationList<ListCampaigns, GetCampaign, LogIn, RefreshSession, EndSession, CreateCampaign,
                  EstimateCampaign, UpdateCampaign, CancelCampaign, DeleteCampaign, RetryCampaign, GetBalance,
                  GetSenders, ListRecipientLists, GetRecipientList, CreateRecipientList, AddRecipients,
                  DeleteRecipientList, ListMessages, ListReplies, ListOptOuts, ListStopList, FindMessages>;

/// Returns all operations in that order. Valid for the lifetime of the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Operation const> all_operations() noexcept;

namespace detail {

/// Returns whether another operation of the list has the same name.
template <class Op, class... Ops>
[[nodiscard]] constexpr bool takes_a_name(OperationList<Ops...>) noexcept {
  if constexpr (AnOperation<Op>) {
    return ((!std::is_same_v<Op, Ops> && Op::operation == Ops::operation) || ...);
  } else {
    return false;
  }
}

/// Erases the operation's type. CallTraits and ListTraits have already rejected anything that is not an
/// operation.
template <class Op>
[[nodiscard]] AnyOperation any(Op operation) {
  if constexpr (AnOperation<Op>) {
    static_assert(!takes_a_name<Op>(Operations{}),
                  "another operation already has this name: see polycampaign/operations.hpp");
    return AnyOperation{std::move(operation)};
  } else {
    return {};
  }
}

}  // namespace detail

}  // namespace polycampaign::inline v1
