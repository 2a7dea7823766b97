#include "testing/journal/bench.hpp"

#include <exception>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace journal {

namespace {

std::string quoted(std::string const& text) {
  return '\'' + (text.size() > 40 ? text.substr(0, 40) + "...' of " + std::to_string(text.size()) + " bytes"
                                  : text + '\'');
}

}  // namespace

std::string shown(JournalRecord const& record) {
  return quoted(record.account) + ' ' + quoted(record.key) + ' ' + std::to_string(record.part) + ' ' +
         std::string{to_string(record.state)} + " attempt " + quoted(record.attempt) + " provider " +
         quoted(record.provider) + " fingerprint " + quoted(record.fingerprint) + " recipients " +
         std::to_string(record.recipients) + " campaign " + quoted(record.campaign_id) + " created " +
         std::to_string(record.created_at.time_since_epoch().count()) + " settled " +
         (record.settled_at ? std::to_string(record.settled_at->time_since_epoch().count()) : "never") +
         " details " + quoted(record.details);
}

std::string shown(std::vector<JournalRecord> const& records) {
  auto text = std::to_string(records.size()) + " records";
  for (std::size_t i = 0; i < records.size() && i < 3; ++i)
    text += (i == 0 ? ": " : "; ") + shown(records[i]);
  return text;
}

std::string shown(Result<std::optional<JournalRecord>> const& begun) {
  if (!begun) return to_string(begun.error());
  return *begun ? "the record " + shown(**begun) : "nothing, as if the intent had been written";
}

std::string shown(Result<std::vector<JournalRecord>> const& records) {
  return records ? shown(*records) : to_string(records.error());
}

std::string shown(Result<bool> const& settled) {
  if (!settled) return to_string(settled.error());
  return *settled ? "true" : "false";
}

void Bench::start(std::string_view check) {
  check_ = check;
  reported_ = 0;
}

bool Bench::expect(bool good, std::string_view expected, std::string seen) {
  if (good || ++reported_ > 10) return good;
  findings_.push_back({.check = check_, .expected = std::string{expected}, .seen = std::move(seen)});
  return false;
}

std::unique_ptr<SendJournal> Bench::open() {
  auto journal = make_();
  if (!expect(journal && *journal, "a journal that opens",
              journal ? "a null pointer" : to_string(journal.error())))
    return nullptr;
  return *std::move(journal);
}

JournalRecord Bench::intent(std::string account, std::string key, std::int64_t part) {
  auto const number = ++attempts_;
  return {.account = std::move(account),
          .key = std::move(key),
          .part = part,
          .attempt = "attempt-" + std::to_string(number),
          .provider = "acme",
          .fingerprint = "00ff" + std::to_string(number),
          .recipients = 340 + number,
          .created_at = std::chrono::sys_seconds{std::chrono::seconds{1'700'000'000 + number}},
          .details = R"({"token":")" + std::to_string(number) + "\"}"};
}

JournalRecord Bench::outcome(JournalRecord record, SendState state) {
  record.state = state;
  record.provider += "-2";
  record.fingerprint += "aa";
  record.recipients += 1;
  record.campaign_id = "53651994";
  record.created_at += std::chrono::seconds{1};
  record.settled_at = record.created_at + std::chrono::seconds{5};
  record.details += ' ';
  return record;
}

bool Bench::begins(SendJournal& journal, JournalRecord const& intent) {
  auto const begun = journal.begin(intent);
  return expect(begun && !*begun, "`begin` writes the intent and returns nothing", shown(begun));
}

bool Bench::is_kept_by(SendJournal& journal, JournalRecord const& intent, JournalRecord const& present) {
  auto const begun = journal.begin(intent);
  return expect(begun && *begun && **begun == present,
                "`begin` returns the present record, " + shown(present), shown(begun)) &&
         holds(journal, present.account, present.key, {present}, "after a `begin` that must not write");
}

bool Bench::settles(SendJournal& journal, JournalRecord const& record, SendState from) {
  auto const settled = journal.settle(record, from);
  return expect(settled && *settled, "`settle` writes the outcome and returns true", shown(settled));
}

bool Bench::does_not_settle(SendJournal& journal, JournalRecord const& record, SendState from,
                            std::string_view why) {
  auto const settled = journal.settle(record, from);
  return expect(settled && !*settled, "`settle` returns false " + std::string{why}, shown(settled));
}

bool Bench::holds(SendJournal& journal, std::string_view account, std::string_view key,
                  std::vector<JournalRecord> const& records, std::string_view why) {
  auto const found = journal.find(account, key);
  return expect(found && *found == records, "`find` returns " + shown(records) + ' ' + std::string{why},
                shown(found));
}

std::optional<JournalRecord> Bench::put(SendJournal& journal, JournalRecord const& intent, SendState state) {
  if (!begins(journal, intent)) return std::nullopt;
  if (state == SendState::sending) return intent;
  auto record = outcome(intent, state);
  if (!settles(journal, record, SendState::sending)) return std::nullopt;
  return record;
}

namespace {

struct Check {
  std::string_view name;
  void (*run)(Bench&);
};

constexpr Check checks[] = {
    {"begin", &check_begin},
    {"states", &check_states},
    {"identity", &check_identity},
    {"settle", &check_settle},
    {"values", &check_values},
    {"strings", &check_strings},
    {"refused values", &check_refused},
    {"find", &check_find},
    {"lists", &check_lists},
    {"paging", &check_paging},
    {"reopening", &check_reopening},
    {"racing begins", &check_begin_races},
    {"racing replacements", &check_replacing_races},
    {"racing settles", &check_settle_races},
    {"busy threads", &check_busy_threads},
};

}  // namespace

}  // namespace journal

std::vector<std::string_view> journal_checks() {
  std::vector<std::string_view> names;
  for (auto const& check : journal::checks) names.push_back(check.name);
  return names;
}

std::vector<Finding> check_journal(JournalFactory const& make) {
  journal::Bench bench{make};
  for (auto const& check : journal::checks) {
    bench.start(check.name);
    try {
      check.run(bench);
    } catch (std::exception const& thrown) {
      bench.expect(false, "no exception", thrown.what());
    }
  }
  return std::move(bench.findings());
}

}  // namespace polycampaign::inline v1::testing
