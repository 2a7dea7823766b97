#include "engine/list_rules.hpp"

#include <chrono>
#include <string_view>

namespace polycampaign::inline v1::engine {

std::uint64_t ListRules<ListCampaigns>::hash_of(ListCampaigns const& list) {
  auto const& filter = list.filter;
  auto h = text::hash(std::string_view{"filter"});
  auto const add = [&h](std::string_view text) { h = text::hash(text, h); };
  auto const number = [&](auto const& value) { add(value ? std::to_string(*value) : "-"); };
  auto const time = [&](std::optional<std::chrono::sys_seconds> const& value) {
    add(value ? std::to_string(value->time_since_epoch().count()) : "-");
  };
  time(filter.since);
  time(filter.until);
  time(filter.planned_since);
  time(filter.planned_until);
  for (auto const status : filter.statuses) add(to_string(status));
  add("channels");
  for (auto const channel : filter.channels) add(to_string(channel));
  add("texts");
  add(filter.search);
  add(filter.text);
  add(filter.destination);
  number(filter.min_messages);
  number(filter.max_messages);
  add(filter.sort);
  number(filter.limit);
  return h;
}

}  // namespace polycampaign::inline v1::engine
