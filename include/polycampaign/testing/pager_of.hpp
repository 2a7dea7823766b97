#pragma once

#include "polycampaign/async_pager.hpp"
#include "polycampaign/pager.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A PageSource whose elements are given in advance.
///
/// Threads: use from one thread at a time.
template <class T>
class ItemSource final : public PageSource<T> {
 public:
  /// Returns `items`, `page_size` per page (0 counts as 1), and ends with `final_error` if there is one.
  explicit ItemSource(std::vector<T> items, std::optional<Error> final_error = {},
                      std::size_t page_size = 100)
      : items_{std::move(items)},
        error_{std::move(final_error)},
        page_size_{page_size == 0 ? 1 : page_size} {}

  Result<std::optional<Page<T>>> next_page() override {
    if (next_ >= items_.size()) {
      if (error_) return *error_;
      report_.complete = true;
      return std::optional<Page<T>>{};
    }
    Page<T> page;
    for (; next_ < items_.size() && page.items.size() < page_size_; ++next_)
      page.items.push_back(std::move(items_[next_]));
    ++report_.pages;
    report_.records += static_cast<std::int64_t>(page.items.size());
    report_.delivered = report_.records;
    return std::optional<Page<T>>{std::move(page)};
  }
  ListReport report() const override { return report_; }

 private:
  std::vector<T> items_;
  std::optional<Error> error_;
  std::size_t page_size_;
  std::size_t next_ = 0;
  ListReport report_{};
};

/// Returns a Pager of these items, `page_size` per page, which ends with `final_error` if there is one. It
/// has no resume token.
template <class T>
[[nodiscard]] Pager<T> pager_of(std::vector<T> items, std::optional<Error> final_error = {},
                                std::size_t page_size = 100) {
  return Pager<T>{std::make_unique<ItemSource<T>>(std::move(items), std::move(final_error), page_size)};
}

/// Returns an AsyncPager over any source of pages. Each page is passed on before `next_page` returns.
template <class T>
[[nodiscard]] AsyncPager<T> async_pager_of(std::unique_ptr<PageSource<T>> source) {
  return AsyncPager<T>{std::make_unique<detail::ImmediatePages<T>>(std::move(source))};
}

/// Returns an AsyncPager of the items that `pager_of` would take. Each page is passed on before `next_page`
/// returns.
template <class T>
[[nodiscard]] AsyncPager<T> async_pager_of(std::vector<T> items, std::optional<Error> final_error = {},
                                           std::size_t page_size = 100) {
  return async_pager_of<T>(
      std::make_unique<ItemSource<T>>(std::move(items), std::move(final_error), page_size));
}

}  // namespace polycampaign::inline v1::testing
