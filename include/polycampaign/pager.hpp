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

/// Elements of a list that arrived together.
template <class T>
struct Page {
  std::vector<T> items{};  ///< in the list's order; may be empty before the end
};

/// A PageSource or AsyncPageSource whose element type has been erased.
///
/// Threads: use from one thread at a time.
class AnyPageSource {
 public:
  AnyPageSource() = default;
  virtual ~AnyPageSource() = default;
  AnyPageSource(AnyPageSource const&) = delete;
  AnyPageSource& operator=(AnyPageSource const&) = delete;
};

/// Provides the pages of a Pager. Implement it for a Pager of your own.
///
/// Threads: use from one thread at a time.
template <class T>
class PageSource : public AnyPageSource {
 public:
  /// Returns the next page (possibly an empty one), or nothing at the end. Not called again after an error or
  /// the end.
  ///
  /// Errors: any; it ends the list.
  /// Retried: decided by the source.
  [[nodiscard]] virtual Result<std::optional<Page<T>>> next_page() = 0;
  /// Takes back the items of the last page, so that the next page can use their memory again. The reader may
  /// have changed them or moved from them. This implementation frees them.
  virtual void reuse(std::vector<T> items) { static_cast<void>(items); }
  /// Returns what was received so far. This implementation returns nothing.
  [[nodiscard]] virtual ListReport report() const { return {}; }
  /// Returns a token to continue, in another process, after the first `delivered` items of the last page.
  /// Empty: the list cannot be resumed.
  [[nodiscard]] virtual std::string resume_token(std::size_t delivered) const {
    static_cast<void>(delivered);
    return {};
  }
};

template <class T>
class Pager;

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

/// Restores the type of the source, which must be `Source`.
template <class Source>
[[nodiscard]] std::unique_ptr<Source> typed(std::unique_ptr<AnyPageSource> source) {
  return std::unique_ptr<Source>{static_cast<Source*>(source.release())};
}

}  // namespace detail

/// An element of a list, in place, or the error that ended the list. It is like a `Result<T>` that owns
/// nothing, and is valid until the list continues. To keep it, convert it to `Result<T>`, or move the value
/// out.
///
/// Threads: as its Pager.
template <class T>
class [[nodiscard]] ListElement {
 public:
  ListElement(ListElement const&) = delete;
  ListElement& operator=(ListElement const&) = delete;
  ~ListElement() = default;

  /// Returns whether there is a value, not an error.
  /// @{
  [[nodiscard]] bool has_value() const noexcept { return value_ != nullptr; }
  [[nodiscard]] explicit operator bool() const noexcept { return value_ != nullptr; }
  /// @}
  /// Returns the value, unchecked. You may change it and move from it.
  /// @{
  [[nodiscard]] T& operator*() & noexcept { return *value_; }
  [[nodiscard]] T const& operator*() const& noexcept { return *value_; }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*value_); }
  [[nodiscard]] T* operator->() noexcept { return value_; }
  [[nodiscard]] T const* operator->() const noexcept { return value_; }
  /// @}
  /// Returns the error, unchecked.
  /// @{
  [[nodiscard]] Error& error() & noexcept { return *error_; }
  [[nodiscard]] Error const& error() const& noexcept { return *error_; }
  [[nodiscard]] Error&& error() && noexcept { return *std::move(error_); }
  /// @}
  /// Returns the value. If there is an error, throws BadResultAccess (aborts in a program without
  /// exceptions).
  /// @{
  [[nodiscard]] T& value() & { return check(), *value_; }
  [[nodiscard]] T const& value() const& { return check(), *value_; }
  [[nodiscard]] T&& value() && { return check(), std::move(*value_); }
  /// @}
  /// Copies or moves the value or the error, to keep it.
  /// @{
  operator Result<T>() const& requires std::copy_constructible<T> {
    return has_value() ? Result<T>{*value_} : Result<T>{*error_};
  }
  operator Result<T>() && {
    return has_value() ? Result<T>{std::move(*value_)} : Result<T>{*std::move(error_)};
  }
  /// @}

 private:
  friend class Pager<T>;
  ListElement() = default;
  void check() const {
    if (!has_value()) detail::throw_bad_result(*error_);
  }
  [[nodiscard]] bool is_there() const noexcept { return value_ != nullptr || error_.has_value(); }
  void reset() noexcept {
    value_ = nullptr;
    error_.reset();
  }

  T* value_ = nullptr;
  std::optional<Error> error_{};
};

/// A lazy list: a move-only input range of `ListElement<T>`, which reads like `Result<T>`. No request is made
/// before `begin()` or `next_page()`. An error is the last element. Leaving the loop or destroying the Pager
/// stops all requests. An element is valid until the list continues, because its memory is then used again.
/// You may move from it.
///
/// A Pager may outlive its client, but then ends with `canceled`: keep the client in a variable while you
/// read. Moving a Pager does not affect its iterators.
///
/// Threads: use from one thread at a time, which need not always be the same.
template <class T>
class [[nodiscard]] Pager {
  struct State {
    explicit State(std::unique_ptr<PageSource<T>> pages) : source{std::move(pages)} {}

