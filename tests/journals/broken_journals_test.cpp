#include "polycampaign/testing/journal_conformance.hpp"
#include "polycampaign/testing/memory_journal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace polycampaign::testing {
namespace {

using Records = std::vector<JournalRecord>;

/// A journal that does everything right, until a test replaces one of its functions.
struct Hooks {
  std::function<Result<std::optional<JournalRecord>>(SendJournal&, JournalRecord const&)> begin =
      [](SendJournal& journal, JournalRecord const& intent) { return journal.begin(intent); };
  std::function<Result<bool>(SendJournal&, JournalRecord const&, SendState)> settle =
      [](SendJournal& journal, JournalRecord const& record, SendState from) {
        return journal.settle(record, from);
      };
  std::function<Result<Records>(SendJournal&, std::string_view, std::string_view)> find =
      [](SendJournal& journal, std::string_view account, std::string_view key) {
        return journal.find(account, key);
      };
  std::function<Result<Records>(SendJournal&, JournalFilter const&)> list =
      [](SendJournal& journal, JournalFilter const& filter) { return journal.list(filter); };
};

class Hooked final : public SendJournal {
 public:
  Hooked(std::unique_ptr<SendJournal> journal, Hooks const& hooks)
      : journal_{std::move(journal)}, hooks_{hooks} {}
  Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) override {
    return hooks_.begin(*journal_, intent);
  }
  Result<bool> settle(JournalRecord const& record, SendState from) override {
    return hooks_.settle(*journal_, record, from);
  }
  Result<Records> find(std::string_view account, std::string_view key) override {
    return hooks_.find(*journal_, account, key);
  }
  Result<Records> list(JournalFilter const& filter) override { return hooks_.list(*journal_, filter); }

 private:
  std::unique_ptr<SendJournal> journal_;
  Hooks const& hooks_;
};

/// The names of the checks that find something in a journal with these functions.
std::set<std::string> found(Hooks const& hooks) {
  MemoryJournal const journal;
  auto const findings = check_journal([&]() -> Result<std::unique_ptr<SendJournal>> {
    return std::unique_ptr<SendJournal>{std::make_unique<Hooked>(journal.reopen(), hooks)};
  });
  std::set<std::string> names;
  auto const known = journal_checks();
  for (auto const& finding : findings) {
    EXPECT_NE(std::ranges::find(known, finding.check), known.end()) << to_string(finding);
    names.insert(finding.check);
  }
  return names;
}

std::optional<JournalRecord> present(SendJournal& journal, JournalRecord const& identity) {
  auto const records = journal.find(identity.account, identity.key);
  if (!records) return std::nullopt;
  for (auto const& record : *records)
    if (record.part == identity.part) return record;
  return std::nullopt;
}

/// Writes the intent whatever is there.
Result<std::optional<JournalRecord>> overwrite(SendJournal& journal, JournalRecord const& intent) {
  if (auto record = present(journal, intent)) {
    auto const state = std::exchange(record->state, SendState::refused);
    if (auto settled = journal.settle(*record, state); !settled) return settled.error();
  }
  return journal.begin(intent);
}

#define EXPECT_FINDS(check, hooks) \
  EXPECT_TRUE(found(hooks).contains(check)) << ::testing::PrintToString(found(hooks))

TEST(BrokenJournal, NothingIsFoundWithoutAFault) {
  EXPECT_EQ(found({}), std::set<std::string>{});
}

TEST(BrokenJournal, SendsAcceptedPartsAgain) {
  Hooks hooks;
  hooks.begin = overwrite;
  EXPECT_FINDS("states", hooks);
}

TEST(BrokenJournal, SendsUnresolvedPartsAgain) {
  Hooks hooks;
  hooks.begin = [](SendJournal& journal,
                   JournalRecord const& intent) -> Result<std::optional<JournalRecord>> {
    auto const record = present(journal, intent);
    return record && record->state == SendState::unresolved ? overwrite(journal, intent)
                                                            : journal.begin(intent);
  };
  EXPECT_FINDS("states", hooks);
}

