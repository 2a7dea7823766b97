#include "polycampaign/send_journal.hpp"

namespace polycampaign::inline v1 {

SendJournal::SendJournal() = default;
SendJournal::~SendJournal() = default;

std::string_view to_string(SendState state) noexcept {
  switch (state) {
    case SendState::sending: return "sending";
    case SendState::accepted: return "accepted";
    case SendState::refused: return "refused";
    case SendState::unresolved: return "unresolved";
    case SendState::absent: return "absent";
    case SendState::not_sent: return "not_sent";
  }
  return "unresolved";
}

std::optional<SendState> parse_send_state(std::string_view name) noexcept {
  for (auto const state : {SendState::sending, SendState::accepted, SendState::refused, SendState::unresolved,
                           SendState::absent, SendState::not_sent})
    if (to_string(state) == name) return state;
  return std::nullopt;
}

bool may_send(SendState state) noexcept {
  return state == SendState::refused || state == SendState::absent || state == SendState::not_sent;
}

}  // namespace polycampaign::inline v1
