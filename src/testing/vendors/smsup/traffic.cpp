#include "testing/vendors/smsup/traffic.hpp"

#include "polycampaign/text.hpp"

#include "testing/vendors/smsup/records.hpp"
#include "testing/wall_time.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using Json = Traffic::Json;
using Response = Writing::Answer;

constexpr std::int64_t row = 17;  // the last one of so many records is a single message
// One hundred million ids for a campaign: its messages, the single messages between them, and its replies.
constexpr std::int64_t ids_of_campaign = 100'000'000;
constexpr std::int64_t single_ids = 60'000'000;
constexpr std::int64_t reply_ids = 80'000'000;
constexpr std::int64_t beyond_double = 10'000'000'000'000'000;

Response refused(int status, char const* message, std::string details = {}) {
  return {.status = status, .message = message, .details = std::move(details), .members = Json::object()};
}

std::int64_t first_id(SimulatedCampaign const& campaign) {
  return beyond_double + (campaign.number - beyond_double) * ids_of_campaign;
}

/// Characters, not bytes.
std::int64_t length_of(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

bool has_filter(RequestTarget const& target) {
  return std::ranges::any_of(
      std::initializer_list<char const*>{"destination", "message", "country", "status"},
      [&](char const* name) { return target.parameter(name).has_value(); });
}

/// Compares what the request filters by with a record.
bool passes(RequestTarget const& target, Json const& record) {
  auto const text = [&](char const* name) {
    auto const& value = record.at(name);
    return value.is_string() ? value.get<std::string>() : value.dump();
  };
  auto const is = [&](char const* name, std::string const& value) {
    auto const wanted = target.parameter(name);
    return !wanted || same_text(*wanted, value);
  };
  auto const contained = target.parameter("message");
  return is("destination", text("destination")) && is("country", text("country")) &&
         is("status", text("status")) && (!contained || contains_text(text("message"), *contained));
}

}  // namespace

bool Traffic::Period::contains(std::chrono::sys_seconds moment) const {
  auto const wall = paris_wall(moment);
  return wall >= from && wall <= to;
}

std::optional<Response> Traffic::answer(HttpRequest const& request, RequestTarget const& target, bool xml) {
  count_answers();
  auto const& path = target.segments;
  if (request.method != "GET" || path.empty()) return std::nullopt;
  if (path.size() == 1 && path[0] == "messages") return messages(target, xml);
  if (path.size() == 2 && path[0] == "messages" && path[1] == "mo") return replies(target, xml);
  if (path.size() == 1 && path[0] == "blacklist") return blacklist(target, xml);
  if (path.size() != 3 || path[0] != "campaign" || (path[2] != "mo" && path[2] != "blacklist"))
    return std::nullopt;
  auto const* const campaign = simulator_.find(path[1]);
  if (campaign == nullptr) return refused(-5, "Resource not found");
  return path[2] == "mo" ? own_replies(*campaign, xml) : stops(*campaign, xml);
}

void Traffic::count_answers() {
  auto const now = simulator_.now();
  std::vector<SimulatedCampaign const*> created;
  for (auto const& campaign : simulator_.campaigns())
    if (!campaign.addressed.empty()) created.push_back(&campaign);
  for (auto const* const campaign : created) {
    auto const state = std::pair{now, campaign->counters.delivered};
    auto& counted = counted_[campaign->id];
    if (std::exchange(counted, state) == state) continue;
    auto const replies = std::ssize(replies_to(*campaign, now));
    auto const stops = std::ssize(stops_of(*campaign, now));
    if (campaign->counters.replies == replies && campaign->counters.opt_outs == stops) continue;
    simulator_.account().change(campaign->id, [&](SimulatedCampaign& changed) {
      changed.counters.replies = replies;
      changed.counters.opt_outs = stops;
    });
  }
}

std::string Traffic::read_paging(RequestTarget const& target, Paging& paging) const {
  auto const start = whole_number(target.parameter("start").value_or("0"));
  auto const length = whole_number(target.parameter("length").value_or("100"));
  constexpr std::int64_t most = 1'000'000'000'000;
  if (!start || *start < 0 || *start > most) return "Invalid start";
  if (!length || *length < 1) return "Invalid length";
  paging = {*start, std::min(*length, std::max<std::int64_t>(simulator_.switch_number("page_cap"), 1))};
  return {};
}

