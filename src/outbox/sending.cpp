#include "outbox/sending.hpp"

#include "polycampaign/plan.hpp"

#include "outbox/fingerprint.hpp"
#include "outbox/likeness.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <chrono>

namespace polycampaign::inline v1::outbox {

namespace {

constexpr std::string_view fingerprint_prefix = "sha256-";
constexpr std::size_t longest_reference = 200;
constexpr std::size_t most_earlier_tokens = 32;

Error refused_key(ErrorCode code, std::string message) {
  return {.code = code, .message = std::move(message)};
}

/// Returns whether a reference may be kept in the journal: it must not look like a phone number, however that
/// is written.
bool may_be_kept(std::string_view reference) noexcept {
  auto const digits = std::ranges::count_if(reference, text::is_digit);
  return digits < 7 || digits > 15 || reference.find_first_not_of("+0123456789 -./()") != std::string::npos;
}

std::optional<Error> check_reference(std::string_view reference) {
  if (reference.size() > longest_reference)
    return refused_key(ErrorCode::invalid_argument, "reference: at most 200 bytes");
  if (reference.starts_with(fingerprint_prefix))
    return refused_key(ErrorCode::invalid_argument,
                       "reference: one that begins with sha256- is a key of a campaign without a reference");
  auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::ranges::any_of(reference, control))
    return refused_key(ErrorCode::invalid_argument, "reference: it contains a control character");
  if (reference.starts_with('+') && !may_be_kept(reference))
    return refused_key(ErrorCode::invalid_argument,
                       "reference: it is a phone number, and the journal must not contain one; use a key of "
                       "your own, such as the number of an order");
  return std::nullopt;
}

Error unresolved_error() {
  return {.code = ErrorCode::conflict,
          .effect = Effect::unknown,
          .message =
              "it is being sent now, or its process ended while it was being sent; nothing is sent again "
              "until it is reconciled"};
}

}  // namespace

std::chrono::sys_seconds send_until(Context const& context, JournalRecord const& record,
                                    std::optional<Details> const& details) {
  return details ? details->send_until : record.created_at + context.options.send_within;
}

DispatchPart part_of(JournalRecord const& record, ProviderName provider) {
  DispatchPart part{.part = record.part, .recipients = record.recipients};
  auto details = read_details(record.details, provider);
  switch (record.state) {
    case SendState::accepted:
      part.outcome = DispatchOutcome::accepted;
      if (details && details->submission) {
        part.submission = *std::move(details->submission);
      } else {
        auto& submission = part.submission.emplace();
        submission.provider = provider;
        if (!record.campaign_id.empty()) submission.id = record.campaign_id;
      }
      break;
    case SendState::sending:
    case SendState::unresolved:
      part.outcome = DispatchOutcome::unresolved;
      part.error = details && details->error ? *std::move(details->error) : unresolved_error();
      break;
    case SendState::refused:
    case SendState::absent:
    case SendState::not_sent:
      part.outcome = DispatchOutcome::refused;
      if (details) part.error = std::move(details->error);
      break;
  }
  return part;
}

Result<bool> write_outcome(SendJournal& journal, JournalRecord const& record) {
  for (auto const from :
       {SendState::sending, SendState::unresolved, SendState::absent, SendState::not_sent}) {
    if (record.state != SendState::accepted && may_send(from)) break;
    auto written = journal.settle(record, from);
    if (!written || *written) return written;
  }
  return false;
}

Sending::Sending(Context const& context, NewCampaign campaign, SendOptions options)
    : context_{context}, campaign_{std::move(campaign)}, options_{std::move(options)} {}

Result<void> Sending::prepare() {
  auto const& capabilities = context_.client.capabilities();
  dispatch_.account = context_.options.account;
  dispatch_.provider = capabilities.provider;
  if (auto error = check_reference(campaign_.reference)) return *std::move(error);
  auto plan = context_.client.plan(campaign_);
  auto normal = normalized(std::move(campaign_));
  if (!normal) return plan ? std::move(normal).error() : std::move(plan).error();
  campaign_ = *std::move(normal);
  dispatch_.recipients = static_cast<std::int64_t>(campaign_.recipients.size());
  if (plan) {
    dispatch_.warnings = std::move(plan->warnings);
    if (plan->campaigns > 1) part_size_ = capabilities.campaigns.recipients.most;
  } else {
    // What was sent before may not be possible now: its start is in the past.
    impossible_ = std::move(plan).error();
  }

  auto print = fingerprint(context_.options.account, campaign_);
  if (!print) return std::move(print).error();
  fingerprint_ = *std::move(print);
  if (auto chosen = choose_key(); !chosen) return chosen;

  // Parts that were sent decide how the rest is divided.
  for (auto const& record : known_)
    if (!may_send(record.state))
      if (auto const details = read_details(record.details, dispatch_.provider))
        part_size_ = details->part_size;
  if (part_size_ > 0) {
    parts_ = std::max<std::int64_t>(1, (dispatch_.recipients + part_size_ - 1) / part_size_);
    std::ranges::stable_sort(campaign_.recipients, {}, &Recipient::number);
  }
  return {};
}

