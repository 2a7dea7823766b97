#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/protocol/url.hpp"

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
  /// `protocol`: why the link cannot be followed.
  std::optional<Error> error{};
};

/// `base`: where requests go. Of a link with a page token only the token counts: a vendor behind a proxy
/// prints its own name there. Any other link must be of `base`'s origin, since what it names receives the
/// key.
[[nodiscard]] NextPage read_next(wire::JsonValue next, protocol::Url const& base);

}  // namespace polycampaign::inline v1::dexatel
