#include "polycampaign/operations.hpp"

#include "polycampaign/client_base.hpp"
#include "polycampaign/future.hpp"

#include "engine/acme.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Operations as values: from the client's templates to the overloads of an adapter or of a client of one's
/// own.
namespace polycampaign::test {
namespace {

Capabilities const& nothing() {
  static constexpr Capabilities none{.provider = "bare", .display_name = "Bare"};
  return none;
}

TEST(Operations, WhatAClientDoesNotHaveIsUnsupported) {
  class Bare final : public CampaignClient {
   public:
    Capabilities const& capabilities() const noexcept override { return nothing(); }
  };
  Bare bare;
  auto const list = bare.list().next_page();
  auto const get = bare.get("1");
  auto const close = bare.close();
  std::optional<Error> later;
  bare.async_get("1", {}, [&](Result<Campaign> result) { later = result.error(); });
  std::optional<Error> page;
  bare.async_list().next_page([&](auto result) { page = result.error(); });
  ASSERT_TRUE(!list && !get && !close && later && page);
  for (auto const& error : {list.error(), get.error(), close.error(), *later, *page}) {
    EXPECT_EQ(error.code, ErrorCode::unsupported);
    EXPECT_EQ(error.provider, "bare");
    EXPECT_NE(error.message.find("Bare does not support `"), std::string::npos) << error.message;
  }
}

/// Gets campaigns, and has nothing else.
class Getter final : public ClientBase<Getter> {
 public:
  Capabilities const& capabilities() const noexcept override { return nothing(); }
  Result<Campaign> run(GetCampaign const& get, CallOptions const&) {
    Campaign campaign{.id = get.id};
    if (get.keep_raw) campaign.raw_record = "raw";
    return campaign;
  }
};

TEST(Operations, AClientOfOnesOwnHasWhatItHasAnOverloadFor) {
  Getter getter;
  auto const got = getter.call(GetCampaign{.id = "7", .keep_raw = true});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->id, "7");
  EXPECT_EQ(got->raw(), "raw");
  auto later = as_future<Campaign>([&](auto done) { getter.start(GetCampaign{"8"}, {}, std::move(done)); });
  EXPECT_EQ(later.get()->id, "8");
  EXPECT_EQ(getter.close().error().code, ErrorCode::unsupported);
  EXPECT_EQ(getter.list().collect().error().code, ErrorCode::unsupported);
}

/// Passes on every operation that there is and will be, and counts them.
class Counting final : public CampaignClient {
 public:
  explicit Counting(CampaignClient& inner) : inner_{inner} {}
  Capabilities const& capabilities() const noexcept override { return inner_.capabilities(); }
  Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options) override {
    names += std::string{operation.what().name} + ' ';
    return inner_.perform(operation, options);
  }
  void perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done) override {
    names += std::string{operation.what().name} + "... ";
    inner_.perform_async(std::move(operation), std::move(options), std::move(done));
  }
  std::unique_ptr<AnyPageSource> open(AnyOperation const& operation, ListOptions options) override {
    names += std::string{operation.what().name} + ' ';
    return inner_.open(operation, std::move(options));
  }
  std::unique_ptr<AnyPageSource> open_async(AnyOperation const& operation, ListOptions options) override {
    names += std::string{operation.what().name} + "... ";
    return inner_.open_async(operation, std::move(options));
  }
  std::string names{};

 private:
  CampaignClient& inner_;
};

TEST(Operations, AClientMayPassOnWhatItDoesNotKnow) {
  auto const transport = std::make_shared<HandlerTransport>(AcmeServer{5});
  auto const inner =
      make_client(std::shared_ptr<Adapter const>{std::make_shared<Acme>(AcmeOptions{.log_in = false})},
                  {.transport = transport});
  ASSERT_TRUE(inner);
  Counting client{**inner};
  EXPECT_EQ(client.list().collect()->size(), 5U);
  EXPECT_EQ(client.list(ListCampaigns{}).collect()->size(), 5U);
  EXPECT_EQ(client.get("c2")->id, "c2");
  auto later = as_future<Campaign>([&](auto done) { client.async_get("c3", {}, std::move(done)); });
  EXPECT_EQ(later.get()->id, "c3");
  auto pager = client.async_list();
  auto page = as_future<std::optional<Page<Campaign>>>([&](auto done) { pager.next_page(std::move(done)); });
  EXPECT_EQ((*page.get())->items.size(), 5U);
  EXPECT_TRUE(client.close());
  EXPECT_EQ(client.names, "list list get get... list... revoke ");
}

TEST(Operations, AnAnswerThatSomebodyKeepsIsCopied) {
  /// Answers again what it has answered before.
  class Cache final : public CampaignClient {
   public:
    Capabilities const& capabilities() const noexcept override { return nothing(); }
    Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options) override {
      if (kept_ == nullptr) kept_ = *getter_.perform(operation, options);
      return kept_;
    }

   private:
    Getter getter_{};
    AnyAnswer kept_{};
  };
  Cache cache;
  std::string const id(100, 'x');
  for (int i = 0; i < 3; ++i) EXPECT_EQ(cache.get(id)->id, id);
}

