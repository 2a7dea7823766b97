// Counts what a client does and prints the counts in the Prometheus text format. A program would serve
// `Counters::text()` at /metrics. Nothing here is global, so several clients can share one Counters object or
// have one each.

#include <polycampaign/future.hpp>
#include <polycampaign/polycampaign.hpp>
#include <polycampaign/testing/simulator.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace pc = polycampaign;

namespace {

class Counters {
 public:
  void add(pc::LogEvent const& event) {
    std::string const code{event.error ? to_string(*event.error) : "ok"};
    std::lock_guard const lock{mutex_};
    if (event.kind == pc::LogEvent::Kind::turn) {
      ++waits_[event.provider];
      return;
    }
    if (event.kind == pc::LogEvent::Kind::call) {
      std::string const effect{event.error ? to_string(event.effect) : "done"};
      ++calls_[{event.provider, event.operation, code, effect}];
      return;
    }
    ++requests_[{event.provider, event.operation, code}];
    auto& time = durations_[{event.provider, event.operation}];
    auto const seconds = std::chrono::duration<double>{event.duration}.count();
    for (std::size_t i = 0; i < bounds.size(); ++i)
      if (seconds <= bounds[i]) ++time.within[i];
    ++time.count;
    time.sum += seconds;
    received_[event.provider] += event.response_bytes;
  }

  [[nodiscard]] std::string text() const {
    std::lock_guard const lock{mutex_};
    std::ostringstream out;
    out << "# HELP polycampaign_calls_total Calls that have ended.\n# TYPE polycampaign_calls_total "
           "counter\n";
    for (auto const& [labels, count] : calls_) {
      auto const& [provider, operation, code, effect] = labels;
      out << "polycampaign_calls_total{provider=\"" << provider << "\",operation=\"" << operation
          << "\",code=\"" << code << "\",effect=\"" << effect << "\"} " << count << '\n';
    }
    out << "# HELP polycampaign_requests_total HTTP requests, repeated ones included.\n"
           "# TYPE polycampaign_requests_total counter\n";
    for (auto const& [labels, count] : requests_) {
      auto const& [provider, operation, code] = labels;
      out << "polycampaign_requests_total{provider=\"" << provider << "\",operation=\"" << operation
          << "\",code=\"" << code << "\"} " << count << '\n';
    }
    out << "# HELP polycampaign_request_seconds Time from a request to its answer.\n"
           "# TYPE polycampaign_request_seconds histogram\n";
    for (auto const& [labels, time] : durations_) {
      auto const name = "{provider=\"" + labels.first + "\",operation=\"" + labels.second + '"';
      for (std::size_t i = 0; i < bounds.size(); ++i)
        out << "polycampaign_request_seconds_bucket" << name << ",le=\"" << bounds[i] << "\"} "
            << time.within[i] << '\n';
      out << "polycampaign_request_seconds_bucket" << name << ",le=\"+Inf\"} " << time.count << '\n'
          << "polycampaign_request_seconds_sum" << name << "} " << time.sum << '\n'
          << "polycampaign_request_seconds_count" << name << "} " << time.count << '\n';
    }
    out << "# HELP polycampaign_response_bytes_total Bytes of answers' bodies.\n"
           "# TYPE polycampaign_response_bytes_total counter\n";
    for (auto const& [provider, bytes] : received_)
      out << "polycampaign_response_bytes_total{provider=\"" << provider << "\"} " << bytes << '\n';
    out << "# HELP polycampaign_paced_calls_total Calls that had to wait for their turn.\n"
           "# TYPE polycampaign_paced_calls_total counter\n";
    for (auto const& [provider, count] : waits_)
      out << "polycampaign_paced_calls_total{provider=\"" << provider << "\"} " << count << '\n';
    return out.str();
  }

 private:
  static constexpr std::array bounds{0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0};
  struct Durations {
    std::array<std::uint64_t, bounds.size()> within{};
    std::uint64_t count = 0;
    double sum = 0;
  };
  std::mutex mutable mutex_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::uint64_t> calls_;
  std::map<std::tuple<std::string, std::string, std::string>, std::uint64_t> requests_;
  std::map<std::pair<std::string, std::string>, Durations> durations_;
  std::map<std::string, std::uint64_t> received_;
  std::map<std::string, std::uint64_t> waits_;
};

}

int main() {
  Counters counters;
  for (auto const& provider : pc::providers()) {
    auto simulator =
        pc::testing::Simulator::create({.provider = std::string{provider.name}, .campaigns = 300});
    if (!simulator || !(*simulator)->serve()) return 1;
    auto client = pc::make_client(
        provider.make_adapter((*simulator)->settings()),
        {.pacing = {.in_flight = 1}, .log = [&](pc::LogEvent const& event) { counters.add(event); }});
    if (!client || !(*client)->list().collect()) return 1;
    static_cast<void>((*client)->get("0"));
    // three calls at once, but only one request in flight
    std::vector<std::future<pc::Result<pc::Campaign>>> many;
    many.reserve(3);
    for (int i = 0; i < 3; ++i)
      many.push_back(
          pc::as_future<pc::Campaign>([&](auto done) { (*client)->async_get("1", {}, std::move(done)); }));
    for (auto& one : many) static_cast<void>(one.get());
  }
  std::cout << counters.text();
}
