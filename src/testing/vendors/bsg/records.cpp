#include "testing/vendors/bsg/records.hpp"

#include "testing/wall_time.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace polycampaign::inline v1::testing::bsg {

namespace {

using nlohmann::ordered_json;
using std::chrono::sys_seconds;

ordered_json date(std::optional<sys_seconds> time, std::chrono::seconds offset,
                  VendorSimulator const& simulator) {
  if (!time) return nullptr;
  auto text = wall_text(utc_wall(*time + offset));
  if (!simulator.is("dates", "blank")) text[10] = 'T';
  if (simulator.is("dates", "fraction")) text += ".000";
  return text;
}

ordered_json planned(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  return date(c.scheduled.value_or(c.created), std::chrono::hours{simulator.switch_number("zone_offset")},
              simulator);
}

ordered_json status_value(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  std::string word{status_word(c.status)};
  if (simulator.is("status_word", "unknown") && c.status == StatusCode::completed) word = "archived";
  if (simulator.is("status_word", "upper"))
    for (auto& letter : word)
      if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return word;
}

ordered_json id_value(SimulatedCampaign const& c, std::string_view form) {
  if (form == "text") return c.id;
  return c.number;
}

ordered_json statistics(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto buckets = buckets_of(c, simulator);
  if (simulator.is("zero_counters", "absent")) {
    auto kept = ordered_json::object();
    for (auto const& [name, count] : buckets.items())
      if (count != 0) kept[name] = count;
    buckets = std::move(kept);
  }
  if (shape(simulator, "statistics", "object", "array", "array") == "object") return buckets;
  return ordered_json::array({std::move(buckets)});
}

ordered_json price(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const form = shape(simulator, "price", "point", "comma", "point");
  if (form == "number") return ordered_json::parse(c.cost);
  auto text = c.cost;
  if (form == "comma") std::ranges::replace(text, '.', ',');
  return text;
}

void add_alternative_channels(ordered_json& record, std::string_view form) {
  if (form == "null") record["alternative_channels"] = nullptr;
  if (form == "list") record["alternative_channels"] = ordered_json::array();
  if (form == "object")
    record["alternative_channels"] = {{"sms", {{"statistics", {{"delivered", 1}, {"sent", 2}}}}}};
}

}  // namespace

std::string_view shape(VendorSimulator const& simulator, std::string_view name, std::string_view spec,
                       std::string_view web, std::string_view support) {
  auto const value = simulator.switch_value(name);
  if (value != "profile") return value;
  return simulator.is("profile", "web") ? web : simulator.is("profile", "support") ? support : spec;
}

ordered_json date(std::optional<sys_seconds> time, VendorSimulator const& simulator) {
  return date(time, clock_offset(simulator), simulator);
}

SimulatedCounters counters_of(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto n = c.counters;
  if (c.request == 0) {
    auto const more = simulator.switch_number("messages") - n.messages;
    if (more <= 0) return n;
    n.recipients += more;
    n.messages += more;
    (c.started ? n.delivered : n.pending) += more;
  } else if (simulator.is("reports", "later") &&
             (c.status == StatusCode::sending || c.status == StatusCode::paused)) {
    n.in_flight += std::exchange(n.delivered, 0) + std::exchange(n.expired, 0);
  }
  return n;
}

ordered_json buckets_of(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const n = counters_of(c, simulator);
  auto const waits = [&](bool there) { return there ? n.pending : 0; };
  auto const planned_only = c.status == StatusCode::scheduled || c.status == StatusCode::canceled;
  auto const moderated = c.status == StatusCode::moderation || c.status == StatusCode::rejected;
  auto const accepted = n.in_flight / 3;
  // Only the specification has `read` and `not_*_user`. On the pages, other buckets contain these messages.
  auto const wide = !simulator.is("profile", "web");
  auto const absent = wide ? n.undelivered / 3 : 0;
  auto const read = wide ? n.read : 0;
  ordered_json buckets{
      {"delivered", n.delivered - read},
      {"scheduled", waits(planned_only)},
      {"moderation", waits(moderated)},
      {"accepted", accepted},
      {"sending", waits(!planned_only && !moderated)},
      {"sent", n.in_flight - accepted},
      {"expired", n.expired},
      {"failed", n.failed},
      {"undelivered", n.undelivered - (c.channel == Channel::sms ? 0 : absent)},
      {"unknown", n.unreported},
  };
  if (wide) {
    buckets["read"] = read;
    buckets["not_viber_user"] = c.channel == Channel::viber ? absent : 0;
    buckets["not_rcs_user"] = c.channel == Channel::rcs ? absent : 0;
    // WhatsApp has no separate counter for numbers without the service.
    if (c.channel == Channel::whatsapp) buckets["undelivered"] = n.undelivered;
  }
  return buckets;
}

