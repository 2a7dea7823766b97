#pragma once

#include "polycampaign/campaign.hpp"
#include "polycampaign/protocol/list.hpp"

#include "wire/fields.hpp"
#include "wire/scalar.hpp"
#include "wire/text.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::smsup {

/// The zone of campaign times when the account names none: the one documented for `delay`, and the one that
/// fits the offsets in push samples.
inline constexpr std::string_view assumed_zone = "Europe/Paris";

/// How an answer is to be read.
struct Reading {
  wire::ClockRule clock{};
  bool keep_raw = false;
  /// Campaigns to read into; null: new ones.
  std::shared_ptr<protocol::SparePages<Campaign>> spare{};
};

/// Some pages show dates inside a pair of quotation marks that belongs to the text.
[[nodiscard]] inline wire::Scalar unquoted(wire::Scalar value) noexcept {
  value.text = wire::trim(value.text);
  if (value.text.size() >= 2 && value.text.front() == '"' && value.text.back() == '"')
    value.text = value.text.substr(1, value.text.size() - 2);
  return value;
}

/// A record's members by name: of several with one name the last one.
template <class Value>
struct Members {
  Value id{}, sender{}, text{}, creation_date{}, date{}, cost{}, lists{}, status{}, delivery_rate{};
  Value delivered{}, expired{}, error{}, network_error{}, stop{}, npai{}, total{}, sent{};

  Value* find(std::string_view name) noexcept {
    using wire::is;
    switch (name.size()) {
      case 2: return is(name, "id") ? &id : nullptr;
      case 4:
        return is(name, "text")   ? &text
               : is(name, "date") ? &date
               : is(name, "cost") ? &cost
               : is(name, "stop") ? &stop
               : is(name, "npai") ? &npai
               : is(name, "sent") ? &sent
                                  : nullptr;
      case 5:
        return is(name, "lists") ? &lists : is(name, "error") ? &error : is(name, "total") ? &total : nullptr;
      case 6: return is(name, "sender") ? &sender : is(name, "status") ? &status : nullptr;
      case 7: return is(name, "expired") ? &expired : nullptr;
      case 9: return is(name, "delivered") ? &delivered : nullptr;
      case 13:
        return is(name, "creation_date")   ? &creation_date
               : is(name, "delivery_rate") ? &delivery_rate
               : is(name, "network_error") ? &network_error
                                           : nullptr;
      default: return nullptr;
    }
  }
};

/// Fills one campaign, for JSON and XML alike. `make_field(value, name)` gives a Field, which is a
/// wire::Field with `exact()` (the text of a JSON real; called for reals only), `list_count()` (how many
/// lists there are) and `for_each_list(f)` (`f(wire::Field id)`, absent when an entry has no id).
template <class Value, class MakeField>
class RecordReader {
 public:
  RecordReader(Members<Value> const& members, MakeField make_field, wire::ClockRule const& clock,
               Campaign& campaign)
      : members_{members},
        make_field_{make_field},
        campaign_{campaign},
        clock_{clock},
        notes_{campaign.notes} {}

