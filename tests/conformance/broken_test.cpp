// Mistakes in calls, errors, credentials and claims, and the checks that find them.
#include "conformance/broken.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string>

namespace polycampaign::test {
namespace {

using protocol::Call;
using protocol::Exchange;
using protocol::Token;
using ErrorChange = std::function<void(Error&, HttpResponse const&, std::string_view)>;

ErrorChange recoding(ErrorCode from, ErrorCode to) {
  return [=](Error& error, HttpResponse const&, std::string_view) {
    if (error.code == from) error.code = to;
  };
}

/// A log-in whose errors are changed.
std::function<void(Exchange<Token>&)> logging_in(void (*change)(Error&, HttpResponse const&)) {
  return [=](Exchange<Token>& exchange) {
    exchange.decode = [decode = std::move(exchange.decode), change](HttpResponse response) -> Result<Token> {
      auto token = decode(response);
      if (!token) change(token.error(), response);
      return token;
    };
  };
}

constexpr std::array unproven{
    FieldSupport{Field::created_at, Support::native, Support::native, ""},
    FieldSupport{Field::created_at, Support::native, Support::native, "twice"},
};

Result<std::vector<Campaign>> decode_less(Document document, std::string body, DecodeOptions const& options) {
  auto campaigns = find_provider("dexatel")->decode(document, std::move(body), options);
  if (campaigns && !campaigns->empty()) campaigns->pop_back();
  return campaigns;
}

Result<std::vector<Campaign>> decode_nothing(Document, std::string, DecodeOptions const&) {
  throw std::runtime_error{"out of luck"};
}

Mistake const call_mistakes[] = {
    // ids
    {"cuts_odd_ids",
     "dexatel",
     {"ids"},
     {.id = [](std::string& id) { id = id.substr(0, id.find_first_of("?&#")); }}},
    {"escapes_nothing",
     "smsup",
     {"ids", "details"},
     {.call =
          [](Call& call, std::string_view) {
            // as if the id stood there as it came
            for (auto at = call.request.url.find("%2F"); at != std::string::npos;
                 at = call.request.url.find("%2F"))
              call.request.url.replace(at, 3, "/");
          },
      .got =
          [](Result<Campaign>& campaign) {
            if (campaign)
              campaign = Error{.code = ErrorCode::not_found, .provider = "smsup", .message = "no"};
          }}},
    {"answers_with_another_campaign",
     "dexatel",
     {"details", "truth"},
     {.got =
          [](Result<Campaign>& campaign) {
            if (campaign) campaign->id += "0";
          }}},
    {"takes_whichever_record_comes", "dexatel", {"ids"}, {.takes_first_record = true}},
    {"makes_a_campaign_of_one_that_is_gone",
     "dexatel",
     {"ids"},
     {.got =
          [](Result<Campaign>& campaign) {
            if (!campaign && campaign.error().code == ErrorCode::not_found)
              campaign = Campaign{.provider = "dexatel"};
          }}},
    {"reports_unavailable_for_an_unknown_id",
     "dexatel",
     {"ids"},
     {.error = recoding(ErrorCode::not_found, ErrorCode::unavailable)}},

    // errors
    {"forgets_how_long_to_wait",
     "dexatel",
     {"damaged answers"},
     {.error = [](Error& error, HttpResponse const&, std::string_view) { error.retry_after.reset(); }}},
    {"invents_a_wait",
     "dexatel",
     {"damaged answers"},
     {.error =
          [](Error& error, HttpResponse const&, std::string_view) {
            if (!error.retry_after) error.retry_after.emplace(1000);
          }}},
    {"gives_up_what_would_pass",
     "dexatel",
     {"damaged answers"},
     {.error = [](Error& error, HttpResponse const&, std::string_view) { error.transient = false; }}},
    {"retries_what_will_not_pass",
     "smsup",
     {"damaged answers"},
     {.error = [](Error& error, HttpResponse const&, std::string_view) { error.transient = true; }}},
    {"forgets_the_status",
     "smsup",
     {"damaged answers"},
     {.error = [](Error& error, HttpResponse const&, std::string_view) { error.http_status = 0; }}},
    {"takes_a_broken_server_for_a_refusal",
     "dexatel",
     {"damaged answers"},
     {.error = recoding(ErrorCode::unavailable, ErrorCode::rejected)}},
    {"says_that_a_failed_log_in_did_nothing",
     "bsg",
     {"damaged answers"},
     {.log_in = logging_in([](Error& error, HttpResponse const&) { error.effect = Effect::none; })}},
    {"says_that_a_refused_log_in_may_have_done_something",
     "bsg",
     {"damaged answers"},
     {.log_in = logging_in([](Error& error, HttpResponse const&) { error.effect = Effect::unknown; })}},
    {"takes_a_broken_log_in_for_a_wrong_credential",
     "yeastar",
     {"damaged answers"},
     {.log_in =
          logging_in([](Error& error, HttpResponse const&) { error.code = ErrorCode::unauthenticated; })}},
    {"sees_no_fault",
     "dexatel",
     {"damaged answers"},
     {.got =
          [](Result<Campaign>& campaign) {
            if (!campaign && campaign.error().code == ErrorCode::protocol)
              campaign = Campaign{.provider = "dexatel"};
          }}},

    // credentials
    {"says_forbidden_for_a_wrong_key",
     "dexatel",
     {"credentials"},
     {.error = recoding(ErrorCode::unauthenticated, ErrorCode::permission_denied)}},
    {"never_sees_that_a_token_has_ended",
     "bsg",
     {"sessions"},
     {.error = recoding(ErrorCode::unauthenticated, ErrorCode::rejected)}},
    {"names_no_secret", "dexatel", {"secrets"}, {.tells_no_secret = true}},
    {"names_no_secret_of_a_log_in", "yeastar", {"secrets"}, {.tells_no_secret = true}},
    {"takes_a_key_that_ends_its_header",
     "dexatel",
     {"secrets"},
     {.sign =
          [](HttpRequest& request) {
            request.headers.push_back({"X-Key", "key\r\nX-Planted: 1"});
          },
      .settings =
          [](Settings& settings) {
            if (auto const key = settings.find("api_key");
                key->second.reveal().find('\n') != std::string_view::npos)
              key->second = Secret{"good"};
          }}},
    {"takes_a_token_that_ends_its_header",
     "bsg",
     {"secrets"},
     {.log_in =
          [](Exchange<Token>& exchange) {
            exchange.decode = [](HttpResponse) -> Result<Token> {
              return Token{.access = Secret{"token\r\nX-Planted: 1"}};
            };
          }}},
    {"quotes_refusals_raw",
     "dexatel",
     {"secrets"},
     {.error = [](Error& error, HttpResponse const& response,
                  std::string_view) { error.message = response.body; }}},
    {"quotes_phone_numbers",
     "smsup",
     {"secrets"},
     {.error =
          [](Error& error, HttpResponse const& response, std::string_view) {
            error.message = response.body.substr(response.body.find("no: "), 30);
          }}},
    {"leaks_the_key",
     "dexatel",
     {"privacy"},
     {.error = [](Error& error, HttpResponse const&,
                  std::string_view key) { error.message.append(" of ").append(key); },
      .tells_no_secret = true}},
    {"leaks_the_key_into_events",
     "dexatel",
     {"privacy"},
     {.call = [](Call& call, std::string_view key) { call.operation = key; }, .tells_no_secret = true}},

    // what a call does
    {"declares_a_read_as_sending",
     "dexatel",
     {"actions"},
     {.call = [](Call& call, std::string_view) { call.request.action = Action::sends; }}},
    {"declares_a_log_in_as_a_write",
     "bsg",
     {"actions"},
     {.log_in = [](Exchange<Token>& exchange) { exchange.call.request.action = Action::write; }}},
    {"asks_elsewhere",
     "dexatel",
     {"actions"},
     {.call = [](Call& call, std::string_view) { call.request.url.replace(0, 8, "http://x."); }}},

    // claims
    {"claims_without_evidence",
     "dexatel",
     {"capabilities"},
     {.capabilities =
          [](Capabilities& c) {
            c.fields = unproven;
            c.default_page_size = c.max_page_size + 1;
          }}},
    {"takes_unknown_settings",
     "dexatel",
     {"settings"},
     {.settings = [](Settings& settings) { settings.erase("no_such_setting"); }}},
    {"decodes_otherwise", "dexatel", {"decode"}, {.decode = &decode_less}},
    {"throws", "dexatel", {"decode"}, {.decode = &decode_nothing}},
};

class CallMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(CallMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, CallMistakes, ::testing::ValuesIn(call_mistakes),
                         [](auto const& one) { return one.param.name; });

TEST(Conformance, AProviderWithoutFunctionsIsAFinding) {
  auto provider = *find_provider("dexatel");
  provider.decode = nullptr;
  auto const findings =
      testing::check_adapter({.provider = provider, .simulator = *testing::find_simulated_vendor("dexatel")});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_string(findings.front()),
            "capabilities: expected a provider with all of its functions; seen a function that is null");
}

TEST(Conformance, EachCheckTellsTenFindingsAtMost) {
  static Mistake const mistake{
      .name = "invents", .adapter = "dexatel", .faults = {.campaign = [](Campaign& c, std::string const&) {
                                                 c.statistics.delivered = 7;
                                                 c.name = "x";
                                               }}};
  std::map<std::string, int> counts;
  for (auto const& finding : testing::check_adapter(
           {.provider = broken(mistake), .simulator = *testing::find_simulated_vendor("dexatel")}))
    ++counts[finding.check];
  auto const names = testing::conformance_checks();
  EXPECT_EQ(counts["truth"], 10);
  for (auto const& [check, count] : counts) {
    EXPECT_LE(count, 10) << check;
    EXPECT_NE(std::ranges::find(names, check), names.end()) << check;
  }
}

TEST(Conformance, RunsTheChecksThatAreNamed) {
  static Mistake const mistake{
      .name = "invents", .adapter = "dexatel", .faults = {.campaign = [](Campaign& c, std::string const&) {
                                                 c.statistics.delivered = 7;
                                               }}};
  testing::ConformanceOptions options{.provider = broken(mistake),
                                      .simulator = *testing::find_simulated_vendor("dexatel"),
                                      .checks = {"actions"}};
  EXPECT_TRUE(testing::check_adapter(options).empty());
  options.checks = {"actions", "truth"};
  for (auto const& finding : testing::check_adapter(options)) EXPECT_EQ(finding.check, "truth");
}

}  // namespace
}  // namespace polycampaign::test
