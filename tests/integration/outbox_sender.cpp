// Sends one campaign through an outbox and prints its outcome. It kills itself where its first argument says:
// after that many steps of the journal; -1: nowhere.
#include "polycampaign/outbox.hpp"

#include "integration/outbox_case.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <utility>

namespace polycampaign::test {
namespace {

/// A journal whose process is killed before or after one of its steps.
class DyingJournal final : public SendJournal {
 public:
  DyingJournal(SendJournal& journal, int steps) : journal_{journal}, left_{steps} {}

  Result<std::optional<JournalRecord>> begin(JournalRecord const& intent) override {
    step();
    auto result = journal_.begin(intent);
    step();
    return result;
  }
  Result<bool> settle(JournalRecord const& record, SendState from) override {
    step();
    auto result = journal_.settle(record, from);
    step();
    return result;
  }
  Result<std::vector<JournalRecord>> find(std::string_view account, std::string_view key) override {
    step();
    return journal_.find(account, key);
  }
  Result<std::vector<JournalRecord>> list(JournalFilter const& filter) override {
    return journal_.list(filter);
  }

 private:
  void step() {
    if (left_-- == 0) std::raise(SIGKILL);
  }

  SendJournal& journal_;
  int left_;
};

int run(int argc, char** argv) {
  if (argc != 7) return 64;
  auto const die_after = std::atoi(argv[1]);
  OutboxCase const kind{argv[2], argv[3]};
  std::string const url = argv[4];
  std::string const place = argv[5];
  std::string const key = argv[6];
  auto const ahead = std::chrono::seconds{std::atoll(std::getenv("OUTBOX_AHEAD"))};

  auto journal = open_journal(place);
  if (!journal) return std::cout << "journal: " << journal.error().message << '\n', 1;
  DyingJournal dying{**journal, die_after};
  auto client = make_client(
      find_provider(kind.provider)->make_adapter(settings_of(kind, url)),
      {.retry = {.max_attempts = 3, .first_delay = {}, .max_delay = {}, .rate_limit_patience = {}}});
  if (!client) return std::cout << "client: " << client.error().message << '\n', 1;
  Outbox outbox{**client, dying, {.account = std::getenv("OUTBOX_ACCOUNT"), .clock = [ahead] {
                                    return system_now() + ahead;
                                  }}};
  auto const sent =
      outbox.send(campaign_of(kind, key), {.call = {.timeout = std::chrono::milliseconds{500}}});
  if (!sent)
    std::cout << "error " << to_string(sent.error()) << std::endl;
  else
    std::cout << to_string(sent->outcome) << (sent->repeated ? " repeated" : "") << std::endl;
  return 0;
}

}  // namespace
}  // namespace polycampaign::test

int main(int argc, char** argv) {
  return polycampaign::test::run(argc, argv);
}
