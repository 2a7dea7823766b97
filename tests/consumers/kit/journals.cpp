#include <polycampaign/postgres_journal.hpp>
#include <polycampaign/sqlite_journal.hpp>

#include <iostream>
#include <string>

// Writes and reads a record in the SQLite file that is named, and finds no PostgreSQL server.
int main(int argc, char** argv) {
  auto const journal = polycampaign::make_sqlite_journal(argc > 1 ? argv[1] : "journal.db");
  if (!journal) return std::cerr << to_string(journal.error()) << '\n', 1;
  polycampaign::JournalRecord const intent{.account = "promo", .key = "rentree-1", .attempt = "1"};
  auto const begun = (*journal)->begin(intent);
  auto const again = (*journal)->begin(intent);
  if (!begun || *begun || !again || *again != intent) return 2;
  auto const none = polycampaign::make_postgres_journal("host=/nonexistent");
  if (none || none.error().code != polycampaign::ErrorCode::unavailable) return 3;
  std::cout << "journals " << (*journal)->list({})->size() << '\n';
}
