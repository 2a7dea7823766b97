#include "polycampaign/message.hpp"

#include <array>

namespace polycampaign::inline v1 {

namespace {

constexpr std::array codes{
    MessageStatusCode::unknown,    MessageStatusCode::scheduled, MessageStatusCode::moderation,
    MessageStatusCode::queued,     MessageStatusCode::sending,   MessageStatusCode::submitted,
    MessageStatusCode::delivered,  MessageStatusCode::read,      MessageStatusCode::undelivered,
    MessageStatusCode::expired,    MessageStatusCode::failed,    MessageStatusCode::rejected,
    MessageStatusCode::unreported, MessageStatusCode::received};

}  // namespace

std::string_view to_string(MessageStatusCode code) noexcept {
  switch (code) {
    case MessageStatusCode::unknown: return "unknown";
    case MessageStatusCode::scheduled: return "scheduled";
    case MessageStatusCode::moderation: return "moderation";
    case MessageStatusCode::queued: return "queued";
    case MessageStatusCode::sending: return "sending";
    case MessageStatusCode::submitted: return "submitted";
    case MessageStatusCode::delivered: return "delivered";
    case MessageStatusCode::read: return "read";
    case MessageStatusCode::undelivered: return "undelivered";
    case MessageStatusCode::expired: return "expired";
    case MessageStatusCode::failed: return "failed";
    case MessageStatusCode::rejected: return "rejected";
    case MessageStatusCode::unreported: return "unreported";
    case MessageStatusCode::received: return "received";
  }
  return "unknown";
}

std::optional<MessageStatusCode> parse_message_status_code(std::string_view name) noexcept {
  for (auto const code : codes)
    if (to_string(code) == name) return code;
  return std::nullopt;
}

std::span<MessageStatusCode const> all_message_status_codes() noexcept {
  return codes;
}

std::optional<bool> MessageStatus::final() const noexcept {
  switch (code) {
    case MessageStatusCode::scheduled:
    case MessageStatusCode::moderation:
    case MessageStatusCode::queued:
    case MessageStatusCode::sending:
    case MessageStatusCode::submitted: return false;
    case MessageStatusCode::unknown: return std::nullopt;
    default: return true;
  }
}

}  // namespace polycampaign::inline v1
