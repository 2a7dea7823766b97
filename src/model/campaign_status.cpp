#include "polycampaign/campaign_status.hpp"

namespace polycampaign::inline v1 {

std::string_view to_string(StatusCode code) noexcept {
  switch (code) {
    case StatusCode::unknown: return "unknown";
    case StatusCode::draft: return "draft";
    case StatusCode::moderation: return "moderation";
    case StatusCode::scheduled: return "scheduled";
    case StatusCode::queued: return "queued";
    case StatusCode::sending: return "sending";
    case StatusCode::retrying: return "retrying";
    case StatusCode::paused: return "paused";
    case StatusCode::completed: return "completed";
    case StatusCode::canceled: return "canceled";
    case StatusCode::interrupted: return "interrupted";
    case StatusCode::rejected: return "rejected";
    case StatusCode::failed: return "failed";
  }
  return "unknown";
}

std::optional<StatusCode> parse_status_code(std::string_view name) noexcept {
  for (auto code = StatusCode::unknown; code <= StatusCode::failed;
       code = static_cast<StatusCode>(static_cast<std::uint8_t>(code) + 1))
    if (to_string(code) == name) return code;
  return std::nullopt;
}

std::optional<bool> CampaignStatus::ended() const noexcept {
  switch (code) {
    case StatusCode::draft:
    case StatusCode::moderation:
    case StatusCode::scheduled:
    case StatusCode::queued:
    case StatusCode::sending:
    case StatusCode::retrying:
    case StatusCode::paused: return false;
    case StatusCode::completed:
    case StatusCode::canceled:
    case StatusCode::interrupted:
    case StatusCode::rejected:
    case StatusCode::failed: return true;
    case StatusCode::unknown: break;
  }
  return std::nullopt;
}

}  // namespace polycampaign::inline v1
