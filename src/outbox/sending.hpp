#pragma once

#include "polycampaign/outbox.hpp"

#include "outbox/details.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::outbox {

/// What all sendings of an outbox share. The client and the journal outlive it.
struct Context {
  CampaignClient& client;
  SendJournal& journal;
  OutboxOptions options;  ///< with an account and a clock

  [[nodiscard]] std::chrono::sys_seconds now() const { return options.clock(); }
};

/// Sends one campaign: a state machine that makes no request itself. Call `next` and run what it returns,
/// until it returns nothing; then take the `result`.
///
/// Threads: use from one thread at a time, which need not always be the same.
class Sending {
 public:
  Sending(Context const& context, NewCampaign campaign, SendOptions options);

  struct Request {
    CreateCampaign operation{};
    CallOptions options{};
  };
  /// Returns the next campaign to create, whose intent is in the journal now. Nothing: the sending has ended.
  [[nodiscard]] std::optional<Request> next();
  /// Returns whether `next` would return a request, without writing an intent. If not, take the `result`.
  [[nodiscard]] bool would_send();
  /// Takes the outcome of the request that `next` returned, and writes it to the journal.
  void take(Result<Submission> outcome);
  /// Returns the result, once.
  [[nodiscard]] Result<Dispatch> result();

 private:
  void begin();
  /// Adds the parts that the journal knows. Returns the number of the next part to send; nothing if there is
  /// none.
  [[nodiscard]] std::optional<std::int64_t> next_part();
  /// Checks the campaign and reads what the journal knows of it.
  [[nodiscard]] Result<void> prepare();
  [[nodiscard]] Result<void> choose_key();
  [[nodiscard]] Result<std::vector<JournalRecord>> records_of(std::string const& key) const;
  [[nodiscard]] bool may_repeat(std::vector<JournalRecord> const& records) const;
  [[nodiscard]] Result<void> check_conflict(std::vector<JournalRecord> const& records) const;
  [[nodiscard]] NewCampaign part(std::int64_t number) const;
  [[nodiscard]] Result<JournalRecord> intent_of(std::int64_t number, NewCampaign& campaign) const;
  /// Adds a part whose outcome the journal has. Returns whether the parts behind it may be looked at.
  bool add(JournalRecord const& record);
  void fail(Error error);

  Context const& context_;
  NewCampaign campaign_;
  SendOptions options_;

  bool begun_ = false;
  bool ended_ = false;
  bool requested_ = false;  ///< a request was made, so this is no repetition
  std::optional<Error> failure_{};
  std::optional<Error> impossible_{};  ///< why nothing of it can be sent now
  std::string fingerprint_{};
  std::int64_t parts_ = 1;
  std::int64_t part_size_ = 0;  ///< 0: one part
  std::vector<JournalRecord> known_{};
  JournalRecord current_{};  ///< of the part that is being sent
  Details current_details_{};
  Dispatch dispatch_{};
};

/// Returns until when the attempt of a record may send. Without details that can be read, which another
/// version has written, that is what this outbox would have written.
[[nodiscard]] std::chrono::sys_seconds send_until(Context const& context, JournalRecord const& record,
                                                  std::optional<Details> const& details);

/// Returns what a stored record means for its part.
[[nodiscard]] DispatchPart part_of(JournalRecord const& record, ProviderName provider);

/// Writes an outcome, whatever another process has written of the same attempt in the meantime, except that
/// it never takes back that a part was accepted. Returns whether it is in the journal. Errors: the journal's.
[[nodiscard]] Result<bool> write_outcome(SendJournal& journal, JournalRecord const& record);

}  // namespace polycampaign::inline v1::outbox
