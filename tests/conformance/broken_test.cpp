// The suite is worth what it finds: adapters that are right but for one thing, and the check that says so.
#include <polycampaign/testing/conformance.hpp>

#include "conformance/wrapped_vendor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace polycampaign::test {
namespace {

using protocol::Call;
using protocol::Exchange;
using protocol::ListPage;
using protocol::ListQuery;
using protocol::PageInfo;
using protocol::PageKey;
using protocol::Token;

/// Adapters whose pages are changed behind the good decoder.
template <void (*change)(ListPage&)>
class Paging : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Exchange<ListPage>> page(ListQuery const& query, PageKey const& key) const override {
    auto exchange = WrappedVendor::page(query, key);
    exchange->decode = [decode = std::move(exchange->decode)](HttpResponse response) -> Result<ListPage> {
      auto page = decode(std::move(response));
      if (page) change(*page);
      return page;
    };
    return exchange;
  }
};

template <void (*change)(Campaign&)>
void change_each(ListPage& page) {
  for (auto& campaign : page.items) change(campaign);
}

/// Adapters whose campaigns are changed, in lists and details.
template <void (*change)(Campaign&)>
class Recording : public Paging<&change_each<change>> {
 public:
  using Paging<&change_each<change>>::Paging;
  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    auto campaign = WrappedVendor::get(id, query, conversation);
    if (campaign) change(*campaign);
    return campaign;
  }
};

/// Adapters whose errors are changed, in lists and details.
template <void (*change)(Error&, std::string_view key)>
class Failing : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Exchange<ListPage>> page(ListQuery const& query, PageKey const& key) const override {
    auto exchange = WrappedVendor::page(query, key);
    exchange->decode = [this,
                        decode = std::move(exchange->decode)](HttpResponse response) -> Result<ListPage> {
      auto page = decode(std::move(response));
      if (!page) change(page.error(), good().secrets().front());
      return page;
    };
    return exchange;
  }
  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    auto campaign = WrappedVendor::get(id, query, conversation);
    if (!campaign) change(campaign.error(), good().secrets().front());
    return campaign;
  }
};

void lose_one(ListPage& page) {
  if (page.items.size() > 3) page.items.erase(page.items.begin() + 2);
}
void repeat_one(ListPage& page) {
  if (page.items.empty()) return;
  auto again = page.items.front();
  page.items.push_back(std::move(again));
}
void turn_long_ones(ListPage& page) {
  if (page.items.size() > 20) std::ranges::reverse(page.items);
}
void invent_clicks(Campaign& campaign) {
  campaign.statistics.clicks = 0;
}
void add_a_delivery(Campaign& campaign) {
  campaign.statistics.delivered = campaign.statistics.delivered.value_or(0) + 1;
}
void drop_status(Campaign& campaign) {
  campaign.status = {};
}
void move_clock(Campaign& campaign) {
  if (campaign.created_at) campaign.created_at->time += std::chrono::hours{2};
}
void drop_raw(Campaign& campaign) {
  campaign.raw_record.clear();
}
void misname(Campaign& campaign) {
  campaign.provider = "acme";
}
void forbid(Error& error, std::string_view) {
  if (error.code == ErrorCode::unauthenticated) error.code = ErrorCode::permission_denied;
}
void blame_server(Error& error, std::string_view) {
  if (error.code == ErrorCode::not_found) error.code = ErrorCode::unavailable;
}
void forget_wait(Error& error, std::string_view) {
  error.retry_after.reset();
}
void add_key(Error& error, std::string_view key) {
  error.message.append(" with key ").append(key);
}

class LeaksKey : public Failing<&add_key> {
 public:
  using Failing::Failing;
  std::vector<std::string_view> secrets() const override { return {}; }
};

class LeaksUrl : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  std::vector<std::string_view> secrets() const override { return {}; }
  // the operation's name reaches every event
  Result<Exchange<ListPage>> page(ListQuery const& query, PageKey const& key) const override {
    auto exchange = WrappedVendor::page(query, key);
    exchange->call.operation = WrappedVendor::secrets().front();
    return exchange;
  }
};

template <Action action>
class Declares : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Exchange<ListPage>> page(ListQuery const& query, PageKey const& key) const override {
    auto exchange = WrappedVendor::page(query, key);
    exchange->call.request.action = action;
    return exchange;
  }
};

class LogsInAsWrite : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  std::optional<Exchange<Token>> log_in() const override {
    auto exchange = WrappedVendor::log_in();
    exchange->call.request.action = Action::write;
    return exchange;
  }
};

class StopsEarly : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  std::vector<PageKey> ahead(ListQuery const& query, PageKey const& key, PageInfo const& info,
                             std::size_t most) const override {
    auto keys = WrappedVendor::ahead(query, key, info, most);
    std::erase_if(keys, [](PageKey const& next) { return next.offset > 30; });
    return keys;
  }
};

