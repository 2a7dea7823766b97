#include "hostile.hpp"

#include "decode.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using polycampaign::Provider;

/// So that both sizes start from main memory. Without it, the cheapest body shows the machine's caches and
/// not the decoder: 1 MiB lies in one, 4 MiB do not.
void empty_the_caches() {
  static std::vector<char> other(std::size_t{64} * 1024 * 1024);
  for (auto& byte : other) ++byte;
  benchmark::ClobberMemory();
}

/// CPU time, which other programs lengthen less than they do the clock on the wall.
double time_of(Provider const& provider, hostile::Body const& body) {
  auto text = body.text;
  text.reserve(text.size() + 64);
  constexpr std::size_t large = 512 * 1024;
  if (text.size() >= large) empty_the_caches();  // a quick run has small bodies
  auto const begin = std::clock();
  {
    auto const campaigns = provider.decode(body.document, std::move(text), {.keep_raw = true});
    benchmark::DoNotOptimize(campaigns.has_value());
  }
  return static_cast<double>(std::clock() - begin);
}

/// The median of five.
double factor_of(Provider const& provider, hostile::Body const& once, hostile::Body const& four_times) {
  std::array<double, 5> factors{};
  for (auto& factor : factors) factor = time_of(provider, four_times) / time_of(provider, once);
  std::ranges::sort(factors);
  return factors[factors.size() / 2];
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
        auto const factor = factor_of(provider, once[i], four_times[i]);
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
  auto const size = std::size_t{quick ? 32U : 1024U} * 1024;
  for (auto const* name : {"yeastar", "bsg", "smsup", "dexatel"})
    add(name, name, size, [name](std::size_t bytes) { return hostile::json_bodies(name, bytes); });
  add("smsup_xml", "smsup", size, [](std::size_t bytes) { return hostile::xml_bodies(bytes); });
}
