#pragma once

#include <polycampaign/protocol/vendor.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polycampaign::test {

/// A good adapter; those that derive from it break one thing.
class WrappedVendor : public Vendor {
 public:
  explicit WrappedVendor(std::shared_ptr<Vendor const> good) : good_{std::move(good)} {}

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
  Result<protocol::PageKey> first(protocol::ListQuery const& query) const override {
    return good_->first(query);
  }
  Result<protocol::Exchange<protocol::ListPage>> page(protocol::ListQuery const& query,
                                                      protocol::PageKey const& key) const override {
    return good_->page(query, key);
  }
  std::vector<protocol::PageKey> ahead(protocol::ListQuery const& query, protocol::PageKey const& key,
                                       protocol::PageInfo const& info, std::size_t most) const override {
    return good_->ahead(query, key, info, most);
  }
  int windows(protocol::ListQuery const& query) const override { return good_->windows(query); }
  std::vector<std::string> unseen(protocol::ListQuery const& query) const override {
    return good_->unseen(query);
  }
  Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                       protocol::Conversation& conversation) const override {
    return good_->get(id, query, conversation);
  }
  Result<Campaign> complete(Campaign listed, protocol::GetQuery const& query,
                            protocol::Conversation& conversation) const override {
    return good_->complete(std::move(listed), query, conversation);
  }

 protected:
  Vendor const& good() const noexcept { return *good_; }

 private:
  std::shared_ptr<Vendor const> good_;
};

}  // namespace polycampaign::test