    std::unique_ptr<PageSource<T>> source;
    std::vector<T> items{};
    std::size_t next = 0;  // the item after the current one
    ListElement<T> current{};
    bool ended = false;

    [[nodiscard]] bool at_end() const noexcept { return !current.is_there(); }
    void advance() {
      current.reset();
      while (next >= items.size()) {
        if (ended) return;
        fetch();
        if (current.error_) return;
      }
      current.value_ = &items[next++];
    }
    void fetch() {
      next = 0;
      source->reuse(std::exchange(items, {}));
      auto page = source->next_page();
      if (!page) {
        ended = true;
        current.error_.emplace(std::move(page).error());
      } else if (!page->has_value()) {
        ended = true;
      } else {
        items = std::move((*page)->items);
      }
    }
    /// Returns the error of the current element, if it is one, and leaves no element.
    std::optional<Error> take_error() {
      auto error = std::move(current.error_);
      current.reset();
      return error;
    }
  };

 public:
  /// Reads from `source`, which must not be null.
  explicit Pager(std::unique_ptr<PageSource<T>> source)
      : state_{std::make_unique<State>(std::move(source))} {}
  Pager(Pager&&) noexcept = default;
  Pager& operator=(Pager&&) noexcept = default;
  Pager(Pager const&) = delete;
  Pager& operator=(Pager const&) = delete;
  ~Pager() = default;

  /// The current position in the list. All iterators of a Pager are at the same position; they hold nothing
  /// of their own.
  ///
  /// Threads: as its Pager.
  class iterator {
   public:
    using value_type = Result<T>;            ///< an element to keep, or the error that ended the list
    using difference_type = std::ptrdiff_t;  ///< for std::input_iterator only
    using iterator_concept = std::input_iterator_tag;  ///< each element is passed once

    /// Creates an iterator at the end.
    iterator() = default;
    /// Returns the element, which you may move from. Valid until the list continues.
    ListElement<T>& operator*() const noexcept { return state_->current; }
    /// Returns the same element.
    ListElement<T>* operator->() const noexcept { return &state_->current; }
    /// Moves to the next element. Blocks while the next page is in flight.
    iterator& operator++() {
      state_->advance();
      return *this;
    }
    /// Does the same. An input iterator has no copy of the previous position.
    void operator++(int) { ++*this; }
    /// Whether the list has ended.
    friend bool operator==(iterator const& it, std::default_sentinel_t) noexcept {
      return it.state_ == nullptr || it.state_->at_end();
    }

   private:
    friend class Pager;
    explicit iterator(State* state) noexcept : state_{state} {}
    State* state_ = nullptr;
  };

  /// Fetches the first page on the first call, which blocks. Later calls return the current position.
  [[nodiscard]] iterator begin() {
    if (state_->at_end() && !(state_->ended && state_->next >= state_->items.size())) state_->advance();
    return iterator{state_.get()};
  }
  /// The position after the last element, or after the error.
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  /// Returns the rest of the current page, or else the next page, or nothing at the end. Returns nothing
  /// after an error.
  ///
  /// Errors: the one that ended the list, once; for a list of a client, as `CampaignClient::list`.
  /// Retried: yes, for a list of a client.
  [[nodiscard]] Result<std::optional<Page<T>>> next_page() {
    auto& state = *state_;
    if (state.current.has_value()) --state.next;
    auto error = state.take_error();
    if (!error && state.next >= state.items.size()) {
      if (!state.ended) state.fetch();
      error = state.take_error();
      if (!error && state.ended) return std::optional<Page<T>>{};
    }
    if (error) return *std::move(error);
    Page<T> page;
    auto const from = std::exchange(state.next, state.items.size());
    if (from == 0) {
      page.items = std::exchange(state.items, {});
    } else {
      auto const rest = state.items.begin() + static_cast<std::ptrdiff_t>(from);
      page.items.assign(std::make_move_iterator(rest), std::make_move_iterator(state.items.end()));
    }
    return std::optional<Page<T>>{std::move(page)};
  }

  /// Returns the rest of the list as a vector, at most `limit` elements. All of it is in memory then.
  ///
  /// Errors: the one that ended the list before `limit`. What was read until then is lost.
  /// Retried: yes, for a list of a client.
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

  /// Returns what was received so far. Final once the list has ended.
  [[nodiscard]] ListReport report() const { return state_->source->report(); }
  /// Returns a token to continue after the last element that was read, in this or another process
  /// (`ListOptions::resume_token`). It contains no secret. Empty if the source has no token.
  [[nodiscard]] std::string resume_token() const { return state_->source->resume_token(state_->next); }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace polycampaign::inline v1
