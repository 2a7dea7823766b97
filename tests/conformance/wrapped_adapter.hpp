#pragma once

#include <polycampaign/protocol/adapter.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A good adapter. Derived classes break one thing each.
class WrappedAdapter : public Adapter {
 public:
  explicit WrappedAdapter(std::shared_ptr<Adapter const> good) : good_{std::move(good)} {}

  Capabilities const& capabilities() const noexcept override { return good_->capabilities(); }
  protocol::Endpoint const& endpoint() const noexcept override { return good_->endpoint(); }
  std::vector<std::string_view> secrets() const override { return good_->secrets(); }
  protocol::Loggable loggable() const noexcept override { return good_->loggable(); }
  void sign(HttpRequest& request, protocol::Token const* token) const override {
    good_->sign(request, token);
  }
  std::optional<protocol::Exchange<protocol::Token>> log_in() const override { return good_->log_in(); }
  std::optional<protocol::Exchange<protocol::Token>> refresh(protocol::Token const& token) const override {
    return good_->refresh(token);
  }
  std::optional<protocol::Exchange<protocol::Done>> revoke(protocol::Token const& token) const override {
    return good_->revoke(token);
  }
  std::optional<protocol::ClockRule> start_clock() const override { return good_->start_clock(); }
  Result<std::vector<std::string>> review(NewCampaign const& campaign) const override {
    return good_->review(campaign);
  }
  bool has(Operation operation) const noexcept override { return good_->has(operation); }
  Result<AnyAnswer> perform(AnyOperation const& operation,
                            protocol::Conversation& conversation) const override {
    return good_->perform(operation, conversation);
  }
  Result<AnyAnswer> open(AnyOperation const& operation, protocol::ListQuery const& query) const override {
    return good_->open(operation, query);
  }

 protected:
  Adapter const& good() const noexcept { return *good_; }

 private:
  std::shared_ptr<Adapter const> good_;
};

}  // namespace polycampaign::test
