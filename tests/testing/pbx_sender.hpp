#pragma once

#include "testing/pbx.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A PBX that sends, with a token that lasts as long as the test.
struct PbxSender : Pbx {
  explicit PbxSender(std::size_t count = 0, std::map<std::string, std::string, std::less<>> switches = {})
      : Pbx{count, [&] {
              switches.emplace("token_lifetime", "100000000");
              return std::move(switches);
            }()} {
    token = log_in().value("access_token", "");
  }

  Json post_to(std::string const& operation, Json const& body) const {
    return json(send("POST", "message_campaign/" + operation + "?access_token=" + token, body.dump()));
  }
  /// Returns what creates a campaign to `count` numbers, as public integrations send it.
  static Json order(int count = 2, std::string const& name = "Spring") {
    auto numbers = Json::array();
    for (int i = 0; i < count; ++i) numbers.push_back({{"number", '+' + std::to_string(61'400'000'000 + i)}});
    return {{"name", name},           {"channel_type", "sms"},     {"omnichannel_id", 1},
            {"sender", 11},           {"recipient_type", "input"}, {"number_list", std::move(numbers)},
            {"content_type", "text"}, {"content", "Hello"},        {"send_type", "immediately"},
            {"send_mode", "direct"}};
  }
  /// Creates a campaign. Returns its id.
  std::string create(Json const& body) const {
    auto const answer = post_to("create", body);
    EXPECT_EQ(answer.at("errcode"), 0) << answer.dump();
    return answer.value("id", Json{}).dump();
  }
  /// Returns the campaign's row in the list, which alone shows its status.
  Json row(std::string const& id) {
    auto const answer = list();
    for (auto const& item : answer.at("list"))
      if (item.at("id").dump() == id) return item;
    ADD_FAILURE() << "no campaign " << id;
    return {};
  }
  std::string status(std::string const& id) { return row(id).at("status").get<std::string>(); }
  Json detail(std::string const& id) { return get("message_campaign/get?id=" + id).at("data"); }
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
  std::int64_t unix_time(std::chrono::seconds ahead) const {
    return (now + ahead).time_since_epoch().count();
  }
};

/// The answer to a request with a wrong parameter.
inline Json invalid_parameter(char const* field, char const* validation) {
  return {{"errcode", 40002},
          {"errmsg", "PARAMETER ERROR"},
          {"invalid_param_list", Json::array({{{"field", field}, {"validation_type", validation}}})}};
}

}  // namespace polycampaign::test
