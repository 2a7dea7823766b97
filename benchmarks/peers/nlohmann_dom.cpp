#include "nlohmann_dom.hpp"

#include <nlohmann/json.hpp>

#include <ctime>
#include <optional>
#include <stdexcept>
#include <utility>

// As people write it: nothing here is shared with the tuned peers but the rule of Paris' clock.
namespace peers {
namespace {

using nlohmann::json;
using polycampaign::Campaign;
using polycampaign::Channel;
using polycampaign::StatusCode;
using polycampaign::Timestamp;
using polycampaign::ZoneBasis;

std::optional<std::string> text_in(json const& record, char const* key) {
  auto const found = record.find(key);
  if (found == record.end() || found->is_null()) return std::nullopt;
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  return std::nullopt;
}

std::optional<std::int64_t> number_in(json const& record, char const* key) {
  auto const found = record.find(key);
  if (found == record.end() || found->is_null()) return std::nullopt;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  if (found->is_string()) return std::stoll(found->get<std::string>());
  return std::nullopt;
}

std::optional<std::chrono::sys_seconds> wall_in(json const& record, char const* key) {
  auto const text = text_in(record, key);
  if (!text) return std::nullopt;
  std::tm broken{};
  if (strptime(text->c_str(), "%Y-%m-%d %H:%M:%S", &broken) == nullptr) return std::nullopt;
  return std::chrono::sys_seconds{std::chrono::seconds{timegm(&broken)}};
}

std::optional<Timestamp> utc_in(json const& record, char const* key) {
  auto const wall = wall_in(record, key);
  if (!wall) return std::nullopt;
  return Timestamp{*wall, ZoneBasis::assumed};
}

std::optional<Timestamp> paris_in(json const& record, char const* key) {
  auto const wall = wall_in(record, key);
  if (!wall) return std::nullopt;
  return Timestamp{paris_to_utc(*wall), ZoneBasis::assumed};
}

Channel channel_named(std::string const& word) {
  if (word == "sms") return Channel::sms;
  if (word == "whatsapp") return Channel::whatsapp;
  if (word == "viber") return Channel::viber;
  return Channel::unknown;
}

Campaign yeastar_campaign(json const& record) {
  Campaign campaign;
  campaign.provider = "yeastar";
  campaign.id = text_in(record, "id").value_or("");
  campaign.name = text_in(record, "name");
  campaign.sender = text_in(record, "sender");
  auto const status = text_in(record, "status").value_or("");
  campaign.status.vendor_word = status;
  if (status == "completed")
    campaign.status.code = StatusCode::completed;
  else if (status == "executing")
    campaign.status.code = StatusCode::sending;
  else if (status == "scheduled")
    campaign.status.code = StatusCode::scheduled;
  campaign.channel = channel_named(text_in(record, "channel_type").value_or(""));
  if (auto const time = number_in(record, "send_time"); time && *time > 0)
    campaign.scheduled_at =
        Timestamp{std::chrono::sys_seconds{std::chrono::seconds{*time}}, ZoneBasis::documented};
  if (auto const result = text_in(record, "result_count")) {
    if (auto const slash = result->find('/'); slash != std::string::npos) {
      campaign.statistics.failed = std::stoll(result->substr(0, slash));
      campaign.statistics.messages = std::stoll(result->substr(slash + 1));
    }
  }
  if (auto const rate = text_in(record, "response_rate"))
    campaign.statistics.reported_rates.push_back({"response_rate", *rate});
  if (auto const name = text_in(record, "recipient_name"); name && !name->empty())
    campaign.recipient_lists.push_back({std::nullopt, name});
  return campaign;
}

Campaign bsg_campaign(json const& record) {
  Campaign campaign;
  campaign.provider = "bsg";
  campaign.id = text_in(record, "id").value_or("");
  campaign.name = text_in(record, "name");
  campaign.sender = text_in(record, "sender");
  auto const status = text_in(record, "status").value_or("");
  campaign.status.vendor_word = status;
  if (status == "done")
    campaign.status.code = StatusCode::completed;
  else if (status == "sending")
    campaign.status.code = StatusCode::sending;
  else if (status == "scheduled")
    campaign.status.code = StatusCode::scheduled;
  campaign.channel = channel_named(text_in(record, "message_type").value_or(""));
  campaign.created_at = utc_in(record, "created_at");
  campaign.scheduled_at = utc_in(record, "start_at");
  campaign.started_at = utc_in(record, "real_start_at");
  campaign.finished_at = utc_in(record, "finished_at");
  if (auto const statistics = record.find("statistics"); statistics != record.end()) {
    campaign.statistics.submitted = number_in(*statistics, "sent");
    campaign.statistics.delivered = number_in(*statistics, "delivered");
  }
  return campaign;
}

Campaign smsup_campaign(json const& record) {
  Campaign campaign;
  campaign.provider = "smsup";
  campaign.channel = Channel::sms;
  campaign.id = text_in(record, "id").value_or("");
  campaign.sender = text_in(record, "sender");
  campaign.text = text_in(record, "text");
  auto const status = text_in(record, "status").value_or("");
  campaign.status.vendor_word = status;
  if (status == "Sent")
    campaign.status.code = StatusCode::completed;
  else if (status == "Waiting")
    campaign.status.code = StatusCode::scheduled;
  else if (status == "In progress")
    campaign.status.code = StatusCode::sending;
  campaign.created_at = paris_in(record, "creation_date");
  campaign.scheduled_at = paris_in(record, "date");
  if (auto const cost = text_in(record, "cost"))
    if (auto const amount = polycampaign::Decimal::parse(*cost))
      campaign.cost = polycampaign::Cost{*amount, "credits", polycampaign::CostKind::billed};
  if (auto const lists = record.find("lists"); lists != record.end())
    for (auto const& list : *lists) campaign.recipient_lists.push_back({text_in(list, "id"), std::nullopt});
  if (auto const rate = text_in(record, "delivery_rate"))
    campaign.statistics.reported_rates.push_back({"delivery_rate", *rate});
  campaign.statistics.delivered = number_in(record, "delivered");
  campaign.statistics.expired = number_in(record, "expired");
  campaign.statistics.failed =
      number_in(record, "error").value_or(0) + number_in(record, "network_error").value_or(0);
  campaign.statistics.opt_outs = number_in(record, "stop");
  if (auto const npai = number_in(record, "npai"))
    campaign.statistics.vendor_counters.push_back({"npai", *npai});
  campaign.statistics.recipients = number_in(record, "total");
  return campaign;
}

}

Page nlohmann_page(Shape shape, std::string const& body) {
  auto const root = json::parse(body);
  if (shape != Shape::bsg &&
      root.at(shape == Shape::yeastar ? "errcode" : "status").get<int>() != (shape == Shape::yeastar ? 0 : 1))
    throw std::runtime_error{"refused"};
  Page page;
  for (auto const& record : root.at(std::string{records_member(shape)})) {
    switch (shape) {
      case Shape::yeastar: page.campaigns.push_back(yeastar_campaign(record)); break;
      case Shape::bsg: page.campaigns.push_back(bsg_campaign(record)); break;
      case Shape::smsup: page.campaigns.push_back(smsup_campaign(record)); break;
    }
  }
  page.total = shape == Shape::bsg
                   ? root.at("meta").at("page").at("total").get<std::size_t>()
                   : root.at(shape == Shape::yeastar ? "total_number" : "totalRecords").get<std::size_t>();
  return page;
}

Campaigns nlohmann_dom(Shape shape, std::string const& page) {
  return nlohmann_page(shape, page).campaigns;
}

}
