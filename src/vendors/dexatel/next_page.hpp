#pragma once

#include "polycampaign/protocol/url.hpp"
#include "polycampaign/result.hpp"

#include "wire/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::dexatel {

/// What `pagination.links.next` asks for. No page documents whether it is a URL, a path or a bare token, nor
/// what marks the end.
struct NextPage {
  /// For PageKey: `=` and a page token, or a path with its query to be requested as it is; empty: no further
  /// page.
  std::string token{};
  /// The page size inside the link.
  std::optional<std::int64_t> size{};
};

/// `base`: where requests go. A link to another origin is an error: it must never receive the key.
/// Errors: `protocol`.
[[nodiscard]] Result<NextPage> read_next(wire::JsonValue next, protocol::Url const& base);

}  // namespace polycampaign::inline v1::dexatel
