#pragma once

#include "polycampaign/list_report.hpp"
#include "polycampaign/result.hpp"

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1 {

/// Some elements of a list, as many as came together.
template <class T>
struct Page {
  std::vector<T> items{};  ///< in the list's order; may be empty before the end
};

/// A PageSource or AsyncPageSource whose type of elements is not known.
///
/// Threads: used by one thread at a time.
class AnyPageSource {
 public:
  AnyPageSource() = default;
  virtual ~AnyPageSource() = default;
  AnyPageSource(AnyPageSource const&) = delete;
  AnyPageSource& operator=(AnyPageSource const&) = delete;
};

/// Where a Pager's pages come from; implement it to feed a Pager of your own.
///
/// Threads: used by one thread at a time.
template <class T>
class PageSource : public AnyPageSource {
 public:
  /// The next page (possibly an empty one), or nothing at the end. Not called again after an error or the
  /// end.
  ///
  /// Errors: any; it ends the list.
  /// Retried: the source's own affair.
  [[nodiscard]] virtual Result<std::optional<Page<T>>> next_page() = 0;
  /// What was seen so far; nothing unless overridden.
  [[nodiscard]] virtual ListReport report() const { return {}; }
  /// A token to go on in another process behind the first `delivered` items of the page last returned. Empty:
  /// the list cannot be resumed.
  [[nodiscard]] virtual std::string resume_token(std::size_t delivered) const {
    static_cast<void>(delivered);
    return {};
  }
};

namespace detail {

/// A list that ends with an error before its first element.
template <class T>
class FailedList final : public PageSource<T> {
 public:
  explicit FailedList(Error error) : error_{std::move(error)} {}
  Result<std::optional<Page<T>>> next_page() override { return error_; }

 private:
  Error error_;
};

/// The source with its type, which must be `Source`.
template <class Source>
[[nodiscard]] std::unique_ptr<Source> typed(std::unique_ptr<AnyPageSource> source) {
  return std::unique_ptr<Source>{static_cast<Source*>(source.release())};
}

}  // namespace detail

/// A lazy list: a move-only input range of `Result<T>`. Nothing is asked for before `begin()` or
/// `next_page()`; an error is the last element; leaving the loop or destroying the Pager stops the traffic.
/// It may outlive its client, but ends with `canceled` then: keep the client in a variable while you read.
/// Moving it does not disturb its iterators.
///
/// Threads: one at a time; it may wander between threads.
template <class T>
class [[nodiscard]] Pager {
  struct State {
    std::unique_ptr<PageSource<T>> source;
    std::vector<T> items{};
    std::size_t next = 0;
    std::optional<Result<T>> current{};
    bool ended = false;

    void advance() {
      current.reset();
      while (next >= items.size()) {
        if (ended) return;
        fetch();
        if (current) return;
      }
      current.emplace(std::move(items[next++]));
    }
    void fetch() {
      items.clear();
      next = 0;
      auto page = source->next_page();
      if (!page) {
        ended = true;
        current.emplace(std::move(page).error());
      } else if (!page->has_value()) {
        ended = true;
      } else {
        items = std::move((*page)->items);
      }
    }
  };

 public:
  /// Reads from `source`, which must not be null.
  explicit Pager(std::unique_ptr<PageSource<T>> source)
      : state_{std::make_unique<State>(State{std::move(source)})} {}
  Pager(Pager&&) noexcept = default;
  Pager& operator=(Pager&&) noexcept = default;
  Pager(Pager const&) = delete;
  Pager& operator=(Pager const&) = delete;
  ~Pager() = default;

  /// Where the list stands. All iterators of a Pager are at the same place; they hold nothing of their own.
  ///
  /// Threads: as its Pager.
  class iterator {
   public:
    using value_type = Result<T>;                      ///< an element, or the error that ended the list
    using difference_type = std::ptrdiff_t;            ///< for std::input_iterator only
    using iterator_concept = std::input_iterator_tag;  ///< each element is passed once

    /// At the end.
    iterator() = default;
    /// The element, which may be moved from.
    Result<T>& operator*() const noexcept { return *state_->current; }
    /// The same.
    Result<T>* operator->() const noexcept { return &*state_->current; }
    /// Goes on; blocks while the next page is on its way.
    iterator& operator++() {
      state_->advance();
      return *this;
    }
    /// The same: an input iterator has no copy of the place before.
    void operator++(int) { ++*this; }
    /// Whether the list has ended.
    friend bool operator==(iterator const& it, std::default_sentinel_t) noexcept {
      return it.state_ == nullptr || !it.state_->current.has_value();
    }

   private:
    friend class Pager;
    explicit iterator(State* state) noexcept : state_{state} {}
    State* state_ = nullptr;
  };

  /// Fetches the first page on the first call, which blocks; later calls go on where the list stands.
  [[nodiscard]] iterator begin() {
    if (!state_->current && !(state_->ended && state_->next >= state_->items.size())) state_->advance();
    return iterator{state_.get()};
  }
  /// Behind the last element, or behind the error.
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The rest of the page that the range stands in, else the next page; nothing at the end. After an error:
  /// nothing.
  ///
  /// Errors: the one that ended the list, once; of a client's list as `CampaignClient::list`.
  /// Retried: yes, where the list is a client's.
  [[nodiscard]] Result<std::optional<Page<T>>> next_page() {
    Page<T> page;
    if (state_->current) {
      if (!*state_->current) {
        auto error = std::move(*state_->current).error();
        state_->current.reset();
        return error;
      }
      page.items.push_back(*std::move(*state_->current));
      state_->current.reset();
    } else if (state_->next >= state_->items.size()) {
      if (state_->ended) return std::optional<Page<T>>{};
      state_->fetch();
      if (state_->current) {
        auto error = std::move(*state_->current).error();
        state_->current.reset();
        return error;
      }
      if (state_->ended) return std::optional<Page<T>>{};
    }
    for (; state_->next < state_->items.size(); ++state_->next)
      page.items.push_back(std::move(state_->items[state_->next]));
    return std::optional<Page<T>>{std::move(page)};
  }

  /// The rest as a vector, at most `limit` elements; all of it stands in memory then.
  ///
  /// Errors: the one that ended the list before `limit`; what was read until then is lost.
  /// Retried: yes, where the list is a client's.
  [[nodiscard]] Result<std::vector<T>> collect(std::size_t limit = static_cast<std::size_t>(-1)) {
    std::vector<T> all;
    if (limit == 0) return all;
    for (auto& item : *this) {
      if (!item) return std::move(item).error();
      all.push_back(*std::move(item));
      if (all.size() >= limit) {
        state_->current.reset();
        break;
      }
    }
    return all;
  }

  /// What was seen so far; complete once the list has ended.
  [[nodiscard]] ListReport report() const { return state_->source->report(); }
  /// Goes on after the last element that was read, in this or another process (`ListOptions::resume_token`).
  /// Holds no secret. Empty when the source has none.
  [[nodiscard]] std::string resume_token() const { return state_->source->resume_token(state_->next); }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1
