#include "vendors/dexatel/new_campaigns.hpp"

#include "polycampaign/protocol/url.hpp"

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

Call with_body(Call call, std::string_view method, Action action, JsonWriter&& json) {
  call.request.method = method;
  call.request.action = action;
  call.request.headers.push_back({"Content-Type", "application/json"});
  call.request.body = std::move(json).text();
  return call;
}

/// Returns a step that only prepares a campaign.
Call preparing(Call call) {
  call.preparation = true;
  return call;
}

void write_contacts(JsonWriter& json, std::span<Recipient const> recipients) {
  json.name("contacts").open('[');
  for (auto const& recipient : recipients) json.open('{').name("number").value(recipient.number).close('}');
  json.close(']');
}

JsonWriter data(std::size_t expected = 256) {
  JsonWriter json{expected};
  json.open('{').name("data").open('{');
  return json;
}

JsonWriter&& closed(JsonWriter& json) {
  json.close('}').close('}');
  return std::move(json);
}

std::string page_query(std::string_view channel, std::string_view token) {
  protocol::Query query;
  query.add("page_size", items_a_page);
  if (!channel.empty()) query.add("filter[channel]", channel);
  if (!token.empty()) query.add("page_token", token);
  return query.text();
}

}  // namespace

Call templates_call(Endpoint const& endpoint, Channel channel, std::string_view page_token) {
  return call_of("create",
                 endpoint.base_url + "/v1/templates" + page_query(channel_word(channel), page_token));
}

Call add_template_call(Endpoint const& endpoint, std::string_view name, std::string_view text,
                       Channel channel) {
  auto json = data();
  json.name("name").value(name).name("text").value(text).name("channel").value(channel_word(channel));
  return preparing(
      with_body(call_of("create", endpoint.base_url + "/v1/templates"), "POST", Action::write, closed(json)));
}

Call add_audience_call(Endpoint const& endpoint, std::string_view name, Channel channel,
                       std::span<Recipient const> recipients) {
  auto json = data(recipients.size() * 32 + 256);
  json.name("name").value(name).name("channel").value(channel_word(channel));
  write_contacts(json, recipients);
  return preparing(
      with_body(call_of("create", endpoint.base_url + "/v1/audiences"), "POST", Action::write, closed(json)));
}

Call add_contacts_call(Endpoint const& endpoint, std::string_view audience,
                       std::span<Recipient const> recipients) {
  auto json = data(recipients.size() * 32 + 64);
  write_contacts(json, recipients);
  return preparing(with_body(
      call_of("create", endpoint.base_url + "/v1/audiences/" + protocol::escape(audience) + "/contacts"),
      "POST", Action::write, closed(json)));
}

Call audience_call(Endpoint const& endpoint, std::string_view audience) {
  return call_of("create", endpoint.base_url + "/v1/audiences/" + protocol::escape(audience));
}

Call create_call(Endpoint const& endpoint, NewCampaign const& campaign, CampaignParts const& parts,
                 protocol::Zone const& zone) {
  auto json = data();
  json.name("name").value(parts.name);
  json.name("channel").value(channel_word(campaign.channel));
  json.name("from").value(campaign.sender);
  json.name("template").value(parts.template_id);
  json.name("audience").value(parts.audience_id);
  if (campaign.start_at) json.name("schedule").value(protocol::format_wall(zone.to_wall(*campaign.start_at)));
  return with_body(call_of("create", endpoint.base_url + std::string{campaigns_path}), "POST", Action::sends,
                   closed(json));
}

Call update_call(Endpoint const& endpoint, std::string_view segment, UpdateCampaign const& change,
                 protocol::Zone const& zone) {
  auto json = data();
  if (change.name) json.name("name").value(*change.name);
  if (change.start_at) json.name("schedule").value(protocol::format_wall(zone.to_wall(*change.start_at)));
  auto call = campaign_call(endpoint, segment);
  call.operation = "update";
  return with_body(std::move(call), "PUT", Action::write, closed(json));
}

Call cancel_call(Endpoint const& endpoint, std::string_view segment) {
  auto json = data();
  json.name("status").value("canceled");
  auto call = campaign_call(endpoint, segment);
  call.operation = "cancel";
  return with_body(std::move(call), "PUT", Action::write, closed(json));
}

Call delete_call(Endpoint const& endpoint, std::string_view segment) {
  auto call = campaign_call(endpoint, segment);
  call.operation = "delete";
  call.request.method = "DELETE";
  call.request.action = Action::write;
  return call;
}

Call senders_call(Endpoint const& endpoint, std::string_view page_token) {
  return call_of("senders", endpoint.base_url + "/v1/senders" + page_query({}, page_token));
}

}  // namespace polycampaign::inline v1::dexatel
