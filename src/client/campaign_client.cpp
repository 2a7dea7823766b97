#include "polycampaign/campaign_client.hpp"

#include <chrono>
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

Result<Plan> CampaignClient::plan(NewCampaign const& campaign) const {
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return polycampaign::plan(capabilities(), campaign, {.now = now, .clock = {}});
}

Result<Submission> CampaignClient::create(NewCampaign campaign, CallOptions const& options) {
  return call(CreateCampaign{.campaign = std::move(campaign)}, options);
}

Result<Estimate> CampaignClient::estimate(NewCampaign campaign, CallOptions const& options) {
  return call(EstimateCampaign{std::move(campaign)}, options);
}

Result<Campaign> CampaignClient::update(UpdateCampaign change, CallOptions const& options) {
  return call(std::move(change), options);
}

Result<Campaign> CampaignClient::cancel(std::string_view id, CallOptions const& options) {
  return call(CancelCampaign{std::string{id}}, options);
}

Result<void> CampaignClient::remove(std::string_view id, CallOptions const& options) {
  return call(DeleteCampaign{std::string{id}}, options);
}

Result<Campaign> CampaignClient::retry(std::string_view id, CallOptions const& options) {
  return call(RetryCampaign{std::string{id}}, options);
}

Result<Balance> CampaignClient::balance(CallOptions const& options) {
  return call(GetBalance{}, options);
}

Result<std::vector<Sender>> CampaignClient::senders(CallOptions const& options) {
  return call(GetSenders{}, options);
}

Pager<RecipientList> CampaignClient::recipient_lists(ListOptions const& options) {
  return list(ListRecipientLists{}, options);
}

Pager<Message> CampaignClient::messages(std::string_view campaign, ListOptions const& options) {
  return list(ListMessages{.campaign = std::string{campaign}}, options);
}

Pager<Reply> CampaignClient::replies(std::string_view campaign, ListOptions const& options) {
  return list(ListReplies{std::string{campaign}}, options);
}

Pager<OptOut> CampaignClient::opt_outs(std::string_view campaign, ListOptions const& options) {
  return list(ListOptOuts{std::string{campaign}}, options);
}

Pager<OptOut> CampaignClient::stop_list(ListOptions const& options) {
  return list(ListStopList{}, options);
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
