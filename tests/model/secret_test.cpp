#include "polycampaign/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace {

// Every block that is given back is searched for this text: a Secret must have
// wiped it before.
constexpr std::string_view planted = "planted-secret-that-must-not-survive";
constexpr std::size_t head = alignof(std::max_align_t);
std::atomic<int> leaked_blocks{0};

void* take_block(std::size_t size) {
  auto* const block = static_cast<std::byte*>(std::malloc(head + size));
  if (block == nullptr) std::abort();
  std::memcpy(block, &size, sizeof size);
  return block + head;
}

void give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  auto* const block = static_cast<std::byte*>(memory) - head;
  std::size_t size = 0;
  std::memcpy(&size, block, sizeof size);
  std::string_view const content{static_cast<char const*>(memory), size};
  if (content.find(planted) != std::string_view::npos) ++leaked_blocks;
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) {
  return take_block(size);
}
void* operator new[](std::size_t size) {
  return take_block(size);
}
void operator delete(void* memory) noexcept {
  give_back(memory);
}
void operator delete[](void* memory) noexcept {
  give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  give_back(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  give_back(memory);
}

namespace polycampaign {
namespace {

// A file that is gone after the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content)
      : path_{std::filesystem::path{testing::TempDir()} /
              ("polycampaign_secret_" +
               std::string{testing::UnitTest::GetInstance()->current_test_info()->name()})} {
    std::ofstream{path_, std::ios::binary}.write(content.data(),
                                                 static_cast<std::streamsize>(content.size()));
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(Secret, IsMoveOnlyAndNothrowMovable) {
  static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
  static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
  Secret first{"short"};
  Secret second{std::move(first)};
  EXPECT_EQ(second.reveal(), "short");
  EXPECT_TRUE(first.empty());
  first = std::move(second);
  EXPECT_EQ(first.reveal(), "short");
  EXPECT_TRUE(second.empty());
  auto const copy = first.clone();
  EXPECT_EQ(copy.reveal(), first.reveal());
}

// Short texts live inside the object: neither a dead nor a moved-from Secret
// may keep them.
TEST(Secret, WipesShortTextsInsideTheObject) {
  constexpr std::string_view text = "shortsecret";
  alignas(Secret) std::array<char, sizeof(Secret)> first_memory{};
  alignas(Secret) std::array<char, sizeof(Secret)> second_memory{};
  auto const holds = [&](std::array<char, sizeof(Secret)> const& memory) {
    return std::string_view{memory.data(), memory.size()}.find(text.substr(1)) != std::string_view::npos;
  };
  auto* const first = new (first_memory.data()) Secret{std::string{text}};
  EXPECT_TRUE(holds(first_memory));
  auto* const second = new (second_memory.data()) Secret{std::move(*first)};
  EXPECT_FALSE(holds(first_memory)) << "moved from by construction";
  EXPECT_TRUE(holds(second_memory));
  *first = std::move(*second);
  EXPECT_FALSE(holds(second_memory)) << "moved from by assignment";
  *first = Secret{};
  EXPECT_FALSE(holds(first_memory)) << "assigned over";
  *second = Secret{std::string{text}};
  std::destroy_at(second);
  EXPECT_FALSE(holds(second_memory)) << "destroyed";
  std::destroy_at(first);
}

TEST(Secret, WipesLongTextsBeforeTheMemoryIsGivenBack) {
  TemporaryFile const file{std::string{planted} + "\n"};
  ASSERT_EQ(setenv("POLYCAMPAIGN_TEST_SECRET", planted.data(), 1), 0);
  leaked_blocks = 0;
  {
    std::string const seen{planted};
    EXPECT_EQ(seen, planted);
  }
  ASSERT_EQ(leaked_blocks.exchange(0), 1) << "the check itself does not work";
  {
    Secret first{std::string{planted}};
    Secret second{std::move(first)};
    auto third = second.clone();
    third = std::move(second);
    third = Secret::from_env("POLYCAMPAIGN_TEST_SECRET");
    EXPECT_EQ(third.reveal(), planted);
    third = Secret::from_file(file.path());
    EXPECT_EQ(third.reveal(), planted);
  }
  EXPECT_EQ(leaked_blocks.exchange(0), 0);
  unsetenv("POLYCAMPAIGN_TEST_SECRET");
}

TEST(Secret, SurvivesMovingToItself) {
  Secret secret{"value"};
  auto& same = secret;
  secret = std::move(same);
  EXPECT_EQ(secret.reveal(), "value");
}

TEST(Secret, RemembersTheEnvironmentVariableThatIsMissing) {
  unsetenv("POLYCAMPAIGN_TEST_SECRET");
  auto secret = Secret::from_env("POLYCAMPAIGN_TEST_SECRET");
  EXPECT_TRUE(secret.empty());
  EXPECT_EQ(secret.problem(), "environment variable POLYCAMPAIGN_TEST_SECRET is not set");
  auto const moved = std::move(secret);
  EXPECT_EQ(moved.problem(), "environment variable POLYCAMPAIGN_TEST_SECRET is not set");
  EXPECT_EQ(moved.clone().problem(), moved.problem());

  ASSERT_EQ(setenv("POLYCAMPAIGN_TEST_SECRET", "", 1), 0);
  EXPECT_EQ(Secret::from_env("POLYCAMPAIGN_TEST_SECRET").problem(),
            "environment variable POLYCAMPAIGN_TEST_SECRET is empty");
  ASSERT_EQ(setenv("POLYCAMPAIGN_TEST_SECRET", "value", 1), 0);
  auto const found = Secret::from_env("POLYCAMPAIGN_TEST_SECRET");
  EXPECT_EQ(found.reveal(), "value");
  EXPECT_EQ(found.problem(), "");
  unsetenv("POLYCAMPAIGN_TEST_SECRET");
}

TEST(Secret, ReadsAFileWithoutTheLineEndsAtItsEnd) {
  using namespace std::string_view_literals;
  for (auto const& [content, expected] :
       {std::pair{"key"sv, "key"sv}, std::pair{"key\n"sv, "key"sv}, std::pair{"key\r\n\r\n"sv, "key"sv},
        std::pair{"a\nb\n"sv, "a\nb"sv}, std::pair{" key \n"sv, " key "sv}, std::pair{"a\0b"sv, "a\0b"sv}}) {
    TemporaryFile const file{content};
    auto const secret = Secret::from_file(file.path());
    EXPECT_EQ(secret.reveal(), expected);
    EXPECT_EQ(secret.problem(), "");
  }
}

TEST(Secret, ReadsAVariableLikeAFile) {
  auto const read = [](char const* value) {
    EXPECT_EQ(setenv("POLYCAMPAIGN_TEST_SECRET", value, 1), 0);
    auto secret = Secret::from_env("POLYCAMPAIGN_TEST_SECRET");
    unsetenv("POLYCAMPAIGN_TEST_SECRET");
    return secret;
  };
  for (auto const& [value, expected] :
       {std::pair{"key", "key"}, std::pair{"key\n", "key"}, std::pair{"key\r\n\r\n", "key"},
        std::pair{"a\nb\n", "a\nb"}, std::pair{" key \n", " key "}}) {
    auto const secret = read(value);
    EXPECT_EQ(secret.reveal(), expected);
    EXPECT_EQ(secret.problem(), "");
  }
  EXPECT_EQ(read("\r\n\n").problem(), "environment variable POLYCAMPAIGN_TEST_SECRET is empty");
}

TEST(Secret, RemembersWhereItCameFrom) {
  ASSERT_EQ(setenv("POLYCAMPAIGN_TEST_SECRET", "value", 1), 0);
  auto secret = Secret::from_env("POLYCAMPAIGN_TEST_SECRET");
  unsetenv("POLYCAMPAIGN_TEST_SECRET");
  EXPECT_EQ(secret.source(), "environment variable POLYCAMPAIGN_TEST_SECRET");
  EXPECT_EQ(secret.clone().source(), secret.source());
  Secret moved{std::move(secret)};
  EXPECT_EQ(moved.source(), "environment variable POLYCAMPAIGN_TEST_SECRET");
  EXPECT_EQ(secret.source(), "");
  TemporaryFile const file{"value"};
  moved = Secret::from_file(file.path());
  EXPECT_EQ(moved.source(), "file " + file.path());
  EXPECT_EQ(Secret{"value"}.source(), "");
}

TEST(Secret, SaysWhyAFileGivesNone) {
  auto const missing = std::filesystem::path{testing::TempDir()} / "polycampaign_no_such_file";
  EXPECT_EQ(Secret::from_file(missing.string()).problem(), "file " + missing.string() + " cannot be read");
  EXPECT_EQ(Secret::from_file(testing::TempDir()).problem(),
            "file " + testing::TempDir() + " cannot be read");
  for (auto const* content : {"", "\r\n\n"}) {
    TemporaryFile const file{content};
    EXPECT_EQ(Secret::from_file(file.path()).problem(), "file " + file.path() + " is empty");
  }
}

TEST(Secret, TakesFilesOfUpTo64KiB) {
  constexpr std::size_t most = std::size_t{64} * 1024;
  {
    TemporaryFile const file{std::string(most, 'k')};
    EXPECT_EQ(Secret::from_file(file.path()).reveal().size(), most);
  }
  TemporaryFile const file{std::string(most + 1, 'k')};
  auto const secret = Secret::from_file(file.path());
  EXPECT_TRUE(secret.empty());
  EXPECT_EQ(secret.problem(), "file " + file.path() + " is larger than 64 KiB");
}

}  // namespace
}  // namespace polycampaign
