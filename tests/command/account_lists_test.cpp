#include "account_lists.hpp"

#include "polycampaign/client_base.hpp"
#include "polycampaign/testing/pager_of.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <limits>
#include <stdexcept>

namespace polycampaign::inline v1::command {
namespace {

constexpr auto endless = std::numeric_limits<std::size_t>::max();

/// A campaign of that second; none for a negative one.
Campaign at(std::string id, std::int64_t second) {
  Campaign campaign;
  campaign.id = std::move(id);
  if (second >= 0) campaign.created_at = Timestamp{std::chrono::sys_seconds{std::chrono::seconds{second}}};
  return campaign;
}

class ListedClient final : public ClientBase<ListedClient> {
 public:
  ListedClient(std::vector<Campaign> campaigns, std::optional<Error> error, std::atomic<int>* closed)
      : campaigns_{std::move(campaigns)}, error_{std::move(error)}, closed_{closed} {}
  Capabilities const& capabilities() const noexcept override { return capabilities_; }
  std::unique_ptr<PageSource<Campaign>> pages(ListCampaigns const&, ListOptions) {
    return std::make_unique<testing::ItemSource<Campaign>>(campaigns_, error_, 2);
  }
  Result<void> run(EndSession const&, CallOptions const&) {
    if (closed_ != nullptr) ++*closed_;
    return {};
  }

