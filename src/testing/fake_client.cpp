#include "polycampaign/testing/fake_client.hpp"

#include "polycampaign/testing/pager_of.hpp"

#include "fake_state.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace polycampaign::inline v1::testing {

std::string fake_call(AnyOperation const& operation) {
  std::string name{operation.what().name};
  detail::visit(operation, Operations{}, [&]<class Op>(Op const& it) {
    if constexpr (requires { std::string{it.id}; })
      name += ' ' + it.id;
    else if constexpr (requires { std::string{it.list}; })
      name += ' ' + it.list;
    else if constexpr (requires { std::string{it.campaign}; })
      name += ' ' + it.campaign;
  });
  return operation.what() == EndSession::operation ? "close" : name;
}

FakeCampaignClient::FakeCampaignClient(std::vector<Campaign> campaigns) : state_{std::make_unique<State>()} {
  state_->campaigns = std::move(campaigns);
}

FakeCampaignClient::~FakeCampaignClient() = default;

void FakeCampaignClient::add(Campaign campaign) {
  std::lock_guard const lock{state_->mutex};
  state_->campaigns.push_back(std::move(campaign));
}

void FakeCampaignClient::put(Campaign campaign) {
  std::lock_guard const lock{state_->mutex};
  auto const found = std::ranges::find(state_->campaigns, campaign.id, &Campaign::id);
  if (found != state_->campaigns.end())
    *found = std::move(campaign);
  else
    state_->campaigns.push_back(std::move(campaign));
}

void FakeCampaignClient::fail_next(Error error) {
  std::lock_guard const lock{state_->mutex};
  state_->failures.push_back(std::move(error));
}

void FakeCampaignClient::fail_list_after(std::size_t after, Error error) {
  std::lock_guard const lock{state_->mutex};
  state_->list_end = FakeList<Campaign>::End{after, std::move(error)};
}

std::vector<std::string> FakeCampaignClient::calls() const {
  std::lock_guard const lock{state_->mutex};
  return state_->calls;
}

Capabilities const& FakeCampaignClient::capabilities() const noexcept {
  return fake_capabilities();
}

std::unique_ptr<PageSource<Campaign>> FakeCampaignClient::State::list(CampaignFilter const& filter,
                                                                      ListOptions options) {
  std::lock_guard const lock{mutex};
  auto const judge = std::make_shared<protocol::ListFilter>(filter, fake_capabilities());
  FakeList<Campaign> all{.items = campaigns,
                         .judge = [judge](Campaign const& campaign) { return judge->judge(campaign, true); },
                         .filters = judge->names(),
                         .limit = filter.limit};
  if (auto error = begin("list", options.call))
    all.end = {0, *std::move(error)};
  else if (auto refused = protocol::ListFilter::refuse(filter, fake_capabilities()))
    all.end = {0, fake_error(refused->code, std::move(refused->message))};
  else
    all.end = std::exchange(list_end, std::nullopt);
  return std::make_unique<FakeSource<Campaign>>(std::move(all), std::move(options));
}

void FakeCampaignClient::set_answer(Operation operation, AnswerHandler handler) {
  std::lock_guard const lock{state_->mutex};
  state_->answers[operation.name] = std::move(handler);
}

void FakeCampaignClient::set_list(Operation operation, ListHandler handler) {
  std::lock_guard const lock{state_->mutex};
  state_->lists[operation.name] = std::move(handler);
}

Result<AnyAnswer> FakeCampaignClient::perform(AnyOperation const& operation, CallOptions const& options) {
  AnswerHandler handler;
  {
    std::lock_guard const lock{state_->mutex};
    auto const found = state_->answers.find(operation.what().name);
    if (found != state_->answers.end()) {
      if (auto error = state_->begin(fake_call(operation), options)) return *std::move(error);
      handler = found->second;
    }
  }
  return handler ? handler(operation) : ClientBase::perform(operation, options);
}

/// Returns null if there is no handler.
std::unique_ptr<AnyPageSource> FakeCampaignClient::handled(AnyOperation const& operation,
                                                           ListOptions const& options, bool async) {
  ListHandler handler;
  std::optional<Error> error;
  {
    std::lock_guard const lock{state_->mutex};
    auto const found = state_->lists.find(operation.what().name);
    if (found == state_->lists.end()) return nullptr;
    handler = found->second;
    error = state_->begin(fake_call(operation), options.call);
  }
  return handler(operation, async, std::move(error));
}

std::unique_ptr<AnyPageSource> FakeCampaignClient::open(AnyOperation const& operation, ListOptions options) {
  if (auto source = handled(operation, options, false)) return source;
  return ClientBase::open(operation, std::move(options));
}

std::unique_ptr<AnyPageSource> FakeCampaignClient::open_async(AnyOperation const& operation,
                                                              ListOptions options) {
  if (auto source = handled(operation, options, true)) return source;
  return ClientBase::open_async(operation, std::move(options));
}

std::vector<NewCampaign> FakeCampaignClient::created() const {
  std::lock_guard const lock{state_->mutex};
  return state_->created;
}

void FakeCampaignClient::set_balance(Balance balance) {
  std::lock_guard const lock{state_->mutex};
  state_->balance = std::move(balance);
}

void FakeCampaignClient::set_senders(std::vector<Sender> senders) {
  std::lock_guard const lock{state_->mutex};
  state_->senders = std::move(senders);
}

