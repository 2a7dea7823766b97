#include "polycampaign/outbox.hpp"
#include "polycampaign/testing/simulator.hpp"

#include "integration/faulty_proxy.hpp"
#include "integration/outbox_case.hpp"
#include "journals/postgres_server.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <set>

/// Every key reaches people exactly once, whatever breaks: a program that sends through the outbox is killed
/// at random moments (SIGKILL, within the journal and while the vendor works), meets random faults of the
/// network, and is started again; then `reconcile` settles what is left, and the key is sent once more.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;
using faults::Break;

constexpr int kinds_of_database = 2;

int runs() {
  auto const* const wanted = std::getenv("POLYCAMPAIGN_OUTBOX_RUNS");
  return wanted != nullptr ? std::atoi(wanted) : 200;
}

/// What happened in the runs of one case; printed at the end.
struct Tally {
  int started = 0, killed = 0, accepted = 0, refused = 0, unresolved = 0, errors = 0;
  int found = 0, absent = 0, undecided = 0;
};

class Proof {
 public:
  Proof(OutboxCase kind, std::string place, std::uint32_t seed)
      : kind_{kind}, place_{std::move(place)}, dice_{seed}, proxy_{[this](HttpRequest const& request) {
          return serve(request);
        }} {
    renew();
  }

  /// Sends one key until it has reached people, and returns what went wrong; empty if nothing.
  std::string run(int ordinal) {
    if (ordinal % 50 == 49) renew();
    key_ = "k" + std::to_string(ordinal);
    auto const attempts = 1 + static_cast<int>(dice_() % 3);
    for (int i = 0; i < attempts; ++i) {
      auto const said = start();
      auto const times = reached();
      if (times > 1) return key_ + " reached people " + std::to_string(times) + " times after: " + said;
      if (said.starts_with("accepted") && times != 1 && !will_reach())
        return key_ + " reached nobody, but was accepted";
      if (said.starts_with("refused") && times != 0) return key_ + " reached people, but was refused";
    }
    return settle();
  }

  Tally tally{};

 private:
  /// Sets the vendor up again, with an account of its own, because its ids begin again.
  void renew() {
    account_ = "promo-" + std::to_string(++accounts_);
    ::setenv("OUTBOX_ACCOUNT", account_.c_str(), 1);
    testing::SimulatorOptions options{
        .provider = std::string{kind_.provider}, .campaigns = 2, .clock = [this] { return now(); }};
    if (kind_.provider == "bsg") options.switches["duplicate_window"] = "0";
    simulator_ = testing::Simulator::create(std::move(options)).value();
    for (auto const& [name, value] : simulator_->settings()) {
      auto const variable = "OUTBOX_" + name;
      ::setenv(variable.c_str(), std::string{value.reveal()}.c_str(), 1);
    }
  }

  [[nodiscard]] std::chrono::sys_seconds now() const {
    return system_now() + std::chrono::seconds{ahead_.load()};
  }

  /// Serves a request of the program, and kills it before or after the vendor acts, if this is its time.
  HttpResponse serve(HttpRequest const& request) {
    auto const here = ++requests_ == kill_at_;
    if (here && !kill_after_) kill();
    auto response = simulator_->handle(request);
    if (here && kill_after_) kill();
    return response;
  }
  void kill() const {
    if (pid_t const child = child_; child > 0) ::kill(child, SIGKILL);
  }

  /// Starts the program once and returns what it printed; nothing if it was killed.
  std::string start() {
    ++tally.started;
    requests_ = 0;
    auto const how = dice_() % 4;  // killed at a step of the journal, at a request, or not at all
    auto const step = how == 0 ? static_cast<int>(dice_() % 6) : -1;
    kill_at_ = how == 1 ? 1 + static_cast<int>(dice_() % 5) : 0;
    kill_after_ = dice_() % 2 == 0;
    std::vector<Break> plan;
    for (int i = 0; i < 6; ++i)
      plan.push_back(dice_() % 3 == 0 ? static_cast<Break>(dice_() % faults::breaks) : Break::none);
    proxy_.begin(std::move(plan), static_cast<std::uint32_t>(dice_()));

    auto const ahead = std::to_string(ahead_.load());
    ::setenv("OUTBOX_AHEAD", ahead.c_str(), 1);
    std::array<std::string, 7> arguments{OUTBOX_SENDER,
                                         std::to_string(step),
                                         std::string{kind_.provider},
                                         std::string{kind_.format},
                                         proxy_.url(),
                                         place_,
                                         key_};
    std::array<char*, 8> argv{};
    for (std::size_t i = 0; i < arguments.size(); ++i) argv[i] = arguments[i].data();
    std::array<int, 2> ends{};
    std::array<int, 2> gate{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0 || ::pipe2(gate.data(), O_CLOEXEC) != 0) return "error: no pipe";
    auto const child = ::fork();
    if (child == 0) {
      // waits until the parent can kill it
      ::close(gate[1]);
      char byte = 0;
      if (::read(gate[0], &byte, 1) == 1 && ::dup2(ends[1], STDOUT_FILENO) == STDOUT_FILENO)
        ::execv(OUTBOX_SENDER, argv.data());
      ::_exit(127);
    }
    ::close(gate[0]);
    ::close(ends[1]);
    child_ = child;
    bool const begun = child > 0 && ::write(gate[1], "", 1) == 1;
    ::close(gate[1]);
    std::string said;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
      said.append(buffer.data(), static_cast<std::size_t>(got));
    ::close(ends[0]);
    // The proxy may still serve what the program has sent, and kill it.
    proxy_.wait_until_idle();
    int status = 0;
    if (child > 0) ::waitpid(child, &status, 0);
    child_ = 0;
    if (!begun) return "error: no process";
    if (WIFSIGNALED(status)) {
      ++tally.killed;
      return {};
    }
    if (said.starts_with("accepted")) ++tally.accepted;
    if (said.starts_with("refused")) ++tally.refused;
    if (said.starts_with("unresolved")) ++tally.unresolved;
    if (said.starts_with("error")) ++tally.errors;
    return said;
  }

