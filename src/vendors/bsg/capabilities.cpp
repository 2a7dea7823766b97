#include "polycampaign/capabilities.hpp"

#include "polycampaign/bsg.hpp"
#include "polycampaign/operations.hpp"

#include <array>

namespace polycampaign::inline v1::bsg {
namespace {

using enum Support;

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, native,
                     "Get a list of SMS campaigns: one channel and at most three months per request"},
    OperationSupport{GetCampaign::operation, native,
                     "Get information about the SMS campaign; OpenAPI file for the short form"},
    OperationSupport{LogIn::operation, native, "Authentication: POST /api/auth/login"},
    OperationSupport{
        RefreshSession::operation, native,
        "Authentication: POST /api/auth/refresh; the documentation does not say whether an expired token can "
        "be refreshed"},
    OperationSupport{CreateCampaign::operation, native,
                     "Create individual/bulk SMS campaign, Create a personalized SMS campaign, Create an SMS "
                     "campaign for the contacts list: POST /api/campaigns/sms/send, send-individual and "
                     "send-groups. The answer's status `done` does not mean that anything was sent"},
    OperationSupport{EstimateCampaign::operation, native,
                     "OpenAPI file: POST /api/campaigns/price, one text; the client counts the parts"},
    OperationSupport{UpdateCampaign::operation, unsupported, "no page documents an update of a campaign"},
    OperationSupport{CancelCampaign::operation, native,
                     "Cancel SMS campaign: PATCH /api/campaigns/{id}/stop, which is final. The page and the "
                     "OpenAPI file differ about the statuses that allow it"},
    OperationSupport{DeleteCampaign::operation, unsupported, "no page documents the deletion of a campaign"},
    OperationSupport{RetryCampaign::operation, unsupported,
                     "no page documents that failed messages can be sent again"},
    OperationSupport{GetBalance::operation, native, "Balance: GET /api/accounts/balance"},
    OperationSupport{GetSenders::operation, native, "OpenAPI file: GET /api/senders?type=sms"},
    OperationSupport{ListRecipientLists::operation, native,
                     "Receive an index of all contact lists: GET /api/groups. The number of contacts (items) "
                     "is an integer in the OpenAPI file and a string on the page"},
    OperationSupport{GetRecipientList::operation, native,
                     "Receive the contact list data: GET /api/groups/{id}"},
    OperationSupport{CreateRecipientList::operation, native,
                     "Create list: POST /api/groups; the numbers follow as in add_to_list"},
    OperationSupport{AddRecipients::operation, native,
                     "Create a contact: POST /api/contacts, one number per request. Search contacts and Add "
                     "contacts to the list (POST /api/groups/attach) for numbers that the contact book has"},
    OperationSupport{DeleteRecipientList::operation, native,
                     "OpenAPI file: DELETE /api/groups/{id}; the contacts stay in the contact book"},
    OperationSupport{
        ListMessages::operation, native,
        "Get SMS messages: GET /api/messages with filter[campaign_id]. Whether the limit of three "
        "months applies with this filter is not documented, so the client reads the campaign "
        "first and requests 89 days, from the day before its creation"},
    OperationSupport{ListReplies::operation, unsupported,
                     "no page documents the replies to a campaign: senders for two-way SMS report to a "
                     "callback of the older API"},
    OperationSupport{ListOptOuts::operation, unsupported,
                     "no page documents the opt-outs of a campaign; stop_list has those of the account"},
    OperationSupport{ListStopList::operation, native,
                     "Get contacts from the Stoplist: GET /api/stoplist?types=sms. The SDKs call the "
                     "parameter type, so the client also leaves out entries of other channels"},
    OperationSupport{FindMessages::operation, native,
                     "Get SMS messages: GET /api/messages with filter[reference_id], at most three months"},
};

constexpr std::array features{
    FeatureSupport{Feature::to_numbers, native, "Create individual/bulk SMS campaign: phones"},
    FeatureSupport{Feature::to_lists, native, "Create an SMS campaign for the contacts list: groups"},
    FeatureSupport{Feature::own_texts, native, "Create a personalized SMS campaign: messages"},
    FeatureSupport{Feature::references, native, "Create individual/bulk SMS campaign: reference_id"},
    FeatureSupport{Feature::name, unsupported, "BSG names campaigns itself"},
    FeatureSupport{Feature::schedule, native,
                   "Create individual/bulk SMS campaign: start_at; the time zone is not documented"},
    FeatureSupport{Feature::draft, unsupported, "every create sends or schedules; there is no draft"},
};

constexpr std::array<Channel, 1> channels{Channel::sms};

constexpr std::array option_table{
    OptionRule{
        .name = "tariff_code",
        .kind = OptionKind::number,
        .most = 999'999,
        .summary = "The tariff; the account's default otherwise (Create individual/bulk SMS campaign)"},
    OptionRule{.name = "validity",
               .kind = OptionKind::number,
               .least = 1,
               .most = 72,
               .summary =
                   "Hours for which delivery is tried, 1 to 72; 72 otherwise (Create individual/bulk SMS "
                   "campaign)"},
    OptionRule{.name = "transliterate",
               .kind = OptionKind::flag,
               .summary = "Whether BSG writes the text in Latin letters; false otherwise (OpenAPI file)"},
    OptionRule{
        .name = "callback_url",
        .kind = OptionKind::text,
        .least = 1,
        .most = 100,
        .summary = "Where BSG sends delivery reports, instead of the account's URL (OpenAPI file, 2026)"},
};

