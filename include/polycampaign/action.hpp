#pragma once

#include <cstdint>

namespace polycampaign::inline v1 {

/// What a request or an operation does at the vendor. Declared by operation: the HTTP method says nothing
/// (Yeastar sends failed messages again with a GET).
enum class Action : std::uint8_t {
  read,              ///< changes nothing; may be repeated freely
  idempotent_write,  ///< repeating it does no harm (log-in)
  write,             ///< changes something; never repeated unless nothing was sent
  sends,             ///< reaches people and costs money; never repeated unless nothing was sent
};

}  // namespace polycampaign::inline v1
