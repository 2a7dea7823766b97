#pragma once

#include "polycampaign/completion.hpp"
#include "polycampaign/pager.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1 {

/// Provides the pages of an AsyncPager. Implement it for an AsyncPager of your own. The destructor completes
/// a pending page with `canceled`.
///
/// Threads: use from one thread at a time; completions may arrive on any thread.
template <class T>
class AsyncPageSource : public AnyPageSource {
 public:
  /// Calls `done` exactly once, before this function returns or later: with the next page (possibly an empty
  /// one), with nothing at the end, or with the error that ended the list. Not called again before that.
  ///
  /// Errors: any; it ends the list.
  /// Retried: decided by the source.
  virtual void next_page(Completion<std::optional<Page<T>>> done) = 0;
  /// Returns what was received so far. This implementation returns nothing.
  [[nodiscard]] virtual ListReport report() const { return {}; }
  /// Returns a token to continue, in another process, after the first `delivered` items of the last page.
  /// Empty: the list cannot be resumed.
  [[nodiscard]] virtual std::string resume_token(std::size_t delivered) const {
    static_cast<void>(delivered);
    return {};
  }
};

namespace detail {

/// Adapts any source of pages. Passes each page to `done` before `next_page` returns.
template <class T>
class ImmediatePages final : public AsyncPageSource<T> {
 public:
  explicit ImmediatePages(std::unique_ptr<PageSource<T>> source) : source_{std::move(source)} {}
  void next_page(Completion<std::optional<Page<T>>> done) override {
    if (ended_) return done(std::optional<Page<T>>{});
    auto page = source_->next_page();
    ended_ = !page || !page->has_value();
    done(std::move(page));
  }
  ListReport report() const override { return source_->report(); }
  std::string resume_token(std::size_t delivered) const override { return source_->resume_token(delivered); }

 private:
  std::unique_ptr<PageSource<T>> source_;
  bool ended_ = false;
};

}  // namespace detail

/// A list whose pages are passed to a callback. The reader sets the pace: no request is made before the first
/// `next_page`, and later only prefetched pages are requested in advance. The destructor stops all requests.
/// Move-only.
///
/// Threads: members may be called from any thread, one at a time.
template <class T>
class [[nodiscard]] AsyncPager {
 public:
  /// Reads from `source`, which must not be null.
  explicit AsyncPager(std::unique_ptr<AsyncPageSource<T>> source) : source_{std::move(source)} {}

  /// Requests the next page. Calls `done` with it (it may be empty), with nothing at the end, or with the
  /// error that ended the list.
  ///
  /// Errors: `invalid_argument`, before this function returns, if another page is pending; otherwise as
  /// `CampaignClient::list`.
  /// Retried: yes.
  void next_page(Completion<std::optional<Page<T>>> done) { source_->next_page(std::move(done)); }

  /// Returns what was received so far. Final once the list has ended.
  [[nodiscard]] ListReport report() const { return source_->report(); }
  /// Returns a token to continue after the first `delivered` elements of the last page, by default after all
  /// of it, in this or another process (`ListOptions::resume_token`). It contains no secret.
  [[nodiscard]] std::string resume_token(std::size_t delivered = static_cast<std::size_t>(-1)) const {
    return source_->resume_token(delivered);
  }

 private:
  std::unique_ptr<AsyncPageSource<T>> source_;
};

}  // namespace polycampaign::inline v1
