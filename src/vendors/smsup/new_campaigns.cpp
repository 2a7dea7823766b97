#include "vendors/smsup/new_campaigns.hpp"

#include "polycampaign/text.hpp"

#include "vendors/smsup/requests.hpp"
#include "wire/json_writer.hpp"
#include "wire/xml_writer.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace polycampaign::inline v1::smsup {

using protocol::Call;
using protocol::Endpoint;

namespace {

/// The values of `message`, the same in both formats.
struct Content {
  NewCampaign const& campaign;
  std::string delay{};
  std::string_view push_type{};
  bool unicode = false;
};

Content content_of(NewCampaign const& campaign, protocol::Zone const& zone) {
  Content content{campaign};
  if (campaign.start_at) content.delay = protocol::format_wall(zone.to_wall(*campaign.start_at));
  content.push_type = campaign.purpose == Purpose::marketing ? "marketing" : "alert";
  auto const analysis = analyze(campaign.text);
  content.unicode = analysis && analysis->encoding == TextEncoding::ucs2;
  return content;
}

/// The samples write numbers without `+` ("Campaign").
std::string_view digits_of(Recipient const& recipient) {
  return std::string_view{recipient.number}.substr(1);
}

template <class F>
void for_each_link(NewCampaign const& campaign, F&& f) {
  for (auto const& option : campaign.options)
    if (option.name == "link") f(option.value);
}

std::string as_json(Content const& content) {
  auto const& campaign = content.campaign;
  wire::JsonWriter json{campaign.recipients.size() * 48 + campaign.text.size() + 256};
  json.open('{').name("sms").open('{').name("message").open('{');
  json.name("text").value(campaign.text);
  json.name("pushtype").value(content.push_type);
  if (!campaign.sender.empty()) json.name("sender").value(campaign.sender);
  if (!content.delay.empty()) json.name("delay").value(content.delay);
  json.name("unicode").value(std::int64_t{content.unicode});
  bool linked = false;
  for_each_link(campaign, [&](std::string const& url) {
    if (!std::exchange(linked, true)) json.name("links").open('[');
    json.value(url);
  });
  if (linked) json.close(']');
  json.close('}');
  if (campaign.lists.empty()) {
    json.name("recipients").open('{').name("gsm").open('[');
    for (auto const& recipient : campaign.recipients) {
      json.open('{');
      if (!recipient.reference.empty()) json.name("gsmsmsid").value(recipient.reference);
      json.name("value").value(digits_of(recipient)).close('}');
    }
    json.close(']').close('}');
  } else {
    json.name("lists").open('[');
    for (auto const& id : campaign.lists) {
      write_list_id(json.open('{').name("value"), id);
      json.close('}');
    }
    json.close(']');
  }
  json.close('}').close('}');
  return std::move(json).text();
}

std::string as_xml(Content const& content) {
  auto const& campaign = content.campaign;
  wire::XmlWriter xml{"sms"};
  auto root = xml.root();
  auto body = root.add("message");
  body.add("text", campaign.text);
  body.add("pushtype", content.push_type);
  if (!campaign.sender.empty()) body.add("sender", campaign.sender);
  if (!content.delay.empty()) body.add("delay", content.delay);
  body.add("unicode", content.unicode ? "1" : "0");
  for_each_link(campaign, [&](std::string const& url) { body.add("links", url); });
  if (campaign.lists.empty()) {
    auto recipients = root.add("recipients");
    for (auto const& recipient : campaign.recipients) {
      auto gsm = recipients.add("gsm", digits_of(recipient));
      if (!recipient.reference.empty()) gsm.attribute("gsmsmsid", recipient.reference);
    }
  } else {
    for (auto const& id : campaign.lists) root.add("lists").add("value", id);
  }
  return xml.text();
}

}  // namespace

Call send_call(Endpoint const& endpoint, NewCampaign const& campaign, Mode mode, Format format,
               protocol::Zone const& zone) {
  // A simulation that went to /send would be sent: one sample on the vendor's pages does just that.
  std::string path = campaign.lists.empty() ? "/send" : "/send/lists";
  if (mode == Mode::simulate) path += "/simulate";
  auto call = call_of(endpoint, mode == Mode::send ? "create" : "estimate", path);
  call.request.method = "POST";
  call.request.action = mode == Mode::send ? Action::sends : Action::read;
  call.request.headers.push_back(content_type(format));
  auto const content = content_of(campaign, zone);
  call.request.body = format == Format::xml ? as_xml(content) : as_json(content);
  return call;
}

Call cancel_call(Endpoint const& endpoint, std::string_view segment) {
  auto call = call_of(endpoint, "cancel", "/send/" + std::string{segment});
  call.request.method = "DELETE";
  call.request.action = Action::write;
  return call;
}

Call credits_call(Endpoint const& endpoint) {
  return call_of(endpoint, "balance", "/credits");
}

Call senders_call(Endpoint const& endpoint) {
  return call_of(endpoint, "senders", "/senders");
}

}  // namespace polycampaign::inline v1::smsup
