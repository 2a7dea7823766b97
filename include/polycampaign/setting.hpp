#pragma once

#include "polycampaign/secret.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace polycampaign::inline v1 {

/// A setting of a vendor's account, as configuration files name it.
struct Setting {
  std::string_view name{};     ///< the key: `api_key`
  bool required = false;       ///< `make_adapter` fails without it
  bool secret = false;         ///< never printed
  std::string_view summary{};  ///< one sentence for people
};

/// An account's settings by name. Secret: it may hold credentials.
using Settings = std::map<std::string, Secret, std::less<>>;

}  // namespace polycampaign::inline v1
