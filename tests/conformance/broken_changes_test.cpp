// Mistakes in updating, canceling, deleting, retrying and in what is asked before a campaign, and the checks
// that find them.
#include <polycampaign/protocol/url.hpp>

#include "conformance/broken_calls.hpp"
#include "conformance/broken_writes.hpp"

#include <string>

namespace polycampaign::test {
namespace {

using protocol::Call;
using protocol::Conversation;

bool changes_a_campaign(AnyOperation const& operation) {
  return operation.as<CancelCampaign>() != nullptr || operation.as<UpdateCampaign>() != nullptr ||
         operation.as<DeleteCampaign>() != nullptr;
}

WritingMistake const change_mistakes[] = {
    {"cancels_what_does_not_exist",
     "bsg",
     {"changing"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       auto const* const cancel = operation.as<CancelCampaign>();
       if (answer || cancel == nullptr || answer.error().code != ErrorCode::not_found) return answer;
       return detail::erased(Result<Campaign>{
           Campaign{.id = cancel->id, .provider = "bsg", .status = {.code = StatusCode::canceled}}});
     }}},
    {"cancels_nothing",
     "dexatel",
     {"changing", "writing actions"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto const* const cancel = operation.as<CancelCampaign>();
       if (cancel == nullptr) return good.perform(operation, conversation);
       return good.perform(AnyOperation{GetCampaign{.id = cancel->id}}, conversation);
     }}},
    {"deletes_without_looking",
     "dexatel",
     {"changing", "writing faults"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (operation.as<DeleteCampaign>() != nullptr) return AnyAnswer{};
       return answer;
     }}},
    {"never_looks_after_a_lost_answer",
     "dexatel",
     {"writing faults"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       OneRequest one{conversation};
       return good.perform(operation,
                           changes_a_campaign(operation) ? static_cast<Conversation&>(one) : conversation);
     }}},
    {"takes_an_error_of_the_look_for_a_deletion",
     "dexatel",
     {"writing faults"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (operation.as<DeleteCampaign>() == nullptr || answer || answer.error().effect == Effect::none)
         return answer;
       auto const* const deletion = operation.as<DeleteCampaign>();
       auto const look = good.perform(AnyOperation{GetCampaign{.id = deletion->id}}, conversation);
       if (!look) return AnyAnswer{};
       return answer;
     }}},
    {"changes_the_name_too",
     "yeastar",
     {"changing", "writing actions"},
     {.update =
          [](UpdateCampaign& change) {
            if (!change.name) change.name = "changed too";
          }}},
    {"changes_no_text",
     "yeastar",
     {"changing"},
     {.update =
          [](UpdateCampaign& change) {
            if (change.text) change.text.reset();
          }}},
    {"moves_the_start_by_an_hour",
     "dexatel",
     {"changing"},
     {.update =
          [](UpdateCampaign& change) {
            if (change.start_at) *change.start_at += std::chrono::hours{1};
          }}},
    {"declares_a_new_start_as_a_write",
     "yeastar",
     {"writing actions"},
     {.call = declaring_calls_of("update", Action::write)}},
    {"declares_an_update_as_a_read",
     "dexatel",
     {"writing actions", "writing faults"},
     {.call = declaring_calls_of("update", Action::read)}},
    {"declares_a_deletion_by_get_as_a_read",
     "yeastar",
     {"writing actions"},
     {.call = declaring_calls_of("delete", Action::read)}},
    {"declares_a_retry_by_get_as_a_read",
     "yeastar",
     {"writing actions", "writing faults"},
     {.call = declaring_calls_of("retry", Action::read)}},
    {"declares_a_cancel_as_a_send",
     "smsup",
     {"writing actions"},
     {.call = declaring_calls_of("cancel", Action::sends)}},
    {"escapes_no_id",
     "smsup",
     {"bad input"},
     {.call = [](Call& call) { call.request.url = protocol::unescape(call.request.url); }}},
    {"shortens_an_id",
     "dexatel",
     {"bad input"},
     {.call =
          [](Call& call) {
            if (call.operation != "cancel") return;
            call.request.url = call.request.url.substr(0, call.request.url.find("%3F"));
          }}},
    {"looks_before_it_refuses",
     "smsup",
     {"bad input"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       if (operation.as<CancelCampaign>() != nullptr) {
         auto const listing = good.list(ListCampaigns{}, {.page_size = 10});
         static_cast<void>(conversation.run(*listing->page(listing->first)));
       }
       return good.perform(operation, conversation);
     }}},
    {"repeats_the_new_text_of_an_error",
     "yeastar",
     {"writing privacy"},
     {.error = [](Error& error, HttpResponse const& response,
                  std::string_view) { error.message = protocol::safe_text(response.body); }}},

    // before a campaign
    {"counts_nobody",
     "yeastar",
     {"estimates and balance"},
     {.estimate = [](Estimate& estimate) { estimate.recipients = 0; }}},
    {"counts_one_part",
     "bsg",
     {"estimates and balance"},
     {.estimate = [](Estimate& estimate) { estimate.parts = 1; }}},
    {"takes_its_own_count_for_the_vendors",
     "dexatel",
     {"estimates and balance"},
     {.estimate = [](Estimate& estimate) { estimate.counted_by = CountedBy::vendor; }}},
    {"takes_an_estimate_for_a_bill",
     "bsg",
     {"estimates and balance"},
     {.estimate =
          [](Estimate& estimate) {
            if (estimate.cost) estimate.cost->kind = CostKind::billed;
          }}},
    {"reports_no_balance_as_zero",
     "smsup",
     {"estimates and balance"},
     {.balance = [](Balance& balance) { balance.amount = {}; }}},
    {"invents_a_balance",
     "smsup",
     {"writing faults"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (answer || operation.as<GetBalance>() == nullptr) return answer;
       return detail::erased(Result<Balance>{Balance{.provider = "smsup", .unit = "credits"}});
     }}},
    {"forgets_a_sender",
     "bsg",
     {"estimates and balance"},
     {.senders = [](std::vector<Sender>& senders) { senders.pop_back(); }}},
    {"invents_a_sender",
     "bsg",
     {"estimates and balance"},
     {.senders =
          [](std::vector<Sender>& senders) {
            senders.push_back(senders.back());
            senders.back().text = "Nobody";
          }}},
};

class ChangeMistakes : public ::testing::TestWithParam<WritingMistake> {};

TEST_P(ChangeMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, ChangeMistakes, ::testing::ValuesIn(change_mistakes),
                         [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace polycampaign::test