 private:
  Capabilities capabilities_{};
  std::vector<Campaign> campaigns_;
  std::optional<Error> error_;
  std::atomic<int>* closed_;
};

ListPlan plan(std::string account, std::vector<Campaign> campaigns, std::optional<Error> error = {},
              std::atomic<int>* closed = nullptr) {
  return {.account = std::move(account),
          .connect = [campaigns = std::move(campaigns), error = std::move(error),
                      closed]() -> Result<std::unique_ptr<CampaignClient>> {
            return std::unique_ptr<CampaignClient>{std::make_unique<ListedClient>(campaigns, error, closed)};
          }};
}

std::string streamed(AccountLists& lists) {
  std::string ids;
  while (auto const listed = lists.next()) ids += listed->campaign.id + " ";
  return ids;
}

std::string ids_of(std::vector<Listed> const& campaigns) {
  std::string ids;
  for (auto const& listed : campaigns) ids += listed.campaign.id + " ";
  return ids;
}

void nothing_to_do(AccountLists&) {}

TEST(AccountLists, SortedListsAreMergedNewestFirstAndThoseWithoutATimeComeLast) {
  for (std::size_t const ahead : {1U, 2U, 100U}) {
    AccountLists lists{{plan("a", {at("a9", 9), at("a5", 5), at("a1", 1), at("a-", -1)}),
                        plan("b", {at("b8", 8), at("b5", 5), at("b-", -1)}), plan("c", {})},
                       ahead,
                       {},
                       nothing_to_do};
    EXPECT_EQ(streamed(lists), "a9 b8 a5 b5 a1 a- b- ");
  }
}

TEST(AccountLists, EveryAccountsOwnOrderIsKept) {
  AccountLists lists{
      {plan("a", {at("a1", 1), at("a9", 9), at("a2", 2)}), plan("b", {at("b5", 5)})}, 10, {}, nothing_to_do};
  EXPECT_EQ(streamed(lists), "b5 a1 a9 a2 ");
}

TEST(AccountLists, ACampaignWithoutATimeGoesWithTheNextOneThatHasOne) {
  AccountLists lists{
      {plan("a", {at("draft", -1), at("a9", 9), at("a2", 2)}), plan("b", {at("b8", 8), at("b1", 1)})},
      10,
      {},
      nothing_to_do};
  EXPECT_EQ(streamed(lists), "draft a9 b8 a2 b1 ");
}

TEST(AccountLists, ALongRunWithoutTimesDoesNotStopTheOthers) {
  std::vector<Campaign> timeless(50, at("-", -1));
  AccountLists lists{{plan("a", timeless), plan("b", {at("b8", 8), at("b1", 1)})}, 4, {}, nothing_to_do};
  auto const ids = streamed(lists);
  EXPECT_TRUE(ids.starts_with("b8 b1 - ")) << ids;
  EXPECT_EQ(lists.finish().at(0).delivered, 50);
}

TEST(AccountLists, AllIsSortedExactlyWhateverTheVendorsOrder) {
  AccountLists lists{
      {plan("b", {at("2", 1), at("1", 1), at("9", 9), at("x", -1)}), plan("a", {at("3", 1), at("8", 8)})},
      endless,
      {},
      nothing_to_do};
  EXPECT_EQ(ids_of(lists.all()), "9 8 3 1 2 x ");
}

TEST(AccountLists, AFailureEndsOneAccountAndIsKept) {
  Error const gone{.code = ErrorCode::unavailable, .message = "gone"};
  AccountLists lists{{plan("a", {at("a9", 9)}, gone),
                      plan("b", {at("b8", 8)}),
                      {.account = "c",
                       .connect = []() -> Result<std::unique_ptr<CampaignClient>> {
                         return Error{.code = ErrorCode::configuration, .message = "no key"};
                       }}},
                     10,
                     {},
                     nothing_to_do};
  EXPECT_EQ(streamed(lists), "a9 b8 ");
  auto const ends = lists.finish();
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_EQ(ends[0].account, "a");
  EXPECT_EQ(ends[0].delivered, 1);
  ASSERT_TRUE(ends[0].error);
  EXPECT_EQ(ends[0].error->code, ErrorCode::unavailable);
  EXPECT_FALSE(ends[1].error);
  EXPECT_TRUE(ends[1].report.complete);
  ASSERT_TRUE(ends[2].error);
  EXPECT_EQ(ends[2].error->message, "no key");
}

TEST(AccountLists, AnExceptionOnAWalksThreadIsThatAccountsError) {
  auto const throwing = [](std::string account, std::function<void()> thrown) -> ListPlan {
    return {.account = std::move(account),
            .connect = [thrown = std::move(thrown)]() -> Result<std::unique_ptr<CampaignClient>> {
              thrown();
              return Error{};
            }};
  };
  AccountLists lists{{throwing("a", [] { throw std::runtime_error{"the vendor fell"}; }),
                      plan("b", {at("b8", 8)}), throwing("c", [] { throw 3; })},
                     10,
                     {},
                     nothing_to_do};
  EXPECT_EQ(streamed(lists), "b8 ");
  auto const ends = lists.finish();
  ASSERT_TRUE(ends.at(0).error);
  EXPECT_EQ(ends[0].error->message, "the list failed: the vendor fell");
  EXPECT_FALSE(ends[1].error);
  ASSERT_TRUE(ends[2].error);
  EXPECT_EQ(ends[2].error->message, "the list failed: unknown exception");
}

TEST(AccountLists, AThreadThatCannotBeStartedIsThatAccountsError) {
  pthread_attr_t usual;
  pthread_attr_t immense;
  ASSERT_EQ(pthread_getattr_default_np(&usual), 0);
  ASSERT_EQ(pthread_getattr_default_np(&immense), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&immense, std::size_t{1} << 46U), 0);
  ASSERT_EQ(pthread_setattr_default_np(&immense), 0);
  AccountLists lists{{plan("a", {at("a9", 9)}), plan("b", {at("b8", 8)})}, 10, {}, nothing_to_do};
  ASSERT_EQ(pthread_setattr_default_np(&usual), 0);
  EXPECT_EQ(streamed(lists), "");
  for (auto const& end : lists.finish()) {
    ASSERT_TRUE(end.error) << end.account;
    EXPECT_EQ(end.error->code, ErrorCode::unavailable);
    EXPECT_TRUE(end.error->message.starts_with("cannot start a thread: ")) << end.error->message;
    EXPECT_FALSE(end.report.complete);
  }
  pthread_attr_destroy(&usual);
  pthread_attr_destroy(&immense);
}

TEST(AccountLists, StoppingEndsAllAndClosesEveryClient) {
  std::atomic<int> closed{0};
  std::vector<Campaign> many;
  for (int i = 1000; i > 0; --i) many.push_back(at(std::to_string(i), i));
  {
    AccountLists lists{{plan("a", many, {}, &closed), plan("b", many, {}, &closed)}, 3, {}, nothing_to_do};
    ASSERT_TRUE(lists.next());
    lists.stop();
    EXPECT_FALSE(lists.next());
    for (auto const& end : lists.finish()) {
      EXPECT_FALSE(end.error);
      EXPECT_LE(end.delivered, 5);
    }
  }
  EXPECT_EQ(closed, 2);
}

TEST(AccountLists, ReadersAreNeverFurtherBehindThanAllowed) {
  std::vector<Campaign> many;
  for (int i = 100; i > 0; --i) many.push_back(at(std::to_string(i), i));
  AccountLists lists{{plan("a", many), plan("b", many)}, 8, {}, nothing_to_do};
  for (std::int64_t read = 1; lists.next(); ++read) EXPECT_LE(lists.received().first, read + 16);
}

/// Its list never yields anything until it is canceled.
class StuckClient final : public ClientBase<StuckClient> {
 public:
  Capabilities const& capabilities() const noexcept override { return capabilities_; }
  std::unique_ptr<PageSource<Campaign>> pages(ListCampaigns const&, ListOptions options) {
    class Source final : public PageSource<Campaign> {
     public:
      explicit Source(CancelToken token) : token_{std::move(token)} {}
      Result<std::optional<Page<Campaign>>> next_page() override {
        std::atomic<bool> canceled{false};
        auto const registration = token_.on_cancel([&] {
          canceled = true;
          canceled.notify_all();
        });
        canceled.wait(false);
        return Error{.code = ErrorCode::canceled};
      }

     private:
      CancelToken token_;
    };
    return std::make_unique<Source>(options.call.cancel);
  }

 private:
  Capabilities capabilities_{};
};

TEST(AccountLists, CancellationFromOutsideIsNoErrorOfAnAccount) {
  CancelSource source;
  AccountLists lists{{{.account = "a",
                       .connect = []() -> Result<std::unique_ptr<CampaignClient>> {
                         return std::unique_ptr<CampaignClient>{std::make_unique<StuckClient>()};
                       }}},
                     8,
                     source.token(),
                     [&](AccountLists&) { source.cancel(); }};
  EXPECT_FALSE(lists.next());
  EXPECT_FALSE(lists.finish().at(0).error);
}

TEST(AccountLists, ReceivedCountsCampaignsAndEndedWalks) {
  AccountLists lists{
      {plan("a", {at("1", 1), at("2", 2)}), plan("b", {at("3", 3)})}, endless, {}, nothing_to_do};
  EXPECT_EQ(lists.all().size(), 3U);
  EXPECT_EQ(lists.received(), (std::pair<std::int64_t, std::size_t>{3, 2}));
}

}  // namespace
}  // namespace polycampaign::inline v1::command
