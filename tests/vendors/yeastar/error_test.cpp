#include "vendors/yeastar/fixture.hpp"

namespace polycampaign::inline v1::yeastar {
namespace {

Result<protocol::ListPage<Campaign>> decode_answer(std::string body, int status = 200,
                                                   std::vector<Header> headers = {}) {
  auto const query = list_query();
  auto const held = adapter();
  return test::first_page(*held, query)->decode(answer(std::move(body), status, std::move(headers)));
}

struct Coded {
  int errcode;
  ErrorCode code;
  bool transient;
};

TEST(YeastarError, EveryDocumentedCodeHasItsMeaning) {
  for (auto const& [errcode, code, transient] : {
           Coded{-2, ErrorCode::unavailable, true},
           Coded{-1, ErrorCode::rejected, false},
           Coded{10001, ErrorCode::unsupported, false},
           Coded{10002, ErrorCode::unsupported, false},
           Coded{10003, ErrorCode::unsupported, false},
           Coded{10004, ErrorCode::unauthenticated, false},
           Coded{10005, ErrorCode::permission_denied, false},
           Coded{10009, ErrorCode::permission_denied, false},
           Coded{40001, ErrorCode::invalid_argument, false},
           Coded{40002, ErrorCode::invalid_argument, false},
           Coded{40003, ErrorCode::conflict, false},
           Coded{40004, ErrorCode::invalid_argument, false},
           Coded{60001, ErrorCode::not_found, false},
           Coded{60002, ErrorCode::rejected, false},
           Coded{60101, ErrorCode::not_found, false},
           Coded{70004, ErrorCode::permission_denied, false},
           Coded{70082, ErrorCode::unavailable, true},
           Coded{70084, ErrorCode::conflict, false},
           Coded{70087, ErrorCode::permission_denied, false},
           Coded{70091, ErrorCode::conflict, false},
           Coded{70093, ErrorCode::not_found, false},
           Coded{70106, ErrorCode::rejected, false},
           Coded{70120, ErrorCode::rejected, false},
           Coded{70123, ErrorCode::unsupported, false},
           Coded{70128, ErrorCode::not_found, false},
           Coded{70130, ErrorCode::rejected, false},
           Coded{70132, ErrorCode::unsupported, false},
           Coded{70510, ErrorCode::rejected, false},
           Coded{70514, ErrorCode::rejected, false},
           Coded{79999, ErrorCode::rejected, false},
       }) {
    for (auto const& form : {std::to_string(errcode), '"' + std::to_string(errcode) + '"'}) {
      auto const page = decode_answer(R"({"errcode":)" + form + R"(,"errmsg":"SOME WORDS"})");
      ASSERT_FALSE(page) << form;
      auto const& error = page.error();
      EXPECT_EQ(error.code, code) << form;
      EXPECT_EQ(error.transient, transient) << form;
      EXPECT_EQ(error.effect, Effect::none) << form;
      EXPECT_EQ(error.http_status, 200) << form;
      EXPECT_EQ(error.vendor_code, std::to_string(errcode)) << form;
      EXPECT_NE(error.message.find("SOME WORDS"), std::string::npos) << form;
    }
  }
}

TEST(YeastarError, PartialSuccessAndProcessingAreNoFailures) {
  for (auto const* const errcode : {"1", "2", "\"1\""}) {
    auto const page = decode_answer(std::string{R"({"errcode":)"} + errcode +
                                    R"(,"total_number":1,"list":[{"id":5,"status":"completed"}]})");
    ASSERT_TRUE(page) << errcode;
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items.front().id, "5");
    EXPECT_EQ(notes_holding(page->items.front(), "errcode").size(), 1U);
  }
}

TEST(YeastarError, TheBodysCodeIsTheTruthWhateverTheHttpStatus) {
  for (int const status : {200, 400, 401, 403, 500}) {
    auto const page = decode_answer(R"({"errcode":10004,"errmsg":"TOKEN EXPIRED"})", status);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::unauthenticated) << status;
    EXPECT_EQ(page.error().http_status, status);
  }
}

struct Http {
  int status;
  std::string body;
  ErrorCode code;
  bool transient;
  std::string vendor_code;
};

