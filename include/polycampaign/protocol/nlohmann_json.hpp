#pragma once

#include "polycampaign/protocol/scalar.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <string>

// For adapters that parse with nlohmann/json. No other public header includes a header of another library,
// and none includes this one: a program that does not include it does not need nlohmann/json.
namespace polycampaign::inline v1::protocol {

/// Converts the value for the tolerant readers. The result's text is a view into `value`.
[[nodiscard]] inline Scalar to_scalar(nlohmann::json const& value) {
  using Type = nlohmann::json::value_t;
  switch (value.type()) {
    case Type::null: return {.kind = Scalar::Kind::null};
    case Type::boolean: return {.kind = Scalar::Kind::boolean, .boolean = value.get<bool>()};
    case Type::number_integer: return {.kind = Scalar::Kind::integer, .integer = value.get<std::int64_t>()};
    case Type::number_unsigned: {
      auto const number = value.get<std::uint64_t>();
      if (number > std::uint64_t{(std::numeric_limits<std::int64_t>::max)()})
        return {.kind = Scalar::Kind::big_unsigned, .big_unsigned = number};
      return {.kind = Scalar::Kind::integer, .integer = static_cast<std::int64_t>(number)};
    }
    case Type::number_float: return {.kind = Scalar::Kind::real, .real = value.get<double>()};
    case Type::string: return {.kind = Scalar::Kind::text, .text = value.get_ref<std::string const&>()};
    case Type::discarded: return {};
    default: return {.kind = Scalar::Kind::composite};
  }
}
Scalar to_scalar(nlohmann::json&&) = delete;  // its text would be dangling

/// Returns the member with that name. Absent if there is none, or if `object` is not an object.
[[nodiscard]] inline Scalar member(nlohmann::json const& object, char const* name) {
  if (!object.is_object()) return {};
  auto const found = object.find(name);
  return found == object.end() ? Scalar{} : to_scalar(*found);
}
Scalar member(nlohmann::json&&, char const*) = delete;  // its text would be dangling

}  // namespace polycampaign::inline v1::protocol
