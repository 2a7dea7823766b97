#include "polycampaign/capabilities.hpp"

#include "polycampaign/bsg.hpp"
#include "polycampaign/operations.hpp"

#include <array>

namespace polycampaign::inline v1::bsg {
namespace {

using enum Support;

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, native,
                     "Get a list of SMS campaigns: one channel, three months at most"},
    OperationSupport{GetCampaign::operation, native,
                     "Get information about the SMS campaign; the short form by the OpenAPI file"},
    OperationSupport{LogIn::operation, native, "Authentication: POST /api/auth/login"},
    OperationSupport{
        RefreshSession::operation, native,
        "Authentication: POST /api/auth/refresh; whether an expired token may be refreshed is not "
        "documented"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, native, "filter[from], of the creation date"},
    FilterSupport{Filter::until, native, "filter[to], of the creation date"},
    FilterSupport{Filter::planned_since, emulated, "from start_at"},
    FilterSupport{Filter::planned_until, emulated, "from start_at"},
    FilterSupport{Filter::statuses, emulated, "no status parameter is documented"},
    FilterSupport{
        Filter::channels, native,
        "filter[type]: sms by the list page, rcs and whatsapp by the OpenAPI file; a value for viber is "
        "documented nowhere, it is asked for as viber, unverified"},
    FilterSupport{
        Filter::search, native,
        "search[field]=taskname by the OpenAPI file, filter[field] by the RCS page; how it matches is "
        "not documented"},
    FilterSupport{
        Filter::sort, native,
        "id, sender, type; date and status by the OpenAPI file only. Holds within 89 days, and by id "
        "or date across them"},
};

constexpr std::array<std::string_view, 5> sort_keys{"id", "sender", "type", "date", "status"};

constexpr auto short_form = "CampaignSchema of the OpenAPI file; Get a list of SMS campaigns";
constexpr auto detail_form = "Get information about the SMS campaign; the OpenAPI file";

constexpr std::array fields{
    FieldSupport{Field::name, native, native, short_form},
    FieldSupport{Field::sender, native, native, short_form},
    FieldSupport{Field::channel, native, unverified,
                 "message_type; a detail's type may be how the campaign was started: instant"},
    FieldSupport{Field::status, native, native, short_form},
    FieldSupport{Field::created_at, native, native, "created_at, creation_at; the zone is not documented"},
    FieldSupport{Field::scheduled_at, native, native,
                 "start_at, start_date, started_at; the zone is not documented"},
    FieldSupport{Field::started_at, native, native,
                 "real_start_at, actual_start_at; the zone is not documented"},
    FieldSupport{Field::finished_at, native, native, "finished_at; the zone is not documented"},
    FieldSupport{
        Field::cost, unverified, native,
        "total_price in the detail; calculated_price is 0 or null without a currency in the samples of "
        "reads"},
    FieldSupport{Field::recipients, unsupported, native, "total_phones"},
    FieldSupport{Field::messages, unsupported, native, "total_messages"},
    FieldSupport{
        Field::submitted, native, emulated,
        "sent, which is cumulative in the short form; a bucket in the detail, where it is summed up"},
    FieldSupport{Field::pending, unsupported, native, "scheduled + moderation + sending"},
    FieldSupport{Field::in_flight, unsupported, native, "accepted + sent"},
    FieldSupport{Field::delivered, native, native, "delivered; in the detail without those that were read"},
    FieldSupport{Field::undelivered, unsupported, native, "undelivered + not_viber_user + not_rcs_user"},
    FieldSupport{Field::expired, unsupported, native, detail_form},
    FieldSupport{Field::failed, unsupported, native, detail_form},
    FieldSupport{Field::unreported, unsupported, native, "unknown: no delivery report exists"},
    FieldSupport{Field::read, unsupported, native, "read, by the OpenAPI file only"},
};

constexpr std::array<std::string_view, 1> limitations{
    "The text of a campaign: BSG tells it with single messages only.",
};

constexpr Capabilities table{
    .provider = "bsg",
    .display_name = "BSG",
    .operations = operations,
    .filters = filters,
    .fields = fields,
    .min_page_size = 30,
    .max_page_size = 500,
    .default_page_size = 500,
    .default_prefetch = 4,
    .pages_known_ahead = true,
    .window_days = 89,
    .limits_evidence =
        "page[limit] 30 to 500 by the OpenAPI file; three months at most by the list page: 89 days "
        "are never more",
    .time_member = "created_at",
    .limitations = limitations,
    .sort_keys = sort_keys,
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::bsg
