#include "journals/scarce_memory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <string>

namespace {

constexpr int never = -1;
/// How many allocations of this thread succeed before one fails.
thread_local int successes = never;

}  // namespace

void* operator new(std::size_t size) {
  if (successes != never && successes-- == 0) throw std::bad_alloc{};
  if (auto* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc{};
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace polycampaign::test {

void expect_no_open_transaction(SendJournal& journal, SendJournal& other) {
  bool failed = true;
  int failures = 0;
  for (; failed; ++failures) {
    JournalRecord record{.account = "promo", .key = std::to_string(failures), .attempt = "a"};
    auto settled = record;
    settled.state = SendState::accepted;
    try {
      successes = failures;
      static_cast<void>(journal.begin(record));
      static_cast<void>(journal.settle(settled, SendState::sending));
    } catch (std::bad_alloc const&) {
    }
    failed = successes == never;
    successes = never;
    auto const present = other.begin(record);
    ASSERT_TRUE(present) << "allocation " << failures << ": " << to_string(present.error());
  }
  EXPECT_GT(failures, 10);
}

}  // namespace polycampaign::test
