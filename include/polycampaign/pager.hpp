#pragma once

#include "polycampaign/result.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polycampaign::inline v1 {

/// What a walk over a list saw, and what it cannot have seen. Complete once the walk has ended.
struct WalkReport {
  std::int64_t records = 0;       ///< records received, before the client's filters
  std::int64_t delivered = 0;     ///< campaigns handed to the reader
  std::int64_t pages = 0;         ///< pages received
  std::int64_t duplicates = 0;    ///< records left out because their id had been seen
  std::int64_t filtered = 0;      ///< records left out by filters that the client applied
  std::int64_t without_time = 0;  ///< of these, the ones that have no time to compare with a bound
  int windows = 0;                ///< periods that the list was cut into; 0 where the vendor needs none
  bool total_moved = false;       ///< the vendor's total changed during the walk
  bool complete = false;          ///< the walk reached the vendor's end (not a limit, an error or a `break`)
  std::vector<std::string> client_filters{};  ///< filters that the client applied, by name
  std::vector<std::string> unseen{};          ///< what this list cannot show: sentences
  std::vector<std::string> missed{};  ///< what may have been missed in this walk: sentences; empty is good
};

template <class T>
struct Page {
  std::vector<T> items{};
};

/// Where a Pager's pages come from; implement it to feed a Pager of your own. Used by one thread at a time.
template <class T>
class PageSource {
 public:
  PageSource() = default;
  virtual ~PageSource() = default;
  PageSource(PageSource const&) = delete;
  PageSource& operator=(PageSource const&) = delete;

  /// The next page (possibly an empty one), or nothing at the end. Not called again after an error or the
  /// end.
  [[nodiscard]] virtual Result<std::optional<Page<T>>> next_page() = 0;
  [[nodiscard]] virtual WalkReport report() const { return {}; }
  /// A token to go on in another process after the first `delivered` items of the page last returned.
  [[nodiscard]] virtual std::string resume_token(std::size_t delivered) const {
    static_cast<void>(delivered);
    return {};
  }
};

/// A lazy list: a move-only input range of `Result<T>`. Nothing is asked for before `begin()` or
/// `next_page()`; an error is the last element; leaving the loop or destroying the Pager stops the traffic.
/// One thread at a time. It may outlive its client, but ends with `cancelled` then: keep the client in a
/// variable while you read. Moving it does not disturb its iterators.
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
  explicit Pager(std::unique_ptr<PageSource<T>> source)
      : state_{std::make_unique<State>(State{std::move(source)})} {}
  Pager(Pager&&) noexcept = default;
  Pager& operator=(Pager&&) noexcept = default;
  Pager(Pager const&) = delete;
  Pager& operator=(Pager const&) = delete;
  ~Pager() = default;

  class iterator {
   public:
    using value_type = Result<T>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    Result<T>& operator*() const noexcept { return *state_->current; }
    Result<T>* operator->() const noexcept { return &*state_->current; }
    iterator& operator++() {
      state_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(iterator const& it, std::default_sentinel_t) noexcept {
      return it.state_ == nullptr || !it.state_->current.has_value();
    }

   private:
    friend class Pager;
    explicit iterator(State* state) noexcept : state_{state} {}
    State* state_ = nullptr;
  };

  /// Fetches the first page on the first call; later calls go on where the walk stands.
  [[nodiscard]] iterator begin() {
    if (!state_->current && !(state_->ended && state_->next >= state_->items.size())) state_->advance();
    return iterator{state_.get()};
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// The rest of the page that the range stands in, else the next page; nothing at the end. After an error:
  /// nothing.
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

  /// The rest as a vector, at most `limit`; the error if one comes first.
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

  /// What was seen so far.
  [[nodiscard]] WalkReport report() const { return state_->source->report(); }
  /// Goes on after the last element that was read, in this or another process (`ListOptions::resume_token`).
  /// Holds no secret. Empty when the source has none.
  [[nodiscard]] std::string resume_token() const { return state_->source->resume_token(state_->next); }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1
