#include "hostile.hpp"

#include "decode.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using polycampaign::Provider;

/// CPU time, which other programs lengthen less than they do the clock on the wall.
double time_of(Provider const& provider, hostile::Body const& body) {
  auto best = std::numeric_limits<double>::max();
  for (int i = 0; i < 3; ++i) {
    auto text = body.text;
    text.reserve(text.size() + 64);
    auto const begin = std::clock();
    {
      auto const campaigns = provider.decode(body.document, std::move(text), {.keep_raw = true});
      benchmark::DoNotOptimize(campaigns.has_value());
    }
    best = std::min(best, static_cast<double>(std::clock() - begin));
  }
  return best;
}

template <class Bodies>
void add(char const* group, std::string_view name, std::size_t size, Bodies bodies) {
  auto const run = [name, size, bodies](benchmark::State& state) {
    auto const& provider = *polycampaign::find_provider(name);
    for (auto _ : state) {
      auto const once = bodies(size);
      auto const four_times = bodies(4 * size);
      double worst = 0;
      for (std::size_t i = 0; i < once.size(); ++i) {
        auto const factor = time_of(provider, four_times[i]) / time_of(provider, once[i]);
        if (factor <= worst) continue;
        worst = factor;
        state.SetLabel(once[i].name);
      }
      state.counters["worst"] = worst;
    }
  };
  benchmark::RegisterBenchmark((std::string{"hostile/"} + group).c_str(), run)->Iterations(1)->Repetitions(1);
}

}

void register_hostile_benchmarks(bool quick) {
  // large enough that the smaller one is in no cache either
  auto const size = std::size_t{quick ? 32U : 1024U} * 1024;
  for (auto const* name : {"yeastar", "bsg", "smsup", "dexatel"})
    add(name, name, size, [name](std::size_t bytes) { return hostile::json_bodies(name, bytes); });
  add("smsup_xml", "smsup", size, [](std::size_t bytes) { return hostile::xml_bodies(bytes); });
}
