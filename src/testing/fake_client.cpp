#include "polycampaign/testing/fake_client.hpp"

#include "polycampaign/protocol/list_filter.hpp"
#include "polycampaign/testing/pager_of.hpp"

#include "text/number.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

constexpr std::string_view in_memory = "in memory";

constexpr OperationSupport operations[] = {{ListCampaigns::operation, Support::native, in_memory},
                                           {GetCampaign::operation, Support::native, in_memory},
                                           {CreateCampaign::operation, Support::native, in_memory},
                                           {EstimateCampaign::operation, Support::native, in_memory},
                                           {UpdateCampaign::operation, Support::native, in_memory},
                                           {CancelCampaign::operation, Support::native, in_memory},
                                           {DeleteCampaign::operation, Support::native, in_memory},
                                           {RetryCampaign::operation, Support::native, in_memory},
                                           {GetBalance::operation, Support::native, in_memory},
                                           {GetSenders::operation, Support::native, in_memory}};

constexpr Channel every_channel[] = {Channel::sms, Channel::whatsapp, Channel::viber, Channel::rcs};

constexpr FilterSupport filters[] = {
    {Filter::since, Support::emulated, ""},         {Filter::until, Support::emulated, ""},
    {Filter::planned_since, Support::emulated, ""}, {Filter::planned_until, Support::emulated, ""},
    {Filter::statuses, Support::emulated, ""},      {Filter::channels, Support::emulated, ""},
    {Filter::search, Support::emulated, ""},        {Filter::text, Support::emulated, ""},
    {Filter::messages, Support::emulated, ""},
};

Capabilities const& fake_capabilities() {
  static auto const fields = [] {
    std::vector<FieldSupport> all;
    for (auto const field : all_fields())
      all.push_back({field, Support::native, Support::native, "as given"});
    return all;
  }();
  static auto const features = [] {
    std::vector<FeatureSupport> all;
    for (auto const feature : all_features()) all.push_back({feature, Support::native, in_memory});
    return all;
  }();
  static Capabilities const table{
      .provider = "fake",
      .display_name = "Fake",
      .operations = operations,
      .filters = filters,
      .fields = fields,
      .min_page_size = 1,
      .max_page_size = 1000,
      .default_page_size = 100,
      .default_prefetch = 1,
      .limits_evidence = "in memory",
      .time_member = "created_at, else scheduled_at, else started_at",
      .campaigns = {.features = features, .channels = every_channel},
  };
  return table;
}

Error error_of(ErrorCode code, std::string message) {
  return {.code = code, .provider = "fake", .message = std::move(message)};
}

std::optional<Error> ended(CallOptions const& call) {
  if (call.cancel.canceled()) return error_of(ErrorCode::canceled, "the caller canceled");
  if (call.deadline && std::chrono::steady_clock::now() >= *call.deadline)
    return error_of(ErrorCode::deadline_exceeded, "the deadline has passed");
  return std::nullopt;
}

using Verdict = protocol::ListFilter::Verdict;

/// Reads its own copy of the campaigns, so it needs neither the client nor a lock.
class FakeSource final : public PageSource<Campaign> {
 public:
  struct End {
    std::size_t after = 0;
    Error error{};
  };

  FakeSource(std::vector<Campaign> campaigns, CampaignFilter const& filter, ListOptions options,
             std::optional<End> end)
      : campaigns_{std::move(campaigns)},
        filter_{filter, fake_capabilities()},
        limit_{filter.limit},
        options_{std::move(options)},
        end_{std::move(end)} {
    report_.client_filters = filter_.names();
  }

  Result<std::optional<Page<Campaign>>> next_page() override {
    if (auto error = ended(options_.call)) return *std::move(error);
    if (!resumed_) {
      if (auto error = resume()) return *std::move(error);
    }
    auto const size = static_cast<std::size_t>(std::clamp(options_.page_size.value_or(100), 1, 1000));
    Page<Campaign> page;
    page_begin_ = next_;
    places_.clear();
    while (next_ < campaigns_.size() && page.items.size() < size && !limit_reached() && !end_due())
      take(page);
    if (end_due() && page.items.empty()) return end_->error;
    if (page.items.empty()) {
      report_.complete = next_ == campaigns_.size();
      return std::optional<Page<Campaign>>{};
    }
    ++report_.pages;
    return std::optional<Page<Campaign>>{std::move(page)};
  }

  ListReport report() const override { return report_; }

  std::string resume_token(std::size_t delivered) const override {
    auto const place = delivered == 0                ? page_begin_
                       : delivered <= places_.size() ? places_[delivered - 1]
                                                     : next_;
    return "fake:" + std::to_string(place);
  }