std::string Traffic::read_period(RequestTarget const& target, Period& period) {
  auto const from = read_wall(target.parameter("date_start").value_or(""));
  auto const to = read_wall(target.parameter("date_end").value_or(""));
  if (!from || !to) return "Invalid date";
  period = {*from, *to};
  return {};
}

std::vector<Traffic::Block> Traffic::blocks(Period const& period) const {
  std::vector<Block> all;
  for (auto const& campaign : simulator_.campaigns())
    if (period.contains(sending_date(campaign)))
      all.push_back({&campaign, campaign.counters.messages + campaign.counters.messages / (row - 1), 0});
  std::ranges::sort(all, {}, [](Block const& block) {
    return std::pair{sending_date(*block.campaign), block.campaign->number};
  });
  auto vanished = vanished_;
  for (auto& block : all) {
    block.vanished = std::min(vanished, block.records / row);
    block.records -= block.vanished;
    vanished -= block.vanished;
  }
  return all;
}

Response Traffic::messages(RequestTarget const& target, bool xml) {
  Period period;
  Paging paging;
  auto wrong = read_period(target, period);
  if (wrong.empty()) wrong = read_paging(target, paging);
  auto const type = target.parameter("type").value_or("");
  if (wrong.empty() && !type.empty() && type != "messages-in" && type != "messages-out")
    wrong = "Invalid type";
  auto const sort = target.parameter("sort").value_or("date");
  auto const key = std::string_view{sort}.substr(sort.starts_with('-') ? 1 : 0);
  if (key != "date" && key != "destination" && key != "sender" && key != "status") wrong = "Invalid sort";
  if (!wrong.empty()) return refused(-7, "Data error", std::move(wrong));

  std::vector<Block> out;
  if (type != "messages-in") out = blocks(period);
  std::vector<Reply> in;
  if (type != "messages-out") in = replies_in(period);
  auto total = std::ssize(in);
  for (auto const& block : out) total += block.records;
  auto const at = [&](std::int64_t position) {
    for (auto const& block : out) {
      if (position >= block.records) {
        position -= block.records;
        continue;
      }
      auto const place =
          position < (row - 1) * block.vanished ? position + position / (row - 1) : position + block.vanished;
      return message(*block.campaign, place, xml);
    }
    return incoming(in[static_cast<std::size_t>(position)], xml);
  };

  auto records = Json::array();
  if (key == "date" && !has_filter(target)) {
    for (auto i = paging.start; i < std::min(total, paging.start + paging.length); ++i)
      records.push_back(at(sort.starts_with('-') ? total - 1 - i : i));
  } else {
    std::vector<Json> all;
    for (std::int64_t i = 0; i < total; ++i)
      if (auto record = at(i); passes(target, record)) all.push_back(std::move(record));
    auto const less = [&](Json const& a, Json const& b) {
      return a.at(std::string{key}) < b.at(std::string{key});
    };
    std::ranges::stable_sort(all, less);
    if (sort.starts_with('-')) std::ranges::reverse(all);
    total = std::ssize(all);
    for (auto const& record : page_of(all, paging.start, paging.length)) records.push_back(record);
  }
  if (++pages_ % 10 == 0) vanished_ += simulator_.switch_number("messages_vanish");
  return list("messages", std::move(records), total, xml);
}

