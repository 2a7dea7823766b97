#pragma once

#include "polycampaign/operations.hpp"
#include "polycampaign/protocol/endpoint.hpp"
#include "polycampaign/protocol/exchange.hpp"
#include "polycampaign/result.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Creating, changing and deleting campaigns. A campaign is normalized and has passed its plan.
namespace polycampaign::inline v1::yeastar {

/// The ids that a campaign needs of its sender. They consist of digits.
struct SenderIds {
  std::string channel{};
  std::string number{};
};

[[nodiscard]] protocol::Call create_call(protocol::Endpoint const& endpoint, NewCampaign const& campaign,
                                         std::string_view name, SenderIds const& sender);
/// Returns the call that changes what `change` names. `id` consists of digits.
[[nodiscard]] protocol::Call update_call(protocol::Endpoint const& endpoint, UpdateCampaign const& change,
                                         std::string_view id);
/// Returns a call that deletes. Both are GET requests that change something.
/// @{
[[nodiscard]] protocol::Call delete_call(protocol::Endpoint const& endpoint, std::string_view id);
/// Sends failed messages again.
[[nodiscard]] protocol::Call retry_call(protocol::Endpoint const& endpoint, std::string_view id);
/// @}

/// The answer to a write.
struct Accepted {
  std::optional<std::string> id{};  ///< its place in the answer to a create is not documented
  std::string note{};               ///< what the errcode adds to a success; usually empty
};
/// Reads the answer to a write. Errors: an answer without `errcode` is `protocol` with effect `unknown`.
[[nodiscard]] Result<Accepted> read_accepted(HttpResponse response);

/// Returns the value of an option, or `otherwise`.
[[nodiscard]] std::string_view option_of(NewCampaign const& campaign, std::string_view name,
                                         std::string_view otherwise = {});

}  // namespace polycampaign::inline v1::yeastar
