#include "polycampaign/protocol/vendor.hpp"

#include "polycampaign/protocol/detail.hpp"

#include <utility>

namespace polycampaign::inline v1 {

Vendor::Vendor() = default;
Vendor::~Vendor() = default;

Result<Campaign> Vendor::complete(Campaign listed, protocol::GetQuery const& query,
                                  protocol::Conversation& conversation) const {
  if (listed.id.empty()) {
    listed.notes.emplace_back("no detail: the campaign has no id to ask for");
    return listed;
  }
  auto detail = get(listed.id, query, conversation);
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1
