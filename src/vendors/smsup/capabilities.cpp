#include "vendors/smsup/capabilities.hpp"

#include <array>

namespace polycampaign::inline v1::smsup {
namespace {

constexpr std::array operations{
    OperationSupport{ListCampaigns::operation, Support::native, "Get campaigns: GET /campaigns"},
    OperationSupport{GetCampaign::operation, Support::native, "Get campaign: GET /campaign/:id"},
    OperationSupport{CreateCampaign::operation, Support::native,
                     "Campaign, Campaign with list: POST /send and /send/lists. Status -8 of the answer is a "
                     "success: the campaign waits for moderation"},
    OperationSupport{
        EstimateCampaign::operation, Support::native,
        "Simulate a campaign: POST /send/simulate and /send/lists/simulate; the client counts the "
        "parts"},
    OperationSupport{UpdateCampaign::operation, Support::unsupported,
                     "no page documents an update; cancel the campaign and create it again"},
    OperationSupport{CancelCampaign::operation, Support::native,
                     "official SDKs: DELETE /send/:id, for a campaign that has not started; what it shows "
                     "afterwards is not documented"},
    OperationSupport{DeleteCampaign::operation, Support::unsupported,
                     "no page documents the deletion of a campaign; retention deletes old ones"},
    OperationSupport{RetryCampaign::operation, Support::unsupported,
                     "no page documents that failed messages can be sent again"},
    OperationSupport{GetBalance::operation, Support::native, "Credits: GET /credits"},
    OperationSupport{
        GetSenders::operation, Support::native,
        "Retrieve senders: GET /senders; the name of the member with the sender is an assumption"},
    OperationSupport{ListRecipientLists::operation, Support::native,
                     "official SDKs: GET /lists; no paging is documented"},
    OperationSupport{GetRecipientList::operation, Support::native, "Get list: GET /list/:id"},
    OperationSupport{CreateRecipientList::operation, Support::native,
                     "Create list: POST /list; it is documented only with contacts"},
    OperationSupport{
        AddRecipients::operation, Support::native,
        "Add contact: POST /list with listId; no page says whether contacts in the answer counts "
        "the new numbers or all, so it is used only if it fits the numbers that were sent"},
    OperationSupport{DeleteRecipientList::operation, Support::native, "official SDKs: DELETE /list/:id"},
    OperationSupport{ListMessages::operation, Support::native,
                     "Get messages over a period of time: GET /messages has no filter for a campaign; the "
                     "client reads the campaign's period and leaves out the messages of other campaigns"},
    OperationSupport{ListReplies::operation, Support::native,
                     "Get replies over a period of time: GET /messages/mo, with texts; another client: GET "
                     "/campaign/:id/mo, without texts"},
    OperationSupport{ListOptOuts::operation, Support::native,
                     "Get STOPs of a campaign: GET /campaign/:id/blacklist; no paging is documented"},
    OperationSupport{ListStopList::operation, Support::native, "Blacklist: GET /blacklist"},
    OperationSupport{FindMessages::operation, Support::emulated,
                     "Get messages over a period of time: client_message_id; the client compares it"},
};

constexpr std::array features{
    FeatureSupport{Feature::to_numbers, Support::native, "Campaign: recipients.gsm"},
    FeatureSupport{Feature::to_lists, Support::native, "Campaign with list: lists"},
    FeatureSupport{Feature::own_texts, Support::unsupported, "a campaign has one text"},
    FeatureSupport{Feature::references, Support::native, "Campaign: gsmsmsid, not for lists"},
    FeatureSupport{Feature::name, Support::unsupported, "campaigns have no name"},
    FeatureSupport{Feature::schedule, Support::native, "Campaign: delay, in Europe/Paris"},
    FeatureSupport{Feature::draft, Support::unsupported,
                   "every create sends or schedules; there is no draft"},
    FeatureSupport{Feature::purpose, Support::native, "Campaign: pushtype, marketing or alert"},
};

constexpr std::array<Channel, 1> channels{Channel::sms};

constexpr std::array option_table{OptionRule{
    .name = "link",
    .kind = OptionKind::text,
    .least = 1,
    .most = 2'000,
    .repeatable = true,
    .summary = "A URL that replaces one `<-short->` of the text by a short link, in order (Short URL)"}};

constexpr std::array placeholders{Placeholder{.pattern = "[info#]"}, Placeholder{.pattern = "<-short->"},
                                  Placeholder{.pattern = "<-stop->"}, Placeholder{.pattern = "<-file->"},
                                  Placeholder{.pattern = "<-rich->"}};

constexpr std::array filters{
    FilterSupport{
        Filter::since, Support::emulated,
        "Get campaigns: date_start limits the send date, which is never before the creation date, and so "
        "narrows the list; the client compares the creation date"},
    FilterSupport{Filter::until, Support::emulated, "Get campaigns has no filter on the creation date"},
    FilterSupport{
        Filter::planned_since, Support::emulated,
        "Get campaigns: date_start narrows the list; whether the bound is inclusive is not documented, so "
        "the client checks it"},
    FilterSupport{
        Filter::planned_until, Support::emulated,
        "Get campaigns: date_end narrows the list; whether the bound is inclusive is not documented, so "
        "the client checks it"},
    FilterSupport{Filter::statuses, Support::emulated, "Get campaigns has no filter on the status"},
    FilterSupport{Filter::channels, Support::emulated, "all campaigns are SMS"},
    FilterSupport{Filter::search, Support::unsupported, "campaigns have no name"},
    FilterSupport{Filter::text, Support::native, "Get campaigns: text, which the message text must contain"},
    FilterSupport{Filter::destination, Support::native, "Get campaigns: destination"},
    FilterSupport{Filter::messages, Support::native,
                  "Get campaigns: sms_min, sms_max; whether the bounds are inclusive is not documented"},
    FilterSupport{Filter::sort, Support::native, "Get campaigns: sort by id, date, text, cost or status"},
};

constexpr std::array<std::string_view, 5> sort_keys{"id", "date", "text", "cost", "status"};

constexpr std::string_view both_pages = "Get campaigns, Get campaign";

constexpr std::array fields{
    FieldSupport{Field::sender, Support::native, Support::native, both_pages},
    FieldSupport{Field::text, Support::native, Support::native, both_pages},
    FieldSupport{Field::channel, Support::native, Support::native, "all campaigns are SMS"},
    FieldSupport{Field::status, Support::native, Support::native,
                 "Get campaigns, Get campaign: a label, in JSON only (older pages: an unexplained number)"},
    FieldSupport{Field::created_at, Support::native, Support::native,
                 "Get campaigns: creation_date; no time zone is documented, so Europe/Paris is assumed"},
    FieldSupport{Field::scheduled_at, Support::native, Support::native,
                 "Get campaigns: date; no time zone is documented, so Europe/Paris is assumed"},
    FieldSupport{Field::cost, Support::native, Support::native, "Get campaigns: cost, in credits"},
    FieldSupport{Field::recipient_lists, Support::native, Support::native,
                 "Get campaigns: lists, only their ids"},
    FieldSupport{Field::recipients, Support::native, Support::native, "Get campaigns: total"},
    FieldSupport{Field::submitted, Support::unverified, Support::unverified,
                 "Get campaigns: the page explains sent, but no sample contains it"},
    FieldSupport{Field::delivered, Support::native, Support::native, both_pages},
    FieldSupport{Field::expired, Support::native, Support::native, both_pages},
    FieldSupport{Field::failed, Support::native, Support::native,
                 "Get campaigns: error + network_error; the page explains both as operator errors"},
    FieldSupport{Field::opt_outs, Support::native, Support::native, "Get campaigns: stop"},
};

constexpr std::array<std::string_view, 2> limitations{
    "Campaigns created on the SMSUP or SMSFactor web platform are not visible to the API.",
    "The vendor deletes campaigns that are older than the account's retention setting.",
};

constexpr std::array<std::string_view, 3> xml_limitations{
    limitations[0],
    limitations[1],
    "XML responses do not report the status of a campaign.",
};

constexpr auto xml_filters = [] {
  auto table = filters;
  for (auto& row : table)
    if (row.filter == Filter::statuses)
      row = {Filter::statuses, Support::unsupported, "Get campaigns: XML responses contain no status"};
  return table;
}();

constexpr auto xml_fields = [] {
  auto table = fields;
  for (auto& row : table)
    if (row.field == Field::status)
      row = {Field::status, Support::unsupported, Support::unsupported,
             "Get campaigns, Get campaign: the XML samples contain no status"};
  return table;
}();

constexpr Capabilities json_capabilities{
    .provider = "smsup",
    .display_name = "SMSUP / SMSFactor",
    .operations = operations,
    .filters = filters,
    .fields = fields,
    .min_page_size = 1,
    .max_page_size = 1000,
    .default_page_size = 1000,
    .default_prefetch = 4,
    .pages_known_ahead = true,
    .window_days = {},
    .limits_evidence = "Get campaigns: length is 100 by default and at most 1000",
    .time_member = "created_at",
    .limitations = limitations,
    .sort_keys = sort_keys,
    .campaigns =
        {
            .features = features,
            .channels = channels,
            .options = option_table,
            .placeholders = placeholders,
            .sender = {.letters = {.doubtful = 11, .evidence = "other clients allow 11 characters"}},
        },
    .lists =
        {
            .numbers = {.most = 1'000,
                        .evidence = "no page documents a limit; the library's choice for one request"},
            .needs_numbers = true,
        },
    .reports = {.evidence = "Delivery report: no page says for how long reports can come"},
};

constexpr Capabilities xml_capabilities = [] {
  auto table = json_capabilities;
  table.filters = xml_filters;
  table.fields = xml_fields;
  table.pages_known_ahead = false;
  table.limitations = xml_limitations;
  return table;
}();

}  // namespace

Capabilities const& capabilities(Format format) noexcept {
  return format == Format::xml ? xml_capabilities : json_capabilities;
}

Capabilities const& capabilities() noexcept {
  return json_capabilities;
}

}  // namespace polycampaign::inline v1::smsup
