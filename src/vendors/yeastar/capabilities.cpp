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
        "Query Information of a Message Campaign; it contains no status and no counters, which the client "
        "takes from Search Specific Message Campaigns"},
    OperationSupport{LogIn::operation, native, "Get Access Token"},
    OperationSupport{RefreshSession::operation, native, "Refresh Access Token: returns two new tokens"},
    OperationSupport{EndSession::operation, unverified,
                     "API Interfaces & Events Summary names del_token; its response is not documented"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, emulated, "no date parameter is documented"},
    FilterSupport{Filter::until, emulated, "no date parameter is documented"},
    FilterSupport{Filter::planned_since, emulated, "the client compares send_time"},
    FilterSupport{Filter::planned_until, emulated, "the client compares send_time"},
    FilterSupport{Filter::statuses, emulated, "no status parameter is documented"},
    FilterSupport{Filter::channels, emulated, "the client compares channel_type"},
    FilterSupport{Filter::search, native,
                  "Search Specific Message Campaigns; which fields it searches, and how, is not documented"},
    FilterSupport{Filter::messages, emulated,
                  "the client compares result_count; documented as failed/total, but the samples on the page "
                  "contradict that"},
};

constexpr std::array fields{
    FieldSupport{Field::name, native, native, "MSGCampaign_Info, MSGCampaign_DetailInfo"},
    FieldSupport{Field::sender, native, native, "MSGCampaign_Info, MSGCampaign_DetailInfo"},
    FieldSupport{Field::text, unsupported, native, "MSGCampaign_DetailInfo: content, if its type is text"},
    FieldSupport{Field::channel, native, native, "channel_type: sms or whatsapp"},
    FieldSupport{Field::status, native, emulated,
                 "MSGCampaign_Info only: for a detail, the client searches the list by name"},
    FieldSupport{Field::scheduled_at, native, native, "send_time, also for immediate campaigns"},
    FieldSupport{Field::recipient_lists, native, native,
                 "recipient_name in the list, recipient_id in the detail: those of a phonebook"},
    FieldSupport{Field::messages, unverified, unverified,
                 "result_count: documented as failed/total, but the samples on the page contradict that"},
    FieldSupport{Field::failed, unverified, unverified,
                 "result_count: documented as failed/total, but the samples on the page contradict that"},
};

constexpr std::array<std::string_view, 2> limitations{
    "Yeastar does not report the number of delivered messages: the PBX counts only failures.",
    "The PBX reports only the planned start of a campaign, not when it was created, started or finished.",
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
        "Query Message Campaign List documents no largest page_size; API Request Overview: the PBX closes "
        "the connection after each response",
    .time_member = "scheduled_at",
    .limitations = limitations,
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::yeastar
