#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/export.hpp"
#include "polycampaign/operation.hpp"

#include <span>
#include <string>
#include <type_traits>
#include <utility>

/// The operations that an account can request from a vendor, as values:
/// `client->call(GetCampaign{"53651994"})`. If a vendor does not have an operation, the call returns
/// `unsupported` without any request. `Capabilities::operations` lists the operations that a vendor has.
namespace polycampaign::inline v1 {

/// Lists the account's campaigns: `CampaignClient::list`, with its errors.
struct ListCampaigns {
  using Item = Campaign;                                       ///< see ListOperation
  static constexpr Operation operation{"list", Action::read};  ///< see Operation
  CampaignFilter filter{};                                     ///< which campaigns, and in which order
};

/// Gets everything that the vendor reports about one campaign: `CampaignClient::get`, with its errors.
struct GetCampaign {
  using Answer = Campaign;                                    ///< see CallOperation
  static constexpr Operation operation{"get", Action::read};  ///< see Operation
  std::string id{};                                           ///< the vendor's id; any string
  bool keep_raw = false;  ///< keep the text of the vendor's record in `Campaign::raw()`
  bool brief = false;     ///< request the short form if the vendor has two (BSG)
};

/// Obtains a token for the credential. The client does this itself; applications cannot call it.
struct LogIn {
  static constexpr Operation operation{"log_in", Action::idempotent_write};  ///< see Operation
};

/// Renews a token without the credential. The client does this itself; applications cannot call it.
struct RefreshSession {
  static constexpr Operation operation{"refresh", Action::idempotent_write};  ///< see Operation
};

/// Revokes the token and closes the client: `CampaignClient::close`, with its errors.
struct EndSession {
  using Answer = void;                                            ///< see CallOperation
  static constexpr Operation operation{"revoke", Action::write};  ///< see Operation
};

/// All operations, in the order in which tables show them. New ones are added at the end.
using Operations = OperationList<ListCampaigns, GetCampaign, LogIn, RefreshSession, EndSession>;

/// Returns all operations in that order. Valid for the lifetime of the program.
[[nodiscard]] POLYCAMPAIGN_EXPORT std::span<Operation const> all_operations() noexcept;

namespace detail {

/// Returns whether another operation of the list has the same name.
template <class Op, class... Ops>
[[nodiscard]] constexpr bool takes_a_name(OperationList<Ops...>) noexcept {
  if constexpr (AnOperation<Op>) {
    return ((!std::is_same_v<Op, Ops> && Op::operation == Ops::operation) || ...);
  } else {
    return false;
  }
}

/// Erases the operation's type. CallTraits and ListTraits have already rejected anything that is not an
/// operation.
template <class Op>
[[nodiscard]] AnyOperation any(Op operation) {
  if constexpr (AnOperation<Op>) {
    static_assert(!takes_a_name<Op>(Operations{}),
                  "another operation already has this name: see polycampaign/operations.hpp");
    return AnyOperation{std::move(operation)};
  } else {
    return {};
  }
}

}  // namespace detail

}  // namespace polycampaign::inline v1
