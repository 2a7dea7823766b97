#include "vendors/smsup/outcomes.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include "vendors/smsup/members.hpp"
#include "vendors/smsup/refusals.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {
namespace {

using wire::Scalar;

/// Why numbers were removed ("Campaign": the counters of a send answer).
constexpr std::array<std::string_view, 7> filter_counters{
    "blacklisted", "duplicated", "npai", "invalid", "not_allowed", "flood", "country_limit"};

/// What the answers to a send and to a simulation have in common.
struct Sending {
  Envelope envelope{};
  std::vector<std::string> notes{};
  std::optional<std::string> ticket{};
  std::optional<Decimal> cost{};
  Count total{};
  Count sent{};
  Count filtered{};
  bool too_many_filtered = false;  // for a counter
  std::vector<VendorCounter> filtered_by{};

  void read(std::string_view name, Scalar const& value, std::string const& exact) {
    wire::Notes into{notes};
    if (name == "ticket") {
      ticket = wire::read_word(value, name, into);
    } else if (name == "cost") {
      cost = wire::read_decimal(value, exact, name, into);
    } else if (name == "total") {
      total = wire::read_count(value, name, into);
    } else if (name == "sent") {
      sent = wire::read_count(value, name, into);
    } else if (std::ranges::find(filter_counters, name) != filter_counters.end()) {
      auto const count = wire::read_count(value, name, into);
      if (!count) return;
      if (*count > 0) filtered_by.push_back({std::string{name}, *count});
      add_filtered(*count, into);
    } else {
      envelope.read(name, value);
    }
  }
  void add_filtered(std::int64_t count, wire::Notes& into) {
    if (too_many_filtered) return;
    too_many_filtered = count > std::numeric_limits<std::int64_t>::max() - filtered.value_or(0);
    if (!too_many_filtered) {
      filtered = filtered.value_or(0) + count;
    } else {
      filtered.reset();
      into.add("filtered: the counters are too large to add up");
    }
  }
  [[nodiscard]] std::optional<Cost> credits(CostKind kind) const {
    return cost ? std::optional{Cost{*cost, "credits", kind}} : std::nullopt;
  }
};

Result<Sending> read_sending(HttpResponse& response, Action action) {
  Sending sending;
  auto read = read_members(response, action,
                           {.member = [&](std::string_view name, Scalar const& value,
                                          std::string const& exact) { sending.read(name, value, exact); },
                            .record = {}});
  if (!read) return std::move(read).error();
  return sending;
}

bool is_true(Scalar const& value) {
  return value.kind == Scalar::Kind::boolean
             ? value.boolean
             : wire::same_word(wire::words_of(value), "true") || wire::whole_number_of(value) == 1;
}

/// "Retrieve senders": the codes of a sender's status.
SenderStatusCode sender_code(std::string_view word) {
  if (word == "-1") return SenderStatusCode::rejected;
  if (word == "0" || word == "1") return SenderStatusCode::pending;
  if (word == "2") return SenderStatusCode::active;
  if (word == "3") return SenderStatusCode::blocked;
  return SenderStatusCode::unknown;
}

Sender read_sender(FlatRecord const& record) {
  Sender sender{.provider = "smsup", .channel = Channel::sms};
  wire::Notes notes{sender.notes};
  for (auto const& [name, value] : record) {
    if (name == "id")
      sender.id = wire::read_word(value, name, notes);
    else if (name == "status")
      sender.status.vendor_word = wire::read_word(value, name, notes);
    // no page in our hands shows the name of this member
    else if ((name == "sender" || name == "value" || name == "name") && sender.text.empty())
      sender.text = wire::read_text(value, name, notes).value_or("");
  }
  if (sender.status.vendor_word) sender.status.code = sender_code(*sender.status.vendor_word);
  if (sender.text.empty()) notes.add("the record has no readable sender");
  return sender;
}

}  // namespace

