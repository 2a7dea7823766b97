#include "vendors/bsg/refusals.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/redact.hpp"

#include "wire/scalar.hpp"
#include "wire/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace polycampaign::inline v1::bsg {
namespace {

using wire::JsonValue;
using Kind = wire::Scalar::Kind;

// Returns `error` of API 1.0 and of the export jobs: an integer, or its digits. Returns nothing if it is 0 or
// has no value.
std::optional<std::string> old_error(JsonValue root) {
  auto const error = root["error"];
  if (auto const number = wire::whole_number_of(error.scalar()))
    return *number == 0 ? std::nullopt : std::optional{std::to_string(*number)};
  if (auto const word = wire::words_of(error.scalar()); !word.empty()) return protocol::safe_text(word, 40);
  auto const kind = error.scalar().kind;
  if (kind == Kind::boolean && error.scalar().boolean) return "true";
  if (kind == Kind::composite && error.size() > 0) return "";
  return std::nullopt;
}

constexpr std::size_t enough = 1'000;  // more than a message keeps

void add(std::string& words, std::string_view more) {
  if (more.empty() || words.size() > enough) return;
  if (!words.empty()) words.append("; ");
  words.append(more);
}

// `errors` is absent, an array, or an object whose keys are flattened paths and whose values are arrays of
// strings.
void add_errors(std::string& words, JsonValue errors) {
  errors.for_each_item([&](JsonValue item) { add(words, wire::words_of(item.scalar())); });
  errors.for_each_member([&](std::string_view field, JsonValue value) {
    add(words, field);
    auto first = true;
    auto const say = [&](std::string_view what) {
      if (!what.empty() && words.size() <= enough)
        words.append(std::exchange(first, false) ? ": " : ", ").append(what);
    };
    say(wire::words_of(value.scalar()));
    value.for_each_item([&](JsonValue item) { say(wire::words_of(item.scalar())); });
  });
}

std::string words_of(JsonValue root) {
  std::string words{wire::words_of(root["message"].scalar())};
  add(words, wire::words_of(root["errorDescription"].scalar()));
  add_errors(words, root["errors"]);
  return protocol::safe_text(words);
}

}  // namespace

std::optional<Error> refusal(JsonValue root, HttpResponse const& response) {
  auto const code = root["data"] ? std::nullopt : wire::whole_number_of(root["code"].scalar());
  auto const old = old_error(root);
  auto status = response.status;
  // The documents recognize an expired token "by HTTP status 401 (or body code 401)".
  if (code && (*code == 401 || (status / 100 == 2 && *code >= 400 && *code < 600)))
    status = static_cast<int>(*code);
  if (status / 100 == 2 && !old) return std::nullopt;

  auto const words = words_of(root);
  auto error = protocol::http_error({status, response.headers, {}}, words);
  if (!error)
    error = Error{.code = ErrorCode::rejected, .message = words.empty() ? "BSG refused the request" : words};
  // A request on which the server failed may have been processed, whatever the body says.
  if (auto const failed = protocol::http_error(response)) error->effect = failed->effect;
  error->http_status = response.status;
  error->vendor_code = code ? std::to_string(*code) : old.value_or("");
  return error;
}

std::optional<Error> message_only(JsonValue root, HttpResponse const& response) {
  auto words = words_of(root);
  if (words.empty()) return std::nullopt;
  return Error{.code = ErrorCode::rejected, .http_status = response.status, .message = std::move(words)};
}

Error without_outcome(JsonValue root, HttpResponse const& response, std::string expected) {
  auto worded = message_only(root, response);
  if (worded && root["errors"].size() > 0) return *std::move(worded);
  auto error = protocol::unreadable(response, std::move(expected));
  if (worded) error.message += "; BSG answered: " + worded->message;
  return error;
}

bool is_too_many(Error const& error) noexcept {
  return error.http_status == 429 || error.code == ErrorCode::rate_limited;
}

Error of_equal_requests(Error error, std::string_view what) {
  error.code = ErrorCode::conflict;
  error.effect = Effect::unknown;
  error.transient = false;
  error.message = error.http_status == 429 ? "BSG answered HTTP 429" : "BSG answered with the code 429";
  error.message.append(", which it documents for equal requests within a short time: ").append(what);
  return error;
}

}  // namespace polycampaign::inline v1::bsg
