// The small parsers: times, decimals, URLs, words, redaction.

#include "polycampaign/cost.hpp"
#include "polycampaign/protocol/redact.hpp"
#include "polycampaign/protocol/url.hpp"
#include "polycampaign/protocol/zone.hpp"
#include "polycampaign/timestamp.hpp"

#include "wire/time.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace pc = polycampaign;
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
  return 0;
}
