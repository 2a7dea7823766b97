#include "polycampaign/protocol/adapter.hpp"

#include "polycampaign/protocol/detail.hpp"

#include <utility>

namespace polycampaign::inline v1 {

Adapter::Adapter() = default;
Adapter::~Adapter() = default;

Result<Campaign> Adapter::completed(Campaign listed, bool keep_raw,
                                    protocol::Conversation& conversation) const {
  if (listed.id.empty()) {
    listed.notes.emplace_back("no detail: the campaign has no usable id");
    return listed;
  }
  auto detail = call(GetCampaign{.id = listed.id, .keep_raw = keep_raw}, conversation);
  return protocol::completed(std::move(listed), std::move(detail));
}

}  // namespace polycampaign::inline v1
