#pragma once

#include "polycampaign/testing/simulator.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace polycampaign::test {

using Json = nlohmann::ordered_json;

inline constexpr std::chrono::sys_seconds start =
    std::chrono::sys_days{std::chrono::year{2025} / 7 / 23} + std::chrono::hours{6};

/// A PBX with a clock that the test moves, and the truth about its campaigns.
struct Pbx {
  explicit Pbx(std::size_t count = 40, std::map<std::string, std::string, std::less<>> switches = {}) {
    auto made = testing::Simulator::create({.provider = "yeastar",
                                            .campaigns = count,
                                            .seed = 7,
                                            .switches = std::move(switches),
                                            .clock = [this] { return now; }});
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
    truth = simulator->campaigns();
  }

  HttpResponse send(std::string method, std::string const& path, std::string body = {},
                    std::string agent = "OpenAPI") const {
    return simulator->handle(
        {.method = std::move(method),
         .url = simulator->base_url() + "/openapi/v1.0/" + path,
         .headers = {{"User-Agent", std::move(agent)}, {"Content-Type", "application/json"}},
         .body = std::move(body)});
  }
  Json json(HttpResponse const& response, int status = 200) const {
    EXPECT_EQ(response.status, status);
    auto document = Json::parse(response.body, nullptr, false);
    EXPECT_TRUE(document.is_object()) << response.body;
    return document;
  }
  Json post(std::string const& path, Json const& body) const { return json(send("POST", path, body.dump())); }
  Json log_in(std::string const& secret = {}) const {
    auto const settings = simulator->settings();
    return post("get_token",
                {{"username", std::string{settings.find("client_id")->second.reveal()}},
                 {"password",
                  secret.empty() ? std::string{settings.find("client_secret")->second.reveal()} : secret}});
  }
  /// Sends a request with the token of a first login, which it keeps.
  Json get(std::string const& path) {
    if (token.empty()) token = log_in().value("access_token", "");
    return get(path, token);
  }
  Json get(std::string const& path, std::string const& with) const {
    return json(
        send("GET", path + (path.find('?') == std::string::npos ? '?' : '&') + "access_token=" + with));
  }
  Json list(std::string const& query = "page=1&page_size=10000") {
    return get("message_campaign/list?" + query);
  }

  testing::SimulatedCampaign const& first(auto const& predicate) const {
    auto const found = std::ranges::find_if(truth, predicate);
    if (found == truth.end()) throw std::runtime_error{"no such campaign was generated"};
    return *found;
  }

  std::chrono::sys_seconds now = start;
  std::vector<testing::SimulatedCampaign> truth;
  std::unique_ptr<testing::Simulator> simulator;
  std::string token;
};

inline std::string ids_of(Json const& items) {
  std::string ids;
  for (auto const& item : items) ids += (ids.empty() ? "" : ",") + item.at("id").dump();
  return ids;
}

}  // namespace polycampaign::test