Result<Submission> read_submission(HttpResponse response, bool scheduled) {
  auto sending = read_sending(response, Action::sends);
  if (!sending) return std::move(sending).error();
  auto const status = sending->envelope.status();
  bool const accepted = status == ok || status == under_moderation || sending->ticket.has_value();
  if (!accepted && !sending->envelope.reports_error() && response.status / 100 == 2)
    return protocol::unreadable(response, "expected a ticket; the campaign may have been created");
  if (auto error =
          sending->envelope.refusal(response, accepted ? std::optional<std::size_t>{1} : std::nullopt)) {
    if (sending->ticket) {
      error->effect = Effect::unknown;
      error->message +=
          ". SMSUP reported the ticket " + shown_id(*sending->ticket) + " with it, so the campaign may exist";
    }
    return *std::move(error);
  }

  Submission submission{.provider = "smsup"};
  submission.notes = std::move(sending->notes);
  submission.id = std::move(sending->ticket);
  if (!submission.id) submission.notes.emplace_back("SMSUP accepted the campaign, but reported no ticket");
  if (status && *status != ok && *status != under_moderation)
    submission.notes.push_back("the answer had status " + std::to_string(*status) + " instead of 1");
  submission.status.code = status == under_moderation ? StatusCode::moderation
                           : scheduled                ? StatusCode::scheduled
                                                      : StatusCode::queued;
  submission.recipients = sending->total;
  submission.filtered = sending->filtered;
  submission.filtered_by = std::move(sending->filtered_by);
  submission.cost = sending->credits(CostKind::billed);  // `credits` is the balance afterwards
  return submission;
}

Result<Estimate> read_estimate(HttpResponse response) {
  auto sending = read_sending(response, Action::read);
  if (!sending) return std::move(sending).error();
  bool const counted = sending->cost || sending->total || sending->sent;
  if (auto error =
          sending->envelope.refusal(response, counted ? std::optional<std::size_t>{1} : std::nullopt)) {
    error->effect = Effect::none;
    return *std::move(error);
  }
  Estimate estimate{.provider = "smsup", .counted_by = CountedBy::vendor};
  estimate.recipients = sending->total;
  estimate.messages = sending->sent;
  estimate.filtered = sending->filtered;
  estimate.filtered_by = std::move(sending->filtered_by);
  estimate.cost = sending->credits(CostKind::estimate);
  estimate.notes = std::move(sending->notes);
  return estimate;
}

Result<protocol::Done> read_done(HttpResponse response) {
  auto sending = read_sending(response, Action::write);
  if (!sending) return std::move(sending).error();
  bool const done = sending->envelope.status() == ok;
  if (!done && !sending->envelope.reports_error() && response.status / 100 == 2)
    return protocol::unreadable(response, "expected a status");
  if (auto error = sending->envelope.refusal(response, done ? std::optional<std::size_t>{0} : std::nullopt))
    return *std::move(error);
  return protocol::Done{};
}

Result<Balance> read_balance(HttpResponse response) {
  Envelope envelope;
  Balance balance{.provider = "smsup", .unit = "credits"};
  std::optional<Decimal> credits;
  wire::Notes notes{balance.notes};
  auto read = read_members(response, Action::read,
                           {.member =
                                [&](std::string_view name, Scalar const& value, std::string const& exact) {
                                  if (name == "credits")
                                    credits = wire::read_decimal(value, exact, name, notes);
                                  else if (name == "unlimited" && is_true(value))
                                    notes.add("the account is unlimited");
                                  else if (name == "postpaid" && is_true(value))
                                    notes.add("the account pays afterwards");
                                  else
                                    envelope.read(name, value);
                                },
                            .record = {}});
  if (!read) return std::move(read).error();
  if (auto error = envelope.refusal(response, credits ? std::optional<std::size_t>{1} : std::nullopt)) {
    error->effect = Effect::none;
    return *std::move(error);
  }
  balance.amount = *std::move(credits);
  return balance;
}

Result<std::vector<Sender>> read_senders(HttpResponse response) {
  Envelope envelope;
  std::vector<Sender> senders;
  bool listed = false;
  auto read =
      read_members(response, Action::read,
                   {.member =
                        [&](std::string_view name, Scalar const& value, std::string const&) {
                          listed = listed || name == "senders";  // an empty list
                          envelope.read(name, value);
                        },
                    .record = [&](std::string_view,
                                  FlatRecord const& record) { senders.push_back(read_sender(record)); }});
  if (!read) return std::move(read).error();
  bool const answered = listed || !senders.empty() || envelope.status() == ok;
  if (auto error =
          envelope.refusal(response, answered ? std::optional<std::size_t>{senders.size()} : std::nullopt)) {
    error->effect = Effect::none;
    return *std::move(error);
  }
  return senders;
}

}  // namespace polycampaign::inline v1::smsup