class TakesAnyId : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    return WrappedVendor::get(id.substr(0, id.find_first_of("?&#")), query, conversation);
  }
};

class EscapesNothing : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Campaign> get(std::string_view id, protocol::GetQuery const&,
                       protocol::Conversation& conversation) const override {
    Exchange<Campaign> exchange{.call = {.operation = "get"}, .decode = [](HttpResponse) -> Result<Campaign> {
                                  return Error{.code = ErrorCode::not_found, .message = "no"};
                                }};
    exchange.call.request.url = endpoint().base_url + "/campaign/" + std::string{id};
    exchange.call.request.action = Action::read;
    return conversation.run(exchange);
  }
};

class SeesNoFault : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Exchange<ListPage>> page(ListQuery const& query, PageKey const& key) const override {
    auto exchange = WrappedVendor::page(query, key);
    exchange->decode = [decode = std::move(exchange->decode)](HttpResponse response) -> Result<ListPage> {
      auto page = decode(std::move(response));
      if (!page && page.error().code == ErrorCode::protocol) return ListPage{};
      return page;
    };
    return exchange;
  }
};

class NeverSeesTheEnd : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    /// Tells the engine another error than the adapter's.
    class Deaf final : public protocol::Conversation {
     public:
      explicit Deaf(protocol::Conversation& good) : good_{good} {}
      Result<Value> perform(Call const& call, Decode decode) override {
        return good_.perform(call, [decode = std::move(decode)](HttpResponse response) {
          auto value = decode(std::move(response));
          if (!value && value.error().code == ErrorCode::unauthenticated)
            value.error().code = ErrorCode::rejected;
          return value;
        });
      }

     private:
      protocol::Conversation& good_;
    };
    Deaf deaf{conversation};
    return WrappedVendor::get(id, query, deaf);
  }
};

class AnswersWithAnother : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    auto campaign = WrappedVendor::get(id, query, conversation);
    if (campaign) campaign->id += "0";
    return campaign;
  }
};

/// Claims a filter as the vendor's own that the vendor does not know.
class ClaimsFilter : public WrappedVendor {
 public:
  using WrappedVendor::WrappedVendor;
  Capabilities const& capabilities() const noexcept override {
    static constexpr std::array filters{FilterSupport{Filter::planned_since, Support::native, "a guess"}};
    static Capabilities const table = [] {
      auto claims = find_provider("dexatel")->capabilities();
      claims.filters = filters;
      return claims;
    }();
    return table;
  }
};

template <class Broken, std::string_view (*name)()>
Provider broken() {
  auto provider = *find_provider(name());
  provider.make_vendor = [](Settings settings) -> Result<std::shared_ptr<Vendor const>> {
    auto good = find_provider(name())->make_vendor(std::move(settings));
    if (!good) return good;
    return std::shared_ptr<Vendor const>{std::make_shared<Broken>(*std::move(good))};
  };
  return provider;
}

std::string_view bsg_() {
  return "bsg";
}
std::string_view dexatel_() {
  return "dexatel";
}
std::string_view smsup_() {
  return "smsup";
}

Provider guessing() {
  auto provider = *find_provider("dexatel");
  provider.capabilities = []() noexcept -> Capabilities const& {
    static constexpr std::array fields{
        FieldSupport{Field::created_at, Support::native, Support::native, ""},
        FieldSupport{Field::created_at, Support::native, Support::native, "twice"},
    };
    static Capabilities const table = [] {
      auto claims = find_provider("dexatel")->capabilities();
      claims.fields = fields;
      claims.default_page_size = claims.max_page_size + 1;
      return claims;
    }();
    return table;
  };
  return provider;
}

Provider tolerant() {
  auto provider = *find_provider("dexatel");
  provider.make_vendor = [](Settings settings) {
    settings.erase("no_such_setting");
    return find_provider("dexatel")->make_vendor(std::move(settings));
  };
  return provider;
}

Provider misreading() {
  auto provider = *find_provider("dexatel");
  provider.decode = [](Document document, std::string body, DecodeOptions const& options) {
    auto campaigns = find_provider("dexatel")->decode(document, std::move(body), options);
    if (campaigns && !campaigns->empty()) campaigns->pop_back();
    return campaigns;
  };
  return provider;
}

Provider throwing() {
  auto provider = *find_provider("dexatel");
  provider.decode = [](Document, std::string, DecodeOptions const&) -> Result<std::vector<Campaign>> {
    throw std::runtime_error{"out of luck"};
  };
  return provider;
}

struct Case {
  std::string name{};
  Provider provider{};
  std::set<std::string> checks{};  ///< each of these finds it

