#pragma once

#include "polycampaign/send_journal.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// The journal in which the command remembers what it sent.
namespace polycampaign::inline v1::command {

inline constexpr std::string_view no_journal = "none";

/// Returns where the journal is: the word of `--journal`, or POLYCAMPAIGN_JOURNAL, or the default path.
/// Errors: `configuration`, if the environment names no place.
[[nodiscard]] Result<std::string> journal_place(std::optional<std::string> const& word);

/// Opens the journal; makes the default's folder if there is none. Errors: `configuration`, `unavailable`.
[[nodiscard]] Result<std::unique_ptr<SendJournal>> open_journal(std::string const& place);

}  // namespace polycampaign::inline v1::command
