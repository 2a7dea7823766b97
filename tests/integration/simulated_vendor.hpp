#pragma once

#include "polycampaign/campaign_client.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/testing/simulator.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A vendor and an account format: SMSUP speaks two.
struct VendorCase {
  std::string_view provider{};
  std::string_view format{};  ///< of SMSUP; empty: the default
};
inline constexpr VendorCase vendor_cases[] = {
    {"bsg", ""}, {"dexatel", ""}, {"smsup", "json"}, {"smsup", "xml"}, {"yeastar", ""}};

inline std::string name_of(VendorCase const& vendor) {
  return std::string{vendor.provider} + (vendor.format == "xml" ? "_xml" : "");
}

/// A client of a simulated vendor in this process. The simulator's clock is now, and moves when the test says
/// so: the client itself compares starts with the system's clock.
class SimulatedClient {
 public:
  using Switches = std::map<std::string, std::string, std::less<>>;

  explicit SimulatedClient(VendorCase vendor, Switches switches = {}, ClientOptions options = {})
      : SimulatedClient{vendor, std::move(switches), std::move(options), {}} {}
  SimulatedClient(VendorCase vendor, Switches switches, ClientOptions options,
                  std::map<std::string, std::string> const& settings) {
    auto simulator = testing::Simulator::create({.provider = std::string{vendor.provider},
                                                 .campaigns = 12,
                                                 .switches = std::move(switches),
                                                 .clock = [this] { return now(); }});
    EXPECT_TRUE(simulator) << simulator.error().message;
    simulator_ = *std::move(simulator);
    auto given = simulator_->settings();
    if (!vendor.format.empty()) given.insert_or_assign("format", Secret{std::string{vendor.format}});
    for (auto const& [name, value] : settings) given.insert_or_assign(name, Secret{value});
    options.transport = simulator_->transport();
    options.retry.first_delay = std::chrono::milliseconds{0};
    options.retry.max_delay = std::chrono::milliseconds{0};
    auto client =
        make_client(find_provider(vendor.provider)->make_adapter(std::move(given)), std::move(options));
    EXPECT_TRUE(client) << client.error().message;
    client_ = *std::move(client);
  }

  [[nodiscard]] CampaignClient& operator*() const noexcept { return *client_; }
  [[nodiscard]] CampaignClient* operator->() const noexcept { return client_.get(); }
  [[nodiscard]] testing::Simulator& simulator() const noexcept { return *simulator_; }

  [[nodiscard]] std::chrono::sys_seconds now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
           std::chrono::seconds{ahead_.load()};
  }
  void advance(std::chrono::seconds by) { ahead_ += by.count(); }

  /// Returns the numbers that were reached so far, each as often as it was.
  [[nodiscard]] std::vector<std::string> reached() const {
    std::vector<std::string> numbers;
    for (auto const& each : simulator_->reached()) numbers.push_back(each.number);
    return numbers;
  }
  /// Returns the numbers that were reached when everything has ended.
  [[nodiscard]] std::vector<std::string> reached_at_last() {
    advance(std::chrono::days{60});
    return reached();
  }

 private:
  std::atomic<std::int64_t> ahead_{0};
  std::unique_ptr<testing::Simulator> simulator_;
  std::unique_ptr<CampaignClient> client_;
};

/// A sender that the simulator of the vendor knows.
inline std::string sender_of(std::string_view provider) {
  return provider == "yeastar" ? "+41 79 123 45 67" : provider == "dexatel" ? "MyBrand" : "ACME";
}

/// A campaign that every vendor can send to three numbers.
inline NewCampaign new_campaign(std::string_view provider) {
  return {
      .sender = sender_of(provider),
      .text = "Our shop opens on Saturday at nine.",
      .recipients = {{.number = "+33601020304"}, {.number = "+33 601 020 305"}, {.number = "+33601020306"}}};
}
inline std::vector<std::string> const three_numbers{"+33601020304", "+33601020305", "+33601020306"};

/// Returns noon UTC in about two days. In no zone with many people, a clock changes at this time.
inline std::chrono::sys_seconds noon_in_two_days(std::chrono::sys_seconds now) {
  return std::chrono::floor<std::chrono::days>(now) + std::chrono::days{2} + std::chrono::hours{12};
}

/// Returns the id of a list that the simulator has.
inline testing::SimulatedAddressBook some_list(testing::Simulator const& simulator) {
  return simulator.lists().at(1);
}

}  // namespace polycampaign::test
