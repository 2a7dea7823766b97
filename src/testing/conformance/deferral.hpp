#pragma once

#include "polycampaign/campaign_client.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace polycampaign::inline v1::testing::conformance {

/// A thread that runs functions in the order in which they were posted. Its destructor waits for all of them.
class Deferral {
 public:
  Deferral();
  ~Deferral();
  Deferral(Deferral const&) = delete;
  Deferral& operator=(Deferral const&) = delete;

  void post(std::function<void()> work);

 private:
  void run();

  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::deque<std::function<void()>> work_{};
  bool ends_ = false;
  std::thread thread_;
};

/// Returns a client whose blocking calls are asynchronous ones of `client`, for whose end it waits. A
/// conversation then runs again for each answer.
[[nodiscard]] std::unique_ptr<CampaignClient> asynchronous(std::unique_ptr<CampaignClient> client);

}  // namespace polycampaign::inline v1::testing::conformance
