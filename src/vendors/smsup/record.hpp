#pragma once

#include "polycampaign/campaign.hpp"

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

/// Fills one campaign member by member, once for JSON and XML. A Field gives `scalar()`, `exact()` (the text
/// of a JSON real; called for reals only) and `for_each_list(f)` (`f(Scalar id)`, absent when an entry has no
/// id).
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
      case Key::id:
        if (auto id = wire::read_word(field.scalar(), name, notes_)) campaign_.id = *std::move(id);
        break;
      case Key::sender: campaign_.sender = wire::read_text(field.scalar(), name, notes_); break;
      case Key::text: campaign_.text = wire::read_text(field.scalar(), name, notes_); break;
      case Key::creation_date: campaign_.created_at = time(field.scalar(), name); break;
      case Key::date: campaign_.scheduled_at = time(field.scalar(), name); break;
      case Key::cost: read_cost(field, name); break;
      case Key::lists: read_lists(field, name); break;
      case Key::status: read_status(field.scalar(), name); break;
      case Key::delivery_rate: read_rate(field, name); break;
      case Key::delivered: statistics.delivered = wire::read_count(field.scalar(), name, notes_); break;
      case Key::expired: statistics.expired = wire::read_count(field.scalar(), name, notes_); break;
      case Key::error: error_ = wire::read_count(field.scalar(), name, notes_); break;
      case Key::network_error: network_error_ = wire::read_count(field.scalar(), name, notes_); break;
      case Key::stop: statistics.opt_outs = wire::read_count(field.scalar(), name, notes_); break;
      case Key::npai:
        if (auto const count = wire::read_count(field.scalar(), name, notes_))
          statistics.vendor_counters.push_back({"npai", *count});
        break;
      case Key::total: statistics.recipients = wire::read_count(field.scalar(), name, notes_); break;
      case Key::sent: statistics.submitted = wire::read_count(field.scalar(), name, notes_); break;
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
    auto const any = [name](auto const&... candidates) {
      auto found = Key::other;
      static_cast<void>(((name == candidates.first && (found = candidates.second, true)) || ...));
      return found;
    };
    using Named = std::pair<std::string_view, Key>;
    switch (name.size()) {
      case 2: return any(Named{"id", Key::id});
      case 4:
        return any(Named{"text", Key::text}, Named{"date", Key::date}, Named{"cost", Key::cost},
                   Named{"stop", Key::stop}, Named{"npai", Key::npai}, Named{"sent", Key::sent});
      case 5: return any(Named{"lists", Key::lists}, Named{"error", Key::error}, Named{"total", Key::total});
      case 6: return any(Named{"sender", Key::sender}, Named{"status", Key::status});
      case 7: return any(Named{"expired", Key::expired});
      case 9: return any(Named{"delivered", Key::delivered});
      case 13:
        return any(Named{"creation_date", Key::creation_date}, Named{"delivery_rate", Key::delivery_rate},
                   Named{"network_error", Key::network_error});
      default: return Key::other;
    }
  }

  template <class Field>
  static std::string exact(Field const& field, wire::Scalar const& value) {
    return value.kind == wire::Scalar::Kind::real ? field.exact() : std::string{};
  }

  /// Some pages show dates inside a pair of quotation marks that belongs to the text.
  std::optional<Timestamp> time(wire::Scalar value, std::string_view name) {
    if (value.kind == wire::Scalar::Kind::text) {
      value.text = wire::trim(value.text);
      if (value.text.size() >= 2 && value.text.front() == '"' && value.text.back() == '"')
        value.text = value.text.substr(1, value.text.size() - 2);
    }
    return wire::read_time(value, clock_, name, notes_);
  }

  template <class Field>
  void read_cost(Field const& field, std::string_view name) {
    auto const value = field.scalar();
    if (auto amount = wire::read_decimal(value, exact(field, value), name, notes_))
      campaign_.cost = Cost{*std::move(amount), "credits", CostKind::billed};
  }

  template <class Field>
  void read_rate(Field const& field, std::string_view name) {
    auto const value = field.scalar();
    auto text = value.kind == wire::Scalar::Kind::real ? std::optional{field.exact()}
                                                       : wire::read_word(value, name, notes_);
    if (text && !text->empty())
      campaign_.statistics.reported_rates.push_back({"delivery_rate", *std::move(text)});
  }

  /// Labels of "Get campaigns". The number of older pages has no documented meaning.
  void read_status(wire::Scalar const& value, std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, StatusCode>, 5> labels{{
        {"Sent", StatusCode::completed},
        {"Waiting", StatusCode::scheduled},
        {"In progress", StatusCode::sending},
        {"In moderation", StatusCode::moderation},
        {"Denied", StatusCode::rejected},
    }};
    auto word = wire::read_text(value, name, notes_);
    if (!word || wire::trim(*word).empty()) return;
    for (auto const& [label, code] : labels)
      if (wire::same_word(*word, label)) {
        campaign_.status.code = code;
        break;
      }
    campaign_.status.vendor_word = std::move(word);
  }

  template <class Field>
  void read_lists(Field const& field, std::string_view name) {
    field.for_each_list([&](wire::Scalar const& value) {
      if (value.kind == wire::Scalar::Kind::absent)
        notes_.add("lists: an entry has no id");
      else if (auto id = wire::read_word(value, name, notes_))
        campaign_.recipient_lists.push_back({std::move(id), std::nullopt});
    });
  }

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