Result<std::vector<JournalRecord>> Sending::records_of(std::string const& key) const {
  return context_.journal.find(context_.options.account, key);
}

/// Returns whether all of it was accepted so long ago, or with `again`, that it is sent as a new entry.
bool Sending::may_repeat(std::vector<JournalRecord> const& records) const {
  auto const now = context_.now();
  bool whole = !records.empty();
  bool old = true;
  for (auto const& record : records) {
    whole = whole && record.state == SendState::accepted;
    auto since = record.created_at;
    if (auto const details = read_details(record.details, dispatch_.provider)) {
      since = std::max(since, details->start_at.value_or(since));
      whole = whole && details->parts == static_cast<std::int64_t>(records.size());
    }
    old = old && since + context_.options.repeat_guard <= now;
  }
  return whole && (old || options_.again);
}

Result<void> Sending::choose_key() {
  if (!campaign_.reference.empty()) {
    dispatch_.key = campaign_.reference;
    auto records = records_of(dispatch_.key);
    if (!records) return std::move(records).error();
    if (options_.again)
      dispatch_.warnings.emplace_back("A campaign with a reference is never sent again with the same one.");
    known_ = *std::move(records);
    return check_conflict(known_);
  }
  auto const base = std::string{fingerprint_prefix} + fingerprint_;
  for (std::int64_t entry = 1;; ++entry) {
    dispatch_.key = entry == 1 ? base : base + '-' + std::to_string(entry);
    auto records = records_of(dispatch_.key);
    if (!records) return std::move(records).error();
    if (may_repeat(*records)) continue;
    known_ = *std::move(records);
    return {};
  }
}

Result<void> Sending::check_conflict(std::vector<JournalRecord> const& records) const {
  for (auto const& record : records)
    if (!may_send(record.state) && record.fingerprint != fingerprint_)
      return refused_key(
          ErrorCode::conflict,
          "reference: another campaign has it, and that one " +
              std::string{record.state == SendState::accepted ? "was sent" : "may have been sent"});
  return {};
}

NewCampaign Sending::part(std::int64_t number) const {
  if (parts_ == 1) return campaign_;
  NewCampaign one = campaign_;
  auto const size = static_cast<std::size_t>(part_size_);
  auto const first = std::min(campaign_.recipients.size(), static_cast<std::size_t>(number - 1) * size);
  auto const last = std::min(campaign_.recipients.size(), first + size);
  one.recipients.assign(campaign_.recipients.begin() + static_cast<std::ptrdiff_t>(first),
                        campaign_.recipients.begin() + static_cast<std::ptrdiff_t>(last));
  if (!one.name.empty()) one.name += ' ' + std::to_string(number);
  return one;
}

Result<JournalRecord> Sending::intent_of(std::int64_t number, NewCampaign& campaign) const {
  auto const now = context_.now();
  Details details{.by_reference = !campaign_.reference.empty(), .parts = parts_, .part_size = part_size_};
  auto attempt = random_attempt();
  auto token = token_of(attempt);
  auto own_reference = reference_of(context_.options.account, dispatch_.key, number);
  for (auto* const hash : {&token, &own_reference})
    if (!*hash) return std::move(*hash).error();
  details.token = *std::move(token);
  auto const earlier = std::ranges::find(known_, number, &JournalRecord::part);
  if (earlier != known_.end())
    if (auto const old = read_details(earlier->details, dispatch_.provider)) {
      details.earlier_tokens = old->earlier_tokens;
      details.earlier_tokens.push_back(old->token);
      if (details.earlier_tokens.size() > most_earlier_tokens)
        details.earlier_tokens.erase(details.earlier_tokens.begin());
    }
  auto const& rules = context_.client.capabilities().campaigns;
  if (auto set = set_hashes(details, campaign, rules); !set) return std::move(set).error();
  if (!campaign.recipients.empty() && rules.support(Feature::references) != Support::unsupported) {
    auto& reference = campaign.recipients.front().reference;
    details.own_reference = reference.empty();
    if (details.own_reference) reference = *std::move(own_reference);
    if (may_be_kept(reference)) details.reference = reference;
  }
  details.start_at = campaign.start_at;
  details.draft = campaign.draft;
  details.send_until = now + context_.options.send_within;

  JournalRecord record{.account = context_.options.account, .key = dispatch_.key, .part = number};
  record.attempt = std::move(attempt);
  record.provider = dispatch_.provider;
  record.fingerprint = fingerprint_;
  record.recipients = static_cast<std::int64_t>(campaign.recipients.size());
  record.created_at = now;
  record.details = to_text(details);
  return record;
}

