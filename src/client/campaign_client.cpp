#include "polycampaign/campaign_client.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1 {

CampaignClient::CampaignClient() = default;
CampaignClient::~CampaignClient() = default;

Pager<Campaign> CampaignClient::list(CampaignFilter filter, ListOptions const& options) {
  return list(ListCampaigns{std::move(filter)}, options);
}

AsyncPager<Campaign> CampaignClient::async_list(CampaignFilter filter, ListOptions const& options) {
  return async_list(ListCampaigns{std::move(filter)}, options);
}

Result<Campaign> CampaignClient::get(std::string_view id, GetOptions const& options) {
  return call(GetCampaign{std::string{id}, options.keep_raw, options.brief}, options.call);
}

void CampaignClient::async_get(std::string id, GetOptions const& options, Completion<Campaign> done) {
  start(GetCampaign{std::move(id), options.keep_raw, options.brief}, options.call, std::move(done));
}

Result<void> CampaignClient::close(CallOptions const& options) {
  return call(EndSession{}, options);
}

void CampaignClient::async_close(CallOptions const& options, Completion<void> done) {
  start(EndSession{}, options, std::move(done));
}

Result<AnyAnswer> CampaignClient::perform(AnyOperation const& operation, CallOptions const&) {
  return unsupported(capabilities(), operation.what());
}

void CampaignClient::perform_async(AnyOperation operation, CallOptions options, Completion<AnyAnswer> done) {
  done(perform(operation, options));
}

std::unique_ptr<AnyPageSource> CampaignClient::open(AnyOperation const&, ListOptions) {
  return nullptr;
}

std::unique_ptr<AnyPageSource> CampaignClient::open_async(AnyOperation const&, ListOptions) {
  return nullptr;
}

}  // namespace polycampaign::inline v1