TEST(YeastarError, WhatTheBodyDoesNotNameGoesByTheHttpStatus) {
  for (auto const& [status, body, code, transient, vendor_code] : {
           Http{401, "", ErrorCode::unauthenticated, false, ""},
           Http{403, "<html>", ErrorCode::permission_denied, false, ""},
           Http{404, "<html>", ErrorCode::not_found, false, ""},
           Http{429, "{}", ErrorCode::rate_limited, true, ""},
           Http{500, "oops", ErrorCode::unavailable, true, ""},
           Http{503, R"({"errcode":0,"list":[]})", ErrorCode::unavailable, true, ""},
           Http{401, R"({"errcode":79999})", ErrorCode::unauthenticated, false, "79999"},
           Http{502, R"({"errcode":"E-7"})", ErrorCode::unavailable, true, "E-7"},
           Http{200, R"({"errcode":"E-7"})", ErrorCode::rejected, false, "E-7"},
           Http{200, R"({"errcode":true})", ErrorCode::rejected, false, ""},
           Http{200, "", ErrorCode::protocol, false, ""},
           Http{200, "<!DOCTYPE html><html></html>", ErrorCode::protocol, false, ""},
           Http{200, R"([])", ErrorCode::protocol, false, ""},
           Http{200, R"("SUCCESS")", ErrorCode::protocol, false, ""},
           Http{200, "{}", ErrorCode::protocol, false, ""},
           Http{200, R"({"errcode":0,"list":5})", ErrorCode::protocol, false, ""},
           Http{200, R"({"errcode":2})", ErrorCode::protocol, false, ""},
       }) {
    auto const page = decode_answer(body, status);
    ASSERT_FALSE(page) << status << body;
    EXPECT_EQ(page.error().code, code) << status << body;
    EXPECT_EQ(page.error().transient, transient) << status << body;
    EXPECT_EQ(page.error().effect, Effect::none) << status << body;
    EXPECT_EQ(page.error().http_status, status) << body;
    EXPECT_EQ(page.error().vendor_code, vendor_code) << status << body;
    EXPECT_FALSE(page.error().message.empty()) << status << body;
  }
}

TEST(YeastarError, TheWaitThatWasAskedForIsKept) {
  auto const overloaded = decode_answer(R"({"errcode":70082})", 200, {{"Retry-After", "7"}});
  ASSERT_FALSE(overloaded);
  EXPECT_EQ(overloaded.error().retry_after, std::chrono::seconds{7});
  auto const limited = decode_answer("", 429, {{"Retry-After", "3"}});
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().retry_after, std::chrono::seconds{3});
}

TEST(YeastarError, TheMessageNamesTheFieldsButNotWhatWasInThem) {
  auto const required = decode_answer(data_file("yeastar/error_parameter_required.json"));
  ASSERT_FALSE(required);
  EXPECT_EQ(required.error().message, "PARAMETER ERROR; name: required");

  auto const duplicate = decode_answer(
      R"({"errcode":40003,"errmsg":"DUPLICATE KEY VALUE","submsg":"taken by +4915112345678",)"
      R"("duplicate_field_list":[{"field":"name","value":"my secret","external_source":1}, 5]})");
  ASSERT_FALSE(duplicate);
  auto const& message = duplicate.error().message;
  EXPECT_NE(message.find("name"), std::string::npos) << message;
  EXPECT_EQ(message.find("my secret"), std::string::npos) << message;
  EXPECT_EQ(message.find("4915112345678"), std::string::npos) << message;
}

TEST(YeastarError, DamagedJsonGivesNoPartialPage) {
  auto const whole = data_file("yeastar/message_campaign_list.response.json");
  for (std::size_t const length : {std::size_t{1}, whole.size() / 4, whole.size() / 2, whole.size() - 4}) {
    auto const page = decode_answer(whole.substr(0, length));
    ASSERT_FALSE(page) << length;
    EXPECT_EQ(page.error().code, ErrorCode::protocol);
  }
  EXPECT_FALSE(decode_answer(R"({"errcode":0,"list":[{"id":1},]})"));
  EXPECT_FALSE(decode_answer(R"({"errcode":0,"list":[{"id":1}]}{)"));
}

}  // namespace
}  // namespace polycampaign::inline v1::yeastar