bool Sending::add(JournalRecord const& record) {
  dispatch_.parts.push_back(part_of(record, dispatch_.provider));
  return record.state == SendState::accepted;
}

void Sending::fail(Error error) {
  failure_ = std::move(error);
  ended_ = true;
}

void Sending::begin() {
  if (std::exchange(begun_, true)) return;
  if (auto prepared = prepare(); !prepared) fail(std::move(prepared).error());
}

std::optional<std::int64_t> Sending::next_part() {
  while (!ended_) {
    auto const number = static_cast<std::int64_t>(dispatch_.parts.size()) + 1;
    if (number > parts_) break;
    auto const stored = std::ranges::find(known_, number, &JournalRecord::part);
    if (stored == known_.end() || may_send(stored->state)) {
      if (!impossible_) return number;
      fail(*std::exchange(impossible_, std::nullopt));
      return std::nullopt;
    }
    ended_ = !add(*stored);
  }
  ended_ = true;
  return std::nullopt;
}

bool Sending::would_send() {
  begin();
  return next_part().has_value();
}

std::optional<Sending::Request> Sending::next() {
  begin();
  while (auto const next = next_part()) {
    auto const number = *next;
    auto campaign = part(number);
    // From before the intent, so that the time the journal takes does not move it behind `send_until`.
    auto const last = std::chrono::steady_clock::now() + context_.options.send_within;
    auto intent = intent_of(number, campaign);
    auto const failed = [&](Error error) {
      // What was accepted before must not be lost behind an error.
      if (!requested_) return fail(std::move(error));
      dispatch_.parts.push_back(
          {.part = number, .outcome = DispatchOutcome::refused, .error = std::move(error)});
      ended_ = true;
    };
    if (!intent) {
      failed(std::move(intent).error());
      break;
    }
    auto begun = context_.journal.begin(*intent);
    if (!begun) {
      begun.error().effect = Effect::none;
      failed(std::move(begun).error());
      break;
    }
    if (*begun) {  // another process was faster
      if (auto checked = check_conflict({**begun}); !checked) {
        failed(std::move(checked).error());
        break;
      }
      ended_ = !add(**begun);
      continue;
    }
    requested_ = true;
    current_ = *std::move(intent);
    current_details_ = *read_details(current_.details, dispatch_.provider);
    Request request{.operation = {.campaign = std::move(campaign), .token = current_details_.token},
                    .options = options_.call};
    if (!request.options.deadline || *request.options.deadline > last) request.options.deadline = last;
    return request;
  }
  ended_ = true;
  return std::nullopt;
}

void Sending::take(Result<Submission> outcome) {
  auto record = current_;
  auto details = current_details_;
  record.settled_at = context_.now();
  if (outcome) {
    record.state = SendState::accepted;
    record.campaign_id = outcome->id.value_or("");
    details.submission = *std::move(outcome);
  } else {
    record.state = outcome.error().effect == Effect::none ? SendState::refused : SendState::unresolved;
    details.error = std::move(outcome).error();
    if (record.state == SendState::unresolved) record.settled_at.reset();
  }
  record.details = to_text(details);
  auto const written = write_outcome(context_.journal, record);
  if (!written || !*written)
    dispatch_.warnings.push_back("The journal has no outcome of part " + std::to_string(record.part) +
                                 (written
                                      ? ", because it was settled in another way in the meantime."
                                      : ": " + written.error().message +
                                            ". It shows this part as being sent until it is reconciled."));
  ended_ = !add(record);
}

Result<Dispatch> Sending::result() {
  if (failure_) return *std::move(failure_);
  for (auto number = static_cast<std::int64_t>(dispatch_.parts.size()) + 1; number <= parts_; ++number)
    dispatch_.parts.push_back(
        {.part = number, .recipients = static_cast<std::int64_t>(part(number).recipients.size())});
  auto const any = [&](DispatchOutcome outcome) {
    return std::ranges::find(dispatch_.parts, outcome, &DispatchPart::outcome) != dispatch_.parts.end();
  };
  using enum DispatchOutcome;
  dispatch_.outcome = any(unresolved)                   ? unresolved
                      : !any(refused) && !any(not_sent) ? accepted
                      : any(accepted)                   ? partial
                                                        : refused;
  dispatch_.repeated = !requested_;
  return std::move(dispatch_);
}

}  // namespace polycampaign::inline v1::outbox
