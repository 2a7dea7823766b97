#include "polycampaign/capabilities.hpp"

#include "polycampaign/operations.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>

namespace polycampaign::inline v1 {

namespace {

constexpr std::string_view unknown = "unknown";

template <class List>
constexpr std::array<Operation, 0> operations_of{};
template <class... Ops>
constexpr std::array<Operation, sizeof...(Ops)> operations_of<OperationList<Ops...>>{Ops::operation...};

template <class Row, class Key>
Row const* find_row(std::span<Row const> rows, Key Row::*key, Key wanted) noexcept {
  auto const found = std::ranges::find(rows, wanted, key);
  return found == rows.end() ? nullptr : &*found;
}

constexpr std::string_view name_of(Filter filter) noexcept {
  switch (filter) {
    case Filter::since: return "since";
    case Filter::until: return "until";
    case Filter::planned_since: return "planned_since";
    case Filter::planned_until: return "planned_until";
    case Filter::statuses: return "statuses";
    case Filter::channels: return "channels";
    case Filter::search: return "search";
    case Filter::text: return "text";
    case Filter::destination: return "destination";
    case Filter::messages: return "messages";
    case Filter::sort: return "sort";
  }
  return unknown;
}

constexpr std::string_view name_of(Field field) noexcept {
  switch (field) {
    case Field::name: return "name";
    case Field::sender: return "sender";
    case Field::text: return "text";
    case Field::channel: return "channel";
    case Field::status: return "status";
    case Field::created_at: return "created_at";
    case Field::scheduled_at: return "scheduled_at";
    case Field::started_at: return "started_at";
    case Field::finished_at: return "finished_at";
    case Field::updated_at: return "updated_at";
    case Field::cost: return "cost";
    case Field::recipient_lists: return "recipient_lists";
    case Field::recipients: return "recipients";
    case Field::filtered: return "filtered";
    case Field::messages: return "messages";
    case Field::submitted: return "submitted";
    case Field::pending: return "pending";
    case Field::in_flight: return "in_flight";
    case Field::delivered: return "delivered";
    case Field::undelivered: return "undelivered";
    case Field::expired: return "expired";
    case Field::failed: return "failed";
    case Field::unreported: return "unreported";
    case Field::read: return "read";
    case Field::replies: return "replies";
    case Field::opt_outs: return "opt_outs";
    case Field::clicks: return "clicks";
  }
  return unknown;
}

template <class Enum>
constexpr std::size_t count() noexcept {
  std::size_t n = 0;
  while (name_of(static_cast<Enum>(n)) != unknown) ++n;
  return n;
}

/// Every enumerator: those that have a name. The compiler warns of one that has none.
template <class Enum>
constexpr auto values() noexcept {
  std::array<Enum, count<Enum>()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Enum>(i);
  return all;
}

}  // namespace

std::span<Operation const> all_operations() noexcept {
  return operations_of<Operations>;
}

std::string_view to_string(Support support) noexcept {
  switch (support) {
    case Support::unsupported: return "unsupported";
    case Support::native: return "native";
    case Support::emulated: return "emulated";
    case Support::unverified: return "unverified";
  }
  return unknown;
}

std::string_view to_string(Filter filter) noexcept {
  return name_of(filter);
}

std::string_view to_string(Field field) noexcept {
  return name_of(field);
}

std::span<Filter const> all_filters() noexcept {
  static constexpr auto all = values<Filter>();
  return all;
}

std::span<Field const> all_fields() noexcept {
  static constexpr auto all = values<Field>();
  return all;
}

std::span<Counter const> all_counters() noexcept {
  static constexpr Counter all[] = {
      {Field::recipients, &Statistics::recipients}, {Field::filtered, &Statistics::filtered},
      {Field::messages, &Statistics::messages},     {Field::submitted, &Statistics::submitted},
      {Field::pending, &Statistics::pending},       {Field::in_flight, &Statistics::in_flight},
      {Field::delivered, &Statistics::delivered},   {Field::undelivered, &Statistics::undelivered},
      {Field::expired, &Statistics::expired},       {Field::failed, &Statistics::failed},
      {Field::unreported, &Statistics::unreported}, {Field::read, &Statistics::read},
      {Field::replies, &Statistics::replies},       {Field::opt_outs, &Statistics::opt_outs},
      {Field::clicks, &Statistics::clicks},
  };
  static_assert(std::size(all) == values<Field>().size() - static_cast<std::size_t>(Field::recipients));
  return all;
}

Support Capabilities::support(Operation operation) const noexcept {
  auto const* row = find_row(operations, &OperationSupport::operation, operation);
  return row == nullptr ? Support::unsupported : row->support;
}

Error unsupported(Capabilities const& capabilities, Operation operation) {
  Error error{.code = ErrorCode::unsupported,
              .provider = std::string{capabilities.provider},
              .message = std::string{capabilities.display_name} + " does not support `" +
                         std::string{operation.name} + '`'};
  auto const* const row = find_row(capabilities.operations, &OperationSupport::operation, operation);
  if (row != nullptr && !row->evidence.empty()) error.message.append(": ").append(row->evidence);
  return error;
}

Support Capabilities::support(Filter filter) const noexcept {
  auto const* row = find_row(filters, &FilterSupport::filter, filter);
  return row == nullptr ? Support::unsupported : row->support;
}

Support Capabilities::in_list(Field field) const noexcept {
  auto const* row = find_row(fields, &FieldSupport::field, field);
  return row == nullptr ? Support::unsupported : row->in_list;
}

Support Capabilities::in_detail(Field field) const noexcept {
  auto const* row = find_row(fields, &FieldSupport::field, field);
  return row == nullptr ? Support::unsupported : row->in_detail;
}

}  // namespace polycampaign::inline v1
