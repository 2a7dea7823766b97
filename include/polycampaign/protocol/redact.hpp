#pragma once

#include "polycampaign/export.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// What a log may show of a vendor's URLs: names whose values are never a credential, a cursor, a phone
/// number or words of a person. A plain value; what it views must live as long as it is used.
struct Loggable {
  /// Names of query parameters, decoded and spelled as sent: those of paging, sort orders, dates and ids.
  std::span<std::string_view const> query{};
  /// Path segments that a campaign's id follows: `campaigns` for `/campaigns/4711/detail`.
  std::span<std::string_view const> before_id{};
};

/// Returns the URL as a log may hold it: without user information and fragment, and with `REDACTED` in place
/// of everything but
///
/// * scheme, host and port;
/// * path segments that are words, and ids behind a segment of `loggable.before_id`;
/// * names of query parameters that are words, and names and values of those in `loggable.query`.
///
/// A word is at most 20 letters, `-`, `_`, `.`, `[` and `]`, or at most 10 of these with up to 4 digits: too
/// short for a credential, and with too few digits for a phone number. An id is at most 40 letters, digits,
/// `-`, `_`, `.` and `~`. What could be a phone number is never shown: `+` before any digit, or nothing but
/// ten or more digits and separators, also as an item of a list with commas.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string redacted_url(std::string_view url,
                                                           Loggable const& loggable = {});

/// A vendor's words made fit for a message: runs of 7 or more digits (as phone numbers are, blanks and dashes
/// between them allowed) keep their first and last two digits, control characters become blanks, at most
/// `most` bytes without cutting a UTF-8 sequence.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string safe_text(std::string_view vendor_words,
                                                        std::size_t most = 200);

/// Replaces every occurrence of every secret (of 4 or more bytes), also percent-encoded, by `***`.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string mask_secrets(std::string text,
                                                           std::vector<std::string_view> const& secrets);

}  // namespace polycampaign::inline v1::protocol