  /// Returns what the vendor has, and what the journal knows, for a failure's message.
  [[nodiscard]] std::string described(Reconciliation const& one) const {
    auto text = one.record.details + "\n";
    for (auto const& campaign : simulator_->campaigns())
      if (campaign.name.find("polycampaign") != std::string::npos)
        text += campaign.id + " " + campaign.name + "\n";
    return text;
  }

  /// Returns how often the key's people were reached when everything that was begun has ended.
  [[nodiscard]] std::size_t reached() {
    ahead_ += 600;
    std::map<std::string, std::size_t> times;
    for (auto const& each : simulator_->reached()) ++times[each.number];
    return std::max(times[number_of(key_, 0)], times[number_of(key_, 1)]);
  }
  [[nodiscard]] bool will_reach() {
    ahead_ += 7200;
    return reached() == 1;
  }

  /// Reconciles, sends again, and compares with what really happened.
  std::string settle() {
    proxy_.begin({}, 0);
    auto journal = open_journal(place_);
    if (!journal) return "journal: " + journal.error().message;
    ClientOptions options{.transport = simulator_->transport()};
    auto client =
        make_client(find_provider(kind_.provider)->make_adapter(settings_of(kind_, simulator_->base_url())),
                    std::move(options));
    if (!client) return "client: " + client.error().message;
    Outbox outbox{**client, **journal, {.account = account_, .clock = [this] { return now(); }}};

    auto const before = reached();
    auto const reconciled = outbox.reconcile();
    if (!reconciled) return "reconcile: " + reconciled.error().message;
    for (auto const& one : *reconciled) {
      auto const truth = before == 1 ? Verdict::found : Verdict::absent;
      if (one.verdict == Verdict::found) ++tally.found;
      if (one.verdict == Verdict::absent) ++tally.absent;
      if (one.verdict == Verdict::undecided) ++tally.undecided;
      if (one.record.key != key_) return "an older key is unresolved: " + one.record.key;
      if (one.verdict == Verdict::undecided && is_named(key_)) {  // a person decides
        auto const resolved = before == 1 ? outbox.resolve_sent(key_) : outbox.resolve_not_sent(key_);
        if (!resolved) return key_ + " cannot be resolved: " + resolved.error().message;
        continue;
      }
      if (one.verdict != truth)
        return described(one) + key_ + ": the verdict is " + std::string{to_string(one.verdict)} + " (" +
               one.why + "), but people were reached " + std::to_string(before) + " times";
    }
    auto const last = outbox.send(campaign_of(kind_, key_));
    if (!last) return key_ + ": " + last.error().message;
    if (last->outcome != DispatchOutcome::accepted)
      return key_ + " ended as " + std::string{to_string(last->outcome)};
    if (before == 1 && !last->repeated) return key_ + " was sent again";
    auto const times = reached();
    return times == 1 ? std::string{}
                      : key_ + " reached people " + std::to_string(times) + " times at the end";
  }

  OutboxCase kind_;
  std::string place_;
  std::mt19937 dice_;
  std::atomic<std::int64_t> ahead_{0};
  std::unique_ptr<testing::Simulator> simulator_{};
  std::string account_{};
  int accounts_ = 0;
  std::string key_{};
  std::atomic<pid_t> child_{0};
  std::atomic<int> requests_{0};
  std::atomic<int> kill_at_{0};
  std::atomic<bool> kill_after_{false};
  faults::FaultyProxy proxy_;
};

constexpr OutboxCase cases[] = {
    {"bsg", ""}, {"dexatel", ""}, {"smsup", "json"}, {"smsup", "xml"}, {"yeastar", ""}};

class OutboxProof : public ::testing::TestWithParam<std::tuple<OutboxCase, int>> {};

TEST_P(OutboxProof, EveryKeyReachesPeopleOnce) {
  auto const [kind, database] = GetParam();
  Folder const folder;
  std::optional<PostgresServer> server;
  auto place = folder.file("journal.db");
  if (database == 1 && !PostgresServer::is_installed())
    GTEST_SKIP() << "PostgreSQL is not installed: its tests are NOT run";
  if (database == 1) place = PostgresServer::as_owner(server.emplace().database());
  Proof proof{kind, place, 20'261'130U + static_cast<std::uint32_t>(database)};
  for (int i = 0; i < runs(); ++i) {
    auto const wrong = proof.run(i);
    ASSERT_EQ(wrong, "") << "in run " << i;
  }
  auto const& t = proof.tally;
  std::printf(
      "%d keys: %d starts, %d killed, %d accepted, %d refused, %d unresolved, %d errors; reconciled: %d "
      "found, "
      "%d absent, %d undecided\n",
      runs(), t.started, t.killed, t.accepted, t.refused, t.unresolved, t.errors, t.found, t.absent,
      t.undecided);
  EXPECT_GT(t.killed, runs() / 10);
  EXPECT_GT(t.found, 0);
  EXPECT_GT(t.absent, 0);
}

INSTANTIATE_TEST_SUITE_P(All, OutboxProof,
                         ::testing::Combine(::testing::ValuesIn(cases),
                                            ::testing::Range(0, kinds_of_database)),
                         [](auto const& which) {
                           auto const& kind = std::get<0>(which.param);
                           return std::string{kind.provider} + (kind.format == "xml" ? "_xml" : "") +
                                  (std::get<1>(which.param) == 1 ? "_postgres" : "_sqlite");
                         });

}  // namespace
}  // namespace polycampaign::test
