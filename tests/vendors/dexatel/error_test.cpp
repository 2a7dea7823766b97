#include "vendors/dexatel/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

/// The error of a list and of a detail that are answered so; they must be alike.
Error error_of(HttpResponse const& response) {
  auto const list = read_page(response);
  EXPECT_FALSE(list) << response.body;
  auto const adapter = dexatel_vendor();
  ScriptedConversation conversation{{{"GET https://api.dexatel.com/v1/campaigns/1", response}}};
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

std::string errors(std::string const& code, std::string const& message = "No luck") {
  return R"({"errors":[{"timestamp":"2025-02-20 08:15:30","path":"/v1/campaigns","method":"GET","status":400,)"
         R"("message":")" +
         message + R"(","code":)" + code + "}]}";
}

TEST(DexatelError, TakesTheStatusOfTheBodyWhereNothingSaysMore) {
  struct {
    int http;
    std::string entry;
    ErrorCode meaning;
    bool transient = false;
  } const rows[] = {
      {200, R"({"status":401})", ErrorCode::unauthenticated},
      {200, R"({"status":403,"code":1705})", ErrorCode::permission_denied},
      {200, R"({"status":"403"})", ErrorCode::permission_denied},
      {200, R"({"status":404})", ErrorCode::not_found},
      {200, R"({"status":429,"code":1705})", ErrorCode::rate_limited, true},
      {200, R"({"status":500})", ErrorCode::unavailable, true},
      {200, R"({"status":503,"code":"2000"})", ErrorCode::unavailable, true},
      // a code with a meaning of its own, or HTTP's own status, says more
      {200, R"({"status":500,"code":1601})", ErrorCode::not_found},
      {403, R"({"status":429})", ErrorCode::permission_denied},
      {429, R"({"status":403})", ErrorCode::rate_limited, true},
      // what is no status of an error
      {200, R"({"status":200,"code":7})", ErrorCode::rejected},
      {200, R"({"status":"failed"})", ErrorCode::rejected},
      {200, R"({"status":4290})", ErrorCode::rejected},
      {200, R"({"status":null})", ErrorCode::rejected},
      {200, R"({"status":403,"status":429})", ErrorCode::rate_limited, true},
  };
  for (auto const& row : rows)
    for (std::string const form :
         {"[x]", "x", R"({"3":x})", R"([],"errors":[x,{"status":404,"code":1601}])"}) {
      auto list = form;
      list.replace(list.find('x'), 1, row.entry);
      auto const error = error_of(answer(R"({"errors":)" + list + "}", row.http));
      EXPECT_EQ(error.code, row.meaning) << row.http << list;
      EXPECT_EQ(error.transient, row.transient) << row.http << list;
      EXPECT_EQ(error.http_status, row.http) << list;
      EXPECT_EQ(error.effect, Effect::none) << list;
    }
}

TEST(DexatelError, RefinesTheHttpStatusByTheCode) {
  struct {
    int http;
    std::string code;
    ErrorCode meaning;
    bool transient = false;
  } const rows[] = {
      {401, "1101", ErrorCode::unauthenticated},
      {400, "1101", ErrorCode::unauthenticated},
      {404, "1601", ErrorCode::not_found},
      {400, "1601", ErrorCode::not_found},
      {200, "1601", ErrorCode::not_found},
      {400, "1611", ErrorCode::conflict},
      {400, "1612", ErrorCode::conflict},
      {400, "1524", ErrorCode::permission_denied},
      {400, "1525", ErrorCode::permission_denied},
      {400, "1005", ErrorCode::invalid_argument},
      {400, "1602", ErrorCode::invalid_argument},
      {200, "1602", ErrorCode::invalid_argument},
      {200, "1999", ErrorCode::invalid_argument},
      {412, "1603", ErrorCode::invalid_argument},
      // HTTP says more than a code without a name of its own
      {409, "1309", ErrorCode::conflict},
      {404, "1602", ErrorCode::not_found},
      {403, "1402", ErrorCode::permission_denied},
      {401, "1102", ErrorCode::unauthenticated},
      // other codes stay generic: then the status that the entry repeats says what it is
      {400, "7", ErrorCode::invalid_argument},
      {404, "2601", ErrorCode::not_found},
      {200, "2000", ErrorCode::invalid_argument},
      {200, "-1", ErrorCode::invalid_argument},
      // an overload or a broken server is that whatever the body says
      {429, "1601", ErrorCode::rate_limited, true},
      {503, "1601", ErrorCode::unavailable, true},
      {500, "1005", ErrorCode::unavailable, true},
  };
  for (auto const& row : rows)
    for (auto const& code : {row.code, '"' + row.code + '"'}) {
      auto const error = error_of(answer(errors(code), row.http));
      EXPECT_EQ(error.code, row.meaning) << row.http << ' ' << code;
      EXPECT_EQ(error.transient, row.transient) << row.http << ' ' << code;
      EXPECT_EQ(error.vendor_code, row.code);
      EXPECT_NE(error.message.find("No luck"), std::string::npos) << error.message;
    }
}

TEST(DexatelError, ReadsThePublishedForms) {
  auto const missing = error_of(answer(data_file("dexatel/error_not_found.reconstructed.json"), 404));
  EXPECT_EQ(missing.code, ErrorCode::not_found);
  EXPECT_EQ(missing.vendor_code, "1601");
  EXPECT_NE(missing.message.find("Campaign is not found"), std::string::npos);

  // the first decides, all are told with their codes
  auto const invalid = error_of(answer(data_file("dexatel/error_validation.reconstructed.json"), 400));
  EXPECT_EQ(invalid.code, ErrorCode::invalid_argument);
  EXPECT_EQ(invalid.vendor_code, "1603");
  for (auto const* part : {"'data.from' is required", "1603", "'data.audience' is required", "1605"})
    EXPECT_NE(invalid.message.find(part), std::string::npos) << invalid.message;
}

