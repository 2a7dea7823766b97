#include "testing/vendors/smsup/simulator.hpp"

#include "polycampaign/testing/vendor_simulator.hpp"

#include "testing/vendors/smsup/lists.hpp"
#include "testing/vendors/smsup/records.hpp"
#include "testing/vendors/smsup/traffic.hpp"
#include "testing/vendors/smsup/writing.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <limits>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using Json = nlohmann::ordered_json;
using Campaigns = std::vector<SimulatedCampaign const*>;

constexpr Switch switches[] = {
    {"generation", "g2|g1",
     "the API as the pages of 2024 show it, or those of 2018: a number as the status, no creation_date, "
     "counters only in the detail"},
    {"ids", "string|int", "type of the ids of campaigns and lists"},
    {"counters", "string|int", "type of the counters, cost and delivery_rate"},
    {"status", "present|missing", "whether JSON contains a campaign's status; XML never does"},
    {"sent", "missing|present",
     "whether the counter sent, which the pages explain but no sample shows, is present"},
    {"totals", "present|missing",
     "whether JSON contains totalRecords and totalDisplayRecords; XML never does"},
    {"lists", "array|empty_string|absent|scalars|object",
     "a campaign's lists: objects in an array, \"\" when there are none, no member, only ids, or a single "
     "list without an array"},
    {"detail", "array|object",
     "the campaign in the response to the detail call: in an array of one, or as an object"},
    {"nulls", "off|on",
     "whether the counters of a campaign that has not started, and an empty sender, are null (`null` in "
     "XML)"},
    {"escapes", "utf8|unicode", "JSON strings: plain UTF-8, or with the escapes \\uXXXX and \\/"},
    {"xml_element", "campaign|campaigns", "name of the XML element of a campaign in the list"},
    {"xml_dates", "plain|quoted", "dates in XML: plain, or in literal quotation marks"},
    {"order", "descending|ascending", "order by id when the request names no order"},
    {"page_cap", "1000|100", "maximum number of records per page, whatever the request asks for; any number"},
    {"trailing", "off|on", "whether a server's warning follows the document"},
    {"moderation", "off|on", "whether a new campaign waits for moderation (status -8)"},
    {"ticket", "present|missing", "whether the response to a send contains the campaign's id"},
    {"simulate_ticket", "missing|present",
     "whether the response to a simulation contains a ticket, although nothing is created"},
    {"canceled", "gone|listed",
     "a canceled campaign: not found, or listed with a label that no page explains"},
    {"cancel_moderated", "yes|no", "whether a campaign in moderation can be canceled"},
    {"stop_list", "off|on",
     "whether numbers that end in 00 (blacklist) or 01 (unassigned) are removed from campaigns; those that "
     "end in 99 are then invalid in lists"},
    {"message_ids", "documented|number|text",
     "type of the ids in messages, replies and stops: numbers in messages and text elsewhere, or one type"},
    {"destinations", "documented|number|text",
     "type of phone numbers in messages, replies and stops: numbers only in replies, or one type"},
    {"message_status", "words|codes|coarse|odd",
     "a message's status: names, the numbers of delivery reports, UNDELIVERED with the reason in "
     "status_details, or an unknown word for each tenth"},
    {"xml_totals", "present|missing", "whether XML lists of messages, replies and stops contain totals"},
    {"empty_list", "array|object|string|absent",
     "an empty JSON list of messages, replies, stops or lists: [], {}, \"\", or no member"},
    {"messages_vanish", "0|5", "how many single messages are deleted after each tenth page of messages"},
    {"replies_hidden", "0|7",
     "the replies of a period lack each so many-th reply, which only the campaign's own list then shows"},
    {"list_contacts", "added|all",
     "contacts in the answer to an addition: the new numbers, or all of the list"},
    {"list_id", "present|missing", "whether the answer to an addition contains the list's id"},
};

constexpr StatusCode statuses[] = {StatusCode::moderation, StatusCode::scheduled, StatusCode::sending,
                                   StatusCode::completed, StatusCode::rejected};
constexpr CampaignShape campaign_shape{.statuses = statuses,
                                       .list_ids = SimulatedId::mixed,
                                       .first_number = 4'100'003,
                                       .number_step = 3,
                                       .max_lists = 3,
                                       .filters = true,
                                       .counts_expired = true,
                                       .currency = "credits"};

std::int64_t cost_of(SimulatedCampaign const& campaign) {
  return whole_number(campaign.cost).value_or(0);
}

using Less = bool (*)(SimulatedCampaign const&, SimulatedCampaign const&);

/// Returns null if the key is not documented.
Less order_by(std::string_view key) noexcept {
  using C = SimulatedCampaign;
  if (key == "id") return [](C const& a, C const& b) { return a.number < b.number; };
  if (key == "date") return [](C const& a, C const& b) { return sending_date(a) < sending_date(b); };
  if (key == "text") return [](C const& a, C const& b) { return a.text < b.text; };
  if (key == "cost") return [](C const& a, C const& b) { return cost_of(a) < cost_of(b); };
  if (key == "status")
    return [](C const& a, C const& b) { return status_label(a.status) < status_label(b.status); };
  return nullptr;
}

