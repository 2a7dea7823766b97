#include "polycampaign/recipient_upload.hpp"

#include "bench.hpp"
#include "clients.hpp"
#include "peers/peers.hpp"

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {
namespace {

using benchmark::State;
using polycampaign::HttpRequest;
using polycampaign::RecipientUpload;

/// Counts requests, and keeps their bodies if it is asked to.
class Recorder final : public polycampaign::Transport {
 public:
  explicit Recorder(std::shared_ptr<Transport> inner) : inner_{std::move(inner)} {}

  void start(HttpRequest request, polycampaign::TransferOptions options, Completion completion) override {
    ++requests;
    if (keep) bodies.push_back(request.body);
    inner_->start(std::move(request), std::move(options), std::move(completion));
  }

  std::atomic<std::int64_t> requests{0};
  bool keep = false;
  std::vector<std::string> bodies{};

 private:
  std::shared_ptr<Transport> inner_;
};

std::string number(std::int64_t place) {
  return "+336" + std::to_string(10'000'000 + place);
}

/// Numbers that are made when they are asked for.
RecipientUpload::Source generated(std::int64_t count) {
  using Number = std::optional<std::string>;
  return [count, next = std::int64_t{0}]() mutable -> polycampaign::Result<Number> {
    if (next == count) return Number{};
    return Number{number(next++)};
  };
}

/// Nothing on success.
std::string upload_all(polycampaign::CampaignClient& client, std::int64_t count) {
  auto upload = RecipientUpload::to_list(client, "12", generated(count));
  for (;;) {
    auto const more = upload.step();
    if (!more) return to_string(more.error());
    if (!*more) break;
  }
  auto const& progress = upload.progress();
  if (progress.numbers != count || progress.added != count) return "numbers are missing";
  return upload.notes().empty() ? std::string{} : upload.notes().front();
}

/// The loop that people write: it makes the same numbers and the same bodies, and checks nothing.
/// `post(body)` sends one.
template <class Post>
void upload_by_hand(std::int64_t count, std::int64_t step, Post post) {
  std::string body;
  for (std::int64_t first = 0; first < count; first += step) {
    body = R"({"list":{"listId":12,"contacts":{"gsm":[)";
    for (auto place = first; place < first + step && place < count; ++place) {
      if (place != first) body += ',';
      body += R"({"value":")";
      body += std::string_view{number(place)}.substr(1);
      body += R"("})";
    }
    body += "]}}}";
    post(body);
  }
}

}

void register_upload(Settings const& settings) {
  std::int64_t const count = settings.quick ? 5'000 : 100'000;
  auto const url = settings.server + "/upload/0";
  auto const recorder = std::make_shared<Recorder>(must(polycampaign::make_curl_transport()));
  Client const client = must(polycampaign::smsup::make_client(
      {.token = polycampaign::Secret{"token"}, .base_url = url}, {.transport = recorder}));
  auto const step = client->capabilities().lists.numbers.most;
  auto const fewest = static_cast<double>((count + step - 1) / step);

  auto const add = [&](char const* name, auto body) {
    benchmark::RegisterBenchmark(name, std::move(body))
        ->MeasureProcessCPUTime()
        ->Unit(benchmark::kMillisecond)
        ->Iterations(settings.quick ? 1 : 3)
        ->Repetitions(settings.quick ? 1 : 15);
  };
  add("upload/library", [=](State& state) {
    auto const before = recorder->requests.load();
    for (auto _ : state)
      if (auto const problem = upload_all(*client, count); !problem.empty())
        return state.SkipWithError(problem.c_str());
    auto const requests = static_cast<double>(recorder->requests.load() - before);
    state.counters["requests"] = requests / static_cast<double>(state.iterations()) / fewest;
  });
  add("upload/hand", [=](State& state) {
    recorder->bodies.clear();
    recorder->keep = true;
    auto const problem = upload_all(*client, count);
    recorder->keep = false;
    if (!problem.empty()) return state.SkipWithError(problem.c_str());
    std::vector<std::string> bodies;
    upload_by_hand(count, step, [&](std::string const& body) { bodies.push_back(body); });
    if (bodies != recorder->bodies) return state.SkipWithError("the two sides send different bodies");

    peers::RawHandle handle{url + "/list"};
    handle.post(bodies.front());
    for (auto _ : state) upload_by_hand(count, step, [&](std::string const& body) { handle.post(body); });
  });
}

int upload(std::string const& base_url, std::int64_t count) {
  auto const client = smsup(base_url);
  auto const problem = upload_all(*client, count);
  if (!problem.empty()) return std::fprintf(stderr, "%s\n", problem.c_str()), 1;
  return print_peak();
}

}
