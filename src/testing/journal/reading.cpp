#include "testing/journal/bench.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

// How several records are found and listed.
namespace polycampaign::inline v1::testing::journal {

namespace {

auto identity(JournalRecord const& record) {
  return std::tie(record.account, record.key, record.part);
}

bool unsettled(JournalRecord const& record) {
  return record.state == SendState::sending || record.state == SendState::unresolved;
}

/// Writes records of two accounts, in an order that is not theirs, and returns them in their order.
std::vector<JournalRecord> filled(Bench& bench, SendJournal& journal, std::string const& first,
                                  std::string const& second) {
  std::vector<JournalRecord> written;
  std::size_t next = 0;
  for (auto const& account : {second, first})
    // in the order of bytes: upper case before lower case, and other scripts last
    for (auto const* const key :
         {"b", "\U0001F600", "B", "", "a-", "a b", "a", "\u00e9", "ab", "Z", "\uffff", "10", "9"})
      for (std::int64_t const part : {10, 2, 1}) {
        auto record =
            bench.put(journal, bench.intent(account, key, part), all_states[next++ % std::size(all_states)]);
        if (record) written.push_back(*std::move(record));
      }
  std::ranges::sort(written, {}, identity);
  return written;
}

}  // namespace

void check_find(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const account = bench.account();
  std::vector<JournalRecord> parts;
  for (std::int64_t const part : {11, 2, 100, 1, 10, 9}) {
    auto const record = bench.intent(account, "parts", part);
    bench.begins(*journal, record);
    bench.begins(*journal, bench.intent(account, "others", part));
    parts.push_back(record);
  }
  std::ranges::sort(parts, {}, &JournalRecord::part);
  bench.holds(*journal, account, "parts", parts, "in the order of the parts");
  bench.holds(*journal, account, "part", {}, "for a key that is only the beginning of another");
}

void check_lists(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const first = bench.account();
  auto const second = first + "-b";
  auto const written = filled(bench, *journal, first, second);
  for (bool const only : {false, true}) {
    for (auto const& account : {first, second, first + "-none"}) {
      std::vector<JournalRecord> wanted;
      for (auto const& record : written)
        if (record.account == account && (!only || unsettled(record))) wanted.push_back(record);
      auto const listed = journal->list({.account = account, .unsettled_only = only});
      bench.expect(listed && *listed == wanted,
                   std::string{"the records of one account in the order of bytes, "} +
                       (only ? "only unsettled" : "all") + ": " + shown(wanted),
                   shown(listed));
    }
    auto const all =
        journal->list({.unsettled_only = only, .limit = (std::numeric_limits<std::size_t>::max)()});
    if (!bench.expect(all.has_value(), "all records of all accounts", shown(all))) continue;
    bench.expect(std::ranges::is_sorted(*all, {}, identity), "the records of all accounts are in order",
                 shown(*all));
    auto const missing = std::ranges::count_if(written, [&](JournalRecord const& record) {
      return (!only || unsettled(record)) != (std::ranges::find(*all, record) != all->end());
    });
    bench.expect(missing == 0, "a list without an account has all accounts",
                 std::to_string(missing) + " records are wrong");
  }
}

void check_paging(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const first = bench.account();
  auto const second = first + "-b";
  auto const written = filled(bench, *journal, first, second);
  // The account comes before `first`, so its records must not hide those of `first`.
  for (std::size_t const limit : {1U, 7U, 1000U}) {
    for (bool const only : {false, true}) {
      std::vector<JournalRecord> wanted;
      for (auto const& record : written)
        if (record.account == first && (!only || unsettled(record))) wanted.push_back(record);
      std::vector<JournalRecord> read;
      JournalFilter filter{.account = first, .unsettled_only = only, .limit = limit};
      while (read.size() <= wanted.size()) {
        auto const page = journal->list(filter);
        if (!bench.expect(page && page->size() <= limit, "a page with at most `limit` records", shown(page)))
          return;
        if (page->empty()) break;
        read.insert(read.end(), page->begin(), page->end());
        // only the identity counts
        filter.after = JournalRecord{
            .account = page->back().account, .key = page->back().key, .part = page->back().part};
      }
      bench.expect(read == wanted, "each record once in pages of " + std::to_string(limit), shown(read));
    }
  }
  auto const none = journal->list({.account = first, .unsettled_only = false, .limit = 0});
  bench.expect(none && none->empty(), "no record if the limit is 0", shown(none));
  // a record that does not exist, between two that do
  auto after = bench.intent(first, "a", 5);
  auto const rest = journal->list({.account = first, .unsettled_only = false, .after = after});
  std::vector<JournalRecord> wanted;
  for (auto const& record : written)
    if (record.account == first && identity(record) > identity(after)) wanted.push_back(record);
  bench.expect(rest && *rest == wanted, "what follows a record that does not exist", shown(rest));
  // across the border of accounts
  after = bench.intent(first, "\U0010FFFF", 1);
  auto const beyond = journal->list({.unsettled_only = false, .limit = 1, .after = after});
  auto const next = std::ranges::find(written, second, &JournalRecord::account);
  if (next == written.end()) return;
  bench.expect(beyond && *beyond == std::vector{*next}, "the first record of the next account",
               shown(beyond));
}

}  // namespace polycampaign::inline v1::testing::journal
