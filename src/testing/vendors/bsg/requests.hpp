#pragma once

#include "polycampaign/testing/http_message.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

/// What all POST requests of BSG have in common: their bodies, and what is wrong with them.
namespace polycampaign::inline v1::testing::bsg {

using Json = nlohmann::ordered_json;

inline constexpr auto blank = "This value should not be blank.";
inline constexpr auto not_integer = "This value should be of type integer.";

/// What is wrong with a request, by flattened paths such as `messages0phone`.
class Complaints {
 public:
  void add(std::string const& path, std::string text);
  [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
  /// Returns HTTP 422 with all of them.
  [[nodiscard]] HttpResponse answer() const;

 private:
  Json errors_ = Json::object();
};

/// Returns HTTP 422 with a message and no paths.
[[nodiscard]] HttpResponse refused(std::string const& message);

/// Returns the body of a request, or a discarded value if it is not JSON. A body is JSON, and says so; what
/// happens otherwise is not documented.
[[nodiscard]] Json json_body(HttpRequest const& request);
/// Returns a string of the body, or an empty one.
[[nodiscard]] std::string text_of(Json const& body, char const* name);
/// Returns a member, or null.
[[nodiscard]] Json member(Json const& object, char const* name);
[[nodiscard]] std::string too_long(std::int64_t most);
/// Reads a phone number, which is an integer without `+`. Returns what is wrong with it, or an empty string.
[[nodiscard]] std::string read_number(Json const& value, std::string& number);

}  // namespace polycampaign::inline v1::testing::bsg
