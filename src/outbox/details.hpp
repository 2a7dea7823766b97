#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/provider_name.hpp"
#include "polycampaign/submission.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::outbox {

/// What the outbox keeps in `JournalRecord::details`. No number, text or secret.
struct Details {
  bool by_reference = false;                  ///< the key is the caller's reference
  std::int64_t parts = 1;                     ///< of the whole sending
  std::int64_t part_size = 0;                 ///< recipients of one part; 0: there is one part
  std::string token{};                        ///< in the names that the library makes
  std::vector<std::string> earlier_tokens{};  ///< of attempts that were refused or absent
  std::string reference{};                    ///< of the first recipient, if it may be kept; empty: none
  bool own_reference = false;                 ///< the outbox gave it
  bool named = false;                         ///< the caller gave a name
  std::string sender_hash{};                  ///< SHA-256; this and the next two: see `set_hashes`
  std::string text_hash{};                    ///< SHA-256; empty if every recipient has a text of their own
  std::string name_hash{};                    ///< SHA-256 of the name that the caller gave
  std::optional<std::chrono::sys_seconds> start_at{};
  std::chrono::sys_seconds send_until{};  ///< afterwards, this attempt sends nothing any more
  bool draft = false;

  std::optional<Submission> submission{};  ///< of an accepted part
  std::optional<Error> error{};            ///< of a refused or unresolved part
};

[[nodiscard]] std::string to_text(Details const& details);
/// Returns nothing for a text that is not of this form.
[[nodiscard]] std::optional<Details> read_details(std::string_view text, ProviderName provider);

}  // namespace polycampaign::inline v1::outbox
