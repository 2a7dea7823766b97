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
    static constexpr FeatureSupport without_names[] = {{Feature::to_numbers, Support::native, ""},
                                                       {Feature::to_lists, Support::native, ""},
                                                       {Feature::references, Support::native, ""},
                                                       {Feature::name, Support::unsupported, ""}};
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
    static constexpr Capabilities nameless{
        .provider = "scripted",
        .display_name = "Scripted",
        .operations = operations,
        .filters = filters,
        .fields = fields,
        .campaigns = {.features = without_names, .channels = channels, .recipients = {.most = 10}}};
    if (names_campaigns_itself) return nameless;
    return references ? with : without;
  }
  Result<Plan> plan(NewCampaign const& campaign) const override {
    return polycampaign::plan(capabilities(), campaign, {.now = now});
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
    if (names_campaigns_itself) made.name = "Campaign " + std::to_string(creations);
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
  /// Leaves out campaigns without a time if there is a bound.
  class BoundedSource final : public PageSource<Campaign> {
   public:
    BoundedSource(std::vector<Campaign> all, bool bounded, std::optional<Error> error)
        : left_out_{bounded ? static_cast<std::int64_t>(std::erase_if(all, has_no_time)) : 0},
          inner_{std::move(all), std::move(error)} {}
    Result<std::optional<Page<Campaign>>> next_page() override { return inner_.next_page(); }
    ListReport report() const override {
      auto report = inner_.report();
      report.without_time = left_out_;
      return report;
    }

   private:
    static bool has_no_time(Campaign const& campaign) { return !campaign.time(); }
    std::int64_t left_out_;
    testing::ItemSource<Campaign> inner_;
  };
  std::unique_ptr<PageSource<Campaign>> pages(ListCampaigns const& list, ListOptions const&) {
    std::lock_guard const lock{mutex_};
    ++reads;
    return std::make_unique<BoundedSource>(hidden ? std::vector<Campaign>{} : campaigns,
                                           list.filter.since.has_value(), list_error);
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
  bool names_campaigns_itself = false;  ///< and returns references
  bool hidden = false;                  ///< it shows nothing yet
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
