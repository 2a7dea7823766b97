#pragma once

#include "outbox/sending.hpp"

#include <vector>

namespace polycampaign::inline v1::outbox {

/// `Outbox::reconcile`.
[[nodiscard]] Result<std::vector<Reconciliation>> reconcile(Context const& context,
                                                            CallOptions const& options);

}  // namespace polycampaign::inline v1::outbox