Json Traffic::message(SimulatedCampaign const& campaign, std::int64_t place, bool xml) const {
  bool const single = place % row == row - 1;
  auto const index = single ? place / row : place - place / row;
  auto const fate = single ? Fate::delivered : fates_.of(campaign, index);
  auto const word = word_of(fate, campaign, index);
  auto const addressed = static_cast<std::size_t>(index) < campaign.addressed.size();
  auto const number = recipient_number(campaign, index);
  auto const at = sending_date(campaign);
  bool const reported = fate != Fate::pending && fate != Fate::in_flight;
  Json out;
  out["campaign_id"] = id(campaign.number + (single ? 1 : 0), true);
  out["client_id"] = 1;
  out["client_message_id"] =
      addressed && !single ? campaign.addressed[static_cast<std::size_t>(index)].reference : "";
  out["contact_list_id"] = campaign.lists.empty() || single ? "" : campaign.lists.front().id;
  out["message"] = campaign.text;
  out["message_length"] = length_of(campaign.text);
  out["cost"] = campaign.parts;
  out["country"] = number.starts_with("+33") ? "FR" : "CH";
  out["destination"] = destination(number, false);
  out["message_id"] = id(first_id(campaign) + (single ? single_ids : 0) + index, true);
  out["sender"] = campaign.sender;
  out["date"] = time(at, xml);
  out["dlr_date"] = reported ? time(at + std::chrono::seconds{3 + index % 40}, xml) : Json{};
  auto const form = simulator_.switch_value("message_status");
  auto const code = code_of(word);
  out["status"] = std::string{word};
  out["status_details"] = std::string{word};
  if (form == "codes" && code) out["status"] = out["status_details"] = *code;
  if (form == "coarse" && (fate == Fate::expired || fate == Fate::failed)) out["status"] = "UNDELIVERED";
  if (form == "odd" && index % 10 == 9) out["status"] = out["status_details"] = "HELD_BY_GREMLINS";
  out["type"] = "sms_mt";
  return out;
}

Json Traffic::incoming(Reply const& reply, bool xml) const {
  auto const& campaign = *reply.campaign;
  Json out;
  out["campaign_id"] = id(campaign.number, true);
  out["client_id"] = 1;
  out["client_message_id"] = "";
  out["contact_list_id"] = "";
  auto const text = std::string{reply_text(reply.place)};
  out["message"] = text;
  out["message_length"] = length_of(text);
  out["cost"] = 0;
  out["country"] = "CH";
  out["destination"] = destination(recipient_number(campaign, reply.said.recipient), false);
  out["message_id"] = id(first_id(campaign) + reply_ids + reply.place, true);
  out["sender"] = campaign.sender;
  out["date"] = time(reply.said.at, xml);
  out["dlr_date"] = Json{};
  out["status"] = out["status_details"] = "DELIVERED";
  out["type"] = "sms_mo";
  return out;
}

std::vector<Traffic::Reply> Traffic::replies_in(Period const& period) const {
  std::vector<Reply> all;
  for (auto const& campaign : simulator_.campaigns()) {
    std::int64_t place = 0;
    for (auto const& one : replies_to(campaign, simulator_.now())) {
      if (period.contains(one.at)) all.push_back({&campaign, place, one});
      ++place;
    }
  }
  std::ranges::stable_sort(all, {}, [](Reply const& reply) { return reply.said.at; });
  return all;
}

Response Traffic::replies(RequestTarget const& target, bool xml) const {
  Period period;
  Paging paging;
  auto wrong = read_period(target, period);
  if (wrong.empty()) wrong = read_paging(target, paging);
  auto const sort = target.parameter("sort").value_or("date");
  auto const key = std::string_view{sort}.substr(sort.starts_with('-') ? 1 : 0);
  if (key != "date" && key != "id" && key != "text") wrong = "Invalid sort";
  if (!wrong.empty()) return refused(-7, "Data error", std::move(wrong));

  auto all = replies_in(period);
  if (auto const hidden = simulator_.switch_number("replies_hidden"); hidden > 0)
    std::erase_if(all, [&](Reply const& reply) { return reply.place % hidden == hidden - 1; });
  if (key == "id")
    std::ranges::stable_sort(all, {}, [](Reply const& reply) {
      return std::pair{reply.campaign->number, reply.place};
    });
  if (key == "text")
    std::ranges::stable_sort(all, {}, [](Reply const& reply) { return reply_text(reply.place); });
  if (sort.starts_with('-')) std::ranges::reverse(all);
  auto records = Json::array();
  for (auto const& reply : page_of(all, paging.start, paging.length)) {
    auto const& campaign = *reply.campaign;
    Json out;
    out["message_id"] = id(first_id(campaign) + reply_ids + reply.place, false);
    out["campaign_id"] = id(campaign.number, false);
    out["destination"] = destination(recipient_number(campaign, reply.said.recipient), true);
    out["message"] = std::string{reply_text(reply.place)};
    out["info1"] = "Louis";
    out["info2"] = "";
    out["date"] = time(reply.said.at, xml);
    records.push_back(std::move(out));
  }
  return list("replies", std::move(records), std::ssize(all), xml);
}

