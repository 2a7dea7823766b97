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

/// The same with callbacks.
class FailedAsyncList final : public AsyncPageSource<Campaign> {
 public:
  explicit FailedAsyncList(Error error) : error_{std::move(error)} {}
  void next_page(Completion<std::optional<Page<Campaign>>> done) override { done(error_); }

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

AsyncPager<Campaign> CampaignClient::async_list(CampaignFilter, ListOptions) {
  return AsyncPager<Campaign>{std::make_unique<FailedAsyncList>(unsupported(capabilities(), "async_list"))};
}

void CampaignClient::async_get(std::string, GetOptions, Completion<Campaign> done) {
  done(unsupported(capabilities(), "async_get"));
}

void CampaignClient::async_close(CallOptions, Completion<void> done) {
  done(unsupported(capabilities(), "async_close"));
}

}  // namespace polycampaign::inline v1
