#pragma once

#include "polycampaign/campaign.hpp"

#include "wire/fields.hpp"
#include "wire/scalar.hpp"
#include "wire/text.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::smsup {

/// Fills one campaign member by member, once for JSON and XML. A Field is a wire::Field with `exact()` (the
/// text of a JSON real; called for reals only), `list_count()` (how many lists there will be, if that is
/// known early) and `for_each_list(f)` (`f(wire::Field id)`, absent when an entry has no id).
class RecordReader {
 public:
  RecordReader(Campaign& campaign, wire::ClockRule const& clock)
      : campaign_{campaign}, clock_{clock}, notes_{campaign.notes} {
    campaign.provider = "smsup";
    campaign.channel = Channel::sms;
  }

  template <class Field>
  void read(std::string_view name, Field const& field) {
    auto& statistics = campaign_.statistics;
    switch (key(name)) {
      case Key::id: static_cast<void>(wire::read_word(field, name, notes_, campaign_.id)); break;
      case Key::sender: wire::read_text(field, name, notes_, campaign_.sender); break;
      case Key::text: wire::read_text(field, name, notes_, campaign_.text); break;
      case Key::creation_date: read_time(field, name, campaign_.created_at); break;
      case Key::date: read_time(field, name, campaign_.scheduled_at); break;
      case Key::cost: read_cost(field, name); break;
      case Key::lists: read_lists(field, name); break;
      case Key::status: wire::read_status(field, status_labels, name, notes_, campaign_.status); break;
      case Key::delivery_rate: read_rate(field, name); break;
      case Key::delivered: wire::read_count(field, name, notes_, statistics.delivered); break;
      case Key::expired: wire::read_count(field, name, notes_, statistics.expired); break;
      case Key::error: wire::read_count(field, name, notes_, error_); break;
      case Key::network_error: wire::read_count(field, name, notes_, network_error_); break;
      case Key::stop: wire::read_count(field, name, notes_, statistics.opt_outs); break;
      case Key::npai:
        if (Count count; wire::read_count(field, name, notes_, count), count)
          statistics.vendor_counters.push_back({"npai", *count});
        break;
      case Key::total: wire::read_count(field, name, notes_, statistics.recipients); break;
      case Key::sent: wire::read_count(field, name, notes_, statistics.submitted); break;
      case Key::other: break;
    }
  }

  /// After the last member.
  void finish() {
    if (campaign_.id.empty()) notes_.add("the record has no id");
    auto& failed = campaign_.statistics.failed;
    failed = error_ ? error_ : network_error_;
    if (error_ && network_error_) {
      if (*error_ > std::numeric_limits<std::int64_t>::max() - *network_error_) {
        failed.reset();
        notes_.add("error + network_error is too large for a counter");
      } else {
        failed = *error_ + *network_error_;
      }
    }
  }

 private:
  enum class Key : std::uint8_t {
    id,
    sender,
    text,
    creation_date,
    date,
    cost,
    lists,
    status,
    delivery_rate,
    delivered,
    expired,
    error,
    network_error,
    stop,
    npai,
    total,
    sent,
    other
  };

  static Key key(std::string_view name) noexcept {
    using wire::is;
    switch (name.size()) {
      case 2: return is(name, "id") ? Key::id : Key::other;
      case 4:
        return is(name, "text")   ? Key::text
               : is(name, "date") ? Key::date
               : is(name, "cost") ? Key::cost
               : is(name, "stop") ? Key::stop
               : is(name, "npai") ? Key::npai
               : is(name, "sent") ? Key::sent
                                  : Key::other;
      case 5:
        return is(name, "lists")   ? Key::lists
               : is(name, "error") ? Key::error
               : is(name, "total") ? Key::total
                                   : Key::other;
      case 6: return is(name, "sender") ? Key::sender : is(name, "status") ? Key::status : Key::other;
      case 7: return is(name, "expired") ? Key::expired : Key::other;
      case 9: return is(name, "delivered") ? Key::delivered : Key::other;
      case 13:
        return is(name, "creation_date")   ? Key::creation_date
               : is(name, "delivery_rate") ? Key::delivery_rate
               : is(name, "network_error") ? Key::network_error
                                           : Key::other;
      default: return Key::other;
    }
  }

  template <class Field>
  static std::string exact(Field const& field, wire::Scalar const& value) {
    return value.kind == wire::Scalar::Kind::real ? field.exact() : std::string{};
  }

  /// Some pages show dates inside a pair of quotation marks that belongs to the text.
  template <class Field>
  void read_time(Field const& field, std::string_view name, std::optional<Timestamp>& into) {
    std::string_view text;
    bool const plain =
        field.is_text(text) && text.size() == wire::trim(text).size() && !text.starts_with('"');
    if (plain) return wire::read_time(field, clock_, name, notes_, into);
    auto value = field.scalar();
    value.text = wire::trim(value.text);
    if (value.text.size() >= 2 && value.text.front() == '"' && value.text.back() == '"')
      value.text = value.text.substr(1, value.text.size() - 2);
    into = wire::read_time(value, clock_, name, notes_);
  }

  template <class Field>
  void read_cost(Field const& field, std::string_view name) {
    std::string_view text;
    std::optional<Decimal> amount;
    if (field.is_text(text)) amount = Decimal::parse(text);
    if (!amount) {
      auto const value = field.scalar();
      amount = wire::read_decimal(value, exact(field, value), name, notes_);
    }
    if (!amount) return;
    auto& cost = campaign_.cost.emplace();
    cost.amount = *std::move(amount);
    cost.unit = "credits";
    cost.kind = CostKind::billed;
  }

  template <class Field>
  void read_rate(Field const& field, std::string_view name) {
    std::string_view text;
    std::string told;
    if (!field.is_text(text) && field.scalar().kind == wire::Scalar::Kind::real)
      told = field.exact();
    else
      static_cast<void>(wire::read_word(field, name, notes_, told));
    if (told.empty()) return;
    auto& rate = campaign_.statistics.reported_rates.emplace_back();
    rate.name = "delivery_rate";
    rate.text = std::move(told);
  }

  template <class Field>
  void read_lists(Field const& field, std::string_view name) {
    auto& lists = campaign_.recipient_lists;
    lists.reserve(lists.size() + field.list_count());
    field.for_each_list([&](auto const& id) {
      if (std::string_view text; id.is_text(text) && !(text = wire::trim(text)).empty())
        lists.emplace_back().id.emplace(text);
      else if (auto const value = id.scalar(); value.kind == wire::Scalar::Kind::absent)
        notes_.add("lists: an entry has no id");
      else if (auto word = wire::read_word(value, name, notes_))
        lists.push_back({std::move(word), std::nullopt});
    });
  }

  /// Of "Get campaigns". The number of older pages has no documented meaning.
  static constexpr std::array<wire::StatusWord, 5> status_labels{{
      {"Sent", StatusCode::completed},
      {"Waiting", StatusCode::scheduled},
      {"In progress", StatusCode::sending},
      {"In moderation", StatusCode::moderation},
      {"Denied", StatusCode::rejected},
  }};

  Campaign& campaign_;
  wire::ClockRule const& clock_;
  wire::Notes notes_;
  Count error_{};
  Count network_error_{};
};

/// An entry of the list that is no record still counts as one, so that nothing is lost silently.
inline void note_entry_without_record(Campaign& campaign) {
  campaign.provider = "smsup";
  campaign.channel = Channel::sms;
  campaign.notes.emplace_back("the entry is not a campaign record");
}

}  // namespace polycampaign::inline v1::smsup
