#pragma once

#include "polycampaign/protocol/exchange.hpp"

namespace polycampaign::inline v1::bsg {

/// Sets the lifetime from the payload of the token, which is a JWT: `exp - iat`, or the absolute end if there
/// is only `exp`. BSG documents no lifetime, so a token that cannot be read gets none. The signature is not
/// checked, because only BSG needs to.
void read_lifetime(protocol::Token& token);

}  // namespace polycampaign::inline v1::bsg
