#include "account.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <set>
#include <string_view>

namespace polycampaign::test {
namespace {

std::vector<std::string> ids_of(std::vector<Campaign> const& campaigns) {
  std::vector<std::string> ids;
  ids.reserve(campaigns.size());
  for (auto const& campaign : campaigns) ids.push_back(campaign.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

struct Variant {
  std::string provider;
  std::string format{};
  std::map<std::string, std::string, std::less<>> switches{};

  friend void PrintTo(Variant const& v, std::ostream* out) {
    *out << v.provider << ' ' << v.format;
    for (auto const& [name, value] : v.switches) *out << ' ' << name << '=' << value;
  }
};

/// The variants in which the vendor refuses, or breaks the rules of its own lists: all end with this error.
std::optional<ErrorCode> refusal_of(Variant const& variant) {
  static constexpr struct {
    std::string_view provider, name, value;
    ErrorCode code;
  } refusals[] = {{"dexatel", "next", "repeat", ErrorCode::protocol},
                  {"smsup", "trailing", "on", ErrorCode::protocol},
                  {"yeastar", "ip", "forbidden", ErrorCode::permission_denied},
                  {"yeastar", "ip", "blocked", ErrorCode::permission_denied}};
  for (auto const& refusal : refusals) {
    auto const found = variant.switches.find(refusal.name);
    if (variant.provider == refusal.provider && found != variant.switches.end() &&
        found->second == refusal.value)
      return refusal.code;
  }
  return std::nullopt;
}

/// Every value of every switch of every vendor, one at a time; those that make the vendor fail now and then
/// have tests of their own.
std::vector<Variant> variants() {
  std::vector<Variant> all{{"bsg"}, {"dexatel"}, {"smsup"}, {"smsup", "xml"}, {"yeastar"}};
  for (auto const& provider : testing::simulated_vendors()) {
    for (auto const& option : provider.switches()) {
      std::string_view values = option.values;
      while (!values.empty()) {
        auto const end = std::min(values.find('|'), values.size());
        std::string const value{values.substr(0, end)};
        values.remove_prefix(std::min(end + 1, values.size()));
        all.push_back({std::string{provider.name}, "", {{std::string{option.name}, value}}});
        if (provider.name == "smsup") all.push_back({"smsup", "xml", {{std::string{option.name}, value}}});
      }
    }
  }
  return all;
}

class EveryVariant : public ::testing::TestWithParam<Variant> {};

TEST_P(EveryVariant, GivesEachCampaignExactlyOnce) {
  auto const& variant = GetParam();
  auto account = make_account({.provider = variant.provider, .campaigns = 230, .switches = variant.switches},
                              {.client = {.retry = RetryPolicy::none()}, .format = variant.format});
  ASSERT_TRUE(account);
  auto pager = account->client->list(everything(variant.provider));
  auto const listed = pager.collect();
  if (auto const refusal = refusal_of(variant)) {
    ASSERT_FALSE(listed) << "never a short list";
    EXPECT_EQ(listed.error().code, *refusal) << to_string(listed.error());
    EXPECT_FALSE(pager.report().complete);
    return;
  }
  ASSERT_TRUE(listed) << to_string(listed.error());
  EXPECT_TRUE(pager.report().complete);
  EXPECT_TRUE(pager.report().missed.empty());
  EXPECT_EQ(ids_of(*listed), sorted(account->simulator->campaign_ids()))
      << pager.report().records << " records";
  for (auto const& campaign : *listed) {
    EXPECT_EQ(campaign.provider, variant.provider);
    EXPECT_FALSE(campaign.id.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryVariant, ::testing::ValuesIn(variants()), [](auto const& test) {
  std::string name = test.param.provider + test.param.format;
  for (auto const& [key, value] : test.param.switches) name += "_" + key + "_" + value;
  for (auto& c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
  return name + "_" + std::to_string(test.index);
});

std::vector<Variant> each_vendor(std::map<std::string, std::string, std::less<>> const& switches) {
  return {{"bsg", "", switches},
          {"dexatel", "", switches},
          {"smsup", "", switches},
          {"smsup", "xml", switches},
          {"yeastar", "", switches}};
}

TEST(CappedPages, GiveEverything) {
  for (auto const& variant : each_vendor({{"page_cap", "30"}}))
    for (int const prefetch : {1, 4}) {
      SCOPED_TRACE(::testing::PrintToString(variant));
      auto account =
          make_account({.provider = variant.provider, .campaigns = 100, .switches = variant.switches},
                       {.format = variant.format});
      ASSERT_TRUE(account);
      ListOptions const options{.page_size = 500, .prefetch = prefetch};
      auto pager = account->client->list(everything(variant.provider), options);
      auto const listed = pager.collect();
      ASSERT_TRUE(listed) << to_string(listed.error());
      EXPECT_EQ(ids_of(*listed), sorted(account->simulator->campaign_ids()));
      EXPECT_TRUE(pager.report().complete);
      EXPECT_TRUE(pager.report().missed.empty());

      auto pages = account->client->async_list(everything(variant.provider), options);
      std::vector<Campaign> all;
      for (;;) {
        auto const given = std::make_shared<std::promise<Result<std::optional<Page<Campaign>>>>>();
        pages.next_page([given](auto page) { given->set_value(std::move(page)); });
        auto page = given->get_future().get();
        ASSERT_TRUE(page) << to_string(page.error());
        if (!*page) break;
        for (auto& campaign : (*page)->items) all.push_back(std::move(campaign));
      }
      EXPECT_EQ(ids_of(all), sorted(account->simulator->campaign_ids()));
      EXPECT_TRUE(pages.report().missed.empty());
    }
}

TEST(DeletedCampaigns, AreAdmittedWherePageTokensMayCountThem) {
  auto account = make_account({.provider = "dexatel", .campaigns = 60});
  ASSERT_TRUE(account);
  auto pager = account->client->list({}, {.page_size = 20});
  ASSERT_TRUE(pager.next_page());
  ASSERT_TRUE(account->simulator->remove_campaign(account->simulator->campaign_ids().front()));
  ASSERT_TRUE(pager.collect());
  EXPECT_TRUE(pager.report().complete);
  EXPECT_EQ(pager.report().missed.size(), 1U);
}

TEST(SortKeys, ThatAreNotDocumentedAreRefusedBeforeAnyRequest) {
  for (auto const* provider : {"bsg", "smsup"}) {
    auto account = make_account({.provider = provider, .campaigns = 3});
    ASSERT_TRUE(account);
    for (auto const key : account->client->capabilities().sort_keys) {
      auto filter = everything(provider);
      filter.sort = '-' + std::string{key};
      EXPECT_TRUE(account->client->list(filter).collect()) << key;
    }
    auto const before = account->simulator->requests().size();
    auto const refused = account->client->list({.sort = "name"}).collect();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(account->simulator->requests().size(), before);
  }
}

/// Every list is answered with this, whatever page was asked for.
class Stuck final : public Transport {
 public:
  Stuck(std::shared_ptr<Transport> inner, std::string body)
      : inner_{std::move(inner)}, body_{std::move(body)} {}
  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    if (request.action != Action::read)
      return inner_->start(std::move(request), std::move(options), completion);
    ++lists;
    if (options.gate) static_cast<void>(options.gate->open(true));
    completion(HttpResponse{.status = 200, .body = body_});
  }

  std::atomic<int> lists = 0;

 private:
  std::shared_ptr<Transport> inner_;
  std::string body_;
};

TEST(EndlessLists, EndAndKeepWhatWasReceived) {
  struct Row {
    char const* provider;
    char const* format;
    char const* body;
    std::size_t delivered;
  };
  for (auto const& row : {
           Row{"bsg", "", R"({"data":[{"id":1},{"id":2}]})", 2},
           Row{"bsg", "", R"({"data":[{"id":1},{"id":2}],"meta":{"page":{"total":1000}}})", 2},
           Row{"bsg", "", R"({"data":[{"id":1},{"id":2}],"meta":{"page":{"total":9000000000000000000}}})", 2},
           Row{"dexatel", "", R"({"data":[],"pagination":{"links":{"next":"T"}}})", 0},
           Row{"smsup", "json", R"({"status":1,"campaigns":[{"id":"1"},{"id":"2"}],"totalRecords":1000})", 2},
           Row{"smsup", "xml",
               "<response><status>1</status><campaign><id>1</id></campaign><campaign><id>2</id></campaign>"
               "</response>",
               2},
           Row{"yeastar", "", R"({"errcode":0,"list":[{"id":1},{"id":2}],"total_number":1000})", 2},
       }) {
    SCOPED_TRACE(row.body);
    auto simulator = testing::Simulator::create({.provider = row.provider});
    ASSERT_TRUE(simulator);
    auto const stuck = std::make_shared<Stuck>((*simulator)->transport(), row.body);
    auto settings = (*simulator)->settings();
    if (*row.format != '\0') settings.insert_or_assign("format", Secret{row.format});
    auto client =
        make_client(find_provider(row.provider)->make_adapter(std::move(settings)), {.transport = stuck});
    ASSERT_TRUE(client);
    auto pager = (*client)->list({}, {.page_size = 2});
    std::size_t delivered = 0;
    std::optional<Error> error;
    for (auto const& campaign : pager) {
      if (campaign)
        ++delivered;
      else
        error = campaign.error();
    }
    EXPECT_EQ(delivered, row.delivered);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::protocol) << to_string(*error);
    EXPECT_LE(stuck->lists, 40);
  }
}

class EveryVendor : public ::testing::TestWithParam<char const*> {};

TEST_P(EveryVendor, TellsTheSameOverHttpAndWithoutIt) {
  auto near = make_account({.provider = GetParam(), .campaigns = 120});
  auto far = make_account({.provider = GetParam(), .campaigns = 120}, {.over_http = true});
  ASSERT_TRUE(near && far);
  auto const a = near->client->list(everything(GetParam())).collect();
  auto const b = far->client->list(everything(GetParam())).collect();
  ASSERT_TRUE(a && b) << (a ? to_string(b.error()) : to_string(a.error()));
  EXPECT_EQ(a->size(), 120U);
  EXPECT_EQ(ids_of(*a), ids_of(*b));
}

TEST_P(EveryVendor, ReadsEachListedCampaignAndAgreesWithItself) {
  auto account = make_account({.provider = GetParam(), .campaigns = 40});
  ASSERT_TRUE(account);
  auto const listed = account->client->list(everything(GetParam())).collect();
  ASSERT_TRUE(listed) << to_string(listed.error());
  ASSERT_EQ(listed->size(), 40U);
  for (auto const& campaign : *listed) {
    auto const read = account->client->get(campaign.id);
    ASSERT_TRUE(read) << campaign.id << ' ' << to_string(read.error());
    EXPECT_EQ(read->id, campaign.id);
    EXPECT_EQ(read->name, campaign.name);
    EXPECT_EQ(read->status, campaign.status);
    EXPECT_EQ(read->created_at, campaign.created_at);
    EXPECT_EQ(read->scheduled_at, campaign.scheduled_at);
    if (auto const sum = partition_sum(read->statistics); sum && read->statistics.messages) {
      EXPECT_EQ(sum, read->statistics.messages);
    }
  }
}

TEST_P(EveryVendor, FetchesDetailsWithTheListOnRequest) {
  auto account = make_account({.provider = GetParam(), .campaigns = 12});
  ASSERT_TRUE(account);
  auto const detailed = account->client->list(everything(GetParam()), {.fetch_details = true}).collect();
  ASSERT_TRUE(detailed) << to_string(detailed.error());
  ASSERT_EQ(detailed->size(), 12U);
  for (auto const& campaign : *detailed) {
    auto const read = account->client->get(campaign.id);
    ASSERT_TRUE(read);
    EXPECT_EQ(campaign.text, read->text);
    EXPECT_EQ(campaign.statistics, read->statistics) << to_json(campaign) << '\n' << to_json(*read);
    EXPECT_EQ(campaign.cost, read->cost);
  }
}

TEST_P(EveryVendor, FiltersByTimeAndStatusWhoeverAppliesThem) {
  auto account = make_account({.provider = GetParam(), .campaigns = 150});
  ASSERT_TRUE(account);
  auto const all = account->client->list(everything(GetParam())).collect();
  ASSERT_TRUE(all) << to_string(all.error());
  std::vector<std::chrono::sys_seconds> times;
  for (auto const& campaign : *all)
    if (campaign.time()) times.push_back(campaign.time()->time);
  ASSERT_GT(times.size(), 20U);
  std::sort(times.begin(), times.end());
  auto const since = times[times.size() / 4];
  auto const until = times[times.size() * 3 / 4];

  std::vector<std::string> expected;
  std::vector<std::string> completed;
  for (auto const& campaign : *all) {
    if (!campaign.time() || campaign.time()->time < since || campaign.time()->time >= until) continue;
    expected.push_back(campaign.id);
    if (campaign.status.code == StatusCode::completed) completed.push_back(campaign.id);
  }
  auto const some = account->client->list({.since = since, .until = until}).collect();
  ASSERT_TRUE(some) << to_string(some.error());
  EXPECT_EQ(ids_of(*some), sorted(expected));

  auto const narrow =
      account->client->list({.since = since, .until = until, .statuses = {StatusCode::completed}}).collect();
  ASSERT_TRUE(narrow) << to_string(narrow.error());
  EXPECT_FALSE(completed.empty());
  EXPECT_EQ(ids_of(*narrow), sorted(completed));
}

TEST_P(EveryVendor, StopsAtTheLimitAndGoesOnFromItsToken) {
  auto account = make_account({.provider = GetParam(), .campaigns = 90});
  ASSERT_TRUE(account);
  auto filter = everything(GetParam());
  auto const all = account->client->list(filter).collect();
  ASSERT_TRUE(all) << to_string(all.error());

  auto limited = filter;
  limited.limit = 7;
  auto const seven = account->client->list(limited).collect();
  ASSERT_TRUE(seven);
  EXPECT_EQ(seven->size(), 7U);

  for (std::size_t const cut : {1U, 29U, 30U, 31U, 59U, 60U, 89U}) {
    auto first = account->client->list(filter, {.page_size = 30});
    auto const head = first.collect(cut);
    ASSERT_TRUE(head);
    auto const token = first.resume_token();
    ASSERT_FALSE(token.empty());
    auto const rest = account->client->list(filter, {.page_size = 30, .resume_token = token}).collect();
    ASSERT_TRUE(rest) << to_string(rest.error());
    auto ids = ids_of(*head);
    auto const more = ids_of(*rest);
    ids.insert(ids.end(), more.begin(), more.end());
    EXPECT_EQ(sorted(ids), ids_of(*all)) << "cut after " << cut;
  }
}

TEST_P(EveryVendor, AnswersNotFoundForACampaignThatIsNotThere) {
  auto account = make_account({.provider = GetParam(), .campaigns = 5});
  ASSERT_TRUE(account);
  auto const id = account->simulator->campaign_ids().front();
  ASSERT_TRUE(account->client->get(id));
  ASSERT_TRUE(account->simulator->remove_campaign(id));
  auto const gone = account->client->get(id);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found) << to_string(gone.error());
  EXPECT_EQ(gone.error().effect, Effect::none);
  EXPECT_EQ(gone.error().provider, GetParam());
}

TEST_P(EveryVendor, KeepsTheVendorsRecordOnlyOnRequest) {
  auto account = make_account({.provider = GetParam(), .campaigns = 5});
  ASSERT_TRUE(account);
  auto const with = account->client->list(everything(GetParam()), {.keep_raw = true}).collect();
  auto const without = account->client->list(everything(GetParam())).collect();
  ASSERT_TRUE(with && without);
  for (auto const& campaign : *with) EXPECT_NE(campaign.raw().find(campaign.id), std::string_view::npos);
  for (auto const& campaign : *without) EXPECT_TRUE(campaign.raw().empty());
}

INSTANTIATE_TEST_SUITE_P(All, EveryVendor, ::testing::Values("bsg", "dexatel", "smsup", "yeastar"),
                         [](auto const& test) { return std::string{test.param}; });

}
}
