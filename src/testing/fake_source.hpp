#pragma once

#include "polycampaign/call_options.hpp"
#include "polycampaign/capabilities.hpp"
#include "polycampaign/error.hpp"
#include "polycampaign/list_report.hpp"
#include "polycampaign/pager.hpp"
#include "polycampaign/protocol/list_filter.hpp"
#include "polycampaign/result.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

/// Returns what the client in memory supports: everything.
Capabilities const& fake_capabilities();

Error fake_error(ErrorCode code, std::string message);

/// Returns the error of a call that was canceled or whose deadline has passed.
std::optional<Error> ended(CallOptions const& call);

/// Returns the place in a list that a resume token names, or nothing if no list in memory gave it.
std::optional<std::size_t> fake_place(std::string const& token);

/// A list in memory, before it is read.
template <class Item>
struct FakeList {
  using Verdict = protocol::ListFilter::Verdict;
  /// Where the list ends with an error.
  struct End {
    std::size_t after = 0;
    Error error{};
  };

  std::vector<Item> items{};
  std::function<Verdict(Item const&)> judge{};  ///< which items reach the reader; null: all
  std::vector<std::string> filters{};           ///< ListReport::client_filters
  std::optional<std::int64_t> limit{};
  std::optional<End> end{};
};

/// Reads its own copy of the items, so it needs neither the client nor a lock.
template <class Item>
class FakeSource final : public PageSource<Item> {
 public:
  FakeSource(FakeList<Item> list, ListOptions options)
      : list_{std::move(list)}, options_{std::move(options)} {
    report_.client_filters = list_.filters;
  }

  Result<std::optional<Page<Item>>> next_page() override {
    if (auto error = ended(options_.call)) return *std::move(error);
    if (!std::exchange(resumed_, true) && !options_.resume_token.empty()) {
      auto const place = fake_place(options_.resume_token);
      if (!place) return fake_error(ErrorCode::invalid_argument, "this resume token belongs to another list");
      next_ = *place;
    }
    auto const size = static_cast<std::size_t>(std::clamp(options_.page_size.value_or(100), 1, 1000));
    Page<Item> page;
    page_begin_ = next_;
    places_.clear();
    while (next_ < list_.items.size() && page.items.size() < size && !limit_reached() && !end_due())
      take(page);
    if (end_due() && page.items.empty()) return list_.end->error;
    if (page.items.empty()) {
      report_.complete = next_ >= list_.items.size();
      return std::optional<Page<Item>>{};
    }
    ++report_.pages;
    return std::optional<Page<Item>>{std::move(page)};
  }
  ListReport report() const override { return report_; }
  std::string resume_token(std::size_t delivered) const override {
    auto const place = delivered == 0                ? page_begin_
                       : delivered <= places_.size() ? places_[delivered - 1]
                                                     : next_;
    return "fake:" + std::to_string(place);
  }

 private:
  using Verdict = protocol::ListFilter::Verdict;

  bool limit_reached() const { return list_.limit && report_.delivered >= *list_.limit; }
  bool end_due() const {
    return list_.end && report_.delivered >= static_cast<std::int64_t>(list_.end->after);
  }
  void take(Page<Item>& page) {
    auto& item = list_.items[next_++];
    ++report_.records;
    auto const verdict = list_.judge ? list_.judge(item) : Verdict::keep;
    if (verdict != Verdict::keep) {
      ++report_.filtered;
      if (verdict == Verdict::drop_without_time) ++report_.without_time;
      return;
    }
    if constexpr (requires { item.raw_record; })
      if (!options_.keep_raw) item.raw_record.reset();
    page.items.push_back(std::move(item));
    places_.push_back(next_);
    ++report_.delivered;
  }

  FakeList<Item> list_;
  ListOptions options_;
  ListReport report_{};
  bool resumed_ = false;
  std::size_t next_ = 0;
  std::size_t page_begin_ = 0;
  std::vector<std::size_t> places_{};  ///< where the list continues after each item of the page
};

}  // namespace polycampaign::inline v1::testing
