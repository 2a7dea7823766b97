#include "engine/conversation_effect.hpp"

#include "polycampaign/protocol/http_error.hpp"

#include <string>

namespace polycampaign::inline v1::engine {

Effect effect_of_answer(protocol::Call const& call, int http_status, Error const& error) noexcept {
  if (call.request.action == Action::read) return Effect::none;
  if (call.documented_refusal != nullptr && call.documented_refusal(error)) return Effect::none;
  auto const success = http_status >= 200 && http_status < 300;
  auto const client_error = http_status >= 400 && http_status < 500 && http_status != 408;
  auto const refused = (success || client_error) && protocol::is_refusal(error.code);
  return refused ? error.effect : Effect::unknown;
}

std::optional<Error> exceeds(protocol::Call const& call, Action most) {
  if (call.request.action <= most) return std::nullopt;
  return Error{.code = ErrorCode::configuration,
               .message = "the vendor's adapter called `" + std::string{call.operation} +
                          "`, which does more than the operation declares"};
}

void ConversationEffect::ended(protocol::Call const& call, Error const* error) noexcept {
  if (call.request.action == Action::read || call.preparation) return;
  if (error == nullptr || error->effect == Effect::unknown) effect_ = Effect::unknown;
}

}  // namespace polycampaign::inline v1::engine
