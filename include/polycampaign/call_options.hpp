#pragma once

#include "polycampaign/cancel.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace polycampaign::inline v1 {

/// What one call may take. `cancel` and `deadline` are answered within 50 ms in every phase.
struct CallOptions {
  /// Per request; absent: the client's `timeout`. Must be positive.
  std::optional<std::chrono::milliseconds> timeout{};
  /// For the whole call: all requests, retries and waits of a walk or conversation.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  CancelToken cancel{};
};

struct ListOptions {
  CallOptions call{};
  /// Records a page, clamped to what the vendor allows; absent: the vendor's largest sensible page.
  std::optional<int> page_size{};
  /// Pages asked for ahead of the reader, 1 to 16 (1: none); absent: the vendor's default.
  std::optional<int> prefetch{};
  /// Go on where another Pager stopped (`Pager::resume_token`); the filter must be the same.
  std::string resume_token{};
  /// Keep each vendor record's text in `Campaign::raw()`.
  bool keep_raw = false;
  /// Ask for the details of every campaign too (more requests): text, counters and cost that lists lack.
  bool fetch_details = false;
};

struct GetOptions {
  CallOptions call{};
  bool keep_raw = false;
  /// Where the vendor has a short and a long form (BSG), ask for the short one.
  bool brief = false;
};

}  // namespace polycampaign::inline v1