TEST(DexatelError, LetsTheFirstErrorDecide) {
  auto const error = error_of(answer(
      R"({"errors":[{"message":"a","code":1601},{"message":"b","code":1101},"c",{"message":"d"}]})", 200));
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_EQ(error.vendor_code, "1601");
  EXPECT_NE(error.message.find("b (code 1101); c; d"), std::string::npos) << error.message;
  // one without a code does not hand the decision on
  auto const nameless = error_of(answer(R"({"errors":[{"message":"a"},{"message":"b","code":1101}]})", 400));
  EXPECT_EQ(nameless.code, ErrorCode::invalid_argument);
  EXPECT_EQ(nameless.vendor_code, "");
}

TEST(DexatelError, ReadsTheFormsThatClientsKnow) {
  struct {
    std::string body;
    std::string words;
    std::string code{};
  } const rows[] = {
      {R"({"message":"out of order"})", "out of order"},
      {R"({"error":"out of order"})", "out of order"},
      {R"({"error":{"message":"out of order","code":1101}})", "out of order", "1101"},
      {R"({"message":"out of order","code":1101})", "out of order", "1101"},
      {R"({"errors":{"message":"out of order","code":"1101"}})", "out of order", "1101"},
      {R"({"errors":"out of order"})", "out of order"},
      {R"({"errors":["out of order"]})", "out of order"},
      {R"({"errors":[],"message":"out of order"})", "out of order"},
  };
  for (auto const& row : rows) {
    auto const error = error_of(answer(row.body));
    EXPECT_EQ(error.code, row.code.empty() ? ErrorCode::rejected : ErrorCode::unauthenticated) << row.body;
    EXPECT_EQ(error.vendor_code, row.code) << row.body;
    EXPECT_NE(error.message.find(row.words), std::string::npos) << row.body;
    EXPECT_EQ(error_of(answer(row.body, 503)).code, ErrorCode::unavailable) << row.body;
  }
}

TEST(DexatelError, BelievesErrorsBesideData) {
  EXPECT_EQ(error_of(answer(R"({"data":[],"errors":[{"message":"x","code":1101}]})")).code,
            ErrorCode::unauthenticated);
  // a message beside data is none
  EXPECT_TRUE(read_page(answer(R"({"data":[],"message":"fine"})")));
}

TEST(DexatelError, ClassifiesByHttpWhatHasNoReadableBody) {
  struct {
    int http;
    ErrorCode code;
    bool transient = false;
  } const rows[] = {
      {200, ErrorCode::protocol},           {204, ErrorCode::protocol},
      {302, ErrorCode::protocol},           {400, ErrorCode::invalid_argument},
      {401, ErrorCode::unauthenticated},    {403, ErrorCode::permission_denied},
      {404, ErrorCode::not_found},          {405, ErrorCode::invalid_argument},
      {409, ErrorCode::conflict},           {415, ErrorCode::invalid_argument},
      {429, ErrorCode::rate_limited, true}, {500, ErrorCode::unavailable, true},
      {502, ErrorCode::unavailable, true},
  };
  for (auto const& row : rows)
    for (std::string const body : {"", " ", "<html><body>502</body></html>", "{}", "[]", "null",
                                   R"({"data":7})", R"({"pagination":{}})", R"({"errors":[]})"}) {
      auto const error = error_of(answer(body, row.http));
      EXPECT_EQ(error.code, row.code) << row.http << ' ' << body;
      EXPECT_EQ(error.transient, row.transient) << row.http << ' ' << body;
      EXPECT_EQ(error.vendor_code, "");
      EXPECT_FALSE(error.message.empty());
    }
  EXPECT_EQ(error_of(answer(R"({"data":[{"id":"1"}]})", 500)).code, ErrorCode::unavailable);
}

TEST(DexatelError, GivesNothingOfADamagedPage) {
  for (std::string const body : {R"({"data":[{"id":"1"},{"id":"2")", R"({"data":[{"id":"1"}],})",
                                 R"({"data":[{"id":"1"}]} trailing)", "{\"data\":[{\"id\":\"\xff\"}]}"})
    EXPECT_EQ(error_of(answer(body)).code, ErrorCode::protocol) << body;
}

TEST(DexatelError, MasksPhoneNumbersAndStaysShort) {
  auto const error = error_of(answer(errors("1523", "invalid recipient 37499000001"), 400));
  EXPECT_EQ(error.message.find("37499000001"), std::string::npos) << error.message;
  std::string many = R"({"errors":[{"message":"first"})";
  for (int i = 0; i < 1000; ++i) many += R"(,{"message":"again and again","code":1523})";
  EXPECT_LT(error_of(answer(many + "]}", 400)).message.size(), 4000U);
}

TEST(DexatelError, HandsOnTheWaitThatTheVendorAsksFor) {
  using namespace std::chrono_literals;
  EXPECT_EQ(error_of(answer("", 429, {{"Retry-After", "7"}})).retry_after, 7s);
  EXPECT_EQ(error_of(answer(errors("7"), 429, {{"Retry-After", "7"}})).retry_after, 7s);
  EXPECT_FALSE(error_of(answer("", 429)).retry_after);
}

}
}
