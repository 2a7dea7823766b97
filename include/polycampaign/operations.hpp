#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/operation.hpp"

#include <span>
#include <string>
#include <type_traits>
#include <utility>

/// What an account may ask of a vendor, as values: `client->call(GetCampaign{"53651994"})`. A vendor that has
/// no such operation answers `unsupported` without any request; `Capabilities::operations` says which it has.
namespace polycampaign::inline v1 {

/// The campaigns of the account: `CampaignClient::list`, with its errors.
struct ListCampaigns {
  using Item = Campaign;                                       ///< see ListOperation
  static constexpr Operation operation{"list", Action::read};  ///< see Operation
  CampaignFilter filter{};                                     ///< which campaigns, in which order
};

/// Everything that the vendor reports about one campaign: `CampaignClient::get`, with its errors.
struct GetCampaign {
  using Answer = Campaign;                                    ///< see CallOperation
  static constexpr Operation operation{"get", Action::read};  ///< see Operation
  std::string id{};                                           ///< the vendor's; any string
  bool keep_raw = false;                                      ///< keep the record's text in `Campaign::raw()`
  bool brief = false;  ///< the short form, where the vendor has two (BSG)
};

/// Gets a token for the credential. The client does this by itself: it cannot be called.
struct LogIn {
  static constexpr Operation operation{"log_in", Action::idempotent_write};  ///< see Operation
};

/// Renews a token without the credential. The client does this by itself: it cannot be called.
struct RefreshSession {
  static constexpr Operation operation{"refresh", Action::idempotent_write};  ///< see Operation
};

/// Revokes the token and ends the client: `CampaignClient::close`, with its errors.
struct EndSession {
  using Answer = void;                                            ///< see CallOperation
  static constexpr Operation operation{"revoke", Action::write};  ///< see Operation
};

/// All of them, in the order in which tables show them; new ones come at the end.
using Operations = OperationList<ListCampaigns, GetCampaign, LogIn, RefreshSession, EndSession>;

/// All of them, in that order. Lives as long as the program.
[[nodiscard]] constexpr std::span<Operation const> all_operations() noexcept {
  return detail::operations_of<Operations>;
}

namespace detail {

/// Whether it has the name of another operation of the list.
template <class Op, class... Ops>
[[nodiscard]] constexpr bool takes_a_name(OperationList<Ops...>) noexcept {
  if constexpr (AnOperation<Op>) {
    return ((!std::is_same_v<Op, Ops> && Op::operation == Ops::operation) || ...);
  } else {
    return false;
  }
}

/// The operation without its type; what is none has been refused by CallTraits and ListTraits.
template <class Op>
[[nodiscard]] AnyOperation any(Op operation) {
  if constexpr (AnOperation<Op>) {
    static_assert(!takes_a_name<Op>(Operations{}),
                  "this operation has the name of another one: see polycampaign/operations.hpp");
    return AnyOperation{std::move(operation)};
  } else {
    return {};
  }
}

}  // namespace detail

}  // namespace polycampaign::inline v1
