#include "testing/conformance/deferral.hpp"

#include <future>
#include <utility>

namespace polycampaign::inline v1::testing::conformance {

Deferral::Deferral() : thread_{[this] { run(); }} {}

Deferral::~Deferral() {
  {
    std::lock_guard const lock{mutex_};
    ends_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Deferral::post(std::function<void()> work) {
  {
    std::lock_guard const lock{mutex_};
    work_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void Deferral::run() {
  std::unique_lock lock{mutex_};
  for (;;) {
    changed_.wait(lock, [this] { return ends_ || !work_.empty(); });
    if (work_.empty()) return;
    auto const next = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    next();
    lock.lock();
  }
}

namespace {

class AsynchronousClient final : public CampaignClient {
 public:
  explicit AsynchronousClient(std::unique_ptr<CampaignClient> client) : client_{std::move(client)} {}

  Capabilities const& capabilities() const noexcept override { return client_->capabilities(); }
  Result<Plan> plan(NewCampaign const& campaign) const override { return client_->plan(campaign); }
  Result<AnyAnswer> perform(AnyOperation const& operation, CallOptions const& options) override {
    // The thread that sets the value uses the promise until it has returned.
    auto const promise = std::make_shared<std::promise<Result<AnyAnswer>>>();
    client_->perform_async(operation, options,
                           [promise](Result<AnyAnswer> answer) { promise->set_value(std::move(answer)); });
    return promise->get_future().get();
  }
  std::unique_ptr<AnyPageSource> open(AnyOperation const& operation, ListOptions options) override {
    return client_->open(operation, std::move(options));
  }

 private:
  std::unique_ptr<CampaignClient> client_;
};

}  // namespace

std::unique_ptr<CampaignClient> asynchronous(std::unique_ptr<CampaignClient> client) {
  return std::make_unique<AsynchronousClient>(std::move(client));
}

}  // namespace polycampaign::inline v1::testing::conformance
