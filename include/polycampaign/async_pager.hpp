#pragma once

#include "polycampaign/completion.hpp"
#include "polycampaign/pager.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace polycampaign::inline v1 {

/// Where an AsyncPager's pages come from; implement it to feed one of your own. Its destruction ends a page
/// that is waited for with `canceled`.
///
/// Threads: used by one thread at a time; completions may come on any.
template <class T>
class AsyncPageSource : public AnyPageSource {
 public:
  /// Calls `done` exactly once, before it returns or later: with the next page (possibly an empty one), with
  /// nothing at the end, or with the error that ended the list. Not called again before that.
  ///
  /// Errors: any; it ends the list.
  /// Retried: the source's own affair.
  virtual void next_page(Completion<std::optional<Page<T>>> done) = 0;
  /// What was seen so far; nothing unless overridden.
  [[nodiscard]] virtual ListReport report() const { return {}; }
  /// A token to go on in another process behind the first `delivered` items of the page last given. Empty:
  /// the list cannot be resumed.
  [[nodiscard]] virtual std::string resume_token(std::size_t delivered) const {
    static_cast<void>(delivered);
    return {};
  }
};

namespace detail {

/// Any source of pages; each page is passed to `done` before `next_page` returns.
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

/// A list whose pages come to a callback. The reader sets the pace: nothing is asked for before the first
/// `next_page`, and never more than the prefetched pages ahead. Its destruction stops the traffic. Move-only.
///
/// Threads: members may be called from any thread, one at a time.
template <class T>
class [[nodiscard]] AsyncPager {
 public:
  /// Reads from `source`, which must not be null.
  explicit AsyncPager(std::unique_ptr<AsyncPageSource<T>> source) : source_{std::move(source)} {}

  /// Gives the next page (possibly an empty one), nothing at the end, or the error that ended the list.
  ///
  /// Errors: `invalid_argument`, before this returns, while another page is waited for; else as
  /// `CampaignClient::list`.
  /// Retried: yes.
  void next_page(Completion<std::optional<Page<T>>> done) { source_->next_page(std::move(done)); }

  /// What was seen so far; complete once the list has ended.
  [[nodiscard]] ListReport report() const { return source_->report(); }
  /// Goes on after the first `delivered` elements of the last page, by default after all of it, in this or
  /// another process (`ListOptions::resume_token`). Holds no secret.
  [[nodiscard]] std::string resume_token(std::size_t delivered = static_cast<std::size_t>(-1)) const {
    return source_->resume_token(delivered);
  }

 private:
  std::unique_ptr<AsyncPageSource<T>> source_;
};

}  // namespace polycampaign::inline v1
