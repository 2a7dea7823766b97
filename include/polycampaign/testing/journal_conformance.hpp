#pragma once

#include "polycampaign/send_journal.hpp"
#include "polycampaign/testing/conformance.hpp"
#include "polycampaign/testing/export.hpp"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Opens the journal to check. Each call returns another journal on the same database, which is empty at the
/// first call. Called by several threads at once.
using JournalFactory = std::function<Result<std::unique_ptr<SendJournal>>()>;

/// Returns the names of all checks, in the order in which they run. `Finding::check` is one of them.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<std::string_view> journal_checks();

/// Checks what every SendJournal must do, alone and with 16 threads at once, through one journal and through
/// several on the same database. It writes a few hundred records, and takes a few seconds if the journal
/// waits for a disk. An empty result is a pass. Each check reports at most ten findings. An error or an
/// exception of the journal is a finding.
///
/// Whether records survive a crash of the process or a loss of power cannot be checked in this way.
[[nodiscard]] POLYCAMPAIGN_TESTING_EXPORT std::vector<Finding> check_journal(JournalFactory const& make);

}  // namespace polycampaign::inline v1::testing
