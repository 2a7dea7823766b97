// Mistakes in reading lists of recipients, messages, replies and opt-outs, and the checks that find them.
#include "conformance/broken_around.hpp"

#include <polycampaign/protocol/redact.hpp>
#include <polycampaign/protocol/url.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace polycampaign::test {
namespace {

using protocol::Call;
using protocol::Conversation;
using protocol::PageInfo;
using protocol::PageKey;

/// How many messages of the campaign the adapter has read, for a mistake that takes this for the campaign's
/// own count.
std::atomic<std::int64_t> messages_read{0};

AroundMistake const around_mistakes[] = {
    // messages
    {"names_no_provider",
     {"other lists"},
     "the provider's name",
     {.message = [](Message& message, std::string const&) { message.provider = {}; }}},
    {"forgets_the_campaign",
     {"other lists"},
     "elements in the list `messages`",
     {.message = [](Message& message, std::string const&) { message.campaign.reset(); }}},
    {"takes_all_messages_of_the_day",
     {"other lists"},
     "exactly once in the list `messages`",
     {.message = [](Message& message, std::string const& campaign) { message.campaign = campaign; },
      .messages =
          [](std::vector<Message>& all, std::int64_t, std::string const& campaign) {
            if (!all.empty()) all.push_back({.id = "x", .provider = "heron", .campaign = campaign});
          }}},
    {"loses_the_last_message_of_a_page",
     {"other lists"},
     "exactly once in the list `messages`",
     {.messages =
          [](std::vector<Message>& all, std::int64_t, std::string const&) {
            if (!all.empty()) all.pop_back();
          }}},
    {"reads_one_page_of_messages",
     {"other lists"},
     "the same elements in the list `messages` (page_size 7",
     {.ahead =
          [](Operation operation, std::vector<PageKey>& keys) {
            if (operation == ListMessages::operation && !keys.empty() && !keys.front().token.empty())
              keys.clear();
          }}},
    {"takes_every_message_for_delivered",
     {"other lists"},
     "status \"delivered\" instead of",
     {.message = [](Message& message,
                    std::string const&) { message.status.code = MessageStatusCode::delivered; }}},
    {"shortens_numbers",
     {"other lists"},
     "which none of the records has",
     {.message =
          [](Message& message, std::string const&) {
            if (message.number) message.number->pop_back();
          }}},
    {"moves_times_by_an_hour",
     {"other lists"},
     "sent_at \"",
     {.message =
          [](Message& message, std::string const&) {
            if (message.sent_at) message.sent_at = Timestamp{message.sent_at->time + std::chrono::hours{1}};
          }}},
    {"guesses_the_meaning_of_a_word",
     {"other records"},
     "no invented value",
     {.message =
          [](Message& message, std::string const&) {
            if (message.status.code == MessageStatusCode::unknown)
              message.status.code = MessageStatusCode::failed;
          }}},
    {"drops_the_vendors_word",
     {"other records"},
     "the vendor's own word",
     {.message =
          [](Message& message, std::string const&) {
            if (message.status.code == MessageStatusCode::unknown) message.status.vendor_word.reset();
          }}},
    {"counts_no_parts_as_zero",
     {"other records"},
     "parts: \"0\"",
     {.message = [](Message& message, std::string const&) { message.parts = message.parts.value_or(0); }}},
    {"prices_messages_without_parts",
     {"other records"},
     "cost: \"",
     {.message =
          [](Message& message, std::string const&) {
            message.cost = Cost{*Decimal::parse(message.parts ? "0.05" : "0"), "EUR", CostKind::billed};
          }}},
    {"hides_what_was_odd",
     {"other records"},
     "a note on an element",
     {.message = [](Message& message, std::string const&) { message.notes.clear(); }}},
    {"loses_the_id_of_an_odd_record",
     {"other records"},
     "the same id",
     {.message =
          [](Message& message, std::string const&) {
            if (!message.notes.empty()) message.id.clear();
          }}},
    {"shows_an_odd_record_twice",
     {"other records"},
     "every other element unchanged",
     {.messages =
          [](std::vector<Message>& all, std::int64_t records, std::string const& campaign) {
            auto const odd = std::ranges::find_if(all, [](auto const& one) { return !one.notes.empty(); });
            if (std::ssize(all) < records || odd == all.end() ||
                odd->status.code == MessageStatusCode::unknown)
              return;
            auto const status = odd->status;
            all.push_back({.provider = "heron",
                           .campaign = campaign,
                           .status = status,
                           .notes = {"the rest is not known"}});
          }}},
    {"notes_what_is_as_documented",
     {"other lists"},
     "no notes on a record",
     {.message = [](Message& message, std::string const&) { message.notes.emplace_back("strange"); }}},
    {"takes_numbers_as_text_only",
     {"other records"},
     "the same values",
     {.message =
          [](Message& message, std::string const&) {
            if (message.parts && *message.parts < 0) message.parts.reset();
          },
      .body =
          [](Operation, std::string& body) {
            for (auto at = body.find("\"parts\":"); at != std::string::npos;
                 at = body.find("\"parts\":", at + 8))
              if (body[at + 8] != '"') body.replace(at, 8, "\"nothing\":");
          }}},
    {"keeps_no_raw_record",
     {"other lists"},
     "the record as it was sent",
     {.message = [](Message& message, std::string const&) { message.raw_record.reset(); }}},
    {"always_keeps_a_raw_record",
     {"other lists"},
     "no raw record unless",
     {.message =
          [](Message& message, std::string const&) {
            if (!message.raw_record) message.raw_record = "{}";
          }}},
    {"expects_more_than_there_is",
     {"other lists"},
     "PageInfo::expected",
     {.info =
          [](Operation, PageInfo& info) {
            if (info.expected) ++*info.expected;
          }}},
    {"expects_what_it_has_read",
     {"other lists"},
     "PageInfo::expected",
     {.info = [](Operation, PageInfo& info) { info.expected = info.records; }}},
    {"takes_what_it_has_read_for_the_campaigns_count",
     {"other records"},
     "a sentence in ListReport::missed",
     {.messages =
          [](std::vector<Message>& all, std::int64_t, std::string const& campaign) {
            for (auto const& message : all)
              if (message.campaign == campaign) ++messages_read;
          },
      .info =
          [](Operation operation, PageInfo& info) {
            if (operation != ListMessages::operation) return;
            if (info.expected) messages_read = 0;
            info.expected = info.expected ? std::nullopt : std::optional{messages_read.load()};
          }}},
    {"counts_messages_below_zero",
     {"other lists"},
     "no negative number",
     {.info = [](Operation, PageInfo& info) { info.expected = -1; }}},
    {"makes_a_message_of_what_is_none",
     {"other records"},
     "nothing but a note",
     {.messages =
          [](std::vector<Message>& all, std::int64_t records, std::string const& campaign) {
            if (std::ssize(all) < records)
              all.push_back({.provider = "heron", .campaign = campaign, .number = "+33601020304"});
          }}},
    {"fails_because_of_one_record",
     {"other records"},
     "every other element unchanged",
     {.fails_with_notes = true}},
    {"takes_damage_for_an_empty_list", {"other records"}, "an error for", {.takes_damage_for_empty = true}},
    {"quotes_the_answer",
     {"other records"},
     "no phone number in an error",
     {.error = [](Error& error, HttpResponse const& response) { error.message = response.body; }}},
    {"forgets_how_long_to_wait_for_a_list",
     {"other records"},
     "the wait of 7 seconds",
     {.error = [](Error& error, HttpResponse const&) { error.retry_after.reset(); }}},
    {"takes_a_broken_server_for_a_bad_answer",
     {"other records"},
     "`unavailable` for HTTP 500",
     {.error =
          [](Error& error, HttpResponse const&) {
            if (error.code == ErrorCode::unavailable) error.code = ErrorCode::protocol;
          }}},
    {"keeps_what_the_reader_left",
     {"other lists"},
     "the same elements in the list `messages`",
     {.keeps_old_values = true}},
    {"escapes_no_cursor",
     {"page keys"},
     "an escaped URL for the page key",
     {.call =
          [](Call& call) {
            if (call.operation == "stop_list") call.request.url = protocol::unescape(call.request.url);
          }}},
    {"declares_a_list_as_a_write",
     {"other lists"},
     "elements in the list",
     {.call = [](Call& call) { call.request.action = Action::write; }}},
    {"asks_for_messages_elsewhere",
     {"other lists"},
     "requests below base_url in the list `messages`",
     {.call = [](Call& call) { call.request.url.replace(0, call.request.url.find("//") + 2, "http://x."); }}},
    {"escapes_no_campaign",
     {"other lists"},
     "the id in a single part of the URL",
     {.call = [](Call& call) { call.request.url = protocol::unescape(call.request.url); }}},

    // replies and opt-outs
    {"loses_the_text_of_a_reply",
     {"other lists"},
     "text \"\" instead of",
     {.reply = [](Reply& reply, std::string const&) { reply.text = ""; }}},
    {"dates_a_reply_wrongly",
     {"other lists"},
     "at \"",
     {.reply =
          [](Reply& reply, std::string const&) {
            if (reply.at) reply.at = Timestamp{reply.at->time - std::chrono::hours{2}};
          }}},
    {"repeats_an_opt_outs_number",
     {"other lists"},
     "which none of the records has",
     {.opt_out = [](OptOut& opt_out, std::string const&) { opt_out.number = "+33601020304"; }}},
    {"reads_one_page_of_the_stop_list",
     {"other lists"},
     "the same elements in the list `stop_list`",
     {.ahead =
          [](Operation operation, std::vector<PageKey>& keys) {
            if (operation == ListStopList::operation) keys.clear();
          }}},

    // lists of recipients
    {"counts_an_empty_list_as_zero",
     {"other records", "recipient lists"},
     "size: \"0\"",
     {.list = [](RecipientList& list) { list.size = list.size.value_or(0); }}},
    {"names_lists_wrongly",
     {"recipient lists"},
     "from the list of all",
     {.list = [](RecipientList& list) { list.name = "Friends"; }}},
    {"gets_whichever_list_comes",
     {"recipient lists"},
     "an error for a response with another list",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       auto const* const get = operation.as<GetRecipientList>();
       if (get == nullptr || answer || answer.error().code != ErrorCode::protocol) return answer;
       return detail::erased(Result<RecipientList>{RecipientList{.id = get->id}});
     }}},
    {"gets_a_list_that_is_gone",
     {"recipient lists"},
     "`not_found` or `invalid_argument` for a list",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       auto const* const get = operation.as<GetRecipientList>();
       if (get == nullptr || answer || answer.error().code != ErrorCode::not_found) return answer;
       return detail::erased(Result<RecipientList>{RecipientList{.id = get->id}});
     }}},
};

class AroundMistakes : public ::testing::TestWithParam<AroundMistake> {};

TEST_P(AroundMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, AroundMistakes, ::testing::ValuesIn(around_mistakes),
                         [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace polycampaign::test
