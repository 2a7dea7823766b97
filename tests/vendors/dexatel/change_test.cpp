#include "vendors/dexatel/support.hpp"

namespace polycampaign::inline v1::vendor_tests {
namespace {

std::string const changed_id = "48e200b7-be98-4360-b5c7-5dfac16b06f9";
std::string const changed_url = "https://api.dexatel.com/v1/campaigns/" + changed_id;

Result<void> remove(HttpResponse deletion, std::vector<Turn> then) {
  std::vector<Turn> turns{{"DELETE " + changed_url, std::move(deletion)}};
  turns.insert(turns.end(), then.begin(), then.end());
  ScriptedConversation conversation{std::move(turns)};
  return dexatel_vendor()->call(DeleteCampaign{.id = changed_id}, conversation);
}

TEST(DexatelDelete, TakesASuccessWithoutABody) {
  EXPECT_TRUE(remove(answer("", 204), {}));
  EXPECT_TRUE(remove(answer("{}", 200), {}));
}

TEST(DexatelDelete, LooksForTheCampaignAfterAPageOfAProxy) {
  auto const page = answer("<html>Maintenance</html>", 200, {{"Content-Type", "text/html"}});
  auto const exists = answer(R"({"data":{"id":")" + changed_id + R"("}})");
  auto const kept = remove(page, {{"GET " + changed_url, exists}});
  ASSERT_FALSE(kept) << "nothing was deleted";
  EXPECT_EQ(kept.error().code, ErrorCode::protocol);
  EXPECT_EQ(kept.error().effect, Effect::unknown);
  EXPECT_TRUE(remove(page, {{"GET " + changed_url, answer(R"({"errors":[{"code":1601}]})", 404)}}));
}

TEST(DexatelCreate, RefusesAnIdThatNoErrorMayContain) {
  std::string const templates =
      "GET https://api.dexatel.com/v1/templates?page_size=100&filter%5Bchannel%5D=SMS";
  ScriptedConversation conversation{{
      {templates, answer(R"({"data":[]})")},
      {"POST https://api.dexatel.com/v1/templates", answer(R"({"data":{"id":"for +41 79 123 45 67"}})", 201)},
  }};
  auto const created = dexatel_vendor()->call(
      CreateCampaign{{.sender = "ACME", .text = "Hello", .recipients = {{.number = "+41791234567"}}}, "abc"},
      conversation);
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code, ErrorCode::protocol);
  EXPECT_EQ(created.error().message.find("79 123"), std::string::npos) << created.error().message;
  EXPECT_NE(created.error().message.find("polycampaign-abc"), std::string::npos) << created.error().message;
}

}  // namespace
}  // namespace polycampaign::inline v1::vendor_tests