TEST(BrokenJournal, DoesNotSendRefusedPartsAgain) {
  Hooks hooks;
  hooks.begin = [](SendJournal& journal,
                   JournalRecord const& intent) -> Result<std::optional<JournalRecord>> {
    if (auto record = present(journal, intent)) return record;
    return journal.begin(intent);
  };
  EXPECT_FINDS("states", hooks);
}

TEST(BrokenJournal, TakesARepeatedBeginForTheFirst) {
  Hooks hooks;
  hooks.begin = [](SendJournal& journal,
                   JournalRecord const& intent) -> Result<std::optional<JournalRecord>> {
    auto begun = journal.begin(intent);
    if (begun && *begun && (**begun).attempt == intent.attempt) return std::optional<JournalRecord>{};
    return begun;
  };
  EXPECT_FINDS("begin", hooks);
}

TEST(BrokenJournal, ReadsBeforeItWrites) {
  Hooks hooks;
  hooks.begin = [](SendJournal& journal,
                   JournalRecord const& intent) -> Result<std::optional<JournalRecord>> {
    if (auto good = journal.find(intent.account, intent.key); !good) return good.error();
    auto record = present(journal, intent);
    for (int i = 0; i < 200; ++i) std::this_thread::yield();
    if (record && !may_send(record->state)) return record;
    auto begun = journal.begin(intent);
    return begun && *begun ? overwrite(journal, intent) : begun;
  };
  EXPECT_FINDS("racing begins", hooks);
  EXPECT_FINDS("racing replacements", hooks);
}

TEST(BrokenJournal, ReturnsLittleOfThePresentRecord) {
  Hooks hooks;
  hooks.begin = [](SendJournal& journal, JournalRecord const& intent) {
    auto begun = journal.begin(intent);
    if (begun && *begun) (**begun).details.clear();
    return begun;
  };
  EXPECT_FINDS("begin", hooks);
}

TEST(BrokenJournal, SettlesForAnyAttempt) {
  Hooks hooks;
  hooks.settle = [](SendJournal& journal, JournalRecord record, SendState from) {
    if (auto const there = present(journal, record)) record.attempt = there->attempt;
    return journal.settle(record, from);
  };
  EXPECT_FINDS("settle", hooks);
}

TEST(BrokenJournal, SettlesFromAnyState) {
  Hooks hooks;
  hooks.settle = [](SendJournal& journal, JournalRecord const& record, SendState from) {
    auto const there = present(journal, record);
    return journal.settle(record, there ? there->state : from);
  };
  EXPECT_FINDS("settle", hooks);
  EXPECT_FINDS("racing settles", hooks);
}

TEST(BrokenJournal, AlwaysReportsASettle) {
  Hooks hooks;
  hooks.settle = [](SendJournal& journal, JournalRecord const& record, SendState from) {
    auto settled = journal.settle(record, from);
    return settled ? Result<bool>{true} : settled;
  };
  EXPECT_FINDS("settle", hooks);
}

TEST(BrokenJournal, AddsRecordsThatWereNotBegun) {
  Hooks hooks;
  hooks.settle = [](SendJournal& journal, JournalRecord const& record, SendState from) {
    auto settled = journal.settle(record, from);
    if (settled && !*settled && !present(journal, record)) {
      auto intent = record;
      intent.state = SendState::sending;
      static_cast<void>(journal.begin(intent));
    }
    return settled;
  };
  EXPECT_FINDS("settle", hooks);
}

TEST(BrokenJournal, SettlesSomeMembersOnly) {
  for (auto const member : {&JournalRecord::campaign_id, &JournalRecord::details, &JournalRecord::fingerprint,
                            &JournalRecord::provider}) {
    Hooks hooks;
    hooks.settle = [member](SendJournal& journal, JournalRecord record, SendState from) {
      if (auto const there = present(journal, record)) record.*member = (*there).*member;
      return journal.settle(record, from);
    };
    EXPECT_FINDS("settle", hooks);
  }
}

