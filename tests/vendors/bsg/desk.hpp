#pragma once

#include "integration/account.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::test {

using Switches = std::map<std::string, std::string, std::less<>>;

/// A client of a simulated account, whose clock moves when the test says so. It begins now, because the
/// client compares times with the system's clock.
class BsgDesk {
 public:
  explicit BsgDesk(Switches switches = {}, bool over_http = false) {
    switches.emplace("duplicate_window", "0");
    ClientOptions options;
    options.retry.first_delay = std::chrono::milliseconds{0};
    options.retry.max_delay = std::chrono::milliseconds{0};
    options.log = [this](LogEvent const& event) { said_ += to_string(event) + '\n'; };
    auto made = make_account({.provider = "bsg",
                              .campaigns = 20,
                              .switches = std::move(switches),
                              .clock = [this] { return now(); }},
                             {.over_http = over_http, .client = std::move(options)});
    account_ = *std::move(made);
  }

  [[nodiscard]] CampaignClient* operator->() const noexcept { return account_.client.get(); }
  [[nodiscard]] CampaignClient& client() const noexcept { return *account_.client; }
  [[nodiscard]] testing::Simulator& simulator() const noexcept { return *account_.simulator; }
  [[nodiscard]] std::string const& said() const noexcept { return said_; }
  void advance(std::chrono::seconds by) { ahead_ += by.count(); }

  /// Returns a generated SMS campaign that has ended.
  [[nodiscard]] testing::SimulatedCampaign ended() const {
    for (auto const& campaign : simulator().campaigns())
      if (campaign.status == StatusCode::completed && campaign.channel == Channel::sms) return campaign;
    ADD_FAILURE() << "no campaign has ended";
    return {};
  }
  /// Returns the numbers of a list as they really are.
  [[nodiscard]] std::multiset<std::string> members(std::string_view id) const {
    std::multiset<std::string> numbers;
    for (auto const& list : simulator().lists())
      if (list.id == id)
        for (auto const& person : list.members) numbers.insert(person.number);
    return numbers;
  }

 private:
  [[nodiscard]] std::chrono::sys_seconds now() const { return begin_ + std::chrono::seconds{ahead_.load()}; }

  std::chrono::sys_seconds begin_ =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::atomic<std::int64_t> ahead_{0};
  std::string said_;
  SimulatedAccount account_;
};

}  // namespace polycampaign::test
