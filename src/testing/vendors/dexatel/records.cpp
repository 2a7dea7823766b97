#include "testing/vendors/dexatel/records.hpp"

#include "testing/wall_time.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace polycampaign::inline v1::testing::dexatel {

using Json = nlohmann::ordered_json;

namespace {

std::string_view status_word(StatusCode status, VendorSimulator const& simulator) {
  switch (status) {
    case StatusCode::scheduled: return "scheduled";
    case StatusCode::completed: return "completed";
    case StatusCode::failed: return "failed";
    case StatusCode::canceled: return simulator.switch_value("canceled");
    default: return simulator.switch_value("in_progress");
  }
}

std::string date(std::chrono::sys_seconds time, VendorSimulator const& simulator) {
  auto text = wall_text(utc_wall(time));
  if (simulator.is("dates", "misprint1")) text.erase(4, 1);
  if (simulator.is("dates", "misprint2")) text.erase(7, 1);
  return text;
}

}  // namespace

Json campaign_record(SimulatedCampaign const& campaign, VendorSimulator const& simulator,
                     std::string_view account_id, bool detail) {
  bool const older = simulator.is("list_shape", "d2a");
  Json out{{"id", campaign.id},
           {"account_id", account_id},
           {"template_id", campaign.template_id.empty() ? uuid_text(campaign.grain) : campaign.template_id},
           {"audience_id", campaign.lists.empty() ? std::string{} : campaign.lists.front().id},
           {"name", campaign.name},
           {"status", status_word(campaign.status, simulator)}};
  if (campaign.scheduled && !campaign.immediate)
    out["schedule"] = wall_text(utc_wall(*campaign.scheduled));
  else if (!simulator.is("schedule", "absent"))
    out["schedule"] = simulator.is("schedule", "empty") ? Json("") : Json{};
  if (!older) out["channel"] = channel_word(campaign.channel, simulator.is("channel_case", "lower"));
  out["create_date"] = date(campaign.created, simulator);
  out["update_date"] = date(campaign.updated, simulator);
  if (detail || older)
    out["messages"] = {{"total", campaign.counters.messages},
                       {"delivered", campaign.counters.delivered},
                       {"failed", campaign.counters.failed}};
  return out;
}

std::string_view channel_word(Channel channel, bool lower) noexcept {
  switch (channel) {
    case Channel::viber: return lower ? "viber" : "VIBER";
    case Channel::whatsapp: return lower ? "whatsapp" : "WHATSAPP";
    default: return lower ? "sms" : "SMS";
  }
}

bool is_uuid(std::string_view text) noexcept {
  constexpr std::string_view form = "00000000-0000-0000-0000-000000000000";
  return text.size() == form.size() && std::ranges::equal(text, form, [](char c, char s) {
           bool const hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           return s == '0' ? hex : c == s;
         });
}

}  // namespace polycampaign::inline v1::testing::dexatel
