#include "polycampaign/polycampaign.hpp"
#include "polycampaign/testing/testing.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <future>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

// Memory that this library gives back holds no credential. Every block is searched for those that `watched`
// holds. What libcurl and OpenSSL take, they take by malloc: that is not searched.

namespace {

constexpr std::size_t head = alignof(std::max_align_t);

/// Not in blocks of the heap, which would be found.
struct Needle {
  std::array<char, 256> text{};
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const noexcept { return {text.data(), size}; }
};
std::array<Needle, 4> watched;
std::atomic<std::size_t> watched_count{0};
std::atomic<int> leaked_blocks{0};
std::array<char, 120> first_leak;

void* take_block(std::size_t size) {
  auto* const block = static_cast<std::byte*>(std::malloc(head + size));
  if (block == nullptr) std::abort();
  std::memcpy(block, &size, sizeof size);
  return block + head;
}

void search(std::string_view content) noexcept {
  for (std::size_t i = 0; i < watched_count; ++i) {
    auto const at = content.find(watched[i].view());
    if (at == content.npos) continue;
    if (leaked_blocks++ == 0) {
      auto const from = content.substr(at > 40 ? at - 40 : 0);
      std::snprintf(first_leak.data(), first_leak.size(), "%zu bytes: %.*s", content.size(),
                    static_cast<int>(from.size()), from.data());
    }
  }
}

void give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  auto* const block = static_cast<std::byte*>(memory) - head;
  std::size_t size = 0;
  std::memcpy(&size, block, sizeof size);
  if (watched_count != 0) search({static_cast<char const*>(memory), size});
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) {
  return take_block(size);
}
void* operator new[](std::size_t size) {
  return take_block(size);
}
// of the same memory as the others also where a sanitizer brings its own
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
  return take_block(size);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
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

void watch(std::string_view credential) {
  auto& needle = watched[watched_count];
  needle.size = credential.copy(needle.text.data(), needle.text.size());
  ++watched_count;
}

void expect_nothing_left(std::string_view who) {
  watched_count = 0;
  EXPECT_EQ(leaked_blocks.exchange(0), 0) << who << " left a credential: " << first_leak.data();
}

/// Simulators in a process of their own: what they know of credentials is theirs.
class Vendors {
 public:
  struct Setting {
    std::array<char, 64> adapter{};
    std::array<char, 64> name{};
    std::array<char, 256> value{};
  };

  Vendors() {
    int to_parent[2];
    int to_child[2];
    if (::pipe(to_parent) != 0 || ::pipe(to_child) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::close(to_child[1]);
      simulate(to_parent[1], to_child[0]);
      ::_exit(0);
    }
    ::close(to_parent[1]);
    ::close(to_child[0]);
    hold_ = to_child[1];
    while (::read(to_parent[0], &settings_[count_], sizeof(Setting)) == sizeof(Setting) &&
           settings_[count_].adapter[0] != '\0')
      ++count_;
    ::close(to_parent[0]);
  }
  ~Vendors() {
    ::close(hold_);
    ::waitpid(child_, nullptr, 0);
  }
  Vendors(Vendors const&) = delete;
  Vendors& operator=(Vendors const&) = delete;

  /// And has its credentials watched from now on.
  [[nodiscard]] Settings settings(Provider const& provider) const {
    Settings chosen;
    for (std::size_t i = 0; i < count_; ++i) {
      auto const& [adapter, name, value] = settings_[i];
      if (provider.name != adapter.data()) continue;
      for (auto const& known : provider.settings())
        if (known.secret && known.name == name.data()) watch(value.data());
      chosen.insert_or_assign(name.data(), Secret{value.data()});
    }
    return chosen;
  }

 private:
  static void simulate(int out, int until_closed) {
    std::vector<std::unique_ptr<testing::Simulator>> simulators;
    for (auto const& provider : providers()) {
      auto simulator = testing::Simulator::create({.provider = std::string{provider.name}, .campaigns = 5});
      if (!simulator || !(*simulator)->serve()) ::_exit(1);
      for (auto const& [name, value] : (*simulator)->settings()) {
        Setting setting;
        provider.name.copy(setting.adapter.data(), setting.adapter.size() - 1);
        name.copy(setting.name.data(), setting.name.size() - 1);
        value.reveal().copy(setting.value.data(), setting.value.size() - 1);
        if (::write(out, &setting, sizeof setting) != sizeof setting) ::_exit(1);
      }
      simulators.push_back(*std::move(simulator));
    }
    Setting const end;
    if (::write(out, &end, sizeof end) != sizeof end) ::_exit(1);
    char byte = 0;
    while (::read(until_closed, &byte, 1) > 0) {
    }
  }

