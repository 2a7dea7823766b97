#pragma once

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace polycampaign::test {

/// Returns a published sample: `sample("bsg/sms_send.request.json")`.
inline std::string sample(std::string_view path) {
  std::ifstream file{std::string{POLYCAMPAIGN_TEST_DATA} + "/" + std::string{path}, std::ios::binary};
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Returns a published sample that is JSON; comments and missing commas are not.
inline nlohmann::ordered_json json_sample(std::string_view path) {
  auto document = nlohmann::ordered_json::parse(sample(path), nullptr, false);
  EXPECT_FALSE(document.is_discarded()) << path;
  return document;
}

}  // namespace polycampaign::test
