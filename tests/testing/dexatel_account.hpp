#pragma once

#include "polycampaign/testing/simulator.hpp"

#include "testing/wall_time.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

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
    std::chrono::sys_days{std::chrono::year{2025} / 3 / 1} + std::chrono::hours{9};

/// A simulator of Dexatel whose clock stands still until the test moves it, and the truth about its
/// campaigns.
struct DexatelAccount {
  explicit DexatelAccount(std::size_t count = 60, Switches switches = {}, std::chrono::sys_seconds at = now)
      : clock{std::make_shared<std::chrono::sys_seconds>(at)} {
    auto made = testing::Simulator::create({.provider = "dexatel",
                                            .campaigns = count,
                                            .seed = 7,
                                            .switches = std::move(switches),
                                            .clock = [clock = clock] { return *clock; }});
    if (!made) throw std::runtime_error{to_string(made.error())};
    simulator = *std::move(made);
    truth = simulator->campaigns();
    key = simulator->settings().find("api_key")->second.reveal();
  }

  HttpResponse ask(std::string const& path) const {
    auto const url = path.starts_with('/') ? simulator->base_url() + path : path;
    return simulator->handle({.url = url, .headers = {{"X-Dexatel-Key", key}}});
  }
  HttpResponse write(std::string method, std::string const& path, std::string body) const {
    return simulator->handle({.method = std::move(method),
                              .url = simulator->base_url() + path,
                              .headers = {{"X-Dexatel-Key", key}, {"Content-Type", "application/json"}},
                              .body = std::move(body)});
  }
  /// Sends `data` in its envelope. Returns the document of the answer.
  Json put(std::string method, std::string const& path, Json const& data, int status) const {
    auto const response = write(std::move(method), path, Json{{"data", data}}.dump());
    EXPECT_EQ(response.status, status) << path << '\n' << response.body;
    return Json::parse(response.body, nullptr, false);
  }
  Json post(std::string const& path, Json const& data, int status = 201) const {
    return put("POST", path, data, status);
  }
  /// Returns the id of a new template.
  std::string make_template(std::string const& text = "Hello", std::string const& channel = "SMS") const {
    Json const data{{"text", text},
                    {"channel", channel},
                    {"name", "t" + std::to_string(++ordinal)},
                    {"wa_sender_code", "41791234567"}};
    return post("/v1/templates", data).at("data").at("id").get<std::string>();
  }
  /// Returns the id of a new audience with `count` contacts.
  std::string make_audience(int count = 3, std::string const& channel = "SMS") const {
    auto const data =
        Json{{"name", "a" + std::to_string(++ordinal)}, {"channel", channel}, {"contacts", contacts(count)}};
    return post("/v1/audiences", data).at("data").at("id").get<std::string>();
  }
  static Json contacts(int count, int first = 0) {
    auto all = Json::array();
    for (int i = 0; i < count; ++i)
      all.push_back({{"number", '+' + std::to_string(41780000000 + first + i)}});
    return all;
  }
  /// Returns what creates a campaign.
  Json order(int count = 3) const {
    return {{"channel", "SMS"},
            {"from", "MyBrand"},
            {"template", make_template()},
            {"audience", make_audience(count)}};
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
  Json json(std::string const& path, int status = 200) const {
    auto const response = ask(path);
    EXPECT_EQ(response.status, status) << path << '\n' << response.body;
    auto document = Json::parse(response.body, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << response.body;
    return document;
  }
  Json records(std::string const& query = {}) const { return json("/v1/campaigns" + query).at("data"); }
  Json read(testing::SimulatedCampaign const& campaign) const { return json("/v1/campaigns/" + campaign.id); }
  /// Returns the campaign with that status. Every status occurs.
  testing::SimulatedCampaign const& with(StatusCode status) const {
    return *std::ranges::find(truth, status, &testing::SimulatedCampaign::status);
  }

  std::shared_ptr<std::chrono::sys_seconds> clock;
  std::vector<testing::SimulatedCampaign> truth;
  std::unique_ptr<testing::Simulator> simulator;
  mutable int ordinal = 0;  // templates and audiences
  std::string key{};
};

inline std::vector<std::string> ids_in(Json const& document) {
  std::vector<std::string> ids;
  for (auto const& campaign : document.at("data")) ids.push_back(campaign.at("id").get<std::string>());
  return ids;
}

inline std::vector<std::string> keys_of(Json const& object) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

inline Json const& next_of(Json const& document) {
  return document.at("pagination").at("links").at("next");
}

/// Follows the links in `next`, unchanged, until the link is null.
inline std::vector<std::string> read_list(DexatelAccount const& service, std::string path) {
  std::vector<std::string> ids;
  for (int pages = 0; pages < 300; ++pages) {
    auto const page = service.json(path);
    for (auto& id : ids_in(page)) ids.push_back(std::move(id));
    if (!next_of(page).is_string()) return ids;
    path = next_of(page).get<std::string>();
  }
  ADD_FAILURE() << "the list does not end";
  return ids;
}

}  // namespace polycampaign::test
