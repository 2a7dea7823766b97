#include "polycampaign/testing/fake_client.hpp"

#include "polycampaign/protocol/list_filter.hpp"
#include "polycampaign/testing/pager_of.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

namespace polycampaign::inline v1::testing {

namespace {

constexpr OperationSupport operations[] = {{Operation::list, Support::native, "in memory"},
                                           {Operation::get, Support::native, "in memory"}};

constexpr FilterSupport filters[] = {
    {Filter::since, Support::emulated, ""},         {Filter::until, Support::emulated, ""},
    {Filter::planned_since, Support::emulated, ""}, {Filter::planned_until, Support::emulated, ""},
    {Filter::statuses, Support::emulated, ""},      {Filter::channels, Support::emulated, ""},
    {Filter::search, Support::emulated, ""},        {Filter::text, Support::emulated, ""},
    {Filter::messages, Support::emulated, ""},
};

constexpr auto fields = [] {
  constexpr auto count = static_cast<std::size_t>(Field::clicks) + 1;
  std::array<FieldSupport, count> all{};
  for (std::size_t i = 0; i < count; ++i)
    all[i] = {static_cast<Field>(i), Support::native, Support::native, "as given"};
  return all;
}();

constexpr Capabilities fake_capabilities{
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
};

Error error_of(ErrorCode code, std::string message) {
  return {.code = code, .provider = "fake", .message = std::move(message)};
}

std::optional<Error> ended(CallOptions const& call) {
  if (call.cancel.cancelled()) return error_of(ErrorCode::cancelled, "the caller cancelled");
  if (call.deadline && std::chrono::steady_clock::now() >= *call.deadline)
    return error_of(ErrorCode::deadline_exceeded, "the deadline has passed");
  return std::nullopt;
}

using Verdict = protocol::ListFilter::Verdict;

/// Walks over a copy of the campaigns, so it needs neither the client nor a lock.
class FakeSource final : public PageSource<Campaign> {
 public:
  struct End {
    std::size_t after = 0;
    Error error{};
  };

  FakeSource(std::vector<Campaign> campaigns, CampaignFilter const& filter, ListOptions options,
             std::optional<End> end)
      : campaigns_{std::move(campaigns)},
        filter_{filter, fake_capabilities},
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

  WalkReport report() const override { return report_; }

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
    auto const digits = token.substr(std::min(prefix.size(), token.size()));
    auto const end = digits.data() + digits.size();
    auto const [behind, wrong] = std::from_chars(digits.data(), end, next_);
    if (!token.starts_with(prefix) || behind != end || wrong != std::errc{})
      return error_of(ErrorCode::invalid_argument, "this resume token is of another list");
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
    if (!options_.keep_raw) campaign.raw_record.clear();
    page.items.push_back(std::move(campaign));
    places_.push_back(next_);
    ++report_.delivered;
  }

  std::vector<Campaign> campaigns_;
  protocol::ListFilter filter_;
  std::optional<std::int64_t> limit_;
  ListOptions options_;
  std::optional<End> end_;
  WalkReport report_{};
  bool resumed_ = false;
  std::size_t next_ = 0;
  std::size_t page_begin_ = 0;
  std::vector<std::size_t> places_{};  ///< where a walk goes on behind each item of the page
};

}  // namespace

struct FakeCampaignClient::State {
  mutable std::mutex mutex{};
  std::vector<Campaign> campaigns{};
  std::deque<Error> failures{};
  std::optional<FakeSource::End> list_end{};
  std::vector<std::string> calls{};
  bool closed = false;

  std::unique_ptr<PageSource<Campaign>> walk(CampaignFilter const& filter, ListOptions options);

  /// The error that this call ends with, if any. With the mutex held.
  std::optional<Error> begin(std::string name, CallOptions const& call) {
    calls.push_back(std::move(name));
    if (auto error = ended(call)) return error;
    if (closed) return error_of(ErrorCode::cancelled, "the client was closed");
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
  return fake_capabilities;
}

std::unique_ptr<PageSource<Campaign>> FakeCampaignClient::State::walk(CampaignFilter const& filter,
                                                                      ListOptions options) {
  std::lock_guard const lock{mutex};
  std::optional<FakeSource::End> end;
  if (auto error = begin("list", options.call))
    end = FakeSource::End{0, *std::move(error)};
  else if (auto refused = protocol::ListFilter::refuse(filter, fake_capabilities))
    end = FakeSource::End{0, error_of(refused->code, std::move(refused->message))};
  else
    end = std::exchange(list_end, std::nullopt);
  return std::make_unique<FakeSource>(campaigns, filter, std::move(options), std::move(end));
}

Pager<Campaign> FakeCampaignClient::list(CampaignFilter filter, ListOptions options) {
  return Pager<Campaign>{state_->walk(filter, std::move(options))};
}

Result<Campaign> FakeCampaignClient::get(std::string_view id, GetOptions options) {
  std::lock_guard const lock{state_->mutex};
  if (auto error = state_->begin("get " + std::string{id}, options.call)) return *std::move(error);
  auto const found = std::ranges::find(state_->campaigns, id, &Campaign::id);
  if (found == state_->campaigns.end()) return error_of(ErrorCode::not_found, "no such campaign");
  auto campaign = *found;
  if (!options.keep_raw) campaign.raw_record.clear();
  return campaign;
}

Result<void> FakeCampaignClient::close(CallOptions options) {
  std::lock_guard const lock{state_->mutex};
  auto error = state_->begin("close", options);
  if (std::exchange(state_->closed, true) || !error) return {};
  return *std::move(error);
}

AsyncPager<Campaign> FakeCampaignClient::async_list(CampaignFilter filter, ListOptions options) {
  return async_pager_of<Campaign>(state_->walk(filter, std::move(options)));
}

void FakeCampaignClient::async_get(std::string id, GetOptions options, Completion<Campaign> done) {
  done(get(id, std::move(options)));
}

void FakeCampaignClient::async_close(CallOptions options, Completion<void> done) {
  done(close(std::move(options)));
}

}  // namespace polycampaign::inline v1::testing
