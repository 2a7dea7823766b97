#pragma once

#include "polycampaign/send_journal.hpp"

namespace polycampaign::test {

/// Lets each allocation of a `begin` and a `settle` fail once. Expects that `other`, which uses the same
/// database, can write after each failure: no transaction stays open.
void expect_no_open_transaction(SendJournal& journal, SendJournal& other);

}  // namespace polycampaign::test
