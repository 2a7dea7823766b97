#include "polycampaign/outbox.hpp"
#include "polycampaign/postgres_journal.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/sqlite_journal.hpp"
#include "polycampaign/testing/simulator.hpp"

#include "journals/postgres_server.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

/// The database of an outbox fails while the vendor works, or before: nothing is sent twice, and what is left
/// is found.
namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// Passes requests to a simulator, and does something while the vendor creates a campaign.
class Between final : public Transport {
 public:
  explicit Between(std::shared_ptr<Transport> inner) : inner_{std::move(inner)} {}

  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    if (request.url.find("/sms/send") != std::string::npos && meanwhile) std::exchange(meanwhile, nullptr)();
    inner_->start(std::move(request), std::move(options), std::move(completion));
  }

  std::function<void()> meanwhile{};

 private:
  std::shared_ptr<Transport> inner_;
};

struct Site {
  Site()
      : simulator{
            testing::Simulator::create({.provider = "bsg", .campaigns = 2, .clock = [this] { return now(); }})
                .value()} {
    transport = std::make_shared<Between>(simulator->transport());
    client = make_client(find_provider("bsg")->make_adapter(simulator->settings()), {.transport = transport})
                 .value();
  }

  [[nodiscard]] std::chrono::sys_seconds now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + ahead;
  }
  OutboxOptions options() {
    return {.account = "promo", .clock = [this] { return now(); }};
  }
  static NewCampaign campaign() {
    NewCampaign campaign{.sender = "ACME", .text = "Hello", .recipients = {{.number = "+33601020304"}}};
    campaign.reference = "a";
    return campaign;
  }
  /// Returns how many messages were handed over when everything has ended.
  std::size_t reached() {
    ahead += 1h;
    return simulator->reached().size();
  }

  std::chrono::seconds ahead{};
  std::unique_ptr<testing::Simulator> simulator;
  std::shared_ptr<Between> transport{};
  std::unique_ptr<CampaignClient> client{};
};

/// Sends through a journal that fails while the vendor works, and then through one that works again.
void settle(Site& site, SendJournal& failing, std::function<void()> const& fail,
            std::function<std::unique_ptr<SendJournal>()> const& restore) {
  {
    Outbox outbox{*site.client, failing, site.options()};
    site.transport->meanwhile = fail;
    auto const sent = outbox.send(Site::campaign());
    ASSERT_TRUE(sent) << sent.error().message;
    EXPECT_EQ(sent->outcome, DispatchOutcome::accepted);
    EXPECT_FALSE(sent->warnings.empty()) << "the outcome could not be written";
  }
  auto const journal = restore();
  ASSERT_NE(journal, nullptr);
  Outbox outbox{*site.client, *journal, site.options()};
  auto const again = outbox.send(Site::campaign());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->outcome, DispatchOutcome::unresolved);
  EXPECT_EQ(site.reached(), 1U);
  auto const found = outbox.reconcile();
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ((*found)[0].verdict, Verdict::found) << (*found)[0].why;
  EXPECT_EQ(outbox.send(Site::campaign())->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(site.reached(), 1U);
}

