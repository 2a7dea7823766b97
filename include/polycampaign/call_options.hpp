#pragma once

#include "polycampaign/cancel.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace polycampaign::inline v1 {

/// What one call may take, and how it is given up. `cancel` and `deadline` are answered within 50 ms in every
/// phase.
struct CallOptions {
  /// Per request; absent: the client's `timeout`. Must be positive.
  std::optional<std::chrono::milliseconds> timeout{};
  /// For the whole call: all requests, retries and waits of a list or conversation.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  /// Ends the call with `canceled`; by default never.
  CancelToken cancel{};
};

/// How a list is read. Which campaigns it holds is `CampaignFilter`'s part.
struct ListOptions {
  /// `deadline` and `cancel` hold for the whole list, `timeout` for each request.
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

/// How one campaign is read.
struct GetOptions {
  /// For all requests together, where a vendor needs several (Yeastar: the campaign, and a search for its
  /// status).
  CallOptions call{};
  /// Keep the vendor record's text in `Campaign::raw()`.
  bool keep_raw = false;
  /// Where the vendor has a short and a long form (BSG), ask for the short one.
  bool brief = false;
};

}  // namespace polycampaign::inline v1
