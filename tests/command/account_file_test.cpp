#include "account_file.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace polycampaign::inline v1::command {
namespace {

Vendors const known_vendors = *Vendors::with({});

Result<std::vector<Account>> read(std::string_view text) {
  return parse_accounts(text, "dir/accounts.toml", known_vendors);
}

std::string refusal(std::string_view text) {
  auto const accounts = read(text);
  if (accounts) return "accepted";
  EXPECT_EQ(accounts.error().code, ErrorCode::configuration);
  return accounts.error().message;
}

TEST(AccountFile, AccountsAndSettingsKeepTheirOrder) {
  auto const accounts = read(R"(
[accounts.zebra]
provider  = "bsg"
time_zone = "Europe/Kyiv"
api_key   = "k"
timeout   = "500ms"

[accounts."with blank"]
token    = { file = "secret" }
provider = "smsup"
format   = { env = "FORMAT" }
allow_plain_http = true

[accounts]
inline = { provider = "dexatel", api_key = "x" }
)");
  ASSERT_TRUE(accounts) << accounts.error().message;
  ASSERT_EQ(accounts->size(), 3U);
  auto const& zebra = accounts->at(0);
  EXPECT_EQ(zebra.name, "zebra");
  EXPECT_EQ(zebra.provider->name, "bsg");
  ASSERT_EQ(zebra.settings.size(), 3U);
  EXPECT_EQ(zebra.settings[0].name, "time_zone");
  EXPECT_EQ(zebra.settings[1].name, "api_key");
  EXPECT_EQ(zebra.settings[1].value.read().reveal(), "k");
  EXPECT_FALSE(zebra.allow_plain_http);
  auto const& blank = accounts->at(1);
  EXPECT_EQ(blank.name, "with blank");
  EXPECT_TRUE(blank.allow_plain_http);
  ASSERT_EQ(blank.settings.size(), 2U);
  EXPECT_EQ(blank.settings[0].value.describe(), "file dir/secret (empty or unreadable)");
  EXPECT_EQ(accounts->at(2).name, "inline");
}

TEST(AccountFile, EveryMistakeNamesItsPlaceAndTheNearestWord) {
  struct {
    std::string_view text, expected;
  } const cases[] = {
      {"[accounts.a]\nprovider = \"bsg\"\napi_kye = \"v3ry-s3cret\"\n",
       "dir/accounts.toml:3:1: unknown key \"api_kye\"; did you mean \"api_key\"? (account a, provider bsg)"},
      {"[accounts.a]\nprovider = \"bsg\"\nbase-url = \"http://x\"\n",
       "dir/accounts.toml:3:1: unknown key \"base-url\"; did you mean \"base_url\"? (account a, provider "
       "bsg)"},
      {"[accounts.a]\nprovider = \"dexatell\"\n",
       "dir/accounts.toml:2:1: unknown provider \"dexatell\"; did you mean \"dexatel\"?"},
      {"[accounts.a]\nprovider = \"bsg\"\napi_key = { evn = \"KEY\" }\n",
       "dir/accounts.toml:3:13: unknown entry \"evn\"; did you mean \"env\"? (api_key must be a string, "
       "{ env = \"VARIABLE\" } or { file = \"PATH\" })"},
      {"[acounts.a]\nprovider = \"bsg\"\n",
       "dir/accounts.toml:1:2: unknown table \"acounts\"; did you mean \"accounts\"?"},
      {"accounts = 3\n", "dir/accounts.toml:1:1: accounts must be tables: [accounts.NAME]"},
      {"[accounts]\nprovider = \"bsg\"\n",
       "dir/accounts.toml:2:1: \"provider\" is outside an account: put it below an [accounts.NAME] line"},
      {"[accounts.a]\napi_key = \"x\"\n",
       "dir/accounts.toml:1:11: account a has no provider; set provider to one of bsg, dexatel, smsup, "
       "yeastar"},
      {"[accounts.a]\nprovider = 3\n", "dir/accounts.toml:2:1: provider must be a string"},
      {"[accounts.a]\nprovider = \"bsg\"\nallow_plain_http = \"yes\"\n",
       "dir/accounts.toml:3:1: allow_plain_http must be true or false"},
      {"[accounts.a]\nprovider = \"bsg\"\ntimeout = \"soon\"\n",
       "dir/accounts.toml:3:1: timeout: \"soon\" is not a duration such as 500ms, 30s or 2m (more than 0, at "
       "most "
       "24h)"},
      {"[accounts.\"\"]\nprovider = \"bsg\"\n", "dir/accounts.toml:1:11: an account needs a name"},
      {"", "dir/accounts.toml: no accounts; add one as [accounts.NAME]"},
      {"[accounts]\n", "dir/accounts.toml: no accounts; add one as [accounts.NAME]"},
  };
  for (auto const& [text, expected] : cases) EXPECT_EQ(refusal(text), expected) << text;
}

TEST(AccountFile, OtherKindsOfValuesAreRefused) {
  for (auto const* value : {"3", "true", "[\"x\"]", "{}", "{ env = \"A\", file = \"B\" }", "{ env = 3 }",
                            "{ env = \"\" }", "2020-01-01"}) {
    auto const message = refusal("[accounts.a]\nprovider = \"bsg\"\napi_key = " + std::string{value} + "\n");
    EXPECT_TRUE(message.starts_with("dir/accounts.toml:3:")) << message;
    EXPECT_NE(message.find("api_key must be a string, { env = \"VARIABLE\" } or { file = \"PATH\" }"),
              std::string::npos)
        << message;
  }
}

TEST(AccountFile, SyntaxErrorsTellLineAndColumnButNoValue) {
  struct {
    std::string_view text, place;
  } const cases[] = {
      {"[accounts.a]\nprovider \"bsg\"\n", "dir/accounts.toml:2:10: "},
      {"[accounts.a]\nprovider = \"bsg\"\napi_key = v3ry-s3cret\n", "dir/accounts.toml:3:11: "},
      {"[accounts.a]\nprovider = \"bsg\"\napi_key = \"v3ry-s3cret\n", "dir/accounts.toml:3:"},
      {"[accounts.a]\nprovider = \"bsg\"\napi_key = \"v3ry-s3cret\" oops\n", "dir/accounts.toml:3:"},
      {"[accounts.a]\nprovider = \"bsg\"\nprovider = \"v3ry-s3cret\"\n", "dir/accounts.toml:3:"},
      {"[accounts.a]\n[accounts.a]\n", "dir/accounts.toml:2:"},
      {"[accounts.a\n", "dir/accounts.toml:1:"},
      {"\xff\xfe", "dir/accounts.toml:1:"},
  };
  for (auto const& [text, place] : cases) {
    auto const message = refusal(text);
    EXPECT_TRUE(message.starts_with(place)) << message;
    EXPECT_GT(message.size(), place.size());
    EXPECT_EQ(message.find("s3cret"), std::string::npos) << message;
  }
}

TEST(AccountFile, EverySettingOfEveryProviderIsKnown) {
  for (auto const& provider : providers()) {
    auto text = "[accounts.a]\nprovider = \"" + std::string{provider.name} + "\"\n";
    std::vector<std::string_view> names{"base_url", "time_zone", "timeout", "ca_file", "pinned_public_key"};
    for (auto const& setting : provider.settings())
      if (std::find(names.begin(), names.end(), setting.name) == names.end()) names.push_back(setting.name);
    for (auto const& name : names) text += std::string{name} + " = { env = \"X\" }\n";
    EXPECT_EQ(refusal(text), "accepted") << text;
  }
}

TEST(AccountFile, PaceIsNumbers) {
  auto const with = [](std::string const& line) {
    return "[accounts.a]\nprovider = \"bsg\"\n" + line + "\n";
  };
  struct {
    std::string_view text;
    double rate;
  } const rates[] = {{"5", 5}, {"0.001", 0.001}, {"2.5", 2.5}, {"1e4", 10'000}, {"10_000", 10'000}};
  for (auto const& [text, rate] : rates) {
    auto const accounts = read(with("requests_per_second = " + std::string{text}));
    ASSERT_TRUE(accounts) << accounts.error().message;
    EXPECT_EQ(accounts->front().requests_per_second, rate) << text;
    EXPECT_EQ(accounts->front().in_flight, std::nullopt);
  }
  auto const accounts = read(with("in_flight = 1000"));
  ASSERT_TRUE(accounts) << accounts.error().message;
  EXPECT_EQ(accounts->front().in_flight, 1000);
  EXPECT_EQ(accounts->front().requests_per_second, std::nullopt);

  for (auto const* wrong : {"0", "-1", "0.0009", "10000.5", "inf", "nan", "\"5\"", "true", "{ env = \"X\" }"})
    EXPECT_EQ(refusal(with("requests_per_second = " + std::string{wrong})),
              "dir/accounts.toml:3:1: requests_per_second must be a number from 0.001 to 10000")
        << wrong;
  for (auto const* wrong : {"0", "-1", "1001", "4.0", "99999999999", "\"4\"", "true", "[4]"})
    EXPECT_EQ(refusal(with("in_flight = " + std::string{wrong})),
              "dir/accounts.toml:3:1: in_flight must be a whole number from 1 to 1000")
        << wrong;
  EXPECT_TRUE(refusal(with("requests_per_secnd = 5"))
                  .starts_with("dir/accounts.toml:3:1: unknown key \"requests_per_secnd\"; did you mean "
                               "\"requests_per_second\"?"));
}

TEST(Account, RatesAreNeverFasterThanAskedForAndHardlySlower) {
  struct {
    double wanted;
    int requests;
    int milliseconds;
  } const cases[] = {{1, 1, 1000},   {50, 50, 1000},        {10'000, 10'000, 1000}, {0.5, 1, 2000},
                     {2.5, 1, 400},  {0.001, 1, 1'000'000}, {3.3, 1, 304},          {12.5, 2, 160},
                     {0.7, 1, 1429}, {9'999.5, 1000, 101}};
  for (auto const& [wanted, requests, milliseconds] : cases) {
    auto const rate = rate_of(wanted);
    EXPECT_EQ(rate.requests, requests) << wanted;
    EXPECT_EQ(rate.period.count(), milliseconds) << wanted;
    auto const average = 1000.0 * rate.requests / static_cast<double>(rate.period.count());
    EXPECT_LE(average, wanted);
    EXPECT_GE(average, wanted * 0.99);
  }
}

TEST(Account, ItsPaceIsTheClients) {
  auto accounts =
      read("[accounts.a]\nprovider = \"bsg\"\napi_key = \"k\"\nrequests_per_second = 5\nin_flight = 2\n");
  ASSERT_TRUE(accounts) << accounts.error().message;
  auto& account = accounts->front();
  EXPECT_TRUE(connect(account, {}));
  // what the file's reader never lets through is refused by the client itself
  account.in_flight = 5'000;
  auto const crowded = connect(account, {});
  ASSERT_FALSE(crowded);
  EXPECT_NE(crowded.error().message.find("in_flight"), std::string::npos) << crowded.error().message;
  account.in_flight.reset();
  account.requests_per_second = 50'000;
  auto const hasty = connect(account, {});
  ASSERT_FALSE(hasty);
  EXPECT_NE(hasty.error().message.find("RequestRate::requests"), std::string::npos) << hasty.error().message;
}

TEST(Account, AMissingVariableIsNamedWhenTheAccountIsUsed) {
  ::unsetenv("POLYCAMPAIGN_TEST_UNSET");
  auto const accounts =
      read("[accounts.a]\nprovider = \"bsg\"\napi_key = { env = \"POLYCAMPAIGN_TEST_UNSET\" }\n");
  ASSERT_TRUE(accounts);
  EXPECT_EQ(accounts->front().settings[0].value.describe(), "env POLYCAMPAIGN_TEST_UNSET (not set)");
  auto const client = connect(accounts->front(), {});
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().code, ErrorCode::configuration);
  EXPECT_EQ(client.error().provider, "bsg");
  EXPECT_NE(client.error().message.find("api_key"), std::string::npos);
  EXPECT_NE(client.error().message.find("POLYCAMPAIGN_TEST_UNSET"), std::string::npos);
}

TEST(Account, CommonSettingsThatAProviderHasNoUseForAreAccepted) {
  auto const accounts = read(
      "[accounts.a]\nprovider = \"yeastar\"\nbase_url = \"http://127.0.0.1:1\"\nclient_id = \"i\"\n"
      "client_secret = \"s\"\ntime_zone = \"Europe/Paris\"\ntimeout = \"2s\"\n");
  ASSERT_TRUE(accounts);
  auto const client = connect(accounts->front(), {});
  EXPECT_TRUE(client) << client.error().message;
}

TEST(Account, AWrongTimeoutFromTheEnvironmentIsToldAtUse) {
  ::setenv("POLYCAMPAIGN_TEST_TIMEOUT", "never", 1);
  auto const accounts = read(
      "[accounts.a]\nprovider = \"bsg\"\napi_key = \"k\"\ntimeout = { env = \"POLYCAMPAIGN_TEST_TIMEOUT\" "
      "}\n");
  ASSERT_TRUE(accounts);
  auto const client = connect(accounts->front(), {});
  ASSERT_FALSE(client);
  EXPECT_TRUE(client.error().message.starts_with("timeout: ")) << client.error().message;
}

TEST(Account, ChoosingKeepsTheFilesOrderAndKnowsTheNearestName) {
  auto const accounts = read(
      "[accounts.one]\nprovider = \"bsg\"\n[accounts.two]\nprovider = \"bsg\"\n[accounts.three]\nprovider = "
      "\"bsg\"\n");
  ASSERT_TRUE(accounts);
  EXPECT_EQ(choose(*accounts, {}).value().size(), 3U);
  auto const chosen = choose(*accounts, {"three", "one", "three"}).value();
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0]->name, "one");
  EXPECT_EQ(chosen[1]->name, "three");
  auto const wrong = choose(*accounts, {"one", "twoo"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message, "unknown account \"twoo\"; did you mean \"two\"?");
}

}  // namespace
}  // namespace polycampaign::inline v1::command
