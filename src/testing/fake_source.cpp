#include "fake_source.hpp"

#include "polycampaign/operations.hpp"

#include "text/number.hpp"

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
                                           {GetSenders::operation, Support::native, in_memory},
                                           {ListRecipientLists::operation, Support::native, in_memory},
                                           {GetRecipientList::operation, Support::native, in_memory},
                                           {CreateRecipientList::operation, Support::native, in_memory},
                                           {AddRecipients::operation, Support::native, in_memory},
                                           {DeleteRecipientList::operation, Support::native, in_memory},
                                           {ListMessages::operation, Support::native, in_memory},
                                           {ListReplies::operation, Support::native, in_memory},
                                           {ListOptOuts::operation, Support::native, in_memory},
                                           {ListStopList::operation, Support::native, in_memory}};

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

std::optional<std::size_t> fake_place(std::string const& token) {
  constexpr std::string_view prefix = "fake:";
  if (!token.starts_with(prefix)) return std::nullopt;
  return text::whole_number<std::size_t>(std::string_view{token}.substr(prefix.size()));
}

}  // namespace polycampaign::inline v1::testing
