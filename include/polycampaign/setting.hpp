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
  bool required = false;       ///< whether `make_adapter` fails without it
  bool secret = false;         ///< whether it is secret: never printed
  std::string_view summary{};  ///< one sentence that describes it
};

/// An account's settings by name. All values are Secrets, because they may hold credentials.
using Settings = std::map<std::string, Secret, std::less<>>;

}  // namespace polycampaign::inline v1