/// Has no operation at all.
class Mute final : public AdapterBase<Mute> {
 public:
  Capabilities const& capabilities() const noexcept override {
    static constexpr OperationSupport rows[] = {
        {GetCampaign::operation, Support::unsupported, "it tells nothing"}};
    static constexpr Capabilities table{.provider = "mute", .display_name = "Mute", .operations = rows};
    return table;
  }
  protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  std::vector<std::string_view> secrets() const override { return {}; }
  void sign(HttpRequest&, protocol::Token const*) const override {}

 private:
  protocol::Endpoint endpoint_{.base_url = "https://mute.example"};
};

TEST(Operations, WhatAnAdapterHasIsKnownWithoutARequest) {
  Acme const acme;
  EXPECT_TRUE(acme.has(GetCampaign::operation));
  EXPECT_TRUE(acme.has(ListCampaigns::operation));
  EXPECT_FALSE(acme.has(LogIn::operation)) << "the client's own affair";
  Mute const mute;
  for (auto const operation : all_operations()) EXPECT_FALSE(mute.has(operation)) << operation.name;
  EXPECT_EQ(mute.list(ListCampaigns{}, {}).error().code, ErrorCode::unsupported);
}

TEST(Operations, WhatAnAdapterDoesNotHaveMakesNoRequest) {
  auto const transport = std::make_shared<HandlerTransport>([](auto const&) { return ok(""); });
  auto const client =
      make_client(std::shared_ptr<Adapter const>{std::make_shared<Mute>()}, {.transport = transport});
  ASSERT_TRUE(client);
  auto const got = (*client)->get("1");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().message, "Mute does not support `get`: it tells nothing");
  EXPECT_EQ(got.error().effect, Effect::none);
  EXPECT_EQ((*client)->list().collect().error().code, ErrorCode::unsupported);
  auto pager = (*client)->async_list();
  auto page = as_future<std::optional<Page<Campaign>>>([&](auto done) { pager.next_page(std::move(done)); });
  EXPECT_EQ(page.get().error().code, ErrorCode::unsupported);
  EXPECT_TRUE(transport->requests().empty());
}

/// An adapter whose list is not as it should be.
class Careless final : public AdapterBase<Careless> {
 public:
  enum class Fault {
    no_page,
    writes
  };
  explicit Careless(Fault fault) : fault_{fault} {}
  Capabilities const& capabilities() const noexcept override { return acme_.capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return acme_.endpoint(); }
  std::vector<std::string_view> secrets() const override { return {}; }
  void sign(HttpRequest&, protocol::Token const*) const override {}
  Result<protocol::Listing<Campaign>> pages(ListCampaigns const& list,
                                            protocol::ListQuery const& query) const {
    auto listing = acme_.pages(list, query);
    if (fault_ == Fault::no_page)
      listing->page = nullptr;
    else
      listing->page = [page = listing->page](protocol::PageKey const& key) {
        auto exchange = page(key);
        exchange->call.request.action = Action::write;
        return exchange;
      };
    return listing;
  }
  Result<Campaign> run(GetCampaign const&, protocol::Conversation& conversation) const {
    protocol::Exchange<Campaign> resend{{.operation = "resend"}, [](HttpResponse) { return Campaign{}; }};
    resend.call.request.url = acme_.endpoint().base_url;
    resend.call.request.action = Action::sends;
    return conversation.run(resend);
  }

 private:
  Acme acme_{{.log_in = false}};
  Fault fault_;
};

TEST(Operations, AnAdapterThatAsksForMoreThanTheOperationIsStopped) {
  for (auto const fault : {Careless::Fault::writes, Careless::Fault::no_page}) {
    auto const transport = std::make_shared<HandlerTransport>([](HttpRequest const&) { return ok("[]"); });
    std::shared_ptr<Adapter const> const adapter = std::make_shared<Careless>(fault);
    auto const client = *make_client(adapter, {.transport = transport});
    auto const page = client->list().next_page();
    auto pager = client->async_list();
    auto const later =
        as_future<std::optional<Page<Campaign>>>([&](auto done) { pager.next_page(std::move(done)); }).get();
    auto const got = client->get("1");
    auto const got_later = as_future<Campaign>([&](auto done) { client->async_get("1", {}, done); }).get();
    ASSERT_TRUE(!page && !got && !got_later && !later);
    EXPECT_EQ(page.error().code, ErrorCode::configuration);
    EXPECT_EQ(page.error().provider, "acme");
    EXPECT_EQ(got.error().code, ErrorCode::configuration);
    EXPECT_EQ(got.error().effect, Effect::none);
    EXPECT_NE(got.error().message.find("`resend`"), std::string::npos) << got.error().message;
    EXPECT_EQ(got_later.error().code, ErrorCode::configuration);
    EXPECT_TRUE(transport->requests().empty());
  }
}

}  // namespace
}  // namespace polycampaign::test