  /// False: this is no campaign.
  [[nodiscard]] bool read() {
    if (!tells_a_campaign()) return false;
    auto& campaign = campaign_;
    auto& statistics = campaign.statistics;
    campaign.provider = "smsup";
    campaign.channel = Channel::sms;
    with(members_.id, "id", [&](auto const& field, auto name) {
      static_cast<void>(wire::read_word(field, name, notes_, campaign.id));
    });
    campaign.name.reset();
    read_text(members_.sender, "sender", campaign.sender);
    read_text(members_.text, "text", campaign.text);
    with(members_.creation_date, "creation_date",
         [&](auto const& field, auto name) { read_time(field, name, campaign.created_at); });
    with(members_.date, "date",
         [&](auto const& field, auto name) { read_time(field, name, campaign.scheduled_at); });
    with(members_.cost, "cost", [&](auto const& field, auto name) { read_cost(field, name); });
    with(members_.lists, "lists", [&](auto const& field, auto name) { read_lists(field, name); });
    if (members_.status)
      wire::read_status(make_field_(members_.status, "status"), status_labels, "status", notes_,
                        campaign.status);
    else
      campaign.status.vendor_word.reset();
    with(members_.delivery_rate, "delivery_rate",
         [&](auto const& field, auto name) { read_rate(field, name); });
    read_count(members_.delivered, "delivered", statistics.delivered);
    read_count(members_.expired, "expired", statistics.expired);
    read_count(members_.stop, "stop", statistics.opt_outs);
    read_count(members_.total, "total", statistics.recipients);
    read_count(members_.sent, "sent", statistics.submitted);
    Count npai;
    read_count(members_.npai, "npai", npai);
    if (npai) statistics.vendor_counters.push_back({"npai", *npai});
    read_failed(statistics.failed);
    if (campaign.id.empty()) notes_.add("the record has no id");
    return true;
  }

  [[nodiscard]] wire::Notes& notes() noexcept { return notes_; }

 private:
  /// Whether a member is there that other parts of an answer lack: they too have a status, an error, a total.
  [[nodiscard]] bool tells_a_campaign() const noexcept {
    auto const& m = members_;
    auto const one = [](Value const& value) {
      if constexpr (requires { value.is_null(); }) return value && !value.is_null();
      return bool{value};
    };
    auto const reported = [&](auto const&... members) { return (one(members) || ...); };
    return reported(m.id, m.sender, m.text, m.creation_date, m.date, m.cost, m.lists, m.delivery_rate,
                    m.delivered, m.expired, m.network_error, m.stop, m.npai);
  }

  template <class Read>
  void with(Value const& value, std::string_view name, Read&& read) {
    if (value) read(make_field_(value, name), name);
  }

  void read_text(Value const& value, std::string_view name, std::optional<std::string>& into) {
    if (value)
      wire::read_text(make_field_(value, name), name, notes_, into);
    else
      into.reset();
  }

  void read_count(Value const& value, std::string_view name, Count& into) {
    if (value) wire::read_count(make_field_(value, name), name, notes_, into);
  }

  void read_failed(Count& failed) {
    Count error;
    Count network_error;
    read_count(members_.error, "error", error);
    read_count(members_.network_error, "network_error", network_error);
    failed = error ? error : network_error;
    if (error && network_error) {
      if (*error > std::numeric_limits<std::int64_t>::max() - *network_error) {
        failed.reset();
        notes_.add("error + network_error is too large for a counter");
      } else {
        failed = *error + *network_error;
      }
    }
  }

  template <class Field>
  static std::string exact(Field const& field, wire::Scalar const& value) {
    return value.kind == wire::Scalar::Kind::real ? field.exact() : std::string{};
  }

  template <class Field>
  void read_time(Field const& field, std::string_view name, CompactOptional<Timestamp>& into) {
    std::string_view text;
    bool const plain =
        field.is_text(text) && text.size() == wire::trim(text).size() && !text.starts_with('"');
    if (plain) return wire::read_time(field, clock_, name, notes_, into);
    into = wire::read_time(unquoted(field.scalar()), clock_, name, notes_);
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
    std::string reported;
    if (!field.is_text(text) && field.scalar().kind == wire::Scalar::Kind::real)
      reported = field.exact();
    else
      static_cast<void>(wire::read_word(field, name, notes_, reported));
    if (reported.empty()) return;
    auto& rate = campaign_.statistics.reported_rates.emplace_back();
    rate.name = "delivery_rate";
    rate.text = std::move(reported);
  }

  template <class Field>
  void read_lists(Field const& field, std::string_view name) {
    auto& lists = campaign_.recipient_lists;
    lists.reserve(field.list_count());
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

  Members<Value> const& members_;
  MakeField make_field_;
  Campaign& campaign_;
  wire::ClockRule const& clock_;
  wire::Notes notes_;
};

}  // namespace polycampaign::inline v1::smsup
