#include "bench.hpp"
#include "clients.hpp"
#include "peers/peers.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace bench {
namespace {

using benchmark::State;
using polycampaign::HttpRequest;
using polycampaign::HttpResponse;
using polycampaign::Result;

/// An answer that somebody waits for.
class Slot {
 public:
  void complete(Result<HttpResponse> const& result) {
    {
      std::lock_guard const lock{mutex_};
      done_ = true;
      good_ = result.has_value();
    }
    changed_.notify_one();
  }
  /// Whether it was a success.
  bool take() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return done_; });
    done_ = false;
    return good_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  bool good_ = false;
};

HttpRequest tiny(std::string const& url) {
  HttpRequest request;
  request.url = url;
  request.action = polycampaign::Action::read;
  return request;
}

void blocking(State& state, polycampaign::Transport& transport, std::string const& url) {
  for (auto _ : state)
    if (auto const answer = transport.send(tiny(url)); !answer)
      return state.SkipWithError(to_string(answer.error()).c_str());
}

/// As a pager does it: four requests on their way, the oldest is waited for, the next one started.
void four_in_flight(State& state, polycampaign::Transport& transport, std::string const& url) {
  std::array<Slot, 4> slots;
  auto const start = [&](Slot& slot) {
    transport.start(tiny(url), {}, [&slot](auto const& result) { slot.complete(result); });
  };
  for (auto& slot : slots) start(slot);
  std::size_t next = 0;
  bool good = true;
  for (auto _ : state) {
    auto& slot = slots[next++ % slots.size()];
    good = slot.take() && good;
    start(slot);
  }
  for (auto& slot : slots) good = slot.take() && good;
  if (!good) state.SkipWithError("a request failed");
}

/// Four requests in flight, each made from the completion of the one before it: no thread waits for any of
/// them.
void from_completions(State& state, polycampaign::Transport& transport, std::string const& url,
                      int requests) {
  struct Run {
    polycampaign::Transport& transport;
    std::string const& url;
    std::atomic<int> left;
    std::atomic<int> running{4};
    std::atomic<bool> good{true};
    std::promise<void> ended{};

    void next() {
      if (left-- <= 0) {
        if (--running == 0) ended.set_value();
        return;
      }
      transport.start(tiny(url), {}, [this](auto const& result) {
        if (!result) good = false;
        next();
      });
    }
  };
  while (state.KeepRunningBatch(requests)) {
    Run run{transport, url, requests};
    for (int i = 0; i < 4; ++i) run.next();
    run.ended.get_future().wait();
    if (!run.good) return state.SkipWithError("a request failed");
  }
}

void canceled(State& state, polycampaign::CampaignClient& client) {
  using Clock = std::chrono::steady_clock;
  for (auto _ : state) {
    polycampaign::CancelSource source;
    Clock::time_point returned;
    bool good = false;
    std::thread caller{[&] {
      auto const answer = client.get("1", {.call = {.cancel = source.token()}});
      returned = Clock::now();
      good = !answer && answer.error().code == polycampaign::ErrorCode::canceled;
    }};
    // long enough to be on its way; were it not, canceling would be as quick
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
    auto const asked = Clock::now();
    source.cancel();
    caller.join();
    if (!good) return state.SkipWithError("not canceled");
    state.SetIterationTime(std::chrono::duration<double>(returned - asked).count());
  }
}

}

void register_calls(Settings const& settings) {
  auto const add = [&](char const* name, auto body) {
    auto* const one = benchmark::RegisterBenchmark(name, std::move(body));
    one->Unit(benchmark::kMicrosecond)->Repetitions(settings.quick ? 1 : 15);
    return one;
  };
  auto const cpu = [&](char const* name, auto body) {
    add(name, std::move(body))->MeasureProcessCPUTime()->Iterations(settings.quick ? 50 : 5'000);
  };
  auto const tiny_url = settings.server + "/tiny/0/";
  std::shared_ptr const transport = must(polycampaign::make_curl_transport());
  cpu("call/raw", [tiny_url](State& state) {
    peers::RawHandle handle{tiny_url};
    handle.get();
    for (auto _ : state) handle.get();
  });
  cpu("call/blocking", [=](State& state) { blocking(state, *transport, tiny_url); });
  cpu("call/four", [=](State& state) { four_in_flight(state, *transport, tiny_url); });

  auto const requests = settings.quick ? 50 : 5'000;
  cpu("call/async", [=](State& state) { from_completions(state, *transport, tiny_url, requests); });

  auto const account = settings.server + "/smsup-10000/0";
  cpu("get/raw", [account](State& state) {
    peers::RawHandle handle{account + "/campaign/18000001"};
    handle.get();
    for (auto _ : state) handle.get();
  });
  cpu("get/library", [client = smsup(account)](State& state) {
    for (auto _ : state)
      if (auto const campaign = client->get("18000001"); !campaign)
        return state.SkipWithError(to_string(campaign.error()).c_str());
  });

  auto* const cancel = add(
      "cancel", [client = smsup(settings.server + "/never/0")](State& state) { canceled(state, *client); });
  cancel->UseManualTime()->Iterations(settings.quick ? 2 : 20);
}

}