  friend void PrintTo(Case const& one, std::ostream* out) { *out << one.name; }
};

Case const cases[] = {
    {"loses_a_record", broken<Paging<&lose_one>, &dexatel_>(), {"walks"}},
    {"repeats_a_record", broken<Paging<&repeat_one>, &dexatel_>(), {"walks"}},
    {"changes_the_order", broken<Paging<&turn_long_ones>, &dexatel_>(), {"walks"}},
    {"stops_early", broken<StopsEarly, &smsup_>(), {"walks"}},
    {"invents_zero", broken<Recording<&invent_clicks>, &dexatel_>(), {"fields"}},
    {"invents_a_delivery", broken<Recording<&add_a_delivery>, &smsup_>(), {"walks", "details"}},
    {"never_tells_a_status", broken<Recording<&drop_status>, &dexatel_>(), {"fields"}},
    {"moves_the_clock", broken<Recording<&move_clock>, &dexatel_>(), {"walks", "details"}},
    {"loses_the_raw_record", broken<Recording<&drop_raw>, &dexatel_>(), {"raw records"}},
    {"misnames_its_provider", broken<Recording<&misname>, &dexatel_>(), {"walks"}},
    {"says_forbidden_for_a_wrong_key", broken<Failing<&forbid>, &dexatel_>(), {"credentials"}},
    {"says_unavailable_for_an_unknown_id", broken<Failing<&blame_server>, &dexatel_>(), {"ids"}},
    {"forgets_how_long_to_wait", broken<Failing<&forget_wait>, &dexatel_>(), {"damaged answers"}},
    {"leaks_the_key", broken<LeaksKey, &dexatel_>(), {"privacy"}},
    {"leaks_the_key_into_events", broken<LeaksUrl, &dexatel_>(), {"privacy"}},
    {"declares_a_read_as_sending", broken<Declares<Action::sends>, &dexatel_>(), {"actions"}},
    {"declares_a_log_in_as_a_write", broken<LogsInAsWrite, &bsg_>(), {"actions"}},
    {"cuts_odd_ids", broken<TakesAnyId, &dexatel_>(), {"ids"}},
    {"escapes_nothing", broken<EscapesNothing, &smsup_>(), {"ids", "details"}},
    {"sees_no_fault", broken<SeesNoFault, &dexatel_>(), {"damaged answers"}},
    {"never_sees_that_a_token_has_ended", broken<NeverSeesTheEnd, &bsg_>(), {"sessions"}},
    {"answers_with_another_campaign", broken<AnswersWithAnother, &dexatel_>(), {"details"}},
    {"claims_a_filter", broken<ClaimsFilter, &dexatel_>(), {"filters"}},
    {"claims_without_evidence", guessing(), {"capabilities"}},
    {"takes_unknown_settings", tolerant(), {"settings"}},
    {"decodes_otherwise", misreading(), {"decode"}},
    {"throws", throwing(), {"decode"}},
};

class EveryFault : public ::testing::TestWithParam<Case> {};

TEST_P(EveryFault, IsFound) {
  auto const& one = GetParam();
  auto const findings = testing::check_adapter(
      {.provider = one.provider, .simulator = *testing::find_simulated_vendor(one.provider.name)});
  std::set<std::string> found;
  std::string all;
  for (auto const& finding : findings) {
    found.insert(finding.check);
    all += to_string(finding) + '\n';
  }
  EXPECT_TRUE(std::ranges::includes(found, one.checks)) << all;
  EXPECT_TRUE(std::ranges::all_of(findings, [](auto const& f) { return !f.expected.empty(); })) << all;
}

INSTANTIATE_TEST_SUITE_P(Broken, EveryFault, ::testing::ValuesIn(cases),
                         [](auto const& one) { return one.param.name; });

TEST(Conformance, AProviderWithoutFunctionsIsAFinding) {
  auto provider = *find_provider("dexatel");
  provider.decode = nullptr;
  auto const findings =
      testing::check_adapter({.provider = provider, .simulator = *testing::find_simulated_vendor("dexatel")});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_string(findings.front()),
            "capabilities: expected a provider with all its functions; seen one of them is null");
}

TEST(Conformance, EachCheckTellsTenFindingsAtMost) {
  std::map<std::string, int> counts;
  for (auto const& finding :
       testing::check_adapter({.provider = broken<Recording<&invent_clicks>, &dexatel_>(),
       .simulator = *testing::find_simulated_vendor("dexatel")}))
    ++counts[finding.check];
  auto const names = testing::conformance_checks();
  for (auto const& [check, count] : counts) {
    EXPECT_LE(count, 10) << check;
    EXPECT_NE(std::ranges::find(names, check), names.end()) << check;
  }
}

}  // namespace
}  // namespace polycampaign::test
