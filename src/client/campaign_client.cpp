#include "polycampaign/campaign_client.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1 {

namespace {

Error unsupported(Capabilities const& capabilities, std::string_view operation) {
  return {.code = ErrorCode::unsupported,
          .provider = std::string{capabilities.provider},
          .message = "this client has no `" + std::string{operation} + '`'};
}

/// A list that ends with an error before its first element.
class FailedList final : public PageSource<Campaign> {
 public:
  explicit FailedList(Error error) : error_{std::move(error)} {}
  Result<std::optional<Page<Campaign>>> next_page() override { return error_; }

 private:
  Error error_;
};

}  // namespace

CampaignClient::CampaignClient() = default;
CampaignClient::~CampaignClient() = default;

Pager<Campaign> CampaignClient::list(CampaignFilter, ListOptions) {
  return Pager<Campaign>{std::make_unique<FailedList>(unsupported(capabilities(), "list"))};
}

Result<Campaign> CampaignClient::get(std::string_view, GetOptions) {
  return unsupported(capabilities(), "get");
}

Result<void> CampaignClient::close(CallOptions) {
  return unsupported(capabilities(), "close");
}

}  // namespace polycampaign::inline v1
