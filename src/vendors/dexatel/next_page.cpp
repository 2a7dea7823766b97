#include "vendors/dexatel/next_page.hpp"

#include "text/number.hpp"
#include "wire/text.hpp"

#include <algorithm>
#include <utility>

namespace polycampaign::inline v1::dexatel {
namespace {

NextPage bad_link(std::string_view why) {
  return {.error =
              Error{.code = ErrorCode::protocol, .message = "pagination.links.next " + std::string{why}}};
}

bool has_parameter(std::string_view query, std::string_view name) noexcept {
  while (!query.empty()) {
    auto const piece = query.substr(0, query.find('&'));
    if (piece.substr(0, piece.find('=')) == name && piece.size() > name.size()) return true;
    query.remove_prefix(std::min(piece.size() + 1, query.size()));
  }
  return false;
}

std::optional<std::int64_t> page_size(std::string_view query) {
  auto const size = text::whole_number(protocol::query_value(query, "page_size"));
  return size && *size >= 1 ? size : std::nullopt;
}

NextPage with_token(std::string_view token, std::string_view query) {
  // an empty token is an easy mistake for a link that should be absent
  if (token.empty()) return {};
  return {.token = '=' + std::string{token}, .size = page_size(query)};
}

/// What the link contains: a host, a path without a host, or neither.
enum class Shape : std::uint8_t {
  absolute,
  path,
  other
};

Shape shape_of(std::string_view link) {
  auto const scheme = link.find("://");
  if (link.starts_with("//") || (scheme != std::string_view::npos && link.find_first_of("/?#") > scheme))
    return Shape::absolute;
  return link.starts_with('/') ? Shape::path : Shape::other;
}

}  // namespace

bool is_list_path(std::string_view path, protocol::Url const& base, std::string_view list_path) {
  std::string_view own = base.path;
  while (own.ends_with('/')) own.remove_suffix(1);
  path = path.substr(0, path.find('?'));
  if (!path.starts_with(own)) return false;
  path.remove_prefix(own.size());
  if (!path.starts_with(list_path) || path.find("..") != std::string_view::npos) return false;
  return path.size() == list_path.size() || path[list_path.size()] == '/';
}

NextPage read_next(wire::JsonValue next, protocol::Url const& base, std::string_view list_path) {
  using Kind = wire::Scalar::Kind;
  auto const value = next.scalar();
  if (value.empty() || (value.kind == Kind::boolean && !value.boolean)) return {};
  if (value.kind == Kind::integer) return with_token(std::to_string(value.integer), {});
  if (value.kind != Kind::text) return bad_link("is neither a string nor null");

  auto const link = wire::trim(value.text);
  if (link.empty()) return {};
  if (!std::all_of(link.begin(), link.end(), [](char c) { return c > ' ' && c < '\x7F'; }))
    return bad_link("contains characters that a URL or token cannot have");

  auto query = link.substr(std::min(link.find('?'), link.size() - 1) + 1);
  query = query.substr(0, query.find('#'));
  if (has_parameter(query, "page_token"))
    return with_token(protocol::query_value(query, "page_token"), query);

  std::string path{link};
  switch (shape_of(link)) {
    case Shape::absolute: {
      auto const url = protocol::parse_url(link.starts_with("//") ? base.scheme + ':' + path : path);
      if (!url) return bad_link("is not a URL that can be requested");
      if (!url->same_origin(base)) return bad_link("points to another host, which was not contacted");
      path = url->path.empty() ? "/" : url->path;
      if (!url->query.empty()) path += '?' + url->query;
      break;
    }
    case Shape::path: break;
    case Shape::other:
      if (has_parameter(link, "page_token"))
        return with_token(protocol::query_value(link, "page_token"), link);
      return with_token(link, {});
  }
  if (path.find('#') != std::string::npos) return bad_link("is not a URL that can be requested");
  if (!is_list_path(path, base, list_path)) return bad_link("is not a URL of this list");
  return {.token = std::move(path)};
}

}  // namespace polycampaign::inline v1::dexatel
