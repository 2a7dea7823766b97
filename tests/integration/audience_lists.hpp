#pragma once

#include "polycampaign/recipient_upload.hpp"

#include "integration/simulated_vendor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

/// Shared by the tests of recipient lists at Dexatel and Yeastar.
namespace polycampaign::test::audience_lists {

inline constexpr VendorCase dexatel{"dexatel", ""};
inline constexpr VendorCase yeastar{"yeastar", ""};

inline std::string number(int which) {
  return "+4178" + std::to_string(1'000'000 + which);
}
inline std::vector<std::string> numbers(int count, int first = 0) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(number(first + i));
  return all;
}

/// Returns the numbers of a list as it really is, each as often as it is in it.
inline std::vector<std::string> members(testing::Simulator const& simulator, std::string const& id) {
  std::vector<std::string> all;
  for (auto const& list : simulator.lists())
    if (list.id == id)
      for (auto const& member : list.members) all.push_back(member.number);
  std::ranges::sort(all);
  return all;
}

inline std::string make_list(CampaignClient& client, std::vector<std::string> first = {}) {
  auto const made = client.call(CreateRecipientList{"spring-2026", std::move(first)});
  EXPECT_TRUE(made) << to_string(made.error());
  return made ? made->list.id.value_or("") : std::string{};
}

/// Runs an upload to its end. Returns the number of steps that failed.
inline int run(RecipientUpload& upload) {
  int failures = 0;
  while (failures < 10) {
    auto const more = upload.step();
    if (!more) ++failures;
    if (more && !*more) return failures;
  }
  ADD_FAILURE() << "the upload does not end";
  return failures;
}

}  // namespace polycampaign::test::audience_lists
