#include <polycampaign/testing/conformance.hpp>

#include "conformance/wrapped_adapter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

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

/// What changes something, and where the documents leave open how the vendor answers.
std::vector<Adapter> writing_adapters() {
  using Values = std::map<std::string, std::string, std::less<>>;
  std::vector<std::string> checks;
  for (auto const check : testing::conformance_checks()) checks.emplace_back(check);
  checks.erase(checks.begin(), std::ranges::find(checks, "writing claims"));
  std::vector<Adapter> all;
  auto const add = [&](std::string name, std::string_view provider, Values switches, Values settings = {}) {
    auto options = built_in(provider);
    options.switches = std::move(switches);
    options.settings = std::move(settings);
    options.checks = checks;
    all.push_back({std::move(name), std::move(options)});
  };
  add("bsg_without_id", "bsg", {{"create_id", "absent"}, {"data", "bare"}});
  add("bsg_moderation", "bsg", {{"moderation", "on"}, {"create_status", "real"}, {"senders", "own"}});
  add("bsg_zone", "bsg", {{"zone_offset", "2"}, {"zone_applies", "all"}}, {{"time_zone", "Etc/GMT-2"}});
  add("bsg_page", "bsg",
      {{"stoppable", "page"}, {"stop_answer", "creation"}, {"price_answer", "wrapped"}, {"profile", "web"}});
  add("dexatel_without_id", "dexatel",
      {{"create_id", "absent"}, {"create", "array"}, {"create_http", "200"}, {"channel_case", "lower"}});
  add("dexatel_ten_contacts", "dexatel", {{"contacts_limit", "10"}, {"read", "root"}});
  add("yeastar_without_id", "yeastar", {{"create_answer", "bare"}, {"error_http", "matching"}});
  add("yeastar_data", "yeastar", {{"create_answer", "data"}, {"success", "processing"}});
  for (std::string const format : {"json", "xml"}) {
    add("smsup_without_ticket_" + format, "smsup", {{"ticket", "missing"}, {"canceled", "listed"}},
        {{"format", format}});
    add("smsup_moderation_" + format, "smsup",
        {{"moderation", "on"}, {"cancel_moderated", "yes"}, {"generation", "g2"}}, {{"format", format}});
  }
  return all;
}

class EveryAdapter : public ::testing::TestWithParam<Adapter> {};

TEST_P(EveryAdapter, Conforms) {
  for (auto const& finding : check_adapter(GetParam().options)) ADD_FAILURE() << to_string(finding);
}

INSTANTIATE_TEST_SUITE_P(Writing, EveryAdapter, ::testing::ValuesIn(writing_adapters()),
                         [](auto const& adapter) { return adapter.param.name; });
INSTANTIATE_TEST_SUITE_P(BuiltIn, EveryAdapter, ::testing::ValuesIn(adapters()),
                         [](auto const& adapter) { return adapter.param.name; });

/// A good adapter that reads and does nothing else.
class ReadingAdapter final : public WrappedAdapter {
 public:
  explicit ReadingAdapter(std::shared_ptr<polycampaign::Adapter const> good)
      : WrappedAdapter{std::move(good)} {}

  Capabilities const& capabilities() const noexcept override { return reading(); }
  bool has(Operation operation) const noexcept override {
    return operation == ListCampaigns::operation || operation == GetCampaign::operation;
  }
  Result<AnyAnswer> perform(AnyOperation const& operation,
                            protocol::Conversation& conversation) const override {
    if (!has(operation.what())) return unsupported(capabilities(), operation.what());
    return WrappedAdapter::perform(operation, conversation);
  }

  static Capabilities const& reading() noexcept {
    static constexpr OperationSupport rows[] = {
        {ListCampaigns::operation, Support::native, "Campaign, Query"},
        {GetCampaign::operation, Support::native, "Campaign, Read"}};
    static Capabilities const claims = [] {
      auto all = find_provider("dexatel")->capabilities();
      all.operations = rows;
      all.campaigns = {};
      all.lists = {};
      return all;
    }();
    return claims;
  }
};

TEST(Conformance, AsksNothingOfAnAdapterThatOnlyReads) {
  auto provider = *find_provider("dexatel");
  provider.capabilities = &ReadingAdapter::reading;
  provider.make_adapter = [](Settings settings) -> Result<std::shared_ptr<polycampaign::Adapter const>> {
    auto good = find_provider("dexatel")->make_adapter(std::move(settings));
    if (!good) return good;
    return std::shared_ptr<polycampaign::Adapter const>{std::make_shared<ReadingAdapter>(*std::move(good))};
  };
  for (auto const& finding :
       check_adapter({.provider = provider, .simulator = *testing::find_simulated_vendor("dexatel")}))
    ADD_FAILURE() << to_string(finding);
}

}  // namespace
}  // namespace polycampaign::test
