#pragma once

#include "polycampaign/client_base.hpp"
#include "polycampaign/plan.hpp"
#include "polycampaign/testing/pager_of.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace polycampaign::test {

/// A vendor whose campaigns have at most ten recipients. What it answers to a creation is scripted; what it
/// shows afterwards is up to the test.
class ScriptedVendor final : public ClientBase<ScriptedVendor> {
 public:
  enum class Answer {
    accept,
    refuse,       ///< nothing was created
    lose_before,  ///< nothing was created, and nobody knows
    lose_after    ///< created, and nobody knows
  };

  Capabilities const& capabilities() const noexcept override {
    static constexpr OperationSupport operations[] = {
        {ListCampaigns::operation, Support::native, ""},
        {GetCampaign::operation, Support::native, ""},
        {CreateCampaign::operation, Support::native, ""},
        {FindMessages::operation, Support::native, ""},
    };
    static constexpr FeatureSupport features[] = {
        {Feature::to_numbers, Support::native, ""}, {Feature::to_lists, Support::native, ""},
        {Feature::own_texts, Support::native, ""},  {Feature::references, Support::native, ""},
        {Feature::name, Support::native, ""},       {Feature::schedule, Support::native, ""},
        {Feature::draft, Support::native, ""}};
    static constexpr FeatureSupport without_references[] = {{Feature::to_numbers, Support::native, ""},
                                                            {Feature::to_lists, Support::native, ""},
                                                            {Feature::name, Support::native, ""},
                                                            {Feature::schedule, Support::native, ""}};
    static constexpr FieldSupport fields[] = {{Field::name, Support::native, Support::native, ""},
                                              {Field::sender, Support::native, Support::native, ""},
                                              {Field::created_at, Support::native, Support::native, ""}};
    static constexpr FilterSupport filters[] = {{Filter::since, Support::emulated, ""}};
    static constexpr Channel channels[] = {Channel::sms};
    static constexpr Capabilities with{
        .provider = "scripted",
        .display_name = "Scripted",
        .operations = operations,
        .filters = filters,
        .fields = fields,
        .campaigns = {.features = features, .channels = channels, .recipients = {.most = 10}}};
    static constexpr Capabilities without{
        .provider = "scripted",
        .display_name = "Scripted",
        .operations = std::span{operations}.first(3),
        .filters = filters,
        .fields = fields,
        .campaigns = {.features = without_references, .channels = channels, .recipients = {.most = 10}}};
    return references ? with : without;
  }

  Result<Submission> run(CreateCampaign const& create, CallOptions const& options) {
    std::lock_guard const lock{mutex_};
    ++creations;
    deadline = options.deadline;
    auto const answer = answers.empty() ? Answer::accept : answers.front();
    if (!answers.empty()) answers.pop_front();
    auto const& campaign = create.campaign;
    sent.push_back(campaign);
    if (answer == Answer::refuse)
      return Error{.code = ErrorCode::rejected, .provider = "scripted", .message = "no"};
    Campaign made{.id = "c" + std::to_string(creations), .provider = "scripted"};
    made.name = campaign.name.empty() ? "polycampaign-" + create.token : campaign.name;
    made.sender = campaign.sender;
    made.status.code = StatusCode::queued;
    made.created_at = Timestamp{now};
    made.statistics.recipients = static_cast<std::int64_t>(campaign.recipients.size());
    if (answer != Answer::lose_before) {
      campaigns.push_back(made);
      for (auto const& recipient : campaign.recipients) {
        ++reached;
        messages.push_back(
            {.id = std::to_string(reached), .campaign = made.id, .reference = recipient.reference});
      }
    }
    if (answer != Answer::accept)
      return Error{
          .code = ErrorCode::network, .effect = Effect::unknown, .provider = "scripted", .message = "lost"};
    Submission submission{.provider = "scripted", .id = made.id, .status = made.status};
    submission.recipients = made.statistics.recipients;
    return submission;
  }
  Result<Campaign> run(GetCampaign const& get, CallOptions const&) {
    std::lock_guard const lock{mutex_};
    ++reads;
    for (auto const& campaign : campaigns)
      if (campaign.id == get.id) return campaign;
    return Error{.code = ErrorCode::not_found, .message = "no such campaign"};
  }
  std::unique_ptr<PageSource<Campaign>> pages(ListCampaigns const&, ListOptions const&) {
    std::lock_guard const lock{mutex_};
    ++reads;
    return std::make_unique<testing::ItemSource<Campaign>>(hidden ? std::vector<Campaign>{} : campaigns,
                                                           list_error);
  }
  std::unique_ptr<PageSource<Message>> pages(FindMessages const& find, ListOptions const&) {
    std::lock_guard const lock{mutex_};
    ++reads;
    std::vector<Message> found;
    if (!hidden)
      for (auto const& message : messages)
        if (message.reference == find.reference) found.push_back(message);
    return std::make_unique<testing::ItemSource<Message>>(std::move(found), list_error);
  }

  bool references = true;
  bool hidden = false;  ///< it shows nothing yet
  std::optional<Error> list_error{};
  std::deque<Answer> answers{};
  std::chrono::sys_seconds now{};
  std::vector<Campaign> campaigns{};
  std::vector<Message> messages{};
  std::vector<NewCampaign> sent{};
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  int creations = 0;
  int reached = 0;
  int reads = 0;

 private:
  std::mutex mutex_{};
};

}  // namespace polycampaign::test