 private:
  std::optional<Error> resume() {
    resumed_ = true;
    std::string_view token = options_.resume_token;
    if (token.empty()) return std::nullopt;
    constexpr std::string_view prefix = "fake:";
    auto const place =
        text::whole_number<decltype(next_)>(token.substr(std::min(prefix.size(), token.size())));
    if (token.starts_with(prefix) && place)
      next_ = *place;
    else
      return error_of(ErrorCode::invalid_argument, "this resume token belongs to another list");
    return std::nullopt;
  }

  bool limit_reached() const { return limit_ && report_.delivered >= *limit_; }
  bool end_due() const { return end_ && report_.delivered >= static_cast<std::int64_t>(end_->after); }

  void take(Page<Campaign>& page) {
    auto& campaign = campaigns_[next_++];
    ++report_.records;
    if (auto const verdict = filter_.judge(campaign, true); verdict != Verdict::keep) {
      ++report_.filtered;
      if (verdict == Verdict::drop_without_time) ++report_.without_time;
      return;
    }
    if (!options_.keep_raw) campaign.raw_record.reset();
    page.items.push_back(std::move(campaign));
    places_.push_back(next_);
    ++report_.delivered;
  }

  std::vector<Campaign> campaigns_;
  protocol::ListFilter filter_;
  std::optional<std::int64_t> limit_;
  ListOptions options_;
  std::optional<End> end_;
  ListReport report_{};
  bool resumed_ = false;
  std::size_t next_ = 0;
  std::size_t page_begin_ = 0;
  std::vector<std::size_t> places_{};  ///< where the list continues after each item of the page
};

/// Returns the operation as `calls` shows it.
std::string called(AnyOperation const& operation) {
  std::string name{operation.what().name};
  detail::visit(operation, Operations{}, [&]<class Op>(Op const& it) {
    if constexpr (requires { std::string{it.id}; }) name += ' ' + it.id;
  });
  return operation.what() == EndSession::operation ? "close" : name;
}

}  // namespace

struct FakeCampaignClient::State {
  mutable std::mutex mutex{};
  std::vector<Campaign> campaigns{};
  std::deque<Error> failures{};
  std::optional<FakeSource::End> list_end{};
  std::vector<std::string> calls{};
  bool closed = false;
  std::vector<NewCampaign> created{};
  std::optional<Balance> balance{};
  std::vector<Sender> senders{};
  std::map<std::string_view, AnswerHandler> answers{};
  std::map<std::string_view, ListHandler> lists{};

  std::unique_ptr<PageSource<Campaign>> list(CampaignFilter const& filter, ListOptions options);
  /// Changes a campaign. `how` returns false if its status does not allow that.
  Result<Campaign> change(std::string const& name, std::string const& id, CallOptions const& call,
                          std::function<bool(Campaign& campaign)> const& how);

  /// Returns the error that this call ends with, if any. Called with the mutex held.
  std::optional<Error> begin(std::string name, CallOptions const& call) {
    calls.push_back(std::move(name));
    if (auto error = ended(call)) return error;
    if (closed) return error_of(ErrorCode::canceled, "the client was closed");
    if (failures.empty()) return std::nullopt;
    auto error = std::move(failures.front());
    failures.pop_front();
    return error;
  }
};

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
  state_->list_end = FakeSource::End{after, std::move(error)};
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
  std::optional<FakeSource::End> end;
  if (auto error = begin("list", options.call))
    end = FakeSource::End{0, *std::move(error)};
  else if (auto refused = protocol::ListFilter::refuse(filter, fake_capabilities()))
    end = FakeSource::End{0, error_of(refused->code, std::move(refused->message))};
  else
    end = std::exchange(list_end, std::nullopt);
  return std::make_unique<FakeSource>(campaigns, filter, std::move(options), std::move(end));
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
      if (auto error = state_->begin(called(operation), options)) return *std::move(error);
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
    error = state_->begin(called(operation), options.call);
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
                                                   std::function<bool(Campaign& campaign)> const& how) {
  std::lock_guard const lock{mutex};
  if (auto error = begin(name + ' ' + id, call)) return *std::move(error);
  auto const found = std::ranges::find(campaigns, id, &Campaign::id);
  if (found == campaigns.end()) return error_of(ErrorCode::not_found, "no such campaign");
  if (!how(*found)) return error_of(ErrorCode::conflict, "the campaign's status does not allow this");
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
  if (!planned) return planned.error();
  return state_->change("update", update.id, options, [&](Campaign& campaign) {
    auto const code = campaign.status.code;
    if (code != StatusCode::draft && code != StatusCode::scheduled) return false;
    if (update.name) campaign.name = update.name;
    if (update.text) campaign.text = update.text;
    if (!update.start_at) return true;
    campaign.scheduled_at = Timestamp{*update.start_at};
    campaign.status = {StatusCode::scheduled, {}};
    return true;
  });
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
    return error_of(ErrorCode::not_found, "no such campaign");
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
  return error_of(ErrorCode::unsupported, "the test has set no balance");
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
  if (found == state_->campaigns.end()) return error_of(ErrorCode::not_found, "no such campaign");
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
