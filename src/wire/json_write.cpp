#include "polycampaign/json.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace polycampaign::inline v1 {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json json_of(std::optional<std::string> const& text) {
  return text ? Json(*text) : Json(nullptr);
}
Json json_of(std::optional<Timestamp> const& time) {
  return time ? Json(to_string(*time)) : Json(nullptr);
}
Json json_of(Count const& count) {
  return count ? Json(*count) : Json(nullptr);
}

Json json_of(Statistics const& s) {
  auto counters = Json::object();
  for (auto const& counter : s.vendor_counters) counters[counter.name] = counter.value;
  auto rates = Json::object();
  for (auto const& rate : s.reported_rates) rates[rate.name] = rate.text;
  return {{"recipients", json_of(s.recipients)}, {"filtered", json_of(s.filtered)},
          {"messages", json_of(s.messages)},     {"submitted", json_of(s.submitted)},
          {"pending", json_of(s.pending)},       {"in_flight", json_of(s.in_flight)},
          {"delivered", json_of(s.delivered)},   {"undelivered", json_of(s.undelivered)},
          {"expired", json_of(s.expired)},       {"failed", json_of(s.failed)},
          {"unreported", json_of(s.unreported)}, {"read", json_of(s.read)},
          {"replies", json_of(s.replies)},       {"opt_outs", json_of(s.opt_outs)},
          {"clicks", json_of(s.clicks)},         {"vendor_counters", std::move(counters)},
          {"reported_rates", std::move(rates)}};
}

Json json_of(std::optional<Cost> const& cost) {
  if (!cost) return nullptr;
  return {{"amount", cost->amount.text()}, {"unit", cost->unit}, {"kind", to_string(cost->kind)}};
}

std::string line(Json const& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}

std::string to_json(Campaign const& c, std::string_view account) {
  auto lists = Json::array();
  for (auto const& list : c.recipient_lists)
    lists.push_back({{"id", json_of(list.id)}, {"name", json_of(list.name)}});
  auto notes = Json::array();
  for (auto const& note : c.notes) notes.push_back(note);
  return line({{"account", text_or_null(account)},
               {"provider", c.provider},
               {"id", c.id},
               {"name", json_of(c.name)},
               {"sender", json_of(c.sender)},
               {"text", json_of(c.text)},
               {"channel", c.channel ? Json(to_string(*c.channel)) : Json(nullptr)},
               {"status", to_string(c.status.code)},
               {"vendor_status", json_of(c.status.vendor_word)},
               {"created_at", json_of(c.created_at)},
               {"scheduled_at", json_of(c.scheduled_at)},
               {"started_at", json_of(c.started_at)},
               {"finished_at", json_of(c.finished_at)},
               {"updated_at", json_of(c.updated_at)},
               {"statistics", json_of(c.statistics)},
               {"cost", json_of(c.cost)},
               {"recipient_lists", std::move(lists)},
               {"notes", std::move(notes)}});
}

std::string to_json(Error const& error, std::string_view account) {
  return line({{"account", text_or_null(account)},
               {"provider", text_or_null(error.provider)},
               {"code", to_string(error.code)},
               {"effect", to_string(error.effect)},
               {"http_status", error.http_status == 0 ? Json(nullptr) : Json(error.http_status)},
               {"vendor_code", text_or_null(error.vendor_code)},
               {"attempts", error.attempts},
               {"message", error.message}});
}

}
