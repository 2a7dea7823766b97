// The small parsers: times, decimals, URLs, words, redaction, resume tokens, headers.

#include "polycampaign/channel.hpp"
#include "polycampaign/cost.hpp"
#include "polycampaign/protocol/http_error.hpp"
#include "polycampaign/protocol/json_text.hpp"
#include "polycampaign/protocol/redact.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/timestamp.hpp"

#include "engine/resume_token.hpp"
#include "wire/time.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace pc = polycampaign;
  if (size > 300) return 0;  // none of these is longer; a longer one only takes its time
  std::string const text{reinterpret_cast<char const*>(data), size};
  if (auto const decimal = pc::Decimal::parse(text)) {
    auto const again = pc::Decimal::parse(decimal->text());
    if (!again || *again != *decimal) std::abort();
  }
  if (auto const time = pc::wire::parse_date_time(text)) {
    auto const again = pc::wire::parse_date_time(pc::protocol::format_wall(time->wall));
    if (!again || again->wall != time->wall) std::abort();
  }
  if (auto const time = pc::parse_time(text)) {
    auto const again = pc::parse_time(pc::to_rfc3339(*time));
    if (!again || *again != *time) std::abort();
  }
  if (pc::protocol::unescape(pc::protocol::escape(text)) != text) std::abort();
  static_cast<void>(pc::protocol::parse_url(text));
  static_cast<void>(pc::protocol::redacted_url(text));
  if (pc::protocol::safe_text(text).size() > 200) std::abort();
  static_cast<void>(pc::protocol::mask_secrets(text, {"a%20secret", "aaaa"}));
  static_cast<void>(pc::protocol::query_value(text, "page_token"));
  static_cast<void>(pc::protocol::json_member(text, "id"));
  static_cast<void>(pc::parse_channel(text));
  static_cast<void>(pc::protocol::retry_after(
      {429, {{"Retry-After", text}, {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}, {}}));
  if (auto const point = pc::engine::from_token(text); point && pc::engine::to_token(*point) != text)
    std::abort();
  return 0;
}
