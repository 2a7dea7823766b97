#include "polycampaign/protocol/zone.hpp"

#include "text/ascii.hpp"
#include "wire/zone_table.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace polycampaign::inline v1::protocol {

namespace {

using wire::ZoneTable;

// Tables that were asked for, kept for the life of the program: a Zone is one pointer, and no destructor runs
// at exit. Their number is bounded by the zones that exist. Two threads that ask for the same one at the same
// time may both add it, which does no harm.
struct Known {
  ZoneTable table;
  Known const* next = nullptr;
};
constinit std::atomic<Known const*> all_known{nullptr};

ZoneTable const* find_known(std::string_view name) noexcept {
  auto const* known = all_known.load(std::memory_order_acquire);
  while (known != nullptr && known->table.name != name) known = known->next;
  return known == nullptr ? nullptr : &known->table;
}

ZoneTable const* keep(ZoneTable table) {
  auto known = std::make_unique<Known>(Known{.table = std::move(table)});
  known->next = all_known.load(std::memory_order_acquire);
  while (!all_known.compare_exchange_weak(known->next, known.get(), std::memory_order_acq_rel)) {
  }
  return &known.release()->table;
}

bool is_zone_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return text::is_letter(c) || text::is_digit(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

// Times that no calendar of ours reaches (callers may pass the clock's ends): an offset could overflow them.
bool is_beyond_calendars(std::chrono::sys_seconds time) noexcept {
  constexpr std::chrono::seconds far{1'000'000'000'000'000};
  return time.time_since_epoch() > far || time.time_since_epoch() < -far;
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  Zone zone;
  if (name == "UTC" || name == "Etc/UTC") return zone;
  if (!is_zone_name(name))
    return Error{.code = ErrorCode::configuration,
                 .message = "a time zone must be an IANA name such as Europe/Paris"};
  zone.table_ = find_known(name);
  if (zone.table_ != nullptr) return zone;
  auto table = wire::trusted_table(name, wire::database_table(std::string{name}),
                                   wire::database_table("Europe/Paris"));
  if (!table) return std::move(table).error();
  zone.table_ = keep(*std::move(table));
  return zone;
}

Zone::Instant Zone::by_table(std::chrono::sys_seconds wall) const noexcept {
  return is_beyond_calendars(wall) ? Instant{.time = wall} : table_->to_utc(wall);
}

std::chrono::sys_seconds Zone::to_wall(std::chrono::sys_seconds time) const noexcept {
  return table_ == nullptr || is_beyond_calendars(time) ? time : table_->to_wall(time);
}

Result<ClockRule> clock_rule(std::string_view time_zone, std::string_view otherwise) {
  auto zone = Zone::find(time_zone.empty() ? otherwise : time_zone);
  if (!zone) {
    zone.error().message.insert(0, "time_zone: ");
    return std::move(zone).error();
  }
  return ClockRule{*zone, time_zone.empty() ? ZoneBasis::assumed : ZoneBasis::configured};
}

std::string format_wall(std::chrono::sys_seconds wall) {
  auto text = to_rfc3339(wall);
  text.pop_back();
  text[text.find('T')] = ' ';
  return text;
}

}  // namespace polycampaign::inline v1::protocol
