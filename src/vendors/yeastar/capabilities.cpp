#include "polycampaign/capabilities.hpp"

#include "polycampaign/operations.hpp"
#include "polycampaign/yeastar.hpp"

#include <array>
#include <string_view>

namespace polycampaign::inline v1::yeastar {
namespace {

using enum Support;

constexpr std::string_view contacts_only =
    "Add a Phonebook: a phonebook consists of company contacts, not of numbers";
constexpr std::string_view sessions_only =
    "Query Message Session List: messages are only reached through sessions, which have no campaign id";

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
    OperationSupport{
        CreateCampaign::operation, native,
        "Add a Message Campaign; its answer is not documented, so the client finds the campaign by its name. "
        "Search Specific Message Channels and Query Information of a Message Channel give the ids of the "
        "sender"},
    OperationSupport{EstimateCampaign::operation, emulated,
                     "no page documents a price; the client counts recipients and parts"},
    OperationSupport{UpdateCampaign::operation, native,
                     "Edit a Message Campaign; the statuses that allow it are not documented"},
    OperationSupport{CancelCampaign::operation, unsupported,
                     "no page documents that a campaign can be stopped"},
    OperationSupport{DeleteCampaign::operation, native, "Delete a Message Campaign, a GET request"},
    OperationSupport{RetryCampaign::operation, native, "Retry a Message Campaign, a GET request"},
    OperationSupport{GetBalance::operation, unsupported, "no page documents a balance"},
    OperationSupport{
        GetSenders::operation, native,
        "Query Message Channel List, Query Information of a Message Channel: dids; only their id is "
        "documented"},
    OperationSupport{
        ListRecipientLists::operation, unverified,
        "Query Information of a Phonebook names Search Specific Phonebooks as the source of ids; no page "
        "documents its path and answer, so the client assumes those of the other searches"},
    OperationSupport{GetRecipientList::operation, native, "Query Information of a Phonebook: name and total"},
    OperationSupport{CreateRecipientList::operation, unsupported, contacts_only},
    OperationSupport{AddRecipients::operation, unsupported, contacts_only},
    OperationSupport{DeleteRecipientList::operation, unsupported, contacts_only},
    OperationSupport{ListMessages::operation, unsupported, sessions_only},
    OperationSupport{ListReplies::operation, unsupported, sessions_only},
    OperationSupport{ListOptOuts::operation, unsupported, "no page documents opt-outs"},
    OperationSupport{ListStopList::operation, unsupported,
                     "no page documents a list of numbers that receive nothing"},
    OperationSupport{FindMessages::operation, unsupported,
                     "a campaign takes no key of the caller; the outbox finds campaigns by their names"},
};

constexpr std::array features{
    FeatureSupport{Feature::to_numbers, native, "Add a Message Campaign: number_list"},
    FeatureSupport{Feature::to_lists, native, "Add a Message Campaign: recipient_id, one phonebook"},
    FeatureSupport{Feature::own_texts, unsupported, "a campaign has one text"},
    FeatureSupport{Feature::references, unsupported, "a number has no other member"},
    FeatureSupport{Feature::name, native, "Add a Message Campaign: name"},
    FeatureSupport{Feature::schedule, native, "Add a Message Campaign: send_time, a Unix time"},
    FeatureSupport{Feature::draft, native, "Add a Message Campaign: send_type"},
    FeatureSupport{Feature::update_name, native, "Edit a Message Campaign: name"},
    FeatureSupport{Feature::update_text, native, "Edit a Message Campaign: content"},
    FeatureSupport{Feature::update_start, native, "Edit a Message Campaign: send_type and send_time"},
};

constexpr std::array<Channel, 1> channels{Channel::sms};

constexpr std::array<std::string_view, 2> send_modes{"direct", "new_session"};
constexpr std::array<std::string_view, 2> assignees{"extension", "queue"};
constexpr std::array<std::string_view, 9> number_types{"business_number", "business_number2", "mobile_number",
                                                       "mobile_number2",  "home_number",      "home_number2",
                                                       "business_fax",    "home_fax",         "other_number"};
constexpr std::int64_t largest_id = 999'999'999'999;

constexpr std::array option_table{
    OptionRule{
        .name = "channel_id",
        .kind = OptionKind::number,
        .least = 1,
        .most = largest_id,
        .summary = "The id of the message channel, with `sender_id`: nothing is looked up by the sender"},
    OptionRule{.name = "sender_id",
               .kind = OptionKind::number,
               .least = 1,
               .most = largest_id,
               .summary = "The id of the channel's number, with `channel_id`"},
    OptionRule{.name = "recipient_num_type",
               .kind = OptionKind::word,
               .words = number_types,
               .summary =
                   "Which number of a phonebook's contacts is used; mobile_number otherwise (Add a Message "
                   "Campaign)"},
    OptionRule{.name = "send_mode",
               .kind = OptionKind::word,
               .words = send_modes,
               .summary =
                   "Whether replies open a message session; direct, without one, otherwise (Add a Message "
                   "Campaign)"},
    OptionRule{.name = "assign_to_type",
               .kind = OptionKind::word,
               .words = assignees,
               .summary = "Who receives new sessions, with `assign_to_id` (Add a Message Campaign)"},
    OptionRule{
        .name = "assign_to_id",
        .kind = OptionKind::number,
        .least = 1,
        .most = largest_id,
        .summary = "The id of the extension or queue that receives new sessions (Add a Message Campaign)"},
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
    .campaigns =
        {
            .features = features,
            .channels = channels,
            .options = option_table,
            .recipients = {.doubtful = 1'000, .evidence = "a reseller's page; no page of the vendor"},
            .lists = {.most = 1, .evidence = "Add a Message Campaign: recipient_id"},
        },
    .reports = {.delivery_reports = false,
                .evidence = "Query Messages in a Message Session: delivery_status ends at 1, sent; no page "
                            "documents a report of the carrier"},
};

}  // namespace

Capabilities const& capabilities() noexcept {
  return table;
}

}  // namespace polycampaign::inline v1::yeastar
