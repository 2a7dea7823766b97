#include "decode.hpp"

#include "allocations.hpp"
#include "peers/library.hpp"
#include "peers/payload.hpp"
#include "peers/peers.hpp"

#include <benchmark/benchmark.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace {

using peers::Campaigns;
using peers::Shape;

struct Page {
  std::string name;
  Shape shape;
  int records;
  std::string text;
};
using SharedPage = std::shared_ptr<Page>;

/// `prepare()` makes what `decode(prepared)` uses up.
struct Free {
  void operator()(Campaigns&&) const {}
};

/// `done(campaigns)` gets rid of them.
template <class Prepare, class Decode, class Done = Free>
void add(SharedPage const& page, char const* side, Prepare prepare, Decode decode, Done done = {}) {
  auto const run = [page, prepare, decode, done](benchmark::State& state) {
    for (auto _ : state) {
      auto input = prepare();
      auto const begin = std::chrono::steady_clock::now();
      {
        Campaigns campaigns = decode(std::move(input));
        benchmark::DoNotOptimize(campaigns.data());
        done(std::move(campaigns));
      }
      state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    using benchmark::Counter;
    state.counters["time_per_campaign"] =
        Counter(page->records, Counter::kIsIterationInvariantRate | Counter::kInvert);
  };
  auto const name = "decode/" + page->name + '/' + side;
  benchmark::RegisterBenchmark(name.c_str(), run)->UseManualTime()->Unit(benchmark::kMicrosecond);
}

/// For sides that only read.
template <class Decode>
void add(SharedPage const& page, char const* side, Decode decode) {
  add(
      page, side, [page] { return page.get(); }, [decode](Page* read) { return decode(*read); });
}

void add_library(SharedPage const& page) {
  auto const library = std::make_shared<peers::Library>(page->shape, page->records);
  add(
      page, "library", [page] { return peers::Library::answer(page->text); },
      [library](polycampaign::HttpResponse answer) { return library->decode(std::move(answer)); },
      [library](Campaigns&& campaigns) { library->give_back(std::move(campaigns)); });
}

template <class Structs>
void add_allocations(SharedPage const& page, Structs structs) {
  auto const run = [page, structs](benchmark::State& state) {
    peers::Library const library{page->shape, page->records};
    auto const decode_counted = [&] {
      auto answer = peers::Library::answer(page->text);
      auto const before = bench::allocations();
      auto const campaigns = library.decode(std::move(answer));
      return std::pair{bench::allocations() - before, structs(campaigns)};
    };
    decode_counted();  // parsers are kept between pages
    for (auto _ : state) {
      auto const [own, floor] = decode_counted();
      auto const each = [&](std::uint64_t sum) {
        return static_cast<double>(sum) / static_cast<double>(page->records);
      };
      state.counters["library"] = each(own);
      state.counters["structs"] = each(floor);
      state.counters["above"] = each(own) - each(floor);
    }
  };
  benchmark::RegisterBenchmark(("allocations/" + page->name).c_str(), run)->Iterations(1);
}

std::uint64_t count_of(auto&& make) {
  auto const before = bench::allocations();
  Campaigns const made = make();
  return bench::allocations() - before;
}

void register_json(std::string name, Shape shape, int records, std::string text) {
  auto const page = std::make_shared<Page>(Page{std::move(name), shape, records, std::move(text)});
  auto const filler = std::make_shared<peers::Filler>(shape, page->text);
  auto const simdjson = std::make_shared<peers::SimdjsonDom>();
  add_library(page);
  add(page, "simdjson", [simdjson](Page& read) { return simdjson->decode(read.shape, read.text); });
  add(page, "sax", [](Page& read) { return peers::nlohmann_sax(read.shape, read.text); });
  add(page, "dom", [](Page& read) { return peers::nlohmann_dom(read.shape, read.text); });
  add(page, "fill", [filler](Page&) { return filler->fill(); });
  add_allocations(page, [filler](Campaigns const&) { return count_of([&] { return filler->fill(); }); });
}

void register_xml() {
  auto const page =
      std::make_shared<Page>(Page{"smsup_xml_1000", Shape::smsup, 1000, payload::smsup_page_xml(0, 1000)});
  auto const expat = std::make_shared<peers::Expat>();
  add_library(page);
  add(page, "expat", [expat](Page& read) { return expat->decode(read.text); });
  add(
      page, "pugixml", [page] { return page->text; },
      [](std::string text) { return peers::pugixml_loop(std::move(text)); });
  add_allocations(page, [](Campaigns const& campaigns) { return count_of([&] { return campaigns; }); });
}

}

void register_decode_benchmarks() {
#if defined(__GLIBC__)
  constexpr int never = 1 << 30;
  mallopt(M_TRIM_THRESHOLD, never);
  mallopt(M_MMAP_THRESHOLD, never);
#endif
  bench::count_pugixml();
  register_json("yeastar_100", Shape::yeastar, 100, payload::yeastar_page(300, 100, 10'000));
  register_json("bsg_50", Shape::bsg, 50, payload::bsg_page(150, 50, 10'000));
  register_json("bsg_1000", Shape::bsg, 1000, payload::bsg_page(1000, 1000, 10'000));
  register_json("smsup_1000", Shape::smsup, 1000, payload::smsup_page(1000, 1000, 10'000));
  register_xml();
}
