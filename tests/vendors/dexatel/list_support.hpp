#pragma once

#include "vendors/dexatel/support.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// Shared by the tests of recipient lists, which are audiences at Dexatel.
namespace polycampaign::inline v1::vendor_tests {

inline std::string const audiences_url = "https://api.dexatel.com/v1/audiences";
inline std::string const audience_id = "0f61e3a5-7f0b-4a3c-9a0e-5b1d2c3e4f50";
inline std::string const audience_url = audiences_url + '/' + audience_id;
inline Error const lost_answer{.code = ErrorCode::network, .effect = Effect::unknown, .message = "gone"};

inline std::string refusal_body(int code, std::string_view message = "refused") {
  return R"({"errors":[{"status":400,"message":")" + std::string{message} + R"(","code":)" +
         std::to_string(code) + "}]}";
}
inline HttpResponse refused_with(int code) {
  return answer(refusal_body(code), code == 1360 || code == 1309 ? 409 : code == 1301 ? 404 : 400);
}
inline std::string audience(std::string_view more = "") {
  return R"({"data":{"id":")" + audience_id + R"(","name":"spring","channel":"SMS")" + std::string{more} +
         "}}";
}
inline HttpResponse audience_of(int contacts) {
  return answer(audience(R"(,"contacts_count":)" + std::to_string(contacts)));
}

inline std::string phone(int number) {
  return "+4178" + std::to_string(1'000'000 + number);
}
inline std::vector<std::string> phones(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(phone(i));
  return all;
}
inline std::string contacts_json(std::vector<std::string> const& numbers) {
  std::string json = R"("contacts":[)";
  for (auto const& number : numbers)
    json += std::string{json.back() == '[' ? "" : ","} + R"({"number":")" + number + R"("})";
  return json + ']';
}
inline Turn adds(std::vector<std::string> const& numbers, std::variant<HttpResponse, Error> reply) {
  return {"POST " + audience_url + "/contacts", std::move(reply),
          R"({"data":{)" + contacts_json(numbers) + "}}"};
}
inline Turn creates(std::vector<std::string> const& numbers, std::variant<HttpResponse, Error> reply) {
  return {"POST " + audiences_url, std::move(reply),
          R"({"data":{"name":"spring","channel":"SMS")" +
              (numbers.empty() ? "" : ',' + contacts_json(numbers)) + "}}"};
}
inline Turn reads(std::variant<HttpResponse, Error> reply) {
  return {"GET " + audience_url, std::move(reply)};
}

inline void expect_calls(ScriptedConversation const& conversation, std::string_view operation) {
  for (auto const& call : conversation.calls()) {
    EXPECT_EQ(call.operation, operation) << call.request.url;
    EXPECT_EQ(call.request.action, call.request.method == "GET" ? Action::read : Action::write);
    EXPECT_FALSE(call.preparation) << call.request.url;
  }
}

inline Result<ListAddition> make_list(std::vector<std::string> numbers, std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  auto made = dexatel_vendor()->call(CreateRecipientList{"spring", std::move(numbers)}, conversation);
  expect_calls(conversation, "create_list");
  return made;
}
inline Result<ListAddition> add_to_list(std::vector<std::string> numbers, std::vector<Turn> turns) {
  ScriptedConversation conversation{std::move(turns)};
  auto added = dexatel_vendor()->call(AddRecipients{audience_id, std::move(numbers)}, conversation);
  expect_calls(conversation, "add_to_list");
  return added;
}
inline Result<RecipientList> get_list(HttpResponse response, std::string const& which = audience_id) {
  ScriptedConversation conversation{{reads(std::move(response))}};
  auto list = dexatel_vendor()->call(GetRecipientList{which}, conversation);
  expect_calls(conversation, "get_list");
  return list;
}
inline Result<void> delete_list(std::vector<Turn> turns) {
  turns.front().request = "DELETE " + audience_url;
  ScriptedConversation conversation{std::move(turns)};
  auto deleted = dexatel_vendor()->call(DeleteRecipientList{audience_id}, conversation);
  expect_calls(conversation, "delete_list");
  return deleted;
}

}  // namespace polycampaign::inline v1::vendor_tests
