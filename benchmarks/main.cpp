// polycampaign_bench --server=URL [--quick] [Google Benchmark's options]
// polycampaign_bench --stream=BASE_URL

#include "bench.hpp"
#include "decode.hpp"
#include "plan.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string_view>
#include <vector>

int main(int argc, char** argv) {
  bench::Settings settings;
  std::vector<char*> others;
  for (int i = 0; i < argc; ++i) {
    std::string_view const argument = argv[i];
    constexpr std::string_view server = "--server=";
    constexpr std::string_view stream = "--stream=";
    if (argument.starts_with(stream)) return bench::stream(argv[i] + stream.size());
    if (argument.starts_with(server))
      settings.server = argument.substr(server.size());
    else if (argument == "--quick")
      settings.quick = true;
    else
      others.push_back(argv[i]);
  }
  if (settings.server.empty()) {
    std::fprintf(stderr, "--server=URL is missing: what polycampaign_bench_server listens on\n");
    return 2;
  }
  auto count = static_cast<int>(others.size());
  benchmark::Initialize(&count, others.data());
  if (benchmark::ReportUnrecognizedArguments(count, others.data())) return 2;
  bench::register_lists(settings);
  bench::register_calls(settings);
  register_decode_benchmarks();
  register_hostile_benchmarks(settings.quick);
  register_plan_benchmarks(settings.quick);
  return benchmark::RunSpecifiedBenchmarks() == 0 ? 1 : 0;
}
