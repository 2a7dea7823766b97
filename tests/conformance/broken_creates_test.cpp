// Mistakes in creating campaigns, and the checks that find them.
#include <polycampaign/protocol/failure.hpp>

#include "conformance/broken_writes.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>

namespace polycampaign::test {
namespace {

using protocol::Call;
using protocol::Conversation;

std::function<void(Call&)> declaring(Action from, Action to) {
  return [=](Call& call) {
    if (call.request.action == from) call.request.action = to;
  };
}

/// Runs the good create, and then `again` if it failed with an unknown effect.
template <class F>
auto after_unknown(F again) {
  return [again](Adapter const& good, AnyOperation const& operation,
                 Conversation& conversation) -> Result<AnyAnswer> {
    auto answer = good.perform(operation, conversation);
    if (answer || answer.error().effect != Effect::unknown) return answer;
    return again(good, operation, conversation);
  };
}

std::chrono::sys_seconds in_paris(std::chrono::sys_seconds time) {
  return protocol::Zone::find("Europe/Paris")->to_wall(time);
}

constexpr std::array more_features{
    FeatureSupport{Feature::to_numbers, Support::native, "a page"},
    FeatureSupport{Feature::own_texts, Support::native, "a page"},
};
constexpr std::array named_features{
    FeatureSupport{Feature::to_numbers, Support::native, "a page"},
    FeatureSupport{Feature::name, Support::native, "a page"},
};
constexpr std::array purposeful_features{
    FeatureSupport{Feature::to_numbers, Support::native, "a page"},
    FeatureSupport{Feature::purpose, Support::native, "a page"},
};
constexpr std::array doubtful_features{
    FeatureSupport{Feature::to_numbers, Support::native, "a page"},
    FeatureSupport{Feature::schedule, Support::native, ""},
    FeatureSupport{Feature::schedule, Support::native, "twice"},
};

std::atomic<int> conversations_run{0};

WritingMistake const create_mistakes[] = {
    // whom and what
    {"forgets_a_recipient",
     "yeastar",
     {"creating"},
     {.campaign =
          [](NewCampaign& campaign) {
            if (!campaign.recipients.empty()) campaign.recipients.pop_back();
          }}},
    {"sends_to_the_first_thousand",
     "bsg",
     {"creating"},
     {.campaign =
          [](NewCampaign& campaign) {
            if (campaign.recipients.size() > 1000) campaign.recipients.resize(1000);
          }}},
    {"sends_to_a_number_twice",
     "yeastar",
     {"creating", "writing actions", "writing faults"},
     {.campaign =
          [](NewCampaign& campaign) {
            if (!campaign.recipients.empty()) campaign.recipients.push_back(campaign.recipients.front());
          }}},
    {"sends_to_another_list",
     "bsg",
     {"creating"},
     {.campaign =
          [](NewCampaign& campaign) {
            for (auto& id : campaign.lists) id = std::to_string(std::stoll(id) + 2);
          }}},
    {"ignores_texts_of_recipients_own",
     "bsg",
     {"creating"},
     {.campaign =
          [](NewCampaign& campaign) {
            for (auto& recipient : campaign.recipients) recipient.text.reset();
          }}},
    {"forgets_references",
     "bsg",
     {"creating"},
     {.campaign =
          [](NewCampaign& campaign) {
            for (auto& recipient : campaign.recipients) recipient.reference.clear();
          }}},
    {"replaces_what_is_not_ascii",
     "dexatel",
     {"creating"},
     {.campaign =
          [](NewCampaign& campaign) {
            std::ranges::replace_if(
                campaign.text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
          }}},
    {"takes_another_sender",
     "smsup",
     {"creating"},
     {.campaign = [](NewCampaign& campaign) { campaign.sender = "Casino"; }}},
    {"forgets_the_name",
     "dexatel",
     {"creating"},
     {.campaign = [](NewCampaign& campaign) { campaign.name.clear(); }}},

    // when
    {"ignores_the_start",
     "smsup",
     {"creating", "start times"},
     {.campaign = [](NewCampaign& campaign) { campaign.start_at.reset(); }}},
    {"writes_the_start_in_another_zone",
     "smsup",
     {"creating", "start times"},
     {.campaign =
          [](NewCampaign& campaign) {
            if (campaign.start_at) campaign.start_at = in_paris(*campaign.start_at);
          }}},
    {"writes_the_start_with_the_offset_of_winter",
     "smsup",
     {"start times"},
     {.campaign =
          [](NewCampaign& campaign) {
            auto const winter = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};
            if (campaign.start_at)
              *campaign.start_at -=
                  (in_paris(*campaign.start_at) - *campaign.start_at) - (in_paris(winter) - winter);
          }}},
    {"has_no_clock_for_starts", "smsup", {"start times"}, {.has_no_start_clock = true}},
    {"sends_a_draft",
     "yeastar",
     {"creating"},
     {.campaign = [](NewCampaign& campaign) { campaign.draft = false; }}},

    // what a request does
    {"declares_a_send_as_a_write",
     "smsup",
     {"writing actions"},
     {.call = declaring(Action::sends, Action::write)}},
    {"declares_a_send_as_repeatable",
     "smsup",
     {"writing actions", "writing faults"},
     {.call = declaring(Action::sends, Action::idempotent_write)}},
    {"declares_a_send_as_a_read",
     "smsup",
     {"writing actions", "writing faults"},
     {.call = declaring(Action::sends, Action::read)}},
    {"declares_the_making_of_a_list_as_a_read",
     "dexatel",
     {"writing actions"},
     {.call = declaring(Action::write, Action::read)}},
    {"marks_the_send_as_a_preparation",
     "bsg",
     {"writing actions", "writing faults"},
     {.call = [](Call& call) { call.preparation = call.request.action == Action::sends; }}},
    {"marks_no_preparation",
     "dexatel",
     {"writing faults"},
     {.call = [](Call& call) { call.preparation = false; }}},
    {"sends_before_it_prepares",
     "dexatel",
     {"writing actions"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (!answer || operation.as<CreateCampaign>() == nullptr) return answer;
       Call late{.request = {.method = "POST",
                             .url = good.endpoint().base_url + "/v1/templates",
                             .headers = {{"Content-Type", "application/json"}},
                             .body = R"({"data":{"name":"late","text":"late","channel":"SMS"}})",
                             .action = Action::write},
                 .operation = "create",
                 .preparation = true};
       static_cast<void>(conversation.run(protocol::Exchange<protocol::Done>{
           late, [](HttpResponse const&) -> Result<protocol::Done> { return protocol::Done{}; }}));
       return answer;
     }}},
    {"estimates_by_sending",
     "smsup",
     {"estimates and balance", "writing actions"},
     {.call =
          [](Call& call) {
            if (auto const at = call.request.url.find("/simulate"); at != std::string::npos)
              call.request.url.erase(at);
          }}},

