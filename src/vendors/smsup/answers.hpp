#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"
#include "polycampaign/result.hpp"
#include "polycampaign/transport.hpp"

#include "text/hash.hpp"
#include "vendors/smsup/records.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What SMSUP answers, as values, in JSON or XML whatever was asked for: the service falls back to XML when
/// it does not understand `Accept` (page "Getting started"). All readers see every HTTP status; their errors
/// are complete but for provider and attempts, and carry effect `none`.
namespace polycampaign::inline v1::smsup {

/// Returns what distinguishes a page from the others of its list: the id of its first record. If that record
/// has none, it is a hash of what all records contain, or empty for campaigns.
template <class Item>
[[nodiscard]] std::string mark_of(std::vector<Item> const& items) {
  if (items.empty()) return {};
  if constexpr (requires(Item item) { item.number; }) {
    if (items.front().id.empty()) {
      std::uint64_t h = items.size();
      for (auto const& item : items) {
        h = text::hash(item.id, h);
        for (auto const* text : {&item.number, &item.text, &item.campaign, &item.reference})
          h = text::hash(text->value_or(""), h);
        auto const time = [&] {
          if constexpr (requires { item.at; })
            return item.at;
          else
            return item.sent_at;
        }();
        if (time) h = text::mix(h + static_cast<std::uint64_t>(time->time.time_since_epoch().count()));
      }
      return '#' + std::to_string(h);
    }
  }
  return items.front().id;
}

/// Prepares a page that was read for `pages_behind`. `key`: what was asked for.
///
/// A page that is shorter than asked for is the end of the list or the server's cap on `length`; without a
/// total only the page behind it tells. Its key carries the mark of the short page (`next_token`): a server
/// that looks at no `start` gives that page again, and then there is nothing behind it but the record that
/// both have.
template <class Item>
void settle(protocol::ListPage<Item>& page, protocol::PageKey const& key) {
  if (!key.token.empty() && mark_of(page.items) == key.token) {
    page.items.resize((std::min)(page.items.size(), static_cast<std::size_t>(key.overlap)));
    page.info.records = static_cast<std::int64_t>(page.items.size());
  }
  if (page.info.records < key.size) page.info.next_token = mark_of(page.items);
}

/// Answers of `/campaigns`. `key`: what was asked for.
[[nodiscard]] Result<protocol::ListPage<Campaign>> read_page(HttpResponse response,
                                                             protocol::PageKey const& key,
                                                             Reading const& reading);
/// Answers of either call, without what only a page needs.
/// @{
[[nodiscard]] Result<std::vector<Campaign>> read_listed(HttpResponse response, Reading const& reading);
[[nodiscard]] Result<std::vector<Campaign>> read_campaigns(HttpResponse response, Reading const& reading);
/// @}
/// The campaign with that id out of an answer of `/campaign/:id`. Errors: `not_found` (an empty answer),
/// `protocol` (another campaign).
[[nodiscard]] Result<Campaign> read_campaign(HttpResponse response, std::string_view id,
                                             Reading const& reading);

}  // namespace polycampaign::inline v1::smsup
