#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_filter.hpp"
#include "polycampaign/operation.hpp"

#include <span>
#include <string>

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

}  // namespace polycampaign::inline v1
