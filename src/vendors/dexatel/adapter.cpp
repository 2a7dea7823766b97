#include "vendors/dexatel/adapter.hpp"

#include "polycampaign/protocol/detail.hpp"

#include "vendors/dexatel/answers.hpp"
#include "vendors/dexatel/requests.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::dexatel {

using protocol::Conversation;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageKey;

DexatelAdapter::DexatelAdapter(protocol::Endpoint endpoint, Secret api_key, protocol::Url base,
                               wire::ClockRule schedule)
    : endpoint_{std::move(endpoint)},
      api_key_{std::move(api_key)},
      base_{std::move(base)},
      schedule_{schedule} {}

// `page_token` is not in the list, because only Dexatel knows what it contains.
protocol::Loggable DexatelAdapter::loggable() const noexcept {
  static constexpr std::string_view query[] = {"page_size", "filter[channel]"};
  static constexpr std::string_view before_id[] = {"campaigns", "audiences", "templates"};
  return {.query = query, .before_id = before_id};
}

void DexatelAdapter::sign(HttpRequest& request, protocol::Token const*) const {
  request.headers.push_back({"Accept", "application/json"});
  request.headers.push_back({"X-Dexatel-Key", std::string{api_key_.reveal()}});
}

Result<Listing<Campaign>> DexatelAdapter::pages(ListCampaigns const& list,
                                                protocol::ListQuery const& query) const {
  auto spare = std::make_shared<protocol::SparePages<Campaign>>();
  return Listing<Campaign>{
      .first = {.size = query.page_size},
      .page = [this, filter = list.filter, reading = Reading{schedule_, query.keep_raw, base_, spare}](
                  PageKey const& key) -> Result<Exchange<ListPage<Campaign>>> {
        auto call = page_call(endpoint_, base_, campaign_list(filter), key);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<Campaign>>{*std::move(call), [reading](HttpResponse response) {
                                              return read_page(std::move(response), reading);
                                            }};
      },
      .ahead = &pages_behind,
      .spare = std::move(spare)};
}

Exchange<Campaign> DexatelAdapter::campaign(std::string const& id, std::string_view segment,
                                            bool keep_raw) const {
  return {campaign_call(endpoint_, segment),
          [id, reading = Reading{schedule_, keep_raw, {}, {}}](HttpResponse response) {
            return read_campaign(std::move(response), id, reading);
          }};
}

Result<Campaign> DexatelAdapter::run(GetCampaign const& get, Conversation& conversation) const {
  auto const segment = protocol::path_segment(get.id);
  if (!segment) return segment.error();
  return conversation.run(campaign(get.id, *segment, get.keep_raw));
}

}  // namespace polycampaign::inline v1::dexatel