Response Traffic::own_replies(SimulatedCampaign const& campaign, bool xml) const {
  auto records = Json::array();
  for (auto const& reply : replies_to(campaign, simulator_.now()))
    records.push_back({{"destination", destination(recipient_number(campaign, reply.recipient), false)},
                       {"info1", "Louis"},
                       {"info2", ""},
                       {"date", time(reply.at, xml)}});
  return list("replies", std::move(records), std::nullopt, xml);
}

Response Traffic::stops(SimulatedCampaign const& campaign, bool xml) const {
  auto records = Json::array();
  for (auto const& stop : stops_of(campaign, simulator_.now()))
    records.push_back({{"destination", destination(recipient_number(campaign, stop.recipient), false)},
                       {"info1", "Louis"},
                       {"info2", ""},
                       {"info3", ""},
                       {"info4", ""},
                       {"date", time(stop.at, xml)}});
  return list("stops", std::move(records), std::nullopt, xml);
}

Response Traffic::blacklist(RequestTarget const& target, bool xml) const {
  Paging paging;
  if (auto wrong = read_paging(target, paging); !wrong.empty())
    return refused(-7, "Data error", std::move(wrong));
  auto const all = all_stops();
  auto records = Json::array();
  for (auto const& stop : page_of(all, paging.start, paging.length))
    records.push_back(
        {{"id", std::to_string(stop.id)},
         {"destination", destination(stop.number, false)},
         {"date", time(stop.at, xml)},
         {"campaign_id", stop.campaign != nullptr ? id(stop.campaign->number, false) : Json{}}});
  return list("list", std::move(records), std::ssize(all), xml);
}

std::vector<Traffic::Stop> Traffic::all_stops() const {
  std::vector<Stop> all;
  for (std::int64_t i = 1; i <= 3; ++i)
    all.push_back({i, "+4179000000" + std::to_string(i), nullptr,
                   std::chrono::sys_days{std::chrono::year{2023} / 5 / 4}});
  for (auto const& campaign : simulator_.campaigns()) {
    auto number = first_id(campaign);
    for (auto const& stop : stops_of(campaign, simulator_.now()))
      all.push_back({number++, recipient_number(campaign, stop.recipient), &campaign, stop.at});
  }
  return all;
}

Json Traffic::destination(std::string const& number, bool number_by_default) const {
  auto digits = number.substr(number.starts_with('+') ? 1 : 0);
  auto const form = simulator_.switch_value("destinations");
  if (form == "number" || (form == "documented" && number_by_default))
    if (auto const value = whole_number(digits)) return *value;
  return digits;
}

Json Traffic::id(std::int64_t value, bool number_by_default) const {
  auto const form = simulator_.switch_value("message_ids");
  if (form == "number" || (form == "documented" && number_by_default)) return value;
  return std::to_string(value);
}

Json Traffic::time(std::chrono::sys_seconds at, bool xml) const {
  auto text = wall_text(paris_wall(at));
  return xml && simulator_.is("xml_dates", "quoted") ? '"' + text + '"' : text;
}

Response Traffic::list(char const* name, Json records, std::optional<std::int64_t> total, bool xml) const {
  Response answer;
  if (total && simulator_.is(xml ? "xml_totals" : "totals", "present")) {
    answer.members["totalRecords"] = *total;
    answer.members["totalDisplayRecords"] = *total;
  }
  auto const empty = simulator_.switch_value("empty_list");
  if (!records.empty() || xml || empty == "array")
    answer.members[name] = std::move(records);
  else if (empty != "absent")
    answer.members[name] = empty == "object" ? Json::object() : Json("");
  return answer;
}

}  // namespace polycampaign::inline v1::testing::smsup