/// Campaigns that people create on the vendor's web platform are never visible through its API (S1, S3). So
/// there is nothing to simulate: their ids are the gaps between the ids here.
class SmsupSimulator final : public VendorSimulator {
 public:
  explicit SmsupSimulator(SimulatorOptions options)
      : VendorSimulator{std::move(options), switches, campaign_shape},
        token_{"eyJhbGciOiJIUzI1NiJ9." + hex_text(this->options().seed, 24) + '.' +
               hex_text(this->options().seed + 1, 43)} {
    for (auto const* const text : {"MyShop", "ACME", "Casino"}) account().senders.push_back({.text = text});
  }

  HttpResponse answer(HttpRequest const& request, RequestTarget const& target) override;
  std::map<std::string, std::string> credentials() const override { return {{"token", token_}}; }
  std::optional<std::vector<SimulatedRecord>> records(Operation list,
                                                      std::string_view campaign) const override {
    return traffic_.records(list, campaign);
  }
  // Moderation accepts a campaign, or denies it and refunds its cost.
  StatusCode next_status(SimulatedCampaign const& campaign) const override {
    bool const denied = campaign.status == StatusCode::moderation && campaign.grain % 8 == 0;
    return denied ? StatusCode::rejected : VendorSimulator::next_status(campaign);
  }

 private:
  RecordForm form(bool xml, bool detail) const;
  HttpResponse render(int http_status, Json const& document, bool xml) const;
  HttpResponse refuse(int http_status, int status, std::string_view message, bool xml,
                      std::string_view details = {}) const;
  HttpResponse list(RequestTarget const& target, bool xml);
  HttpResponse detail(std::string_view id, bool xml) const;
  /// Selects the campaigns in the order of the request. Returns the reason for a refusal, or an empty string.
  std::string select(RequestTarget const& target, Campaigns& selected);
  bool went_to(SimulatedCampaign const& campaign, std::string_view destination);

  std::string token_;
  Writing writing_{*this};
  Traffic traffic_{*this};
  Lists lists_{*this};
  // The numbers of a campaign are generated one by one, so the results for the last destination are kept.
  std::string destination_{};
  std::map<std::int64_t, bool> had_destination_{};
};

RecordForm SmsupSimulator::form(bool xml, bool detail) const {
  return {.xml = xml,
          .detail = detail,
          .oldest = is("generation", "g1"),
          .with_status = is("status", "present"),
          .with_sent = is("sent", "present"),
          .number_ids = is("ids", "int"),
          .number_counters = is("counters", "int"),
          .nulls = is("nulls", "on"),
          .quoted_dates = is("xml_dates", "quoted"),
          .lists = switch_value("lists")};
}

HttpResponse SmsupSimulator::render(int http_status, Json const& document, bool xml) const {
  auto body = xml ? to_xml(document) : to_json(document, is("escapes", "unicode"));
  if (is("trailing", "on")) body += "\n<br />\n<b>Warning</b>: Undefined index in response.php on line 1\n";
  return xml ? xml_answer(http_status, std::move(body)) : json_answer(http_status, std::move(body));
}

HttpResponse SmsupSimulator::refuse(int http_status, int status, std::string_view message, bool xml,
                                    std::string_view details) const {
  Json document{{"status", status}, {"message", message}};
  if (!details.empty()) document["details"] = details;
  return render(http_status, document, xml);
}

HttpResponse SmsupSimulator::answer(HttpRequest const& request, RequestTarget const& target) {
  // Without an Accept header the service answers XML (S11).
  bool const xml = !contains_text(request_header(request, "Accept").value_or(""), "json");
  // The query can contain the token if the path is GET /send (S8, S10).
  bool const in_query = request.method == "GET" && !target.segments.empty() && target.segments[0] == "send" &&
                        target.parameter("token") == token_;
  // A wrong token gives HTTP 200 (K1). The response to an unknown path or method is not documented.
  if (!in_query && request_header(request, "Authorization") != "Bearer " + token_)
    return refuse(200, -1, "Authentication error", xml);
  auto written = traffic_.answer(request, target, xml);
  if (!written) written = lists_.answer(request, target);
  if (!written) written = writing_.answer(request, target);
  if (written) {
    Json document;
    if (written->status != 0) document["status"] = written->status;
    document["message"] = written->message;
    if (!written->details.empty()) document["details"] = written->details;
    document.update(written->members);
    return render(written->http_status, document, xml);
  }
  auto const& path = target.segments;
  bool const is_list = path.size() == 1 && path[0] == "campaigns";
  bool const is_detail = path.size() == 2 && path[0] == "campaign";
  if (!is_list && !is_detail) return refuse(404, -5, "Resource not found", xml);
  if (request.method != "GET") return refuse(405, -7, "Data error", xml, "Method not allowed");
  return is_list ? list(target, xml) : detail(path[1], xml);
}

