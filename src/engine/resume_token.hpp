#pragma once

#include "polycampaign/protocol/list.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::engine {

/// Where a list stands: all that another process needs to go on.
struct ResumePoint {
  std::string provider{};
  std::uint64_t list = 0;               ///< hash of what decides the list: filter, page size, options
  std::chrono::sys_seconds now{};       ///< the clock when the list began
  protocol::PageKey key{};              ///< the page that it stands in
  std::int64_t delivered = 0;           ///< campaigns that the reader has had, for the limit
  bool ended = false;                   ///< nothing is left
  std::optional<std::int64_t> index{};  ///< record of the page that was delivered last; absent: none was
  /// Its id; may be empty. Without an index: of the record delivered before, which an overlapping page holds
  /// once more.
  std::string id{};

  friend bool operator==(ResumePoint const&, ResumePoint const&) = default;
};

/// One line of letters, digits, `-` and `_`.
[[nodiscard]] std::string to_token(ResumePoint const& point);
/// Nothing for anything that `to_token` did not make.
[[nodiscard]] std::optional<ResumePoint> from_token(std::string_view token);

}  // namespace polycampaign::inline v1::engine
