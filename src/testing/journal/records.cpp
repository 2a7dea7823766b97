#include "testing/journal/bench.hpp"

#include <chrono>
#include <limits>
#include <utility>

// How single records are written and read.
namespace polycampaign::inline v1::testing::journal {

void check_begin(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const account = bench.account();
  bench.holds(*journal, account, "key", {}, "before anything was written");
  auto const first = bench.intent(account);
  if (!bench.begins(*journal, first)) return;
  bench.holds(*journal, account, "key", {first}, "after `begin`");
  bench.is_kept_by(*journal, first, first);
  bench.is_kept_by(*journal, bench.intent(account), first);
}

void check_states(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  for (auto const state : all_states) {
    auto const account = bench.account();
    auto const present = bench.put(*journal, bench.intent(account), state);
    if (!present) continue;
    auto const next = bench.intent(account);
    if (!may_send(state)) {
      bench.is_kept_by(*journal, next, *present);
      continue;
    }
    auto const begun = journal->begin(next);
    bench.expect(begun && !*begun, "`begin` replaces a record that is " + std::string{to_string(state)},
                 shown(begun));
    bench.holds(*journal, account, "key", {next}, "after a record was replaced");
  }
}

void check_identity(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const account = bench.account();
  std::vector<JournalRecord> written;
  // all of them differ from each other, if only by case, spaces, form or as numbers
  for (auto const* const key :
       {"key", "Key", "KEY", "key ",   " key",    "key\t",  "",  "k", "keys", "7", "07",
        "7.0", "7e0", "+7",  "\u00e9", "e\u0301", "\u00c9", "%", "_", "ke_",  "k%"})
    written.push_back(bench.intent(account, key));
  auto const other = bench.account();
  for (auto const& name : {other, other + ' ', "A" + other.substr(1)}) written.push_back(bench.intent(name));
  for (auto const& record : written) bench.begins(*journal, record);
  for (auto const& record : written)
    bench.holds(*journal, record.account, record.key, {record}, "although similar accounts and keys exist");
  bench.begins(*journal, bench.intent(account, "key", 2));
}

void check_settle(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const account = bench.account();
  auto const intent = bench.intent(account);
  auto const second = bench.intent(account, "key", 2);
  auto const accepted = Bench::outcome(intent, SendState::accepted);
  bench.does_not_settle(*journal, accepted, SendState::sending, "if there is no record");
  bench.holds(*journal, account, "key", {}, "after a `settle` without a record");
  if (!bench.begins(*journal, intent) || !bench.begins(*journal, second)) return;
  for (auto const from : all_states)
    if (from != SendState::sending)
      bench.does_not_settle(*journal, accepted, from, "if the record is in another state");
  auto wrong = accepted;
  wrong.attempt += 'x';
  bench.does_not_settle(*journal, wrong, SendState::sending, "if the record has another attempt");
  wrong = accepted;
  wrong.part = 3;
  bench.does_not_settle(*journal, wrong, SendState::sending, "for another part");
  wrong = accepted;
  wrong.key = "Key";
  bench.does_not_settle(*journal, wrong, SendState::sending, "for another key");
  wrong = accepted;
  wrong.account += 'x';
  bench.does_not_settle(*journal, wrong, SendState::sending, "for another account");
  bench.holds(*journal, account, "key", {intent, second}, "after outcomes that do not belong to it");
  if (!bench.settles(*journal, accepted, SendState::sending)) return;
  bench.holds(*journal, account, "key", {accepted, second}, "after `settle`");
  bench.does_not_settle(*journal, Bench::outcome(intent, SendState::refused), SendState::sending,
                        "the second time");
  bench.holds(*journal, account, "key", {accepted, second}, "after a second outcome");
  // from each state to each state, the same one included
  for (auto const from : all_states) {
    for (auto const to : all_states) {
      auto const own = bench.account();
      auto const record = bench.put(*journal, bench.intent(own), from);
      if (!record) continue;
      auto changed = Bench::outcome(*record, to);
      if (to == SendState::sending) changed.settled_at.reset();
      if (!bench.settles(*journal, changed, from)) continue;
      bench.holds(*journal, own, "key", {changed}, "after its state was changed");
    }
  }
}

void check_values(Bench& bench) {
  using std::chrono::seconds;
  using std::chrono::sys_seconds;
  auto const journal = bench.open();
  if (!journal) return;
  constexpr auto largest = (std::numeric_limits<std::int64_t>::max)();
  auto record = bench.intent(bench.account(), "numbers", largest);
  record.recipients = largest;
  record.created_at = sys_seconds{seconds{253'402'300'799}};
  record.settled_at = sys_seconds{seconds{0}};
  if (bench.begins(*journal, record))
    bench.holds(*journal, record.account, record.key, {record}, "with large numbers");
  record = bench.intent(bench.account(), "old");
  record.recipients = 0;
  record.created_at = sys_seconds{seconds{-62'135'596'800}};
  if (bench.begins(*journal, record))
    bench.holds(*journal, record.account, record.key, {record}, "with small numbers");
  record = {.account = bench.account()};
  if (bench.begins(*journal, record))
    bench.holds(*journal, record.account, "", {record}, "with empty strings");
}

void check_strings(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  std::string controls;
  for (char c = 1; c < 32; ++c) controls += c;
  std::string const samples[] = {
      "'; DROP TABLE polycampaign_sends; --",
      "\"double\" 'single' `back` \\ \\' \\0 $1 ?1 :a @a {} [] %s %00",
      controls + "\x7f",
      "line\r\nline\nline\r",
      "\u00e9\u00df\u4e2d\u6587\u0627\u0644\u0639\u0631\u0628\u064a\u0629\u200f "
      "\U0001F600\U0001F468\u200D\U0001F469",
      "\ufeffmark \ufffd \uffff \U0010FFFF \u0080",
      "NULL",
      "0x10",
      " 1 ",
      std::string(2000, 'k'),
      "2024-01-01T00:00:00Z",
      "true",
  };
  for (auto const& sample : samples) {
    auto const account = bench.account() + sample;
    auto record = bench.intent(account, sample);
    record.attempt = record.provider = record.fingerprint = record.campaign_id = record.details = sample;
    if (!bench.begins(*journal, record)) continue;
    bench.holds(*journal, account, sample, {record}, "with all its characters");
    auto settled = Bench::outcome(record, SendState::accepted);
    settled.campaign_id = sample + sample;
    if (bench.settles(*journal, settled, SendState::sending))
      bench.holds(*journal, account, sample, {settled}, "with all its characters");
    auto const listed = journal->list({.account = account, .unsettled_only = false});
    bench.expect(listed && *listed == std::vector{settled}, "`list` returns an account with any characters",
                 shown(listed));
  }
  auto record = bench.intent(bench.account(), "long");
  while (record.details.size() < 1'000'000) record.details += "\"long details\" \u00e9\U0001F600 ";
  if (bench.begins(*journal, record))
    bench.holds(*journal, record.account, record.key, {record}, "with a megabyte of details");
}

void check_refused(Bench& bench) {
  auto const journal = bench.open();
  if (!journal) return;
  auto const account = bench.account();
  auto const refuses = [&](auto const& result, std::string_view what) {
    bench.expect(!result && result.error().code == ErrorCode::invalid_argument,
                 "`invalid_argument` for " + std::string{what}, shown(result));
  };
  std::string const nul{"a\0b", 3};
  std::string const broken[] = {nul, "\xff", "\xc3", "\xed\xa0\x80", "a\x80"};
  for (auto const& text : broken) {
    for (auto const member :
         {&JournalRecord::account, &JournalRecord::key, &JournalRecord::attempt, &JournalRecord::provider,
          &JournalRecord::fingerprint, &JournalRecord::campaign_id, &JournalRecord::details}) {
      auto record = bench.intent(account, "refused");
      record.*member = text;
      refuses(journal->begin(record), "an intent with a NUL or invalid UTF-8");
      refuses(journal->settle(record, SendState::sending), "an outcome with a NUL or invalid UTF-8");
    }
    refuses(journal->find(text, "key"), "an account with a NUL or invalid UTF-8 in `find`");
    refuses(journal->find(account, text), "a key with a NUL or invalid UTF-8 in `find`");
    refuses(journal->list({.account = text}), "an account with a NUL or invalid UTF-8 in `list`");
    refuses(journal->list({.after = bench.intent(account, text)}),
            "a key with a NUL or invalid UTF-8 in `list`");
  }
  refuses(journal->begin(bench.intent(account, "refused", 0)), "the part 0");
  auto record = bench.intent(account, "refused");
  record.recipients = -1;
  refuses(journal->begin(record), "a negative number of recipients");
  for (auto const state : all_states) {
    if (state == SendState::sending) continue;
    record = bench.intent(account, "refused");
    record.state = state;
    refuses(journal->begin(record), "an intent that is not `sending`");
  }
  auto const left = journal->list({.account = account, .unsettled_only = false});
  bench.expect(left && left->empty(), "nothing is written if a value is refused", shown(left));
}

void check_reopening(Bench& bench) {
  auto journal = bench.open();
  if (!journal) return;
  auto const account = bench.account();
  std::vector<JournalRecord> written;
  for (auto const state : all_states) {
    auto record = bench.put(
        *journal, bench.intent(account, "key", 1 + static_cast<std::int64_t>(written.size())), state);
    if (record) written.push_back(*std::move(record));
  }
  auto const other = bench.open();
  if (!other) return;
  bench.holds(*other, account, "key", written, "through a journal that was opened later");
  journal.reset();
  bench.holds(*other, account, "key", written, "after another journal was closed");
  auto const again = bench.open();
  if (!again || written.empty()) return;
  bench.holds(*again, account, "key", written, "after the journal was closed and opened again");
  auto present = again->begin(bench.intent(account));
  bench.expect(present && *present && **present == written.front(),
               "a record keeps others out after reopening", shown(present));
}

}  // namespace polycampaign::inline v1::testing::journal
