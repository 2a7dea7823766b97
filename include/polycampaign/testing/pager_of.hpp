#pragma once

#include "polycampaign/pager.hpp"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace polycampaign::inline v1::testing {

/// A Pager over given items, `page_size` a page, ending with `final_error` if there is one.
template <class T>
[[nodiscard]] Pager<T> pager_of(std::vector<T> items, std::optional<Error> final_error = {},
                                std::size_t page_size = 100) {
  class Source final : public PageSource<T> {
   public:
    Source(std::vector<T> items, std::optional<Error> error, std::size_t page_size)
        : items_{std::move(items)}, error_{std::move(error)}, page_size_{page_size == 0 ? 1 : page_size} {}

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
    WalkReport report() const override { return report_; }

   private:
    std::vector<T> items_;
    std::optional<Error> error_;
    std::size_t page_size_;
    std::size_t next_ = 0;
    WalkReport report_{};
  };
  return Pager<T>{std::make_unique<Source>(std::move(items), std::move(final_error), page_size)};
}

}  // namespace polycampaign::inline v1::testing