/// Holds the write lock of an SQLite file.
class Lock {
 public:
  explicit Lock(std::string const& path) {
    EXPECT_EQ(sqlite3_open(path.c_str(), &database_), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  ~Lock() { sqlite3_close(database_); }
  Lock(Lock const&) = delete;
  Lock& operator=(Lock const&) = delete;

 private:
  sqlite3* database_ = nullptr;
};

/// A file system of 600 KB.
class FullDisk {
 public:
  FullDisk() : mounted_{::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=600k") == 0} {}
  ~FullDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  FullDisk(FullDisk const&) = delete;
  FullDisk& operator=(FullDisk const&) = delete;

  [[nodiscard]] bool is_mounted() const noexcept { return mounted_; }
  [[nodiscard]] std::string file(std::string const& name) const { return folder_.file(name); }
  void fill() {
    std::ofstream ballast{file("ballast"), std::ios::binary};
    std::string const page(4096, 'x');
    while (ballast.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
    }
  }
  void make_room() { std::filesystem::remove(file("ballast")); }

 private:
  Folder folder_{};
  bool mounted_;
};

TEST(OutboxStorage, LockedBeforeTheIntentNothingIsSent) {
  Site site;
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const journal = make_sqlite_journal(path, {.busy_timeout = 1ms}).value();
  Outbox outbox{*site.client, *journal, site.options()};
  {
    Lock const lock{path};
    auto const refused = outbox.send(Site::campaign());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().effect, Effect::none);
  }
  EXPECT_EQ(site.reached(), 0U);
  EXPECT_EQ(outbox.send(Site::campaign())->outcome, DispatchOutcome::accepted);
  EXPECT_EQ(site.reached(), 1U);
}

TEST(OutboxStorage, LockedWhileTheVendorWorks) {
  Site site;
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const journal = make_sqlite_journal(path, {.busy_timeout = 1ms}).value();
  std::optional<Lock> lock;
  settle(
      site, *journal, [&] { lock.emplace(path); },
      [&] {
        lock.reset();
        return make_sqlite_journal(path).value();
      });
}

TEST(OutboxStorage, FileGoneWhileTheVendorWorks) {
  Site site;
  Folder const folder;
  auto const path = folder.file("journal.db");
  auto const journal = make_sqlite_journal(path).value();
  auto const away = folder.file("away");
  auto const move = [](std::string const& from, std::string const& to) {
    for (auto const* const end : {"", "-wal", "-shm"})
      if (std::filesystem::exists(from + end)) std::filesystem::rename(from + end, to + end);
  };
  settle(
      site, *journal, [&] { move(path, away); },
      [&] {
        move(away, path);
        return make_sqlite_journal(path).value();
      });
}

TEST(OutboxStorage, DiskFullBeforeOrWhileTheVendorWorks) {
  FullDisk disk;
  if (!disk.is_mounted()) GTEST_SKIP() << "a small file system can be mounted by root only";
  for (bool const before : {true, false}) {
    SCOPED_TRACE(before);
    Site site;
    auto const path = disk.file(before ? "before.db" : "while.db");
    auto const journal = make_sqlite_journal(path).value();
    if (before) {
      Outbox outbox{*site.client, *journal, site.options()};
      disk.fill();
      auto const refused = outbox.send(Site::campaign());
      ASSERT_FALSE(refused);
      EXPECT_EQ(refused.error().effect, Effect::none);
      EXPECT_EQ(site.reached(), 0U);
      disk.make_room();
      EXPECT_EQ(outbox.send(Site::campaign())->outcome, DispatchOutcome::accepted);
      EXPECT_EQ(site.reached(), 1U);
    } else {
      settle(
          site, *journal, [&] { disk.fill(); },
          [&] {
            disk.make_room();
            return make_sqlite_journal(path).value();
          });
    }
  }
}

/// Returns which of these strings a file of the folder contains, byte by byte.
std::string leaked_into(std::string const& folder, std::vector<std::string> const& secrets) {
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file{entry.path(), std::ios::binary};
    std::string const content{std::istreambuf_iterator<char>{file}, {}};
    ++files;
    for (auto const& secret : secrets)
      if (content.find(secret) != std::string::npos) return secret + " is in " + entry.path().string();
  }
  return files == 0 ? "there are no files" : "";
}

/// Sends what is accepted, refused and unresolved, with texts and names that occur nowhere else.
std::vector<std::string> send_secrets(Site& site, SendJournal& journal) {
  Outbox outbox{*site.client, journal, site.options()};
  for (auto const fault :
       {testing::SimulatedFault::refused, testing::SimulatedFault::lost, testing::SimulatedFault::cut}) {
    auto campaign = Site::campaign();
    campaign.text = "Quokkas nibble zinnias";
    campaign.name = "Wombat weekend";
    campaign.reference = "key-" + std::to_string(static_cast<int>(fault));
    campaign.recipients = {{.number = "+33601020304", .reference = {}, .text = "Numbats vex yaks"},
                           {.number = "+33601020305"}};
    site.simulator->fail_next("/api/campaigns/sms", fault);
    EXPECT_TRUE(outbox.send(campaign));
    EXPECT_TRUE(outbox.send(campaign));
  }
  EXPECT_TRUE(outbox.reconcile());
  return {"601020304",
          "601020305",
          "Quokkas",
          "Numbats",
          "Wombat",
          "ACME",
          std::string{site.simulator->settings().find("api_key")->second.reveal()}};
}

TEST(OutboxStorage, SqliteHoldsNoNumberTextOrSecret) {
  Site site;
  Folder const folder;
  auto const journal = make_sqlite_journal(folder.file("journal.db")).value();
  auto const secrets = send_secrets(site, *journal);
  EXPECT_EQ(leaked_into(folder.path(), secrets), "");
  EXPECT_NE(leaked_into(folder.path(), {"key-"}), "") << "the key is there, so the files were read";
}

class OutboxPostgres : public Postgres {};

TEST_F(OutboxPostgres, HoldsNoNumberTextOrSecret) {
  Site site;
  auto const place = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(place).value();
  auto const secrets = send_secrets(site, *journal);
  server().stop(SIGINT);  // writes everything, and leaves the files alone
  auto const folder = std::filesystem::path{server().socket()}.parent_path().string();
  EXPECT_EQ(leaked_into(folder, secrets), "");
  EXPECT_NE(leaked_into(folder, {"key-"}), "") << "the key is there, so the files were read";
  server().start();
}

TEST_F(OutboxPostgres, RestartedWhileTheVendorWorks) {
  for (int const how : {SIGINT, SIGQUIT}) {
    Site site;
    auto const journal = make_postgres_journal(PostgresServer::as_owner(server().database())).value();
    Outbox outbox{*site.client, *journal, site.options()};
    site.transport->meanwhile = [&] {
      server().stop(how);
      server().start();
    };
    auto const sent = outbox.send(Site::campaign());
    ASSERT_TRUE(sent) << sent.error().message;
    EXPECT_EQ(sent->outcome, DispatchOutcome::accepted);
    EXPECT_TRUE(sent->warnings.empty()) << sent->warnings.front();
    EXPECT_TRUE(outbox.send(Site::campaign())->repeated);
    EXPECT_EQ(site.reached(), 1U);
  }
}

TEST_F(OutboxPostgres, GoneWhileTheVendorWorks) {
  Site site;
  auto const place = PostgresServer::as_owner(server().database());
  auto const journal = make_postgres_journal(place).value();
  settle(
      site, *journal, [&] { server().stop(SIGQUIT); },
      [&] {
        server().start();
        return make_postgres_journal(place).value();
      });
}

TEST_F(OutboxPostgres, GoneBeforeTheIntentNothingIsSent) {
  Site site;
  auto const journal = make_postgres_journal(PostgresServer::as_owner(server().database())).value();
  Outbox outbox{*site.client, *journal, site.options()};
  server().stop(SIGINT);
  auto const refused = outbox.send(Site::campaign());
  server().start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().effect, Effect::none);
  EXPECT_EQ(site.reached(), 0U);
}

TEST_F(OutboxPostgres, TwoHostsSendAKeyOnce) {
  Site site;
  auto const place = PostgresServer::as_owner(server().database());
  std::vector<std::thread> hosts;
  std::atomic<int> first{0};
  for (int host = 0; host < 2; ++host)
    hosts.emplace_back([&] {
      auto const journal = make_postgres_journal(place).value();
      Outbox outbox{*site.client, *journal, site.options()};
      std::vector<std::thread> threads;
      for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&] {
          for (int key = 0; key < 10; ++key) {
            auto campaign = Site::campaign();
            campaign.reference = "key-" + std::to_string(key);
            campaign.recipients[0].number = "+3360102" + std::to_string(1000 + key);
            auto const sent = outbox.send(campaign);
            ASSERT_TRUE(sent) << sent.error().message;
            if (!sent->repeated) ++first;
          }
        });
      for (auto& thread : threads) thread.join();
    });
  for (auto& host : hosts) host.join();
  EXPECT_EQ(first, 10);
  EXPECT_EQ(site.reached(), 10U);
}

}  // namespace
}  // namespace polycampaign::test
