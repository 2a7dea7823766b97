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

/// A simulator of SMSUP at a fixed time, and the truth about its campaigns.
struct SmsupAccount {
  explicit SmsupAccount(std::size_t count = 40, Switches switches = {}) {
    auto made = testing::Simulator::create(
        {.provider = "smsup", .campaigns = count, .seed = 7, .switches = std::move(switches), .clock = [] {
           return now;
         }});
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
    truth = simulator->campaigns();
    token = simulator->settings().find("token")->second.reveal();
  }

  HttpResponse ask(std::string const& path, std::string const& accept = "application/json") const {
    return simulator->handle({.url = simulator->base_url() + path,
                              .headers = {{"Authorization", "Bearer " + token}, {"Accept", accept}}});
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