  std::array<Setting, 32> settings_{};
  std::size_t count_ = 0;
  pid_t child_ = -1;
  int hold_ = -1;
};

TEST(CredentialMemory, TheSearchFindsWhatIsLeft) {
  watch("some-credential-to-be-found");
  { std::string const left{"a string with some-credential-to-be-found in it"}; }
  EXPECT_EQ(leaked_blocks.exchange(0), 1);
  {
    std::string gone{"a string with some-credential-to-be-found in it"};
    wipe(gone);
    EXPECT_EQ(gone, "");
  }
  expect_nothing_left("wipe");
}

TEST(CredentialMemory, NothingIsLeftByAClientOverHttp) {
  Vendors const vendors;
  for (auto const& provider : providers()) {
    auto made = make_client(provider.make_adapter(vendors.settings(provider)));
    ASSERT_TRUE(made) << to_string(made.error());
    auto client = *std::move(made);
    ASSERT_GT(watched_count, 0u);
    auto const campaigns = client->list({.since = *parse_time("2015-01-01")}).collect();
    ASSERT_TRUE(campaigns) << to_string(campaigns.error());
    ASSERT_FALSE(campaigns->empty());
    EXPECT_TRUE(client->get(campaigns->front().id));
    auto const answered = std::make_shared<std::promise<bool>>();
    client->async_get(campaigns->front().id, {}, [answered](Result<Campaign> const& campaign) {
      answered->set_value(campaign.has_value());
    });
    EXPECT_TRUE(answered->get_future().get());
    EXPECT_TRUE(client->close());
    client.reset();
    expect_nothing_left(provider.name);
  }
}

// A short one lies inside of the string object, and wherever that goes.
TEST(CredentialMemory, NothingIsLeftByRefusals) {
  for (auto const* credential : {"refused-credential-0123", "short-key-1"}) {
    for (auto const& provider : providers()) {
      Settings settings;
      for (auto const& setting : provider.settings())
        if (setting.secret) settings.insert_or_assign(std::string{setting.name}, Secret{credential});
      settings.insert_or_assign("base_url", Secret{"http://127.0.0.1:1"});
      watch(credential);
      {
        auto const client =
            make_client(provider.make_adapter(std::move(settings)), {.retry = RetryPolicy::none()});
        ASSERT_TRUE(client) << to_string(client.error());
        EXPECT_FALSE((*client)->get("1"));
      }
      expect_nothing_left(provider.name);
    }
  }
}

/// Gives the same token to everybody, and wipes what it is sent, as a transport should.
class TokenGiver final : public Transport {
 public:
  void start(HttpRequest request, TransferOptions, Completion completion) override {
    bool const log_in = request.action == Action::idempotent_write;
    wipe(request);
    completion(HttpResponse{.status = 200, .body = log_in ? token : "{}"});
  }

  static constexpr char const* token =
      R"({"errcode":0,"errmsg":"SUCCESS","access_token":"access-token-0123456789","access_token_expire_time":1800,
          "refresh_token":"refresh-token-0123456789","refresh_token_expire_time":86400,
          "bearer":"access-token-0123456789"})";
};

TEST(CredentialMemory, NothingIsLeftOfTokens) {
  for (std::string const adapter : {"bsg", "yeastar"}) {
    auto const& provider = *find_provider(adapter);
    Settings settings;
    for (auto const& setting : provider.settings())
      if (setting.secret)
        settings.insert_or_assign(std::string{setting.name}, Secret{"a-credential-0123456"});
    settings.insert_or_assign("base_url", Secret{"https://vendor.example"});
    for (auto const* credential :
         {"access-token-0123456789", "refresh-token-0123456789", "a-credential-0123456"})
      watch(credential);
    {
      auto const client = make_client(provider.make_adapter(std::move(settings)),
                                      {.transport = std::make_shared<TokenGiver>()});
      ASSERT_TRUE(client) << to_string(client.error());
      static_cast<void>((*client)->get("1"));
      static_cast<void>((*client)->close());
    }
    expect_nothing_left(adapter);
  }
}

}  // namespace
}  // namespace polycampaign
