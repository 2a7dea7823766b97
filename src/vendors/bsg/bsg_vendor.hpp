#pragma once

#include "polycampaign/bsg.hpp"
#include "polycampaign/protocol/vendor.hpp"

#include "vendors/bsg/record.hpp"
#include "wire/scalar.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polycampaign::inline v1::bsg {

/// The campaigns of one account of BSG's One-API.
class BsgVendor final : public Vendor {
 public:
  BsgVendor(protocol::Endpoint endpoint, Secret api_key, wire::ClockRule clock);

  [[nodiscard]] Capabilities const& capabilities() const noexcept override;
  [[nodiscard]] protocol::Endpoint const& endpoint() const noexcept override { return endpoint_; }
  [[nodiscard]] std::vector<std::string_view> secrets() const override;
  [[nodiscard]] protocol::Loggable loggable() const noexcept override;

  void sign(HttpRequest& request, protocol::Token const* token) const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Token>> log_in() const override;
  [[nodiscard]] std::optional<protocol::Exchange<protocol::Token>> refresh(
      protocol::Token const& token) const override;

  /// A list of BSG holds one channel and at most three months. `PageKey::part` counts the channels of the
  /// first window, then those of the next; `offset` is the first record.
  [[nodiscard]] Result<protocol::PageKey> first(protocol::ListQuery const& query) const override;
  [[nodiscard]] Result<protocol::Exchange<protocol::ListPage>> page(
      protocol::ListQuery const& query, protocol::PageKey const& key) const override;
  [[nodiscard]] std::vector<protocol::PageKey> ahead(protocol::ListQuery const& query,
                                                     protocol::PageKey const& key,
                                                     protocol::PageInfo const& info,
                                                     std::size_t most) const override;
  [[nodiscard]] int windows(protocol::ListQuery const& query) const override;
  [[nodiscard]] std::vector<std::string> unseen(protocol::ListQuery const& query) const override;

  [[nodiscard]] Result<Campaign> get(std::string_view id, protocol::GetQuery const& query,
                                     protocol::Conversation& conversation) const override;
  [[nodiscard]] Result<Campaign> complete(Campaign listed, protocol::GetQuery const& query,
                                          protocol::Conversation& conversation) const override;

  /// The short or the detailed form of one campaign; `id` must be digits.
  [[nodiscard]] protocol::Exchange<Campaign> record(std::string_view id,
                                                    protocol::GetQuery const& query) const;

 private:
  [[nodiscard]] protocol::Call call(std::string_view method, std::string_view operation,
                                    std::string_view path, Action action) const;

  protocol::Endpoint endpoint_;
  Secret api_key_;
  wire::ClockRule clock_;
};

}  // namespace polycampaign::inline v1::bsg
