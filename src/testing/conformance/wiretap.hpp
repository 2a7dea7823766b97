#pragma once

#include "polycampaign/transport.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace polycampaign::inline v1::testing::conformance {

/// A request that the adapter made, and what it was answered.
struct Exchanged {
  HttpRequest request{};
  HttpResponse response{};
};

/// Remembers what goes over a transport that answers in the calling thread, and damages answers. May be used
/// from several threads.
class Wiretap final : public Transport {
 public:
  explicit Wiretap(std::shared_ptr<Transport> inner) : inner_{std::move(inner)} {}

  void start(HttpRequest request, TransferOptions options, Completion completion) override;

  /// Every answer from now on passes through this, called on the thread of the request; null: as it comes.
  void damage(std::function<void(HttpRequest const&, HttpResponse&)> how);
  /// After so many requests from now on, each is answered with a 503 and without its vendor.
  void allow(int requests);
  /// Whether so many came.
  [[nodiscard]] bool exhausted();
  /// What went over it since the last call of this.
  [[nodiscard]] std::vector<Exchanged> take();

 private:
  std::shared_ptr<Transport> inner_;
  std::mutex mutex_;
  int allowed_ = 1000;
  std::function<void(HttpRequest const&, HttpResponse&)> how_{};
  std::vector<Exchanged> seen_{};
};

}  // namespace polycampaign::inline v1::testing::conformance
