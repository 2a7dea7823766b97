#include <polycampaign/protocol/failure.hpp>
#include <polycampaign/protocol/settings.hpp>

#include "answer.hpp"
#include "heron.hpp"

#include <array>
#include <span>

namespace heron {
namespace {

using namespace polycampaign;
using enum Support;

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, native, "Campaigns: GET /campaigns, pagination by cursor"},
    OperationSupport{GetCampaign::operation, native, "Campaigns: GET /campaigns/ID"},
    OperationSupport{LogIn::operation, native, "Sessions: a ticket for 15 minutes"},
    OperationSupport{CreateCampaign::operation, native,
                     "Campaigns: POST /campaigns with a group; Groups: POST /groups"},
    OperationSupport{EstimateCampaign::operation, unsupported, "no page shows a price"},
    OperationSupport{UpdateCampaign::operation, native, "Campaigns: PUT /campaigns/ID"},
    OperationSupport{CancelCampaign::operation, unsupported, "a campaign can be deleted until it starts"},
    OperationSupport{DeleteCampaign::operation, native, "Campaigns: DELETE /campaigns/ID"},
    OperationSupport{RetryCampaign::operation, unsupported, "failed messages cannot be sent again"},
    OperationSupport{GetBalance::operation, unsupported, "Heron sends a monthly bill"},
    OperationSupport{GetSenders::operation, unsupported, "any word can be a sender"},
    OperationSupport{ListRecipientLists::operation, native, "Groups: GET /groups"},
    OperationSupport{GetRecipientList::operation, native, "Groups: GET /groups/ID"},
    OperationSupport{CreateRecipientList::operation, native, "Groups: POST /groups"},
    OperationSupport{AddRecipients::operation, native, "Groups: POST /groups/ID/numbers"},
    OperationSupport{DeleteRecipientList::operation, native, "Groups: DELETE /groups/ID"},
    OperationSupport{ListMessages::operation, emulated,
                     "Messages: GET /messages, those of all campaigns of one day"},
    OperationSupport{ListReplies::operation, native, "Replies: GET /campaigns/ID/replies"},
    OperationSupport{ListOptOuts::operation, native, "Stops: GET /campaigns/ID/stops"},
    OperationSupport{ListStopList::operation, native, "Stops: GET /stops"},
};

constexpr std::array features{
    FeatureSupport{Feature::to_numbers, emulated, "Groups: POST /groups; the adapter creates one"},
    FeatureSupport{Feature::to_lists, native, "Campaigns: group"},
    FeatureSupport{Feature::name, native, "Campaigns: title"},
    FeatureSupport{Feature::schedule, native, "Campaigns: start, Paris time"},
    FeatureSupport{Feature::draft, native, "Campaigns: start is draft"},
    FeatureSupport{Feature::own_texts, unsupported, "a campaign has one text"},
    FeatureSupport{Feature::update_name, native, "Campaigns: PUT, title"},
    FeatureSupport{Feature::update_text, native, "Campaigns: PUT, body"},
    FeatureSupport{Feature::update_start, native, "Campaigns: PUT, start"},
};

constexpr std::array channels{Channel::sms};

constexpr CampaignRules rules{
    .features = features,
    .channels = channels,
    .sender = {.required = true, .letters = {.most = 11, .evidence = "Campaigns: from"}},
    .recipients = {.most = 20'000, .evidence = "Groups: numbers"},
    .lists = {.most = 1, .evidence = "Campaigns: group"},
    .name = {.most = 60, .evidence = "Campaigns: title"},
    .characters = {.most = 800, .evidence = "Campaigns: body"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, emulated, "Campaigns: no filter on the time"},
    FilterSupport{Filter::until, emulated, "Campaigns: no filter on the time"},
    FilterSupport{Filter::planned_since, emulated, "Campaigns: no filter on the time"},
    FilterSupport{Filter::planned_until, emulated, "Campaigns: no filter on the time"},
    FilterSupport{Filter::statuses, emulated, "Campaigns: no filter on the state"},
    FilterSupport{Filter::channels, emulated, "all campaigns are SMS"},
    FilterSupport{Filter::search, native, "Campaigns: title contains, ignoring case"},
};

constexpr std::string_view both = "Campaigns: in lists and details";
constexpr std::string_view detail = "Campaigns: in details only";

constexpr std::array fields{
    FieldSupport{Field::name, native, native, both},
    FieldSupport{Field::channel, native, native, "all campaigns are SMS"},
    FieldSupport{Field::status, native, native, both},
    FieldSupport{Field::created_at, native, native, "Campaigns: made, Paris time"},
    FieldSupport{Field::scheduled_at, native, native, "Campaigns: planned, Paris time"},
    FieldSupport{Field::text, unsupported, native, detail},
    FieldSupport{Field::cost, unsupported, native, detail},
    FieldSupport{Field::messages, unsupported, native, detail},
    FieldSupport{Field::pending, unsupported, native, detail},
    FieldSupport{Field::delivered, unsupported, native, detail},
    FieldSupport{Field::failed, unsupported, native, detail},
};

constexpr std::array<std::string_view, 1> limitations{
    "Heron reports the message text, the counters and the cost of a campaign only in its detail."};

constexpr Capabilities table{
    .provider = "heron",
    .display_name = "Heron",
    .operations = operations,
    .filters = filters,
    .fields = fields,
    .min_page_size = 1,
    .max_page_size = 200,
    .default_page_size = 200,
    .default_prefetch = 2,
    .limits_evidence = "Campaigns: count is at most 200",
    .time_member = "created_at",
    .limitations = limitations,
    .campaigns = rules,
    .lists = {.numbers = {.most = 5'000, .evidence = "Groups: numbers of one request"},
              .name = {.most = 60, .evidence = "Groups: title"}},
    .reports = {.evidence = "Messages: no page says how long reports can come"},
};

constexpr std::array setting_table{
    Setting{.name = "user", .required = true, .summary = "the account's name"},
    Setting{.name = "password", .required = true, .secret = true, .summary = "the account's password"},
    Setting{.name = "base_url", .summary = "default https://api.heron.example"},
};

Result<std::shared_ptr<Adapter const>> make(Settings given) {
  auto settings = protocol::check_settings(setting_table, std::move(given));
  if (!settings) return protocol::named("heron", std::move(settings)).error();
  Config config{.user = protocol::take_text(*settings, "user"),
                .password = protocol::take_secret(*settings, "password")};
  config.base_url = protocol::take_text(*settings, "base_url", config.base_url);
  return make_adapter(std::move(config));
}

Result<std::vector<Campaign>> read_body(std::string body, bool keep_raw) {
  auto const clock = office_clock();
  if (!clock) return clock.error();
  return read_answer({.status = 200, .body = std::move(body)}, *clock, keep_raw).transform([](Answer answer) {
    return std::move(answer.campaigns);
  });
}

Result<std::vector<Campaign>> decode(Document, std::string body, DecodeOptions const& options) {
  return protocol::decoded("heron", read_body(std::move(body), options.keep_raw));
}

constexpr Provider entry{.name = "heron",
                         .capabilities = &capabilities,
                         .settings = []() noexcept -> std::span<Setting const> { return setting_table; },
                         .make_adapter = &make,
                         .decode = &decode};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

Provider const& provider() noexcept {
  return entry;
}

}  // namespace heron
