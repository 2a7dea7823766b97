#pragma once

#include "polycampaign/protocol/list.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polycampaign::inline v1::engine {

/// A position in a list: everything that another process needs to continue.
struct ResumePoint {
  std::string provider{};
  std::uint64_t list = 0;          ///< hash of what determines the list: filter, page size, options
  std::chrono::sys_seconds now{};  ///< the time at which the list began
  protocol::PageKey key{};         ///< the page of the position
  std::int64_t delivered = 0;      ///< campaigns that the reader has received, for the limit
  bool ended = false;              ///< nothing is left
  /// The record of the page that was delivered last. Absent if none was.
  std::optional<std::int64_t> index{};
  /// The id of that record; may be empty. Without an index, the id of the record delivered before, which an
  /// overlapping page contains again.
  std::string id{};

  friend bool operator==(ResumePoint const&, ResumePoint const&) = default;
};

/// Encodes a position as one line of letters, digits, `-` and `_`.
[[nodiscard]] std::string to_token(ResumePoint const& point);
/// Decodes a token. Returns nothing if `to_token` did not produce it.
[[nodiscard]] std::optional<ResumePoint> from_token(std::string_view token);

}  // namespace polycampaign::inline v1::engine
