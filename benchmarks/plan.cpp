#include "plan.hpp"

#include "polycampaign/plan.hpp"
#include "polycampaign/providers.hpp"

#include "allocations.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>
#include <utility>

namespace {

using polycampaign::NewCampaign;

NewCampaign campaign_of(std::size_t recipients) {
  NewCampaign campaign{.sender = "Shop24"};
  campaign.recipients.reserve(recipients);
  for (std::size_t i = 0; i < recipients; ++i) {
    // spread, so that the numbers are not in order already
    auto const person = (i % 100 == 99 ? i - 50 : i) * 7'368'787 % 100'000'000;
    campaign.recipients.push_back(
        {.number = "+380" + std::to_string(100'000'000 + person),
         .text = "Your order " + std::to_string(i) +
                 " is ready. Collect it until Saturday, 18:00, at the usual place."});
  }
  return campaign;
}

void plan_of(benchmark::State& state, std::size_t recipients) {
  auto const& vendor = polycampaign::find_provider("bsg")->capabilities();
  auto const campaign = campaign_of(recipients);
  auto const before = bench::allocated_bytes();
  auto const first = polycampaign::plan(vendor, campaign);
  auto const taken = bench::allocated_bytes() - before;
  if (!first || *first->recipients + first->duplicates != static_cast<std::int64_t>(recipients)) {
    state.SkipWithError("this is no plan of all recipients");
    return;
  }
  for (auto _ : state) {
    auto const again = polycampaign::plan(vendor, campaign);
    benchmark::DoNotOptimize(again.has_value());
  }
  state.counters["bytes"] = static_cast<double>(taken) / static_cast<double>(recipients);
}

}

void register_plan_benchmarks(bool quick) {
  std::size_t const many = quick ? 20'000 : 1'000'000;
  for (auto const& [name, recipients] : {std::pair{"plan/few", many / 100}, std::pair{"plan/many", many}}) {
    auto const run = [recipients = recipients](benchmark::State& state) { plan_of(state, recipients); };
    benchmark::RegisterBenchmark(name, run)->Unit(benchmark::kMillisecond)->Iterations(1);
  }
}