TEST(BrokenJournal, TakesTheBeginningOfTimeForNever) {
  Hooks hooks;
  hooks.find = [](SendJournal& journal, std::string_view account, std::string_view key) {
    auto records = journal.find(account, key);
    if (records)
      for (auto& record : *records)
        if (record.settled_at == std::chrono::sys_seconds{}) record.settled_at.reset();
    return records;
  };
  EXPECT_FINDS("values", hooks);
}

TEST(BrokenJournal, HasNarrowColumns) {
  Hooks hooks;
  hooks.find = [](SendJournal& journal, std::string_view account, std::string_view key) {
    auto records = journal.find(account, key);
    if (records)
      for (auto& record : *records) record.recipients = static_cast<std::int32_t>(record.recipients);
    return records;
  };
  EXPECT_FINDS("values", hooks);
  hooks = {};
  hooks.begin = [](SendJournal& journal, JournalRecord intent) {
    if (intent.details.size() > 65'535) intent.details.resize(65'535);
    return journal.begin(intent);
  };
  EXPECT_FINDS("strings", hooks);
}

/// A journal that changes each key before it uses it.
Hooks with_keys(std::function<std::string(std::string)> const& changed) {
  Hooks hooks;
  hooks.begin = [=](SendJournal& journal, JournalRecord intent) {
    intent.key = changed(intent.key);
    return journal.begin(intent);
  };
  hooks.settle = [=](SendJournal& journal, JournalRecord record, SendState from) {
    record.key = changed(record.key);
    return journal.settle(record, from);
  };
  hooks.find = [=](SendJournal& journal, std::string_view account, std::string_view key) {
    return journal.find(account, changed(std::string{key}));
  };
  return hooks;
}

TEST(BrokenJournal, ComparesKeysLoosely) {
  EXPECT_FINDS("identity", with_keys([](std::string key) {
                 std::ranges::transform(key, key.begin(), [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                 });
                 return key;
               }));
  EXPECT_FINDS("identity", with_keys([](std::string key) {
                 while (key.ends_with(' ')) key.pop_back();
                 return key;
               }));
  EXPECT_FINDS("identity", with_keys([](std::string key) { return key == "07" ? "7" : key; }));
}

TEST(BrokenJournal, CutsStringsAtNul) {
  EXPECT_FINDS("refused values", with_keys([](std::string const& key) { return std::string{key.c_str()}; }));
}

TEST(BrokenJournal, ReplacesInvalidUtf8) {
  EXPECT_FINDS("refused values", with_keys([](std::string key) {
                 std::ranges::replace(key, '\xff', '?');
                 return key;
               }));
}

TEST(BrokenJournal, TakesIntentsInAnyState) {
  Hooks hooks;
  hooks.begin = [](SendJournal& journal, JournalRecord intent) {
    intent.state = SendState::sending;
    return journal.begin(intent);
  };
  EXPECT_FINDS("refused values", hooks);
}

TEST(BrokenJournal, OrdersPartsAsText) {
  Hooks hooks;
  hooks.find = [](SendJournal& journal, std::string_view account, std::string_view key) {
    auto records = journal.find(account, key);
    if (records)
      std::ranges::sort(*records, {},
                        [](JournalRecord const& record) { return std::to_string(record.part); });
    return records;
  };
  EXPECT_FINDS("find", hooks);
}

