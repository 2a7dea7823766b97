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
inline constexpr std::string_view audiences_path = "/v1/audiences";
inline constexpr std::string_view templates_path = "/v1/templates";
inline constexpr std::string_view senders_path = "/v1/senders";

/// What `pagination.links.next` refers to. No page documents whether it is a URL, a path or only a token, nor
/// what marks the end.
struct NextPage {
  /// For PageKey: `=` and a page token, or a path with its query that is requested as it is. Empty if there
  /// are no more pages.
  std::string token{};
  /// The page size in the link.
  std::optional<std::int64_t> size{};
  /// `protocol` if the link cannot be followed, with the reason.
  std::optional<Error> error{};
};

/// Returns whether a path with its query is that of the list `list_path` (`campaigns_path`) below `base`, or
/// below the list's. Nothing else may be requested, whoever wrote the resume token.
[[nodiscard]] bool is_list_path(std::string_view path, protocol::Url const& base, std::string_view list_path);

/// Reads the link in a page of that list. `base` is where requests go. If the link has a page token, only the
/// token is used, because a vendor behind a proxy writes its own name into the link. Any other link must have
/// the origin of `base`, because that server receives the key.
[[nodiscard]] NextPage read_next(wire::JsonValue next, protocol::Url const& base, std::string_view list_path);

}  // namespace polycampaign::inline v1::dexatel
