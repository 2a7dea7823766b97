// Mistakes in reading records, and the checks that find them.
#include "conformance/broken.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <regex>
#include <string>

namespace polycampaign::test {
namespace {

using Body = std::string const&;

std::function<void(std::string&)> replacing(char const* pattern, char const* with) {
  return [expression = std::regex{pattern}, with](std::string& body) {
    body = std::regex_replace(body, expression, with);
  };
}

std::function<void(Campaign&, Body)> counting(Count Statistics::*counter, Count (*change)(Count)) {
  return [=](Campaign& c, Body) { c.statistics.*counter = change(c.statistics.*counter); };
}

std::function<void(Campaign&, Body)> writing(std::optional<std::string> Campaign::*member,
                                             std::string (*change)(std::string const&)) {
  return [=](Campaign& c, Body) {
    if (c.*member) c.*member = change(*(c.*member));
  };
}

/// A number's text through binary floating point.
std::string rounded(std::string const& digits) {
  return std::to_string(static_cast<std::int64_t>(std::stod(digits)));
}

bool digits(std::string const& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

using S = Statistics;

Mistake const record_mistakes[] = {
    // counters
    {"takes_a_missing_counter_for_zero",
     "smsup",
     {"members"},
     {.campaign = counting(&S::expired, [](Count n) { return Count{n.value_or(0)}; })}},
    {"takes_a_missing_counter_of_a_detail_for_zero",
     "bsg",
     {"members"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.statistics.recipients || c.statistics.messages)
              c.statistics.failed = c.statistics.failed.value_or(0);
          }}},
    {"loses_the_sign_of_a_counter", "smsup", {"members"}, {.body = replacing(":(\"?)-3", ":$013")}},
    {"takes_a_negative_counter_for_zero", "dexatel", {"members"}, {.body = replacing(":\"?-3\"?", ":0")}},
    {"loses_counters_sent_as_text",
     "dexatel",
     {"members"},
     {.body = replacing("(\"delivered\":)\"[0-9]+\"", "$1null")}},
    {"loses_counters_sent_as_numbers",
     "smsup",
     {"members"},
     {.body = replacing("(\"total\":)[0-9]+", "$1null")}},
    {"loses_counters_of_zero",
     "smsup",
     {"members"},
     {.campaign = counting(&S::opt_outs, [](Count n) { return n == 0 ? Count{} : n; })}},
    {"counts_in_32_bits",
     "dexatel",
     {"members"},
     {.campaign = counting(&S::delivered, [](Count n) { return n ? Count{*n & 0x7FFFFFFF} : n; })}},
    {"counts_in_floating_point",
     "smsup",
     {"members"},
     {.campaign = counting(
          &S::delivered,
          [](Count n) { return n ? Count{static_cast<std::int64_t>(static_cast<double>(*n))} : n; })}},
    {"cuts_fractions_of_counters", "dexatel", {"members"}, {.body = replacing(":1\\.5", ":1")}},
    {"reads_the_digits_before_a_word", "smsup", {"members"}, {.body = replacing("\"12 apples\"", "12")}},
    {"reads_words_as_zero", "dexatel", {"members"}, {.body = replacing("\"many\"", "0")}},
    {"says_nothing_of_an_odd_counter",
     "dexatel",
     {"members"},
     {.campaign = [](Campaign& c, Body) { c.notes.clear(); }}},
    {"swaps_delivered_and_failed",
     "smsup",
     {"truth"},
     {.campaign = [](Campaign& c, Body) { std::swap(c.statistics.delivered, c.statistics.failed); }}},
    {"takes_messages_for_recipients",
     "bsg",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.statistics.recipients) c.statistics.recipients = *c.statistics.messages + 1;
          }}},
    {"takes_recipients_for_delivered",
     "smsup",
     {"truth"},
     {.campaign = [](Campaign& c, Body) { c.statistics.delivered = c.statistics.recipients; }}},
    {"adds_expired_to_undelivered",
     "bsg",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.statistics.undelivered) *c.statistics.undelivered += c.statistics.expired.value_or(0);
          }}},
    {"loses_undelivered",
     "bsg",
     {"fields"},
     {.campaign = [](Campaign& c, Body) { c.statistics.undelivered.reset(); }}},
    {"takes_failures_for_opt_outs",
     "smsup",
     {"truth"},
     {.campaign = [](Campaign& c, Body) { c.statistics.opt_outs = c.statistics.failed; }}},
    {"invents_replies",
     "yeastar",
     {"fields", "truth"},
     {.campaign = [](Campaign& c, Body) { c.statistics.replies = 100'000'000; }}},
    {"invents_zero", "dexatel", {"fields"}, {.campaign = [](Campaign& c, Body) { c.statistics.clicks = 0; }}},
    {"invents_a_delivery",
     "smsup",
     {"truth"},
     {.campaign = counting(&S::delivered, [](Count n) { return Count{n.value_or(0) + 1}; })}},
    {"invents_a_counter_of_the_vendor",
     "smsup",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            c.statistics.vendor_counters.push_back({"npai", 999'999'999});
          }}},
    {"computes_a_rate",
     "smsup",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            for (auto& rate : c.statistics.reported_rates) rate.text += " %";
          }}},

    {"takes_a_missing_counter_for_zero_in_xml",
     "smsup",
     {"members"},
     {.campaign = counting(&S::expired, [](Count n) { return Count{n.value_or(0)}; })},
     {{"format", "xml"}}},
    {"loses_the_sign_of_a_counter_in_xml",
     "smsup",
     {"members"},
     {.body = replacing(">-3<", ">3<")},
     {{"format", "xml"}}},
    {"loses_counters_of_zero_in_xml",
     "smsup",
     {"members"},
     {.campaign = counting(&S::delivered, [](Count n) { return n == 0 ? Count{} : n; })},
     {{"format", "xml"}}},

    // states and channels
    {"drops_a_record_with_an_unknown_state",
     "dexatel",
     {"members"},
     {.page =
          [](protocol::ListPage<Campaign>& page, Body) {
            std::erase_if(page.items, [](Campaign const& c) { return c.status.code == StatusCode::unknown; });
          }}},
    {"forgets_an_unknown_word",
     "dexatel",
     {"members"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.status.code == StatusCode::unknown) c.status.vendor_word.reset();
          }}},
    {"takes_an_unknown_word_for_done",
     "smsup",
     {"members"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.status.code == StatusCode::unknown) c.status.code = StatusCode::completed;
          }}},
    {"never_reports_a_status", "dexatel", {"fields"}, {.campaign = [](Campaign& c, Body) { c.status = {}; }}},
    {"reports_every_status_as_completed",
     "yeastar",
     {"truth"},
     {.campaign = [](Campaign& c, Body) { c.status.code = StatusCode::completed; }}},
    {"takes_an_unknown_channel_for_sms",
     "dexatel",
     {"members"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.channel == Channel::unknown) c.channel = Channel::viber;
          }}},
    {"reports_every_channel_as_sms",
     "dexatel",
     {"truth"},
     {.campaign = [](Campaign& c, Body) { c.channel = Channel::sms; }}},

    // texts
    {"trims_names",
     "dexatel",
     {"members"},
     {.campaign =
          writing(&Campaign::name, [](std::string const& s) { return s.substr(s.find_first_not_of(' ')); })}},
    {"cuts_names",
     "yeastar",
     {"members"},
     {.campaign = writing(&Campaign::name, [](std::string const& s) { return s.substr(0, 64); })}},
    {"cuts_senders",
     "smsup",
     {"truth"},
     {.campaign = writing(&Campaign::sender, [](std::string const& s) { return s.substr(0, 4); })}},
    {"changes_letters_of_senders",
     "smsup",
     {"truth"},
     {.campaign = writing(&Campaign::sender, [](std::string const& s) { return s == "ACME" ? "Acme" : s; })}},
    {"cuts_texts_at_a_line_end",
     "smsup",
     {"truth"},
     {.campaign = writing(&Campaign::text, [](std::string const& s) { return s.substr(0, s.find('\n')); })}},
    {"leaves_entities_in_texts",
     "smsup",
     {"truth"},
     {.campaign =
          writing(&Campaign::text,
                  [](std::string const& s) { return std::regex_replace(s, std::regex{"&"}, "&amp;"); })}},
    {"swaps_name_and_sender",
     "yeastar",
     {"truth"},
     {.campaign = [](Campaign& c, Body) { std::swap(c.name, c.sender); }}},
    {"takes_the_name_for_the_text",
     "smsup",
     {"fields"},
     {.campaign = [](Campaign& c, Body) { std::swap(c.name, c.text); }}},
    {"loses_names", "yeastar", {"fields"}, {.campaign = [](Campaign& c, Body) { c.name.reset(); }}},
    {"reads_null_as_a_word",
     "smsup",
     {"members"},
     {.campaign = [](Campaign& c, Body) { c.sender = c.sender.value_or("null"); }}},
    {"loses_a_record_without_a_sender",
     "smsup",
     {"members"},
     {.page = [](protocol::ListPage<Campaign>& page,
                 Body) { std::erase_if(page.items, [](auto const& c) { return !c.sender; }); }}},
    {"fails_for_a_member_of_another_type",
     "dexatel",
     {"members"},
     {.body =
          [](std::string& body) {
            if (body.find(R"({"stranger":true})") != std::string::npos) body = "none";
          }}},
    {"takes_the_first_of_two_values",
     "dexatel",
     {"members"},
     {.campaign =
          [](Campaign& c, Body body) {
            if (body.find("decoy") != std::string::npos) c.name = "decoy";
          }}},

    // times
    {"moves_the_clock",
     "dexatel",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.created_at)
              c.created_at = Timestamp{c.created_at->time + std::chrono::hours{2}, c.created_at->zone};
          }}},
    {"takes_the_start_for_the_plan",
     "bsg",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.started_at) c.scheduled_at = c.started_at;
          }}},
    {"takes_a_missing_time_for_1970",
     "dexatel",
     {"members"},
     {.campaign =
          [](Campaign& c, Body) {
            if (!c.created_at) c.created_at.emplace();
          }}},

    // money
    {"rounds_costs",
     "bsg",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.cost)
              c.cost->amount =
                  *Decimal::parse(c.cost->amount.text().substr(0, c.cost->amount.text().find('.') + 2));
          }}},
    {"loses_zeros_of_costs",
     "bsg",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (!c.cost) return;
            auto text = c.cost->amount.text();
            while (text.find('.') != std::string::npos && (text.back() == '0' || text.back() == '.'))
              text.pop_back();
            c.cost->amount = *Decimal::parse(text);
          }}},
    {"takes_any_cost_for_euros",
     "smsup",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.cost) c.cost->unit = "EUR";
          }}},
    {"takes_a_missing_cost_for_nothing",
     "smsup",
     {"members"},
     {.campaign =
          [](Campaign& c, Body) {
            if (!c.cost) c.cost.emplace(Cost{.unit = "credits"});
          }}},

    // lists of recipients
    {"takes_the_id_of_a_list_for_its_name",
     "dexatel",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            for (auto& list : c.recipient_lists) std::swap(list.id, list.name);
          }}},
    {"keeps_one_list",
     "smsup",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (c.recipient_lists.size() > 1) c.recipient_lists.resize(1);
          }}},
    {"rounds_ids_of_lists",
     "smsup",
     {"truth"},
     {.campaign =
          [](Campaign& c, Body) {
            for (auto& list : c.recipient_lists)
              if (list.id && digits(*list.id)) list.id = rounded(*list.id);
          }}},

    // ids and records
    {"rounds_ids",
     "smsup",
     {"lists", "truth"},
     {.campaign =
          [](Campaign& c, Body) {
            if (digits(c.id)) c.id = rounded(c.id);
          }}},
    {"cuts_ids_to_32_bits",
     "yeastar",
     {"lists"},
     {.campaign =
          [](Campaign& c, Body) {
            if (digits(c.id)) c.id = std::to_string(static_cast<std::int32_t>(std::stoll(c.id)));
          }}},
    {"drops_records_without_an_id",
     "dexatel",
     {"members"},
     {.page = [](protocol::ListPage<Campaign>& page,
                 Body) { std::erase_if(page.items, [](auto const& c) { return c.id.empty(); }); }}},
    {"loses_the_raw_record",
     "dexatel",
     {"raw records"},
     {.campaign = [](Campaign& c, Body) { c.raw_record.reset(); }}},
    {"misnames_its_provider",
     "dexatel",
     {"lists"},
     {.campaign = [](Campaign& c, Body) { c.provider = "acme"; }}},
};

class RecordMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(RecordMistakes, AreFound) {
  expect_found(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Broken, RecordMistakes, ::testing::ValuesIn(record_mistakes),
                         [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace polycampaign::test
