#include "polycampaign/capabilities.hpp"

#include "polycampaign/dexatel.hpp"
#include "polycampaign/operations.hpp"

#include <array>

namespace polycampaign::inline v1::dexatel {
namespace {

constexpr std::string_view no_filter = "Campaign, Query: its only filter is the channel";

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, Support::native, "Campaign, Query: GET /v1/campaigns"},
    OperationSupport{GetCampaign::operation, Support::native,
                     "Campaign, Read: GET /v1/campaigns/{id}; declared as an array, other reads are objects"},
};

constexpr std::array filters{
    FilterSupport{Filter::since, Support::emulated, no_filter},
    FilterSupport{Filter::until, Support::emulated, no_filter},
    FilterSupport{Filter::planned_since, Support::emulated, no_filter},
    FilterSupport{Filter::planned_until, Support::emulated, no_filter},
    FilterSupport{Filter::statuses, Support::emulated, no_filter},
    FilterSupport{
        Filter::channels, Support::emulated,
        "Campaign, Query: filter[channel] takes one; what it does with a value that it does not know is "
        "not documented, the client checks"},
    FilterSupport{Filter::search, Support::emulated, no_filter},
    FilterSupport{Filter::text, Support::unsupported, "Campaign, Query: campaigns show no text"},
    FilterSupport{Filter::destination, Support::unsupported, no_filter},
    FilterSupport{Filter::messages, Support::unsupported,
                  "Campaign, Query: the current page shows no counters, the older one does"},
    FilterSupport{Filter::sort, Support::unsupported, "Campaign, Query: no sort, no documented order"},
};

constexpr std::string_view both_pages = "Campaign, Query and Read";
constexpr std::string_view counters = "Campaign, Query: counters on the older page only; Read has them";

constexpr std::array fields{
    FieldSupport{Field::name, Support::native, Support::native, both_pages},
    FieldSupport{Field::channel, Support::native, Support::native,
                 "Campaign, Query and Read: not on the older pages"},
    FieldSupport{Field::status, Support::native, Support::native, both_pages},
    FieldSupport{Field::created_at, Support::native, Support::native,
                 "Campaign, Query and Read: create_date, UTC"},
    FieldSupport{Field::updated_at, Support::native, Support::native,
                 "Campaign, Query and Read: update_date, UTC"},
    FieldSupport{
        Field::scheduled_at, Support::native, Support::native,
        "Campaign, Query and Read: schedule, if there is any; no zone is documented, UTC is assumed"},
    FieldSupport{Field::recipient_lists, Support::native, Support::native,
                 "Campaign, Query and Read: audience_id, the id only"},
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
        "unverified: no page documents the default or the largest page_size; clients in use ask other "
        "resources for 100",
    .time_member = "created_at",
    .limitations = {},
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::dexatel
