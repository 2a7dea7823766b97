#include "testing/vendors/smsup/records.hpp"

#include "polycampaign/testing/http_message.hpp"

#include "testing/wall_time.hpp"

#include <pugixml.hpp>

namespace polycampaign::inline v1::testing::smsup {

namespace {

using Json = nlohmann::ordered_json;

Json number_or_text(std::string const& digits, bool number) {
  if (auto const value = whole_number(digits); number && value) return *value;
  return digits;
}

Json lists_of(SimulatedCampaign const& campaign, RecordForm const& form) {
  // XML has no other way to express an empty list.
  if (campaign.lists.empty() && (form.xml || form.lists == "empty_string")) return "";
  auto all = Json::array();
  for (auto const& list : campaign.lists) {
    auto id = number_or_text(list.id, form.number_ids);
    all.push_back(form.lists == "scalars" ? std::move(id) : Json{{"id", std::move(id)}});
  }
  if (form.lists == "object" && all.size() == 1) return all.front();
  return all;
}

Json date_of(std::chrono::sys_seconds time, RecordForm const& form) {
  auto text = wall_text(paris_wall(time));
  return form.xml && form.quoted_dates ? '"' + text + '"' : text;
}

std::string to_text(Json const& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

void append(pugi::xml_node parent, std::string const& name, Json const& value) {
  if (value.is_array()) {
    for (auto const& item : value) append(parent, name, item);
    return;
  }
  auto node = parent.append_child(name.c_str());
  if (value.is_object()) {
    for (auto const& [key, item] : value.items()) append(node, key, item);
  } else {
    node.text().set(to_text(value).c_str());
  }
}

struct Collector final : pugi::xml_writer {
  std::string text{};
  void write(void const* data, std::size_t size) override {
    text.append(static_cast<char const*>(data), size);
  }
};

void replace_all(std::string& text, char what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, 1, with);
}

}  // namespace

std::string_view status_label(StatusCode status) noexcept {
  switch (status) {
    case StatusCode::moderation: return "In moderation";
    case StatusCode::scheduled: return "Waiting";
    case StatusCode::completed: return "Sent";
    case StatusCode::rejected: return "Denied";
    case StatusCode::canceled: return "Cancelled";  // not on any page
    default: return "In progress";
  }
}

std::int64_t sent(SimulatedCampaign const& campaign) noexcept {
  return campaign.counters.messages - campaign.counters.pending;
}

std::chrono::sys_seconds sending_date(SimulatedCampaign const& campaign) noexcept {
  return campaign.scheduled.value_or(campaign.created);
}

Json record(SimulatedCampaign const& campaign, RecordForm const& form) {
  auto const& n = campaign.counters;
  bool const begun = sent(campaign) > 0;
  bool const full = !form.oldest;
  Json out;
  auto const counter = [&](char const* name, std::int64_t value) {
    out[name] = form.nulls && !begun   ? Json{}
                : form.number_counters ? Json(value)
                                       : Json(std::to_string(value));
  };

  out["id"] = number_or_text(campaign.id, form.number_ids);
  out["sender"] = form.nulls && campaign.sender.empty() ? Json{} : Json(campaign.sender);
  out["text"] = campaign.text;
  if (full) out["creation_date"] = date_of(campaign.created, form);
  out["date"] = date_of(sending_date(campaign), form);
  out["cost"] = number_or_text(campaign.cost, form.number_counters);
  if ((full || form.detail) && form.lists != "absent") out["lists"] = lists_of(campaign, form);
  // XML contains no status (S1), and neither does the old detail (S4). In the old list, the status is a
  // number, and only 1 for a sent campaign is known. The 0 for all others is our choice.
  if (!form.xml && form.with_status && (full || !form.detail))
    out["status"] =
        full ? Json(status_label(campaign.status)) : Json(campaign.status == StatusCode::completed ? 1 : 0);
  if (full || !form.detail) counter("delivery_rate", begun ? n.delivered * 100 / sent(campaign) : 0);
  if (full || form.detail) {
    auto const network_error = n.failed / 3;
    counter("delivered", n.delivered);
    counter("error", n.failed - network_error);
    counter("expired", n.expired);
    counter("network_error", network_error);
    counter("stop", n.opt_outs);
    counter("npai", n.unassigned);
  }
  if (full) out["total"] = form.number_counters ? Json(n.recipients) : Json(std::to_string(n.recipients));
  if (form.with_sent) counter("sent", sent(campaign));
  return out;
}

std::string to_json(Json const& document, bool escaped) {
  auto text = document.dump(-1, ' ', escaped, Json::error_handler_t::replace);
  if (escaped) replace_all(text, '/', "\\/");
  return text;
}

std::string to_xml(Json const& document) {
  pugi::xml_document xml;
  auto declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  append(xml, "response", document);
  Collector out;
  xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  // A bare carriage return would be read as a line feed.
  replace_all(out.text, '\r', "&#13;");
  return std::move(out.text);
}

}  // namespace polycampaign::inline v1::testing::smsup
