#pragma once

#include "polycampaign/new_campaign.hpp"
#include "polycampaign/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Errors of all: `unavailable`, if the cryptographic library cannot compute SHA-256.
namespace polycampaign::inline v1::outbox {

/// Returns the SHA-256 of a text as 64 lower-case hexadecimal digits.
[[nodiscard]] Result<std::string> sha256(std::string_view text);

/// Returns the fingerprint of a `normalized` campaign in an account. The order of recipients, lists and
/// options does not matter, and neither do references.
[[nodiscard]] Result<std::string> fingerprint(std::string_view account, NewCampaign const& campaign);

/// Returns the reference that the outbox gives to the first recipient of a part: 16 letters and digits, the
/// same for every attempt. A vendor that refuses a reference that it knows then refuses a second attempt.
[[nodiscard]] Result<std::string> reference_of(std::string_view account, std::string_view key,
                                               std::int64_t part);
/// Returns the token that makes the names of an attempt unique: 16 letters and digits. Names of an earlier
/// attempt may still exist at the vendor, although it was refused.
[[nodiscard]] Result<std::string> token_of(std::string_view attempt);

/// Returns 32 random hexadecimal digits.
[[nodiscard]] std::string random_attempt();

}  // namespace polycampaign::inline v1::outbox