HttpResponse SmsupSimulator::list(RequestTarget const& target, bool xml) {
  Campaigns selected;
  if (auto const wrong = select(target, selected); !wrong.empty())
    return refuse(200, -7, "Data error", xml, wrong);
  auto const start = whole_number(target.parameter("start").value_or("0"));
  auto const length = whole_number(target.parameter("length").value_or("100"));
  if (!start || *start < 0) return refuse(200, -7, "Data error", xml, "Invalid start");
  if (!length || *length < 1) return refuse(200, -7, "Data error", xml, "Invalid length");

  auto const size = std::min(*length, std::max<std::int64_t>(switch_number("page_cap"), 1));
  auto const as = form(xml, false);
  auto page = Json::array();
  for (auto const* campaign : page_of(selected, *start, size)) page.push_back(record(*campaign, as));

  Json document{{"status", 1}, {"message", "OK"}};
  document[xml ? std::string{switch_value("xml_element")} : "campaigns"] = std::move(page);
  if (!xml && is("totals", "present")) {
    document["totalRecords"] = campaigns().size();
    document["totalDisplayRecords"] = selected.size();
  }
  return render(200, document, xml);
}

HttpResponse SmsupSimulator::detail(std::string_view id, bool xml) const {
  auto const* const campaign = find(id);
  if (!campaign) return refuse(200, -5, "Resource not found", xml);
  auto found = record(*campaign, form(xml, true));
  Json document{{"status", 1}, {"message", "OK"}};
  document["campaign"] = is("detail", "array") ? Json::array({std::move(found)}) : std::move(found);
  return render(200, document, xml);
}

std::string SmsupSimulator::select(RequestTarget const& target, Campaigns& selected) {
  // Whether a filter includes its bounds is not documented. Here it does.
  auto const moment = [&](char const* name, std::chrono::local_seconds otherwise) {
    auto const text = target.parameter(name);
    return text ? read_wall(*text) : otherwise;
  };
  auto const number = [&](char const* name, std::int64_t otherwise) {
    auto const text = target.parameter(name);
    return text ? whole_number(*text) : otherwise;
  };
  auto const date_start = moment("date_start", std::chrono::local_seconds::min());
  auto const date_end = moment("date_end", std::chrono::local_seconds::max());
  auto const sms_min = number("sms_min", std::numeric_limits<std::int64_t>::min());
  auto const sms_max = number("sms_max", std::numeric_limits<std::int64_t>::max());
  if (!date_start || !date_end) return "Invalid date";
  if (!sms_min || !sms_max) return "Invalid number of SMS";
  auto const destination = target.parameter("destination");
  auto const text = target.parameter("text");

  for (auto const& campaign : campaigns()) {
    auto const date = paris_wall(sending_date(campaign));
    if (date < *date_start || date > *date_end) continue;
    // the number that a client sees: `total`
    if (campaign.counters.recipients < *sms_min || campaign.counters.recipients > *sms_max) continue;
    if (text && !contains_text(campaign.text, *text)) continue;
    if (destination && !went_to(campaign, *destination)) continue;
    selected.push_back(&campaign);
  }

  auto const sort = target.parameter("sort").value_or(is("order", "ascending") ? "id" : "-id");
  bool const descending = sort.starts_with('-');
  auto const less = order_by(std::string_view{sort}.substr(descending ? 1 : 0));
  if (!less) return "Invalid sort";
  auto const before = [&](auto const* a, auto const* b) { return descending ? less(*b, *a) : less(*a, *b); };
  if (!std::ranges::is_sorted(selected, before)) std::ranges::stable_sort(selected, before);
  return {};
}

bool SmsupSimulator::went_to(SimulatedCampaign const& campaign, std::string_view destination) {
  if (destination.starts_with('+')) destination.remove_prefix(1);
  if (destination_ != destination) {
    destination_ = destination;
    had_destination_.clear();
  }
  auto const [known, added] = had_destination_.try_emplace(campaign.number, false);
  if (added)
    for (std::int64_t i = 0; i < campaign.counters.recipients && !known->second; ++i)
      known->second = std::string_view{recipient_number(campaign, i)}.substr(1) == destination;
  return known->second;
}

constexpr SimulatedVendor entry{.name = "smsup",
                                .make = [](SimulatorOptions options) -> std::unique_ptr<VendorSimulator> {
                                  return std::make_unique<SmsupSimulator>(std::move(options));
                                },
                                .switches = []() noexcept -> std::span<Switch const> { return switches; }};

}  // namespace

SimulatedVendor const& simulated() noexcept {
  return entry;
}

}  // namespace polycampaign::inline v1::testing::smsup