std::string_view status_word(StatusCode status) noexcept {
  switch (status) {
    case StatusCode::queued: return "creation";
    case StatusCode::moderation: return "moderation";
    case StatusCode::scheduled: return "scheduled";
    case StatusCode::sending: return "sending";
    case StatusCode::paused: return "paused";
    case StatusCode::canceled: return "stopped";
    case StatusCode::rejected: return "spam";
    default: return "done";
  }
}

char const* type_word(Channel channel) noexcept {
  switch (channel) {
    case Channel::viber: return "viber";
    case Channel::rcs: return "rcs";
    case Channel::whatsapp: return "whatsapp";
    default: return "sms";
  }
}

std::chrono::seconds clock_offset(VendorSimulator const& simulator) {
  if (simulator.is("zone_applies", "start_at")) return std::chrono::seconds{0};
  return std::chrono::hours{simulator.switch_number("zone_offset")};
}

std::string name_of(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  // People name campaigns in the portal. A request cannot.
  if (c.request == 0 && c.grain % 2 != 0) return c.name;
  return (c.channel == Channel::viber ? "Viber api campaign / " : "SMS api campaign / ") +
         wall_text(utc_wall(c.created + clock_offset(simulator)));
}

ordered_json brief_record(SimulatedCampaign const& c, VendorSimulator const& simulator, bool in_list) {
  auto const n = counters_of(c, simulator);
  ordered_json record{
      {"id", id_value(c, simulator.switch_value("short_id"))},
      {"name", name_of(c, simulator)},
      {"sender", c.sender},
      {"status", status_value(c, simulator)},
      {"message_type", type_word(c.channel)},
      {"start_at", planned(c, simulator)},
      {"real_start_at", date(c.started, simulator)},
      {"finished_at", date(c.finished, simulator)},
      {"created_at", date(c.created, simulator)},
      // here, delivered includes read messages
      {"statistics", {{"delivered", n.delivered}, {"sent", n.messages - n.pending - n.failed}}},
  };
  if (in_list && simulator.is("profile", "web")) return record;
  // Only the response to a create request contains the estimate.
  record["calculated_price"] = simulator.is("read_price", "null") ? ordered_json(nullptr) : ordered_json(0);
  record["currency"] = nullptr;
  add_alternative_channels(record, shape(simulator, "alternative_channels", "null", "absent", "null"));
  return record;
}

ordered_json detail_record(SimulatedCampaign const& c, VendorSimulator const& simulator) {
  auto const key = [&](std::string_view name, std::string_view spec, std::string_view web,
                       std::string_view support) {
    return std::string{shape(simulator, name, spec, web, support)};
  };
  ordered_json record{
      {"id", id_value(c, shape(simulator, "detail_id", "number", "text", "number"))},
      {"name", name_of(c, simulator)},
      {"sender", c.sender},
      {"status", status_value(c, simulator)},
  };
  record[key("kind_key", "type", "type", "message_type")] =
      shape(simulator, "kind_value", "channel", "instant", "channel") == "channel"
          ? type_word(c.channel)
          : (c.immediate ? "instant" : "scheduled");
  record[key("start_key", "started_at", "start_at", "start_at")] = planned(c, simulator);
  record[key("real_start_key", "actual_start_at", "actual_start_at", "real_start_at")] =
      date(c.started, simulator);
  record[key("created_key", "created_at", "creation_at", "created_at")] = date(c.created, simulator);
  record["finished_at"] = date(c.finished, simulator);
  record["statistics"] = statistics(c, simulator);
  auto const n = counters_of(c, simulator);
  record["total_messages"] = n.messages;
  record["total_phones"] = n.recipients;
  record["total_price"] = price(c, simulator);
  record["currency"] = c.currency;
  add_alternative_channels(record, shape(simulator, "alternative_channels", "null", "absent", "absent"));
  return record;
}

}  // namespace polycampaign::inline v1::testing::bsg
