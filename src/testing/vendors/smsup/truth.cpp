// What the lists around campaigns really contain.
#include "polycampaign/operations.hpp"

#include "testing/vendors/smsup/records.hpp"
#include "testing/vendors/smsup/traffic.hpp"

#include <iterator>

namespace polycampaign::inline v1::testing::smsup {

std::optional<std::vector<SimulatedRecord>> Traffic::records(Operation list, std::string_view id) const {
  std::vector<SimulatedRecord> all;
  if (list == ListStopList::operation) {
    for (auto const& stop : all_stops()) all.push_back({.number = stop.number, .at = stop.at});
    return all;
  }
  auto const* const campaign = simulator_.find(id);
  if (campaign == nullptr) return std::nullopt;
  auto const number = [&](std::int64_t recipient) { return recipient_number(*campaign, recipient); };
  if (list == ListMessages::operation) {
    for (std::int64_t i = 0; i < campaign->counters.messages; ++i) {
      auto const fate = fates_.of(*campaign, i);
      auto const place = static_cast<std::size_t>(i);
      auto& record = all.emplace_back();
      record.number = number(i);
      if (place < campaign->addressed.size()) record.reference = campaign->addressed[place].reference;
      record.text = campaign->text;
      if (fate != Fate::pending) record.at = sending_date(*campaign);
      record.status = status_of(fate, *campaign, i);
    }
  } else if (list == ListReplies::operation) {
    for (auto const& reply : replies_to(*campaign, simulator_.now()))
      all.push_back({.number = number(reply.recipient),
                     .text = std::string{reply_text(std::ssize(all))},
                     .at = reply.at});
  } else if (list == ListOptOuts::operation) {
    for (auto const& stop : stops_of(*campaign, simulator_.now()))
      all.push_back({.number = number(stop.recipient), .at = stop.at});
  } else {
    return std::nullopt;
  }
  return all;
}

}  // namespace polycampaign::inline v1::testing::smsup
