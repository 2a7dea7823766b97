#pragma once

#include "polycampaign/transport.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// A request that the adapter made, and its response.
struct Exchanged {
  HttpRequest request{};
  HttpResponse response{};
};

/// Records the traffic of a transport that responds on the calling thread, and damages responses. Several
/// threads may use it.
class Wiretap final : public Transport {
 public:
  explicit Wiretap(std::shared_ptr<Transport> inner) : inner_{std::move(inner)} {}

  void start(HttpRequest request, TransferOptions options, Completion completion) override;

  /// Passes every later response through `how`, on the thread of its request. Null leaves responses as they
  /// are.
  void damage(std::function<void(HttpRequest const&, HttpResponse&)> how);
  /// Lets that many more requests pass. Each later one gets a 503 and does not reach the vendor.
  void allow(int requests);
  /// Returns whether more requests than allowed were made.
  [[nodiscard]] bool exhausted();
  /// Returns the traffic since the last call of this function.
  [[nodiscard]] std::vector<Exchanged> take();

 private:
  std::shared_ptr<Transport> inner_;
  std::mutex mutex_;
  int allowed_ = 1000;
  std::function<void(HttpRequest const&, HttpResponse&)> how_{};
  std::vector<Exchanged> seen_{};
};

}  // namespace polycampaign::inline v1::testing::conformance
