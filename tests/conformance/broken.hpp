#pragma once

#include <polycampaign/testing/conformance.hpp>

#include "conformance/wrapped_adapter.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// The mistakes of an adapter that is otherwise good. Functions that are null change nothing.
struct Faults {
  std::function<void(std::string& body)> body{};  ///< of lists and details, before they are decoded
  std::function<void(Campaign&, std::string const& body)> campaign{};  ///< of lists and details
  std::function<void(protocol::ListPage<Campaign>&, std::string const& body)> page{};
  std::function<void(Error&, HttpResponse const&, std::string_view secret)>
      error{};                                                            ///< of lists and details
  std::function<void(protocol::Call&, std::string_view secret)> call{};   ///< of lists and details
  std::function<void(HttpRequest&, protocol::PageKey const&)> request{};  ///< of lists
  std::function<void(ListCampaigns&)> list{};
  std::function<void(std::vector<protocol::PageKey>&, protocol::PageKey const&)> ahead{};
  std::function<void(protocol::Exchange<protocol::Token>&)> log_in{};
  std::function<void(std::string&)> id{};  ///< the requested id
  std::function<void(Result<Campaign>&)> got{};
  std::function<void(HttpRequest&)> sign{};
  std::function<void(Settings&)> settings{};
  std::function<void(Capabilities&)> capabilities{};
  bool tells_no_secret = false;
  bool takes_first_record = false;  ///< of a detail, whatever its id is
  decltype(Provider::decode) decode = nullptr;
};

/// An adapter with these mistakes.
class BrokenAdapter final : public WrappedAdapter {
 public:
  BrokenAdapter(std::shared_ptr<Adapter const> good, Faults const& faults)
      : WrappedAdapter{std::move(good)}, faults_{faults}, capabilities_{WrappedAdapter::capabilities()} {
    if (faults_.capabilities) faults_.capabilities(capabilities_);
  }

  Capabilities const& capabilities() const noexcept override { return capabilities_; }
  std::vector<std::string_view> secrets() const override {
    return faults_.tells_no_secret ? std::vector<std::string_view>{} : WrappedAdapter::secrets();
  }
  void sign(HttpRequest& request, protocol::Token const* token) const override {
    WrappedAdapter::sign(request, token);
    if (faults_.sign) faults_.sign(request);
  }
  std::optional<protocol::Exchange<protocol::Token>> log_in() const override {
    auto exchange = WrappedAdapter::log_in();
    if (exchange && faults_.log_in) faults_.log_in(*exchange);
    return exchange;
  }
  Result<AnyAnswer> open(AnyOperation const& operation, protocol::ListQuery const& query) const override {
    auto const* const campaigns = operation.as<ListCampaigns>();
    if (campaigns == nullptr) return WrappedAdapter::open(operation, query);
    auto list = *campaigns;
    if (faults_.list) faults_.list(list);
    auto listing = good().list(list, query);
    if (!listing) return listing.error();
    listing->page = [this, good = listing->page](protocol::PageKey const& key) {
      return page(good(key), key);
    };
    listing->ahead = [this, good = listing->ahead](protocol::PageKey const& key,
                                                   protocol::PageInfo const& info, std::size_t most) {
      auto keys = good(key, info, most);
      if (faults_.ahead && most > 0) faults_.ahead(keys, key);
      return keys;
    };
    return detail::erased(std::move(listing));
  }
  Result<AnyAnswer> perform(AnyOperation const& operation,
                            protocol::Conversation& conversation) const override {
    auto const* const get = operation.as<GetCampaign>();
    if (get == nullptr) return WrappedAdapter::perform(operation, conversation);
    auto asked = *get;
    if (faults_.id) faults_.id(asked.id);
    FaultyConversation faulty{*this, conversation};
    auto campaign = good().call(asked, faulty);
    if (campaign && faults_.campaign) faults_.campaign(*campaign, faulty.body());
    if (faults_.got) faults_.got(campaign);
    return detail::erased(std::move(campaign));
  }

 private:
  using PageExchange = protocol::Exchange<protocol::ListPage<Campaign>>;

