#include "vendors/bsg/new_campaigns.hpp"

#include "text/number.hpp"
#include "vendors/bsg/requests.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {

using protocol::Call;
using protocol::Endpoint;
using wire::JsonWriter;

namespace {

/// BSG takes numbers as integers, without `+` (OpenAPI file).
std::int64_t integer_of(Recipient const& recipient) {
  return text::whole_number(std::string_view{recipient.number}.substr(1)).value_or(0);
}

bool has_own_texts(NewCampaign const& campaign) {
  return std::ranges::any_of(campaign.recipients, [](Recipient const& r) { return r.text.has_value(); });
}

/// Writes an option under the same name, if it is given.
void write_option(JsonWriter& json, NewCampaign const& campaign, std::string_view name) {
  auto const found = std::ranges::find(campaign.options, name, &CampaignOption::name);
  if (found == campaign.options.end()) return;
  json.name(name);
  if (auto const number = text::whole_number(found->value))
    json.value(*number);
  else if (found->value == "true" || found->value == "false")
    json.boolean(found->value == "true");
  else
    json.value(found->value);
}

void write_phones(JsonWriter& json, NewCampaign const& campaign) {
  json.name("phones").open('[');
  for (auto const& recipient : campaign.recipients) {
    json.open('{').name("number").value(integer_of(recipient));
    if (!recipient.reference.empty()) json.name("reference_id").value(recipient.reference);
    json.close('}');
  }
  json.close(']');
}

void write_messages(JsonWriter& json, NewCampaign const& campaign) {
  json.name("messages").open('[');
  for (auto const& recipient : campaign.recipients) {
    json.open('{').name("phone").value(integer_of(recipient));
    json.name("text").value(recipient.text.value_or(campaign.text));
    json.name("sender").value(campaign.sender);
    if (!recipient.reference.empty()) json.name("reference_id").value(recipient.reference);
    write_option(json, campaign, "transliterate");
    json.close('}');
  }
  json.close(']');
}

/// Returns the ids, which `review` has checked.
void write_groups(JsonWriter& json, NewCampaign const& campaign) {
  json.name("groups").open('[');
  for (auto const& id : campaign.lists) json.value(text::whole_number(id).value_or(0));
  json.close(']');
}

void write_text(JsonWriter& json, NewCampaign const& campaign) {
  json.name("sender").value(campaign.sender);
  json.name("text").value(campaign.text);
}

}  // namespace

Call create_call(Endpoint const& endpoint, NewCampaign const& campaign, protocol::Zone const& zone) {
  JsonWriter json{campaign.recipients.size() * 64 + campaign.text.size() + 256};
  std::string_view path = "/api/campaigns/sms/send";
  json.open('{');
  if (!campaign.lists.empty()) {
    path = "/api/campaigns/sms/send-groups";
    write_groups(json, campaign);
    write_text(json, campaign);
    write_option(json, campaign, "transliterate");
  } else if (has_own_texts(campaign)) {
    path = "/api/campaigns/sms/send-individual";
    write_messages(json, campaign);
  } else {
    write_phones(json, campaign);
    write_text(json, campaign);
    write_option(json, campaign, "transliterate");
  }
  for (auto const* const name : {"tariff_code", "validity", "callback_url"})
    write_option(json, campaign, name);
  if (campaign.start_at) json.name("start_at").value(protocol::format_wall(zone.to_wall(*campaign.start_at)));
  json.close('}');
  return post_call(endpoint, "create", path, Action::sends, std::move(json).text());
}

Call price_call(Endpoint const& endpoint, NewCampaign const& campaign) {
  JsonWriter json{campaign.recipients.size() * 32 + campaign.text.size() + 256};
  json.open('{');
  if (!campaign.lists.empty()) {
    write_groups(json, campaign);
  } else {
    json.name("messages").open('[');
    for (auto const& recipient : campaign.recipients)
      json.open('{').name("phone").value(integer_of(recipient)).close('}');
    json.close(']');
  }
  write_text(json, campaign);
  write_option(json, campaign, "tariff_code");
  json.close('}');
  return post_call(endpoint, "estimate", "/api/campaigns/price", Action::read, std::move(json).text());
}

Call stop_call(Endpoint const& endpoint, std::string_view id) {
  return call_of(endpoint, "PATCH", "cancel", "/api/campaigns/" + std::string{id} + "/stop", Action::write);
}

Call balance_call(Endpoint const& endpoint) {
  return call_of(endpoint, "GET", "balance", "/api/accounts/balance", Action::read);
}

Call senders_call(Endpoint const& endpoint) {
  return call_of(endpoint, "GET", "senders", "/api/senders?type=sms", Action::read);
}

}  // namespace polycampaign::inline v1::bsg
