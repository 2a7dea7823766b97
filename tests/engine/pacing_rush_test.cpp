#include "engine/exchange_engine.hpp"
#include "engine/read_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <random>
#include <thread>

namespace polycampaign::test {
namespace {

using namespace std::chrono_literals;

/// What the transport sees of a client's requests.
class Watch {
 public:
  void started() {
    std::lock_guard const lock{mutex_};
    starts_.push_back(std::chrono::steady_clock::now());
    most_ = std::max(most_, ++now_);
  }
  void ended() {
    std::lock_guard const lock{mutex_};
    --now_;
  }
  int most() const { return most_; }
  std::size_t count() const { return starts_.size(); }
  /// The shortest time in which so many requests and one more were started.
  std::chrono::nanoseconds shortest(std::size_t requests) const {
    auto shortest = std::chrono::nanoseconds::max();
    for (std::size_t i = requests; i < starts_.size(); ++i)
      shortest = std::min<std::chrono::nanoseconds>(shortest, starts_[i] - starts_[i - requests]);
    return shortest;
  }

 private:
  std::mutex mutex_;
  std::vector<std::chrono::steady_clock::time_point> starts_;
  int now_ = 0;
  int most_ = 0;
};

/// Answers on four threads, each whenever it gets round to it. A canceled request is over at once, although
/// its completion comes as late as any other.
class BusyTransport final : public Transport {
 public:
  BusyTransport(Watch& watch, HandlerTransport::Handler handler)
      : watch_{watch}, handler_{std::move(handler)} {
    for (int i = 0; i < 4; ++i) threads_.emplace_back([this] { work(); });
  }
  ~BusyTransport() override {
    {
      std::lock_guard const lock{mutex_};
      ended_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
  }
  void start(HttpRequest request, TransferOptions options, Completion completion) override {
    watch_.started();
    One one{
        std::move(request), std::move(options), std::move(completion), std::make_shared<Over>(watch_), {}};
    one.registration = one.options.cancel.on_cancel([over = one.over] { over->set(); });
    {
      std::lock_guard const lock{mutex_};
      queue_.push_back(std::move(one));
    }
    changed_.notify_one();
  }

 private:
  class Over {
   public:
    explicit Over(Watch& watch) : watch_{watch} {}
    void set() {
      if (!done_.exchange(true)) watch_.ended();
    }

   private:
    Watch& watch_;
    std::atomic<bool> done_{false};
  };
  struct One {
    HttpRequest request;
    TransferOptions options;
    Completion completion;
    std::shared_ptr<Over> over;
    CancelToken::Registration registration;
  };
  void work() {
    std::unique_lock lock{mutex_};
    for (;;) {
      changed_.wait(lock, [&] { return ended_ || !queue_.empty(); });
      if (queue_.empty()) return;
      auto one = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      auto answer = one.options.gate->open(true) ? handler_(one.request)
                                                 : Result<HttpResponse>{Error{.code = ErrorCode::canceled}};
      one.over->set();
      one.completion(std::move(answer));
      lock.lock();
    }
  }

  Watch& watch_;
  HandlerTransport::Handler handler_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<One> queue_;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

/// All kinds of calls from many threads at once, with failures, repetitions and expired tokens.
void rush(Pacing const& pacing) {
  Watch watch;
  AcmeServer server{60};
  std::mutex mutex;
  std::atomic<int> handled{0};
  auto const transport = std::make_shared<BusyTransport>(watch, [&](HttpRequest const& request) {
    auto const number = ++handled;
    if (number % 17 == 0) return Result<HttpResponse>{status(503)};
    if (number % 29 == 0 && request.url.find("/log_in") == std::string::npos)
      return Result<HttpResponse>{status(401)};
    std::lock_guard const lock{mutex};
    return server(request);
  });
  constexpr int rounds = 15;
  std::atomic<int> finished{0};
  std::promise<void> all_finished;
  {
    Engine engine{{.adapter = std::make_shared<Acme>(AcmeOptions{.max_page_size = 10}),
                   .transport = transport,
                   .retry = {.max_attempts = 4, .first_delay = 1ms},
                   .pacing = pacing}};
    auto const finish = [&] {
      if (++finished == 3 * 2 * rounds) all_finished.set_value();
    };
    std::vector<std::thread> threads;
    for (unsigned n = 0; n < 2; ++n) {
      threads.emplace_back([&] {
        for (int i = 0; i < rounds; ++i) {
          static_cast<void>(engine.run(text_exchange(Action::read)));
          finish();
        }
      });
      threads.emplace_back([&] {
        for (int i = 0; i < rounds; ++i)
          engine.start<std::string>(text_exchange(Action::read), {}, [&](auto const&) { finish(); });
      });
      threads.emplace_back([&] {
        for (int i = 0; i < rounds; ++i) {
          Pager<Campaign> pager{
              std::make_unique<CampaignReader>(engine.core(), CampaignFilter{}, ListOptions{.prefetch = 3})};
          for (int pages = 0; pages < 4; ++pages) {  // and leaves the rest in flight
            auto const page = pager.next_page();
            if (!page || !*page) break;
          }
          finish();
        }
      });
      threads.emplace_back([&, n] {
        std::mt19937 random{n};
        for (int i = 0; i < rounds; ++i) {
          CancelSource source;
          std::thread canceller{[&, spins = random() % 100] {
            for (unsigned spin = 0; spin < spins; ++spin) std::this_thread::yield();
            source.cancel();
          }};
          static_cast<void>(engine.run(text_exchange(Action::sends), {.cancel = source.token()}));
          canceller.join();
        }
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(all_finished.get_future().wait_for(60s), std::future_status::ready) << "somebody starves";
  }
  EXPECT_GT(watch.count(), 100U);
  if (pacing.rate) {
    EXPECT_GE(watch.shortest(static_cast<std::size_t>(pacing.rate->requests)), pacing.rate->period);
  }
  if (pacing.in_flight) {
    EXPECT_EQ(watch.most(), *pacing.in_flight);
  }
}

TEST(Paced, RushOfAllKindsOfCallsKeepsTheRate) {
  rush({.rate = RequestRate{20, 10ms}});
}
TEST(Paced, RushOfAllKindsOfCallsKeepsTheNumberInFlight) {
  rush({.in_flight = 3});
}
TEST(Paced, RushOfAllKindsOfCallsKeepsBothLimits) {
  rush({.rate = RequestRate{1, 1ms}, .in_flight = 1});
}

}  // namespace
}  // namespace polycampaign::test
