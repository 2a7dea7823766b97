#include "polycampaign/version.hpp"

#define POLYCAMPAIGN_TEXT_OF(x) #x
#define POLYCAMPAIGN_TEXT(x) POLYCAMPAIGN_TEXT_OF(x)

namespace polycampaign::inline v1 {

std::string_view version() noexcept {
  return POLYCAMPAIGN_TEXT(POLYCAMPAIGN_VERSION_MAJOR) "." POLYCAMPAIGN_TEXT(
      POLYCAMPAIGN_VERSION_MINOR) "." POLYCAMPAIGN_TEXT(POLYCAMPAIGN_VERSION_PATCH);
}

}  // namespace polycampaign::inline v1
