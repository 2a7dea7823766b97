#include "vendors/bsg/lists.hpp"

#include "polycampaign/bsg.hpp"

#include "vendors/bsg/refusals.hpp"
#include "wire/campaigns.hpp"
#include "wire/scalar.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace polycampaign::inline v1::bsg {
namespace {

Count count_of(wire::JsonValue value) {
  auto const number = wire::whole_number_of(value.scalar());
  return number && *number >= 0 ? Count{*number} : std::nullopt;
}

}  // namespace

protocol::PageInfo page_info(wire::JsonValue root) {
  auto const page = root["meta"]["page"];
  protocol::PageInfo info;
  info.total = count_of(page["total"]);
  if (!info.total) info.total = count_of(root["total"]);
  info.applied_size = count_of(page["limit"]);
  return info;
}

wire::JsonList list_of(wire::JsonValue root) {
  if (auto const data = root["data"]) return wire::JsonList{data, most_listed()};
  return root.is_array() ? wire::JsonList{root, most_listed()} : wire::JsonList{};
}

Error without(wire::JsonValue root, HttpResponse const& response, std::string expected) {
  auto error = message_only(root, response);
  if (!error) error = protocol::unreadable(response, std::move(expected));
  error->effect = Effect::none;
  return *std::move(error);
}

bool reports_any(wire::JsonValue record, std::initializer_list<std::string_view> members) {
  return std::ranges::any_of(members, [&](std::string_view name) {
    auto const value = record[name];
    return value && !value.is_null();
  });
}

std::size_t most_listed() noexcept {
  return wire::Campaigns::most(bsg::capabilities().max_page_size);
}

}  // namespace polycampaign::inline v1::bsg
