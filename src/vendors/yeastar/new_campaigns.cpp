#include "vendors/yeastar/new_campaigns.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/url.hpp"

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "vendors/yeastar/answers.hpp"
#include "vendors/yeastar/requests.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::yeastar {

using protocol::Call;
using protocol::Endpoint;
using wire::JsonWriter;

namespace {

std::int64_t number(std::string_view digits) {
  return text::whole_number(digits).value_or(0);
}

void write_recipients(JsonWriter& json, NewCampaign const& campaign) {
  if (campaign.lists.empty()) {
    json.name("recipient_type").value("input");
    json.name("number_list").open('[');
    for (auto const& recipient : campaign.recipients)
      json.open('{').name("number").value(recipient.number).close('}');
    json.close(']');
    return;
  }
  json.name("recipient_type").value("phonebook");
  json.name("recipient_id").value(number(campaign.lists.front()));
  json.name("recipient_num_type").value(option_of(campaign, "recipient_num_type", "mobile_number"));
}

void write_start(JsonWriter& json, std::chrono::sys_seconds start) {
  json.name("send_type").value("schedule");
  json.name("send_time").value(std::int64_t{start.time_since_epoch().count()});
}

Call post(Endpoint const& endpoint, std::string_view operation, std::string_view path, Action action,
          JsonWriter&& json) {
  auto call = call_of(endpoint, "POST", operation, path, action);
  call.request.body = std::move(json).text();
  return call;
}

Call get(Endpoint const& endpoint, std::string_view operation, std::string_view path, Action action,
         std::string_view id) {
  auto call = call_of(endpoint, "GET", operation, path, action);
  call.request.url += protocol::Query{}.add("id", id).text();
  return call;
}

}  // namespace

std::string_view option_of(NewCampaign const& campaign, std::string_view name, std::string_view otherwise) {
  auto const found = std::ranges::find(campaign.options, name, &CampaignOption::name);
  return found == campaign.options.end() ? otherwise : std::string_view{found->value};
}

Call create_call(Endpoint const& endpoint, NewCampaign const& campaign, std::string_view name,
                 SenderIds const& sender) {
  JsonWriter json{campaign.recipients.size() * 32 + campaign.text.size() + 512};
  json.open('{').name("name").value(name);
  json.name("channel_type").value(to_string(campaign.channel));
  json.name("omnichannel_id").value(number(sender.channel));
  json.name("sender").value(number(sender.number));
  write_recipients(json, campaign);
  json.name("content_type").value("text").name("content").value(campaign.text);
  if (campaign.start_at)
    write_start(json, *campaign.start_at);
  else
    json.name("send_type").value(campaign.draft ? "draft" : "immediately");
  json.name("send_mode").value(option_of(campaign, "send_mode", "direct"));
  if (auto const type = option_of(campaign, "assign_to_type"); !type.empty())
    json.name("assign_to_type").value(type);
  if (auto const id = option_of(campaign, "assign_to_id"); !id.empty())
    json.name("assign_to_id").value(number(id));
  json.close('}');
  return post(endpoint, "create", "message_campaign/create", Action::sends, std::move(json));
}

Call update_call(Endpoint const& endpoint, UpdateCampaign const& change, std::string_view id) {
  JsonWriter json;
  json.open('{').name("id").value(number(id));
  if (change.name) json.name("name").value(*change.name);
  if (change.text) json.name("content_type").value("text").name("content").value(*change.text);
  if (change.start_at) write_start(json, *change.start_at);
  json.close('}');
  return post(endpoint, "update", "message_campaign/update", change.start_at ? Action::sends : Action::write,
              std::move(json));
}

Call delete_call(Endpoint const& endpoint, std::string_view id) {
  return get(endpoint, "delete", "message_campaign/delete", Action::write, id);
}

Call retry_call(Endpoint const& endpoint, std::string_view id) {
  return get(endpoint, "retry", "message_campaign/retry", Action::sends, id);
}

Result<Accepted> read_accepted(HttpResponse response) {
  auto const answer = open_answer(response, Purpose::write);
  if (!answer) return answer.error();
  if (answer->verdict == Verdict::unstated) return protocol::unreadable(response, "expected an errcode");
  Accepted accepted;
  accepted.note = note_of(answer->verdict);
  auto const root = answer->document.root();
  std::vector<std::string> ignored;
  wire::Notes notes{ignored};
  for (auto const place : {root["id"], root["data"]["id"], root["campaign_id"]})
    if (auto id = wire::read_word(place.scalar(), "id", notes); id && text::is_digits(*id) && !accepted.id)
      accepted.id = std::move(id);
  return accepted;
}

}  // namespace polycampaign::inline v1::yeastar
