#pragma once

#include "polycampaign/cancel.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace polycampaign::inline v1 {

/// Limits for one call, and how to cancel it. In every phase, the call returns within 50 ms after `cancel` is
/// canceled or `deadline` has passed.
struct CallOptions {
  /// Limit for each request. Absent: the client's `timeout`. Must be positive.
  std::optional<std::chrono::milliseconds> timeout{};
  /// Limit for the whole call: all requests, retries and waits of a list or conversation.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  /// Ends the call with `canceled`. By default, the call cannot be canceled.
  CancelToken cancel{};
};

/// How to read a list. `CampaignFilter` decides which campaigns it contains.
struct ListOptions {
  /// `deadline` and `cancel` apply to the whole list, `timeout` to each request.
  CallOptions call{};
  /// Records per page, clamped to what the vendor allows. Absent: the vendor's largest sensible page.
  std::optional<int> page_size{};
  /// Maximum number of pages in flight, 1 to 16 (1: no prefetching). Absent: the vendor's default.
  std::optional<int> prefetch{};
  /// Resumes where another Pager stopped (`Pager::resume_token`). The filter must be the same.
  std::string resume_token{};
  /// Keep the vendor's record of each campaign, as a string, in `Campaign::raw()`.
  bool keep_raw = false;
  /// Also request the details of every campaign, which takes more requests: text, counters and cost that
  /// lists do not contain.
  bool fetch_details = false;
};

/// How to read one campaign.
struct GetOptions {
  /// Applies to all requests together if the vendor needs several (Yeastar: the campaign, and a search for
  /// its status).
  CallOptions call{};
  /// Keep the vendor's record, as a string, in `Campaign::raw()`.
  bool keep_raw = false;
  /// Request the short form if the vendor has a short and a long one (BSG).
  bool brief = false;
};

}  // namespace polycampaign::inline v1
