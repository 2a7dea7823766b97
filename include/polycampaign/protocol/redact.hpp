#pragma once

#include "polycampaign/export.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// The URL with every query value replaced by `REDACTED` unless its name is on the allow-list of harmless
/// names (paging, sorting, dates, ids); user information is removed.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string redacted_url(std::string_view url);

/// A vendor's words made fit for a message: runs of 7 or more digits (as phone numbers are, blanks and dashes
/// between them allowed) keep their first and last two digits, control characters become blanks, at most
/// `most` bytes without cutting a UTF-8 sequence.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string safe_text(std::string_view vendor_words,
                                                        std::size_t most = 200);

/// Replaces every occurrence of every secret (of 4 or more bytes), also percent-encoded, by `***`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string mask_secrets(std::string text,
                                                           std::vector<std::string_view> const& secrets);

}  // namespace polycampaign::inline v1::protocol
