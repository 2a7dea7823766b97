#pragma once

#include "polycampaign/capabilities.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/statistics.hpp"
#include "polycampaign/submission.hpp"
#include "polycampaign/text.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// What a campaign would be, before any request. It contains no number and no name, and of the texts only the
/// characters in `ucs2_characters`.
///
/// Threads: a plain value, not synchronized.
struct Plan {
  Count recipients{};           ///< different numbers; absent for lists
  std::int64_t duplicates = 0;  ///< recipients whose number an earlier one has; they are left out
  std::int64_t lists = 0;       ///< lists of the vendor
  TextEncoding encoding = TextEncoding::gsm7;  ///< UCS-2 if one of the texts needs it
  std::int64_t parts = 0;  ///< parts of the longest message; 0 if the text is at the vendor
  Count total_parts{};     ///< parts of all messages together; absent for lists
  /// The characters of the texts that GSM-7 does not have, each once, at most 20.
  std::vector<std::string> ucs2_characters{};
  /// How many campaigns it takes, because a campaign of this vendor may have fewer recipients. More than one:
  /// CreateCampaign refuses it.
  std::int64_t campaigns = 1;
  std::optional<std::chrono::sys_seconds> start_at{};  ///< as requested, in UTC
  /// The start as the vendor will read it, in its own time zone: `2026-03-29 10:00:00`. Empty if it starts at
  /// once, or if the vendor takes times that need no zone.
  std::string vendor_start{};
  std::vector<std::string> warnings{};  ///< what the caller should know, one sentence each

  friend bool operator==(Plan const&, Plan const&) = default;
};

/// What a plan depends on besides the campaign. A plain value.
struct PlanContext {
  /// The current time. Absent: a start is not compared with it.
  std::optional<std::chrono::sys_seconds> now{};
  /// How the vendor reads start times (`Adapter::start_clock`). Absent: as instants, without a zone.
  std::optional<protocol::ClockRule> clock{};
};

/// Checks a campaign against what a vendor documents, and counts it. Makes no request and reads no clock.
/// `CampaignClient::plan` calls it with the account's time zone, and adds what only the adapter knows.
///
/// Errors: `unsupported` (a feature that the vendor does not have, with the reason); `invalid_argument`,
/// which names the member, and the index of a recipient, but quotes neither number nor text.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Plan> plan(Capabilities const& capabilities,
                                                    NewCampaign const& campaign,
                                                    PlanContext const& context = {});

/// Checks a change in the same way. The plan describes the new start and the new text; it counts no
/// recipients.
///
/// Errors: `unsupported` (a member that this vendor cannot change, with the reason); `invalid_argument`
/// (nothing to change; otherwise as above).
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Plan> plan(Capabilities const& capabilities,
                                                    UpdateCampaign const& change,
                                                    PlanContext const& context = {});

/// Returns the campaign with every number in E.164 and without the recipients whose number an earlier one
/// has. An adapter receives campaigns in this form.
///
/// Errors: `invalid_argument`, which names the index of the recipient (`recipients[2]`), not the number.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<NewCampaign> normalized(NewCampaign campaign);

/// Returns the operation as an adapter receives it: its numbers in E.164, each once.
///
/// Errors: those that the operation names for before any request, and `unsupported`. They name the index of a
/// number (`numbers[2]`), not the number.
/// @{
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<CreateRecipientList> normalized(Capabilities const& capabilities,
                                                                         CreateRecipientList create);
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<AddRecipients> normalized(Capabilities const& capabilities,
                                                                   AddRecipients add);
/// @}

/// Returns what the library itself can estimate: recipients and parts, no cost. For vendors that have no
/// estimate of their own. The campaign must be `normalized`.
///
/// Errors: as `analyze`.
[[nodiscard]] POLYCAMPAIGN_EXPORT Result<Estimate> local_estimate(Capabilities const& capabilities,
                                                                  NewCampaign const& campaign);

}  // namespace polycampaign::inline v1