  Result<PageExchange> page(Result<PageExchange> exchange, protocol::PageKey const& key) const {
    if (!exchange) return exchange;
    if (faults_.request) faults_.request(exchange->call.request, key);
    if (faults_.call) faults_.call(exchange->call, secret());
    exchange->decode = [this, decode = std::move(exchange->decode)](
                           HttpResponse response) -> Result<protocol::ListPage<Campaign>> {
      if (faults_.body) faults_.body(response.body);
      auto const answer = response;
      auto page = decode(std::move(response));
      if (!page && faults_.error) faults_.error(page.error(), answer, secret());
      if (!page) return page;
      if (faults_.campaign)
        for (auto& campaign : page->items) faults_.campaign(campaign, answer.body);
      if (faults_.page) faults_.page(*page, answer.body);
      return page;
    };
    return exchange;
  }

  /// Runs the conversation of a get with the mistakes added.
  class FaultyConversation final : public protocol::Conversation {
   public:
    FaultyConversation(BrokenAdapter const& adapter, protocol::Conversation& good)
        : adapter_{adapter}, good_{good} {}
    Result<Value> perform(protocol::Call const& call, Decode decode) override {
      auto changed = call;
      if (adapter_.faults_.call) adapter_.faults_.call(changed, adapter_.secret());
      return good_.perform(changed,
                           [&adapter = adapter_, bodies = bodies_,
                            decode = std::move(decode)](HttpResponse response) -> Result<Value> {
                             if (adapter.faults_.body) adapter.faults_.body(response.body);
                             *bodies += response.body;
                             if (adapter.faults_.takes_first_record) {
                               auto page = adapter.good()
                                               .list(ListCampaigns{}, {.page_size = 1})
                                               ->page({.size = 1})
                                               ->decode(std::move(response));
                               if (!page) return page.error();
                               return Value{std::make_shared<Campaign>(page->items.at(0))};
                             }
                             auto const answer = response;
                             auto value = decode(std::move(response));
                             if (!value && adapter.faults_.error)
                               adapter.faults_.error(value.error(), answer, adapter.secret());
                             return value;
                           });
    }
    /// The bodies of the responses that arrived while this conversation ran.
    std::string const& body() const { return *bodies_; }

   private:
    BrokenAdapter const& adapter_;
    protocol::Conversation& good_;
    /// Shared with the decoders, which outlive the conversation.
    std::shared_ptr<std::string> bodies_ = std::make_shared<std::string>();
  };

  std::string_view secret() const { return WrappedAdapter::secrets().front(); }

  Faults const& faults_;
  Capabilities capabilities_;
};

/// A mistake, and the checks that find it. Each of them finds it alone.
struct Mistake {
  std::string name{};
  std::string_view adapter{};
  std::set<std::string> checks{};
  Faults faults{};
  std::map<std::string, std::string, std::less<>> settings{};  ///< in addition to those of the simulator

  friend void PrintTo(Mistake const& one, std::ostream* out) { *out << one.name; }
};

/// The mistake of the adapters that are made from now on. Global, because `Provider` holds plain functions.
inline Mistake const* current = nullptr;

inline Provider broken(Mistake const& mistake) {
  current = &mistake;
  auto provider = *find_provider(mistake.adapter);
  provider.make_adapter = [](Settings settings) -> Result<std::shared_ptr<Adapter const>> {
    if (current->faults.settings) current->faults.settings(settings);
    auto good = find_provider(current->adapter)->make_adapter(std::move(settings));
    if (!good) return good;
    return std::shared_ptr<Adapter const>{std::make_shared<BrokenAdapter>(*std::move(good), current->faults)};
  };
  if (mistake.faults.capabilities)
    provider.capabilities = []() noexcept -> Capabilities const& {
      static Capabilities claims;
      claims = find_provider(current->adapter)->capabilities();
      current->faults.capabilities(claims);
      return claims;
    };
  if (mistake.faults.decode) provider.decode = mistake.faults.decode;
  return provider;
}

/// Expects each of its checks to find the mistake.
inline void expect_found(Mistake const& mistake) {
  testing::ConformanceOptions options{.provider = broken(mistake),
                                      .simulator = *testing::find_simulated_vendor(mistake.adapter),
                                      .settings = mistake.settings};
  if (mistake.adapter == "bsg" || mistake.adapter == "smsup") options.sort_key = "id";
  // privacy examines everything that the other checks made the library report
  if (!mistake.checks.contains("privacy")) options.checks = {mistake.checks.begin(), mistake.checks.end()};
  std::set<std::string> found;
  for (auto const& finding : testing::check_adapter(options)) {
    found.insert(finding.check);
    EXPECT_FALSE(finding.expected.empty()) << to_string(finding);
  }
  for (auto const& check : mistake.checks) EXPECT_TRUE(found.contains(check)) << check << " finds nothing";
}

}  // namespace polycampaign::test
