#pragma once

#include "polycampaign/protocol/exchange.hpp"

#include <optional>

namespace polycampaign::inline v1::engine {

/// What a request may have done that the vendor answered with this error. Only an answer that is a refusal by
/// its HTTP status and by its code leaves `none` as it is, or one that the vendor documents as a refusal.
[[nodiscard]] Effect effect_of_answer(protocol::Call const& call, int http_status,
                                      Error const& error) noexcept;

/// `configuration` when the call does more at the vendor than its operation says (`Operation::action`): it
/// must not be made. Nothing else is known of what an adapter asks for.
[[nodiscard]] std::optional<Error> beyond(protocol::Call const& call, Action most);

/// Whether the requests of a conversation may have carried out its operation so far. A plain value.
class ConversationEffect {
 public:
  /// A request has ended: well when `error` is null.
  void ended(protocol::Call const& call, Error const* error) noexcept;
  /// Of the whole conversation, when it fails now.
  [[nodiscard]] Effect effect() const noexcept { return effect_; }

 private:
  Effect effect_ = Effect::none;
};

}  // namespace polycampaign::inline v1::engine
