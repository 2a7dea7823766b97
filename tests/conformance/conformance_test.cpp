#include <polycampaign/testing/conformance.hpp>

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace polycampaign::test {
namespace {

using testing::check_adapter;
using testing::ConformanceOptions;

struct Adapter {
  std::string name{};
  ConformanceOptions options{};

  friend void PrintTo(Adapter const& adapter, std::ostream* out) { *out << adapter.name; }
};

ConformanceOptions built_in(std::string_view name) {
  return {.provider = *find_provider(name), .simulator = *testing::find_simulated_vendor(name)};
}

std::vector<Adapter> adapters() {
  std::vector<Adapter> all;
  for (auto const& provider : providers())
    all.push_back({std::string{provider.name}, built_in(provider.name)});
  for (auto& adapter : all)
    if (adapter.name == "bsg" || adapter.name == "smsup") adapter.options.sort_key = "id";
  auto xml = built_in("smsup");
  xml.settings = {{"format", "xml"}};
  xml.sort_key = "id";
  all.push_back({"smsup_xml", xml});
  return all;
}

class EveryAdapter : public ::testing::TestWithParam<Adapter> {};

TEST_P(EveryAdapter, Conforms) {
  for (auto const& finding : check_adapter(GetParam().options)) ADD_FAILURE() << to_string(finding);
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, EveryAdapter, ::testing::ValuesIn(adapters()),
                         [](auto const& adapter) { return adapter.param.name; });

}  // namespace
}  // namespace polycampaign::test
