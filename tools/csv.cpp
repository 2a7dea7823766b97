#include "csv.hpp"

#include "polycampaign/capabilities.hpp"

#include <charconv>
#include <optional>

namespace polycampaign::inline v1::command {

namespace {

// Values are written as the vendor sent them, even those that a spreadsheet would take for a formula (a
// leading =, +, - or @). A quote before them would change the data, and every other reader would have to
// remove it.
class Line {
 public:
  void add(std::string_view text) {
    separate();
    line_.append(text.empty() ? std::string{"\"\""} : csv_field(text));
  }
  void add_absent() { separate(); }
  void add(std::optional<std::string> const& text) {
    if (text) {
      add(std::string_view{*text});
    } else {
      add_absent();
    }
  }
  void add(CompactOptional<Timestamp> const& time) {
    if (time) {
      add(std::string_view{to_string(*time)});
    } else {
      add_absent();
    }
  }
  void add(Count const& count) {
    if (count) {
      char digits[24];
      auto const end = std::to_chars(digits, digits + sizeof digits, *count).ptr;
      add(std::string_view{digits, static_cast<std::size_t>(end - digits)});
    } else {
      add_absent();
    }
  }
  /// Adds the joined items, or an absent value if there are none.
  template <class Items, class Text>
  void add_list(Items const& items, Text text) {
    std::string joined;
    bool first = true;
    for (auto const& item : items) {
      if (!first) joined.push_back(';');
      first = false;
      joined.append(text(item));
    }
    if (first) {
      add_absent();
    } else {
      add(std::string_view{joined});
    }
  }

  [[nodiscard]] std::string take() && { return std::move(line_.append("\r\n")); }

 private:
  void separate() {
    if (!first_) line_.push_back(',');
    first_ = false;
  }
  std::string line_;
  bool first_ = true;
};

std::string list_text(RecipientList const& list) {
  if (list.id && list.name) return *list.id + "=" + *list.name;
  return list.id ? *list.id : list.name.value_or("");
}

}  // namespace

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

std::string csv_line(Campaign const& campaign, std::string_view account) {
  Line line;
  if (account.empty()) {
    line.add_absent();
  } else {
    line.add(account);
  }
  line.add(std::string_view{campaign.provider});
  line.add(std::string_view{campaign.id});
  line.add(campaign.name);
  line.add(campaign.sender);
  line.add(campaign.text);
  if (campaign.channel) {
    line.add(to_string(*campaign.channel));
  } else {
    line.add_absent();
  }
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
  if (campaign.cost) {
    line.add(std::string_view{campaign.cost->amount.text()});
    line.add(std::string_view{campaign.cost->unit});
    line.add(to_string(campaign.cost->kind));
  } else {
    for (int i = 0; i < 3; ++i) line.add_absent();
  }
  line.add_list(campaign.recipient_lists, list_text);
  line.add_list(campaign.notes, [](std::string const& note) { return note; });
  return std::move(line).take();
}

}  // namespace polycampaign::inline v1::command
