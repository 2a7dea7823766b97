#pragma once

#include "polycampaign/balance.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/message.hpp"
#include "polycampaign/provider_name.hpp"
#include "polycampaign/recipient_list.hpp"
#include "polycampaign/reply.hpp"
#include "polycampaign/sender.hpp"
#include "polycampaign/submission.hpp"

#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// Formats one campaign as one line of JSON, without a newline at the end: the command's `ndjson` output.
/// Absent values are `null`, empty lists and maps are kept, and members are always in the same order. `raw()`
/// is not included. An empty `account` is written as `null`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Campaign const& campaign,
                                                      std::string_view account = {});

/// Formats an error as one line of JSON with the members `account`, `provider`, `code`, `effect`,
/// `transient`, `retry_after` (milliseconds), `http_status`, `vendor_code`, `attempts` and `message`. A
/// status of 0, an absent wait and an empty string mean that the value is unknown; they are written as
/// `null`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Error const& error, std::string_view account = {});

/// Formats a value as one line of JSON in the same way. `warnings` of an estimate are its notes; the notes of
/// a balance, a sender, a reply and an opt-out are not included.
/// @{
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Submission const& submission,
                                                      std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Estimate const& estimate,
                                                      std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Balance const& balance, std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Sender const& sender, std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Message const& message, std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(Reply const& reply, std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(OptOut const& opt_out, std::string_view account = {});
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string to_json(RecipientList const& list, ProviderName provider,
                                                      std::string_view account = {});
/// @}

}  // namespace polycampaign::inline v1
