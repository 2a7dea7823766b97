#include "vendors/dexatel/new_campaigns.hpp"

#include "polycampaign/protocol/url.hpp"

#include "vendors/dexatel/bodies.hpp"
#include "vendors/dexatel/next_page.hpp"
#include "vendors/dexatel/requests.hpp"
#include "wire/json_writer.hpp"

#include <utility>

namespace polycampaign::inline v1::dexatel {

using protocol::Call;
using protocol::Endpoint;
using wire::JsonWriter;

namespace {

constexpr std::int64_t items_a_page = 100;  // what existing clients request

std::string page_query(std::string_view channel, std::string_view token) {
  protocol::Query query;
  query.add("page_size", items_a_page);
  if (!channel.empty()) query.add("filter[channel]", channel);
  if (!token.empty()) query.add("page_token", token);
  return query.text();
}

}  // namespace

Call templates_call(Endpoint const& endpoint, Channel channel, std::string_view page_token) {
  return call_of("create", endpoint.base_url + std::string{templates_path} +
                               page_query(channel_word(channel), page_token));
}

Call add_template_call(Endpoint const& endpoint, std::string_view name, std::string_view text,
                       Channel channel) {
  auto json = open_data();
  json.name("name").value(name).name("text").value(text).name("channel").value(channel_word(channel));
  auto call = with_body(call_of("create", endpoint.base_url + std::string{templates_path}), "POST",
                        Action::write, close_data(json));
  call.preparation = true;
  return call;
}

Call create_call(Endpoint const& endpoint, NewCampaign const& campaign, CampaignParts const& parts,
                 protocol::Zone const& zone) {
  auto json = open_data();
  json.name("name").value(parts.name);
  json.name("channel").value(channel_word(campaign.channel));
  json.name("from").value(campaign.sender);
  json.name("template").value(parts.template_id);
  json.name("audience").value(parts.audience_id);
  if (campaign.start_at) json.name("schedule").value(protocol::format_wall(zone.to_wall(*campaign.start_at)));
  return with_body(call_of("create", endpoint.base_url + std::string{campaigns_path}), "POST", Action::sends,
                   close_data(json));
}

Call update_call(Endpoint const& endpoint, std::string_view segment, UpdateCampaign const& change,
                 protocol::Zone const& zone) {
  auto json = open_data();
  if (change.name) json.name("name").value(*change.name);
  if (change.start_at) json.name("schedule").value(protocol::format_wall(zone.to_wall(*change.start_at)));
  auto call = campaign_call(endpoint, segment);
  call.operation = "update";
  return with_body(std::move(call), "PUT", Action::write, close_data(json));
}

Call cancel_call(Endpoint const& endpoint, std::string_view segment) {
  auto json = open_data();
  json.name("status").value("canceled");
  auto call = campaign_call(endpoint, segment);
  call.operation = "cancel";
  return with_body(std::move(call), "PUT", Action::write, close_data(json));
}

Call delete_call(Endpoint const& endpoint, std::string_view segment) {
  auto call = campaign_call(endpoint, segment);
  call.operation = "delete";
  call.request.method = "DELETE";
  call.request.action = Action::write;
  return call;
}

Call senders_call(Endpoint const& endpoint, std::string_view page_token) {
  return call_of("senders", endpoint.base_url + std::string{senders_path} + page_query({}, page_token));
}

}  // namespace polycampaign::inline v1::dexatel
