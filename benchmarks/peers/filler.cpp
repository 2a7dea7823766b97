#include "record.hpp"

#include <simdjson.h>

#include <stdexcept>

namespace peers {
namespace {

namespace dom = simdjson::dom;
using polycampaign::Timestamp;
using polycampaign::ZoneBasis;

/// Lays texts one behind the other, in the order of the page, as a parser's string buffer does.
class Arena {
 public:
  /// Never moves: the texts of a page are shorter than the page, but for the notes.
  Arena(std::string& memory, std::size_t room) : memory_{memory} { memory_.reserve(room); }
  std::string_view add(std::string_view text) {
    if (memory_.size() + text.size() > memory_.capacity()) throw std::logic_error{"the arena is too small"};
    auto const begin = memory_.size();
    memory_ += text;
    return std::string_view{memory_}.substr(begin);
  }
  std::string_view add(dom::element value) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return add(text);
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS) return add(std::to_string(number));
    return {};
  }
  std::string_view add(dom::object object, std::string_view key) {
    dom::element value;
    return object[key].get(value) == simdjson::SUCCESS ? add(value) : std::string_view{};
  }

 private:
  std::string& memory_;
};

template <class F>
Campaigns fill_all(std::size_t count, F&& f) {
  Campaigns campaigns;
  campaigns.reserve(count);
  for (std::size_t i = 0; i < count; ++i) f(i, campaigns.emplace_back());
  return campaigns;
}

}

Filler::Filler(Shape shape, std::string page) : shape_{shape} {
  dom::parser parser;
  dom::object root;
  dom::array records;
  if (parser.parse(page).get(root) != simdjson::SUCCESS ||
      root[records_member(shape)].get(records) != simdjson::SUCCESS)
    throw std::runtime_error{"not a page"};
  constexpr std::size_t longest_note = 120;
  Arena arena{arena_, page.size() + records.size() * longest_note};
  located_.reserve(records.size());
  for (dom::object const record : records) {
    auto& at = located_.emplace_back();
    at.id = arena.add(record, "id");
    at.name = arena.add(record, "name");
    at.sender = arena.add(record, "sender");
    at.text = arena.add(record, "text");
    at.status = arena.add(record, "status");
    if (shape == Shape::yeastar) {
      at.channel = arena.add(record, "channel_type");
      at.list_name = arena.add(record, "recipient_name");
      at.scheduled = arena.add(record, "send_time");
      at.result = arena.add(record, "result_count");
      at.rate = arena.add(record, "response_rate");
      at.note = arena.add("result_count: \"" + std::string{at.result} +
                          "\" was read as failed/total, an order that the vendor has not confirmed");
    } else if (shape == Shape::bsg) {
      at.channel = arena.add(record, "message_type");
      at.scheduled = arena.add(record, "start_at");
      at.started = arena.add(record, "real_start_at");
      at.finished = arena.add(record, "finished_at");
      at.created = arena.add(record, "created_at");
      dom::object const statistics = record["statistics"];
      at.delivered = arena.add(statistics, "delivered");
      at.submitted = arena.add(statistics, "sent");
    } else {
      at.created = arena.add(record, "creation_date");
      at.scheduled = arena.add(record, "date");
      at.cost = arena.add(record, "cost");
      for (dom::object const list : dom::array{record["lists"]}) at.lists.push_back(arena.add(list, "id"));
      at.rate = arena.add(record, "delivery_rate");
      at.delivered = arena.add(record, "delivered");
      at.error = arena.add(record, "error");
      at.expired = arena.add(record, "expired");
      at.network_error = arena.add(record, "network_error");
      at.stop = arena.add(record, "stop");
      at.npai = arena.add(record, "npai");
      at.recipients = arena.add(record, "total");
    }
  }
}

Campaigns Filler::fill_yeastar() const {
  return fill_all(located_.size(), [this](std::size_t i, polycampaign::Campaign& campaign) {
    auto const& at = located_[i];
    campaign.id = at.id;
    campaign.provider = "yeastar";
    campaign.name.emplace(at.name);
    campaign.sender.emplace(at.sender);
    campaign.channel = channel_of(at.channel);
    campaign.status.code = status_of<Shape::yeastar>(at.status);
    campaign.status.vendor_word.emplace(at.status);
    if (auto const seconds = count_of(at.scheduled)) put_unix_time(campaign, *seconds);
    put_result(campaign, at.result);
    campaign.statistics.reported_rates.push_back({"response_rate", std::string{at.rate}});
    if (!at.list_name.empty()) campaign.recipient_lists.emplace_back().name.emplace(at.list_name);
    campaign.notes.emplace_back(at.note);
  });
}

Campaigns Filler::fill_bsg() const {
  return fill_all(located_.size(), [this](std::size_t i, polycampaign::Campaign& campaign) {
    auto const& at = located_[i];
    campaign.id = at.id;
    campaign.provider = "bsg";
    campaign.name.emplace(at.name);
    campaign.sender.emplace(at.sender);
    campaign.channel = channel_of(at.channel);
    campaign.status.code = status_of<Shape::bsg>(at.status);
    campaign.status.vendor_word.emplace(at.status);
    campaign.created_at = time_of<Shape::bsg>(at.created);
    campaign.scheduled_at = time_of<Shape::bsg>(at.scheduled);
    campaign.started_at = time_of<Shape::bsg>(at.started);
    campaign.finished_at = time_of<Shape::bsg>(at.finished);
    campaign.statistics.submitted = count_of(at.submitted);
    campaign.statistics.delivered = count_of(at.delivered);
  });
}

Campaigns Filler::fill_smsup() const {
  return fill_all(located_.size(), [this](std::size_t i, polycampaign::Campaign& campaign) {
    auto const& at = located_[i];
    campaign.id = at.id;
    campaign.provider = "smsup";
    campaign.sender.emplace(at.sender);
    campaign.text.emplace(at.text);
    campaign.channel = polycampaign::Channel::sms;
    campaign.status.code = status_of<Shape::smsup>(at.status);
    campaign.status.vendor_word.emplace(at.status);
    campaign.created_at = time_of<Shape::smsup>(at.created);
    campaign.scheduled_at = time_of<Shape::smsup>(at.scheduled);
    put_cost(campaign, at.cost);
    campaign.recipient_lists.reserve(at.lists.size());
    for (auto const id : at.lists) put_list_id(campaign, id);
    auto& s = campaign.statistics;
    s.reported_rates.push_back({"delivery_rate", std::string{at.rate}});
    s.delivered = count_of(at.delivered);
    s.expired = count_of(at.expired);
    s.failed = count_of(at.error).value_or(0) + count_of(at.network_error).value_or(0);
    s.opt_outs = count_of(at.stop);
    if (auto const npai = count_of(at.npai)) s.vendor_counters.push_back({"npai", *npai});
    s.recipients = count_of(at.recipients);
  });
}

Campaigns Filler::fill() const {
  switch (shape_) {
    case Shape::yeastar: return fill_yeastar();
    case Shape::bsg: return fill_bsg();
    case Shape::smsup: break;
  }
  return fill_smsup();
}

}
