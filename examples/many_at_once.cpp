// Reads the details of a thousand campaigns without a thread for each. It uses calls with completions, a list
// whose pages are passed to a callback, and std::future for the one place where the program waits.

#include <polycampaign/future.hpp>
#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/simulator.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace pc = polycampaign;

namespace {

/// Reads a list and requests each campaign's details. It exists until the last details have arrived.
class Survey : public std::enable_shared_from_this<Survey> {
 public:
  Survey(pc::CampaignClient& client, std::function<void(Survey const&)> ended)
      : client_{client}, pager_{client.async_list()}, ended_{std::move(ended)} {}

  void begin() { next(); }

  std::atomic<int> campaigns{0};
  std::atomic<int> delivered{0};
  std::atomic<int> failed{0};

 private:
  using Page = std::optional<pc::Page<pc::Campaign>>;

  void next() {
    ++open_;
    pager_.next_page([self = shared_from_this()](pc::Result<Page> page) { self->take(std::move(page)); });
  }

  void take(pc::Result<Page> page) {
    if (!page) ++failed;
    if (page && *page) {
      for (auto const& campaign : (*page)->items) {
        ++open_;
        client_.async_get(campaign.id, {}, [self = shared_from_this()](pc::Result<pc::Campaign> details) {
          ++self->campaigns;
          if (!details) ++self->failed;
          if (details && details->statistics.delivered.value_or(0) > 0) ++self->delivered;
          self->close_one();
        });
      }
      next();
    }
    close_one();
  }

  void close_one() {
    if (--open_ == 0) ended_(*this);
  }

  pc::CampaignClient& client_;
  pc::AsyncPager<pc::Campaign> pager_;
  std::function<void(Survey const&)> ended_;
  std::atomic<int> open_{0};
};

}

int main() {
  auto simulator = pc::testing::Simulator::create({.provider = "dexatel", .campaigns = 1000});
  if (!simulator || !(*simulator)->serve()) return 1;
  // At most 8 concurrent requests and 2000 per second, however many calls there are.
  auto client = pc::make_client(pc::find_provider("dexatel")->make_adapter((*simulator)->settings()),
                                {.pacing = {.rate = pc::RequestRate{.requests = 2000}, .in_flight = 8}});
  if (!client) return 1;

  auto unknown = pc::as_future<pc::Campaign>(
      [&](auto done) { (*client)->async_get("00000000-0000-4000-8000-000000000000", {}, std::move(done)); });
  auto const campaign = unknown.get();
  std::cout << "unknown: " << (campaign ? "found" : to_string(campaign.error().code)) << '\n';

  std::promise<void> end;
  auto const survey = std::make_shared<Survey>(**client, [&](Survey const& s) {
    std::cout << s.campaigns << " campaigns, " << s.delivered << " with something delivered, " << s.failed
              << " failed\n";
    end.set_value();
  });
  survey->begin();
  end.get_future().wait();
  return survey->campaigns == 1000 && survey->failed == 0 ? 0 : 1;
}
