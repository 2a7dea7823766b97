#pragma once

#include <cstdint>

namespace polycampaign::inline v1 {

/// What a request or an operation does at the vendor. Each operation declares it, because the HTTP method
/// says nothing about it: Yeastar resends failed messages in response to a GET.
enum class Action : std::uint8_t {
  read,              ///< changes nothing; may be repeated freely
  idempotent_write,  ///< may be repeated without harm (login)
  write,             ///< changes something; repeated only if the vendor cannot have processed it
  sends,             ///< reaches people and costs money; repeated only if the vendor cannot have processed it
};

}  // namespace polycampaign::inline v1
