#pragma once

#include <cstdint>

namespace polycampaign::inline v1 {

/// What a request or an operation does at the vendor. Each operation declares it, because the HTTP method
/// says nothing about it: Yeastar resends failed messages in response to a GET.
enum class Action : std::uint8_t {
  read,              ///< changes nothing; can always be retried
  idempotent_write,  ///< can be retried without harm (login)
  write,             ///< changes something; retried only if the vendor cannot have processed it
  sends,             ///< reaches people and costs money; retried only if the vendor cannot have processed it
};

}  // namespace polycampaign::inline v1
