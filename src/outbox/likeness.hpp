#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_rules.hpp"
#include "polycampaign/new_campaign.hpp"
#include "polycampaign/send_journal.hpp"

#include "outbox/details.hpp"

namespace polycampaign::inline v1::outbox {

/// Whether something that the vendor shows is what the journal remembers.
enum class Fit {
  yes,
  unknown,  ///< it cannot be compared, or differs in a way that does not exclude it
  no
};

/// Sets the hashes of sender, text and name in `details`. A hash stays empty if the vendor may show it in
/// another form: it is longer than some of the vendor's documents allow, or the vendor does not store it.
/// Errors: `unavailable`.
[[nodiscard]] Result<void> set_hashes(Details& details, NewCampaign const& campaign,
                                      CampaignRules const& rules);

/// What a campaign at the vendor and a part have in common.
struct Likeness {
  Fit fit = Fit::no;
  bool content = false;  ///< its name or its text is the part's
};

/// Returns whether a campaign could be the part. `no` is said only of what excludes it: a time or a number of
/// recipients that this part cannot have, a name or a sender of another campaign.
[[nodiscard]] Likeness likeness(Campaign const& campaign, JournalRecord const& record, Details const& details,
                                CampaignRules const& rules);
/// Does the same for a campaign whose message carries the part's reference.
[[nodiscard]] Likeness likeness_by_reference(Campaign const& campaign, JournalRecord const& record,
                                             Details const& details);

/// Returns whether the name carries the token of one of the part's attempts.
[[nodiscard]] bool has_token(Campaign const& campaign, Details const& details);

}  // namespace polycampaign::inline v1::outbox
