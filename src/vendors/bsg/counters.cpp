#include "vendors/bsg/counters.hpp"

#include "wire/fields.hpp"
#include "wire/text.hpp"

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

// Absent only when all terms are.
Count sum(std::initializer_list<Count> terms, std::string_view name, wire::Notes& notes) {
  Count total;
  for (auto const& term : terms) {
    if (!term) continue;
    if (total && *term > std::numeric_limits<std::int64_t>::max() - *total) {
      notes.add(std::string{name} + ": the counters are too large to be added");
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
      // the message status' word for the same
      if (wire::is(name, "not_service_user")) return not_rcs_user;
      break;
    default: break;
  }
  return bucket_count;
}

Counters::Counters(wire::JsonValue statistics, wire::Notes& notes) {
  if (statistics.is_array()) {
    if (statistics.size() > 1) notes.add("statistics: more than one object, the first was read");
    wire::JsonValue first;
    statistics.for_each_item([&](wire::JsonValue item) {
      if (!first) first = item;
    });
    statistics = first;
  }
  if (!statistics || statistics.is_null()) return;
  if (!statistics.is_object()) notes.odd("statistics", statistics.scalar(), "an object");
  statistics.for_each_member([&](std::string_view name, wire::JsonValue value) {
    auto const bucket = Counters::bucket(name);
    bool const known = bucket != bucket_count;
    // what a counter that nobody documents holds is not known: a number is kept, anything else passed over
    if (std::int64_t number = 0; !known && !value.is_integer(number)) return;
    Count count;
    wire::read_count(value, name, notes, count);
    if (!count) return;
    if (known) {
      values_[bucket] = *count;
      told_ |= 1U << bucket;
    }
    if (!known || bucket == not_viber_user || bucket == not_rcs_user)
      others_.push_back({std::string{name}, *count});
  });
}

bool Counters::detailed() const noexcept {
  return (told_ & ~(1U << delivered | 1U << sent)) != 0;
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
