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
    OperationSupport{CreateCampaign::operation, Support::native,
                     "Campaigns: POST /v1/campaigns with a template and an audience, which the client finds "
                     "or creates. No "
                     "page documents how more than 1,000 contacts are added, so the client compares the "
                     "number of contacts "
                     "before it sends"},
    OperationSupport{EstimateCampaign::operation, Support::emulated,
                     "no page documents a price; the client counts recipients and parts"},
    OperationSupport{UpdateCampaign::operation, Support::native,
                     "Campaign, Update: PUT /v1/campaigns/{id} with name and schedule"},
    OperationSupport{CancelCampaign::operation, Support::native,
                     "Campaign, Update cancels by the status; the body follows from error 1611"},
    OperationSupport{
        DeleteCampaign::operation, Support::native,
        "Campaign, Delete: DELETE /v1/campaigns/{id}; the statuses that allow it are not documented"},
    OperationSupport{RetryCampaign::operation, Support::unsupported,
                     "no page documents that failed messages can be sent again"},
    OperationSupport{GetBalance::operation, Support::unsupported, "no page documents a balance for API keys"},
    OperationSupport{GetSenders::operation, Support::native, "Sender, Query: GET /v1/senders"},
    OperationSupport{ListRecipientLists::operation, Support::native,
                     "Audience, Query: GET /v1/audiences; it does not show the number of contacts"},
    OperationSupport{GetRecipientList::operation, Support::native,
                     "Audience, Read: GET /v1/audiences/{id}, with contacts_count"},
    OperationSupport{CreateRecipientList::operation, Support::native,
                     "Audience, Create: POST /v1/audiences with the channel SMS; error 1308 allows 1,000 "
                     "contacts in its newer text and 10 in its older one, so the client tries both"},
    OperationSupport{AddRecipients::operation, Support::unverified,
                     "no page documents POST /v1/audiences/{id}/contacts, which follows from Contacts, Query "
                     "and Update; the client compares contacts_count before and afterwards"},
    OperationSupport{DeleteRecipientList::operation, Support::native,
                     "Audience, Delete: DELETE /v1/audiences/{id}"},
    OperationSupport{ListMessages::operation, Support::unsupported,
                     "Message, Query: messages have no campaign id, and no filter for one"},
    OperationSupport{ListReplies::operation, Support::unsupported,
                     "Message, Query: inbound messages have no campaign id"},
    OperationSupport{ListOptOuts::operation, Support::unsupported,
                     "no page documents which recipients of a campaign opted out"},
    OperationSupport{ListStopList::operation, Support::unsupported,
                     "Appendix: error 1530 is a blocked number, but no page documents a list of them"},
    OperationSupport{FindMessages::operation, Support::unsupported,
                     "no page documents that a message or campaign can be found by a key of the caller; the "
                     "outbox finds campaigns by their names"},
};

constexpr std::array features{
    FeatureSupport{Feature::to_numbers, Support::native, "Audience, Create: contacts"},
    FeatureSupport{Feature::to_lists, Support::native, "Campaigns: audience, one"},
    FeatureSupport{Feature::own_texts, Support::unsupported, "a campaign has one template"},
    FeatureSupport{Feature::references, Support::unsupported, "a contact has no such member"},
    FeatureSupport{Feature::name, Support::native, "Campaigns: name, unique"},
    FeatureSupport{Feature::schedule, Support::native, "Campaigns: schedule; no time zone is documented"},
    FeatureSupport{Feature::draft, Support::unsupported,
                   "every create sends or schedules; there is no draft"},
    FeatureSupport{Feature::update_name, Support::native, "Campaign, Update: name"},
    FeatureSupport{Feature::update_text, Support::unsupported, "Campaign, Update: name and schedule only"},
    FeatureSupport{Feature::update_start, Support::native, "Campaign, Update: schedule"},
};

constexpr std::array<Channel, 3> channels{Channel::sms, Channel::viber, Channel::whatsapp};

constexpr std::array option_table{
    OptionRule{
        .name = "template_id",
        .kind = OptionKind::text,
        .least = 1,
        .most = 64,
        .replaces_text = true,
        .summary = "The id of a template at Dexatel, instead of a text; WhatsApp needs one (Campaigns)"},
};

constexpr std::array placeholders{Placeholder{.pattern = "{*}"}};

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
    .campaigns =
        {
            .features = features,
            .channels = channels,
            .options = option_table,
            .placeholders = placeholders,
            .sender = {.required = true},
            .recipients = {.most = 100'000,
                           .doubtful = 10'000,
                           .evidence =
                               "Campaign, Query: 100,000 on the current page, 10,000 on the older one"},
            .lists = {.most = 1, .evidence = "Campaigns: audience"},
            .name = {.most = 45, .evidence = "Campaigns: name"},
            .characters = {.most = 1'000, .evidence = "Template, Create: text"},
        },
    .lists =
        {
            .numbers = {.most = 100,
                        .evidence =
                            "the client's choice: Dexatel refuses all contacts of a request if it has "
                            "one of them already, so the client sends them again in halves"},
            .name = {.most = 45, .evidence = "Audience, Create: name"},
            .plain_name = true,
        },
    .reports = {.evidence = "Message, Query: delivered is a status of its own; no page documents for how "
                            "long a delivery report can come"},
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::dexatel
