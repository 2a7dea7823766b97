#include "bench.hpp"
#include "clients.hpp"
#include "peers/peers.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <utility>

namespace bench {
namespace {

using benchmark::State;

/// The list as an application reads it. Nothing on success.
std::string read_list(polycampaign::CampaignClient& client, polycampaign::ListOptions const& options,
                      std::size_t campaigns) {
  std::size_t count = 0;
  for (auto& campaign : client.list({}, options)) {
    if (!campaign) return to_string(campaign.error());
    benchmark::DoNotOptimize(campaign->id.data());
    ++count;
  }
  return count == campaigns ? std::string{} : "campaigns: " + std::to_string(count);
}

/// The same with pages that are passed to a callback. Nothing on success.
std::string read_list_async(polycampaign::CampaignClient& client, std::size_t campaigns) {
  using polycampaign::Campaign;
  using polycampaign::Page;
  auto pager = client.async_list();
  std::size_t count = 0;
  std::promise<std::string> ended;
  polycampaign::Completion<std::optional<Page<Campaign>>> const take = [&](auto page) {
    if (!page) return ended.set_value(to_string(page.error()));
    if (!*page) return ended.set_value({});
    for (auto const& campaign : (*page)->items) benchmark::DoNotOptimize(campaign.id.data());
    count += (*page)->items.size();
    pager.next_page(take);
  };
  pager.next_page(take);
  auto const problem = ended.get_future().get();
  if (!problem.empty()) return problem;
  return count == campaigns ? std::string{} : "campaigns: " + std::to_string(count);
}

benchmark::internal::Benchmark* add(std::string const& name, std::function<void(State&)> body) {
  return benchmark::RegisterBenchmark(name.c_str(), std::move(body))
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

benchmark::internal::Benchmark* add_library(std::string const& name, Client const& client,
                                            std::size_t campaigns, polycampaign::ListOptions options = {}) {
  return add(name, [=](State& state) {
    for (auto _ : state)
      if (auto const problem = read_list(*client, options, campaigns); !problem.empty())
        return state.SkipWithError(problem.c_str());
  });
}

benchmark::internal::Benchmark* add_async(std::string const& name, Client const& client,
                                          std::size_t campaigns) {
  return add(name, [=](State& state) {
    for (auto _ : state)
      if (auto const problem = read_list_async(*client, campaigns); !problem.empty())
        return state.SkipWithError(problem.c_str());
  });
}

using Peer = std::size_t (*)(peers::Shape shape, std::string const& base_url);

benchmark::internal::Benchmark* add_peer(std::string const& name, Peer list, peers::Shape shape,
                                         std::string const& base_url, std::size_t campaigns) {
  return add(name, [=](State& state) {
    for (auto _ : state)
      if (list(shape, base_url) != campaigns) return state.SkipWithError("campaigns are missing");
  });
}

}

void register_lists(Settings const& settings) {
  auto const at = [&](std::string const& list, int delay) {
    return settings.server + '/' + list + '/' + std::to_string(delay);
  };
  auto const repeat = [&](benchmark::internal::Benchmark* one, int times) {
    one->Iterations(1)->Repetitions(settings.quick ? 1 : times);
  };

  for (auto const shape : {peers::Shape::yeastar, peers::Shape::smsup}) {
    bool const small = shape == peers::Shape::yeastar;
    auto const campaigns = std::size_t{small ? 100'000u : 50'000u} / (settings.quick ? 50 : 1);
    std::string const name = small ? "list/100/" : "list/1000/";
    auto const url = at((small ? "yeastar-" : "smsup-") + std::to_string(campaigns), 0);
    constexpr int rounds = 15;
    repeat(add_library(name + "library", small ? yeastar(url) : smsup(url), campaigns), rounds);
    repeat(add_async(name + "async", small ? yeastar(url) : smsup(url), campaigns), rounds);
    repeat(add_peer(name + "L", peers::list_simdjson, shape, url, campaigns), rounds);
    repeat(add_peer(name + "N", peers::list_nlohmann, shape, url, campaigns), rounds);
  }

  std::size_t const campaigns = settings.quick ? 2'500 : 10'000;
  constexpr int delays[] = {0, 5, 10, 20, 50, 100};
  for (int const delay : delays) {
    if (settings.quick && delay != 20) continue;
    auto const name = "delay/" + std::to_string(delay) + '/';
    auto const url = at("yeastar-" + std::to_string(campaigns), delay);
    auto const client = yeastar(url);
    auto const times = delay == 20 ? 7 : 3;
    for (int const prefetch : {1, 4, 8})
      repeat(add_library(name + std::to_string(prefetch), client, campaigns, {.prefetch = prefetch}), times);
    if (delay == 20)
      repeat(add_peer(name + "N", peers::list_nlohmann, peers::Shape::yeastar, url, campaigns), times);
  }
}

}
