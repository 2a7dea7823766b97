#pragma once

#include "polycampaign/protocol/exchange.hpp"

#include <optional>

namespace polycampaign::inline v1::engine {

/// Returns what a request may have done if the vendor responded with this error. The effect stays `none` only
/// if both HTTP status and code mean a refusal, or if the vendor documents the response as a refusal.
[[nodiscard]] Effect effect_of_answer(protocol::Call const& call, int http_status,
                                      Error const& error) noexcept;

/// Returns `configuration` if the call does more at the vendor than its operation declares
/// (`Operation::action`); such a call must not be made. The engine knows nothing else about what an adapter
/// requests.
[[nodiscard]] std::optional<Error> exceeds(protocol::Call const& call, Action most);

/// Tracks whether the requests of a conversation may have carried out its operation. A plain value.
class ConversationEffect {
 public:
  /// Records the end of a request. A null `error` means success.
  void ended(protocol::Call const& call, Error const* error) noexcept;
  /// Returns the effect of the whole conversation if it fails now.
  [[nodiscard]] Effect effect() const noexcept { return effect_; }

 private:
  Effect effect_ = Effect::none;
};

}  // namespace polycampaign::inline v1::engine
