#include "vendors/dexatel/refusals.hpp"

#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/redact.hpp"

#include "text/number.hpp"
#include "wire/text.hpp"

#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

using Kind = wire::Scalar::Kind;

/// "Status and Error Codes": the HTTP status gives the class of an error, and the code refines it. HTTP 429
/// and 5xx keep their meaning whatever the body says. Codes that are not listed here refuse a value, unless
/// the HTTP status is more precise. `status` is the HTTP status, or the one that the body repeats.
std::optional<ErrorCode> meaning(std::int64_t code, int http_status, int status) noexcept {
  if (http_status == 429 || http_status >= 500) return std::nullopt;
  switch (code) {
    case 1101: return ErrorCode::unauthenticated;
    case 1301:
    case 1601: return ErrorCode::not_found;
    case 1309:
    case 1360:
    case 1611:
    case 1612: return ErrorCode::conflict;
    case 1524:
    case 1525: return ErrorCode::permission_denied;
    default: break;
  }
  bool const precise =
      status == 401 || status == 403 || status == 404 || status == 409 || status == 429 || status >= 500;
  if (code >= 1000 && code <= 1999 && !precise) return ErrorCode::invalid_argument;
  return std::nullopt;
}

std::optional<int> error_status(wire::Scalar const& value) noexcept {
  std::int64_t status = value.integer;
  if (value.kind == Kind::text && !wire::read_short_count(wire::trim(value.text), status))
    return std::nullopt;
  if (value.kind != Kind::text && value.kind != Kind::integer) return std::nullopt;
  return status >= 400 && status < 600 ? std::optional{static_cast<int>(status)} : std::nullopt;
}

std::string words_of(wire::Scalar const& value) {
  return value.kind == Kind::text ? protocol::safe_text(wire::trim(value.text)) : std::string{};
}

}  // namespace

void Complaints::add(wire::JsonValue entry) {
  constexpr std::size_t most_shown = 10;
  if (reported_ >= most_shown) return;
  auto const first = !std::exchange(any_, true);

  auto words = words_of(entry.scalar());
  if (words.empty()) words = words_of(entry["message"].scalar());
  if (words.empty()) words = words_of(entry["error"].scalar());

  std::string code_text;
  auto const code = entry["code"].scalar();
  if (code.kind == Kind::integer)
    code_text = std::to_string(code.integer);
  else
    code_text = words_of(code);
  if (first) http_status_ = error_status(entry["status"].scalar());
  if (first && !code_text.empty()) {
    code_text_ = code_text;
    code_ = text::whole_number(code_text);
  }

  ++reported_;
  if (words.empty()) words = "no reason given";
  if (!words_.empty()) words_ += "; ";
  words_ += words;
  if (!code_text.empty()) words_ += " (code " + code_text + ')';
}

Error Complaints::as_error(HttpResponse const& response) const {
  bool const succeeded = response.status >= 200 && response.status < 300;
  auto const status = succeeded ? http_status_.value_or(response.status) : response.status;
  auto error = protocol::refusal({status, response.headers, {}}, words_);
  error.http_status = response.status;
  if (auto const code = code_ ? meaning(*code_, response.status, status) : std::nullopt)
    protocol::refine(error, *code);
  error.vendor_code = code_text_;
  return error;
}

}  // namespace polycampaign::inline v1::dexatel
