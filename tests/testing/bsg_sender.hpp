#pragma once

#include "testing/bsg_account.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// An account that sends. Equal requests get no 429 unless a test wants it.
struct BsgSender : BsgAccount {
  explicit BsgSender(std::map<std::string, std::string, std::less<>> switches = {}, std::size_t count = 20)
      : BsgAccount{count, [&] {
                     switches.emplace("duplicate_window", "0");
                     return std::move(switches);
                   }()} {}

  Json post(std::string const& path, Json const& body, int status = 200) {
    auto const response = ask("POST", "/api/campaigns/" + path, body.dump());
    EXPECT_EQ(response.status, status) << path << '\n' << response.body;
    return Json::parse(response.body, nullptr, false);
  }
  /// Creates a campaign to `count` numbers. Returns its id.
  std::string create(int count = 3, Json const& more = Json::object()) {
    auto body = body_to(count);
    body.update(more);
    return post("sms/send", body).at("data").at("id").dump();
  }
  static Json body_to(int count) {
    auto phones = Json::array();
    for (int i = 0; i < count; ++i) phones.push_back({{"number", 41780000000 + i}});
    return {{"phones", std::move(phones)}, {"sender", "ACME"}, {"text", "Hello"}};
  }
  std::string status(std::string const& id) {
    return get("/api/campaigns/" + id).at("data").at("status").get<std::string>();
  }
  testing::SimulatedCampaign campaign(std::string const& id) const {
    for (auto const& each : simulator->campaigns())
      if (each.id == id) return each;
    ADD_FAILURE() << "no campaign " << id;
    return {};
  }
  std::vector<std::string> reached() const {
    std::vector<std::string> numbers;
    for (auto const& each : simulator->reached()) numbers.push_back(each.number);
    return numbers;
  }
};

inline std::vector<std::string> keys_in(Json const& object) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

}  // namespace polycampaign::test
