#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/completion.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/send_journal.hpp"
#include "polycampaign/submission.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// What became of a sending, or of a part of it.
enum class DispatchOutcome : std::uint8_t {
  accepted,    ///< the vendor has accepted it
  refused,     ///< nobody was reached
  unresolved,  ///< it may have been sent; `Outbox::reconcile` finds out
  not_sent,    ///< this part was not tried, because an earlier one was not accepted
  partial,     ///< some parts were accepted and others refused; of a whole sending only
};

/// Returns the enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(DispatchOutcome outcome) noexcept;

/// What became of one part: one campaign at the vendor.
///
/// Threads: a plain value, not synchronized.
struct DispatchPart {
  std::int64_t part = 1;                                ///< from 1
  DispatchOutcome outcome = DispatchOutcome::not_sent;  ///< see there
  std::int64_t recipients = 0;                          ///< numbers of this part; 0 for lists
  std::optional<Submission> submission{};               ///< of an accepted part
  std::optional<Error> error{};                         ///< why a part was refused or is unresolved
};

/// What `Outbox::send` returns.
///
/// Threads: a plain value, not synchronized.
struct Dispatch {
  std::string account{};                               ///< `OutboxOptions::account`
  ProviderName provider{};                             ///< the vendor
  std::string key{};                                   ///< identifies the sending, for `resolve`
  DispatchOutcome outcome = DispatchOutcome::refused;  ///< of all parts together
  /// True: this call made no request; the outcome is that of an earlier call, or of another process.
  bool repeated = false;
  std::int64_t recipients = 0;          ///< different numbers of all parts; 0 for lists
  std::vector<DispatchPart> parts{};    ///< at least one
  std::vector<std::string> warnings{};  ///< what the caller should know, one sentence each
};

/// How `Outbox::send` sends.
struct SendOptions {
  /// Send once more what has no reference and was accepted within the last 24 hours. It does not send a
  /// reference again, nor anything that is unresolved.
  bool again = false;
  CallOptions call{};  ///< for the requests; the outbox adds a deadline (`OutboxOptions::send_within`)
};

/// What `reconcile` has found out about one part.
enum class Verdict : std::uint8_t {
  found,      ///< the vendor has the campaign: the part is accepted
  absent,     ///< the vendor does not have it: the next `send` of the key sends it
  undecided,  ///< nobody knows yet: a person decides, with `resolve`
};

/// Returns the enumerator's name, as in JSON.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string_view to_string(Verdict verdict) noexcept;

/// One part that `reconcile` has looked for.
struct Reconciliation {
  JournalRecord record{};                ///< as it is after the verdict
  Verdict verdict = Verdict::undecided;  ///< see there
  std::string why{};                     ///< the evidence, or why there is none, in one or two sentences
};

/// How an outbox works. A plain value.
struct OutboxOptions {
  /// The account, as the application names it. Two accounts in one journal must have different names. Empty:
  /// the provider's name.
  std::string account{};
  /// How long one campaign may take to be sent, from the intent to the last request. Afterwards, no request
  /// that sends can leave this process any more.
  std::chrono::seconds send_within{300};
  /// How long after that a vendor may take to show a campaign. `reconcile` says `absent` only later.
  std::chrono::seconds settles_within{120};
  /// How long a campaign without a reference is not sent again, from its intent or its start, whichever is
  /// later.
  std::chrono::hours repeat_guard{24};
  /// Returns the current time. Null: the system's clock.
  std::function<std::chrono::sys_seconds()> clock{};
};

