#include "client/preparation.hpp"

#include "polycampaign/protocol/failure.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace polycampaign::inline v1::client {

namespace {

/// Returns 12 random letters and digits, without those that look alike.
std::string random_token(runtime::Clock& clock) {
  constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string token;
  for (int i = 0; i < 12; ++i)
    token += alphabet[static_cast<std::size_t>(clock.random() * static_cast<double>(alphabet.size()))];
  return token;
}

PlanContext context_of(Adapter const& adapter, std::chrono::sys_seconds now) {
  return {.now = now, .clock = adapter.start_clock()};
}

void append(std::vector<std::string>& notes, std::vector<std::string> const& more) {
  notes.insert(notes.end(), more.begin(), more.end());
}

}  // namespace

Result<Plan> plan_for(Adapter const& adapter, NewCampaign const& campaign, std::chrono::sys_seconds now) {
  auto result = plan(adapter.capabilities(), campaign, context_of(adapter, now));
  if (!result) return result;
  auto const warnings = adapter.review(campaign);
  if (!warnings) return warnings.error();
  append(result->warnings, *warnings);
  return result;
}

Result<Preparation> Preparation::of(AnyOperation operation, Adapter const& adapter, runtime::Clock& clock) {
  Preparation prepared;
  prepared.operation_ = std::move(operation);
  auto const now = clock.system_now();
  if (auto const start = adapter.start_clock()) prepared.start_basis_ = start->basis;

  auto const read = [&](NewCampaign const& campaign) -> Result<NewCampaign> {
    auto checked = plan_for(adapter, campaign, now);
    if (!checked) return std::move(checked).error();
    prepared.plan_ = *std::move(checked);
    return normalized(campaign);
  };
  if (auto const* const create = prepared.operation_.as<CreateCampaign>();
      create != nullptr && adapter.has(CreateCampaign::operation)) {
    auto campaign = read(create->campaign);
    if (!campaign) return std::move(campaign).error();
    if (prepared.plan_.campaigns > 1)
      return protocol::failure(ErrorCode::invalid_argument, "recipients: " + prepared.plan_.warnings.back());
    constexpr std::size_t longest_token = 24;
    if (create->token.size() > longest_token ||
        !std::ranges::all_of(create->token, [](char c) { return text::is_digit(c) || text::is_letter(c); }))
      return protocol::failure(ErrorCode::invalid_argument, "token: at most 24 letters and digits");
    auto token = create->token.empty() ? random_token(clock) : create->token;
    prepared.operation_ = AnyOperation{CreateCampaign{*std::move(campaign), std::move(token)}};
  } else if (auto const* const estimate = prepared.operation_.as<EstimateCampaign>();
             estimate != nullptr && adapter.has(EstimateCampaign::operation)) {
    auto campaign = read(estimate->campaign);
    if (!campaign) return std::move(campaign).error();
    prepared.operation_ = AnyOperation{EstimateCampaign{*std::move(campaign)}};
  } else if (auto const* const update = prepared.operation_.as<UpdateCampaign>();
             update != nullptr && adapter.has(UpdateCampaign::operation)) {
    auto checked = plan(adapter.capabilities(), *update, context_of(adapter, now));
    if (!checked) return std::move(checked).error();
    prepared.plan_ = *std::move(checked);
  } else if (auto const* const make = prepared.operation_.as<CreateRecipientList>();
             make != nullptr && adapter.has(CreateRecipientList::operation)) {
    if (auto error = prepared.read_numbers(*make, adapter)) return *std::move(error);
  } else if (auto const* const add = prepared.operation_.as<AddRecipients>();
             add != nullptr && adapter.has(AddRecipients::operation)) {
    if (auto error = prepared.read_numbers(*add, adapter)) return *std::move(error);
  }
  return prepared;
}

template <class Op>
std::optional<Error> Preparation::read_numbers(Op const& operation, Adapter const& adapter) {
  auto const given = operation.numbers.size();
  auto read = normalized(adapter.capabilities(), operation);
  if (!read) return std::move(read).error();
  repeated_ = static_cast<std::int64_t>(given - read->numbers.size());
  operation_ = AnyOperation{*std::move(read)};
  return std::nullopt;
}

void Preparation::complete(AnyAnswer const& answer) const {
  if (operation_.what() == CreateCampaign::operation) {
    auto& submission = *static_cast<Submission*>(answer.get());
    if (!submission.recipients) submission.recipients = plan_.recipients;
    if (!submission.scheduled_at && plan_.start_at)
      submission.scheduled_at = Timestamp{*plan_.start_at, start_basis_};
    append(submission.notes, plan_.warnings);
  } else if (operation_.what() == EstimateCampaign::operation) {
    append(static_cast<Estimate*>(answer.get())->notes, plan_.warnings);
  } else if (operation_.what() == UpdateCampaign::operation) {
    append(static_cast<Campaign*>(answer.get())->notes, plan_.warnings);
  } else if (operation_.what() == CreateRecipientList::operation ||
             operation_.what() == AddRecipients::operation) {
    auto& addition = *static_cast<ListAddition*>(answer.get());
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    if (addition.duplicates && *addition.duplicates > most - repeated_) {
      addition.duplicates.reset();
      addition.notes.emplace_back("duplicates: the counters are too large to add up");
    } else if (addition.duplicates) {
      *addition.duplicates += repeated_;
    }
    if (repeated_ > 0)
      addition.notes.push_back(std::to_string(repeated_) +
                               (repeated_ == 1 ? " number was" : " numbers were") +
                               " given more than once and sent once");
  }
}

}  // namespace polycampaign::inline v1::client
