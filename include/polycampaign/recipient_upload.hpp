#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/completion.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/statistics.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1 {

/// How far an upload is.
///
/// Threads: a plain value, not synchronized.
struct UploadProgress {
  std::int64_t numbers = 0;  ///< numbers of the source that the vendor has answered
  std::int64_t steps = 0;    ///< requests' worth of numbers that were answered, in this process
  // Each of these is absent as soon as the vendor did not report it for one of the steps.
  Count added = 0;       ///< new in the list
  Count duplicates = 0;  ///< in the list already, or given more than once
  Count invalid = 0;     ///< not accepted by the vendor
  friend bool operator==(UploadProgress const&, UploadProgress const&) = default;
};

/// Adds any quantity of numbers to a recipient list, step by step; it holds the numbers of one step only:
///
///     auto upload = RecipientUpload::to_list(client, "12", numbers);
///     for (;;) {
///       auto more = upload.step();
///       if (!more) ...     // upload.resume_token() continues here, in this process or another
///       if (!*more) break; // everything was added
///     }
///
/// If a step fails, the next call repeats it. A step whose outcome is unknown may have added its numbers. If
/// it is repeated, BSG and Dexatel count them as duplicates. No page of SMSUP says whether it does, so its
/// list may then contain them twice. A step that makes the list is not repeated if its outcome is unknown:
/// look for the list's name (ListRecipientLists), and continue with `to_list`. To stop, make no further step,
/// or cancel one through its CallOptions.
///
/// Threads: use from one thread at a time. The client must outlive the upload.
class POLYCAMPAIGN_EXPORT RecipientUpload {
 public:
  /// Returns the next number, as `Recipient::number`, or nothing at the end. An error ends the step and is
  /// returned by it. It is called from `step` and `async_step`.
  using Source = std::function<Result<std::optional<std::string>>()>;

  /// Returns a source of these numbers.
  [[nodiscard]] static Source of(std::vector<std::string> numbers);

  /// Starts an upload to the list with that id. With a `resume_token` of an earlier upload to the same list,
  /// the source must give the same numbers again, from the first one; those that were answered are skipped.
  [[nodiscard]] static RecipientUpload to_list(CampaignClient& client, std::string list, Source numbers,
                                               std::string resume_token = {});
  /// Starts an upload that makes the list in its first step. It never makes the list twice.
  [[nodiscard]] static RecipientUpload to_new_list(CampaignClient& client, std::string name, Source numbers);

  RecipientUpload(RecipientUpload&&) noexcept;
  RecipientUpload& operator=(RecipientUpload&&) noexcept;
  ~RecipientUpload();

  /// Sends the next numbers, as many as `RecipientListRules::numbers` allows. Returns false if there were
  /// none left.
  ///
  /// Errors: those of AddRecipients or CreateRecipientList, and of the source; `invalid_argument` for a
  /// resume token of another list or of other numbers, and while an asynchronous step is pending; `protocol`
  /// with effect `unknown` if the vendor made the list but reported no id for it; `conflict` with effect
  /// `unknown`, without a request, after a step that may have made the list. An index in a message counts
  /// from the beginning of the step.
  /// Retried: as these operations; call it again to repeat the step.
  [[nodiscard]] Result<bool> step(CallOptions const& options = {});
  /// Does the same without a thread that waits. The upload must stay where it is until `done` was called.
  ///
  /// Errors: as `step`, passed to `done`.
  /// Retried: as `step`.
  void async_step(CallOptions const& options, Completion<bool> done);

  /// Returns what was answered so far, in other processes too.
  [[nodiscard]] UploadProgress const& progress() const noexcept;
  /// Returns the id of the list. Empty until a new list was made.
  [[nodiscard]] std::string const& list() const noexcept;
  /// Returns what the vendor said about the steps, one sentence each, at most 32.
  [[nodiscard]] std::vector<std::string> const& notes() const noexcept;
  /// Returns a token that continues the upload behind the last step that was answered, in this or another
  /// process. It contains no number. Empty until a new list was made.
  [[nodiscard]] std::string resume_token() const;

 private:
  struct State;
  explicit RecipientUpload(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1