    // when something fails
    {"sends_again_after_an_unknown_effect",
     "smsup",
     {"writing faults"},
     {.script =
          after_unknown([](Adapter const& good, AnyOperation const& operation, Conversation& conversation) {
            return good.perform(operation, conversation);
          })}},
    {"takes_a_bad_gateway_for_a_refusal",
     "bsg",
     {"writing faults"},
     {.call =
          [](Call& call) {
            call.documented_refusal = [](Error const& error) noexcept { return error.http_status == 502; };
          }}},
    {"takes_a_lost_answer_for_a_success",
     "smsup",
     {"writing faults"},
     {.script = after_unknown([](Adapter const& good, AnyOperation const& operation,
                                 Conversation& conversation) -> Result<AnyAnswer> {
        if (operation.as<CreateCampaign>() == nullptr) return good.perform(operation, conversation);
        return detail::erased(Result<Submission>{Submission{.provider = "smsup", .notes = {"no id"}}});
      })}},
    {"fails_if_the_id_cannot_be_looked_up",
     "yeastar",
     {"new ids"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (!answer || operation.as<CreateCampaign>() == nullptr) return answer;
       auto const& submission = *static_cast<Submission const*>(answer->get());
       if (submission.id) return protocol::failure(ErrorCode::protocol, "the id was not in the answer");
       return answer;
     }}},
    {"forgets_what_stays_at_the_vendor",
     "dexatel",
     {"writing faults", "creating"},
     {.submission = [](Submission& submission, NewCampaign const&) { submission.notes.clear(); },
      .script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
        auto answer = good.perform(operation, conversation);
        if (!answer) answer.error().message = "it failed";
        return answer;
      }}},

    // what is reported
    {"takes_the_id_of_another_campaign",
     "smsup",
     {"creating"},
     {.submission = [](Submission& submission, NewCampaign const&) { submission.id = "10000000000000001"; }}},
    {"takes_the_newest_campaign",
     "smsup",
     {"new ids"},
     {.script = [](Adapter const& good, AnyOperation const& operation,
                   Conversation& conversation) -> Result<AnyAnswer> {
       auto answer = good.perform(operation, conversation);
       if (!answer || operation.as<CreateCampaign>() == nullptr) return answer;
       auto& submission = *static_cast<Submission*>(answer->get());
       if (submission.id) return answer;
       auto const listing = good.list(ListCampaigns{}, {.page_size = 10});
       auto const page = conversation.run(*listing->page(listing->first));
       if (page && !page->items.empty()) submission.id = page->items.front().id;
       return answer;
     }}},
    {"forgets_the_id",
     "bsg",
     {"creating"},
     {.submission = [](Submission& submission, NewCampaign const&) { submission.id.reset(); }}},
    {"says_completed",
     "bsg",
     {"creating", "new ids"},
     {.submission = [](Submission& submission,
                       NewCampaign const&) { submission.status.code = StatusCode::completed; }}},
    {"repeats_the_text_in_a_note",
     "bsg",
     {"writing privacy"},
     {.submission =
          [](Submission& submission, NewCampaign const& campaign) {
            submission.notes.push_back("sent: " + campaign.text);
          }}},
    {"repeats_a_number_in_a_note",
     "bsg",
     {"writing privacy"},
     {.submission =
          [](Submission& submission, NewCampaign const& campaign) {
            if (!campaign.recipients.empty())
              submission.notes.push_back("sent to " + campaign.recipients.front().number);
          }}},
    {"repeats_the_text_of_an_error",
     "smsup",
     {"writing privacy"},
     {.error = [](Error& error, HttpResponse const& response,
                  std::string_view) { error.message = response.body.substr(0, 150); }}},
    {"repeats_a_number_of_an_error",
     "bsg",
     {"writing privacy"},
     {.error =
          [](Error& error, HttpResponse const& response, std::string_view) {
            if (auto const at = response.body.find("for +33"); at != std::string::npos)
              error.message = response.body.substr(at, 30);
          }}},
    {"repeats_the_key_of_an_error",
     "dexatel",
     {"writing privacy"},
     {.error = [](Error& error, HttpResponse const&, std::string_view key) { error.message.append(key); },
      .tells_no_secret = true}},

    // names
    {"names_by_the_clock",
     "dexatel",
     {"new names"},
     {.token =
          [](std::string& token) {
            token = std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
          }}},
    {"names_by_the_day", "dexatel", {"new names"}, {.token = [](std::string& token) { token = "20260301"; }}},
    {"names_by_a_counter",
     "yeastar",
     {"new names"},
     {.token = [](std::string& token) { token = std::to_string(++conversations_run); }}},
    {"makes_names_too_long",
     "dexatel",
     {"new names"},
     {.token = [](std::string& token) { token += std::string(20, 'x'); }}},
    {"makes_other_requests_when_it_runs_again",
     "dexatel",
     {"asynchronous writing"},
     {.call = [](Call& call) { call.request.url += "#" + std::to_string(++conversations_run); }}},

    // claims
    {"claims_texts_that_it_does_not_send",
     "smsup",
     {"creating"},
     {.capabilities = [](Capabilities& c) { c.campaigns.features = more_features; }}},
    {"claims_names_that_it_does_not_store",
     "bsg",
     {"creating"},
     {.capabilities = [](Capabilities& c) { c.campaigns.features = named_features; }}},
    {"claims_a_purpose_that_changes_nothing",
     "bsg",
     {"writing claims"},
     {.capabilities = [](Capabilities& c) { c.campaigns.features = purposeful_features; }}},
    {"ignores_options",
     "bsg",
     {"writing claims"},
     {.campaign = [](NewCampaign& campaign) { campaign.options.clear(); }}},
    {"gives_no_evidence_for_a_feature",
     "bsg",
     {"writing claims"},
     {.capabilities = [](Capabilities& c) { c.campaigns.features = doubtful_features; }}},
    {"gives_no_reason_for_what_it_lacks",
     "smsup",
     {"writing claims"},
     {.capabilities = [](Capabilities& c) { c.operations = c.operations.first(4); }}},
    {"doubts_more_than_it_allows",
     "bsg",
     {"writing claims"},
     {.capabilities = [](Capabilities& c) { c.campaigns.recipients.doubtful = 20'000; }}},
};

class CreateMistakes : public ::testing::TestWithParam<WritingMistake> {};

TEST_P(CreateMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, CreateMistakes, ::testing::ValuesIn(create_mistakes),
                         [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace polycampaign::test
