#include "vendors/bsg/fixture.hpp"

namespace polycampaign::inline v1::bsg {
namespace {

Result<protocol::ListPage<Campaign>> decode_list(std::string body, int status = 200,
                                                 std::vector<Header> headers = {}) {
  auto const held = adapter();
  auto const query = list_query();
  return test::first_page(*held, query)->decode(answer(std::move(body), status, std::move(headers)));
}

struct Refused {
  int status;
  std::string body;
  ErrorCode code;
  bool transient;
  std::string vendor_code;
};

TEST(BsgError, EveryWayToSayNoIsUnderstood) {
  for (auto const& [status, body, code, transient, vendor_code] : {
           // the HTTP status, with the bodies that BSG documents and without
           Refused{401, R"({"code":401,"message":"Expired JWT Token"})", ErrorCode::unauthenticated, false,
                   "401"},
           Refused{401, "", ErrorCode::unauthenticated, false, ""},
           Refused{403, R"({"code":403,"message":"x"})", ErrorCode::permission_denied, false, "403"},
           Refused{404, R"({"message":"x"})", ErrorCode::not_found, false, ""},
           Refused{409, "{}", ErrorCode::conflict, false, ""},
           Refused{422, R"({"message":"x","errors":[]})", ErrorCode::invalid_argument, false, ""},
           Refused{400, R"({"message":"x"})", ErrorCode::invalid_argument, false, ""},
           Refused{429, R"({"message":"Too many duplicate request detected"})", ErrorCode::rate_limited, true,
                   ""},
           Refused{500, "<html>", ErrorCode::unavailable, true, ""},
           Refused{503, R"({"data":[]})", ErrorCode::unavailable, true, ""},
           Refused{302, "", ErrorCode::protocol, false, ""},
           // a code in the body of a success; 401 whatever the status
           Refused{200, R"({"code":401,"message":"JWT Token not found"})", ErrorCode::unauthenticated, false,
                   "401"},
           Refused{200, R"({"code":"403","message":"x"})", ErrorCode::permission_denied, false, "403"},
           Refused{200, R"({"code":500,"message":"x"})", ErrorCode::unavailable, true, "500"},
           Refused{400, R"({"code":401,"message":"Invalid JWT Token"})", ErrorCode::unauthenticated, false,
                   "401"},
           // the older API's error
           Refused{200, R"({"error":8,"errorDescription":"no funds"})", ErrorCode::rejected, false, "8"},
           Refused{200, R"({"error":"30","errorDescription":"task not found"})", ErrorCode::rejected, false,
                   "30"},
           Refused{200, R"({"error":"Unauthorized"})", ErrorCode::rejected, false, "Unauthorized"},
           Refused{200, R"({"error":true})", ErrorCode::rejected, false, "true"},
           Refused{200, R"({"error":{"x":1}})", ErrorCode::rejected, false, ""},
           Refused{500, R"({"error":5})", ErrorCode::unavailable, true, "5"},
           // no content
           Refused{200, R"({"message":"nothing for you"})", ErrorCode::rejected, false, ""},
           Refused{200, "{}", ErrorCode::protocol, false, ""},
           Refused{200, R"({"data":null,"message":"none"})", ErrorCode::rejected, false, ""},
           Refused{200, R"({"data":{"campaigns":[{"id":1}]}})", ErrorCode::protocol, false, ""},
           Refused{200, R"({"data":{"balance":-50.25,"currency":"EUR","credit":125}})", ErrorCode::protocol,
                   false, ""},
           Refused{200, R"({"data":[0,null,"x",[],{}]})", ErrorCode::protocol, false, ""},
           Refused{200, R"({"data":[{"name":"a"},{"name":"b"}]})", ErrorCode::protocol, false, ""},
           Refused{200, R"({"data":[[{"id":1}]]})", ErrorCode::protocol, false, ""},
           Refused{200, R"({"code":200,"code":401,"message":"x"})", ErrorCode::unauthenticated, false, "401"},
           Refused{200, R"({"data":"x"})", ErrorCode::protocol, false, ""},
           Refused{200, R"({"error":0})", ErrorCode::protocol, false, ""},
           Refused{200, "", ErrorCode::protocol, false, ""},
           Refused{200, "<!DOCTYPE html>", ErrorCode::protocol, false, ""},
           Refused{200, "5", ErrorCode::protocol, false, ""},
       }) {
    auto const page = decode_list(body, status);
    ASSERT_FALSE(page) << status << body;
    EXPECT_EQ(page.error().code, code) << status << body;
    EXPECT_EQ(page.error().transient, transient) << status << body;
    EXPECT_EQ(page.error().effect, Effect::none) << status << body;
    EXPECT_EQ(page.error().http_status, status) << body;
    EXPECT_EQ(page.error().vendor_code, vendor_code) << status << body;
    EXPECT_FALSE(page.error().message.empty()) << status << body;
  }
}

TEST(BsgError, AnErrorOfZeroIsNone) {
  EXPECT_TRUE(decode_list(R"({"error":0,"data":[]})"));
  EXPECT_TRUE(decode_list(R"({"error":"0","data":[]})"));
  EXPECT_TRUE(decode_list(R"({"error":null,"data":[]})"));
  EXPECT_TRUE(decode_list(R"({"error":false,"data":[]})"));
  EXPECT_TRUE(decode_list(R"({"code":200,"data":[]})"));
}

struct Worded {
  std::string body;
  std::string holds;
};

TEST(BsgError, TheVendorsWordsAreKeptInAllShapesOfErrors) {
  for (auto const& [body, holds] : {
           Worded{R"({"message":"Invalid campaign status","errors":[]})", "Invalid campaign status"},
           Worded{R"({"message":"m","errors":{"messages0phone":["too long","too odd"]}})",
                  "m; messages0phone: too long, too odd"},
           Worded{R"({"message":"m","errors":{"sender":"bad"}})", "m; sender: bad"},
           Worded{R"({"message":"m","errors":["one","two"]})", "m; one; two"},
           Worded{R"({"message":"m"})", "m"},
           Worded{R"({"errorDescription":"d"})", "d"},
       }) {
    auto const page = decode_list(body, 422);
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().message.find(holds), std::string::npos) << page.error().message;
  }
}

TEST(BsgError, NumbersOfPeopleDoNotReachTheMessage) {
  auto const page = decode_list(R"({"message":"no route to 4915112345678"})", 422);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().message.find("4915112345678"), std::string::npos) << page.error().message;
}

TEST(BsgError, TheWaitThatWasAskedForIsKept) {
  auto const page = decode_list("", 429, {{"Retry-After", "7"}});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().retry_after, std::chrono::seconds{7});
  auto const in_body = decode_list(R"({"code":429,"message":"x"})", 200, {{"Retry-After", "7"}});
  ASSERT_FALSE(in_body);
  EXPECT_EQ(in_body.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(in_body.error().retry_after, std::chrono::seconds{7});
}

TEST(BsgError, DamagedJsonGivesNoPartialPage) {
  auto const whole = data_file("bsg/campaigns_list.response.json");
  for (std::size_t const length : {std::size_t{1}, whole.size() / 4, whole.size() / 2, whole.size() - 4}) {
    auto const page = decode_list(whole.substr(0, length));
    ASSERT_FALSE(page) << length;
    EXPECT_EQ(page.error().code, ErrorCode::protocol);
  }
  auto const page = decode_list(data_file("bsg/campaign_detail.response.malformed.txt"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::protocol);
}

}  // namespace
}  // namespace polycampaign::inline v1::bsg
