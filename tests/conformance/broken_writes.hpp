#pragma once

#include <polycampaign/testing/conformance.hpp>

#include "conformance/wrapped_adapter.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// The mistakes of an adapter that otherwise writes well. Functions that are null change nothing.
struct WritingFaults {
  std::function<void(protocol::Call&)> call{};  ///< each request of these operations
  std::function<void(Error&, HttpResponse const&, std::string_view secret)> error{};  ///< of each of them
  std::function<void(NewCampaign&)> campaign{};  ///< of a create, as it reaches the adapter
  std::function<void(std::string& token)> token{};
  std::function<void(UpdateCampaign&)> update{};
  std::function<void(Submission&, NewCampaign const&)> submission{};
  std::function<void(Estimate&)> estimate{};
  std::function<void(Balance&)> balance{};
  std::function<void(std::vector<Sender>&)> senders{};
  /// Runs instead of the good adapter, which it can call.
  std::function<Result<AnyAnswer>(Adapter const& good, AnyOperation const&, protocol::Conversation&)>
      script{};
  std::function<void(Capabilities&)> capabilities{};
  bool has_no_start_clock = false;
  bool tells_no_secret = false;
};

class BrokenWriter final : public WrappedAdapter {
 public:
  BrokenWriter(std::shared_ptr<Adapter const> good, WritingFaults const& faults)
      : WrappedAdapter{std::move(good)}, faults_{faults}, capabilities_{WrappedAdapter::capabilities()} {
    if (faults_.capabilities) faults_.capabilities(capabilities_);
  }

  Capabilities const& capabilities() const noexcept override { return capabilities_; }
  std::vector<std::string_view> secrets() const override {
    return faults_.tells_no_secret ? std::vector<std::string_view>{} : WrappedAdapter::secrets();
  }
  std::optional<protocol::ClockRule> start_clock() const override {
    return faults_.has_no_start_clock ? std::nullopt : WrappedAdapter::start_clock();
  }
  Result<AnyAnswer> perform(AnyOperation const& operation,
                            protocol::Conversation& conversation) const override {
    if (operation.as<GetCampaign>() != nullptr) return WrappedAdapter::perform(operation, conversation);
    FaultyWriting faulty{*this, conversation};
    auto const changed = change(operation);
    auto answer = faults_.script ? faults_.script(good(), changed, faulty) : good().perform(changed, faulty);
    if (answer) change(operation, *answer);
    return answer;
  }

 private:
  AnyOperation change(AnyOperation const& operation) const {
    if (auto const* const create = operation.as<CreateCampaign>()) {
      auto changed = *create;
      if (faults_.campaign) faults_.campaign(changed.campaign);
      if (faults_.token) faults_.token(changed.token);
      return AnyOperation{std::move(changed)};
    }
    if (auto const* const update = operation.as<UpdateCampaign>()) {
      auto changed = *update;
      if (faults_.update) faults_.update(changed);
      return AnyOperation{std::move(changed)};
    }
    return operation;
  }
  void change(AnyOperation const& operation, AnyAnswer const& answer) const {
    if (auto const* const create = operation.as<CreateCampaign>(); create != nullptr && faults_.submission)
      faults_.submission(*static_cast<Submission*>(answer.get()), create->campaign);
    if (operation.as<EstimateCampaign>() != nullptr && faults_.estimate)
      faults_.estimate(*static_cast<Estimate*>(answer.get()));
    if (operation.as<GetBalance>() != nullptr && faults_.balance)
      faults_.balance(*static_cast<Balance*>(answer.get()));
    if (operation.as<GetSenders>() != nullptr && faults_.senders)
      faults_.senders(*static_cast<std::vector<Sender>*>(answer.get()));
  }

  /// Runs a conversation with the mistakes of its requests.
  class FaultyWriting final : public protocol::Conversation {
   public:
    FaultyWriting(BrokenWriter const& adapter, protocol::Conversation& good)
        : adapter_{adapter}, good_{good} {}
    Result<Value> perform(protocol::Call const& call, Decode decode) override {
      auto changed = call;
      if (adapter_.faults_.call) adapter_.faults_.call(changed);
      return good_.perform(
          changed, [&adapter = adapter_, decode = std::move(decode)](HttpResponse response) -> Result<Value> {
            auto const answer = response;
            auto value = decode(std::move(response));
            if (!value && adapter.faults_.error)
              adapter.faults_.error(value.error(), answer, adapter.WrappedAdapter::secrets().front());
            return value;
          });
    }

   private:
    BrokenWriter const& adapter_;
    protocol::Conversation& good_;
  };

  WritingFaults const& faults_;
  Capabilities capabilities_;
};

/// A mistake, and the checks that find it. Each of them finds it alone.
struct WritingMistake {
  std::string name{};
  std::string_view adapter{};
  std::set<std::string> checks{};
  WritingFaults faults{};

  friend void PrintTo(WritingMistake const& one, std::ostream* out) { *out << one.name; }
};

/// The mistake of the adapters that are made from now on. Global, because `Provider` holds plain functions.
inline WritingMistake const* current_writing = nullptr;

inline Provider broken_writer(WritingMistake const& mistake) {
  current_writing = &mistake;
  auto provider = *find_provider(mistake.adapter);
  provider.make_adapter = [](Settings settings) -> Result<std::shared_ptr<Adapter const>> {
    auto good = find_provider(current_writing->adapter)->make_adapter(std::move(settings));
    if (!good) return good;
    return std::shared_ptr<Adapter const>{
        std::make_shared<BrokenWriter>(*std::move(good), current_writing->faults)};
  };
  if (mistake.faults.capabilities)
    provider.capabilities = []() noexcept -> Capabilities const& {
      static Capabilities claims;
      claims = find_provider(current_writing->adapter)->capabilities();
      current_writing->faults.capabilities(claims);
      return claims;
    };
  return provider;
}

/// Expects each of its checks to find the mistake.
inline void expect_found(WritingMistake const& mistake) {
  testing::ConformanceOptions const options{.provider = broken_writer(mistake),
                                            .simulator = *testing::find_simulated_vendor(mistake.adapter),
                                            .checks = {mistake.checks.begin(), mistake.checks.end()}};
  std::set<std::string> found;
  for (auto const& finding : testing::check_adapter(options)) found.insert(finding.check);
  for (auto const& check : mistake.checks) EXPECT_TRUE(found.contains(check)) << check << " finds nothing";
}

}  // namespace polycampaign::test