Result<Campaign> FakeCampaignClient::State::change(std::string const& name, std::string const& id,
                                                   CallOptions const& call,
                                                   std::function<bool(Campaign& campaign)> const& how,
                                                   Error const* refusal) {
  std::lock_guard const lock{mutex};
  if (auto error = begin(name + ' ' + id, call)) return *std::move(error);
  if (refusal) return *refusal;
  auto const found = std::ranges::find(campaigns, id, &Campaign::id);
  if (found == campaigns.end()) return fake_error(ErrorCode::not_found, "no such campaign");
  if (!how(*found)) return fake_error(ErrorCode::conflict, "the campaign's status does not allow this");
  return *found;
}

Result<Submission> FakeCampaignClient::run(CreateCampaign const& create, CallOptions const& options) {
  auto const planned = plan(create.campaign);
  auto campaign = normalized(create.campaign);
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("create", options)) return *std::move(error);
  if (!planned) return planned.error();
  if (!campaign) return std::move(campaign).error();
  state_->created.push_back(*campaign);
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  Campaign made{.id = "created-" + std::to_string(state_->created.size()), .provider = "fake"};
  if (!campaign->name.empty()) made.name = campaign->name;
  made.sender = campaign->sender;
  made.text = campaign->text;
  made.channel = campaign->channel;
  made.status.code = campaign->draft      ? StatusCode::draft
                     : campaign->start_at ? StatusCode::scheduled
                                          : StatusCode::queued;
  made.created_at = Timestamp{now};
  if (campaign->start_at) made.scheduled_at = Timestamp{*campaign->start_at};
  made.statistics.recipients = planned->recipients;
  for (auto const& id : campaign->lists) made.recipient_lists.push_back({.id = id});
  Submission submission{.provider = "fake", .id = made.id, .status = made.status};
  submission.recipients = planned->recipients;
  submission.scheduled_at = made.scheduled_at;
  submission.notes = planned->warnings;
  state_->campaigns.push_back(std::move(made));
  return submission;
}

Result<Estimate> FakeCampaignClient::run(EstimateCampaign const& estimate, CallOptions const& options) {
  auto const planned = plan(estimate.campaign);
  auto campaign = normalized(estimate.campaign);
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("estimate", options)) return *std::move(error);
  if (!planned) return planned.error();
  if (!campaign) return std::move(campaign).error();
  return local_estimate(fake_capabilities(), *campaign);
}

Result<Campaign> FakeCampaignClient::run(UpdateCampaign const& update, CallOptions const& options) {
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto const planned = polycampaign::plan(fake_capabilities(), update, {.now = now, .clock = {}});
  auto const how = [&](Campaign& campaign) {
    auto const code = campaign.status.code;
    if (code != StatusCode::draft && code != StatusCode::scheduled) return false;
    if (update.name) campaign.name = update.name;
    if (update.text) campaign.text = update.text;
    if (!update.start_at) return true;
    campaign.scheduled_at = Timestamp{*update.start_at};
    campaign.status = {StatusCode::scheduled, {}};
    return true;
  };
  return state_->change("update", update.id, options, how, planned ? nullptr : &planned.error());
}

Result<Campaign> FakeCampaignClient::run(CancelCampaign const& cancel, CallOptions const& options) {
  return state_->change("cancel", cancel.id, options, [](Campaign& campaign) {
    if (campaign.status.ended().value_or(false)) return false;
    campaign.status = {StatusCode::canceled, {}};
    return true;
  });
}

Result<void> FakeCampaignClient::run(DeleteCampaign const& deletion, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("delete " + deletion.id, options)) return *std::move(error);
  if (std::erase_if(state_->campaigns, [&](auto const& each) { return each.id == deletion.id; }) == 0)
    return fake_error(ErrorCode::not_found, "no such campaign");
  return {};
}

Result<Campaign> FakeCampaignClient::run(RetryCampaign const& retry, CallOptions const& options) {
  return state_->change("retry", retry.id, options, [](Campaign& campaign) {
    if (!campaign.status.ended().value_or(false)) return false;
    campaign.status = {StatusCode::retrying, {}};
    return true;
  });
}

Result<Balance> FakeCampaignClient::run(GetBalance const&, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("balance", options)) return *std::move(error);
  if (state_->balance) return *state_->balance;
  return fake_error(ErrorCode::unsupported, "the test has set no balance");
}

Result<std::vector<Sender>> FakeCampaignClient::run(GetSenders const&, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("senders", options)) return *std::move(error);
  return state_->senders;
}

Result<Campaign> FakeCampaignClient::run(GetCampaign const& get, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("get " + get.id, options)) return *std::move(error);
  auto const found = std::ranges::find(state_->campaigns, get.id, &Campaign::id);
  if (found == state_->campaigns.end()) return fake_error(ErrorCode::not_found, "no such campaign");
  auto campaign = *found;
  if (!get.keep_raw) campaign.raw_record.reset();
  return campaign;
}

Result<void> FakeCampaignClient::run(EndSession const&, CallOptions const& options) {
  std::lock_guard const lock{state_->mutex};
  auto error = state_->begin("close", options);
  if (std::exchange(state_->closed, true) || !error) return {};
  return *std::move(error);
}

std::unique_ptr<PageSource<Campaign>> FakeCampaignClient::pages(ListCampaigns const& list,
                                                                ListOptions options) {
  return state_->list(list.filter, std::move(options));
}

}  // namespace polycampaign::inline v1::testing
