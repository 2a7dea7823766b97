#include "polycampaign/capabilities.hpp"

#include "polycampaign/operations.hpp"
#include "polycampaign/yeastar.hpp"

#include <array>

namespace polycampaign::inline v1::yeastar {
namespace {

using enum Support;

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, native,
                     "Query Message Campaign List; its order is not documented"},
    OperationSupport{
        GetCampaign::operation, native,
        "Query Information of a Message Campaign; it lacks status and counters, which the client "
        "takes from Search Specific Message Campaigns"},
    OperationSupport{LogIn::operation, native, "Get Access Token"},
    OperationSupport{RefreshSession::operation, native,
                     "Refresh Access Token: both tokens are new afterwards"},
    OperationSupport{EndSession::operation, unverified,
                     "API Interfaces & Events Summary names del_token; its answer is not documented"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, emulated, "no date parameter is documented"},
    FilterSupport{Filter::until, emulated, "no date parameter is documented"},
    FilterSupport{Filter::planned_since, emulated, "from send_time"},
    FilterSupport{Filter::planned_until, emulated, "from send_time"},
    FilterSupport{Filter::statuses, emulated, "no status parameter is documented"},
    FilterSupport{Filter::channels, emulated, "from channel_type"},
    FilterSupport{Filter::search, native,
                  "Search Specific Message Campaigns; which fields it searches, and how, is not documented"},
    FilterSupport{
        Filter::messages, emulated,
        "from result_count, whose order failed/total is documented but contradicted by the samples"},
};

constexpr std::array fields{
    FieldSupport{Field::name, native, native, "MSGCampaign_Info, MSGCampaign_DetailInfo"},
    FieldSupport{Field::sender, native, native, "MSGCampaign_Info, MSGCampaign_DetailInfo"},
    FieldSupport{Field::text, unsupported, native, "MSGCampaign_DetailInfo: content, when its type is text"},
    FieldSupport{Field::channel, native, native, "channel_type: sms or whatsapp"},
    FieldSupport{Field::status, native, emulated,
                 "MSGCampaign_Info only: a detail takes it from the list, by a search for the name"},
    FieldSupport{Field::scheduled_at, native, native, "send_time, immediate campaigns included"},
    FieldSupport{Field::recipient_lists, native, native,
                 "recipient_name in the list, recipient_id in the detail: a phonebook's"},
    FieldSupport{Field::messages, unverified, unverified,
                 "result_count: failed/total by the page, which its own samples contradict"},
    FieldSupport{Field::failed, unverified, unverified,
                 "result_count: failed/total by the page, which its own samples contradict"},
};

constexpr std::array<std::string_view, 2> limitations{
    "How many messages were delivered: the PBX counts failures only.",
    "When a campaign was created, and when it began and ended: only its planned start is told.",
};

constexpr Capabilities table{
    .provider = "yeastar",
    .display_name = "Yeastar P-Series",
    .operations = operations,
    .filters = filters,
    .fields = fields,
    .min_page_size = 1,
    .max_page_size = 100,
    .default_page_size = 100,
    .default_prefetch = 2,
    .pages_known_ahead = true,
    .window_days = std::nullopt,
    .limits_evidence =
        "Query Message Campaign List documents no largest page_size; API Request Overview: the "
        "PBX closes the connection after each answer",
    .time_member = "scheduled_at",
    .limitations = limitations,
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::yeastar
