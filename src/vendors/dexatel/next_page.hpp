#pragma once

#include "polycampaign/error.hpp"
#include "polycampaign/protocol/url.hpp"

#include "wire/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::dexatel {

inline constexpr std::string_view campaigns_path = "/v1/campaigns";

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

/// Whether a path with its query is the list's below `base`, or below the list's: nothing else may be asked
/// for, whoever wrote the resume token.
[[nodiscard]] bool is_list_path(std::string_view path, protocol::Url const& base);

/// `base`: where requests go. Of a link with a page token only the token counts: a vendor behind a proxy
/// prints its own name there. Any other link must be of `base`'s origin, since what it names receives the
/// key.
[[nodiscard]] NextPage read_next(wire::JsonValue next, protocol::Url const& base);

}  // namespace polycampaign::inline v1::dexatel
