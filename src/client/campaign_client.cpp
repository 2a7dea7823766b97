#include "polycampaign/campaign_client.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1 {

CampaignClient::CampaignClient() = default;
CampaignClient::~CampaignClient() = default;

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
