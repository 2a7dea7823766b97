#pragma once

#include "polycampaign/protocol/exchange.hpp"

namespace polycampaign::inline v1::bsg {

/// Sets the lifetime from the payload of the token, a JWT: `exp - iat`, or the absolute end where it has only
/// that. BSG documents no lifetime, so a token that cannot be read keeps none. The signature is not checked:
/// it is BSG's own affair.
void read_lifetime(protocol::Token& token);

}  // namespace polycampaign::inline v1::bsg
