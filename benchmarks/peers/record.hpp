#pragma once

#include "convert.hpp"
#include "peers.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// One record, member by member, as every parser meets it: the same code for all of them.
namespace peers {

enum class Field : std::uint8_t {
  other,
  id,
  name,
  sender,
  text,
  status,
  channel,
  created,
  scheduled,
  started,
  finished,
  unix_time,
  list_name,
  lists,
  cost,
  rate,
  result,
  statistics,
  recipients,
  submitted,
  delivered,
  expired,
  failed,
  opt_outs,
  npai
};

/// The array of records in an answer.
constexpr std::string_view records_member(Shape shape) noexcept {
  return shape == Shape::yeastar ? "list" : shape == Shape::bsg ? "data" : "campaigns";
}

/// Compiles to a few instructions where the size is known, which the comparison of string views does not.
template <std::size_t size>
bool is(std::string_view text, char const (&literal)[size]) noexcept {
  return text.size() == size - 1 && std::memcmp(text.data(), literal, size - 1) == 0;
}

template <Shape shape>
Field field_of(std::string_view key) noexcept;

template <>
inline Field field_of<Shape::yeastar>(std::string_view key) noexcept {
  switch (key.size()) {
    case 2: return is(key, "id") ? Field::id : Field::other;
    case 4: return is(key, "name") ? Field::name : Field::other;
    case 6: return is(key, "status") ? Field::status : is(key, "sender") ? Field::sender : Field::other;
    case 9: return is(key, "send_time") ? Field::unix_time : Field::other;
    case 12:
      return is(key, "channel_type")   ? Field::channel
             : is(key, "result_count") ? Field::result
                                       : Field::other;
    case 13: return is(key, "response_rate") ? Field::rate : Field::other;
    case 14: return is(key, "recipient_name") ? Field::list_name : Field::other;
    default: return Field::other;
  }
}

template <>
inline Field field_of<Shape::bsg>(std::string_view key) noexcept {
  switch (key.size()) {
    case 2: return is(key, "id") ? Field::id : Field::other;
    case 4: return is(key, "name") ? Field::name : is(key, "sent") ? Field::submitted : Field::other;
    case 6: return is(key, "sender") ? Field::sender : is(key, "status") ? Field::status : Field::other;
    case 8: return is(key, "start_at") ? Field::scheduled : Field::other;
    case 9: return is(key, "delivered") ? Field::delivered : Field::other;
    case 10:
      return is(key, "created_at")   ? Field::created
             : is(key, "statistics") ? Field::statistics
                                     : Field::other;
    case 11: return is(key, "finished_at") ? Field::finished : Field::other;
    case 12: return is(key, "message_type") ? Field::channel : Field::other;
    case 13: return is(key, "real_start_at") ? Field::started : Field::other;
    default: return Field::other;
  }
}

template <>
inline Field field_of<Shape::smsup>(std::string_view key) noexcept {
  switch (key.size()) {
    case 2: return is(key, "id") ? Field::id : Field::other;
    case 4:
      return is(key, "text")   ? Field::text
             : is(key, "date") ? Field::scheduled
             : is(key, "cost") ? Field::cost
             : is(key, "stop") ? Field::opt_outs
             : is(key, "npai") ? Field::npai
             : is(key, "sent") ? Field::submitted
                               : Field::other;
    case 5:
      return is(key, "lists")   ? Field::lists
             : is(key, "error") ? Field::failed
             : is(key, "total") ? Field::recipients
                                : Field::other;
    case 6: return is(key, "sender") ? Field::sender : is(key, "status") ? Field::status : Field::other;
    case 7: return is(key, "expired") ? Field::expired : Field::other;
    case 9: return is(key, "delivered") ? Field::delivered : Field::other;
    case 13:
      return is(key, "creation_date")   ? Field::created
             : is(key, "delivery_rate") ? Field::rate
             : is(key, "network_error") ? Field::failed
                                        : Field::other;
    default: return Field::other;
  }
}

template <Shape shape>
polycampaign::StatusCode status_of(std::string_view word) noexcept {
  using polycampaign::StatusCode;
  if constexpr (shape == Shape::yeastar) {
    if (word == "completed") return StatusCode::completed;
    if (word == "executing") return StatusCode::sending;
    if (word == "scheduled") return StatusCode::scheduled;
    if (word == "pending") return StatusCode::queued;
    if (word == "draft") return StatusCode::draft;
    if (word == "retrying") return StatusCode::retrying;
    if (word == "stop") return StatusCode::interrupted;
  } else if constexpr (shape == Shape::bsg) {
    if (word == "done") return StatusCode::completed;
    if (word == "sending") return StatusCode::sending;
    if (word == "scheduled") return StatusCode::scheduled;
    if (word == "creation") return StatusCode::queued;
    if (word == "moderation") return StatusCode::moderation;
    if (word == "paused") return StatusCode::paused;
    if (word == "stopped") return StatusCode::canceled;
    if (word == "spam") return StatusCode::rejected;
  } else {
    if (word == "Sent") return StatusCode::completed;
    if (word == "Waiting") return StatusCode::scheduled;
    if (word == "In progress") return StatusCode::sending;
    if (word == "In moderation") return StatusCode::moderation;
    if (word == "Denied") return StatusCode::rejected;
  }
  return StatusCode::unknown;
}

inline polycampaign::Channel channel_of(std::string_view word) noexcept {
  using polycampaign::Channel;
  if (word == "sms") return Channel::sms;
  if (word == "whatsapp") return Channel::whatsapp;
  if (word == "viber") return Channel::viber;
  if (word == "rcs") return Channel::rcs;
  return Channel::unknown;
}

template <Shape shape>
std::optional<polycampaign::Timestamp> time_of(std::string_view text) noexcept {
  auto const wall = wall_of(text);
  if (!wall) return std::nullopt;
  return polycampaign::Timestamp{shape == Shape::smsup ? paris_to_utc(*wall) : *wall,
                                 polycampaign::ZoneBasis::assumed};
}

/// What a record of this vendor has in common.
template <Shape shape>
void begin_record(polycampaign::Campaign& campaign) {
  campaign.provider = shape == Shape::yeastar ? "yeastar" : shape == Shape::bsg ? "bsg" : "smsup";
  if constexpr (shape == Shape::smsup) campaign.channel = polycampaign::Channel::sms;
}

inline void put_count(polycampaign::Campaign& campaign, Field field, std::int64_t value) {
  auto& s = campaign.statistics;
  switch (field) {
    case Field::recipients: s.recipients = value; break;
    case Field::submitted: s.submitted = value; break;
    case Field::delivered: s.delivered = value; break;
    case Field::expired: s.expired = value; break;
    case Field::failed: s.failed = s.failed.value_or(0) + value; break;  // two members make it up
    case Field::opt_outs: s.opt_outs = value; break;
    case Field::npai: s.vendor_counters.push_back({"npai", value}); break;
    default: break;
  }
}

inline void put_unix_time(polycampaign::Campaign& campaign, std::int64_t seconds) {
  if (seconds > 0)
    campaign.scheduled_at = polycampaign::Timestamp{std::chrono::sys_seconds{std::chrono::seconds{seconds}},
                                                    polycampaign::ZoneBasis::documented};
}

/// `failed/total`.
inline void put_result(polycampaign::Campaign& campaign, std::string_view text) {
  auto const slash = text.find('/');
  if (slash == std::string_view::npos) return;
  campaign.statistics.failed = count_of(text.substr(0, slash));
  campaign.statistics.messages = count_of(text.substr(slash + 1));
}

inline void put_cost(polycampaign::Campaign& campaign, std::string_view text) {
  if (auto amount = polycampaign::Decimal::parse(text))
    campaign.cost.emplace(polycampaign::Cost{*std::move(amount), "credits", polycampaign::CostKind::billed});
}

inline void put_list_id(polycampaign::Campaign& campaign, std::string_view id) {
  campaign.recipient_lists.emplace_back().id.emplace(id);
}

template <Shape shape>
void put_text(polycampaign::Campaign& campaign, Field field, std::string_view text) {
  switch (field) {
    case Field::id: campaign.id = text; break;
    case Field::name: campaign.name.emplace(text); break;
    case Field::sender: campaign.sender.emplace(text); break;
    case Field::text: campaign.text.emplace(text); break;
    case Field::status:
      campaign.status.code = status_of<shape>(text);
      campaign.status.vendor_word.emplace(text);
      break;
    case Field::channel: campaign.channel = channel_of(text); break;
    case Field::created: campaign.created_at = time_of<shape>(text); break;
    case Field::scheduled: campaign.scheduled_at = time_of<shape>(text); break;
    case Field::started: campaign.started_at = time_of<shape>(text); break;
    case Field::finished: campaign.finished_at = time_of<shape>(text); break;
    case Field::unix_time:
      if (auto const seconds = count_of(text)) put_unix_time(campaign, *seconds);
      break;
    case Field::list_name:
      if (!text.empty()) campaign.recipient_lists.emplace_back().name.emplace(text);
      break;
    case Field::cost: put_cost(campaign, text); break;
    case Field::rate: {
      auto& rate = campaign.statistics.reported_rates.emplace_back();
      rate.name = shape == Shape::yeastar ? "response_rate" : "delivery_rate";
      rate.text = text;
      break;
    }
    case Field::result: put_result(campaign, text); break;
    default:
      if (auto const value = count_of(text)) put_count(campaign, field, *value);
      break;
  }
}

template <Shape shape>
void put_number(polycampaign::Campaign& campaign, Field field, std::int64_t value) {
  if (field == Field::unix_time) return put_unix_time(campaign, value);
  if (field >= Field::recipients) {
    if (value >= 0) put_count(campaign, field, value);
    return;
  }
  std::array<char, 20> digits{};
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  put_text<shape>(campaign, field, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

/// `f` with the shape as a constant.
template <class F>
auto with_shape(Shape shape, F&& f) {
  switch (shape) {
    case Shape::yeastar: return f(std::integral_constant<Shape, Shape::yeastar>{});
    case Shape::bsg: return f(std::integral_constant<Shape, Shape::bsg>{});
    case Shape::smsup: break;
  }
  return f(std::integral_constant<Shape, Shape::smsup>{});
}

/// A page and what its listing needs to know.
struct Page {
  Campaigns campaigns{};
  std::size_t total = 0;
};

}
