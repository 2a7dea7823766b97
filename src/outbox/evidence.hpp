#pragma once

#include "outbox/sending.hpp"

#include <string>
#include <vector>

namespace polycampaign::inline v1::outbox {

/// What the vendor shows that could be a part of a sending.
struct Evidence {
  std::vector<Campaign> certain{};  ///< they carry the part's own token
  std::vector<Campaign> fitting{};  ///< what it shows, its time and its count are the part's
  std::vector<Campaign> similar{};  ///< some of it cannot be compared, or differs but does not exclude it
  bool whole = true;                ///< everything that could show it was read to its end
  std::string problem{};            ///< why not, in one sentence
};

/// Looks for a part at the vendor. Makes reads only.
[[nodiscard]] Evidence look_for(Context const& context, JournalRecord const& record, Details const& details,
                                CallOptions const& options);

}  // namespace polycampaign::inline v1::outbox
