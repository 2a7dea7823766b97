#include "testing/vendors/bsg/requests.hpp"

#include <utility>

namespace polycampaign::inline v1::testing::bsg {

void Complaints::add(std::string const& path, std::string text) {
  errors_[path].push_back(std::move(text));
}

HttpResponse Complaints::answer() const {
  return json_answer(422, Json{{"message", "The given data was invalid."}, {"errors", errors_}}.dump());
}

HttpResponse refused(std::string const& message) {
  return json_answer(422, Json{{"message", message}, {"errors", Json::array()}}.dump());
}

Json json_body(HttpRequest const& request) {
  bool const is_json = contains_text(request_header(request, "Content-Type").value_or(""), "json");
  return Json::parse(is_json ? request.body : std::string{}, nullptr, false);
}

std::string text_of(Json const& body, char const* name) {
  return body.is_object() && body.contains(name) && body[name].is_string() ? body[name].get<std::string>()
                                                                           : std::string{};
}

Json member(Json const& object, char const* name) {
  return object.is_object() && object.contains(name) ? object[name] : Json{};
}

std::string too_long(std::int64_t most) {
  return "This value is too long. It should have " + std::to_string(most) + " characters or less.";
}

std::string read_number(Json const& value, std::string& number) {
  if (!value.is_number_integer() || value < 0) return not_integer;
  number = '+' + value.dump();
  if (number.size() < 10) return "This value is too short. It should have 9 characters or more.";
  return number.size() > 16 ? too_long(15) : std::string{};
}

}  // namespace polycampaign::inline v1::testing::bsg
