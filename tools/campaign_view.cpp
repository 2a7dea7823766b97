#include "campaign_view.hpp"

#include "polycampaign/capabilities.hpp"

#include "cells.hpp"
#include "display.hpp"
#include "text_table.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace polycampaign::inline v1::command {

namespace {

int colour_of(StatusCode code) noexcept {
  constexpr int red = 31;
  constexpr int green = 32;
  constexpr int yellow = 33;
  constexpr int cyan = 36;
  switch (code) {
    case StatusCode::completed: return green;
    case StatusCode::queued:
    case StatusCode::sending:
    case StatusCode::retrying: return cyan;
    case StatusCode::interrupted:
    case StatusCode::rejected:
    case StatusCode::failed: return red;
    case StatusCode::unknown:
    case StatusCode::moderation:
    case StatusCode::paused: return yellow;
    default: return 0;
  }
}

std::string second(CompactOptional<Timestamp> const& time) {
  if (!time) return std::string{absent};
  auto text = to_string(*time);
  if (time->zone != ZoneBasis::documented)
    text.append(" (time zone ").append(to_string(time->zone)).append(")");
  return text;
}

std::string status_text(CampaignStatus const& status) {
  auto text = std::string{to_string(status.code)};
  if (status.code == StatusCode::unknown && status.vendor_word) text += ": " + printable(*status.vendor_word);
  return text;
}

/// Returns text such as ` (70.0 % of messages)`.
std::string share(std::optional<double> const& rate, std::string_view of) {
  if (!rate || !(*rate < 1e6)) return {};
  auto const tenths = std::llround(*rate * 1000);
  return " (" + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " % of " + std::string{of} +
         ")";
}

/// Returns what share of other counters this one is, for the counters where that is useful.
std::string share(Field field, Statistics const& s) {
  switch (field) {
    case Field::delivered: return share(delivered_per_message(s), "messages");
    case Field::failed: return share(failed_per_message(s), "messages");
    case Field::read: return share(read_per_delivered(s), "delivered");
    default: return {};
  }
}

/// Returns the name of a counter as people write it.
std::string label(Field field) {
  if (field == Field::opt_outs) return "opt-outs";
  std::string text{to_string(field)};
  std::ranges::replace(text, '_', ' ');
  return text;
}

class Card {
 public:
  explicit Card(Look const& look) : look_{look} {}

  void heading(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    out_.append(styled(text, 1)).push_back('\n');
  }
  void line(std::string_view name, std::string_view text, int colour = 0) {
    out_.append("  ").append(pad_right(name, 16)).append(styled(text, colour)).push_back('\n');
  }
  void sentence(std::string_view text) { out_.append("  ").append(text).push_back('\n'); }
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  [[nodiscard]] std::string styled(std::string_view text, int colour) const {
    if (!look_.coloured || colour == 0) return std::string{text};
    return "\x1b[" + std::to_string(colour) + "m" + std::string{text} + "\x1b[0m";
  }
  Look look_;
  std::string out_;
};

}  // namespace

std::string campaign_table(std::vector<Listed> const& campaigns, Look const& look) {
  TextTable table{{{.title = "ACCOUNT", .least = 8},
                   {.title = "ID", .least = 12},
                   {.title = "NAME", .least = 10},
                   {.title = "STATUS", .least = 11},
                   {.title = "TIME (UTC)"},
                   {.title = "RECIPIENTS", .short_title = "RCPTS", .right = true, .dispensable = 2},
                   {.title = "MESSAGES", .short_title = "MSGS", .right = true},
                   {.title = "DELIVERED", .short_title = "DELIV", .right = true},
                   {.title = "FAILED", .right = true, .dispensable = 1},
                   {.title = "COST", .right = true, .dispensable = 3}}};
  for (auto const& [account, campaign] : campaigns) {
    auto const& s = campaign.statistics;
    table.add({{printable(account)},
               {printable(campaign.id)},
               {text_or_absent(campaign.name)},
               {status_text(campaign.status), colour_of(campaign.status.code)},
               {minute(campaign.time())},
               {count_text(s.recipients)},
               {count_text(s.messages)},
               {count_text(s.delivered)},
               {count_text(s.failed)},
               {cost_cell(campaign.cost)}});
  }
  return table.text(look.width, look.coloured);
}

std::string campaign_card(Listed const& listed, Look const& look) {
  auto const& campaign = listed.campaign;
  auto const& s = campaign.statistics;
  Card card{look};
  card.heading(campaign.name && !campaign.name->empty() ? printable(*campaign.name) : printable(campaign.id));
  card.line("account", printable(listed.account));
  card.line("provider", printable(campaign.provider));
  card.line("id", printable(campaign.id));
  card.line("name", text_or_absent(campaign.name));
  card.line("status", to_string(campaign.status.code), colour_of(campaign.status.code));
  card.line("vendor status", text_or_absent(campaign.status.vendor_word));
  card.line("channel", campaign.channel ? to_string(*campaign.channel) : absent);
  card.line("sender", text_or_absent(campaign.sender));
  card.line("text", text_or_absent(campaign.text));
  card.line("cost", cost_cell(campaign.cost));
  for (auto const& list : campaign.recipient_lists) {
    auto text = list.id ? printable(*list.id) : std::string{};
    if (list.name) text.append(text.empty() ? "" : " ").append(printable(*list.name));
    card.line("recipient list", text);
  }

  card.heading("Times");
  card.line("created", second(campaign.created_at));
  card.line("scheduled", second(campaign.scheduled_at));
  card.line("started", second(campaign.started_at));
  card.line("finished", second(campaign.finished_at));
  card.line("updated", second(campaign.updated_at));

  card.heading("Statistics");
  for (auto const& [field, counter] : all_counters())
    card.line(label(field), count_text(s.*counter) + share(field, s));

  if (!s.vendor_counters.empty() || !s.reported_rates.empty()) {
    card.heading("Vendor-specific");
    for (auto const& counter : s.vendor_counters)
      card.line(printable(counter.name), std::to_string(counter.value));
    for (auto const& rate : s.reported_rates) card.line(printable(rate.name), printable(rate.text));
  }
  if (!campaign.notes.empty()) {
    card.heading("Notes");
    for (auto const& note : campaign.notes) card.sentence(printable(note));
  }
  return std::move(card).take();
}

}  // namespace polycampaign::inline v1::command