TEST(BrokenJournal, FindsKeysByTheirBeginning) {
  Hooks hooks;
  hooks.find = [](SendJournal& journal, std::string_view account, std::string_view key) -> Result<Records> {
    if (auto good = journal.find(account, key); !good) return good;
    auto records = journal.list({.account = std::string{account}, .unsettled_only = false, .limit = 100'000});
    if (records)
      std::erase_if(*records, [&](JournalRecord const& record) { return !record.key.starts_with(key); });
    return records;
  };
  EXPECT_FINDS("find", hooks);
}

/// A journal that changes what a list returns.
Hooks with_lists(std::function<void(Records&, JournalFilter&)> const& change,
                 std::function<void(JournalFilter&)> const& ask) {
  Hooks hooks;
  hooks.list = [=](SendJournal& journal, JournalFilter filter) {
    ask(filter);
    auto records = journal.list(filter);
    if (records) change(*records, filter);
    return records;
  };
  return hooks;
}

TEST(BrokenJournal, ListsInAnotherOrder) {
  auto const nothing = [](JournalFilter&) {};
  EXPECT_FINDS("lists", with_lists(
                            [](Records& records, JournalFilter&) {
                              std::ranges::stable_sort(records, {}, [](JournalRecord record) {
                                std::ranges::transform(record.key, record.key.begin(), [](unsigned char c) {
                                  return static_cast<char>(std::tolower(c));
                                });
                                return std::pair{record.account, record.key};
                              });
                            },
                            nothing));
  EXPECT_FINDS("lists",
               with_lists([](Records& records, JournalFilter&) { std::ranges::reverse(records); }, nothing));
}

TEST(BrokenJournal, IgnoresAMemberOfTheFilter) {
  auto const nothing = [](Records&, JournalFilter&) {};
  EXPECT_FINDS("lists", with_lists(nothing, [](JournalFilter& filter) {
                 if (!filter.account || filter.account->find('\0') == std::string::npos)
                   filter.account.reset();
               }));
  EXPECT_FINDS("lists", with_lists(nothing, [](JournalFilter& filter) { filter.unsettled_only = false; }));
  EXPECT_FINDS("paging", with_lists(nothing, [](JournalFilter& filter) { filter.limit = 1000; }));
  EXPECT_FINDS("paging", with_lists(nothing, [](JournalFilter& filter) {
                 if (filter.limit == 0) filter.limit = 1000;
               }));
  EXPECT_FINDS("paging", with_lists(nothing, [](JournalFilter& filter) { filter.after.reset(); }));
  EXPECT_FINDS("lists", with_lists(
                            [](Records& records, JournalFilter& filter) {
                              if (filter.unsettled_only)
                                std::erase_if(records, [](JournalRecord const& record) {
                                  return record.state == SendState::unresolved;
                                });
                            },
                            [](JournalFilter&) {}));
}

TEST(BrokenJournal, ListsTheLastRecordOfAPageAgain) {
  Hooks hooks;
  hooks.list = [](SendJournal& journal, JournalFilter filter) {
    if (filter.after && filter.after->part > 1) --filter.after->part;
    return journal.list(filter);
  };
  EXPECT_FINDS("paging", hooks);
}

TEST(BrokenJournal, ForgetsEverything) {
  auto const findings = check_journal([]() -> Result<std::unique_ptr<SendJournal>> {
    return std::unique_ptr<SendJournal>{std::make_unique<MemoryJournal>()};
  });
  EXPECT_TRUE(
      std::ranges::any_of(findings, [](Finding const& finding) { return finding.check == "reopening"; }));
}

TEST(BrokenJournal, FailsOrThrows) {
  Hooks hooks;
  hooks.begin = [](SendJournal&, JournalRecord const&) -> Result<std::optional<JournalRecord>> {
    throw std::runtime_error{"broken"};
  };
  EXPECT_FINDS("begin", hooks);
  EXPECT_FINDS("racing begins", hooks);
  hooks = {};
  hooks.find = [](SendJournal&, std::string_view, std::string_view) -> Result<Records> {
    return Error{.code = ErrorCode::unavailable, .message = "broken"};
  };
  EXPECT_FINDS("begin", hooks);
  auto const closed = check_journal([]() -> Result<std::unique_ptr<SendJournal>> {
    return Error{.code = ErrorCode::configuration, .message = "broken"};
  });
  EXPECT_EQ(closed.size(), journal_checks().size());
  EXPECT_FALSE(check_journal([]() -> Result<std::unique_ptr<SendJournal>> {
                 return std::unique_ptr<SendJournal>{};
               }).empty());
}

}  // namespace
}  // namespace polycampaign::testing
