#include "polycampaign/capabilities.hpp"

#include "polycampaign/dexatel.hpp"
#include "polycampaign/operations.hpp"

#include <array>

namespace polycampaign::inline v1::dexatel {
namespace {

constexpr std::string_view no_filter = "Campaign, Query: the channel is the only filter";

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, Support::native, "Campaign, Query: GET /v1/campaigns"},
    OperationSupport{
        GetCampaign::operation, Support::native,
        "Campaign, Read: GET /v1/campaigns/{id}; declared as an array, although other reads are objects"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, Support::emulated, no_filter},
    FilterSupport{Filter::until, Support::emulated, no_filter},
    FilterSupport{Filter::planned_since, Support::emulated, no_filter},
    FilterSupport{Filter::planned_until, Support::emulated, no_filter},
    FilterSupport{Filter::statuses, Support::emulated, no_filter},
    FilterSupport{
        Filter::channels, Support::emulated,
        "Campaign, Query: filter[channel] takes one channel; its effect for an unknown value is not "
        "documented, so the client checks the result"},
    FilterSupport{Filter::search, Support::emulated, no_filter},
    FilterSupport{Filter::text, Support::unsupported, "Campaign, Query: campaigns contain no message text"},
    FilterSupport{Filter::destination, Support::unsupported, no_filter},
    FilterSupport{Filter::messages, Support::unsupported,
                  "Campaign, Query: the older page shows counters, the current page does not"},
    FilterSupport{Filter::sort, Support::unsupported,
                  "Campaign, Query: no sort parameter and no documented order"},
};

constexpr std::string_view both_pages = "Campaign, Query and Read";
constexpr std::string_view counters =
    "Campaign, Query: counters on the older page only; Campaign, Read: counters";

constexpr std::array fields{
    FieldSupport{Field::name, Support::native, Support::native, both_pages},
    FieldSupport{Field::channel, Support::native, Support::native,
                 "Campaign, Query and Read; not on the older pages"},
    FieldSupport{Field::status, Support::native, Support::native, both_pages},
    FieldSupport{Field::created_at, Support::native, Support::native,
                 "Campaign, Query and Read: create_date, UTC"},
    FieldSupport{Field::updated_at, Support::native, Support::native,
                 "Campaign, Query and Read: update_date, UTC"},
    FieldSupport{
        Field::scheduled_at, Support::native, Support::native,
        "Campaign, Query and Read: schedule, if there is one; no time zone is documented, so UTC is assumed"},
    FieldSupport{Field::recipient_lists, Support::native, Support::native,
                 "Campaign, Query and Read: audience_id, only the id"},
    FieldSupport{Field::messages, Support::unverified, Support::native, counters},
    FieldSupport{Field::delivered, Support::unverified, Support::native, counters},
    FieldSupport{Field::failed, Support::unverified, Support::native, counters},
};

constexpr Capabilities table{
    .provider = "dexatel",
    .display_name = "Dexatel",
    .operations = operations,
    .filters = filters,
    .fields = fields,
    .min_page_size = 1,
    .max_page_size = 1000,
    .default_page_size = 100,
    .default_prefetch = 2,
    .pages_known_ahead = false,
    .window_days = {},
    .limits_evidence =
        "unverified: no page documents the default or the largest page_size; existing clients request 100 "
        "from other resources",
    .time_member = "created_at",
    .limitations = {},
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::dexatel
