#include "fake_source.hpp"

#include "text/number.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
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

}  // namespace

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

Error fake_error(ErrorCode code, std::string message) {
  return {.code = code, .provider = "fake", .message = std::move(message)};
}

std::optional<Error> ended(CallOptions const& call) {
  if (call.cancel.canceled()) return fake_error(ErrorCode::canceled, "the caller canceled");
  if (call.deadline && std::chrono::steady_clock::now() >= *call.deadline)
    return fake_error(ErrorCode::deadline_exceeded, "the deadline has passed");
  return std::nullopt;
}

FakeSource::FakeSource(std::vector<Campaign> campaigns, CampaignFilter const& filter, ListOptions options,
                       std::optional<End> end)
    : campaigns_{std::move(campaigns)},
      filter_{filter, fake_capabilities()},
      limit_{filter.limit},
      options_{std::move(options)},
      end_{std::move(end)} {
  report_.client_filters = filter_.names();
}

Result<std::optional<Page<Campaign>>> FakeSource::next_page() {
  if (auto error = ended(options_.call)) return *std::move(error);
  if (!resumed_) {
    if (auto error = resume()) return *std::move(error);
  }
  auto const size = static_cast<std::size_t>(std::clamp(options_.page_size.value_or(100), 1, 1000));
  Page<Campaign> page;
  page_begin_ = next_;
  places_.clear();
  while (next_ < campaigns_.size() && page.items.size() < size && !limit_reached() && !end_due()) take(page);
  if (end_due() && page.items.empty()) return end_->error;
  if (page.items.empty()) {
    report_.complete = next_ == campaigns_.size();
    return std::optional<Page<Campaign>>{};
  }
  ++report_.pages;
  return std::optional<Page<Campaign>>{std::move(page)};
}

std::string FakeSource::resume_token(std::size_t delivered) const {
  auto const place = delivered == 0                ? page_begin_
                     : delivered <= places_.size() ? places_[delivered - 1]
                                                   : next_;
  return "fake:" + std::to_string(place);
}

std::optional<Error> FakeSource::resume() {
  resumed_ = true;
  std::string_view token = options_.resume_token;
  if (token.empty()) return std::nullopt;
  constexpr std::string_view prefix = "fake:";
  auto const place = text::whole_number<decltype(next_)>(token.substr(std::min(prefix.size(), token.size())));
  if (token.starts_with(prefix) && place)
    next_ = *place;
  else
    return fake_error(ErrorCode::invalid_argument, "this resume token belongs to another list");
  return std::nullopt;
}

void FakeSource::take(Page<Campaign>& page) {
  auto& campaign = campaigns_[next_++];
  ++report_.records;
  if (auto const verdict = filter_.judge(campaign, true); verdict != protocol::ListFilter::Verdict::keep) {
    ++report_.filtered;
    if (verdict == protocol::ListFilter::Verdict::drop_without_time) ++report_.without_time;
    return;
  }
  if (!options_.keep_raw) campaign.raw_record.reset();
  page.items.push_back(std::move(campaign));
  places_.push_back(next_);
  ++report_.delivered;
}

}  // namespace polycampaign::inline v1::testing
