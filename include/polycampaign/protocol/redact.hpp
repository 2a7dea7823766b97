#pragma once

#include "polycampaign/export.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::protocol {

/// What a log may show of a vendor's URLs: names whose values are never a credential, a cursor, a phone
/// number or words that a person wrote. A plain value; what it points to must stay valid as long as it is
/// used.
struct Loggable {
  /// Names of query parameters, decoded and spelled as sent: those for pagination, sort order, dates and ids.
  std::span<std::string_view const> query{};
  /// Path segments that precede a campaign's id: `campaigns` for `/campaigns/4711/detail`.
  std::span<std::string_view const> before_id{};
};

/// Returns the URL as a log may contain it: without user information and fragment, and with `REDACTED` in
/// place of everything except
///
/// * scheme, host and port;
/// * path segments that are words, and ids that follow a segment of `loggable.before_id`;
/// * names of query parameters that are words, and names and values of those in `loggable.query`.
///
/// A word is at most 20 letters, `-`, `_`, `.`, `[` and `]`, or at most 10 of these with up to 4 digits. That
/// is too short for a credential, and has too few digits for a phone number. An id is at most 40 letters,
/// digits, `-`, `_`, `.` and `~`. Anything that could be a phone number is never shown: `+` before any digit,
/// or nothing but ten or more digits and separators, alone or as an item of a comma-separated list.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string redacted_url(std::string_view url,
                                                           Loggable const& loggable = {});

/// Makes a vendor's words safe for a message. Runs of 7 or more digits, which may be phone numbers, keep only
/// their first and last two digits; there may be spaces and dashes between the digits. Control characters
/// become spaces. The result has at most `most` bytes, without cutting a UTF-8 sequence.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string safe_text(std::string_view vendor_words,
                                                        std::size_t most = 200);

/// Replaces with `***` what a vendor's words repeat of these texts: every passage of 10 or more bytes that
/// also occurs in one of them, and each shorter text of 4 or more bytes. The texts are recognized as they are
/// and as `safe_text` returns them. For errors of requests that contain a message text, which a vendor may
/// quote, also in part.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string mask_texts(std::string vendor_words,
                                                         std::span<std::string const> texts);

/// Replaces every occurrence of every secret of 4 or more bytes, including percent-encoded ones, with `***`.
/// The first 12 or more bytes of a longer secret are replaced, too, because a message may have been cut
/// within it.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::string mask_secrets(std::string text,
                                                           std::vector<std::string_view> const& secrets);

}  // namespace polycampaign::inline v1::protocol
