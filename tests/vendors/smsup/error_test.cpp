#include "vendors/smsup/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

/// The error of a list and of a detail that are answered so; they must be alike.
Error error_of(HttpResponse const& response) {
  auto const list = read_page(response);
  EXPECT_FALSE(list) << response.body;
  auto const adapter = smsup_vendor();
  ScriptedConversation conversation{{{"GET https://api.smsup.ch/campaign/1", response}}};
  auto const detail = adapter->call(GetCampaign{.id = "1"}, conversation);
  EXPECT_FALSE(detail) << response.body;
  if (list || detail) return {};
  EXPECT_EQ(list.error().code, detail.error().code) << response.body;
  EXPECT_EQ(list.error().message, detail.error().message) << response.body;
  EXPECT_EQ(list.error().effect, Effect::none);
  EXPECT_EQ(detail.error().effect, Effect::none);
  EXPECT_EQ(list.error().http_status, response.status);
  return list.error();
}

TEST(SmsupError, MapsEveryDocumentedCodeInBothForms) {
  struct {
    int status;
    ErrorCode code;
    bool transient = false;
  } const rows[] = {
      {-1, ErrorCode::unauthenticated},
      {-2, ErrorCode::invalid_argument},
      {-3, ErrorCode::insufficient_funds},
      {-4, ErrorCode::invalid_argument},
      {-5, ErrorCode::not_found},
      {-6, ErrorCode::invalid_argument},
      {-7, ErrorCode::invalid_argument},
      {-99, ErrorCode::unavailable, true},
      // of the calls that send a success, of a read without any record a no like others
      {-8, ErrorCode::rejected},
      {-42, ErrorCode::rejected},
      {0, ErrorCode::rejected},
      {2, ErrorCode::rejected},
  };
  for (auto const& row : rows) {
    auto const digits = std::to_string(row.status);
    for (auto const& body : {
             R"({"status":)" + digits + R"(,"message":"No luck","details":"the reason"})",
             R"({"status":")" + digits + R"(","message":"No luck","details":["the reason"]})",
             "<response><status>" + digits +
                 "</status><message>No luck</message><details>the reason</details></response>",
         }) {
      auto const error = error_of(answer(body));
      EXPECT_EQ(error.code, row.code) << body;
      EXPECT_EQ(error.transient, row.transient) << body;
      EXPECT_EQ(error.vendor_code, digits) << body;
      EXPECT_NE(error.message.find("No luck"), std::string::npos) << error.message;
      EXPECT_NE(error.message.find("the reason"), std::string::npos) << error.message;
    }
  }
}

TEST(SmsupError, BelievesTheBodyBeforeTheHttpStatus) {
  struct {
    int http;
    std::string body;
    ErrorCode code;
    std::string vendor_code;
    bool transient = false;
  } const rows[] = {
      {401, R"({"status":-1,"message":"x"})", ErrorCode::unauthenticated, "-1"},
      {404, R"({"status":-5,"message":"x"})", ErrorCode::not_found, "-5"},
      {500, R"({"status":-5,"message":"x"})", ErrorCode::not_found, "-5"},
      {500, R"({"status":-99,"message":"x"})", ErrorCode::unavailable, "-99", true},
      // a code without a meaning: by the HTTP status
      {403, R"({"status":-42,"message":"x"})", ErrorCode::permission_denied, "-42"},
      {503, R"({"status":-42,"message":"x"})", ErrorCode::unavailable, "-42", true},
      // an OK that came with a refusal
      {500, R"({"status":1,"campaigns":[{"id":"1"}],"campaign":[{"id":"1"}]})", ErrorCode::unavailable, "",
       true},
      {404, "{}", ErrorCode::not_found, ""},
  };
  for (auto const& row : rows) {
    auto const error = error_of(answer(row.body, row.http));
    EXPECT_EQ(error.code, row.code) << row.http << row.body;
    EXPECT_EQ(error.vendor_code, row.vendor_code) << row.http << row.body;
    EXPECT_EQ(error.transient, row.transient) << row.http << row.body;
  }
}

