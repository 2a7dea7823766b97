#pragma once

#include "polycampaign/testing/http_message.hpp"
#include "polycampaign/testing/simulator.hpp"

#include "testing/wall_time.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::test {

using Json = nlohmann::ordered_json;

inline constexpr std::chrono::sys_seconds start =
    std::chrono::sys_days{std::chrono::year{2024} / 5 / 31} + std::chrono::hours{10};

/// Returns text such as `2024-05-31 10:00:00`.
inline std::string utc(std::chrono::sys_seconds time) {
  return testing::wall_text(testing::utc_wall(time));
}

/// An account at BSG with a clock that the test moves, and the truth about its campaigns.
struct BsgAccount {
  explicit BsgAccount(std::size_t count = 40, std::map<std::string, std::string, std::less<>> switches = {}) {
    auto made = testing::Simulator::create(
        {.provider = "bsg", .campaigns = count, .seed = 7, .switches = std::move(switches), .clock = [this] {
           return now;
         }});
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
    truth = simulator->campaigns();
    key = simulator->settings().find("api_key")->second.reveal();
  }

  HttpResponse send(std::string method, std::string const& path, std::string const& authorization,
                    std::string body = {}) const {
    HttpRequest request{
        .method = std::move(method), .url = simulator->base_url() + path, .body = std::move(body)};
    if (!authorization.empty()) request.headers.push_back({"Authorization", authorization});
    if (!request.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    return simulator->handle(request);
  }
  std::string log_in() const {
    auto const response = send("POST", "/api/auth/login", "", Json{{"api_key", key}}.dump());
    EXPECT_EQ(response.status, 200) << response.body;
    return Json::parse(response.body, nullptr, false).value("bearer", "");
  }
  HttpResponse ask(std::string const& path) { return ask("GET", path); }
  /// Sends any request with the token of a first login, which it keeps.
  HttpResponse ask(std::string method, std::string const& path, std::string body = {}) {
    if (token.empty()) token = log_in();
    return send(std::move(method), path, "Bearer " + token, std::move(body));
  }
  Json get(std::string const& path, int status = 200) {
    auto const response = ask(path);
    EXPECT_EQ(response.status, status) << path << ' ' << response.body;
    auto document = Json::parse(response.body, nullptr, false);
    EXPECT_TRUE(document.is_object()) << response.body;
    return document;
  }
  /// Returns the path of the list with these parameters, which it percent-encodes.
  std::string list_path(std::vector<std::pair<std::string, std::string>> const& parameters) const {
    std::string path = "/api/campaigns";
    for (auto const& [name, value] : parameters)
      path += (path.find('?') == std::string::npos ? '?' : '&') + testing::percent_encode(name) + '=' +
              testing::percent_encode(value);
    return path;
  }
  Json list(std::vector<std::pair<std::string, std::string>> const& parameters, int status = 200) {
    return get(list_path(parameters), status);
  }

  testing::SimulatedCampaign const& first(auto const& predicate) const {
    auto const found = std::ranges::find_if(truth, predicate);
    if (found == truth.end()) throw std::runtime_error{"no such campaign was generated"};
    return *found;
  }

  std::chrono::sys_seconds now = start;
  std::vector<testing::SimulatedCampaign> truth;
  std::unique_ptr<testing::Simulator> simulator;
  std::string key;
  std::string token;
};

inline std::vector<std::int64_t> ids_of(Json const& items) {
  std::vector<std::int64_t> ids;
  for (auto const& item : items) ids.push_back(item.at("id"));
  return ids;
}

}  // namespace polycampaign::test
