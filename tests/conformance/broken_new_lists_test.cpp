// Mistakes in making, filling and deleting lists of recipients, and the checks that find them.
#include <polycampaign/protocol/redact.hpp>

#include "conformance/broken_around.hpp"
#include "conformance/broken_calls.hpp"

#include <string>

namespace polycampaign::test {
namespace {

using protocol::Call;
using protocol::Conversation;

bool changes_a_list(AnyOperation const& operation) {
  return operation.what() == CreateRecipientList::operation || operation.what() == AddRecipients::operation ||
         operation.what() == DeleteRecipientList::operation;
}

constexpr std::string_view no_reason{};

AroundMistake const new_list_mistakes[] = {
    {"makes_a_list_without_its_numbers",
     {"new lists", "writing actions"},
     "numbers",
     {.create = [](CreateRecipientList& create) { create.numbers.clear(); }}},
    {"makes_a_list_with_another_name",
     {"new lists", "writing actions"},
     "the list Friends-7",
     {.create = [](CreateRecipientList& create) { create.name += '2'; }}},
    {"reports_another_list",
     {"new lists"},
     "the id of the new list",
     {.addition = [](ListAddition& addition) { addition.list.id = "1"; }}},
    {"reports_no_list_and_no_note",
     {"new lists"},
     "or none and a note",
     {.addition = [](ListAddition& addition) { addition.list.id.reset(); }}},
    {"reports_the_size_before_the_addition",
     {"new lists"},
     "the size of the new list, or none",
     {.addition = [](ListAddition& addition) { addition.list.size = 0; }}},
    {"names_no_provider_of_an_addition",
     {"new lists"},
     "the provider's name",
     {.addition = [](ListAddition& addition) { addition.provider = {}; }}},
    {"counts_all_numbers_as_new",
     {"new lists"},
     "added, or no count",
     {.addition = [](ListAddition& addition) { *addition.added += std::exchange(*addition.duplicates, 0); }}},
    {"counts_no_duplicates_as_zero",
     {"new lists"},
     "duplicates, or no count",
     {.addition = [](ListAddition& addition) { addition.duplicates = 0; }}},
    {"adds_one_number_less",
     {"new lists", "writing actions"},
     "add_to_list",
     {.add = [](AddRecipients& add) { add.numbers.pop_back(); }}},
    {"adds_twice",
     {"new lists"},
     "added, or no count",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       if (operation.as<AddRecipients>() != nullptr) static_cast<void>(good.perform(operation, conversation));
       return good.perform(operation, conversation);
     }}},
    {"makes_a_list_if_there_is_none",
     {"new lists"},
     "add_to_list of a list that does not exist",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       auto const* const add = operation.as<AddRecipients>();
       if (answer || add == nullptr || answer.error().code != ErrorCode::not_found) return answer;
       return good.perform(AnyOperation{CreateRecipientList{"Friends", add->numbers}}, conversation);
     }}},
    {"deletes_no_list",
     {"new lists", "writing actions"},
     "delete_list to work",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto const* const deletion = operation.as<DeleteRecipientList>();
       if (deletion == nullptr) return good.perform(operation, conversation);
       auto list = good.perform(AnyOperation{GetRecipientList{deletion->id}}, conversation);
       if (!list) return list.error();
       return AnyAnswer{};
     }}},
    {"deletes_what_does_not_exist",
     {"new lists", "bad input"},
     "delete_list of",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (operation.as<DeleteRecipientList>() != nullptr && !answer &&
           answer.error().code == ErrorCode::not_found)
         return AnyAnswer{};
       return answer;
     }}},
    {"never_looks_after_a_lost_deletion",
     {"writing faults"},
     "because the list shows the change",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       OneRequest one{conversation};
       return good.perform(operation,
                           changes_a_list(operation) ? static_cast<Conversation&>(one) : conversation);
     }}},
    {"takes_a_lost_answer_for_a_success",
     {"writing faults"},
     "a success only if it took place: add_to_list",
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (operation.as<AddRecipients>() == nullptr || answer || answer.error().effect == Effect::none)
         return answer;
       return detail::erased(Result<ListAddition>{ListAddition{.provider = "heron"}});
     }}},
    {"says_that_nothing_was_added",
     {"writing faults"},
     "effect `unknown` if the vendor has processed the request: add_to_list",
     {.call =
          [](Call& call) {
            if (call.operation == "add_to_list")
              call.documented_refusal = [](Error const&) noexcept { return true; };
          }}},
    {"says_that_no_list_was_made",
     {"writing faults"},
     "effect `unknown` if the vendor has processed the request: create_list",
     {.call =
          [](Call& call) {
            if (call.operation == "create_list")
              call.documented_refusal = [](Error const&) noexcept { return true; };
          }}},
    {"declares_an_addition_as_a_read",
     {"writing actions", "writing faults"},
     "declared `read`, to change nothing",
     {.call = declaring_calls_of("add_to_list", Action::read)}},
    {"lets_a_new_list_be_repeated",
     {"writing actions"},
     "to change nothing when repeated",
     {.call = declaring_calls_of("create_list", Action::idempotent_write)}},
    {"declares_a_deletion_as_a_read",
     {"writing actions"},
     "declared `read`, to change nothing",
     {.call = declaring_calls_of("delete_list", Action::read)}},
    {"repeats_the_numbers_of_an_error",
     {"writing privacy"},
     "no phone number in what is reported about",
     {.error = [](Error& error, HttpResponse const& response) { error.message = response.body; }}},
    {"escapes_no_list",
     {"bad input"},
     "the id in a single part of the URL",
     {.call =
          [](Call& call) {
            for (auto at = call.request.url.find("%2F"); at != std::string::npos;
                 at = call.request.url.find("%2F"))
              call.request.url.replace(at, 3, "/");
          }}},
    {"limits_without_evidence",
     {"writing claims"},
     "evidence for the limit of lists.numbers",
     {.capabilities = [](Capabilities& claims) { claims.lists.numbers.evidence = no_reason; }}},
    {"wants_names_that_it_refuses",
     {"writing claims"},
     "lists.least_name",
     {.capabilities = [](Capabilities& claims) { claims.lists.least_name = 61; }}},
    {"knows_without_evidence_how_long_reports_come",
     {"writing claims"},
     "reports.validity_hours",
     {.capabilities =
          [](Capabilities& claims) {
            claims.reports.validity_hours = 72;
            claims.reports.evidence = no_reason;
          }}},
    {"gives_no_reason_for_what_it_lacks",
     {"writing claims"},
     "a row with the reason",
     {.capabilities =
          [](Capabilities& claims) {
            claims.operations = claims.operations.first(claims.operations.size() - 1);
          }}},
};

class NewListMistakes : public ::testing::TestWithParam<AroundMistake> {};

TEST_P(NewListMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, NewListMistakes, ::testing::ValuesIn(new_list_mistakes),
                         [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace polycampaign::test
