#include "csv.hpp"

#include "polycampaign/capabilities.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace polycampaign::inline v1::command {

namespace {

std::string list_text(RecipientList const& list) {
  if (list.id && list.name) return *list.id + "=" + *list.name;
  return list.id ? *list.id : list.name.value_or("");
}

}  // namespace

bool is_formula(std::string_view cell) noexcept {
  if (cell.find_first_of("=+-@\t\r") != 0) return false;
  if (cell.front() != '+' && cell.front() != '-') return true;
  cell.remove_prefix(1);
  auto const digits = std::ranges::count_if(cell, [](char c) { return text::is_digit(c); });
  auto const points = std::ranges::count(cell, '.');
  return digits == 0 || points > 1 || static_cast<std::size_t>(digits + points) != cell.size();
}

void CsvLine::separate() {
  if (fields_ > 0) line_.push_back(',');
  ++fields_;
}

void CsvLine::add(std::string_view text) {
  separate();
  if (text.empty()) {
    line_.append("\"\"");
  } else if (formulas_ == Formulas::keep || !is_formula(text)) {
    line_.append(csv_field(text));
  } else if (formulas_ == Formulas::mark) {
    line_.append(csv_field(std::string{"'"}.append(text)));
  } else if (refused_ == 0) {
    refused_ = fields_;
  }
}

void CsvLine::add(std::optional<std::string> const& text) {
  if (text) {
    add(std::string_view{*text});
  } else {
    add_absent();
  }
}

void CsvLine::add(CompactOptional<Timestamp> const& time) {
  if (time) {
    add(std::string_view{to_string(*time)});
  } else {
    add_absent();
  }
}

void CsvLine::add(Count const& count) {
  if (count) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, *count).ptr;
    add(std::string_view{digits, static_cast<std::size_t>(end - digits)});
  } else {
    add_absent();
  }
}

void CsvLine::add(CompactOptional<Cost> const& cost) {
  if (cost) {
    add(std::string_view{cost->amount.text()});
    add(std::string_view{cost->unit});
    add(to_string(cost->kind));
  } else {
    for (int i = 0; i < 3; ++i) add_absent();
  }
}

void CsvLine::add_or_absent(std::string_view text) {
  if (text.empty()) {
    add_absent();
  } else {
    add(text);
  }
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted{"\""};
  for (char const c : text) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + '"';
}

std::string csv_header() {
  std::string header =
      "account,provider,id,name,sender,text,channel,status,vendor_status,"
      "created_at,scheduled_at,started_at,finished_at,updated_at,";
  for (auto const& counter : all_counters()) header.append(to_string(counter.field)).append(",");
  return header + "vendor_counters,reported_rates,cost_amount,cost_unit,cost_kind,recipient_lists,notes\r\n";
}

CsvLine csv_line(Campaign const& campaign, std::string_view account, Formulas formulas) {
  CsvLine line{formulas};
  line.add_or_absent(account);
  line.add(std::string_view{campaign.provider});
  line.add(std::string_view{campaign.id});
  line.add(campaign.name);
  line.add(campaign.sender);
  line.add(campaign.text);
  line.add_or_absent(campaign.channel ? to_string(*campaign.channel) : std::string_view{});
  line.add(to_string(campaign.status.code));
  line.add(campaign.status.vendor_word);
  for (auto const* time : {&campaign.created_at, &campaign.scheduled_at, &campaign.started_at,
                           &campaign.finished_at, &campaign.updated_at})
    line.add(*time);
  auto const& s = campaign.statistics;
  for (auto const& [field, counter] : all_counters()) line.add(s.*counter);
  line.add_list(s.vendor_counters, [](VendorCounter const& counter) {
    return counter.name + "=" + std::to_string(counter.value);
  });
  line.add_list(s.reported_rates, [](ReportedRate const& rate) { return rate.name + "=" + rate.text; });
  line.add(campaign.cost);
  line.add_list(campaign.recipient_lists, list_text);
  line.add_list(campaign.notes, [](std::string const& note) { return note; });
  return line;
}

}  // namespace polycampaign::inline v1::command
