#include "testing/journal/bench.hpp"

#include <atomic>
#include <barrier>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <utility>

// What happens if 16 threads do the same at once, half of them through a journal of their own.
namespace polycampaign::inline v1::testing::journal {

namespace {

constexpr std::size_t threads = 16;
constexpr int rounds = 8;

/// The journals of the threads: every second thread has its own, the others share one.
struct Journals {
  std::vector<std::unique_ptr<SendJournal>> all{};
  [[nodiscard]] SendJournal& of(std::size_t thread) const {
    return *all[thread % 2 == 0 ? 0 : thread / 2 + 1];
  }
};

std::optional<Journals> open_all(Bench& bench) {
  Journals journals;
  for (std::size_t i = 0; i < threads / 2 + 1; ++i) {
    auto journal = bench.open();
    if (!journal) return std::nullopt;
    journals.all.push_back(std::move(journal));
  }
  return journals;
}

/// Calls `run` on each thread, at the same moment. Returns what an exception said.
template <class Run>
std::string at_once(Run const& run) {
  std::barrier start{static_cast<std::ptrdiff_t>(threads)};
  std::vector<std::string> thrown(threads);
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i)
    running.emplace_back([&, i] {
      start.arrive_and_wait();
      try {
        run(i);
      } catch (std::exception const& exception) {
        thrown[i] = exception.what();
      }
    });
  for (auto& thread : running) thread.join();
  std::string all;
  for (auto const& text : thrown) all += text;
  return all;
}

using Begun = Result<std::optional<JournalRecord>>;

/// Lets all threads begin the same part. One of them must write, and the others must get its intent.
void race(Bench& bench, Journals const& journals, std::string const& account) {
  std::vector<JournalRecord> intents;
  for (std::size_t i = 0; i < threads; ++i) intents.push_back(bench.intent(account));
  std::vector<std::optional<Begun>> results(threads);
  auto const thrown = at_once([&](std::size_t i) { results[i] = journals.of(i).begin(intents[i]); });
  bench.expect(thrown.empty(), "no exception", thrown);
  std::vector<std::size_t> winners;
  for (std::size_t i = 0; i < threads; ++i) {
    auto const& result = results[i];
    if (!result || !bench.expect(result->has_value(), "no error while threads race", shown(*result)))
      continue;
    if (!**result) winners.push_back(i);
  }
  if (!bench.expect(winners.size() == 1, "exactly one of 16 threads writes its intent",
                    std::to_string(winners.size()) + " threads were told that theirs was written"))
    return;
  auto const& winner = intents[winners.front()];
  for (auto const& result : results)
    if (result && *result && **result)
      bench.expect(***result == winner, "the others get the record that was written", shown(***result));
  bench.holds(*journals.all.front(), account, "key", {winner}, "after a race");
}

}  // namespace

void check_begin_races(Bench& bench) {
  auto const journals = open_all(bench);
  if (!journals) return;
  for (int round = 0; round < rounds; ++round) race(bench, *journals, bench.account());
}

void check_replacing_races(Bench& bench) {
  auto const journals = open_all(bench);
  if (!journals) return;
  for (int round = 0; round < rounds; ++round) {
    auto const account = bench.account();
    if (bench.put(*journals->all.front(), bench.intent(account), SendState::refused))
      race(bench, *journals, account);
  }
}

void check_settle_races(Bench& bench) {
  auto const journals = open_all(bench);
  if (!journals) return;
  for (int round = 0; round < rounds; ++round) {
    auto const account = bench.account();
    auto const intent = bench.intent(account);
    if (!bench.begins(*journals->all.front(), intent)) continue;
    std::vector<JournalRecord> outcomes;
    for (std::size_t i = 0; i < threads; ++i) {
      outcomes.push_back(Bench::outcome(intent, i % 3 == 0 ? SendState::unresolved : SendState::accepted));
      outcomes.back().campaign_id = std::to_string(i);
    }
    std::atomic<std::size_t> settled{0};
    std::atomic<std::size_t> winner{0};
    std::vector<std::optional<Result<bool>>> results(threads);
    auto const thrown = at_once([&](std::size_t i) {
      results[i] = journals->of(i).settle(outcomes[i], SendState::sending);
      if (*results[i] && **results[i]) winner = i, ++settled;
    });
    bench.expect(thrown.empty(), "no exception", thrown);
    for (auto const& result : results)
      if (result) bench.expect(result->has_value(), "no error while threads race", shown(*result));
    if (bench.expect(settled == 1, "exactly one of 16 threads writes its outcome",
                     std::to_string(settled) + " did"))
      bench.holds(*journals->all.front(), account, "key", {outcomes[winner]}, "after a race");
  }
}

void check_busy_threads(Bench& bench) {
  auto const journals = open_all(bench);
  if (!journals) return;
  auto const account = bench.account();
  constexpr std::size_t each = 8;
  std::vector<std::vector<JournalRecord>> intents(threads);
  for (std::size_t i = 0; i < threads; ++i)
    for (std::size_t n = 0; n < each; ++n)
      intents[i].push_back(bench.intent(account, std::to_string(i), static_cast<std::int64_t>(n + 1)));
  std::vector<std::string> failures(threads);
  auto const thrown = at_once([&](std::size_t i) {
    auto& journal = journals->of(i);
    for (auto const& intent : intents[i]) {
      auto const begun = journal.begin(intent);
      if (!begun || *begun) failures[i] = "it began: " + shown(begun);
      auto const settled = journal.settle(Bench::outcome(intent, SendState::accepted), SendState::sending);
      if (!settled || !*settled) failures[i] = "it settled: " + shown(settled);
      auto const found = journal.find(account, intent.key);
      if (!found || found->size() != static_cast<std::size_t>(intent.part))
        failures[i] = "it found: " + shown(found);
    }
  });
  bench.expect(thrown.empty(), "no exception", thrown);
  for (auto const& failure : failures)
    bench.expect(failure.empty(), "each thread writes keys of its own undisturbed", failure);
  for (std::size_t i = 0; i < threads; ++i) {
    std::vector<JournalRecord> wanted;
    for (auto const& intent : intents[i]) wanted.push_back(Bench::outcome(intent, SendState::accepted));
    bench.holds(*journals->all.front(), account, std::to_string(i), wanted, "after 16 threads wrote at once");
  }
}

}  // namespace polycampaign::inline v1::testing::journal