TEST(SmsupError, ClassifiesByHttpWhatHasNoReadableBody) {
  struct {
    int http;
    ErrorCode code;
    bool transient = false;
  } const rows[] = {
      {200, ErrorCode::protocol},           {302, ErrorCode::protocol},
      {400, ErrorCode::invalid_argument},   {401, ErrorCode::unauthenticated},
      {403, ErrorCode::permission_denied},  {404, ErrorCode::not_found},
      {409, ErrorCode::conflict},           {418, ErrorCode::invalid_argument},
      {429, ErrorCode::rate_limited, true}, {500, ErrorCode::unavailable, true},
      {502, ErrorCode::unavailable, true},  {503, ErrorCode::unavailable, true},
  };
  for (auto const& row : rows)
    for (std::string const body :
         {"", "   ", "Bad gateway", "<html><body>Bad gateway</body></html>",
          "<!DOCTYPE html><html><head></head></html>", "<html><p>not closed", "[]", "null"}) {
      auto const error = error_of(answer(body, row.http));
      EXPECT_EQ(error.code, row.code) << row.http << ' ' << body;
      EXPECT_EQ(error.transient, row.transient) << row.http << ' ' << body;
      EXPECT_EQ(error.vendor_code, "") << row.http << ' ' << body;
    }
}

TEST(SmsupError, GivesNothingOfADamagedPage) {
  for (std::string const body : {
           R"({"status":1,"campaigns":[{"id":"1"},{"id":"2")",
           R"({"status":1,"campaigns":[{"id":"1"}],})",
           R"({"status":1,"campaigns":[{"id":"1"}]} <br />)",
           "{\"status\":1,\"campaigns\":[{\"id\":\"1\",\"text\":\"\xff\"}]}",
           "<response><campaign><id>1</id></campaign>",
           "<response><campaign><id>1</campaign></id></response>",
           "<response><campaign><id>1</id></campaign></response><br />",
           "<response><campaign><id>\xff</id></campaign></response>",
       }) {
    auto const error = error_of(answer(body));
    EXPECT_EQ(error.code, ErrorCode::protocol) << body;
    EXPECT_FALSE(error.transient) << body;
  }
}

TEST(SmsupError, KnowsAnErrorTextWithoutAStatus) {
  for (std::string const body :
       {R"({"error":"token expired"})", R"({"error":"token expired","campaigns":[]})",
        "<response><error>token expired</error></response>"}) {
    auto const error = error_of(answer(body));
    EXPECT_EQ(error.code, ErrorCode::rejected) << body;
    EXPECT_NE(error.message.find("token expired"), std::string::npos) << body;
  }
  EXPECT_EQ(error_of(answer(R"({"error":"token expired"})", 401)).code, ErrorCode::unauthenticated);
}

TEST(SmsupError, TakesACampaignsErrorCounterForNoError) {
  auto const page = read_page(answer("<response><campaign><id>1</id><error>5</error></campaign></response>"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->items.at(0).statistics.failed, 5);
  auto const json = read_page(answer(R"({"campaigns":[{"id":"1","error":"5"}]})"));
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(json->items.at(0).statistics.failed, 5);
}

TEST(SmsupError, TakesRecordsUnderAnUnlistedStatusWithANote) {
  for (std::string const status : {"0", "2", "-8"}) {
    auto const page = read_page(answer(R"({"status":)" + status + R"(,"campaigns":[{"id":"1"}]})"));
    ASSERT_TRUE(page) << status;
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items[0].notes.size(), 1U) << status;
    // the call's status says nothing of the campaign's
    EXPECT_EQ(page->items[0].status, CampaignStatus{}) << status;
  }
  EXPECT_FALSE(read_page(answer(R"({"status":-7,"campaigns":[{"id":"1"}]})")));
}

TEST(SmsupError, MasksPhoneNumbersInTheVendorsWords) {
  auto const error = error_of(
      answer(R"({"status":-7,"message":"bad number +41790000001","details":"41 79 000 00 02 too"})"));
  EXPECT_EQ(error.message.find("790000001"), std::string::npos) << error.message;
  EXPECT_EQ(error.message.find("79 000 00"), std::string::npos) << error.message;
  EXPECT_NE(error.message.find("bad number"), std::string::npos) << error.message;
}

TEST(SmsupError, SaysSomethingWhenTheVendorDoesNot) {
  EXPECT_FALSE(error_of(answer(R"({"status":-7})")).message.empty());
  EXPECT_FALSE(error_of(answer("<html/>")).message.empty());
}

TEST(SmsupError, HandsOnTheWaitThatTheVendorAsksFor) {
  using namespace std::chrono_literals;
  EXPECT_EQ(error_of(answer("", 429, {{"Retry-After", "7"}})).retry_after, 7s);
  EXPECT_EQ(error_of(answer(R"({"status":-99,"message":"x"})", 200, {{"Retry-After", "7"}})).retry_after, 7s);
  EXPECT_EQ(error_of(answer(R"({"status":-99,"message":"x"})", 503, {{"Retry-After", "7"}})).retry_after, 7s);
  EXPECT_FALSE(error_of(answer("", 429)).retry_after);
}

}
}