/// Sends a campaign once, whatever breaks: the process, the network, the answer. Before anything leaves, the
/// journal holds the intent; afterwards it holds the outcome. What is found without an outcome is
/// `unresolved`, and is never sent again by itself.
///
/// The key of a sending is `NewCampaign::reference`, within its account. Without a reference, it is a
/// fingerprint of account, sender, text, recipients, lists, start, channel, options and draft. Whatever the
/// journal knows of a key decides what the next `send` of that key does:
///
/// * `accepted`: no request; the outcome is returned again. A key without a reference can be sent again after
///   24 hours, or with `SendOptions::again`.
/// * `sending`, `unresolved`: no request; the outcome is `unresolved`.
/// * `refused`, `absent`, `not_sent`: it is sent.
///
/// The same reference with other content is a `conflict`, unless it may be sent: the corrected campaign then
/// takes its place.
///
/// More recipients than one campaign may have become several parts of one key, each with its own outcome,
/// sent in the order of their numbers. A part that is refused or unresolved stops the parts behind it; the
/// next `send` continues behind the last accepted one.
///
/// If the first recipient has no reference and the vendor returns references, the outbox gives it one, so
/// that `reconcile` can find the campaign.
///
/// Threads: every member may be called from several threads at once, and several outboxes in several
/// processes may share one database. The client and the journal must outlive the outbox.
class POLYCAMPAIGN_EXPORT Outbox {
 public:
  /// Sends through `client`, remembers in `journal`.
  Outbox(CampaignClient& client, SendJournal& journal, OutboxOptions options = {});
  /// Cancels asynchronous calls and waits until their outcomes are in the journal and their completions have
  /// returned. So a completion must not destroy the outbox.
  ~Outbox();
  Outbox(Outbox const&) = delete;
  Outbox& operator=(Outbox const&) = delete;

  /// Sends a campaign, unless it was sent before or may have been.
  ///
  /// Errors: those of `CampaignClient::plan`, if there is something to send, `conflict` (the reference with
  /// other content) and `invalid_argument` (the reference, also one that is a phone number), before anything
  /// is written; those of the journal. With any error, this call has sent nothing. Everything else is a
  /// Dispatch.
  ///
  /// Retried: as `CampaignClient::create`.
  [[nodiscard]] Result<Dispatch> send(NewCampaign campaign, SendOptions const& options = {});
  /// Sends as `send` does, without a thread that waits for the vendor. `done` is called exactly once, on the
  /// outbox's own thread, which also runs the journal.
  ///
  /// Errors: as `send`, passed to `done`; `unavailable` if the outbox's thread cannot be started, passed to
  /// it by this call.
  ///
  /// Retried: as `send`.
  void async_send(NewCampaign campaign, SendOptions const& options, Completion<Dispatch> done);

  /// Returns what `send` would return without making any request, or nothing if it would send. Writes
  /// nothing.
  ///
  /// Errors: as `send`.
  /// Retried: by the journal only.
  [[nodiscard]] Result<std::optional<Dispatch>> recall(NewCampaign campaign, SendOptions const& options = {});

  /// Looks at the vendor for everything of this account that is unresolved, and for what a process left when
  /// it ended, and writes what it finds to the journal. Makes reads only.
  ///
  /// Errors: those of the journal. An error of the vendor leaves a part undecided, with the error as its
  /// reason.
  /// Retried: yes.
  [[nodiscard]] Result<std::vector<Reconciliation>> reconcile(CallOptions const& options = {});
  /// Does the same on the outbox's own thread and calls `done` there.
  ///
  /// Errors: as `reconcile`, and as `async_send` if no thread can be started, passed to `done`.
  /// Retried: as `reconcile`.
  void async_reconcile(CallOptions const& options, Completion<std::vector<Reconciliation>> done);

  /// Writes what a person knows: that the unresolved part of a key was sent, with the vendor's id of the
  /// campaign if it is known. Returns the record as it is afterwards.
  ///
  /// Errors: `not_found` (no such key), `conflict` (nothing of it is unresolved, or it may be being sent at
  /// this moment), those of the journal.
  /// Retried: by the journal only.
  [[nodiscard]] Result<JournalRecord> resolve_sent(std::string_view key, std::string campaign_id = {});
  /// Writes that the unresolved part was not sent; the next `send` of the key sends it.
  ///
  /// Errors: as `resolve_sent`.
  /// Retried: as `resolve_sent`.
  [[nodiscard]] Result<JournalRecord> resolve_not_sent(std::string_view key);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1
