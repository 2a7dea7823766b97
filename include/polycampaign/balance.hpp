#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/cost.hpp"

#include <optional>
#include <string>
#include <vector>

namespace polycampaign::inline v1 {

/// What an account has left.
///
/// Threads: a plain value, not synchronized.
struct Balance {
  ProviderName provider{};                ///< `bsg`, `smsup`
  Decimal amount{};                       ///< exact; negative in an account that pays afterwards
  std::string unit{};                     ///< an ISO 4217 code, or `credits`
  std::optional<Decimal> credit_limit{};  ///< how far below zero the account may go; absent if not reported
  std::vector<std::string> notes{};       ///< what else the vendor reported, one sentence each

  friend bool operator==(Balance const&, Balance const&) = default;
};

}  // namespace polycampaign::inline v1
