#include "testing/vendors/yeastar/records.hpp"

#include "testing/vendors/yeastar/pages.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::testing::yeastar {

namespace {

using nlohmann::ordered_json;

std::string status_word(StatusCode status, VendorSimulator const& simulator) {
  struct Word {
    StatusCode code;
    std::string_view documented;
    std::string_view portal;
  };
  static constexpr Word words[] = {
      {StatusCode::draft, "draft", "Draft"},          {StatusCode::scheduled, "scheduled", "Scheduled"},
      {StatusCode::queued, "pending", "Pending"},     {StatusCode::sending, "executing", "Executing"},
      {StatusCode::retrying, "retrying", "Retrying"}, {StatusCode::completed, "completed", "Completed"},
      {StatusCode::interrupted, "stop", "Stopped"},
  };
  auto const* const word = std::ranges::find(words, status, &Word::code);
  if (simulator.is("status_word", "unknown") && status == StatusCode::completed) return "archived";
  return std::string{simulator.is("status_word", "portal") ? word->portal : word->documented};
}

ordered_json send_time(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const form = simulator.switch_value("send_time");
  if (!c.scheduled || (c.immediate && simulator.is("immediate_send_time", "zero"))) {
    if (simulator.is("no_send_time", "empty")) return "";
    if (simulator.is("no_send_time", "null")) return nullptr;
    return 0;
  }
  auto const count = c.scheduled->time_since_epoch().count();
  if (form == "milliseconds") return count * 1000;
  if (form == "text") return std::to_string(count);
  return count;
}

ordered_json result_count(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const failed = std::to_string(c.counters.failed);
  auto const total = std::to_string(c.counters.messages);
  auto const form = simulator.switch_value("result_count");
  if (form == "spaced") return ' ' + failed + " / " + total + ' ';
  // as in the page's sample: "2/2" for a completed campaign
  if (form == "sent_total") return std::to_string(c.counters.messages - c.counters.pending) + '/' + total;
  if (form == "number") return c.counters.failed;
  if (form == "empty") return "";
  if (form == "null") return nullptr;
  return failed + '/' + total;
}

ordered_json response_rate(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const& n = c.counters;
  auto const thousandths = n.messages == 0 ? 0 : n.replies * 1000 / n.messages;
  auto const whole = std::to_string(thousandths / 10);
  auto const tenth = std::to_string(thousandths % 10);
  auto const form = simulator.switch_value("response_rate");
  if (form == "number") return thousandths / 10;
  if (form == "decimal") return static_cast<double>(thousandths) / 10;
  if (form == "comma") return whole + ',' + tenth + '%';
  if (form == "empty") return "";
  return whole + '%';
}

char const* channel_type(SimulatedCampaign const& c) {
  return c.channel == Channel::whatsapp ? "whatsapp" : "sms";
}

char const* channel_name(SimulatedCampaign const& c) {
  return c.channel == Channel::whatsapp ? "WhatsApp channel" : "SMS channel";
}

char const* send_type(SimulatedCampaign const& c) {
  return c.status == StatusCode::draft ? "draft" : c.immediate ? "immediately" : "schedule";
}

bool opens_sessions(SimulatedCampaign const& c) {
  return c.grain % 2 == 0;
}

/// Returns what a campaign without a phonebook has in the phonebook's fields: an empty string in the sample.
ordered_json nothing(VendorSimulator const& simulator) {
  if (simulator.is("empty_fields", "null")) return nullptr;
  return "";
}

}  // namespace

ordered_json info_record(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const phonebook = !c.lists.empty();
  return {
      {"id", id_value(c.number, simulator)},
      {"name", c.name},
      {"status", status_word(c.status, simulator)},
      {"channel_type", channel_type(c)},
      {"channel_name", channel_name(c)},
      {"sender", c.sender},
      {"recipient_type", phonebook ? "phonebook" : "input"},
      {"recipient_name", phonebook ? ordered_json(c.lists.front().name) : nothing(simulator)},
      {"recipient_num_type", phonebook ? ordered_json("mobile_number") : nothing(simulator)},
      {"send_type", send_type(c)},
      {"send_time", send_time(c, simulator)},
      {"send_mode", opens_sessions(c) ? "new_session" : "direct"},
      {"result_count", result_count(c, simulator)},
      {"response_rate", response_rate(c, simulator)},
  };
}

ordered_json detail_record(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const phonebook = !c.lists.empty();
  auto const whatsapp = c.channel == Channel::whatsapp;
  ordered_json detail{
      {"id", id_value(c.number, simulator)},
      {"name", c.name},
      {"channel_type", channel_type(c)},
      {"omnichannel_id", whatsapp ? 2 : 1},
      {"sender", c.sender},
      {"recipient_type", phonebook ? "phonebook" : "input"},
      {"recipient_id", phonebook ? *whole_number(c.lists.front().id) : 0},
      {"recipient_num_type", phonebook ? ordered_json("mobile_number") : nothing(simulator)},
      {"send_type", send_type(c)},
      {"send_time", send_time(c, simulator)},
      {"send_mode", opens_sessions(c) ? "new_session" : "direct"},
      {"assign_to_type", opens_sessions(c) ? ordered_json("extension") : nothing(simulator)},
      {"assign_to_id", opens_sessions(c) ? static_cast<std::int64_t>(c.grain % 20) + 1 : 0},
      {"content_type", whatsapp ? "template" : "text"},
      {"content", whatsapp ? ordered_json("") : ordered_json(c.text)},
      {"number_list", ordered_json::array()},
  };
  if (!phonebook)
    for (std::int64_t i = 0; i < c.counters.recipients; ++i)
      detail["number_list"].push_back({{"id", i + 1}, {"number", recipient_number(c, i)}});
  if (whatsapp) detail["msg_param"] = ordered_json{{"name", "offer"}, {"body", c.text}}.dump();
  if (simulator.is("detail_status", "present")) {
    auto info = info_record(c, simulator);
    for (auto const* key : {"status", "channel_name", "recipient_name", "result_count", "response_rate"})
      detail[key] = std::move(info[key]);
  }
  return detail;
}

}  // namespace polycampaign::inline v1::testing::yeastar
