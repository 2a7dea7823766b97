#pragma once

#include "polycampaign/testing/simulator.hpp"

#include "testing/wall_time.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

using Json = nlohmann::ordered_json;
using Switches = std::map<std::string, std::string, std::less<>>;

inline constexpr std::chrono::sys_seconds now =
    std::chrono::sys_days{std::chrono::year{2024} / 11 / 5} + std::chrono::hours{12};

/// A simulator of SMSUP whose clock stands still until the test moves it, and the truth about its campaigns.
struct SmsupAccount {
  explicit SmsupAccount(std::size_t count = 40, Switches switches = {}, std::chrono::sys_seconds at = now)
      : clock{std::make_shared<std::chrono::sys_seconds>(at)} {
    auto made = testing::Simulator::create({.provider = "smsup",
                                            .campaigns = count,
                                            .seed = 7,
                                            .switches = std::move(switches),
                                            .clock = [clock = clock] { return *clock; }});
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
    truth = simulator->campaigns();
    token = simulator->settings().find("token")->second.reveal();
  }

  HttpResponse ask(std::string const& path, std::string const& accept = "application/json") const {
    return simulator->handle({.url = simulator->base_url() + path,
                              .headers = {{"Authorization", "Bearer " + token}, {"Accept", accept}}});
  }
  HttpResponse post(std::string const& path, std::string body, std::string const& type = "application/json",
                    std::string const& accept = "application/json") const {
    HttpRequest request{.method = "POST",
                        .url = simulator->base_url() + path,
                        .headers = {{"Authorization", "Bearer " + token}},
                        .body = std::move(body)};
    if (!type.empty()) request.headers.push_back({"Content-Type", type});
    if (!accept.empty()) request.headers.push_back({"Accept", accept});
    return simulator->handle(request);
  }
  /// Posts a message to these numbers. Returns the answer.
  Json send(std::vector<std::string> const& numbers, Json const& more = Json::object(),
            std::string const& path = "/send") const {
    auto gsm = Json::array();
    for (auto const& number : numbers) gsm.push_back({{"value", number}});
    Json message{{"text", "Hello"}, {"pushtype", "alert"}, {"sender", "MyShop"}};
    message.update(more);
    Json const body{{"sms", {{"message", message}, {"recipients", {{"gsm", gsm}}}}}};
    auto const response = post(path, body.dump());
    EXPECT_EQ(response.status, 200);
    return Json::parse(response.body, nullptr, false);
  }
  Json cancel(std::string const& id) const {
    auto const response = simulator->handle(
        {.method = "DELETE",
         .url = simulator->base_url() + "/send/" + id,
         .headers = {{"Authorization", "Bearer " + token}, {"Accept", "application/json"}}});
    EXPECT_EQ(response.status, 200);
    return Json::parse(response.body, nullptr, false);
  }
  std::int64_t credits() const { return std::stoll(json("/credits").at("credits").get<std::string>()); }
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
  Json json(std::string const& path) const {
    auto const response = ask(path);
    EXPECT_EQ(response.status, 200);
    auto document = Json::parse(response.body, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << response.body;
    return document;
  }
  Json records(std::string const& query = {}) const { return json("/campaigns" + query).at("campaigns"); }
  pugi::xml_document xml(std::string const& path) const {
    pugi::xml_document document;
    auto const response = ask(path, "application/xml");
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(document.load_buffer(response.body.data(), response.body.size(),
                                     pugi::parse_default | pugi::parse_declaration))
        << response.body;
    return document;
  }
  /// Returns the campaign with that status. Every status occurs.
  testing::SimulatedCampaign const& with(StatusCode status) const {
    return *std::ranges::find(truth, status, &testing::SimulatedCampaign::status);
  }

  std::shared_ptr<std::chrono::sys_seconds> clock;
  std::vector<testing::SimulatedCampaign> truth;
  std::unique_ptr<testing::Simulator> simulator;
  std::string token{};
};

inline std::vector<std::string> ids_in(Json const& document) {
  std::vector<std::string> ids;
  for (auto const& campaign : document.at("campaigns")) ids.push_back(campaign.at("id").get<std::string>());
  return ids;
}

template <class Keep>
std::vector<std::string> ids_where(std::vector<testing::SimulatedCampaign> const& truth, Keep keep) {
  std::vector<std::string> ids;
  for (auto const& campaign : truth)
    if (keep(campaign)) ids.push_back(campaign.id);
  return ids;
}

inline std::vector<std::string> keys_of(Json const& object) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

inline std::string date_of(testing::SimulatedCampaign const& c) {
  return testing::wall_text(testing::paris_wall(c.scheduled.value_or(c.created)));
}

}  // namespace polycampaign::test