constexpr std::array placeholders{Placeholder{.pattern = "{#}", .lists_only = true}};

constexpr std::array filters{
    FilterSupport{Filter::since, native, "filter[from] applies to the creation date"},
    FilterSupport{Filter::until, native, "filter[to] applies to the creation date"},
    FilterSupport{Filter::planned_since, emulated, "the client compares start_at"},
    FilterSupport{Filter::planned_until, emulated, "the client compares start_at"},
    FilterSupport{Filter::statuses, emulated, "no status parameter is documented"},
    FilterSupport{
        Filter::channels, native,
        "filter[type]: the list page documents sms, the OpenAPI file documents rcs and whatsapp; no page "
        "documents a value for Viber, so the client sends viber, unverified"},
    FilterSupport{Filter::search, native,
                  "search[field]=taskname in the OpenAPI file, filter[field] on the RCS page; how the search "
                  "matches is not documented"},
    FilterSupport{Filter::sort, native,
                  "id, sender and type; date and status in the OpenAPI file only. The order holds within "
                  "each period of 89 days, and for id and date across periods too"},
};

constexpr std::array<std::string_view, 5> sort_keys{"id", "sender", "type", "date", "status"};

constexpr auto short_form = "Get a list of SMS campaigns; OpenAPI file: CampaignSchema";
constexpr auto detail_form = "Get information about the SMS campaign; OpenAPI file";

constexpr std::array fields{
    FieldSupport{Field::name, native, native, short_form},
    FieldSupport{Field::sender, native, native, short_form},
    FieldSupport{Field::channel, native, unverified,
                 "message_type; in a detail, type may instead say how the campaign was started (instant)"},
    FieldSupport{Field::status, native, native, short_form},
    FieldSupport{Field::created_at, native, native,
                 "created_at, creation_at; the time zone is not documented"},
    FieldSupport{Field::scheduled_at, native, native,
                 "start_at, start_date, started_at; the time zone is not documented"},
    FieldSupport{Field::started_at, native, native,
                 "real_start_at, actual_start_at; the time zone is not documented"},
    FieldSupport{Field::finished_at, native, native, "finished_at; the time zone is not documented"},
    FieldSupport{Field::cost, unverified, native,
                 "detail: total_price; list: calculated_price, which is 0 or null without a currency in the "
                 "documented samples of reads"},
    FieldSupport{Field::recipients, unsupported, native, "total_phones"},
    FieldSupport{Field::messages, unsupported, native, "total_messages"},
    FieldSupport{
        Field::submitted, native, emulated,
        "short form: sent, which is cumulative; detail: sent is one bucket, so the client adds up all "
        "buckets of submitted messages"},
    FieldSupport{Field::pending, unsupported, native, "scheduled + moderation + sending"},
    FieldSupport{Field::in_flight, unsupported, native, "accepted + sent"},
    FieldSupport{Field::delivered, native, native, "short form: delivered; detail: delivered + read"},
    FieldSupport{Field::undelivered, unsupported, native, "undelivered + not_viber_user + not_rcs_user"},
    FieldSupport{Field::expired, unsupported, native, detail_form},
    FieldSupport{Field::failed, unsupported, native, detail_form},
    FieldSupport{Field::unreported, unsupported, native, "unknown: there is no delivery report"},
    FieldSupport{Field::read, unsupported, native, "read, in the OpenAPI file only"},
};

constexpr std::array<std::string_view, 1> limitations{
    "BSG reports the message text only for single messages, not for campaigns.",
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
        "OpenAPI file: page[limit] is 30 to 500; list page: at most three months, which 89 days never "
        "exceed",
    .time_member = "created_at",
    .limitations = limitations,
    .sort_keys = sort_keys,
    .campaigns =
        {
            .features = features,
            .channels = channels,
            .options = option_table,
            .placeholders = placeholders,
            .sender = {.required = true,
                       .letters = {.most = 11, .evidence = "OpenAPI file: 3 to 11 characters; older page: 1"},
                       .digits = {.most = 15, .evidence = "OpenAPI file: 3 to 15 digits; older page: 1"}},
            .recipients = {.most = 10'000, .evidence = "Create individual/bulk SMS campaign"},
            .reference = {.most = 32, .evidence = "Create individual/bulk SMS campaign: reference_id"},
            .gsm7_units = {.most = 765, .evidence = "Create individual/bulk SMS campaign"},
            .ucs2_units = {.most = 355,
                           .doubtful = 335,
                           .evidence = "OpenAPI file: 355; Create individual/bulk SMS campaign: 335"},
            .least_number_digits = 9,
            .days_ahead = {.most = 30, .evidence = "Create individual/bulk SMS campaign: start_at"},
        },
    .lists =
        {
            .numbers = {.most = 100,
                        .evidence = "a limit of this library: BSG takes one number per request (Create a "
                                    "contact)"},
            .name = {.most = 50, .evidence = "OpenAPI file: name has 3 to 50 characters"},
            .least_name = 3,
        },
    .reports =
        {
            .delivery_reports = true,
            .validity_hours = 72,
            .evidence =
                "Create individual/bulk SMS campaign: validity is 72 hours by default, and the longest",
        },
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::bsg
