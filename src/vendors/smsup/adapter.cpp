#include "vendors/smsup/adapter.hpp"

#include "polycampaign/protocol/detail.hpp"

#include "vendors/smsup/answers.hpp"
#include "vendors/smsup/requests.hpp"

#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {

using protocol::Conversation;
using protocol::Exchange;
using protocol::Listing;
using protocol::ListPage;
using protocol::PageKey;

SmsupAdapter::SmsupAdapter(protocol::Endpoint endpoint, Secret token, Format format, wire::ClockRule clock,
                           wire::ClockRule start_clock)
    : endpoint_{std::move(endpoint)},
      token_{std::move(token)},
      format_{format},
      clock_{clock},
      start_clock_{start_clock} {}

protocol::Loggable SmsupAdapter::loggable() const noexcept {
  static constexpr std::string_view query[] = {"start",    "length",  "sort",    "date_start",
                                               "date_end", "sms_min", "sms_max", "type"};
  static constexpr std::string_view before_id[] = {"campaign", "send", "list"};
  return {.query = query, .before_id = before_id};
}

void SmsupAdapter::sign(HttpRequest& request, protocol::Token const*) const {
  request.headers.push_back({"Accept", format_ == Format::xml ? "application/xml" : "application/json"});
  constexpr std::string_view scheme = "Bearer ";
  std::string value;
  value.reserve(scheme.size() + token_.reveal().size());  // so that no smaller copy is left behind
  value.append(scheme).append(token_.reveal());
  request.headers.push_back({"Authorization", std::move(value)});
}

Result<Listing<Campaign>> SmsupAdapter::pages(ListCampaigns const& list,
                                              protocol::ListQuery const& query) const {
  auto spare = std::make_shared<protocol::SparePages<Campaign>>();
  return Listing<Campaign>{
      .first = {.size = query.page_size},
      .page = [this, filter = list.filter, reading = Reading{clock_, query.keep_raw, spare}](
                  PageKey const& key) -> Result<Exchange<ListPage<Campaign>>> {
        auto call = page_call(endpoint_, filter, key, clock_.zone);
        if (!call) return std::move(call).error();
        return Exchange<ListPage<Campaign>>{*std::move(call), [reading, key](HttpResponse response) {
                                              return read_page(std::move(response), key, reading);
                                            }};
      },
      .ahead = &pages_behind,
      .spare = std::move(spare)};
}

Exchange<Campaign> SmsupAdapter::campaign(std::string const& id, std::string_view segment,
                                          bool keep_raw) const {
  return {campaign_call(endpoint_, segment),
          [id, reading = Reading{clock_, keep_raw, {}}](HttpResponse response) {
            return read_campaign(std::move(response), id, reading);
          }};
}

Result<Campaign> SmsupAdapter::run(GetCampaign const& get, Conversation& conversation) const {
  auto const segment = protocol::path_segment(get.id);
  if (!segment) return segment.error();
  return conversation.run(campaign(get.id, *segment, get.keep_raw));
}

}  // namespace polycampaign::inline v1::smsup
