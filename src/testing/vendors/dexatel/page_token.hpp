#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::testing::dexatel {

/// A position in a list. Tokens are opaque (base64 with `+`, `/` and `=`, so a client must encode them),
/// contain a checksum, and belong to the filter that they were made for.
struct PageToken {
  std::int64_t page = 0;   ///< counted from 0
  std::int64_t after = 0;  ///< the page begins after the campaign with this number; 0: at the newest
  std::string filter{};
};

[[nodiscard]] std::string write_token(PageToken const& token, std::uint64_t seed);
/// Returns nothing if this simulator did not write the text.
[[nodiscard]] std::optional<PageToken> read_token(std::string_view text, std::uint64_t seed);

}  // namespace polycampaign::inline v1::testing::dexatel
