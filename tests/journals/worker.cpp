// Uses a journal in a process of its own, which the tests kill, limit or run as another user:
//   journal_worker [--as-nobody] [--file-limit BYTES] sqlite|postgres WHERE open
//   journal_worker ... sqlite|postgres WHERE write ACCOUNT      writes records until it fails or is killed
//   journal_worker ... sqlite|postgres WHERE compete ACCOUNT N  begins the keys 1 to N, and prints those that
//   it won
// Prints one line for each record that is durable, and the error that ended it on standard error (exit status
// 1).

#include "polycampaign/postgres_journal.hpp"
#include "polycampaign/sqlite_journal.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace polycampaign;

int failed(Error const& error) {
  std::cerr << to_string(error) << '\n';
  return 1;
}

void print(std::string const& line) {
  // at once, and in one piece
  auto const text = line + '\n';
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) std::_Exit(3);
}

int write(SendJournal& journal, std::string const& account) {
  for (int i = 1;; ++i) {
    JournalRecord record{
        .account = account, .key = std::to_string(i), .attempt = account, .details = std::string(500, 'd')};
    auto const begun = journal.begin(record);
    if (!begun) return failed(begun.error());
    print("begun " + record.key);
    record.state = SendState::accepted;
    auto const settled = journal.settle(record, SendState::sending);
    if (!settled) return failed(settled.error());
    print("settled " + record.key);
  }
}

int compete(SendJournal& journal, std::string const& account, int keys) {
  for (int i = 1; i <= keys; ++i) {
    auto const attempt = std::to_string(::getpid()) + '-' + std::to_string(i);
    auto const begun = journal.begin({.account = account, .key = std::to_string(i), .attempt = attempt});
    if (!begun) return failed(begun.error());
    if (!*begun) print(std::to_string(i) + ' ' + attempt);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  while (!words.empty() && words.front().starts_with("--")) {
    if (words.front() == "--as-nobody") {
      if (::setgid(65534) != 0 || ::setuid(65534) != 0) return 3;
    } else {
      rlimit const limit{std::stoul(words.at(1)), RLIM_INFINITY};
      std::signal(SIGXFSZ, SIG_IGN);
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 3;
      words.erase(words.begin());
    }
    words.erase(words.begin());
  }
  auto journal =
      words.at(0) == "sqlite" ? make_sqlite_journal(words.at(1)) : make_postgres_journal(words.at(1));
  if (!journal) return failed(journal.error());
  if (words.at(2) == "write") return write(**journal, words.at(3));
  if (words.at(2) == "compete") return compete(**journal, words.at(3), std::stoi(words.at(4)));
  return 0;
}
