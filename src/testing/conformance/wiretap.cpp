#include "testing/conformance/wiretap.hpp"

#include <utility>

namespace polycampaign::inline v1::testing::conformance {

void Wiretap::start(HttpRequest request, TransferOptions options, Completion completion) {
  {
    std::unique_lock lock{mutex_};
    if (--allowed_ < 0) {
      lock.unlock();
      return completion(HttpResponse{.status = 503, .body = "more requests than the suite allows"});
    }
  }
  auto asked = request;
  inner_->start(std::move(request), std::move(options), [&](Result<HttpResponse> answer) {
    if (answer) {
      std::function<void(HttpRequest const&, HttpResponse&)> how;
      {
        std::lock_guard const lock{mutex_};
        how = how_;
      }
      if (how) how(asked, *answer);
      std::lock_guard const lock{mutex_};
      seen_.push_back({std::move(asked), *answer});
    }
    completion(std::move(answer));
  });
}

void Wiretap::damage(std::function<void(HttpRequest const&, HttpResponse&)> how) {
  std::lock_guard const lock{mutex_};
  how_ = std::move(how);
}

void Wiretap::allow(int requests) {
  std::lock_guard const lock{mutex_};
  allowed_ = requests;
}

bool Wiretap::exhausted() {
  std::lock_guard const lock{mutex_};
  return allowed_ < 0;
}

std::vector<Exchanged> Wiretap::take() {
  std::lock_guard const lock{mutex_};
  return std::exchange(seen_, {});
}

}  // namespace polycampaign::inline v1::testing::conformance
