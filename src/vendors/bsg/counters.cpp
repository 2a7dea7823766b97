#include "vendors/bsg/counters.hpp"

#include "wire/fields.hpp"
#include "wire/json_list.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

// Returns the sum of the terms that are present, or nothing if all are absent.
Count sum(std::initializer_list<Count> terms, std::string_view name, wire::Notes& notes) {
  Count total;
  for (auto const& term : terms) {
    if (!term) continue;
    if (total && *term > std::numeric_limits<std::int64_t>::max() - *total) {
      notes.add(std::string{name} + ": the counters are too large to add up");
      return std::nullopt;
    }
    total = total.value_or(0) + *term;
  }
  return total;
}

}  // namespace

Counters::Bucket Counters::bucket(std::string_view name) noexcept {
  switch (name.size()) {
    case 4:
      if (wire::is(name, "sent")) return sent;
      if (wire::is(name, "read")) return read;
      break;
    case 6:
      if (wire::is(name, "failed")) return failed;
      break;
    case 7:
      if (wire::is(name, "sending")) return sending;
      if (wire::is(name, "expired")) return expired;
      if (wire::is(name, "unknown")) return unknown;
      break;
    case 8:
      if (wire::is(name, "accepted")) return accepted;
      break;
    case 9:
      if (wire::is(name, "delivered")) return delivered;
      if (wire::is(name, "scheduled")) return scheduled;
      break;
    case 10:
      if (wire::is(name, "moderation")) return moderation;
      break;
    case 11:
      if (wire::is(name, "undelivered")) return undelivered;
      break;
    case 12:
      if (wire::is(name, "not_rcs_user")) return not_rcs_user;
      break;
    case 14:
      if (wire::is(name, "not_viber_user")) return not_viber_user;
      break;
    case 16:
      // the name of the same state in the status of a message
      if (wire::is(name, "not_service_user")) return not_rcs_user;
      break;
    default: break;
  }
  return bucket_count;
}

Counters::Counters(wire::JsonValue statistics, wire::Notes& notes) {
  if (wire::JsonList const list{statistics}; list && !list.is_single()) {
    if (list.size() > 1) notes.add("statistics: more than one object; only the first was read");
    statistics = {};
    list.for_each([&](wire::JsonValue item, std::size_t) {
      if (!statistics) statistics = item;
    });
  }
  if (!statistics || statistics.is_null()) return;
  if (!statistics.is_object()) notes.unexpected("statistics", statistics.scalar(), "an object");
  statistics.for_each_member([&](std::string_view name, wire::JsonValue value) {
    auto const bucket = Counters::bucket(name);
    bool const known = bucket != bucket_count;
    // What an undocumented counter contains is unknown, so a number is kept and anything else is skipped.
    if (std::int64_t number = 0; !known && !value.is_integer(number)) return keep_other(name, {});
    Count count;
    wire::read_count(value, name, notes, count);
    if (known) {
      // If a name occurs more than once, the last one counts, even if it has no value.
      reported_ &= ~(1U << bucket);
      reported_ |= (count ? 1U : 0U) << bucket;
      values_[bucket] = count.value_or(0);
    }
    if (!known || bucket == not_viber_user || bucket == not_rcs_user) keep_other(name, count);
  });
  if (left_out_ > 0)
    notes.add("statistics: " + std::to_string(left_out_) + " undocumented counters were left out");
}

void Counters::keep_other(std::string_view name, Count count) {
  constexpr std::size_t most = 32;  // BSG's documents have 13
  auto const known = std::ranges::find(others_, name, &VendorCounter::name);
  if (known != others_.end()) {
    if (count)
      known->value = *count;
    else
      others_.erase(known);
  } else if (count && others_.size() < most) {
    others_.push_back({std::string{name}, *count});
  } else if (count) {
    ++left_out_;
  }
}

bool Counters::detailed() const noexcept {
  return (reported_ & ~(1U << delivered | 1U << sent)) != 0;
}

void Counters::fill_brief(Statistics& s) {
  s.submitted = (*this)[sent];
  s.delivered = (*this)[delivered];
  s.vendor_counters = std::move(others_);
}

void Counters::fill_detail(Statistics& s, wire::Notes& notes) {
  auto const& b = *this;
  s.pending = sum({b[scheduled], b[moderation], b[sending]}, "pending", notes);
  s.in_flight = sum({b[accepted], b[sent]}, "in_flight", notes);
  s.delivered = sum({b[delivered], b[read]}, "delivered", notes);
  s.undelivered = sum({b[undelivered], b[not_viber_user], b[not_rcs_user]}, "undelivered", notes);
  s.expired = b[expired];
  s.failed = b[failed];
  s.unreported = b[unknown];
  s.read = b[read];
  s.submitted = sum({b[accepted], b[sent], b[delivered], b[read], b[undelivered], b[not_viber_user],
                     b[not_rcs_user], b[expired], b[unknown]},
                    "submitted", notes);
  s.vendor_counters = std::move(others_);

  auto const all =
      sum({b[scheduled], b[moderation], b[sending], s.submitted, b[failed]}, "statistics", notes);
  if (all && s.messages && *all != *s.messages)
    notes.add("statistics: the counters add up to " + std::to_string(*all) + ", not to total_messages " +
              std::to_string(*s.messages));
}

}  // namespace polycampaign::inline v1::bsg
