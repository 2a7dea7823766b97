// polycampaign_bench --server=URL [--folder=FOLDER [--postgres=CONNECTION]] [--quick] [Google Benchmark's
// options] polycampaign_bench --stream=BASE_URL polycampaign_bench --messages=BASE_URL polycampaign_bench
// --upload=BASE_URL COUNT

#include "bench.hpp"
#include "decode.hpp"
#include "plan.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

int main(int argc, char** argv) {
  bench::Settings settings;
  std::vector<char*> others;
  for (int i = 0; i < argc; ++i) {
    std::string_view const argument = argv[i];
    auto const value_of = [&](std::string_view name, std::string& value) {
      bool const is = argument.starts_with(name);
      if (is) value = argument.substr(name.size());
      return is;
    };
    std::string base_url;
    if (value_of("--stream=", base_url)) return bench::stream(base_url);
    if (value_of("--messages=", base_url)) return bench::stream_messages(base_url);
    if (value_of("--upload=", base_url) && i + 1 < argc)
      return bench::upload(base_url, std::atoll(argv[i + 1]));
    if (value_of("--server=", settings.server) || value_of("--folder=", settings.folder) ||
        value_of("--postgres=", settings.postgres))
      continue;
    if (argument == "--quick")
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
  bench::register_upload(settings);
  bench::register_outbox(settings);
  register_decode_benchmarks();
  register_hostile_benchmarks(settings.quick);
  register_plan_benchmarks(settings.quick);
  return benchmark::RunSpecifiedBenchmarks() == 0 ? 1 : 0;
}
